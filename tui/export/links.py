"""Links as they may be written down for others to follow."""

from tui.errors import UrlRefusedError
from tui.text.urls import check_url


def followable(url: str) -> str:
    """The link, rebuilt so that it is safe to follow; empty where it must not be opened."""
    try:
        return check_url(url)
    except UrlRefusedError:
        return ""
