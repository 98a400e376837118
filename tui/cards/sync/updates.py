"""Reads touched files again and gathers what that changes; cards that are torn keep their last good version."""

import os
from collections.abc import Iterable

from tui.cards.format.problems import ParsedStory
from tui.cards.protocol import Changes, ChangeSet, Reader, died_of
from tui.cards.sync.comparison import Candidate, Gone
from tui.cards.sync.digests import StoryDigests
from tui.cards.sync.schedule import Schedule
from tui.cards.sync.table import FAILED, KEPT, NO_DIGEST, NOT_CARD, STORY, TELLING
from tui.cards.sync.tracked import TrackedFiles
from tui.model import Problem, Story


class Updates:
    """Gathers changes from files that are read again.

    A file that gives no story, though it is new or gave one before, is tried again as `agenda` says, and only then its
    problem counts. Files with an id in `left_out` are not read until they are touched again.
    """

    def __init__(self, files: TrackedFiles, agenda: Schedule, left_out: Iterable[str] = ()) -> None:
        self._files = files
        self._agenda = agenda
        self._left_out: dict[str, bytes | None] = dict.fromkeys(left_out)
        self._torn: dict[str, Candidate] = {}
        self._told = self._state()
        self._changes = ChangeSet()
        self._digests = StoryDigests()

    def know(self, problems: Iterable[Problem], not_cards: int, files: int) -> None:
        """Count this as reported: it came with the batches of a cold load."""
        self._told = frozenset(problems), not_cards, files

    def read(self, candidate: Candidate, reader: Reader, now: float, *, patient: bool = True) -> None:
        """Read a file that seems to have been written, at the moment `now` of the agenda.

        One that gives no story may just be written, if `patient`; else it is taken as it is.
        """
        torn = self._torn.get(candidate.entry.id)
        if torn is None or torn.stamp != candidate.stamp:
            self._agenda.settle(candidate.entry.id)
            self._try(candidate, reader, now, patient=patient)

    def read_again(self, id: str, reader: Reader, now: float) -> None:
        """Try a file once more that gave no story."""
        if id in self._torn:
            self._try(self._torn[id], reader, now, patient=True)

    def remove(self, gone: Gone) -> None:
        """Apply the removal of a file."""
        self._forget(gone.id)
        self._remove(gone.id, is_story=gone.is_story)

    @property
    def has_removed(self) -> bool:
        """Whether stories were removed since the last call of `take`."""
        return bool(self._changes.removed)

    def take(self) -> Changes | None:
        """What came together since the last call, with the serial number 0; None if nothing differs."""
        state = self._state()
        is_news = bool(self._changes) or state != self._told
        changes = self.now()
        self._told = state
        self._changes = ChangeSet()
        # Whoever reads next has other objects, that these are no use for.
        self._digests = StoryDigests()
        return changes if is_news else None

    def now(self) -> Changes:
        """What came together and what there is now, with the serial number 0."""
        table = self._files.table
        stories, removed = tuple(self._changes.stories.values()), tuple(self._changes.removed)
        return Changes(0, stories, removed, self._files.problems, table.not_cards, table.files)

    def _state(self) -> tuple[frozenset[Problem], int, int]:
        return frozenset(self._files.problems), self._files.table.not_cards, self._files.table.files

    def _try(self, candidate: Candidate, reader: Reader, now: float, *, patient: bool) -> None:
        id = candidate.entry.id
        is_left_out = id in self._left_out and self._left_out[id] in (None, candidate.stamp)
        if is_left_out:
            self._left_out[id] = candidate.stamp
        parsed = ParsedStory(problems=(died_of(id),)) if is_left_out else reader.read(candidate.entry)
        is_shown = self._files.row(candidate).mark in TELLING
        is_news = bool(parsed.problems) or is_shown
        if parsed.story is not None:
            self._take_in(candidate, parsed.story, parsed.problems)
        elif not is_left_out and not os.path.lexists(candidate.entry.path):
            self._remove(id, is_story=self._files.drop(candidate))
        elif patient and is_news and not is_left_out and self._agenda.retry(id, now):
            self._torn[id] = candidate
            return
        else:
            self._give_up(candidate, parsed.problems, keep=patient and is_shown and not is_left_out)
        self._forget(id)

    def _take_in(self, candidate: Candidate, story: Story, problems: tuple[Problem, ...]) -> None:
        before = self._files.row(candidate)
        digest = self._digests.of(story)
        self._files.settle(candidate, STORY, digest, problems)
        if before.mark not in TELLING or before.digest != digest:
            self._changes.put(story)

    def _give_up(self, candidate: Candidate, problems: tuple[Problem, ...], *, keep: bool) -> None:
        """Take a file as it is: it gives no story."""
        before = self._files.row(candidate)
        if keep and problems:
            self._files.settle(candidate, KEPT, before.digest, problems)
            return
        self._files.settle(candidate, FAILED if problems else NOT_CARD, NO_DIGEST, problems)
        self._remove(candidate.entry.id, is_story=before.mark in TELLING)

    def _remove(self, id: str, *, is_story: bool) -> None:
        if is_story or id in self._changes.stories:
            self._changes.remove(id)

    def _forget(self, id: str) -> None:
        self._agenda.settle(id)
        self._torn.pop(id, None)
