"""`newsdeck check`: every problem of a folder, where it is and what to do about it."""

import argparse
from collections import Counter

from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.cli.loading import add_path, load_folder
from tui.export.records import problem_record
from tui.model import Problem
from tui.session import LoadedFolder
from tui.text.wording import counted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    add_path(parser)
    parser.add_argument("--strict", action="store_true", help="exit status 5 for any problem, warnings too")
    parser.add_argument("--json", action="store_true", help="print as JSON")


def run(context: Context) -> int:
    """Print the problems to stdout and their number to stderr."""
    _root, loaded = load_folder(context)
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
    if context.options.strict and problems:
        return ExitStatus.STRICT
    return ExitStatus.NEGATIVE if severities["error"] else ExitStatus.DONE


def _told(problem: Problem) -> str:
    """`file:line:column: severity: field: message [rule]`, without what does not apply."""
    place = ":".join([problem.file, *(str(number) for number in (problem.line, problem.column) if number)])
    return ": ".join(filter(None, (place, problem.severity, problem.field, problem.message))) + f" [{problem.rule}]"


def _summary(loaded: LoadedFolder, cards: int, errors: int, warnings: int) -> str:
    parts = [counted(cards, "card"), counted(len(loaded.deck), "story", "stories")]
    if loaded.not_cards:
        parts.append(counted(loaded.not_cards, "other file"))
    return f"{', '.join(parts)}; {counted(errors, 'error')}, {counted(warnings, 'warning')}."
