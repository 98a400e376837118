"""The widgets of the deck screen: how they share the room, and what they say of the state."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.deck.view import Listing
from tui.ui.deck.idle import idle_keys
from tui.ui.deck.notices import Told, belongs_on_top
from tui.ui.deck.state import DeckState, FocusName
from tui.ui.deck.widths import Middle, PaneRow
from tui.ui.messages import ThenDo
from tui.ui.sheets import read_later_sheets
from tui.ui.toolkit import reword_notices
from tui.ui.widgets.bars import Headline, HintBar, TitleBar
from tui.ui.widgets.facet_pane import FacetPane
from tui.ui.widgets.pane import Pane
from tui.ui.widgets.story_list import StoryList
from tui.ui.widgets.story_pane import StoryPane
from tui.ui.workers import Ticket

if TYPE_CHECKING:  # no first screen shows a line to type into
    from tui.deck.query.grammar import QueryError
    from tui.ui.widgets.filter_bar import FilterBar
    from tui.ui.widgets.find_bar import FindBar

PaneName = Literal["topics", "stories", "story"]


class Panes:
    """The panes and bars of `screen`; classes of the screen say to the style sheet which of them are in sight."""

    def __init__(self, screen: Screen[None], stories: StoryList) -> None:
        self._screen = screen
        self.topics = FacetPane(id="topics")
        self.stories = stories
        self.story = StoryPane(id="story")
        self._queries: tuple[str, ...] = ()
        self._query: FilterBar | None = None
        self._find: FindBar | None = None
        self.row = PaneRow(id="panes")
        self._title = TitleBar(id="title")
        self._hints = HintBar(id="hints")
        self._told = Told()

    def compose(self) -> ComposeResult:
        """The title, the panes side by side, and the hints; what is typed into comes later."""
        for pane, title in ((self.topics, "Topics"), (self.stories, "Stories"), (self.story, "Story")):
            pane.border_title = title
        yield self._title
        with self.row:
            yield self.topics
            with Middle(id="middle"):
                yield self.stories
            yield self.story
        yield self._hints
        yield Static("newsdeck needs 20 x 5 or more", id="too-small", markup=False)

    @property
    def query(self) -> "FilterBar":
        """The line for queries, which is made when it is first asked for."""
        if self._query is None:
            self._query = self._make_query()
        return self._query

    @property
    def find(self) -> "FindBar":
        """The line for a part of a topic's name, which is made when it is first asked for."""
        if self._find is None:
            self._find = self._make_find()
        return self._find

    def prepare_typing(self, ticket: Ticket) -> None:
        """Have the lines to type into made soon, so that the first key for one need not wait; for a job, which loads
        what they need.
        """
        import tui.ui.widgets.filter_bar
        import tui.ui.widgets.find_bar  # noqa: F401

        if not ticket.is_cancelled():
            for line in (lambda: self.query, lambda: self.find):
                self._screen.post_message(ThenDo(partial(self._unless_left, line)))

    def _unless_left(self, make: Callable[[], Widget]) -> None:
        """Make a line, unless the screen is being left by now."""
        if self._hints.is_attached:
            make()

    def _make_query(self) -> "FilterBar":
        from tui.ui.widgets.filter_bar import FilterBar

        read_later_sheets(self._screen.app)
        bar = FilterBar(id="filter")
        bar.remember(self._queries)
        self._screen.mount(bar, bar.popup, before=self._hints)
        return bar

    def _make_find(self) -> "FindBar":
        from tui.ui.widgets.find_bar import FindBar

        read_later_sheets(self._screen.app)
        bar = FindBar(id="finding")
        self._screen.mount(bar, before=self._query or self._hints)
        return bar

    def show_errors(self, errors: "Sequence[QueryError]") -> None:
        """Report what made no sense in the query, if anything did."""
        if errors or self._query is not None:
            self.query.show_errors(errors)

    @property
    def active(self) -> Pane:
        """The pane that movement keys act on: the focused one, else the list."""
        focused = self._screen.focused
        return focused if isinstance(focused, Pane) else self.stories

    def name_of(self, widget: Widget | None) -> FocusName:
        """Which part of the screen a widget is."""
        if widget is self.topics:
            return "topics"
        if widget is self.stories:
            return "stories"
        if widget is self.story:
            return "story"
        if self._query is not None and widget is self._query.field:
            return "query"
        return "find" if self._find is not None and widget is self._find.field else ""

    def show(self, name: PaneName) -> None:
        """Give a pane the keys; on a narrow screen it takes the place of the others."""
        self.make_way(name)
        self._screen.set_focus({"topics": self.topics, "stories": self.stories, "story": self.story}[name])

    def make_way(self, name: FocusName) -> None:
        """Bring a pane into sight at every width."""
        self._screen.set_class(name == "story", "-reading")
        self._screen.set_class(name == "topics", "-topics")
        if name != "story":
            self._screen.remove_class("-zen")

    def cycle(self, by: int) -> None:
        """Give the keys to the next (1) or previous (-1) pane in sight."""
        order: list[PaneName] = ["stories", "story"]
        if self.topics.display:
            order.insert(0, "topics")
        here = self.name_of(self.active)
        place = next((number for number, name in enumerate(order) if name == here), 0)
        self.show(order[(place + by) % len(order)])

    @property
    def typed_query(self) -> str:
        """What stands in the line for queries; nothing before that is made."""
        return self._query.text if self._query is not None else ""

    def write_query(self, text: str) -> None:
        """Put a query into its line, as if it were typed, and show it; for an empty one no line is made."""
        if text or self._query is not None:
            self.query.set_text(text)
        self.show_query(bool(text.strip()))

    def remember_queries(self, queries: tuple[str, ...]) -> None:
        """Have the queries of an earlier visit, oldest first, in the line for queries, which may be made later."""
        self._queries = queries
        if self._query is not None:
            self._query.remember(queries)

    def show_query(self, on: bool) -> None:
        """Show the query below the panes, or leave the room to them."""
        self._screen.set_class(on, "-filtering")

    def type_query(self) -> None:
        """Let the reader type a query."""
        self.show_query(True)
        self._screen.set_focus(self.query.field)

    def type_topic(self) -> None:
        """Let the reader type a part of a topic's name."""
        self._screen.add_class("-finding")
        self._screen.set_focus(self.find.field)

    def end_typing_topic(self, needle: str) -> None:
        """Back to the topics, with what holds `needle`; the line stays while there is one."""
        self.find.field.value = needle
        self._screen.set_class(bool(needle), "-finding")
        self.show("topics")

    def show_topics(self) -> None:
        """Give the keys to the topics, also where they were hidden."""
        self._screen.remove_class("-no-topics")
        self.show("topics")

    def toggle_topics(self) -> bool:
        """Show or hide the topics beside the list; whether there is room for them there."""
        if not self._screen.has_class("-wide"):
            return False
        self._screen.toggle_class("-no-topics")
        if self._screen.has_class("-no-topics") and self._screen.focused is self.topics:
            self.show("stories")
        return True

    def toggle_zen(self) -> None:
        """The story alone on the screen, and back."""
        self._screen.toggle_class("-zen")
        self.show("story" if self._screen.has_class("-zen") else "stories")

    def uncover(self) -> bool:
        """Take away what lies over the list: zen, a story that fills the screen, topics; whether anything did."""
        screen = self._screen
        alone = screen.has_class("-reading") and (screen.has_class("-narrow") or screen.has_class("-tiny"))
        over = screen.has_class("-topics") and not screen.has_class("-wide")
        covered = screen.has_class("-zen") or alone or over
        if covered:
            self.show("stories")
        return covered

    def describe(self, state: DeckState, folder: str, seconds: float) -> None:
        """Say in the title what is shown of `folder`, and how far loading is after some seconds."""
        self._title.headline = headline(state, folder, seconds)
        self.describe_cursor(state)

    def announce(self, state: DeckState) -> None:
        """Say in the title what waits for the reader and how much is unread, and below the panes which keys work."""
        self._hints.where = state.focus or "stories"
        self._hints.idle = idle_keys(state, self.story.content)
        self._title.headline = replace(self._title.headline, announced=announced(state), unread=_unread_of(state))

    @property
    def announced(self) -> tuple[str, ...]:
        """What the title says to wait for the reader."""
        return self._title.headline.announced

    def place_notices(self) -> None:
        """Have what is told in passing appear where the row in use is not."""
        pane = self._screen.focused
        rows = [y for y in range(pane.size.height) if pane.is_marked(y)] if isinstance(pane, Pane) else []
        first = pane.content_region.y if pane is not None else 0
        used = range(first + rows[0], first + rows[-1] + 1) if rows else range(0)
        self._screen.set_class(belongs_on_top(used, self._screen.size.height), "-notices-top")

    def worded(self, text: str, title: str) -> str:
        """A text under its title as a notice says it now, which appears beside what is in use."""
        self.place_notices()
        return self._told.shaped(text, title, self._screen.app.size.width)

    def reword(self, columns: int) -> None:
        """Fit the notices in sight to a screen of so many cells."""
        reword_notices(self._screen, lambda said: self._told.anew(said, columns))

    def describe_cursor(self, state: DeckState) -> None:
        """Say in the line of hints where the cursor of the list is."""
        self.place_notices()
        self._hints.place = place_in(state.listing, self.stories.cursor)
        self._hints.idle = idle_keys(state, self.story.content)

    def show_advice(self, state: DeckState) -> None:
        """Say in the list, which is in sight at every width, why there is nothing to read, and what to do next."""
        self.story.border_title = "Story"
        self.story.show_nothing()
        self.stories.show_nothing(*advice(state))


