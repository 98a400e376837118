"""The field for queries, with what could stand there and what makes no sense below it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import Input

from tui.ui.toolkit_field import SteadyField
from tui.ui.widgets.completion_popup import CompletionPopup
from tui.ui.widgets.inks import Painted
from tui.ui.widgets.lines import Span, cut
from tui.ui.widgets.query_history import History

if TYPE_CHECKING:
    from tui.deck.query.completion import Completion, Offers
    from tui.deck.query.grammar import QueryError

_FIELD_INDENT = 1


class QueryField(SteadyField):
    """The line to type into, with the keys that stay in it: they come in order with the letters before them."""

    BINDINGS = [
        Binding("tab", "screen.do('complete_query')", "complete", show=False),
        Binding("up", "screen.do('query_history', -1)", "suggestion, or earlier query", show=False),
        Binding("down", "screen.do('query_history', 1)", "suggestion, or later query", show=False),
    ]


class Advice(Painted):
    """One line below the field: what makes no sense with a caret below its place, else what the key there means."""

    error: "reactive[QueryError | None]" = reactive(None, init=False)
    about: reactive[str] = reactive("", init=False)

    def render_line(self, y: int) -> Strip:
        """The error or the explanation."""
        width = self.size.width
        return Strip(self.segments(self._spans(width), width, self.base_style), width)

    def _spans(self, width: int) -> list[Span]:
        if self.error is None or (self.about and self.error.unfinished):  # what it needs is offered or explained
            return [(cut(self.about, width), "dim")]
        if self.error.unfinished:
            return [(cut(f" {self.error.message}", width), "dim")]
        place = min(self.error.position + _FIELD_INDENT, max(width - 30, 0))
        return [(cut(f"{' ' * place}^ {self.error.message}", width), "bad")]


class FilterBar(Vertical):
    """A query, taking effect while it is typed. `popup` lies outside of it, over the panes, with what could follow."""

    class Edited(Message):
        """The query changed."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        hint = "words, or topic: outlet: since: is: ..."
        self.field = QueryField(id="query", placeholder=hint, compact=True, max_length=1000)
        """The line to type into."""
        self.advice = Advice(id="advice")
        """The line below the field."""
        self.popup = CompletionPopup(id="completion")
        self._offers: Offers | None = None
        self._history = History()
        self._recalled: str | None = None
        self._offered_for = ""

    def compose(self) -> ComposeResult:
        """The field and the line below it."""
        yield self.field
        yield self.advice

    def on_mount(self) -> None:
        """Offer what fits where the cursor of the field goes."""
        self.watch(self.field, "selection", self._cursor_moved, init=False)

    @property
    def text(self) -> str:
        """The query as it stands."""
        return self.field.value

    def set_text(self, text: str) -> None:
        """Put another query into the field; it takes effect as if typed, but nothing is offered for it."""
        self._recalled = text
        self.field.value = text
        self.field.cursor_position = len(text)
        self._offer_nothing()

    def offer(self, offers: "Offers") -> None:
        """Complete from these values from now on."""
        self._offers = offers
        if self.field.has_focus and self.text and self.text != self._recalled and self.popup.chosen is None:
            self._offer()

    def show_errors(self, errors: "Sequence[QueryError]") -> None:
        """Report the first thing in the query that made no sense, if there is one."""
        self.advice.error = next((error for error in errors if not error.unfinished), errors[0] if errors else None)

    def used(self) -> tuple[str, ...]:
        """The reader is done typing: keep the query in the history, and return all of it, oldest first."""
        self._history = self._history.used(self.text)
        self._offer_nothing()
        return self._history.texts

    def remember(self, queries: tuple[str, ...]) -> None:
        """Take over the queries of an earlier visit, oldest first."""
        self._history = History.of(queries)

    def step(self, by: int) -> None:
        """To the next (1) or previous (-1) suggestion; where there are none, to a later or earlier query."""
        if self.popup.is_open:
            self.popup.step(by)
            return
        shown = self.text
        self._history = self._history.earlier(shown) if by < 0 else self._history.later()
        if by < 0 and self._history.text == shown:  # the query in force is also the latest one used
            self._history = self._history.earlier(shown)
        self.set_text(self._history.text)

    def complete(self) -> None:
        """Take the suggestion that is chosen, else the first one for the word that is typed."""
        chosen = self.popup.chosen
        completion = self._completion()
        if completion is None or not completion.suggestions:
            return
        text, cursor = completion.applied(self.text, chosen or completion.suggestions[0])
        self.popup.hide()
        self.field.value = text
        self.field.cursor_position = cursor

    def take_choice(self) -> bool:
        """Take the suggestion that the reader has gone to; whether there is one."""
        if self.popup.chosen is None:
            return False
        self.complete()
        return True

    def leave_choice(self) -> bool:
        """Take away the suggestions if the reader has gone to one; whether that is so."""
        if self.popup.chosen is None:
            return False
        self.popup.hide()
        return True

    def on_input_changed(self, message: Input.Changed) -> None:
        """Report what is typed, and offer what it could become."""
        message.stop()
        if message.value == self.text and message.value != self._recalled:
            self._recalled = None
            self._offer()
        self.post_message(self.Edited(message.value))

    def on_descendant_blur(self) -> None:
        """Nothing is offered to who does not type."""
        self._offer_nothing()

    def _cursor_moved(self) -> None:
        """Offer what fits there, unless more was typed, which offers it anew anyway."""
        if self.popup.is_open and self.popup.chosen is None and self.text == self._offered_for:
            self._offer()

    def _offer(self) -> None:
        self._offered_for = self.text
        completion = self._completion() if self.field.has_focus else None
        if completion is None:
            self._offer_nothing()
            return
        self.popup.show(completion, min(completion.start, self.field.size.width))
        key = completion.key
        explained = f" {key.name}: {key.help}" if key is not None else ""
        self.advice.about = " " if self.popup.is_open else explained

    def _offer_nothing(self) -> None:
        self.popup.hide()
        self.advice.about = ""

    def _completion(self) -> "Completion | None":
        if self._offers is None:
            return None
        from tui.deck.query.completion import complete  # not needed before somebody types

        return complete(self.text, self.field.cursor_position, self._offers)
