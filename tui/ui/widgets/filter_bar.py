"""The field for queries, with what could stand there and what makes no sense below it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import Input

from tui.ui.widgets.inks import Painted
from tui.ui.widgets.lines import Span, cell_width, cut
from tui.ui.widgets.query_history import History

if TYPE_CHECKING:
    from tui.deck.query.completion import Completion, Values
    from tui.deck.query.grammar import QueryError

_FIELD_INDENT = 1


class QueryField(Input):
    """The line to type into."""


class Advice(Painted):
    """One line below the field: an error at its place, else what tab would complete."""

    error: "reactive[QueryError | None]" = reactive(None, init=False)
    completion: "reactive[Completion | None]" = reactive(None, init=False)

    def render_line(self, y: int) -> Strip:
        """The error with a caret below its place, or the suggestions."""
        width = self.size.width
        return Strip(self.segments(self._spans(width), width, self.base_style), width)

    def _spans(self, width: int) -> list[Span]:
        if self.error is not None:
            place = min(self.error.position + _FIELD_INDENT, max(width - 30, 0))
            return [(cut(f"{' ' * place}^ {self.error.message}", width), "bad")]
        if self.completion is None or not self.completion.suggestions:
            return []
        spans: list[Span] = [(" tab ", "dim")]
        room = width - 5
        for suggestion in self.completion.suggestions:
            note = f" {suggestion.count:,}" if suggestion.count is not None else f" {suggestion.help}"
            size = cell_width(suggestion.insert) + cell_width(note) + 3
            if size > room:
                break
            room -= size
            spans += [(suggestion.insert, "accent"), (f"{note}   ", "dim")]
        return spans


class FilterBar(Vertical):
    """A query, taking effect while it is typed.

    `values` gives what completion can offer of the deck.
    """

    class Edited(Message):
        """The query changed."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    def __init__(self, values: "Values", *, id: str) -> None:
        super().__init__(id=id)
        self._values = values
        self._history = History()

    def compose(self) -> ComposeResult:
        """The field and the line below it."""
        hint = "words, or topic: outlet: since: is: ..."
        yield QueryField(id="query", placeholder=hint, compact=True, max_length=1000)
        yield Advice(id="advice")

    @property
    def field(self) -> QueryField:
        """The line to type into."""
        return self.query_one(QueryField)

    @property
    def advice(self) -> Advice:
        """The line below the field."""
        return self.query_one(Advice)

    @property
    def text(self) -> str:
        """The query as it stands."""
        return self.field.value

    def set_text(self, text: str) -> None:
        """Put another query into the field; it takes effect as if typed."""
        self.field.value = text
        self.field.cursor_position = len(text)

    def show_errors(self, errors: "Sequence[QueryError]") -> None:
        """Report the first thing in the query that made no sense, if there is one."""
        self.advice.error = errors[0] if errors else None

    def used(self) -> tuple[str, ...]:
        """The reader is done typing: keep the query in the history, and return all of it, oldest first."""
        self._history = self._history.used(self.text)
        self.advice.completion = None
        return self._history.texts

    def remember(self, queries: tuple[str, ...]) -> None:
        """Take over the queries of an earlier visit, oldest first."""
        self._history = History.of(queries)

    def recall(self, step: int) -> None:
        """Put an earlier (-1) or later (1) query into the field."""
        shown = self.text
        self._history = self._history.earlier(shown) if step < 0 else self._history.later()
        if step < 0 and self._history.text == shown:  # the query in force is also the latest one used
            self._history = self._history.earlier(shown)
        self.set_text(self._history.text)

    def complete(self) -> None:
        """Take the first suggestion for the word that is typed."""
        completion = self._completion()
        if completion.suggestions:
            text, cursor = completion.applied(self.text, completion.suggestions[0])
            self.field.value = text
            self.field.cursor_position = cursor

    def on_input_changed(self, message: Input.Changed) -> None:
        """Report what is typed, and offer what it could become."""
        message.stop()
        self.advice.completion = self._completion() if self.field.has_focus else None
        self.post_message(self.Edited(message.value))

    def _completion(self) -> "Completion":
        from tui.deck.query.completion import complete  # not needed before somebody types

        return complete(self.text, self.field.cursor_position, self._values)
