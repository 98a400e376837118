"""`newsdeck check`: every problem of a folder, where it is and what to do about it."""

import argparse
import os
from collections import Counter
from pathlib import Path
from typing import Final

from tui.cards.census import Census, ToolCount, added_up, first_not_card, take_census
from tui.cards.folder.scan import find_entry
from tui.cards.reader import read_card
from tui.cli.arguments import add_paths
from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.cli.loading import id_of, load_folder
from tui.export.records import problem_record, utc_text
from tui.model import Problem, Story
from tui.session import LoadedFolder
from tui.text.sanitize import clean_line
from tui.text.wording import counted

_SHOWN: Final = 120
_KEYS_SHOWN: Final = 12
_KEY_SHOWN: Final = 40
_PLURALS: Final = {"template": "templates", "page of a folder": "pages of a folder"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    add_paths(parser)
    parser.add_argument("--strict", action="store_true", help="exit status 5 for any problem, warnings too")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    parser.add_argument(
        "--explain", metavar="FILE", help="print for one card which key gave which field, and which gave none"
    )


def run(context: Context) -> int:
    """Print the problems to stdout; their number, and what was read of the cards of each tool, to stderr."""
    if context.options.explain is not None:
        return explain(context)
    session, loaded = load_folder(context)
    problems = sorted(loaded.problems, key=lambda problem: (problem.file, problem.line, problem.column))
    cards = loaded.files - loaded.not_cards
    if context.options.json:
        context.output.json(
            {
                "cards": cards,
                "stories": len(loaded.deck),
                "not_cards": loaded.not_cards,
                "problems": [problem_record(problem) for problem in problems],
            }
        )
    else:
        for problem in problems:
            context.output.line(_told(problem))
    severities = Counter(problem.severity for problem in problems)
    context.output.note(_summary(loaded, cards, severities["error"], severities["warning"]))
    censuses = [take_census(source.root, source.content.rules) for source in session.sources]
    for census in censuses:
        if census.others:
            context.output.note(_counted_others(census))
    for count in added_up(census.tools for census in censuses):
        context.output.note(_counted_tool(count))
    if context.options.strict and problems:
        return ExitStatus.STRICT
    return ExitStatus.NEGATIVE if severities["error"] else ExitStatus.DONE


def _told(problem: Problem) -> str:
    """`file:line:column: severity: field: message [rule]`, without what does not apply."""
    place = ":".join([problem.file, *(str(number) for number in (problem.line, problem.column) if number)])
    return ": ".join(filter(None, (place, problem.severity, problem.field, problem.message))) + f" [{problem.rule}]"


def explain(context: Context) -> int:
    """Print what gave each field of one card, and what gave none; NEGATIVE if the file is no card."""
    named: str = context.options.explain
    session = context.session(context.options.paths)
    source, id = session.source_of(id_of(session, named))
    root, rules = source.root, source.content.rules
    if not find_entry(root, id) and os.path.isfile(named):
        root, id = Path(named), os.path.basename(named)
    parsed = read_card(root, id, rules)
    for problem in parsed.problems:
        context.output.note(_told(problem))
    card = parsed.card
    if card is None:
        if not parsed.problems and (found := first_not_card(root if root.is_file() else root / id, rules)):
            context.output.note(f"{id}: not a card: it {found.why}.")
        return ExitStatus.NEGATIVE
    context.output.line(f"{id}: a card as {card.tool}")
    shown = field_texts(card.story)
    for meaning, origin in card.origins:
        said = f"  {shown[meaning]}" if shown.get(meaning) else ""
        context.output.line(f"{meaning:<14} from {origin}{said}")
    for key in card.unread:
        context.output.line(f"{'not read':<14} {key}")
    return ExitStatus.DONE


def field_texts(story: Story) -> dict[str, str]:
    """The fields of a story that fit on a line, by their meaning in the table of dialects."""
    at = utc_text(story.published_at) or ""
    return {
        "title": story.title,
        "link": story.url,
        "time": at if story.time_known else at[:10],
        "outlet": story.outlet.name,
        "topics": ", ".join(story.topics),
        "excerpt": clean_line(story.excerpt, _SHOWN),
        "kind": story.kind,
        "authors": ", ".join(story.outlet.authors),
        "published": "yes" if story.published else "no",
    }


def _counted_tool(count: ToolCount) -> str:
    """`2,314 cards as Obsidian clippings: 2,310 with a link, …; keys not read: rating (41)`."""
    had = f"{count.links:,} with a link, {count.times:,} with a time, {count.outlets:,} with an outlet"
    said = f"{counted(count.cards, 'card')} as {count.tool}: {had}"
    if not count.unread:
        return f"{said}."
    keys = ", ".join(f"{clean_line(key, _KEY_SHOWN)} ({number:,})" for key, number in count.unread[:_KEYS_SHOWN])
    more = f" and {len(count.unread) - _KEYS_SHOWN:,} more" if len(count.unread) > _KEYS_SHOWN else ""
    return f"{said}; keys not read: {keys}{more}."


def _counted_others(census: Census) -> str:
    """`30 files are no cards: 28 templates (Templates/Book.md), 2 without a head (notes.txt).`"""
    total = sum(count.files for count in census.others)
    said = ", ".join(
        f"{counted(count.files, count.kind, _PLURALS.get(count.kind, count.kind))} ({count.first})"
        for count in census.others
    )
    return f"{counted(total, 'file')} {'is' if total == 1 else 'are'} no card{'' if total == 1 else 's'}: {said}."


def _summary(loaded: LoadedFolder, cards: int, errors: int, warnings: int) -> str:
    parts = [counted(cards, "card"), counted(len(loaded.deck), "story", "stories")]
    if loaded.not_cards:
        parts.append(counted(loaded.not_cards, "other file"))
    return f"{', '.join(parts)}; {counted(errors, 'error')}, {counted(warnings, 'warning')}."
