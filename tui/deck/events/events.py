"""Events: which stories and coverage items of a deck tell of one happening, who leads, and why."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from tui.model import Coverage, Story

_ONLY_CARD = "the only card of this event"


class Relation(StrEnum):
    """What a coverage item is to a story: of its event, or similar and earlier, or similar and later."""

    SAME_EVENT = "same_event"
    BACKGROUND = "background"
    LATER = "later"


class Member(msgspec.Struct, frozen=True):
    """A piece of an event.

    `key` is its canonical URL (or a stand-in), `stories` the ids of the cards that tell it, mostly none or
    one; `reprint_of` the key of the event's first piece with the same text, empty for an original. `publisher` is
    whose outlet it is: one name for all addresses of a house.
    """

    key: str
    title: str
    url: str
    outlet: str
    published_at: datetime | None
    time_known: bool
    excerpt: str
    quality: int | None
    stories: tuple[str, ...]
    reprint_of: str = ""
    domain: str = ""
    publisher: str = ""


class Event(msgspec.Struct, frozen=True):
    """One happening, or a single story about which nothing else is known.

    `id` is that of its earliest member (the story id of a card, else the URL), so it stays while later
    pieces come. `members` stand by time, those without a known time of day last. `lead` is the story id to
    show, `lead_reason` says why in a few words. `first` and `last` are the first and last known times, in
    UTC. `outlets` and `texts` count different publishers and independent texts; `story_ids` are all cards, the
    lead first.
    """

    id: str
    members: tuple[Member, ...]
    lead: str
    lead_reason: str
    story_ids: tuple[str, ...]
    first: datetime | None
    last: datetime | None
    outlets: int
    texts: int

    @property
    def span(self) -> timedelta:
        """From the first to the last known time; zero with fewer than two."""
        return self.last - self.first if self.first and self.last else timedelta()


class Events(ABC):
    """The events of a deck, whether they were just worked out or are read from a file."""

    @abstractmethod
    def of_story(self, story_id: str) -> Event | None:
        """The event that a story tells; None for a story that was not in the deck."""

    @abstractmethod
    def key_of(self, item: Coverage) -> str | None:
        """The `Member.key` of a coverage item in its event; None for one that is in no event."""

    @abstractmethod
    def is_of_event(self, item: Coverage, story: Story) -> bool:
        """Whether a coverage item is of the event that a story of this deck tells."""

    @abstractmethod
    def story_of(self, item: Coverage) -> str | None:
        """The id of the card in this deck that tells a coverage item, None without one."""

    @abstractmethod
    def why(self, story: Story, item: Coverage) -> str:
        """Why an item has its relation, in one line: `5 rare words in common: ..., 38 min apart`."""

    @abstractmethod
    def piece_numbers(self) -> Iterable[int]:
        """All pieces of the deck, stories and coverage, each as 64 bits that stand for its key."""

    @abstractmethod
    def event_of_piece(self, number: int) -> int | None:
        """The number that `Grouping` gives the event of a piece, which is one of `piece_numbers`; None without one."""

    def with_arrivals(self, arrived: Sequence[Story], gone: Sequence[Story]) -> "Events":
        """The events after cards `arrived` and others are `gone`; these same events where that has to be found anew.

        A card that was read again is in both, as it is and as it was.
        """
        del arrived, gone
        return self

    @property
    def regrouped(self) -> Sequence[Event]:
        """The events that are others than in the deck before; `Grouping` numbers them behind all of that deck."""
        return ()

    def relation(self, story: Story, item: Coverage) -> Relation:
        """What a coverage item is to a story of this deck.

        Background and later are told by the story's own time; an item without a date is background.
        """
        return Relation.SAME_EVENT if self.is_of_event(item, story) else _by_time(story, item)


def _by_time(story: Story, item: Coverage) -> Relation:
    mine, theirs = story.published_at, item.published_at
    if mine is None or theirs is None:
        return Relation.BACKGROUND
    if not (story.time_known and item.time_known):
        return Relation.LATER if theirs.date() > mine.date() else Relation.BACKGROUND
    return Relation.LATER if theirs > mine else Relation.BACKGROUND


def own_publisher(source: Story | Coverage) -> str:
    """The publisher of a story or coverage item whose outlet is no part of a larger house."""
    return (source.outlet.domain or source.outlet.name).casefold()


def member_of(
    source: Story | Coverage, key: str, stories: tuple[str, ...] = (), reprint_of: str = "", publisher: str = ""
) -> Member:
    """A story or coverage item as a member of its event; see `Member` for what else is said."""
    return Member(
        key=key,
        title=source.title,
        url=source.url,
        outlet=source.outlet.name or source.outlet.domain,
        published_at=source.published_at,
        time_known=source.time_known and source.published_at is not None,
        excerpt=source.excerpt,
        quality=source.quality,
        stories=stories,
        reprint_of=reprint_of,
        domain=source.outlet.domain,
        publisher=publisher or own_publisher(source),
    )


def assemble(members: tuple[Member, ...]) -> Event:
    """The event of members that stand in its order; at least one is a card."""
    times = [member.published_at for member in members if member.published_at and member.time_known]
    lead, reason, story_ids = _lead(members)
    return Event(
        id=members[0].stories[0] if members[0].stories else members[0].key,
        members=members,
        lead=lead,
        lead_reason=reason,
        story_ids=story_ids,
        first=times[0] if times else None,
        last=times[-1] if times else None,
        outlets=len({member.publisher for member in members}),
        texts=sum(not member.reprint_of for member in members),
    )


def _lead(members: Sequence[Member]) -> tuple[str, str, tuple[str, ...]]:
    """The story that leads an event, why, and all its stories: the highest quality leads, of equals the
    earliest.
    """
    if len(members) == 1:
        ids = members[0].stories
        return ids[0], _ONLY_CARD, ids
    cards = [member for member in members if member.stories]
    ranked = sorted(cards, key=lambda member: -1 if member.quality is None else member.quality, reverse=True)
    best = ranked[0].quality
    equals = sum(member.quality == best for member in cards)
    story_ids = tuple(story_id for member in ranked for story_id in member.stories)
    if len(cards) == 1:
        reason = _ONLY_CARD
    elif best is None:
        reason = f"the first of {len(cards)} cards"
    elif equals == 1:
        reason = f"highest quality ({best}) of {len(cards)} cards"
    else:
        reason = f"the first of {equals} cards with the highest quality ({best})"
    return story_ids[0], reason, story_ids
