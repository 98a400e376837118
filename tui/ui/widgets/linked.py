"""Lines that the terminal itself knows to be links, and opens when they are clicked as it likes them to be."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style

from tui.session.links import unasked_link
from tui.ui.widgets.lines import Span
from tui.ui.widgets.selecting import drawn_selected
from tui.ui.widgets.sheet import Sheet
from tui.ui.widgets.styled_text import JOIN, LINK_NUMBER


def drawn_links(segments: Iterable[Segment], spans: Sequence[Span], sheet: Sheet, y: int) -> list[Segment]:
    """Row `y` of a sheet, drawn from these spans, with the link it leads to as a whole, or those of texts within it."""
    drawn = drawn_linked(segments, *sheet.link_at(y))
    at = 0
    for text, look in spans:
        if LINK_NUMBER in look:
            number = next(name[1:] for name in look.split(JOIN) if name.startswith(LINK_NUMBER))
            style = _style(*sheet.link_numbered(int(number)))
            drawn = drawn if style is None else drawn_selected(drawn, (at, at + len(text)), style)
        at += len(text)
    return drawn


def drawn_linked(segments: Iterable[Segment], url: str, domain: str) -> list[Segment]:
    """A line that leads to a URL of the outlet with this domain, if a terminal may open that without a question."""
    drawn = list(segments)
    style = _style(url, domain)
    if style is None:
        return drawn
    text = "".join(segment.text for segment in drawn)
    start = len(text) - len(text.lstrip(" ▌"))
    return drawn_selected(drawn, (start, len(text.rstrip())), style)


@lru_cache(maxsize=1024)
def _style(url: str, domain: str) -> Style | None:
    checked = unasked_link(url, domain) if url else ""
    return Style(link=checked) if checked else None
