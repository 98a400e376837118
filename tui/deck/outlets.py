"""Who published something, as far as a card tells: what its outlet is called in lists, counts and queries."""

from tui.model import Outlet
from tui.text.urls import host_of


def called(outlet: Outlet, url: str) -> str:
    """The name of an outlet, else the domain it is known by; empty if nothing is known.

    `url` is the link of what it published.
    """
    return outlet.name or domain_of(outlet, url)


def domain_of(outlet: Outlet, url: str) -> str:
    """The domain of an outlet, else the host of the link, in lower case without `www.`; empty if neither is known."""
    return outlet.domain.lower().removeprefix("www.") or (host_of(url) if url else "")
