"""Which value of a head gives which field, worked out once for all heads of a shape.

Follows `tui.cards.format.dialects.reading` row by row, with the forms of the values in place of the values. Where a
form does not decide there is no plan.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from tui.cards.fast.shapes.forms import (
    BLANK,
    DATED,
    DAY,
    EMPTY,
    LINK,
    LIST,
    NULL,
    ONE_TEXT,
    SWITCH,
    TABLE,
    TEXTS,
    WORDS,
    Leaf,
    leaves_of,
)
from tui.cards.format.dialects.places import Place, arranged
from tui.cards.format.dialects.table import KNOWN, NESTED, SEED_MARKS, folded, is_title_of_its_own, tells_more

_NONE: Final = 0
_MAX_LEAVES: Final = 60
_NO_LINK: Final = EMPTY | {SWITCH, WORDS}


class FieldPlan(NamedTuple):
    """The numbers of the values that give each field, 0 for a field that none gives.

    Without `title` it stands in the body or is the name of the file, which has to do without its words if a title
    `is_blank`. Without `time` the first of `addresses` that holds a date gives it, else the path. `draft` is true of
    what is not published, `published` of what is. All of `links` have to be plain ones, and `days` have to exist.
    """

    title: int
    is_blank: bool
    link: int
    time: int
    addresses: tuple[int, ...]
    outlet: int
    authors: int
    topics: tuple[int, ...]
    excerpt: int
    is_teaser: bool
    kind: int
    published: int
    draft: int
    removed: int
    images: tuple[int, ...]
    updated: int
    category: int
    links: tuple[int, ...]
    days: tuple[int, ...]


class _UnplannedError(Exception):
    """The forms of the values do not decide what they give."""


def plan_of(shape: tuple[str, ...], *, is_shared: bool) -> FieldPlan | None:
    """The plan for heads of a shape; None where one has to look at the values themselves.

    In what `is_shared` the dialect that defines the format is written, too.
    """
    leaves = list(leaves_of(shape))
    top = {leaf.key for leaf in leaves if not leaf.outer}
    if len(leaves) > _MAX_LEAVES or len({leaf.path for leaf in leaves}) < len(leaves) or not SEED_MARKS.isdisjoint(top):
        return None
    if is_shared and not any(map(tells_more, top)):
        return None
    try:
        return _Planner(leaves).plan()
    except _UnplannedError:
        return None


class _Planner:
    """Works out one plan."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._leaves = leaves
        self._numbers = {leaf.path: number for number, leaf in enumerate(leaves, 1)}
        filled = [leaf for leaf in leaves if leaf.form != NULL]
        tables = {leaf.key for leaf in leaves if leaf.form == TABLE}
        self._demand(all(table in NESTED or folded(table) not in KNOWN for table in tables))
        nested = tuple(
            (outer, tuple(leaf.key for leaf in filled if leaf.outer == outer)) for outer in NESTED if outer in tables
        )
        arrangement = arranged(tuple(leaf.key for leaf in filled if not leaf.outer), nested)
        self._rows = arrangement.rows
        self._tells_more = any(map(tells_more, arrangement.written))
        self._link_place: Place | None = None
        self._links: list[int] = []

    def plan(self) -> FieldPlan:
        """The plan. Raises _UnplannedError."""
        title, is_blank = self._title()
        link, time = self._link(), self._time()
        outlet = self._outlet()
        excerpt = self._first("excerpt", ONE_TEXT)
        self._look_at_further()
        return FieldPlan(
            title=title,
            is_blank=is_blank,
            link=link,
            time=time,
            addresses=() if time else self._texts("address"),
            outlet=outlet,
            authors=self._first("authors", TEXTS),
            topics=self._texts("topics"),
            excerpt=excerpt,
            is_teaser=bool(excerpt) and folded(self._leaves[excerpt - 1].key) == "teaser",
            kind=self._at("type", ONE_TEXT),
            **self._switches(),
            images=self._images(),
            updated=self._first("updated", ONE_TEXT),
            category=self._at("category", TEXTS),
            links=tuple(self._links),
            days=tuple(number for number, leaf in enumerate(self._leaves, 1) if leaf.form == DAY),
        )

    def _demand(self, is_so: bool) -> None:
        if not is_so:
            raise _UnplannedError

    def _number(self, place: Place) -> int:
        return self._numbers[place.path]

    def _form(self, place: Place) -> str:
        return self._leaves[self._number(place) - 1].form

    def _at(self, key: str, forms: frozenset[str]) -> int:
        """The value under a key at the top, whatever else there is."""
        number = self._numbers.get(key, _NONE)
        form = self._leaves[number - 1].form if number else NULL
        if form == NULL or form in EMPTY:
            return _NONE
        self._demand(form in forms)
        return number

    def _first(self, meaning: str, forms: frozenset[str]) -> int:
        """The first value of a row that holds something."""
        for place in self._rows[meaning]:
            if self._form(place) not in EMPTY:
                self._demand(self._form(place) in forms)
                return self._number(place)
        return _NONE

    def _texts(self, meaning: str) -> tuple[int, ...]:
        """All values of a row that hold something."""
        places = [place for place in self._rows[meaning] if self._form(place) not in EMPTY]
        self._demand(all(self._form(place) in TEXTS for place in places))
        return tuple(map(self._number, places))

    def _images(self) -> tuple[int, ...]:
        # Those under this key are mappings mostly.
        self._demand(all(place.key != "images" or self._form(place) in EMPTY for place in self._rows["image"]))
        return self._texts("image")

    def _title(self) -> tuple[int, bool]:
        """The value that is the title, and whether another one before it, or in its place, is blank."""
        is_blank = False
        for place in self._rows["title"]:
            if self._form(place) == BLANK:
                is_blank = True
                continue
            self._demand(self._form(place) in ONE_TEXT)
            return self._number(place), is_blank
        self._demand(self._tells_more and not any(is_title_of_its_own(leaf.key) for leaf in self._leaves))
        return _NONE, is_blank

    def _link(self) -> int:
        for place in self._rows["link"]:
            form = self._form(place)
            if form in _NO_LINK:
                continue
            self._demand(form == LINK)
            self._link_place = place
            self._links.append(self._number(place))
            return self._number(place)
        return _NONE

    def _time(self) -> int:
        for place in self._rows["time"]:
            form = self._form(place)
            if form in EMPTY or (form == SWITCH and place.folded == "published"):
                continue
            self._demand(form in ONE_TEXT and form != SWITCH)
            return self._number(place)
        return _NONE

    def _outlet(self) -> int:
        for place in self._rows["outlet"]:
            form = self._form(place)
            if place is self._link_place or form in EMPTY or form == LIST:
                continue
            if form == LINK:
                self._links.append(self._number(place))
                continue
            self._demand(form in (WORDS, SWITCH))
            return self._number(place)
        return _NONE

    def _switches(self) -> dict[str, int]:
        """The values that say whether a card is published or removed."""
        found = {"published": _NONE, "draft": _NONE, "removed": self._at("removed", frozenset((SWITCH,)))}
        for place in self._rows["published"]:
            form = self._form(place)
            if form in EMPTY or place.folded == "removed":
                continue
            self._demand(form == SWITCH or (form in (DATED, DAY) and place.folded == "published"))
            if form == SWITCH:
                found[place.folded] = self._number(place)
        return found

    def _look_at_further(self) -> None:
        self._demand(all(self._form(place) in EMPTY for place in self._rows["coverage"]))
        for place in self._rows["further links"]:
            form = self._form(place)
            if form not in _NO_LINK:
                self._demand(form == LINK)
                self._links.append(self._number(place))
