"""The slow and plain meaning of a query, story by story, for the index to be compared with; and random decks."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property

from hypothesis import strategies as st

from tui.deck.query.ast import And, Expr, Not, Or, Phrase, Term, Word, all_of, any_of, leaves, negated
from tui.deck.query.dates import interval, local_now
from tui.deck.query.numbers import number_range
from tui.deck.topics import TopicTree
from tui.model import Coverage, Details, ImageRef, Outlet, Story, Topic

NOW = datetime(2020, 3, 2, 12, 0, tzinfo=UTC)
TREE = TopicTree((Topic("AI"), Topic("Vision", "AI"), Topic("Data Sets", "vision"), Topic("Security")))


def split(text: str) -> list[str]:
    """Words without case and accents, told letter by letter."""
    plain = [c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c)]
    return "".join({"ø": "o", "漢": " 漢 ", "字": " 字 "}.get(c, c) if c.isalnum() else " " for c in plain).split()


def known_as(piece: Story | Coverage) -> str:
    """The name of whoever published a piece, else the domain, else the host of its plain link."""
    bare = piece.outlet.domain or piece.url.partition("//")[2].partition("/")[0]
    return piece.outlet.name or bare.lower().removeprefix("www.")


def holds(text: str, wanted: str, prefix: bool = True) -> bool:
    words, sought = split(text), split(wanted)
    runs = (words[at : at + len(sought)] for at in range(len(words) - len(sought) + 1))
    if not sought:
        return False
    return any(
        run[:-1] == sought[:-1] and (run[-1].startswith(sought[-1]) if prefix else run[-1] == sought[-1])
        for run in runs
    )


@dataclass(frozen=True)
class Reference:
    """Filters `stories` (in deck order) one by one."""

    stories: Sequence[Story]
    read: frozenset[int] = frozenset()
    zone: tzinfo | None = UTC

    def matching(self, expr: Expr, deep: bool = False) -> list[int]:
        asks = Term("is", "removed") in leaves(expr)
        return [
            row
            for row, story in enumerate(self.stories)
            if (asks or not story.removed) and self._holds(expr, row, story, deep)
        ]

    def newest(self, rows: Sequence[int]) -> list[int]:
        """Rows in deck order as a list by time has them: a date alone is the earliest of its day on the clock here."""

        def age(row: int) -> float:
            at = self.stories[row].published_at
            if at is None:
                return float("inf")
            known = self.stories[row].time_known
            return -(at if known else datetime(at.year, at.month, at.day, tzinfo=self.zone)).timestamp()

        return sorted(rows, key=age)

    def related(self, expr: Expr) -> list[int]:
        """What matches only if words are looked for in the headlines of related pieces too."""
        own = self.matching(expr)
        return [row for row in self.matching(expr, deep=True) if row not in own]

    def _holds(self, expr: Expr, row: int, story: Story, deep: bool = False) -> bool:
        match expr:
            case And(parts) if Term("in", "coverage") in parts:
                return self._covered([part for part in parts if part != Term("in", "coverage")], row, story, deep)
            case And(parts):
                return all(self._holds(part, row, story, deep) for part in parts)
            case Or(parts):
                return any(self._holds(part, row, story, deep) for part in parts)
            case Not(part):
                return not self._holds(part, row, story)
            case Word(text):
                return any(holds(each, text) for each in _texts(story, deep))
            case Phrase(text, prefix):
                return any(holds(each, text, prefix) for each in _texts(story, deep))
        return self._term(expr, row, story)

    def _covered(self, parts: list[Expr], row: int, story: Story, deep: bool) -> bool:
        on_item = [part for part in parts if _asks_item(part)]
        if not all(self._holds(part, row, story, deep) for part in parts if part not in on_item):
            return False
        wanted = [part for part in on_item if not isinstance(part, Not)]
        refused = [part.part for part in on_item if isinstance(part, Not)]
        items = _items(story)
        if any(self._item_holds(part, item) for part in refused for item in items):
            return False
        return any(all(self._item_holds(part, item) for part in wanted) for item in items)

    def _item_holds(self, expr: Expr, item: Coverage) -> bool:
        match expr:
            case And(parts):
                return all(self._item_holds(part, item) for part in parts)
            case Or(parts):
                return any(self._item_holds(part, item) for part in parts)
            case Not(part):
                return not self._item_holds(part, item)
            case Word(text):
                return holds(item.title, text)
            case Phrase(text, prefix):
                return holds(item.title, text, prefix)
        return self._piece(expr, item, self._item_names)

    def _term(self, term: Term, row: int, story: Story) -> bool:
        value = term.value
        match term.key:
            case "in":
                return bool(_items(story))
            case "topic":
                keys = {key for topic in story.topics for key in TREE.lineage(topic)}
                return any(_of_name(key, value, self._topics) for key in keys)
            case "id":
                return value.casefold() in story.id.casefold()
            case "coverage":
                return len({item.url for item in _items(story)} - {""}) in (number_range(value) or ())
            case "outlets":
                return False
            case "has":
                return _has(story, value)
            case "is":
                return _is(story, value, row in self.read)
        return self._piece(term, story, self._names)

    @cached_property
    def _topics(self) -> set[tuple[str, ...]]:
        return {tuple(split(key)) for story in self.stories for topic in story.topics for key in TREE.lineage(topic)}

    @cached_property
    def _names(self) -> set[tuple[str, ...]]:
        return {tuple(split(name)) for story in self.stories for name in (known_as(story), story.kind)}

    @cached_property
    def _item_names(self) -> set[tuple[str, ...]]:
        items = [item for story in self.stories for item in _items(story)]
        return {tuple(split(name)) for item in items for name in (known_as(item), item.kind)}

    def _piece(self, term: Term, piece: Story | Coverage, names: set[tuple[str, ...]]) -> bool:
        value = term.value
        match term.key:
            case "outlet":
                return _of_name(known_as(piece), value, names)
            case "kind":
                return _of_name(piece.kind, value, names)
            case "domain":
                return f".{value.casefold()}" in f".{piece.outlet.domain.casefold()}"
            case "title":
                return holds(piece.title, value)
            case "url":
                return value.casefold() in piece.url.casefold()
            case "quality":
                return piece.quality in (number_range(value) or ())
            case "heat":
                return piece.heat in (number_range(value) or ())
        return self._published(term, piece)

    def _published(self, term: Term, piece: Story | Coverage) -> bool:
        when = interval(term.value, local_now(NOW, self.zone))
        if when is None or piece.published_at is None:
            return False
        zone = self.zone if piece.time_known else UTC
        at = piece.published_at.astimezone(zone).replace(tzinfo=None)
        return (term.key == "until" or at >= when.start) and (term.key == "since" or at < when.end)


def _texts(story: Story, deep: bool) -> list[str]:
    topics = [TREE.name(key) for topic in story.topics for key in TREE.lineage(topic)]
    return [story.title, story.excerpt, known_as(story), *topics, *(item.title for item in _items(story) if deep)]


def _items(story: Story) -> list[Coverage]:
    return [item for item in story.related if not (item.url and item.url == story.url)]


def _of_name(name: str, value: str, names: set[tuple[str, ...]]) -> bool:
    """Whether `name` is what `value` says; a beginning counts only while no name is `value` in full."""
    return split(name) == split(value) if tuple(split(value)) in names else holds(name, value)


def _has(story: Story, value: str) -> bool:
    return {
        "coverage": bool({item.url for item in _items(story)} - {""}),
        "image": bool(story.details.images),
        "body": story.body_bytes > 0,
        "link": bool(story.url),
        "amp": bool(story.details.amp_url),
    }[value]


def _is(story: Story, value: str, read: bool) -> bool:
    return {
        "read": read,
        "unread": not read,
        "starred": False,
        "muted": False,
        "published": story.published,
        "unpublished": not story.published,
        "undated": story.published_at is None,
        "removed": story.removed,
    }[value]


def _asks_item(expr: Expr) -> bool:
    story_only = {"topic", "id", "is", "has", "outlets", "coverage", "in"}
    return not any(isinstance(leaf, Term) and leaf.key in story_only for leaf in leaves(expr))


_WORD = st.sampled_from(
    ["azure", "Azul", "café", "CAFÉ", "cloud", "cloudy", "data", "sets", "face-matching", "5G", "漢字", "Ørsted"]
)
_TEXT = st.lists(_WORD, max_size=5).map(" ".join)
_URL = st.sampled_from(["", "https://a.example/one", "https://b.example/two", "https://b.example/three"])
_OUTLET = st.sampled_from(
    [
        Outlet(),
        Outlet("ZDNet", "zdnet.example"),
        Outlet("zdnet", "blogs.zdnet.example"),
        Outlet("Data Sets Daily", "daily.example"),
    ]
)
_TIME = st.none() | st.integers(0, 60 * 24 * 400).map(lambda minutes: NOW - timedelta(minutes=minutes))
_MIDNIGHT = st.integers(0, 400).map(lambda days: datetime(2020, 3, 2, tzinfo=UTC) - timedelta(days=days))
_SCORE = st.none() | st.integers(0, 60)
_PIECE = {
    "title": _TEXT,
    "url": _URL,
    "outlet": _OUTLET,
    "kind": st.sampled_from(["article", "video", ""]),
    "quality": _SCORE,
    "heat": _SCORE,
}


def _coverage() -> st.SearchStrategy[Coverage]:
    exact = st.builds(Coverage, **_PIECE, published_at=_TIME, time_known=st.just(True))
    return exact | st.builds(Coverage, **_PIECE, published_at=_MIDNIGHT, time_known=st.just(False))


@st.composite
def decks(draw: st.DrawFn) -> list[Story]:
    """Up to a dozen stories in deck order, with a shared pool of coverage."""
    pool = draw(st.lists(_coverage(), max_size=4))
    stories = []
    for number in range(draw(st.integers(0, 12))):
        piece = draw(_coverage())
        details = Details(images=(ImageRef("x"),) if draw(st.booleans()) else (), amp_url=draw(_URL))
        stories.append(
            Story(
                id=f"news/{number}-{draw(st.sampled_from(['Azure', 'cloud']))}.md",
                title=piece.title,
                url=piece.url,
                outlet=piece.outlet,
                published_at=piece.published_at,
                time_known=piece.time_known and piece.published_at is not None,
                excerpt=draw(_TEXT),
                kind=piece.kind,
                topics=tuple(
                    draw(
                        st.lists(
                            st.sampled_from(["AI", "Vision", "data sets", "Security", "security", "Other"]), max_size=2
                        )
                    )
                ),
                quality=piece.quality,
                heat=piece.heat,
                published=draw(st.booleans()),
                removed=draw(st.integers(0, 5)) == 0,
                related=tuple(draw(st.lists(st.sampled_from(pool), max_size=3)) if pool else ()),
                details=details,
                body_bytes=draw(st.sampled_from([0, 10])),
            )
        )
    return sorted(stories, key=lambda story: -(story.published_at.timestamp() if story.published_at else float("-inf")))


_SOUGHT = st.sampled_from(
    ["a", "az", "azure", "Café", "cafe", "cloud", "dat", "data", "face-mat", "matching", "漢", "字", "orsted", "zd"]
)
_TERMS = st.sampled_from(
    [
        "topic:ai",
        "topic:vision",
        "topic:data",
        "topic:sec",
        "topic:nothing",
        "outlet:zdnet",
        "outlet:data",
        "outlet:d",
        "outlet:x",
        "domain:zdnet",
        "domain:zdnet.example",
        "domain:daily",
        "kind:article",
        "kind:vid",
        "id:azure",
        "id:news/1",
        "url:example/t",
        "url:ONE",
        "title:cl",
        "title:5g",
        "is:unread",
        "is:read",
        "is:published",
        "is:unpublished",
        "is:undated",
        "is:removed",
        "has:coverage",
        "has:image",
        "has:body",
        "has:link",
        "has:amp",
        "since:7d",
        "since:2020-02",
        "until:2020-02-26",
        "until:yesterday",
        "on:2020-02",
        "on:2019",
        "since:36h",
        "quality:>30",
        "quality:10..40",
        "heat:<=20",
        "coverage:>1",
        "coverage:0",
        "outlets:>1",
        "in:coverage",
        "in:coverage",
        "in:coverage",
    ]
).map(lambda text: Term(text.partition(":")[0], text.partition(":")[2]))
_LEAVES = st.one_of(
    _SOUGHT.map(Word), st.builds(Phrase, st.lists(_SOUGHT, min_size=1, max_size=2).map(" ".join), st.booleans()), _TERMS
)
QUERIES: st.SearchStrategy[Expr] = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        inner.map(negated),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: all_of(*parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: any_of(*parts)),
    ),
    max_leaves=6,
)