def headline(state: DeckState, folder: str, seconds: float) -> Headline:
    """What the title says of a state; `seconds` is how long loading has taken so far."""
    done, files = state.files_done, state.files_total
    return Headline(
        folder=folder,
        total=state.deck.shown_count - state.listing.muted,
        narrowed=state.listing.stories if state.listing.narrowed else None,
        rows=_rows_of(state),
        unread=_unread_of(state),
        related=len(state.listing.related) if state.listing.divider is not None else 0,
        waiting="events are still being found" if state.listing.events_missing else "",
        order=_order_text(state),
        problems=len(state.problems),
        done=done,
        files=files,
        loading=state.loading,
        announced=announced(state),
        seconds_left=seconds / done * (files - done) if state.loading and done else None,
    )


def place_in(listing: Listing, row: int) -> str:
    """Which of the rows one is, counted from 0: those of related pieces are counted by themselves, as in the title."""
    rows, divider = len(listing.docs), listing.divider
    if divider is None:
        return f"{row + 1:,} of {rows:,}" if rows else "0 of 0"
    if row < divider:
        return f"{row + 1:,} of {divider:,}"
    return f"{row + 1 - divider:,} of {rows - divider:,} related"


def announced(state: DeckState) -> tuple[str, ...]:
    """The name of the view, and what waits for the reader: picks, new stories and muted ones, with their keys."""
    texts = [state.view_name]
    texts += [f"{count:,} {what}" for count, what in (
        (len(state.picked), "picked"), (len(state.arrived), "new · r"), (state.listing.muted, "muted · V")
    ) if count]  # fmt: skip
    return tuple(filter(None, texts))


