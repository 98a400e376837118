"""The styles of the reader's own texts, and the base of the widgets that paint them."""

from collections.abc import Iterable
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widget import Widget

from tui.ui.toolkit import unscrolled
from tui.ui.widgets.lines import Span, to_ascii
from tui.ui.widgets.styled_text import JOIN, LINK_NUMBER

INKS: Final = frozenset({
    "text", "dim", "faint", "head", "strong", "accent", "strong-accent", "link", "match", "rule", "rule-text", "good",
    "warn", "alert", "bad", "number", "note",
    "bold", "italic", "code", "strike", "mark", "mark-rest", "selection", "bar", "bar-focus", "bar-back",
})  # fmt: skip
"""What a span can be styled as. The style sheet `inks.tcss` says how each looks."""
INK_CLASSES: Final = frozenset(f"ink--{name}" for name in INKS)
"""The inks as component classes of the app. Theirs being each widget's own would have all of them worked out for each
widget whenever its state changes, which took a good part of the start and of every change of the focus."""
ASCII_CLASS: Final = "-ascii"
"""A class of the app: draw with plain ASCII."""
LINKS_CLASS: Final = "-links"
"""A class of the app: the terminal knows links."""

_PLAIN: Final = Style.null()


class AsciiFilter(LineFilter):
    """Has every line that is painted drawn with plain ASCII, whichever widget it is of."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with the signs that are drawn with replaced; `background` plays no part."""
        return [
            segment if segment.text.isascii() else Segment(to_ascii(segment.text), segment.style, segment.control)
            for segment in segments
        ]


class Painted(Widget):
    """A widget that paints its own lines from spans, in the inks of the app.

    The toolkit selects no text in it, for it would take all lines that were never painted with it.
    """

    ALLOW_SELECT = False
    virtual_size = unscrolled()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._inks: dict[str, Style] = {}
        self._base: Style | None = None

    def notify_style_update(self) -> None:
        """Look the styles up again, once they are needed."""
        super().notify_style_update()
        self._inks = {}
        self._base = None

    @property
    def base_style(self) -> Style:
        """The style that the inks lie upon."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def ink(self, name: str) -> Style:
        """The style of an ink alone, or of several joined by a plus, which lie upon each other.

        That of no name leaves everything as it is, as all do in an app without inks.
        """
        if not name or name.startswith(LINK_NUMBER):
            return _PLAIN
        style = self._inks.get(name)
        if style is None:
            if JOIN in name:
                style = sum(map(self.ink, name.split(JOIN)), start=_PLAIN)
            else:
                assert name in INKS, name
                has_inks = bool(self.app.COMPONENT_CLASSES)
                style = self.app.get_component_styles(f"ink--{name}").partial_rich_style if has_inks else _PLAIN
            self._inks[name] = style
        return style

    def segments(self, spans: Iterable[Span], width: int, base: Style, fill: str = "") -> list[Segment]:
        """The spans in exactly `width` cells, the rest made of `fill` in the ink of rules."""
        segments, used = [], 0
        for text, name in spans:
            segments.append(Segment(text, base + self.ink(name) if name else base))
            used += cell_len(text)
        if used < width:
            segments.append(Segment((fill or " ") * (width - used), base + self.ink("rule")))
        return segments if used <= width else list(Strip(segments, used).crop(0, width))
