"""Random texts as queries, links and lines: nothing is raised, and none takes a tenth of a second."""

import random
import time
from collections.abc import Callable
from contextlib import suppress

from tui.deck.query.parse import parse
from tui.errors import UrlRefusedError
from tui.text.sanitize import clean_line
from tui.text.urls import canonical_url, check_url

DEFAULT = 20_000
SLOW = 0.1
_PIECES = (
    *"()[]{}\"'`:-+*#|\\/<>&%@!?=.,;~^$ \t\n", "title:", "topic:", " OR ", "since:", "outlets:>", "is:unread", "http://",
    "https://", "xn--", "a.example", "[::1]", ":99999", "%2f", "\u202e", "\u200d", "\u0301", "\U0001f44d", "\ud800",
    "\x00", "\x1b[2J", "\u3042", "\u0e33", "9" * 40, "(" * 50, "é", "word",
)  # fmt: skip


def run(rounds: int) -> list[str]:
    """What was raised, or took too long; a round is the seed of a text."""
    return [fault for seed in range(rounds) for fault in _tried(seed)]


def _tried(seed: int) -> list[str]:
    chance = random.Random(seed)
    text = "".join(chance.choice(_PIECES) for _ in range(chance.choice((1, 3, 10, 60, 300))))
    readers: tuple[Callable[[str], object], ...] = (_parsed, _checked, canonical_url, clean_line)
    return [f"seed {seed}: {fault}" for reader in readers for fault in _fault(reader, text)]


def _fault(reader: Callable[[str], object], text: str) -> list[str]:
    began = time.process_time()
    try:
        reader(text)
    except Exception as error:
        return [f"{reader.__name__} raised {type(error).__name__}: {error}"]
    took = time.process_time() - began
    return [f"{reader.__name__} took {took:.2f} s"] if took > SLOW else []


def _parsed(text: str) -> object:
    return parse(clean_line(text, len(text) + 1))


def _checked(text: str) -> object:
    with suppress(UrlRefusedError):
        return check_url(text)
    return None
