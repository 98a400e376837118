"""Lines that the terminal itself knows to be links, and opens when they are clicked as it likes them to be."""

from collections.abc import Iterable
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style

from tui.session.links import unasked_link
from tui.ui.widgets.selecting import drawn_selected


def drawn_linked(segments: Iterable[Segment], url: str, domain: str) -> list[Segment]:
    """A line that leads to a URL of the outlet with this domain, if a terminal may open that without a question."""
    drawn = list(segments)
    style = _style(url, domain) if url else None
    if style is None:
        return drawn
    text = "".join(segment.text for segment in drawn)
    start = len(text) - len(text.lstrip(" ▌"))
    return drawn_selected(drawn, (start, len(text.rstrip())), style)


@lru_cache(maxsize=1024)
def _style(url: str, domain: str) -> Style | None:
    checked = unasked_link(url, domain)
    return Style(link=checked) if checked else None
