"""The deck screen's panes and state: the one home of the deck, the view and what is picked."""

import time
from array import array

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from tui.config.actions import ACTIONS
from tui.deck.deck import Deck
from tui.deck.view import View, pick
from tui.model import Problem, Story
from tui.session import Session
from tui.ui.messages import CardRead, JobFailed, Picked
from tui.ui.widgets.bars import Headline, HintBar, TitleBar
from tui.ui.widgets.facet_pane import FacetPane
from tui.ui.widgets.filter_bar import FilterBar
from tui.ui.widgets.story_lines import StoryContent
from tui.ui.widgets.story_list import StoryList
from tui.ui.widgets.story_pane import StoryPane
from tui.ui.workers import Desk, Ticket

FOLLOW_SECONDS = 0.05
"""How long the cursor rests before the story pane follows."""


class DeckView(Screen[None]):
    """Shows a view of a deck; values go down to the panes from here, and only from here."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.deck = Deck()
        self.view = View()
        self.problems: tuple[Problem, ...] = ()
        self.docs: array[int] = array("I")
        self.back_stack: list[str] = []
        self.desk = Desk(self._report)
        self.is_loading = True
        self.files_done = 0
        self.files_total = 0
        self.failure = ""
        self._started = time.monotonic()
        self._follow: Timer | None = None

    def compose(self) -> ComposeResult:
        """The title, the panes side by side, the filter line and the hints."""
        yield TitleBar(id="title")
        with Horizontal(id="panes"):
            yield FacetPane(id="topics")
            with Vertical(id="middle"):
                yield StoryList(self.session.clock, self.session.zone, id="stories")
            yield StoryPane(id="story")
        yield FilterBar(id="filter")
        yield HintBar(ACTIONS, id="hints")
        yield Static("newsdeck needs 20 x 5 or more", id="too-small", markup=False)

    @property
    def topics_pane(self) -> FacetPane:
        """The pane of topics, outlets and kinds."""
        return self.query_one("#topics", FacetPane)

    @property
    def list_pane(self) -> StoryList:
        """The list of stories."""
        return self.query_one("#stories", StoryList)

    @property
    def story_pane(self) -> StoryPane:
        """The story that is read."""
        return self.query_one("#story", StoryPane)

    @property
    def filter_bar(self) -> FilterBar:
        """The field to filter with."""
        return self.query_one("#filter", FilterBar)

    @property
    def narrowed_text(self) -> str:
        """What narrows the list, in words; empty if nothing does."""
        words, facet = self.view.words.strip(), self.view.facet
        parts = [f"“{words}”"] if words else []
        if facet is not None:
            parts.append(f"{facet.kind} {facet.name}")
        return " in ".join(parts)

    def _report(self, error: Exception) -> None:
        self.post_message(JobFailed(error))

    def on_job_failed(self, message: JobFailed) -> None:
        """A mistake in a background job ends the program as one on the event loop would, not in silence."""
        raise message.error

    def change_view(self, view: View) -> None:
        """Show something else of the same deck."""
        if view != self.view:
            self.view = view
            self.topics_pane.show(self.deck, view.facet)
            self.repick()

    def repick(self) -> None:
        """Pick the stories of the view anew, off the event loop."""
        deck, view = self.deck, self.view

        def job(ticket: Ticket) -> None:
            docs = pick(deck, view, ticket.is_cancelled)
            if not ticket.is_cancelled():
                self.post_message(Picked(deck, view, docs))

        self.desk.start("pick", job)

    def on_picked(self, message: Picked) -> None:
        """Show what was picked, unless the deck or the view have changed since."""
        if message.deck is not self.deck or message.view != self.view:
            return
        self.docs = message.docs
        self.list_pane.show(self.deck, self.docs)
        self.describe()
        if not self.docs:
            self.show_advice()
        elif self.story_pane.content is None:
            self.follow_now()
        else:
            self._renew_story(self.story_pane.content)

    def _renew_story(self, content: StoryContent) -> None:
        """More of the folder has been read: coverage may have become cards, which lead further."""
        rows, items = self.deck.coverage(content.story), self.deck.listed(content.story)
        if self.deck.find(content.story.id) == content.story and (rows != content.rows or items != content.items):
            renewed = StoryContent(content.story, rows, content.now, content.zone, content.body, items)
            self.story_pane.show(renewed, keep_place=True)

    def on_story_list_highlighted(self, message: StoryList.Highlighted) -> None:
        """Follow the cursor, once it rests."""
        self._describe_place()
        if self._follow is not None:
            self._follow.stop()
        self._follow = self.set_timer(FOLLOW_SECONDS, self.follow_now)

    def follow_now(self) -> None:
        """Let the story pane show what the cursor of the list is on."""
        if self._follow is not None:
            self._follow.stop()
            self._follow = None
        story, shown = self.list_pane.story, self.story_pane.content
        if story is not None and (shown is None or shown.story != story):
            self.back_stack.clear()
            self.show_story(story)

    def show_story(self, story: Story) -> None:
        """Show a story from its top, and read the rest of its card."""
        content = StoryContent(story, self.deck.coverage(story), self.session.clock(), self.session.zone)
        self.story_pane.show(content)
        depth = min(len(self.back_stack), 5)
        self.story_pane.border_title = f"Story {'›' * depth} (backspace goes back)" if depth else "Story"
        if not (story.body_bytes or story.details.items):
            return

        def job(ticket: Ticket) -> None:
            read = self.session.read_body(story)
            if read is not None and not ticket.is_cancelled():
                self.post_message(CardRead(story, *read))

        self.desk.start("card", job)

    def on_card_read(self, message: CardRead) -> None:
        """Add the body to the story, if it is still the one shown."""
        shown = self.story_pane.content
        if shown is None or shown.story is not message.story:
            return
        listed = self.deck.listed(message.story)
        content = StoryContent(shown.story, shown.rows, shown.now, shown.zone, message.body, listed)
        self.story_pane.show(content, keep_place=True)

    def describe(self) -> None:
        """Say in the title what is shown, and how far loading is."""
        took = time.monotonic() - self._started
        done, files = self.files_done, self.files_total
        narrowed = self.narrowed_text
        self.query_one(TitleBar).headline = Headline(
            folder=self.session.folder_name,
            total=self.deck.shown_count,
            narrowed=f"{narrowed} · {len(self.docs):,} shown" if narrowed else "",
            problems=len(self.problems),
            done=done,
            files=files,
            loading=self.is_loading,
            seconds_left=took / done * (files - done) if self.is_loading and done else None,
        )
        self._describe_place()

    def _describe_place(self) -> None:
        place = f"{self.list_pane.cursor + 1:,} of {len(self.docs):,}" if self.docs else "0 of 0"
        self.query_one(HintBar).place = place

    def show_advice(self) -> None:
        """Say why there is nothing to read, and what to do next."""
        self.story_pane.border_title = "Story"
        self.story_pane.show_nothing(*self._advice())

    def _advice(self) -> tuple[str, ...]:
        if self.failure:
            return ("This folder cannot be read.", self.failure, "Press q to quit.")
        if self.is_loading:
            return ("Loading.", "The newest stories appear as soon as they are read.")
        if len(self.deck) and self.view.narrowed:
            undo = "Press esc to take the filter back, or / to change it."
            return ("Nothing matches.", f"No story for {self.narrowed_text}.", undo)
        if self.problems:
            return ("No story could be read.", "Press ! to see what is wrong with the files.")
        return (
            "No cards here.",
            "newsdeck reads Markdown files that begin with a line of three dashes and hold a story in YAML below it.",
            "Start it with the path of a content folder, or run: newsdeck demo",
        )
