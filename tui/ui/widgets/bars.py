"""The line above the panes, which says what is shown, and the line below them, which says what can be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.config.actions import ActionSpec, key_sign
from tui.ui.widgets.lines import Span, cell_width, cut, to_ascii
from tui.ui.widgets.pane import ASCII_CLASS

_BAR_CELLS = 12


@dataclass(frozen=True, slots=True)
class Headline:
    """What the title bar says: the `folder`, the number of all its stories, what narrows them, their order, progress.

    `done` and `files` count files while loading; `files` is 0 otherwise. `problems` counts the listed ones.
    """

    folder: str = ""
    total: int = 0
    narrowed: str = ""
    order: str = ""
    problems: int = 0
    done: int = 0
    files: int = 0
    loading: bool = False
    seconds_left: float | None = None


class TitleBar(Widget):
    """One line: the name, the folder, how many stories, what narrows them; at the right what needs attention."""

    COMPONENT_CLASSES = {"title--name", "title--dim", "title--warn", "title--accent"}

    headline: reactive[Headline] = reactive(Headline(), init=False)

    def render(self) -> Content:
        """The line, cut to the width from the least important end."""
        said, name, dim = self.headline, "title--name", "title--dim"
        stories = f"{said.total:,} {'story' if said.total == 1 else 'stories'}"
        left = [(" newsdeck ", name), (f" {said.folder} · {stories}" if said.folder else "", dim)]
        if said.narrowed:
            left.append((f" · {said.narrowed}", "title--accent"))
        width = self.size.width
        notices = _notices(said, width - cell_width(left[0][0]) - 1)
        order = [(f"{said.order} ", dim)] if said.order and not said.loading else []
        if _width([*left, *order, *notices]) < width:
            notices = [*order, *notices]
        return self._assembled(left, notices, width - _width(notices) - 1)

    def _assembled(self, left: list[Span], notices: list[Span], room: int) -> Content:
        parts: list[Content] = []
        for text, style in left:
            kept = cut(text, room)
            room -= cell_width(kept)
            parts.append(self._styled(kept, style))
        parts.append(Content(" " * (room + 1)))
        parts += [self._styled(text, style) for text, style in notices]
        return Content("").join(parts)

    def _styled(self, text: str, style: str) -> Content:
        if self.app.has_class(ASCII_CLASS):
            text = to_ascii(text)
        return Content.styled(text, self.get_visual_style(style, partial=True)) if text else Content("")


def _notices(said: Headline, room: int) -> list[Span]:
    """Progress and problems, in as many words as there is room for."""
    pairs = product(enumerate(_progress(said)), enumerate(_problems(said)))
    by_words = sorted(pairs, key=lambda pair: pair[0][0] + pair[1][0])
    told = ([*progress, *problems] for (_, progress), (_, problems) in by_words)
    return next(notices for notices in told if _width(notices) <= max(room, 0))


def _progress(said: Headline) -> list[list[Span]]:
    """Ways to say how far loading is, from the longest to saying nothing."""
    if not said.loading:
        return [[]]
    if not said.files:
        return [[("looking for cards ", "title--dim")], []]
    filled = round(_BAR_CELLS * said.done / said.files)
    left = f", {said.seconds_left:.0f} s left" if said.seconds_left is not None and said.seconds_left >= 1 else ""
    bar = ("━" * filled + "─" * (_BAR_CELLS - filled), "title--accent")
    files = f" {said.done:,} of {said.files:,} files"
    percent = f"{100 * said.done // said.files} % "
    texts = (f"{files}{left} ", f"{files} ", f" {percent}")
    return [*([bar, (text, "title--dim")] for text in texts), [(percent, "title--dim")], []]


def _problems(said: Headline) -> list[list[Span]]:
    """Ways to say how many problems there are, from the longest to saying nothing."""
    if not said.problems:
        return [[]]
    noun = "problem" if said.problems == 1 else "problems"
    return [[(f"{said.problems:,} {noun} (!) ", "title--warn")], [(f"{said.problems:,} (!) ", "title--warn")], []]


def _width(spans: Iterable[Span]) -> int:
    return sum(cell_width(text) for text, _style in spans)


class HintBar(Widget):
    """One line: the most useful keys at the left, the place in the list at the right."""

    COMPONENT_CLASSES = {"hint--key", "hint--label", "hint--place"}

    place: reactive[str] = reactive("", init=False)

    def __init__(self, actions: Sequence[ActionSpec], *, id: str) -> None:
        super().__init__(id=id)
        self._hints = [(key_sign(action.keys[0]), action.label) for action in actions if action.footer]

    def render(self) -> Content:
        """As many hints as fit, and the place."""
        key, label, where = (self.get_visual_style(f"hint--{name}", partial=True) for name in ("key", "label", "place"))
        room = self.size.width - cell_width(self.place) - 3
        parts = [Content(" ")]
        for sign, text in self._hints:
            size = cell_width(sign) + cell_width(text) + 3
            if size > room:
                break
            room -= size
            parts += [Content.styled(sign, key), Content.styled(f" {text}  ", label)]
        parts += [Content(" " * max(room + 1, 0)), Content.styled(self.place, where), Content(" ")]
        return Content("").join(parts)
