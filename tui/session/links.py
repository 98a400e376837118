"""Which links of a deck may be opened, and what is asked first."""

from typing import Final

import msgspec

from tui.deck.deck import Deck
from tui.errors import UrlRefusedError
from tui.text.urls import check_url, confirmation, host_of

ASK_ABOVE: Final = 5
"""So many links are opened at once without a question."""


class Link(msgspec.Struct, frozen=True):
    """A URL that passed the policy, with the question to ask before opening it, if any."""

    url: str
    question: str | None = None


def unasked_link(url: str, domain: str) -> str:
    """A URL as a terminal may open it by itself, checked; empty where it must not be opened, or only after a question.

    `domain` is that of the outlet. What else is in the deck plays no part: in doubt there is a question.
    """
    try:
        checked = check_url(url)
        question = confirmation(checked, outlet_domain=domain, known_hosts=(), outlet_uses_https=True)
    except UrlRefusedError:
        return ""
    return "" if question else checked


def checked_link(deck: Deck, url: str, outlet: str, domain: str) -> Link:
    """A URL of a card of `deck`, from the outlet of this name and domain, checked. Raises UrlRefusedError."""
    checked = check_url(url)
    question = confirmation(checked, outlet_domain=domain, known_hosts=(), outlet_uses_https=True)
    if question is not None:
        others = deck.urls_of(outlet, besides=url)
        hosts = {host_of(other) for other in others}
        uses_https = any(other.startswith("https:") for other in others)
        question = confirmation(checked, outlet_domain=domain, known_hosts=hosts, outlet_uses_https=uses_https)
    return Link(checked, question)
