"""What people said of the stories of a folder: pairs of one event or of two, or the event of each story."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

import msgspec

from tui.deck.events.pieces import PieceTable
from tui.errors import NewsdeckError
from tui.model import Story
from tui.text.sanitize import clean_line


class Label(msgspec.Struct, frozen=True):
    """What a person said of a card and one entry of its `related`; `card` is the card's path, `/` between parts."""

    id: str
    card: str
    related_url: str
    same_event: bool


class _Told(msgspec.Struct, frozen=True):
    """A line that names the event of a card; cards without an event are there, but are not asked for."""

    id: str
    cluster: str | int | None = None
    story: str | int | None = None


Clusters = Mapping[str, str]
"""The event of each card, by the card's path."""


class Pair(NamedTuple):
    """A label with the numbers of its two pieces."""

    label: Label
    one: int
    other: int


def read_labels(data: bytes) -> tuple[Label, ...] | Clusters:
    """Labels from JSON: pairs from a list of objects with `id`, `card`, `related_url` and `same_event`; the event of
    each card from an object of paths and events, or from one object a line with `id` and `cluster` or `story`.

    Raises `NewsdeckError` where it is something else.
    """
    try:
        if not data.lstrip().startswith(b"{"):
            return msgspec.json.decode(data, type=tuple[Label, ...])
        try:
            return msgspec.json.decode(data, type=dict[str, str])
        except msgspec.DecodeError:
            return _clusters([msgspec.json.decode(line, type=_Told) for line in data.splitlines() if line.strip()])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NewsdeckError(f"The labels cannot be read: {clean_line(str(error))}") from error


def _clusters(lines: Iterable[_Told]) -> Clusters:
    events = {line.id: line.story if line.cluster is None else line.cluster for line in lines}
    return {path: str(event) for path, event in events.items() if event is not None}


def resolve_pairs(labels: Iterable[Label], stories: Sequence[Story], table: PieceTable) -> tuple[list[Pair], list[str]]:
    """The labels as pairs of pieces, and the ids of those whose card or item the folder does not hold."""
    by_id = {story.id: story for story in stories}
    pairs, unknown = [], []
    for label in labels:
        story = _at_path(label.card, by_id)
        other = None if story is None else _item_number(story, label.related_url, table)
        if story is None or other is None:
            unknown.append(label.id)
        else:
            pairs.append(Pair(label, table.of_story[story.id], other))
    return pairs, unknown


def resolve_clusters(
    clusters: Clusters, stories: Sequence[Story], table: PieceTable
) -> tuple[dict[int, str], list[str]]:
    """The event of each piece that was labelled, and the paths of cards that the folder does not hold."""
    by_id = {story.id: story for story in stories}
    events: dict[int, str] = {}
    unknown = []
    for path, event in clusters.items():
        story = _at_path(path, by_id)
        if story is None:
            unknown.append(path)
        else:
            events[table.of_story[story.id]] = event
    return events, unknown


def _at_path(path: str, by_id: Mapping[str, Story]) -> Story | None:
    """The card at a path; a folder that was opened further down has ids that are ends of it."""
    parts = path.split("/")
    ends = ("/".join(parts[start:]) for start in range(len(parts)))
    return next((by_id[end] for end in ends if end in by_id), None)


def _item_number(story: Story, url: str, table: PieceTable) -> int | None:
    number = table.by_url.get(url)
    if number is not None:
        return number
    wanted = _bare(url)
    listed = next((item for item in story.related if _bare(item.url) == wanted), None)
    return None if listed is None else table.number_of(listed)


def _bare(url: str) -> str:
    """A URL by which a label and a card that was cleaned can meet: without escapes, blanks and line ends."""
    return "".join(unquote(url).split())
