"""What is wrong with files of the folder, and what to do about it."""

from collections.abc import Sequence

from tui.model import Problem
from tui.ui.dialogs.dialog import Dialog
from tui.ui.widgets.lines import BLANK, Line, rule, styled, wrap


class ProblemsScreen(Dialog[None]):
    """Lists the files that gave no story first, then those whose story has a flaw."""

    TITLE = "Problems"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self._errors = [problem for problem in problems if problem.severity == "error"]
        self._warnings = [problem for problem in problems if problem.severity != "error"]

    def lines(self, width: int) -> Sequence[Line]:
        """A paragraph for each problem: where, then what."""
        if not self._errors and not self._warnings:
            return styled(["Every file could be read as it should."], "text", " ")
        lines: list[Line] = []
        for title, problems in (("Not shown", self._errors), ("Shown with a flaw", self._warnings)):
            if problems:
                lines += [rule(f"{title} · {len(problems):,}")]
                for problem in problems:
                    lines += _problem_lines(problem, width)
        return lines[:-1]


def _problem_lines(problem: Problem, width: int) -> list[Line]:
    place = problem.file
    if problem.line:
        place += f":{problem.line}" + (f":{problem.column}" if problem.column else "")
    sign, style = ("✗", "bad") if problem.severity == "error" else ("!", "warn")
    places = wrap(place, width - 4)
    lines = [Line(((f" {sign} ", style), (places[0], "head"))), *styled(places[1:], "head", "   ")]
    return [*lines, *styled(wrap(problem.message, width - 4), "dim", "   "), BLANK]
