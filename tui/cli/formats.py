"""The forms in which `list` prints stories."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tui.cli.context import Context
from tui.cli.layout import Column
from tui.clock import lag
from tui.deck.deck import coverage_count
from tui.deck.events.coverage import CoverageRow
from tui.deck.events.events import Events, Relation
from tui.export import markdown
from tui.export.coverage import listed_coverage
from tui.export.records import STORY_KEYS, Record, Recorder
from tui.model import Story
from tui.text.urls import followable
from tui.text.wording import counted, short_time

_FORMULA_STARTS = ("=", "+", "-", "@")
_PUBLISHED = Column("PUBLISHED", limit=16)
_OUTLET = Column("OUTLET", limit=20)
_OUTLETS = Column("OUTLETS", right=True)
_COVERAGE = Column("COVERAGE", right=True)
_HEADLINE = Column("HEADLINE", flexible=True, least=32)
_ID = Column("ID", optional=True)

RECORD_FORMATS = ("json", "jsonl", "csv")
"""The forms that hold all that is known of a story, its event and the reader's marks among it."""


class StoriesToWrite(NamedTuple):
    """The stories to write, and as much of what is known of them as the form needs.

    `events` are those of the deck, None where nothing about them is printed; `recorder` makes records. `by_event` asks
    a table to show how many outlets an event has.
    """

    stories: Sequence[Story]
    events: Events | None = None
    recorder: Recorder | None = None
    by_event: bool = False


Writer = Callable[[Context, StoriesToWrite], None]


def write_stories(context: Context, written: StoriesToWrite) -> None:
    """Write stories as the option `format` says, with what covers them if `coverage` was asked for."""
    _WRITERS[context.options.format](context, written)


def relation_text(row: CoverageRow) -> str:
    """What a piece is to the story, in a word: `first`, `+0:28`, or `same event`, `later`, `background`."""
    if row.lag is not None:
        return "first" if row.first else lag(row.lag)
    return "same event" if row.relation is Relation.SAME_EVENT else row.relation.value


def _write_table(context: Context, written: StoriesToWrite) -> None:
    zone = context.environment.zone
    columns = [_PUBLISHED, _OUTLET, *([_OUTLETS] if written.by_event else []), _COVERAGE, _HEADLINE, _ID]
    rows: list[list[str]] = []
    for story in written.stories:
        published = short_time(story.published_at, story.time_known, zone)
        outlets = [_outlets(written, story)] if written.by_event else []
        rows.append([published, _outlet(story), *outlets, str(coverage_count(story)), story.title, story.id])
        for row in _coverage(context, written, story):
            published = short_time(row.published_at, row.time_known, zone)
            blank = [""] if written.by_event else []
            title = f"  {row.title}"
            rows.append([published, _outlet(row), *blank, relation_text(row), title, row.story_id or ""])
    context.output.table(columns, rows)


def _write_json(context: Context, written: StoriesToWrite) -> None:
    context.output.json(list(_records(context, written)))


def _write_json_lines(context: Context, written: StoriesToWrite) -> None:
    for record in _records(context, written):
        context.output.json(record, indent=None)


def _write_csv(context: Context, written: StoriesToWrite) -> None:
    context.output.line(_csv_line(iter(STORY_KEYS)))
    for record in _records(context, written):
        context.output.line(_csv_line(_csv_cell(value) for value in record.values()))


def _write_markdown(context: Context, written: StoriesToWrite) -> None:
    for story in written.stories:
        context.output.line(f"- {_markdown(context, story)}")
        for row in _coverage(context, written, story):
            context.output.line(f"  - {_markdown(context, row)}")


def _write_urls(context: Context, written: StoriesToWrite) -> None:
    """Every link once, and only those that may be opened: one line is one link, whatever the cards hold."""
    links: dict[str, str] = {}
    for story in written.stories:
        for text in (story.url, *(row.url for row in _coverage(context, written, story))):
            if text and text not in links:
                links[text] = followable(text)
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


def _records(context: Context, written: StoriesToWrite) -> Iterator[Record]:
    if not written.stories:
        return
    assert written.recorder is not None, "records need one"
    for story in written.stories:
        yield written.recorder.covered(story) if context.options.coverage else written.recorder.story(story)


def _coverage(context: Context, written: StoriesToWrite, story: Story) -> tuple[CoverageRow, ...]:
    """What the story's card lists, the same event first, if that was asked for."""
    return listed_coverage(written.events, story) if context.options.coverage and written.events is not None else ()


def _outlet(piece: Story | CoverageRow) -> str:
    return piece.outlet.name or piece.outlet.domain if isinstance(piece, Story) else piece.outlet or piece.domain


def _outlets(written: StoriesToWrite, story: Story) -> str:
    event = written.events.of_story(story.id) if written.events is not None else None
    return "" if event is None else str(event.outlets)


def _markdown(context: Context, piece: Story | CoverageRow) -> str:
    facts = (_outlet(piece), short_time(piece.published_at, piece.time_known, context.environment.zone))
    said = [markdown.escaped(fact) for fact in facts if fact]
    return ", ".join((markdown.story_link(piece.title, piece.url), *said))


def _csv_line(cells: Iterator[str] | Record) -> str:
    line = io.StringIO()
    # Only what holds a character of the end of a line is quoted for it: with no end, a break would begin a new row.
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().removesuffix("\r\n")


def _csv_cell(value: object) -> str:
    """A value as a spreadsheet may see it: a text that it would take for a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