def _unread_of(state: DeckState) -> int | None:
    is_said = state.unread is not None and bool(state.listing.stories) and not state.loading
    return state.unread.listed if state.unread is not None and is_said else None


def _rows_of(state: DeckState) -> int | None:
    """How many rows the listed stories have; None where each has its own."""
    listing = state.listing
    rows = len(listing.docs) if listing.divider is None else listing.divider
    return rows if listing.stories and rows != listing.stories and not state.loading else None


def _order_text(state: DeckState) -> str:
    sort, known = state.listing.sort, state.listing.analysis
    order = f"{sort.name}, reversed" if sort.reverse else sort.name
    if state.view.grouped and len(state.deck) and (known is None or known.grouping is None):
        return f"{order} · finding events…"
    return f"{order} · {'grouped' if state.view.grouped else 'flat'}"


def advice(state: DeckState) -> tuple[str, ...]:
    """A sentence that says why nothing is shown, then what helps; a paragraph each."""
    if state.failure:
        return ("This folder cannot be read.", state.failure, "Press q to quit.")
    if state.loading:
        return ("Loading.", "The newest stories appear as soon as they are read.")
    if len(state.deck) and state.listing.narrowed:
        undo = "Press esc to take the query back, or / to change it."
        return ("Nothing matches.", undo)
    if len(state.deck):
        return ("Nothing to show.", "Every story here is removed or muted: is:removed or is:muted shows them.")
    if state.problems:
        return ("No story could be read.", "Press ! to see what is wrong with the files.")
    if state.not_cards:
        files = "1 text file here has" if state.not_cards == 1 else f"None of {state.not_cards:,} text files here has"
        no = " no" if state.not_cards == 1 else " a"
        read = "Start newsdeck with --plain to read them all the same."
        return ("No cards here.", f"{files}{no} head that can be read. {state.not_card}".rstrip(), read)
    return (
        "No cards here.",
        "newsdeck reads Markdown files that begin with a line of three dashes and hold a story in YAML below it.",
        "Press ctrl+o to open another folder. To see how it looks with cards, start: newsdeck demo",
    )
