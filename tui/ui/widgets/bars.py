"""The line above the panes, which says what is shown, and the line below them, which says what can be done."""

from collections.abc import Container, Iterable, Sequence
from itertools import product

import msgspec
from textual import events
from textual.reactive import reactive
from textual.strip import Strip

from tui.config.hints import HINTS, Hint, KeyPlace, help_of
from tui.ui.widgets.inks import Painted
from tui.ui.widgets.lines import Span, cell_width, cut

_BAR_CELLS = 12
_GAP = 2
"""Blanks behind each hint."""


class Headline(msgspec.Struct, frozen=True):
    """What the title bar says: the `folder`, the number of all its stories, what narrows them, their order, progress.

    `narrowed` is how many stories are shown where some are left out, else None. The stories shown, those or all, stand
    in `rows`, and `unread` is how many of them are; either may be None, where it says nothing or is not known.
    `related` stories are shown besides, because their related pieces match. `waiting` is what a query has to wait for,
    `announced` what waits for the reader, the most telling first. `done` and `files` count files while loading; `files`
    is 0 otherwise. `problems` counts the listed ones.
    """

    folder: str = ""
    total: int = 0
    narrowed: int | None = None
    order: str = ""
    problems: int = 0
    done: int = 0
    files: int = 0
    loading: bool = False
    seconds_left: float | None = None
    announced: tuple[str, ...] = ()
    rows: int | None = None
    unread: int | None = None
    related: int = 0
    waiting: str = ""


class TitleBar(Painted):
    """One line: the name, the folder, how many stories, what narrows them; at the right what needs attention."""

    headline: reactive[Headline] = reactive(Headline(), init=False)

    def render_line(self, y: int) -> Strip:
        """The line, cut to the width from the least important end."""
        said, width = self.headline, self.size.width
        name: Span = (" newsdeck ", "strong-accent")
        notices = _notices(said, width - cell_width(name[0]) - 1)
        ways = [[name, *way] for way in _counted(said)]
        left = next((way for way in ways if _width([*way, *notices]) < width), ways[-1])
        for text in said.announced:
            if _width([*left, *notices]) + cell_width(text) + 4 <= width:
                left.append((f" · {text}", "accent"))
        order = [(f"{said.order} ", "dim")] if said.order and not said.loading else []
        if _width([*left, *order, *notices]) < width:
            notices = [*order, *notices]
        return Strip(self.segments(_between(left, notices, width), width, self.base_style), width)


def _counted(said: Headline) -> list[list[Span]]:
    """Ways to say which folder it is, how many stories are shown of it and how many are unread, the longest first."""
    if not said.folder or (said.loading and not said.total):
        return [[(said.folder and f" {said.folder}", "dim")]]
    total = f" {said.folder} · {said.total:,} {'story' if said.total == 1 else 'stories'}"
    rows = "" if said.rows is None else f" in {said.rows:,} {'row' if said.rows == 1 else 'rows'}"
    unread = "" if said.unread is None else f"{said.unread:,} unread" if said.unread else "all read"
    tail: list[Span] = [(f" · {unread}", "text" if said.unread else "dim")] if unread else []
    if said.narrowed is None:
        return [[(f"{total}{rows}", "dim"), *tail], [(total, "dim"), *tail], [(total, "dim")]]
    waiting: list[Span] = [(f", {said.waiting}", "accent")] if said.waiting else []
    tail = [(f" · {unread}", "accent")] if unread and said.narrowed else []
    in_full, in_short, bare = _shown(said.narrowed, rows, said.related)
    return [
        [(total, "dim"), (in_full, "accent"), *waiting, *tail],
        [(total, "dim"), (in_short, "accent"), *waiting, *tail],
        [(total, "dim"), (bare, "accent"), *waiting, *tail],
        [(total, "dim"), (bare, "accent"), *waiting],
        [(f" {said.folder}", "dim"), (bare, "accent")],
    ]


def _shown(count: int, rows: str, related: int) -> tuple[str, str, str]:
    """How many stories are shown, in which `rows`, and how many only for their related pieces; in ever fewer words."""
    if not related:
        return f" · {count:,} shown{rows}", f" · {count:,} shown", f" · {count:,} shown"
    if not count:
        only = f" · {related:,} only in related pieces"
        return only, only, f" · {related:,} related"
    shown = f" · {count:,} shown"
    return (
        f"{shown}{rows} + {related:,} in related pieces",
        f"{shown}{rows} + {related:,} related",
        f"{shown} + {related:,}",
    )


