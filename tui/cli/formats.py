"""The forms in which `list` prints stories."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tui.cli.context import Context
from tui.cli.layout import Column
from tui.cli.records import Record, Recorder, covering
from tui.cli.wording import counted, short_time
from tui.deck.coverage import Row as CoverageRow
from tui.deck.coverage import coverage_of
from tui.deck.deck import Deck, coverage_count
from tui.deck.events import Events
from tui.errors import UrlRefusedError
from tui.model import Story
from tui.session import Session
from tui.text.urls import check_url

_FORMULA_STARTS = ("=", "+", "-", "@")
_COLUMNS = (
    Column("PUBLISHED", limit=16),
    Column("OUTLET", limit=20),
    Column("COVERAGE", right=True),
    Column("HEADLINE", flexible=True, least=32),
    Column("ID", optional=True),
)

Writer = Callable[[Context, "Told"], None]
RECORD_FORMATS = ("json", "jsonl", "csv")
"""The forms that hold all that is known of a story, its event and the reader's marks among it."""


class Told(NamedTuple):
    """The stories to write, and what is known of them: `recorder` for records, `events` for coverage."""

    deck: Deck
    stories: Sequence[Story]
    events: Events | None = None
    recorder: Recorder | None = None


def write_stories(context: Context, told: Told) -> None:
    """Write stories as the option `format` says, with what covers them if `coverage` was asked for."""
    _WRITERS[context.options.format](context, told)


def _write_table(context: Context, told: Told) -> None:
    zone = context.environment.zone
    rows: list[tuple[str, ...]] = []
    for story in told.stories:
        published = short_time(story.published_at, story.time_known, zone)
        rows.append((published, _outlet(story), str(coverage_count(story)), story.title, story.id))
        for item, story_id in _coverage(context, told, story):
            published = short_time(item.published_at, item.time_known, zone)
            rows.append((published, _outlet(item), "", f"  {item.title}", story_id or ""))
    context.output.table(_COLUMNS, rows)


def _write_json(context: Context, told: Told) -> None:
    context.output.json(list(_records(context, told)))


def _write_json_lines(context: Context, told: Told) -> None:
    for record in _records(context, told):
        context.output.json(record, indent=None)


def _write_csv(context: Context, told: Told) -> None:
    for number, record in enumerate(_records(context, told)):
        if number == 0:
            context.output.line(_csv_line(record))
        context.output.line(_csv_line(_csv_cell(value) for value in record.values()))


def _write_markdown(context: Context, told: Told) -> None:
    for story in told.stories:
        context.output.line(f"- {_markdown(context, story)}")
        for item, _story_id in _coverage(context, told, story):
            context.output.line(f"  - {_markdown(context, item)}")


def _write_urls(context: Context, told: Told) -> None:
    """Every link once, and only those that may be opened: one line is one link, whatever the cards hold."""
    links: dict[str, str] = {}
    for story in told.stories:
        for text in (story.url, *(item.url for item, _story_id in _coverage(context, told, story))):
            if text and text not in links:
                links[text] = _opening(text)
    for url in dict.fromkeys(filter(None, links.values())):
        context.output.line(url)
    refused = sum(not url for url in links.values())
    if refused:
        context.output.note(f"left out {counted(refused, 'link')} that must not be opened.")


_WRITERS: dict[str, Writer] = {
    "table": _write_table,
    "json": _write_json,
    "jsonl": _write_json_lines,
    "csv": _write_csv,
    "md": _write_markdown,
    "urls": _write_urls,
}
FORMATS = tuple(_WRITERS)
"""The names of the forms."""


def _records(context: Context, told: Told) -> Iterator[Record]:
    assert told.recorder is not None, "records need one"
    for story in told.stories:
        yield told.recorder.covered(story) if context.options.coverage else told.recorder.story(story)


def _coverage(context: Context, told: Told, story: Story) -> Iterator[tuple[CoverageRow, str | None]]:
    """What covers the story, the same event first, with the ids of cards in the folder, if that was asked for."""
    if context.options.coverage and told.events is not None:
        yield from ((row, row.story_id) for row in covering(coverage_of(told.events, story)) if not row.this_story)


def _outlet(piece: Story | CoverageRow) -> str:
    return piece.outlet.name or piece.outlet.domain if isinstance(piece, Story) else piece.outlet


def _opening(url: str) -> str:
    try:
        return check_url(url)
    except UrlRefusedError:
        return ""


def _markdown(context: Context, piece: Story | CoverageRow) -> str:
    facts = (_outlet(piece), short_time(piece.published_at, piece.time_known, context.environment.zone))
    told = [Session.markdown_link(fact, "") for fact in facts if fact]
    return ", ".join((Session.markdown_link(piece.title, _opening(piece.url)), *told))


def _csv_line(cells: Iterator[str] | Record) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _csv_cell(value: object) -> str:
    """A value as a spreadsheet may see it: a text that it would take for a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
