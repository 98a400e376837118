"""A field for a path or some letters of a name, above the folders that fit."""

import asyncio
import os
from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.fuzzy import Matcher
from textual.suggester import Suggester
from textual.widgets import Input

from tui.session.choices import FolderChoice, folders_below
from tui.text.sanitize import clean_path
from tui.ui.dialogs.dialog import OneAnswer
from tui.ui.toolkit_field import SteadyField
from tui.ui.widgets.bars import HintBar
from tui.ui.widgets.document_pane import DocumentPane
from tui.ui.widgets.lines import BLANK, Line, cell_width, cut, cut_front, styled, wrap
from tui.ui.widgets.pane import Pane

_FRAME_LINES = 4
_LEAST_LINES = 8
_PATH_SIGNS = ("/", "~", ".")


class FolderScreen(OneAnswer[tuple[str, ...] | None]):
    """Choose a folder by some letters of its name, or type its path; the result are the words that name it.

    It can be typed into before it is known which folders to `offer`.
    """

    BINDINGS = [
        Binding("escape", "give_up", "close", show=False),
        Binding("down,ctrl+n", "step(1)", "next", priority=True, show=False),
        Binding("up,ctrl+p", "step(-1)", "previous", priority=True, show=False),
        Binding("tab", "complete", "complete", priority=True, show=False),
    ]
    WHERE = "folders"

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[FolderChoice] | None = None

    def compose(self) -> ComposeResult:
        """The field, the folders and a line of hints."""
        with Vertical(id="box"):
            suggester = PathSuggester(use_cache=False, case_sensitive=True)
            placeholder = "a name, or the path of a folder"
            yield SteadyField(placeholder=placeholder, id="answer", compact=True, max_length=4000, suggester=suggester)
            yield FolderPane(id="text")
        yield HintBar(self.WHERE, id="hints")

    def on_mount(self) -> None:
        """Name the box and let the reader type."""
        self.query_one("#box").border_title = "Open a folder"
        self.query_one(Input).focus()
        self._narrow()

    def offer(self, choices: Sequence[FolderChoice]) -> None:
        """These are the folders to choose from."""
        self._all = choices
        self._narrow()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Show the folders that fit what is typed."""
        self._narrow()

    def _narrow(self) -> None:
        for pane in self.query(FolderPane):  # none before it is opened, and none after it was closed
            room = self.app.size.height * 3 // 5
            self.query_one("#box").styles.height = max(min(len(self._all or ()) + _FRAME_LINES, room), _LEAST_LINES)
            pane.narrow(self._all, self.query_one(Input).value)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter opens what the cursor is on."""
        self._answer()

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """Chosen by mouse."""
        self._answer()

    def _answer(self) -> None:
        choice = self.query_one(FolderPane).chosen
        if choice is not None:
            self.dismiss(choice.words)

    def action_step(self, by: int) -> None:
        """To the next or previous folder."""
        self.query_one(FolderPane).go("down" if by > 0 else "up")

    def action_complete(self) -> None:
        """Take the path that is suggested."""
        self.query_one(Input).action_cursor_right()

    def action_give_up(self) -> None:
        """No answer."""
        self.dismiss(None)


class FolderPane(DocumentPane):
    """The folders that fit what is typed, best first."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.can_focus = False
        self._is_known = self._is_typed = False
        self._fitting: list[FolderChoice] = []

    @property
    def chosen(self) -> FolderChoice | None:
        """The folder under the cursor, or None."""
        cursor = self.cursor
        return self._fitting[cursor] if cursor is not None and cursor < len(self._fitting) else None

    @property
    def _why_none(self) -> str:
        if not self._is_known:
            return "Looking for folders…"
        if self._is_typed:
            return "No folder is called so; what has a / in it is taken for a path."
        return "Folders that you open are offered here the next time. Type the path of one, such as ~/news."

    def narrow(self, choices: Sequence[FolderChoice] | None, typed: str) -> None:
        """Show which of the choices (None: not known yet) fit; a path is offered as it is typed."""
        self._is_known, self._is_typed = choices is not None, bool(typed.strip())
        self._fitting = fitting(choices or (), typed.strip())
        self.cursor = 0 if self._fitting else None
        self.text.top = 0
        self.relayout(keep_place=bool(self._fitting))

    def layout_lines(self, width: int) -> Sequence[Line]:
        """A line for each folder."""
        if not self._fitting:
            return [BLANK, *styled(wrap(self._why_none, width - 2), "dim", " ")]
        column = min(max(cell_width(choice.label) for choice in self._fitting) + 3, width // 2)
        return [_line(number, choice, column, width) for number, choice in enumerate(self._fitting)]


def fitting(choices: Sequence[FolderChoice], typed: str) -> list[FolderChoice]:
    """The folders whose name or place holds the letters typed, in their order, best first; a path comes before all."""
    if not typed:
        return list(choices)
    matcher = Matcher(typed)
    scored = [(matcher.match(choice.label) * 2 + matcher.match(choice.place), choice) for choice in choices]
    found = [choice for score, choice in sorted(scored, key=lambda pair: -pair[0]) if score > 0]
    if os.sep in typed or typed.startswith(_PATH_SIGNS):
        path = FolderChoice((os.path.expanduser(typed),), clean_path(typed), "as typed")
        return [path, *found]
    return found


def _line(number: int, choice: FolderChoice, column: int, width: int) -> Line:
    label = cut(choice.label, column - 1)
    blank = " " * (column - cell_width(label))
    return Line(
        (("   ", ""), (label, "head"), (blank, ""), (cut_front(choice.place, width - column - 4), "dim")), number
    )


class PathSuggester(Suggester):
    """Suggests how the path of a folder may go on; the disk is asked in a thread."""

    async def get_suggestion(self, value: str) -> str | None:
        """The first folder that begins as is typed, if that is a path."""
        if os.sep not in value:
            return None
        return await asyncio.to_thread(lambda: next(folders_below(value), None))