def _between(left: Iterable[Span], right: Sequence[Span], width: int) -> list[Span]:
    """`left` as far as it fits, and `right` at the other end."""
    room = width - _width(right) - 1
    spans: list[Span] = []
    for text, ink in left:
        kept = cut(text, room)
        room -= cell_width(kept)
        spans.append((kept, ink))
    return [*spans, (" " * (room + 1), ""), *right]


def _notices(said: Headline, room: int) -> list[Span]:
    """Progress and problems, in as many words as there is room for."""
    pairs = product(enumerate(_progress(said)), enumerate(_problems(said)))
    by_words = sorted(pairs, key=lambda pair: pair[0][0] + pair[1][0])
    choices = ([*progress, *problems] for (_, progress), (_, problems) in by_words)
    return next(notices for notices in choices if _width(notices) <= max(room, 0))


def _progress(said: Headline) -> list[list[Span]]:
    """Ways to say how far loading is, from the longest to saying nothing."""
    if not said.loading:
        return [[]]
    if not said.files:
        return [[("looking for cards ", "dim")], []]
    filled = round(_BAR_CELLS * said.done / said.files)
    left = f", {said.seconds_left:.0f} s left" if said.seconds_left is not None and said.seconds_left >= 1 else ""
    bar = [("━" * filled, "accent"), ("─" * (_BAR_CELLS - filled), "faint")]
    files = f" {said.done:,} of {said.files:,} files"
    percent = f"{100 * said.done // said.files} % "
    texts = (f"{files}{left} ", f"{files} ", f" {percent}")
    return [*([*bar, (text, "dim")] for text in texts), [(percent, "dim")], []]


def _problems(said: Headline) -> list[list[Span]]:
    """Ways to say how many problems there are, from the longest to saying nothing."""
    if not said.problems:
        return [[]]
    noun = "problem" if said.problems == 1 else "problems"
    return [[(f"{said.problems:,} {noun} (!) ", "alert")], [(f"{said.problems:,} (!) ", "alert")], []]


def _width(spans: Iterable[Span]) -> int:
    return sum(cell_width(text) for text, _style in spans)


def hint_line(
    where: KeyPlace, place: str, width: int, idle: Container[str] = ()
) -> tuple[list[Span], list[tuple[range, str]]]:
    """The keys of a place, as many as fit, and at the right the `place` in the list; and which cells start which key.

    Those that are `idle`, because they would do nothing now, are left out. The key for help is always among them.
    """
    last = help_of(where)
    place = cut(place, width - _hint_cells(last) - 1)
    room = width - (cell_width(place) + 1 if place else 0) - 1 - _hint_cells(last)
    shown: list[Hint] = []
    for hint in (hint for hint in HINTS[where] if hint.key not in idle):
        if _hint_cells(hint) > room:
            break
        room -= _hint_cells(hint)
        shown.append(hint)
    spans: list[Span] = [(" ", "")]
    spots: list[tuple[range, str]] = []
    at = 1
    for hint in (*shown, last):
        size = _hint_cells(hint)
        spots.append((range(at, at + size - _GAP), hint.key))
        at += size
        spans += [(hint.sign, "strong-accent"), (f" {hint.label}", "dim"), (" " * _GAP, "")]
    return [*spans[:-1], (" " * max(room + _GAP - (not place), 1), ""), (place, "dim"), (" ", "")], spots


def _hint_cells(hint: Hint) -> int:
    return cell_width(hint.sign) + 1 + cell_width(hint.label) + _GAP


class HintBar(Painted):
    """One line: the keys of what takes them, the `idle` ones left out, and at the right the place in the list.

    A click presses a key.
    """

    place: reactive[str] = reactive("", init=False)
    where: reactive[KeyPlace] = reactive("stories", init=False)
    idle: reactive[frozenset[str]] = reactive(frozenset(), init=False)

    def __init__(self, where: KeyPlace = "stories", *, id: str) -> None:
        super().__init__(id=id)
        self.set_reactive(HintBar.where, where)

    def render_line(self, y: int) -> Strip:
        """As many hints as fit, and the place."""
        width = self.size.width
        spans, _spots = hint_line(self.where, self.place, width, self.idle)
        return Strip(self.segments(spans, width, self.base_style), width)

    def on_click(self, event: events.Click) -> None:
        """Do as if the key there was pressed."""
        event.stop()
        _spans, spots = hint_line(self.where, self.place, self.size.width, self.idle)
        for cells, key in spots:
            if event.x in cells:
                self.app.simulate_key(key)
