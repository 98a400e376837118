"""What the reader does with stories: read, starred, picked, noted, muted, and taking it back."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from tui.deck.view import Listing
from tui.errors import ProgramError
from tui.model import Story
from tui.session import Marking
from tui.state.values import Done, Mute, MuteKind
from tui.ui.deck.listing import ListingController
from tui.ui.deck.port import FINISH_SECONDS, MARK_JOB, Commands, DeckPort
from tui.ui.deck.state import ClearPicks, TogglePick
from tui.ui.messages import Marked, UnreadFound
from tui.ui.widgets.lines import cut
from tui.ui.widgets.listed_days import NEAR_ROWS
from tui.ui.workers import Ticket

ACKNOWLEDGE_SECONDS = 1.0
"""How long the sign of a mark waits at most for a disk that works: what is seen to be marked outlives the reader."""
PATIENCE_SECONDS = 0.2
"""After this it is said that many stories are being marked."""
_SUBJECT_CELLS = 30
"""Cells of a headline that are enough to know a story again by what is said of it in passing."""
MUTE_DAYS = 30
"""How long a mute that is not for good lasts."""


class MarkingController:
    """Marks stories; every change is reported in passing and can be undone."""

    def __init__(self, port: DeckPort, listing: ListingController) -> None:
        self._port = port
        self._listing = listing
        self._begun = self._marked_shown = 0
        self.commands: Commands = {
            "mark_read": self.mark_read,
            "star": self.star,
            "mark_shown": self.mark_shown,
            "pick": self.pick,
            "undo": self.undo,
            "redo": self.redo,
            "next_unread": lambda: self.step_unread(1),
            "previous_unread": lambda: self.step_unread(-1),
            "note": self.note,
            "mute": self.mute,
        }

    @property
    def _marks(self) -> Marking:
        return self._port.session.marking

    def mark_stories_read(self, stories: Iterable[Story]) -> None:
        """Mark stories read without a word; a story that leads its event takes the event along."""
        unread = [story for story in self._with_events(stories) if self._is_unread(story)]
        if unread:
            self._marks.mark_read({story: self._port.state.event_of(story) for story in unread}, automatic=True)
            self._marks.store.flush(ACKNOWLEDGE_SECONDS, patient=False)
            self._port.panes.stories.redraw()
            self._listing.count_unread()

    def mark_read(self) -> None:
        """Read, or unread again where all are read."""
        stories = self._with_events(self.chosen_stories())
        on = any(self._is_unread(story) for story in stories)
        events = {story: self._port.state.event_of(story) for story in stories}
        self.report(self._marks.mark_read(events, on, subject=_subject(stories)))

    def star(self) -> None:
        """Starred, or not any more where all are."""
        stories = self.chosen_stories()
        on = not all(self._marks.is_starred(story) for story in stories)
        self.report(self._marks.star(stories, on, subject=_subject(stories)))

    def mark_shown(self) -> None:
        """Everything in the list is read."""
        state, marks = self._port.state, self._marks

        def job(ticket: Ticket) -> None:
            # Goes on to its end in any case: what the reader said is done.
            done = marks.mark_all_read(map(state.deck.story, state.listing.matching), state.event_of)
            marks.store.flush(1.0)
            self._port.post_message(Marked(done))

        def tell() -> None:
            if not ticket.is_cancelled() and self._marked_shown < count:
                self._port.say(f"Marking {len(state.listing.matching):,} stories read…")

        self._port.jobs.finish(MARK_JOB, FINISH_SECONDS)
        self._begun += 1
        count = self._begun
        ticket = self._port.jobs.start(MARK_JOB, job)
        self._port.set_timer(PATIENCE_SECONDS, tell)

    def report_shown(self, done: Done) -> None:
        """Say that everything in the list was marked."""
        self._marked_shown = self._begun
        self.report(done)

    def pick(self) -> None:
        """Pick the story under the cursor for what comes next, or leave it out again; then the next row."""
        if (story := self._port.panes.stories.story) is not None:
            self._port.apply(TogglePick(story.id))
            self._port.panes.stories.redraw()
            self._port.panes.stories.go("down")

    def undo(self) -> None:
        """Take back the last thing the reader did."""
        self._report_step(self._marks.store.undo(), "Nothing to undo.", "ctrl+r redoes")

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._report_step(self._marks.store.redo(), "Nothing to do again.", "u undoes")

    def _report_step(self, done: Done, nothing: str, hint: str) -> None:
        if not done:
            self._port.say(nothing, seconds=2)
            return
        self._marks.store.flush(ACKNOWLEDGE_SECONDS, patient=False)
        self._port.say(f"{_sentence(done.said)} · {hint}")
        self._after(done)

    def step_unread(self, step: int) -> None:
        """To the next (1) or previous (-1) unread story; with a query, in the story, to its next match there."""
        listing, panes = self._port.state.listing, self._port.panes
        if self._port.state.focus == "story" and listing.narrowed and (found := panes.story.step_match(step)):
            panes.story.border_subtitle = "match {:,} of {:,}".format(*found)
            return
        places = range(panes.stories.cursor + step, len(listing.docs) if step > 0 else -1, step)
        near = next(self._unread_rows(listing, places[:NEAR_ROWS]), None)
        if near is not None:
            panes.stories.put_cursor(near)
        elif len(places) > NEAR_ROWS:
            self._look_further(listing, places[NEAR_ROWS:])
        else:
            self.go_to_unread(listing, None)

    def _look_further(self, listing: Listing, places: Sequence[int]) -> None:
        """Look for an unread story among many rows, off the event loop."""

        def job(ticket: Ticket) -> None:
            place = next(self._unread_rows(listing, places, ticket), None)
            if not ticket.is_cancelled():
                self._port.post_message(UnreadFound(listing, place))

        self._port.jobs.start("unread", job)

    def _unread_rows(self, listing: Listing, places: Sequence[int], ticket: Ticket | None = None) -> Iterator[int]:
        marks, event_of = self._marks, self._port.state.event_of
        for place in places:
            if ticket is not None and ticket.is_cancelled():
                return
            story = listing.deck.story(listing.docs[place])
            if marks.is_unread(story, event_of(story)):
                yield place

    def go_to_unread(self, listing: Listing, place: int | None) -> None:
        """Go to the row of the unread story that was looked for, unless `listing` is not the one shown any more."""
        if place is None:
            self._port.say("No more unread stories this way.", seconds=2)
        elif listing is self._port.state.listing:
            self._port.panes.stories.put_cursor(place)

    def note(self) -> None:
        """Write a note on the story in the reader's editor."""
        stories = self.chosen_stories()
        if not stories:
            return
        story, marks = stories[0], self._marks
        try:
            with self._port.hand_over():
                text = self._port.session.programs.edit_text(marks.note(story))
        except ProgramError as error:
            self._port.say(str(error), title="No note written", severity="warning", seconds=8)
            return
        self.report(marks.store.write_note(marks.key(story), text, subject=_subject([story])))

    def mute(self) -> None:
        """Choose what to mute, or which mute to lift."""
        from tui.ui.dialogs.questions import Choice, ChoiceScreen

        story = self._port.panes.stories.story
        mutes = self._marks.store.mutes()
        choices: list[Choice] = []
        if story is not None:
            names = [(MuteKind.OUTLET, story.outlet.name)] if story.outlet.name else []
            names += [(MuteKind.TOPIC, topic) for topic in story.topics]
            for kind, name in names:
                choices.append(Choice(f"{kind}\n{name}", f"Mute {kind} {name}", "for good"))
                choices.append(Choice(f"{kind}\n{name}\n{MUTE_DAYS}", f"Mute {kind} {name}", f"for {MUTE_DAYS} days"))
        choices.append(Choice(f"{MuteKind.PHRASE}\n", "Mute a phrase", "to be typed"))
        for mute in mutes:
            choices.append(Choice(f"-{mute.kind}\n{mute.value}", f"Lift: {mute.kind} {mute.value}", "muted now"))
        self._port.ask(ChoiceScreen("Mute", choices), lambda value: self._mute_chosen(value, mutes))

    def _mute_chosen(self, value: str | None, mutes: Sequence[Mute]) -> None:
        from tui.ui.dialogs.questions import AskScreen

        if value is None:
            return
        kind, name, *days = value.split("\n")
        store = self._marks.store
        if kind.startswith("-"):
            self.report(store.unmute(MuteKind(kind[1:]), name))
        elif not name:
            self._port.ask(AskScreen("Mute a phrase", "whole words; V shows what is muted"), self._mute_phrase)
        else:
            until = self._port.session.clock() + timedelta(days=int(days[0])) if days else None
            self.report(store.mute(MuteKind(kind), name, until))

    def _mute_phrase(self, phrase: str | None) -> None:
        if phrase is not None:
            self.report(self._marks.store.mute(MuteKind.PHRASE, phrase))

    def chosen_stories(self) -> list[Story]:
        """What an action is about: the picked stories, else the one read, else the one under the cursor."""
        state, panes = self._port.state, self._port.panes
        if state.picked:
            return state.picked_stories()
        content = panes.story.content
        story = content.story if state.focus == "story" and content is not None else panes.stories.story
        return [story] if story is not None else []

    def _with_events(self, stories: Iterable[Story]) -> list[Story]:
        """The stories, and with the lead of an event all its stories."""
        state = self._port.state
        found: dict[str, Story] = {}
        for story in stories:
            event = state.event_of(story)
            ids = event.story_ids if event is not None and event.lead == story.id else (story.id,)
            found.update({other.id: other for other in map(state.deck.find, ids) if other is not None})
        return list(found.values())

    def _is_unread(self, story: Story) -> bool:
        return self._marks.is_unread(story, self._port.state.event_of(story))

    def report(self, done: Done) -> None:
        """Say what was marked, and show it."""
        if not done:
            self._port.say("Nothing to change.", seconds=2)
            return
        self._marks.store.flush(ACKNOWLEDGE_SECONDS, patient=False)
        undo = " · u undoes" if done.undoable else ""
        self._port.say(f"{_sentence(done.said)}{undo}")
        self._after(done)

    def _after(self, done: Done) -> None:
        """Paint the marks; stories stay where they are until the view is left, but muted ones go at once."""
        self._port.apply(ClearPicks())
        self._port.panes.stories.redraw()
        self._listing.count_unread()
        self._listing.renew_story()
        if not done.keys:
            self._listing.relist()


def _subject(stories: Sequence[Story]) -> str:
    return cut(stories[0].title, _SUBJECT_CELLS) if len(stories) == 1 else ""


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"
