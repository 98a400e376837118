"""`newsdeck show`: one story with everything that covers it."""

import argparse
from collections.abc import Iterator
from datetime import timedelta

from tui.cli.arguments import add_story
from tui.cli.bodies import body_text, numbered_links
from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.cli.layout import wrap
from tui.cli.loading import events_of, load_story, read_marks
from tui.clock import duration
from tui.deck.events.coverage import CoverageRow
from tui.deck.events.events import Events
from tui.export.coverage import Sections, coverage_sections, lag_text
from tui.export.records import Recorder
from tui.model import Story
from tui.text.blocks import Body
from tui.text.wording import long_time, short_time

_TEXT_COLUMNS = 100
_LABEL_COLUMNS = 11
_NUMBER_COLUMNS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    add_story(parser)
    parser.add_argument("--json", action="store_true", help="print the story with its coverage as JSON")


def run(context: Context) -> int:
    """Print the story."""
    session, loaded, story = load_story(context)
    events = events_of(loaded)
    if context.options.json:
        marking = read_marks(context, loaded, session)
        context.output.json(Recorder(events, marking).covered(story))
    else:
        read = session.read_body(story) if story.body_bytes else None
        _write(context, events, story, read[1] if read is not None else Body())
    return ExitStatus.DONE


def _write(context: Context, events: Events, story: Story, body: Body) -> None:
    output = context.output
    width = min(output.text_columns, _TEXT_COLUMNS)
    for line in wrap(story.title, width):
        output.line(line, bold=True)
    output.line()
    for label, text in _facts(context, story):
        for line in wrap(text, width, " " * _LABEL_COLUMNS, f"{label:<{_LABEL_COLUMNS}}"):
            output.line(line)
    # What is there to be copied is not broken into lines.
    output.line(f"{'Link':<{_LABEL_COLUMNS}}{story.url or 'none'}")
    output.line(f"{'Card':<{_LABEL_COLUMNS}}{story.id}")
    if story.excerpt:
        output.line()
        output.line("\n".join(wrap(story.excerpt, width)))
    number = _write_coverage(context, coverage_sections(events, story), width)
    _write_body(context, body, number + 1, width)


def _write_body(context: Context, body: Body, first_link: int, width: int) -> None:
    """The text of the card, with its links numbered on behind the coverage."""
    output = context.output
    if body.blocks:
        output.line()
        output.line("Text", bold=True)
        for line in body_text(body, first_link, width):
            output.line(line)
    if body.links:
        output.line()
        output.line("Links", bold=True)
        for line in numbered_links(body.links, first_link):
            output.line(line)


def _facts(context: Context, story: Story) -> Iterator[tuple[str, str]]:
    """What is known about the story, as label and text."""
    zone, details = context.environment.zone, story.details
    minutes = details.length_minutes
    facts = (
        ("Outlet", story.outlet.name or story.outlet.domain),
        ("By", ", ".join(story.outlet.authors)),
        ("Published", long_time(story.published_at, story.time_known, zone)),
        ("Starts", long_time(details.starts_at, True, zone)),
        ("Ends", long_time(details.ends_at, True, zone)),
        ("Kind", story.kind),
        ("Topics", ", ".join(story.topics)),
        ("Length", "" if minutes is None else duration(timedelta(minutes=minutes))),
        ("Levels", ", ".join(details.levels)),
        ("Price", details.price),
        ("Rating", "" if details.rating is None else f"{details.rating:g} of 5"),
        ("Location", details.location),
        ("Quality", "" if story.quality is None else str(story.quality)),
        ("Heat", "" if story.heat is None else str(story.heat)),
    )
    return ((label, text) for label, text in facts if text)


def _write_coverage(context: Context, sections: Sections, width: int) -> int:
    """The coverage by relation, numbered as `open --nth` counts it; the story stands in its place, unnumbered.

    Gives the last number.
    """
    output = context.output
    number = 0
    if sum(len(rows) for _title, rows in sections) < 2:
        return number
    for title, rows in sections:
        output.line()
        output.line(title, bold=True)
        for row in rows:
            number += not row.this_story
            for line in _row_lines(context, row, str(number), width):
                output.line(line)
    return number


def _row_lines(context: Context, row: CoverageRow, number: str, width: int) -> list[str]:
    indent = " " * _NUMBER_COLUMNS
    published = short_time(row.published_at, row.time_known, context.environment.zone) or "no date"
    sign = "*" if row.this_story else number
    facts = ", ".join(filter(None, (published, row.outlet, lag_text(row))))
    lines = ["", *wrap(facts, width, indent, f"{sign:>{_NUMBER_COLUMNS - 2}}  ")]
    if row.this_story:
        return [*lines, f"{indent}(this story)"]
    # A link that is broken into lines is no link any more.
    return [*lines, *wrap(row.title, width, indent), f"{indent}{row.url}" if row.url else f"{indent}(no link)"]
