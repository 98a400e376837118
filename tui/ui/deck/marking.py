"""What the reader does with stories: read, starred, picked, noted, muted, and taking it back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from textual.timer import Timer

from tui.deck.query.ast import Term
from tui.deck.view import Listing
from tui.errors import ProgramError
from tui.model import Story
from tui.state.values import Done, Mute, MuteKind
from tui.ui.deck.reading import ReadActions
from tui.ui.messages import Marked, StoreChanged, StoreNotice, UnreadFound
from tui.ui.workers import Ticket

NEAR_ROWS = 200
"""Rows among which the next unread story is looked for at once."""
MARK_JOB = "mark"
"""The job that marks many stories; nothing cancels it."""
FINISH_SECONDS = 10.0
"""How long to wait for it at most."""
MUTE_DAYS = 30
"""How long a mute that is not for good lasts."""


class MarkActions(ReadActions):
    """The part of the deck screen that marks stories; every change is told in a toast and can be undone."""

    _resting: Timer | None = None

    def follow_now(self) -> None:
        """Follow the cursor, and count a story that it rests on as read."""
        super().follow_now()
        if self._resting is not None:
            self._resting.stop()
            self._resting = None
        seconds = self.session.settings.read_after
        if seconds > 0 and self.list_pane.story is not None:
            self._resting = self.set_timer(seconds, self._rested)

    def _rested(self) -> None:
        content = self.story_pane.content
        if content is not None and content.story == self.list_pane.story:
            self.mark_stories_read([content.story])

    def mark_stories_read(self, stories: Iterable[Story]) -> None:
        """Mark stories read without a word; a story that leads its event takes the event along."""
        unread = [story for story in self._with_events(stories) if self._is_unread(story)]
        if unread:
            self.session.marking.mark_read({story: self.event_of(story) for story in unread})
            self.list_pane.redraw()

    def action_mark_read(self) -> None:
        """Read, or unread again where all are read."""
        stories = self._with_events(self.chosen_stories())
        on = any(self._is_unread(story) for story in stories)
        told = {story: self.event_of(story) for story in stories}
        self._publish(self.session.marking.mark_read(told, on, subject=_subject(stories)))

    def action_star(self) -> None:
        """Starred, or not any more where all are."""
        stories = self.chosen_stories()
        on = not all(self.session.marking.is_starred(story) for story in stories)
        self._publish(self.session.marking.star(stories, on, subject=_subject(stories)))

    def action_mark_shown(self) -> None:
        """Everything in the list is read."""
        deck, docs, marking, event_of = self.deck, self.listing.matching, self.session.marking, self.event_of

        def job(ticket: Ticket) -> None:
            """Goes on to its end in any case: what the reader said is done."""
            self.post_message(Marked(marking.mark_all_read(map(deck.story, docs), event_of)))

        self.desk.finish(MARK_JOB, FINISH_SECONDS)
        self.desk.start(MARK_JOB, job)

    def on_marked(self, message: Marked) -> None:
        """Say what was marked."""
        self._publish(message.done)

    def action_pick(self) -> None:
        """Pick the story under the cursor for what comes next, or leave it out again; then the next row."""
        if (story := self.list_pane.story) is not None:
            self.picked ^= {story.id}
            self.list_pane.redraw()
            self.list_pane.move(1)

    def action_undo(self) -> None:
        """Take back the last mark."""
        done = self.session.marking.store.undo()
        if not done:
            self.notify("Nothing to undo.", markup=False, timeout=2)
            return
        self.notify(_sentence(done.said), markup=False, timeout=4)
        self._after(done)

    def action_next_unread(self) -> None:
        """The next unread story; with a query in force and the story in focus, its next match there."""
        self._step_unread(1)

    def action_previous_unread(self) -> None:
        """The previous unread story, or match."""
        self._step_unread(-1)

    def _step_unread(self, step: int) -> None:
        if self.story_pane.has_focus and self.listing.narrowed and self.story_pane.step_match(step):
            return
        listing = self.listing
        places = range(self.list_pane.cursor + step, len(listing.docs) if step > 0 else -1, step)
        near = next(self._unread_rows(listing, places[:NEAR_ROWS]), None)
        if near is not None:
            self.list_pane.put_cursor(near)
        elif len(places) > NEAR_ROWS:
            self._look_further(listing, places[NEAR_ROWS:])
        else:
            self.on_unread_found(UnreadFound(listing, None))

    def _look_further(self, listing: Listing, places: Sequence[int]) -> None:
        """Look for an unread story among many rows, off the event loop."""

        def job(ticket: Ticket) -> None:
            place = next(self._unread_rows(listing, places, ticket), None)
            if not ticket.is_cancelled():
                self.post_message(UnreadFound(listing, place))

        self.desk.start("unread", job)

    def _unread_rows(self, listing: Listing, places: Sequence[int], ticket: Ticket | None = None) -> Iterator[int]:
        marking = self.session.marking
        for place in places:
            if ticket is not None and ticket.is_cancelled():
                return
            story = listing.deck.story(listing.docs[place])
            if marking.is_unread(story, self.event_of(story)):
                yield place

    def on_unread_found(self, message: UnreadFound) -> None:
        """Go to the unread story that was looked for, unless the list is another one by now."""
        if message.place is None:
            self.notify("No more unread stories this way.", markup=False, timeout=2)
        elif message.listing is self.listing:
            self.list_pane.put_cursor(message.place)

    def action_only_unread(self) -> None:
        """Only unread stories, or all again."""
        self.toggle_term(Term("is", "unread"))

    def action_only_starred(self) -> None:
        """Only starred stories, or all again."""
        self.toggle_term(Term("is", "starred"))

    def action_only_muted(self) -> None:
        """Only muted stories, or the others again."""
        self.toggle_term(Term("is", "muted"))

    def action_note(self) -> None:
        """Write a note on the story in the reader's editor."""
        stories = self.chosen_stories()
        if not stories:
            return
        story, marking = stories[0], self.session.marking
        try:
            with self.app.suspend():
                text = self.session.edit_text(marking.note(story))
        except ProgramError as error:
            self.notify(str(error), title="No editor", severity="warning", markup=False, timeout=8)
            return
        self.app.refresh(layout=True)
        self._publish(marking.store.write_note(marking.key(story), text, subject=_subject([story])))

    def action_mute(self) -> None:
        """Choose what to mute, or which mute to lift."""
        from tui.ui.dialogs.questions import Choice, ChoiceScreen

        story = self.list_pane.story
        mutes = self.session.marking.store.mutes()
        choices: list[Choice] = []
        if story is not None:
            names = [(MuteKind.OUTLET, story.outlet.name)] if story.outlet.name else []
            names += [(MuteKind.TOPIC, topic) for topic in story.topics]
            for kind, name in names:
                choices.append(Choice(f"{kind}\n{name}", f"Mute {kind} {name}", "for good"))
                choices.append(Choice(f"{kind}\n{name}\n{MUTE_DAYS}", f"Mute {kind} {name}", f"for {MUTE_DAYS} days"))
        choices.append(Choice(f"{MuteKind.PHRASE}\n", "Mute a phrase", "asks for it"))
        for mute in mutes:
            choices.append(Choice(f"-{mute.kind}\n{mute.value}", f"Lift: {mute.kind} {mute.value}", "muted now"))
        self.app.push_screen(ChoiceScreen("Mute", choices), lambda value: self._mute_chosen(value, mutes))

    def _mute_chosen(self, value: str | None, mutes: Sequence[Mute]) -> None:
        from tui.ui.dialogs.questions import AskScreen

        if value is None:
            return
        kind, name, *days = value.split("\n")
        store = self.session.marking.store
        if kind.startswith("-"):
            self._publish(store.unmute(MuteKind(kind[1:]), name))
        elif not name:
            self.app.push_screen(AskScreen("Mute a phrase", "whole words; V shows what is muted"), self._mute_phrase)
        else:
            until = self.session.clock() + timedelta(days=int(days[0])) if days else None
            self._publish(store.mute(MuteKind(kind), name, until))

    def _mute_phrase(self, phrase: str | None) -> None:
        if phrase is not None:
            self._publish(self.session.marking.store.mute(MuteKind.PHRASE, phrase))

    def on_store_changed(self, message: StoreChanged) -> None:
        """Another reader, or the disk, knows of other marks."""
        self.list_pane.redraw()

    def on_store_notice(self, message: StoreNotice) -> None:
        """The store has something to tell."""
        notice = message.notice
        self.notify(notice.said, severity="warning" if notice.trouble else "information", markup=False, timeout=8)

    def chosen_stories(self) -> list[Story]:
        """What an action is about: the picked stories, else the one read, else the one under the cursor."""
        if self.picked:
            return [story for story in map(self.deck.find, sorted(self.picked)) if story is not None]
        content = self.story_pane.content
        story = content.story if self.story_pane.has_focus and content is not None else self.list_pane.story
        return [story] if story is not None else []

    def _with_events(self, stories: Iterable[Story]) -> list[Story]:
        """The stories, and with the lead of an event all its stories."""
        found: dict[str, Story] = {}
        for story in stories:
            event = self.event_of(story)
            ids = event.story_ids if event is not None and event.lead == story.id else (story.id,)
            found.update({other.id: other for other in map(self.deck.find, ids) if other is not None})
        return list(found.values())

    def _is_unread(self, story: Story) -> bool:
        return self.session.marking.is_unread(story, self.event_of(story))

    def _publish(self, done: Done) -> None:
        if not done:
            self.notify("Nothing to change.", markup=False, timeout=2)
            return
        undo = " · u undoes" if done.undoable else ""
        self.notify(f"{_sentence(done.said)}{undo}", markup=False, timeout=4)
        self._after(done)

    def _after(self, done: Done) -> None:
        """Paint the marks; stories stay where they are until the view is left, but muted ones go at once."""
        if self.picked:
            self.picked = frozenset()
        self.list_pane.redraw()
        if not done.keys:
            self.view = replace(self.view)
            self.relist()


def _subject(stories: Sequence[Story]) -> str:
    return stories[0].title if len(stories) == 1 else ""


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"
