"""What a query could go on with: a list over the panes, just above the field, to choose from with the arrows."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events

from tui.ui.widgets.document_pane import DocumentPane
from tui.ui.widgets.lazy_lines import LazyLines
from tui.ui.widgets.lines import Line, cell_width, cut, left, right

if TYPE_CHECKING:
    from tui.deck.query.completion import Completion, Suggestion

MOST_ROWS = 8
"""Suggestions that are in sight at a time."""
_PART_OF_SCREEN = 3
_FRAME_LINES = 2
_BELOW = 3
"""Lines below the popup: the field, the line below that, and the hints."""
_FRAME_CELLS = 6
"""Cells of a row that hold no text: the border, the place of the cursor, a blank and the scrollbar."""
_GAP = 3
_LEAST_CELLS = 24
_MEASURED = 200
"""Suggestions that are looked at to find how wide they are."""


class CompletionPopup(DocumentPane):
    """Shows a `Completion`; its targets are the suggestions by number. Hidden where there is nothing to choose."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.can_focus = False
        self.display = False
        self._completion: Completion | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is something to choose."""
        return self._completion is not None

    @property
    def chosen(self) -> "Suggestion | None":
        """The suggestion that the reader has gone to, or None."""
        completion = self._completion
        return completion.suggestions[self.cursor] if completion is not None and self.cursor is not None else None

    def show(self, completion: "Completion", column: int) -> None:
        """Offer other suggestions beside a column of the screen, none of them chosen; hidden if there are none."""
        if not completion.suggestions:
            self.hide()
            return
        self._completion = completion
        self._place(column)
        key = completion.key
        self.border_title = cut(f"{key.name}: {key.help}", self._cells - 6) if key is not None else None
        self.display = True
        self.relayout(keep_place=False)
        self._describe()

    def hide(self) -> None:
        """Offer nothing."""
        self._completion = None
        self.display = False

    def step(self, by: int) -> None:
        """To the next (1) or previous (-1) suggestion; beyond either end none is chosen."""
        count = len(self._completion.suggestions) if self._completion is not None else 0
        here = self.cursor if self.cursor is not None else -1 if by > 0 else count
        if 0 <= here + by < count:
            self.go_to(here + by)
        else:
            self.cursor = None
        self.refresh()
        self._describe()

    def layout_lines(self, width: int) -> Sequence[Line]:
        """A line for each suggestion: a deck may have thousands of outlets."""
        suggestions = self._completion.suggestions if self._completion is not None else ()
        return LazyLines(len(suggestions), lambda number: _line(number, suggestions[number], width))

    def target_lines(self, lines: Sequence[Line]) -> Mapping[int, int]:
        """Each suggestion has a line."""
        return {number: number for number in range(len(lines))}

    async def on_event(self, event: events.Event) -> None:
        """One click chooses: the cursor is there before it is asked whether it was."""
        if isinstance(event, events.Click):
            offset = event.get_content_offset(self)
            if offset is not None and offset.x < self.inner_width:
                self.text.click_row(offset.y)
        await super().on_event(event)

    def _place(self, column: int) -> None:
        """Be as large as the suggestions, and stand beside the column as far as the screen is wide enough."""
        assert self._completion is not None
        columns, lines = self.app.size
        shown = self._completion.suggestions[:_MEASURED]
        title = cell_width(f"{self._completion.key.name}: {self._completion.key.help}") if self._completion.key else 0
        widest = max(_row_cells(suggestion) for suggestion in shown)
        self._cells = min(max(widest + _FRAME_CELLS, title + 6, _LEAST_CELLS), columns)
        rows = max(min(len(self._completion.suggestions), MOST_ROWS, lines // _PART_OF_SCREEN), 1)
        self.styles.width = self._cells
        self.styles.height = rows + _FRAME_LINES
        self.styles.offset = (min(column, columns - self._cells), -_BELOW)
        self.text.height = rows

    def _describe(self) -> None:
        count = len(self._completion.suggestions) if self._completion is not None else 0
        self.border_subtitle = f"{self.cursor + 1:,} of {count:,}" if self.cursor is not None else f"{count:,}"


def _line(number: int, suggestion: "Suggestion", width: int) -> Line:
    note, room = _note(suggestion), width - 2
    label = cut(suggestion.label, max(room - cell_width(note) - 1, room // 2))
    rest = right(note, room - cell_width(label)) if suggestion.count is not None else _beside(note, label, room)
    return Line(((" ", ""), (label, "head"), (rest, "dim"), (" ", "")), number)


def _beside(note: str, label: str, room: int) -> str:
    return left(" " * max(12 - cell_width(label), 1) + note, room - cell_width(label))


def _note(suggestion: "Suggestion") -> str:
    """What stands at the right: the number of stories, else for a key what it means."""
    if suggestion.count is not None:
        return f"{suggestion.count:,}"
    return suggestion.help if suggestion.insert.endswith(":") else ""


def _row_cells(suggestion: "Suggestion") -> int:
    label = cell_width(suggestion.label)
    return (max(label, 12 - 1) if suggestion.count is None else label + _GAP - 1) + 1 + cell_width(_note(suggestion))
