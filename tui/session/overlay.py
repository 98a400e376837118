"""What the cache file of several folders holds, and what changed in each of them since, laid over it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import structs

from tui.cards.protocol import Changes, ChangeSet
from tui.deck.analysis import Analysis
from tui.deck.counts import Declared
from tui.deck.stored.snapshot import StoredAnalysis
from tui.model import Story
from tui.session.joined import JoinedCache
from tui.session.loading import ANALYSE_HERE_BELOW, FolderState
from tui.session.names import joined_id


class JoinedBase:
    """The joined deck of folders with these names, as the file of `joined` has it, kept up with what they publish.

    Not to be used by two threads at once, but for `close`.
    """

    def __init__(self, names: Sequence[str], joined: JoinedCache) -> None:
        self._names = tuple(names)
        self._joined = joined
        self._stored: StoredAnalysis | None = None
        self._tokens: tuple[str, ...] = ()
        self._parts = [_Since() for _ in names]
        self._missed: tuple[str, ...] = ()
        self._laid: tuple[list[Changes], Declared, Analysis] | None = None

    def opens(self, states: Sequence[FolderState]) -> bool:
        """Open the file, if it is of the cache files that these states come from; whether it could be used."""
        tokens = tuple(state.token for state in states)
        stored = self._joined.opened(tokens) if all(tokens) else None
        if stored is None:
            return False
        self._stored, self._tokens, self._laid = stored, tokens, None
        self._parts = [_Since(state.token, (), state.changes) for state in states]
        return True

    @property
    def is_writing(self) -> bool:
        """Whether the file is written anew now."""
        return self._joined.is_writing

    def take(self, number: int, states: Sequence[FolderState]) -> None:
        """Keep up with the states of the folders, of which that with this number is new."""
        if self._stored is None:
            tokens = tuple(state.token for state in states)
            if tokens != self._missed and not self.opens(states):
                self._missed = tokens
            return
        since = self._parts[number].followed_by(states[number])
        if since is None or self._stored.damage.found:
            self._stored = self._laid = None
        else:
            self._parts[number] = since

    def analysis(self, declared: Declared, shown: Mapping[str, int]) -> Analysis | None:
        """What is known of all folders now; None if they must be joined.

        Their topics and outlets are `declared`, and so many stories are `shown` of each.
        """
        if self._stored is None or self._stored.damage.found:
            return None
        base = self._stored.analysis
        changes = [each for part in self._parts for each in part.all]
        if not changes and declared == base.deck.declared:
            return base
        if self._laid is None or self._laid[1] != declared or not _are_the_same(self._laid[0], changes):
            self._laid = changes, declared, self._laid_over(base, declared, shown)
        return self._laid[2]

    def renew(self, states: Sequence[FolderState], done: Callable[[], None]) -> None:
        """Have the file written anew if it is of older files than these states, which are all whole; then call `done`.

        A small deck is not worth a file.
        """
        tokens = tuple(state.token for state in states)
        is_settled = all(tokens) and not any(state.loading or state.error for state in states)
        is_old = self._stored is None or tokens != self._tokens
        if is_settled and is_old and sum(len(state.deck) for state in states) > ANALYSE_HERE_BELOW:
            self._joined.write(tokens, done)

    def close(self) -> None:
        """End what runs."""
        self._joined.close()

    def _laid_over(self, base: Analysis, declared: Declared, shown: Mapping[str, int]) -> Analysis:
        from tui.deck.changed import changed_analysis, changed_deck  # not needed before the first screen

        stories: list[Story] = []
        removed: list[str] = []
        for name, part in zip(self._names, self._parts, strict=True):
            together = ChangeSet()
            for changes in part.all:
                together.add(changes.stories, changes.removed)
            stories += (placed(story, name) for story in together.stories.values())
            removed += (joined_id(name, id) for id in together.removed)
        deck = changed_deck(base.deck, stories, removed, declared)
        return changed_analysis(base, structs.replace(deck, by_source=shown))


def _are_the_same(before: Sequence[Changes], now: Sequence[Changes]) -> bool:
    return len(before) == len(now) and all(one is other for one, other in zip(before, now, strict=True))


class _Since:
    """What changed in a folder since the joined file was made: what went into its own file since, then the rest.

    `token` is that of its own file now.
    """

    def __init__(self, token: str = "", absorbed: tuple[Changes, ...] = (), changes: tuple[Changes, ...] = ()) -> None:
        self.token = token
        self._absorbed = absorbed
        self._changes = changes

    @property
    def all(self) -> Iterable[Changes]:
        """All of it, in order."""
        return (*self._absorbed, *self._changes)

    def followed_by(self, state: FolderState) -> "_Since | None":
        """The same once the folder is in this state; None if it cannot be told any more."""
        if state.error and not len(state.deck):
            return None
        if state.token == self.token:
            return _Since(self.token, self._absorbed, state.changes)
        if not state.token or any(changes.fresh for changes in state.changes):
            return None  # it was read anew, or goes on from a file that somebody else wrote
        kept = set(map(id, state.changes))
        went = tuple(changes for changes in self._changes if id(changes) not in kept)
        return _Since(state.token, (*self._absorbed, *went), state.changes)


def placed(story: Story, name: str) -> Story:
    """A story as it is called where several folders are open."""
    items = story.details.items
    if items:
        details = structs.replace(story.details, items=tuple(joined_id(name, item) for item in items))
        story = structs.replace(story, details=details)
    return structs.replace(story, id=joined_id(name, story.id))
