"""Which value of a head gives which field, worked out once for all heads of a shape.

Follows `tui.cards.format.dialects.reading` row by row, with the forms of the values in place of the values: where a
form does not decide, a guard before the value narrows it, and where that does not help there is no plan.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from tui.cards.fast.shapes.leaves import COLONLESS, DATED, WEB_LINK, HeadLanguage, Leaf
from tui.cards.format.dialects.places import Place, arranged
from tui.cards.format.dialects.table import KNOWN, NESTED, SEED_MARKS, folded, is_title_of_its_own, tells_more

_NONE: Final = 0
_MAX_LEAVES: Final = 60
_NO_LINK: Final = frozenset(("blank", "nothing", "switch"))
_EMPTY: Final = frozenset(("blank", "nothing"))
_ONE_TEXT: Final = frozenset(("text", "switch"))
_TEXTS: Final = frozenset(("text", "switch", "list"))


class FieldPlan(NamedTuple):
    """The numbers of the groups that hold what gives each field, 0 for a field that none gives.

    Without `title` it stands in the body or is the name of the file; without `time` the first of `addresses` that holds
    a date gives it, else the path. `drafts` are true of what is not published, `published` of what is. `further` are
    links that have to be plain, and `checked` values that have to stand for something.
    """

    title: int
    link: int
    time: int
    addresses: tuple[int, ...]
    outlet: int
    authors: int
    topics: tuple[int, ...]
    excerpt: int
    kind: int
    published: int
    draft: int
    removed: int
    images: tuple[int, ...]
    updated: int
    category: int
    further: tuple[int, ...]
    checked: tuple[int, ...]


class Shape(NamedTuple):
    """A plan, and an expression for the heads that it is for, from the first line to the last."""

    plan: FieldPlan
    expression: str


class _UnplannedError(Exception):
    """The forms of the values do not decide what they give."""


def shape_of(leaves: Sequence[Leaf], language: HeadLanguage) -> Shape | None:
    """The shape of the heads with such values; None where one has to look at the values themselves."""
    top = {leaf.key for leaf in leaves if not leaf.outer}
    if len(leaves) > _MAX_LEAVES or not SEED_MARKS.isdisjoint(top):
        return None
    if language.is_shared and not any(map(tells_more, top)):
        return None
    try:
        planner = _Planner(leaves)
        plan = planner.plan()
    except _UnplannedError:
        return None
    parts = [language.first, language.between]
    for leaf in leaves:
        value = f"({leaf.value})" if leaf.path in planner.groups else f"(?:{leaf.value})"
        parts += [leaf.opening, planner.guards.get(leaf.path, ""), value, leaf.closing, language.between]
    return Shape(plan, "".join((*parts, language.last)))


class _Planner:
    """Works out a plan; `groups` numbers the values that are read by the paths of their keys, `guards` narrows some."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.guards: dict[str, str] = {}
        self._leaves = {leaf.path: leaf for leaf in leaves}
        read = [leaf.path for leaf in leaves if leaf.form in _TEXTS and (folded(leaf.key) in KNOWN or leaf.is_checked)]
        self.groups = {path: number for number, path in enumerate(read, 1)}
        filled = [leaf for leaf in leaves if leaf.form != "null"]
        tables = {leaf.key for leaf in leaves if leaf.form == "mapping"}
        self._demand(all(table in NESTED or folded(table) not in KNOWN for table in tables))
        nested = tuple(
            (outer, tuple(leaf.key for leaf in filled if leaf.outer == outer)) for outer in NESTED if outer in tables
        )
        arrangement = arranged(tuple(leaf.key for leaf in filled if not leaf.outer), nested)
        self._rows = arrangement.rows
        self._tells_more = any(map(tells_more, arrangement.written))
        self._link_place: Place | None = None

    def plan(self) -> FieldPlan:
        """The plan. Raises _UnplannedError."""
        link = self._link()
        time = self._time()
        return FieldPlan(
            title=self._title(),
            link=link,
            time=time,
            addresses=() if time else self._texts("address"),
            outlet=self._outlet(),
            authors=self._first("authors", _TEXTS),
            topics=self._texts("topics"),
            excerpt=self._first("excerpt", _ONE_TEXT),
            kind=self._at("type", _ONE_TEXT),
            **self._switches(),
            images=self._images(),
            updated=self._first("updated", _ONE_TEXT),
            category=self._at("category", _TEXTS),
            further=self._further(),
            checked=tuple(number for path, number in self.groups.items() if self._leaves[path].is_checked),
        )

    def _demand(self, is_so: bool) -> None:
        if not is_so:
            raise _UnplannedError

    def _form(self, place: Place) -> str:
        return self._leaves[place.path].form

    def _guard(self, place: Place, guard: str) -> None:
        self.guards[place.path] = self.guards.get(place.path, "") + guard

    def _at(self, key: str, forms: frozenset[str]) -> int:
        """The value under a key at the top, whatever else there is."""
        leaf = self._leaves.get(key)
        if leaf is None or leaf.form == "null" or leaf.form in _EMPTY:
            return _NONE
        self._demand(leaf.form in forms)
        return self.groups[key]

    def _first(self, meaning: str, forms: frozenset[str]) -> int:
        """The first value of a row that holds something."""
        for place in self._rows[meaning]:
            if self._form(place) not in _EMPTY:
                self._demand(self._form(place) in forms)
                return self.groups[place.path]
        return _NONE

    def _texts(self, meaning: str) -> tuple[int, ...]:
        """All values of a row that hold something."""
        places = [place for place in self._rows[meaning] if self._form(place) not in _EMPTY]
        self._demand(all(self._form(place) in _TEXTS for place in places))
        return tuple(self.groups[place.path] for place in places)

    def _images(self) -> tuple[int, ...]:
        # Those under this key are mappings mostly.
        self._demand(all(place.key != "images" or self._form(place) in _EMPTY for place in self._rows["image"]))
        return self._texts("image")

    def _title(self) -> int:
        places = self._rows["title"]
        if not places:
            self._demand(self._tells_more and not any(is_title_of_its_own(leaf.key) for leaf in self._leaves.values()))
            return _NONE
        self._demand(self._form(places[0]) in _ONE_TEXT)
        return self.groups[places[0].path]

    def _link(self) -> int:
        for place in self._rows["link"]:
            form = self._form(place)
            if form in _NO_LINK:
                continue
            self._demand(form == "text")
            if "://" in self._said(place):
                self._link_place = place
                return self.groups[place.path]
            self._guard(place, COLONLESS)
        return _NONE

    def _said(self, place: Place) -> str:
        """The text that stands there in the head which the plan is made by."""
        return str(self._leaves[place.path].node)

    def _time(self) -> int:
        for place in self._rows["time"]:
            form = self._form(place)
            if form in _EMPTY or (form == "switch" and place.folded == "published"):
                continue
            self._demand(form == "text")
            return self.groups[place.path]
        return _NONE

    def _outlet(self) -> int:
        for place in self._rows["outlet"]:
            form = self._form(place)
            if place is self._link_place or form in _EMPTY or form == "list":
                continue
            self._demand(form in _ONE_TEXT)
            if "://" not in self._said(place):
                self._guard(place, COLONLESS)
                return self.groups[place.path]
            self._guard(place, WEB_LINK)
        return _NONE

    def _switches(self) -> dict[str, int]:
        """The values that say whether a card is published or removed."""
        found = {"published": _NONE, "draft": _NONE, "removed": self._at("removed", frozenset(("switch",)))}
        for place in self._rows["published"]:
            form = self._form(place)
            if form in _EMPTY or place.folded == "removed":
                continue
            if form == "switch":
                found[place.folded] = self.groups[place.path]
            else:
                self._demand(form == "text")
                self._guard(place, DATED)
        return found

    def _further(self) -> tuple[int, ...]:
        self._demand(all(self._form(place) in _EMPTY for place in self._rows["coverage"]))
        found = []
        for place in self._rows["further links"]:
            form = self._form(place)
            if form in _NO_LINK:
                continue
            self._demand(form == "text")
            if "://" in self._said(place):
                found.append(self.groups[place.path])
            else:
                self._guard(place, COLONLESS)
        return tuple(found)
