"""Reading a story: following the cursor of the list, the rest of the card, and how its coverage is shown."""

import msgspec
from msgspec.structs import replace
from textual.content import Content
from textual.timer import Timer

from tui.model import Story
from tui.ui.deck.port import Commands, DeckPort
from tui.ui.deck.state import ExtendTrail, StartTrail, TakeTrail, WalkTrail
from tui.ui.messages import CardRead, Rested
from tui.ui.widgets.lines import cut
from tui.ui.widgets.story_content import COVERAGE_VIEWS, CoverageView, SectionName, StoryContent
from tui.ui.workers import Ticket

FOLLOW_SECONDS = 0.05
"""How long the cursor rests before the story pane follows."""
_CRUMB_CELLS = 40


class ReadingPlace(msgspec.Struct, frozen=True, eq=False):
    """What is read and how far: the content of the story pane, its first line in sight, its cursor, the way there.

    `followed` is the id of the story of the list that the way begins at.
    """

    content: StoryContent | None
    top: int
    cursor: int | None
    trail: tuple[str, ...]
    trail_at: int
    followed: str


class ReadingController:
    """Decides which story is shown, and how."""

    def __init__(self, port: DeckPort) -> None:
        self._port = port
        self._following: Timer | None = None
        self._resting: Timer | None = None
        self._followed = ""
        self.commands: Commands = {
            "coverage": self.go_to_coverage,
            "next_coverage": lambda: self._port.panes.story.step_coverage(1),
            "previous_coverage": lambda: self._port.panes.story.step_coverage(-1),
            "coverage_view": self.next_coverage_view,
            "headlines": self.toggle_headlines,
            "everything": self.toggle_everything,
        }

    @property
    def is_following(self) -> bool:
        """Whether the story under the cursor is about to be shown."""
        return self._following is not None

    def follow_soon(self) -> None:
        """Let the story pane follow the cursor of the list once it rests."""
        if self._following is not None:
            self._following.stop()
        self._following = self._port.set_timer(FOLLOW_SECONDS, self._follow_rested)

    def _follow_rested(self) -> None:
        """Follow the cursor to another story; what was opened from the story it is on stays open."""
        story = self._port.panes.stories.story
        if story is None or story.id != self._followed or self._port.panes.story.content is None:
            self.follow_now()
        else:
            self._following = None
            self._wait_for_rest(story)

    def follow_now(self) -> None:
        """Let the story pane show what the cursor of the list is on; a story it rests on for long counts as read."""
        if self._following is not None:
            self._following.stop()
            self._following = None
        story, shown = self._port.panes.stories.story, self._port.panes.story.content
        self._followed = story.id if story is not None else ""
        if story is not None and (shown is None or shown.story != story):
            self._port.apply(StartTrail(story.id))
            self.show(story)
        self._wait_for_rest(story)

    def catch_up(self) -> None:
        """Follow at once where the keys are in the list: never act on the story the cursor has just left."""
        if self._port.state.focus == "stories":
            self.follow_now()

    def _wait_for_rest(self, story: Story | None) -> None:
        if self._resting is not None:
            self._resting.stop()
            self._resting = None
        seconds = self._port.session.settings.read_after
        if seconds > 0 and story is not None:
            self._resting = self._port.set_timer(seconds, self._send_rested)

    def _send_rested(self) -> None:
        content = self._port.panes.story.content
        if content is not None and content.story == self._port.panes.stories.story:
            self._port.post_message(Rested(content.story))

    def now(self) -> ReadingPlace:
        """What is read now."""
        state, pane = self._port.state, self._port.panes.story
        return ReadingPlace(pane.content, pane.top, pane.cursor, state.trail, state.trail_at, self._followed)

    def resume(self, place: ReadingPlace) -> None:
        """Read on where the reader was."""
        content = place.content
        if content is None or self._port.state.deck.find(content.story.id) is None:
            return
        self._port.apply(TakeTrail(place.trail, place.trail_at))
        self._followed = place.followed
        pane = self._port.panes.story
        pane.show(content)
        pane.border_title = self._breadcrumb()
        pane.text.return_to(place.top, place.cursor)
        pane.refresh()

    def go_into(self, story: Story) -> None:
        """Show a story that another one leads to."""
        self._port.apply(ExtendTrail(story.id))
        self.show(story)

    def walk(self, by: int) -> bool:
        """Back (-1) or forward (1) to a story read before; whether there is one."""
        before = self._port.state
        self._port.apply(WalkTrail(by))
        state = self._port.state
        story = state.deck.find(state.trail[state.trail_at]) if state is not before else None
        if story is not None:
            self.show(story)
        return story is not None

    def show(self, story: Story) -> None:
        """Show a story from its top, and read the rest of its card."""
        pane = self._port.panes.story
        pane.show(self._content(story))
        pane.border_title, pane.border_subtitle = self._breadcrumb(), ""
        self._port.panes.announce(self._port.state)
        self._read_card(story)

    def renew(self) -> None:
        """Show what is known by now of the story that is shown: its coverage, its cards, what a query finds in it."""
        content = self._port.panes.story.content
        story = self._port.state.deck.find(content.story.id) if content is not None else None
        if content is not None and story is not None:
            renewed = self._content(story, content)
            if renewed.expr != content.expr:
                self._port.panes.story.border_subtitle = ""
            self._port.panes.story.show(renewed, keep_place=True)
            if story != content.story:
                self._read_card(story)

    def take_card(self, message: CardRead) -> None:
        """Add the body to the story, if it is still the one shown."""
        shown = self._port.panes.story.content
        if shown is not None and shown.story == message.story:
            items = self._port.state.deck.listed(shown.story)
            self._change(replace(shown, body=message.body, items=items))

    def _content(self, story: Story, like: StoryContent | None = None) -> StoryContent:
        """All that is known of a story now, arranged `like` it was before, if it was."""
        state, session = self._port.state, self._port.session
        coverage, expr = state.coverage(story), state.listing.expr
        note, others = session.marking.note(story), state.deck.counts.covered > 0
        if like is None or like.story.id != story.id:
            fresh = self._fresh_urls(story)
            return StoryContent(
                story, coverage, session.clock(), session.zone, expr=expr, fresh=fresh, note=note,
                has_others=others, bylines=state.deck.bylines,
            )  # fmt: skip
        body = like.body if like.story == story else None
        items = state.deck.listed(story) if body is not None else ()
        return replace(
            like, story=story, coverage=coverage, body=body, items=items, expr=expr, note=note,
            has_others=others, bylines=state.deck.bylines,
        )  # fmt: skip

    def _fresh_urls(self, story: Story) -> frozenset[str]:
        """The links of the pieces that joined the story's event after it was read."""
        event = self._port.state.event_of(story)
        keys = self._port.session.marking.fresh(story, event)
        members = event.members if event is not None and keys else ()
        return frozenset(member.url for member in members if member.key in keys)

    def _read_card(self, story: Story) -> None:
        """Read the rest of a story's card, if there is more, once what is known of it by now is on the screen."""
        if not (story.body_bytes or story.details.items):
            return

        def job(ticket: Ticket) -> None:
            read = self._port.session.read_body(story)
            if read is not None and not ticket.is_cancelled():
                self._port.post_message(CardRead(story, *read))

        # A thread that loads what reads cards would hold up the very screen that this waits for.
        self._port.panes.story.call_after_refresh(self._port.jobs.start, "card", job)

    def _breadcrumb(self) -> Content:
        """Where the reader came from to the story shown, the last step in words."""
        state = self._port.state
        before = state.deck.find(state.trail[state.trail_at - 1]) if state.trail_at > 0 else None
        if before is None:
            return Content("Story")
        return Content(f"Story {'‹' * min(state.trail_at, 5)} {cut(before.title, _CRUMB_CELLS)}")

    def toggle_section(self, name: SectionName) -> None:
        """Open a folded section of coverage, or fold it."""
        if (content := self._port.panes.story.content) is not None:
            opened = {section.name for section in content.sections if section.foldable and section.open}
            self._change(replace(content, opened=frozenset(opened ^ {name}), everything=False))
            self._port.panes.story.go_to_section(name)

    def toggle_copies(self) -> None:
        """Show the copies of the text under the cursor of the story pane below it, or fold them."""
        pane = self._port.panes.story
        content, chosen = pane.content, pane.chosen
        rows = [chosen.row] if chosen is not None and chosen.row is not None else []
        row = next((content.with_copies(row) for row in rows), None) if content is not None else None
        if content is None or row is None:
            self._port.say("This is no piece that others copied.", seconds=2)
            return
        changed = replace(content, unfolded=content.unfolded ^ {row.url or row.title})
        self._change(changed)
        if (number := changed.target_like(row)) is not None:
            pane.go_to(number)

    def go_to_coverage(self) -> None:
        """To the first coverage row of the story that is shown, also of one that another led to."""
        self.catch_up()
        pane = self._port.panes.story
        pane.cursor = None
        if pane.step_coverage(1):
            self._port.panes.show("story")
        else:
            self._port.say("Nothing is related to this story.", seconds=3)

    def next_coverage_view(self) -> None:
        """The next way to show the event."""
        self.catch_up()
        if (content := self._port.panes.story.content) is not None:
            place = (COVERAGE_VIEWS.index(content.view) + 1) % len(COVERAGE_VIEWS)
            self._use_coverage_view(content, COVERAGE_VIEWS[place])

    def toggle_headlines(self) -> None:
        """Headlines side by side, and back to the timeline."""
        self.catch_up()
        if (content := self._port.panes.story.content) is not None:
            self._use_coverage_view(content, "timeline" if content.view == "headlines" else "headlines")

    def _use_coverage_view(self, content: StoryContent, view: CoverageView) -> None:
        if not any(section.name == "event" for section in content.sections):
            self._port.say("No other outlet reports this, as far as this folder goes.", seconds=3)
            return
        self._change(replace(content, view=view))
        self._port.panes.story.reveal_coverage()

    def toggle_everything(self) -> None:
        """Same event only, or all that is related."""
        self.catch_up()
        if (content := self._port.panes.story.content) is not None:
            self._change(replace(content, everything=not content.everything, opened=frozenset()))

    def _change(self, content: StoryContent) -> None:
        """Show the same story in another arrangement."""
        self._port.panes.story.show(content, keep_place=True)
