"""What was read of a folder: how many cards of a tool have a link, a time, an outlet, and which keys gave nothing."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Final

import msgspec

from tui.cards.fast.reader import FastReader
from tui.cards.folder.files import read_file
from tui.cards.folder.scan import MARKDOWN, scan
from tui.cards.format.dialects.table import SEED_KEYS, tool_of, unread_keys
from tui.cards.format.parse import parse_card, parse_story, why_no_card
from tui.cards.format.problems import CardError
from tui.cards.format.rules import USUAL_RULES, ReadingRules
from tui.model import Card, Story

_KEY: Final = re.compile(rb"^([A-Za-z_][A-Za-z0-9_-]*):", re.MULTILINE)
_MAX_KEYS: Final = 10_000


class ToolCount(msgspec.Struct, frozen=True):
    """How many cards of one tool there are, and have what; `unread` are keys that gave nothing, most frequent first."""

    tool: str
    cards: int
    links: int
    times: int
    outlets: int
    unread: tuple[tuple[str, int], ...] = ()


class OtherCount(msgspec.Struct, frozen=True):
    """How many files of one kind are no cards, and the id of the first of them."""

    kind: str
    files: int
    first: str


class Census(msgspec.Struct, frozen=True):
    """The tools that wrote the cards of a folder, that with the most first, and what else lies there, likewise."""

    tools: tuple[ToolCount, ...]
    others: tuple[OtherCount, ...] = ()


class NotCard(msgspec.Struct, frozen=True):
    """A file that is no card, and why, in a few words that follow its name."""

    id: str
    why: str


def take_census(root: Path, rules: ReadingRules = USUAL_RULES) -> Census:
    """The tools of a folder, and what is no card; files with errors are left out.

    Raises FolderError as `scan` does.
    """
    tallies: dict[str, _Tally] = {}
    others: dict[str, list[str]] = {}
    fast = FastReader(rules.zone_info)
    scanned = scan(root)
    for entry in scanned.entries:
        try:
            data = read_file(entry.path)
        except CardError:
            continue
        found = _plain(fast, data, entry.id) or _careful(data, entry.id, rules)
        if found is not None:
            tool, story, unread = found
            tallies.setdefault(tool, _Tally()).add(story, unread)
        elif not parse_story(data, entry.id, rules).problems:
            others.setdefault(why_no_card(data, entry.id).kind, []).append(entry.id)
    for suffix, ids in scanned.unread:
        others[f"in {suffix}, which is not read"] = list(ids)
    counts = [OtherCount(kind, len(ids), min(ids)) for kind, ids in others.items()]
    return Census(_ranked(tallies), tuple(sorted(counts, key=lambda count: (-count.files, count.kind))))


def added_up(censuses: Iterable[Iterable[ToolCount]]) -> tuple[ToolCount, ...]:
    """The tools of several folders, that with the most cards first."""
    tallies: dict[str, _Tally] = {}
    for count in chain.from_iterable(censuses):
        tallies.setdefault(count.tool, _Tally()).add_count(count)
    return _ranked(tallies)


def _ranked(tallies: "Mapping[str, _Tally]") -> tuple[ToolCount, ...]:
    counts = [tally.counted(tool) for tool, tally in tallies.items()]
    return tuple(sorted(counts, key=lambda count: (-count.cards, count.tool)))


def first_not_card(root: Path, rules: ReadingRules = USUAL_RULES) -> NotCard | None:
    """The first text file of a folder that is no card, of those in Markdown if there are any; None if there is none.

    Raises FolderError as `scan` does.
    """
    for entry in sorted(scan(root).entries, key=lambda entry: not entry.id.lower().endswith(MARKDOWN)):
        try:
            data = read_file(entry.path)
            parsed = parse_story(data, entry.id, rules)
            if parsed.story is None and not parsed.problems:
                return NotCard(entry.id, why_no_card(data, entry.id).why)
        except CardError:
            continue
    return None


class _Tally:
    """Counts the cards of one tool."""

    def __init__(self) -> None:
        self._cards = self._links = self._times = self._outlets = 0
        self._unread: Counter[str] = Counter()

    def add(self, story: Story, unread: tuple[str, ...]) -> None:
        self._cards += 1
        self._links += bool(story.url)
        self._times += story.published_at is not None
        self._outlets += bool(story.outlet.name or story.outlet.domain)
        # Hostile cards may each bring keys of their own.
        self._unread.update(key for key in unread if key in self._unread or len(self._unread) < _MAX_KEYS)

    def add_count(self, count: ToolCount) -> None:
        self._cards += count.cards
        self._links += count.links
        self._times += count.times
        self._outlets += count.outlets
        self._unread.update(dict(count.unread))

    def counted(self, tool: str) -> ToolCount:
        unread = sorted(self._unread.items(), key=lambda pair: (-pair[1], pair[0]))
        return ToolCount(tool, self._cards, self._links, self._times, self._outlets, tuple(unread))


def _plain(fast: FastReader, data: bytes, id: str) -> tuple[str, Story, tuple[str, ...]] | None:
    """The tool, story and unread keys of a plain card of the usual dialect; None for all others."""
    if data[:1] == b"+":
        return None
    story = fast.read(data, id)
    if story is None:
        return None
    keys = {key.decode(): "" for key in _KEY.findall(data[: data.find(b"\n---", 3) + 1])}
    if not keys.keys() <= SEED_KEYS:
        return None
    return tool_of(keys, "yaml"), story, unread_keys(keys, frozenset(), is_usual=True)


def _careful(data: bytes, id: str, rules: ReadingRules) -> tuple[str, Story, tuple[str, ...]] | None:
    card: Card | None = parse_card(data, id, rules).card
    return None if card is None else (card.tool, card.story, card.unread)
