"""Random texts to whatever reads texts of others: nothing is raised, and none takes a tenth of a second."""

from collections.abc import Callable, Mapping
from contextlib import suppress

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.force import Found, Watch
from tui.cards.format.parse import parse_card
from tui.deck.query.parse import parse
from tui.deck.search.highlights import Highlights
from tui.errors import UrlRefusedError
from tui.state.json_lines import import_lines
from tui.text.html import body_blocks
from tui.text.sanitize import clean_block, clean_line
from tui.text.urls import canonical_url, check_url

DEFAULT = 10_000
SHORT = 40
SLOW = 0.1
_ANY = (
    *("", " ", "\n", "\t", "a", "word", "é", "\u3042", "\u0e33", "\u0301", "\u200d"),
    *("\u202e", "\ud800", "\x00", "\x1b[2J"),
)
_QUERY = (
    *"()\"'`:-*<>",
    *("title:", "topic:", " OR ", "since:", "outlets:>", "is:unread", "in:coverage ", "9" * 40, "(" * 50),
)
_URL = (
    *"/\\<>&%@!?=.,;~^$#:",
    *("http://", "https://", "xn--", "a.example", "[::1]", ":99999", "%2f", "javascript:", "//"),
)
_BODY = (
    *"[]()*_`|#>-+=~!<>&;",
    *("```\n", "- ", "1. ", "\n\n", "    ", "<b>", "</p>", "<!--", "&#27;", "https://a.example "),
)
_YAML = (
    *"[]{}&*!|>%@`'\"#,:?-",
    *("\n", "\n  ", "\n- ", "key: ", "title: ", "related:\n  - ", "<<: *a", "&a ", "\\x", "---\n"),
)
_MARK = (
    *'{}[]:,"\\',
    *('{"mark": "a"', '"read": [true, ', '"note": ["a", null]', "null", "1e999", "2021-01-01T00:00:00.000Z"),
)


def run(rounds: int, watch: Watch) -> Found:
    """What was raised, or took too long; so many rounds for each reader."""
    faults = [
        fault for name, (pieces, reader) in _READERS.items() for fault in _tried(name, pieces, reader, rounds, watch)
    ]
    return Found(f"{rounds} texts for each of {len(_READERS)} readers", faults)


def _tried(name: str, pieces: tuple[str, ...], reader: Callable[[str], object], rounds: int, watch: Watch) -> list[str]:
    faults: list[str] = []

    @seed(20200226)
    @settings(
        max_examples=rounds,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_texts(pieces))
    def read(text: str) -> None:
        try:
            with watch.measure(name, SLOW, repr(text[:60])):
                reader(text)
        except Exception as error:
            faults.append(f"{name} raised {type(error).__name__} for {text[:60]!r}: {error}")

    read()
    return faults


def _texts(pieces: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Texts of these pieces and of any characters, some of them said over and over."""
    piece = st.one_of(st.sampled_from((*_ANY, *pieces)), st.text(max_size=4))
    repeated = st.tuples(st.lists(piece, min_size=1, max_size=3).map("".join), st.integers(2, 400))
    part = st.one_of(piece, piece, repeated.map(lambda said: said[0] * said[1]))
    return st.lists(part, max_size=40).map("".join)


def _query(text: str) -> None:
    expr = parse(clean_line(text, 1000)).expr
    Highlights(expr).spans("a word in a headline, and so on", "title")


def _link(text: str) -> None:
    with suppress(UrlRefusedError):
        check_url(text)


def _card(text: str) -> None:
    parse_card(f"---\n{text}\n---\nbody".encode("utf-8", "surrogatepass"), "2020-01-01-a.md")


def _marks(text: str) -> None:
    import_lines(text.splitlines(), (), 0)


_READERS: Mapping[str, tuple[tuple[str, ...], Callable[[str], object]]] = {
    "query": (_QUERY, _query),
    "link to open": (_URL, _link),
    "link to compare": (_URL, canonical_url),
    "line": ((), clean_line),
    "block": ((), clean_block),
    "body in Markdown": (_BODY, lambda text: body_blocks(text, "markdown")),
    "body in HTML": (_BODY, lambda text: body_blocks(text, "html")),
    "card": (_YAML, _card),
    "marks import": (_MARK, _marks),
}
