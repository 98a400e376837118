"""Several folders as one deck: what each publishes is joined, with the names of the folders before all ids."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from threading import Lock, Thread

from msgspec import structs

from tui.cards.worker.feed import AGAIN_AFTER
from tui.deck.counts import Declared
from tui.deck.deck import Deck, DeckBuilder
from tui.errors import DamagedCacheError, FolderError
from tui.model import Problem, Story
from tui.session.joined import JoinedCache
from tui.session.loading import FolderState, LoadedFolder, Publish
from tui.session.names import joined_id
from tui.session.overlay import JoinedBase, placed
from tui.session.source import SourceFolder
from tui.work import ShouldStop, pause


class MergedSources:
    """Follows several folders, each in a thread of its own, and publishes them as one.

    What their cache files hold together is kept in the file of `joined`, if there is one: then that is shown, with
    what changed laid over it, and the stories are not joined one by one.
    """

    def __init__(self, sources: Sequence[SourceFolder], joined: JoinedCache | None = None) -> None:
        self._sources = sources
        self._names = tuple(source.content.name for source in sources)
        self._joiner = DeckJoiner(self._names)
        self._together = JoinedBase(self._names, joined) if joined is not None else None
        self._is_closed = False
        self._states = [FolderState(Deck(), loading=True) for _ in sources]
        self._lock = Lock()
        self._unanswered: set[int] = set()
        self._broken: Exception | None = None

    def known(self, publish: Publish) -> FolderState | None:
        """What the cache file of all folders says of them, at once; None without it. To be followed with `publish`."""
        if self._together is None or not all(source.has_cache_file for source in self._sources):
            return None
        states = [source.known(partial(self._take, publish, number)) for number, source in enumerate(self._sources)]
        found = [state for state in states if state is not None]
        if len(found) < len(states):
            return None
        self._states = found
        return self._state() if self._together.opens(found) else None

    def close(self) -> None:
        """End what runs for all of them."""
        self._is_closed = True
        if self._together is not None:
            self._together.close()

    def follow(self, publish: Publish, should_stop: ShouldStop) -> None:
        """Publish the folders together until `should_stop`; one that cannot be read yet is tried again.

        Raises FolderError if none can be read at the start, and what else ended the following of one.
        """

        def is_over() -> bool:
            return should_stop() or self._broken is not None

        threads = [
            Thread(target=self._run, args=(number, publish, is_over), daemon=True)
            for number in range(len(self._sources))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self._broken is not None:
            raise self._broken

    def rescan(self) -> bool:
        """Have every file of all folders compared at once; whether anything follows them."""
        with self._lock:
            self._unanswered = {number for number, source in enumerate(self._sources) if source.rescan()}
            return bool(self._unanswered)

    def load_all(self) -> LoadedFolder:
        """Load all folders at once. Raises FolderError if one is missing or unreadable."""
        loaded = [source.load_all() for source in self._sources]
        return LoadedFolder(
            self._joiner.joined([each.deck for each in loaded]),
            self._problems([each.problems for each in loaded]),
            sum(each.files for each in loaded),
            sum(each.not_cards for each in loaded),
        )

    def _run(self, number: int, publish: Publish, is_over: ShouldStop) -> None:
        take = partial(self._take, publish, number)
        while not is_over():
            try:
                self._sources[number].follow(take, is_over)
                return
            except FolderError as error:
                # The others are read all the same.
                take(FolderState(Deck(), error=f"{self._names[number]}: {error}"))
                if all(state.error for state in self._states) and not any(len(state.deck) for state in self._states):
                    self._broken = error
                pause(AGAIN_AFTER, is_over)
            except Exception as error:  # it goes on in the thread that follows all of them
                self._broken = error

    def _take(self, publish: Publish, number: int, state: FolderState) -> None:
        with self._lock:
            self._states[number] = state
            if self._together is not None:
                self._together.take(number, self._states)
                self._renew(publish)
            if state.answers:
                self._unanswered.discard(number)
            # A cache file that is found to be damaged is read anew by whoever follows its folder.
            with suppress(DamagedCacheError):
                publish(self._state(number))

    def _renew(self, publish: Publish) -> None:
        if self._together is not None and not self._is_closed:
            self._together.renew(self._states, partial(self._renewed, publish))

    def _renewed(self, publish: Publish) -> None:
        """The file of all folders was written anew, from files that may be older than what is known now."""
        with self._lock:
            if self._together is None or self._is_closed:
                return
            if not self._together.opens(self._states):
                self._renew(publish)
            with suppress(DamagedCacheError):
                publish(self._state())

    def _state(self, number: int | None = None) -> FolderState:
        """What is known of all folders, of which that with this number has just told something new."""
        states = self._states
        newest = FolderState(Deck()) if number is None else states[number]
        decks = [state.deck for state in states]
        known = None
        if self._together is not None:
            shown = {name: deck.shown_count for name, deck in zip(self._names, decks, strict=True)}
            known = self._together.analysis(self._joiner.declared(decks), shown)
        reading = [state for state in states if state.loading]
        reasons = [state.not_card for state in states]
        return FolderState(
            self._joiner.joined(decks) if known is None else known.deck,
            known,
            self._problems([state.problems for state in states]),
            done=sum(state.done for state in reading),
            files=sum(state.files for state in reading),
            loading=bool(reading),
            awaits_analysis=known is not None and self._awaits(),
            arrived=tuple(joined_id(self._names[number or 0], id) for id in newest.arrived),
            error=" ".join(state.error for state in states if state.error),
            answers=newest.answers and not self._unanswered,
            not_cards=sum(state.not_cards for state in states),
            not_card=next((joined_id(name, said) for name, said in zip(self._names, reasons, strict=True) if said), ""),
        )

    def _awaits(self) -> bool:
        """Whether the file of all folders will soon be of what they are now."""
        assert self._together is not None
        return self._together.is_writing or any(state.awaits_analysis for state in self._states)

    def _problems(self, found: Sequence[Sequence[Problem]]) -> tuple[Problem, ...]:
        return tuple(
            structs.replace(problem, file=joined_id(name, problem.file))
            for name, problems in zip(self._names, found, strict=True)
            for problem in problems
        )


class DeckJoiner:
    """Joins the decks of folders with these names; what has not changed since is not joined again."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._parts: dict[str, tuple[Deck, Sequence[Story]]] = {}
        self._joined: tuple[Sequence[Deck], Deck] = ((), Deck())

    def joined(self, decks: Sequence[Deck]) -> Deck:
        """The stories of all decks as one; the same one if all of them are the same as before."""
        before, deck = self._joined
        if len(before) == len(decks) and all(one is other for one, other in zip(before, decks, strict=True)):
            return deck
        builder = DeckBuilder(declared=self.declared(decks), sources=self._names)
        for name, each in zip(self._names, decks, strict=True):
            builder.add(self._part(name, each))
        deck = builder.deck()
        self._joined = tuple(decks), deck
        return deck

    def declared(self, decks: Sequence[Deck]) -> Declared:
        """What the folders say of topics and outlets together; of names for one outlet the first counts."""
        topics = dict.fromkeys(topic for each in decks for topic in each.declared.topics)
        names = {domain: name for each in reversed(decks) for domain, name in each.declared.names.items()}
        return Declared(tuple(topics), names)

    def _part(self, name: str, deck: Deck) -> Sequence[Story]:
        known = self._parts.get(name)
        if known is None or known[0] is not deck:
            known = self._parts[name] = deck, [placed(story, name) for story in deck.stories]
        return known[1]
