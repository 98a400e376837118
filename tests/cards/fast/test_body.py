"""What follows a head has the size that its text has, however long it is, and is UTF-8 or refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.cards.fast.body import CardBody

LONG = "Words – and more.\n" * 3000
EDGES = st.text(st.sampled_from("a.  \n\t\r\x0b\x0c\x1c\x1f\x85\u00a0\u2028\u3000é–\x00~!"), max_size=300)


@given(EDGES, st.sampled_from(["", "words", LONG, LONG[:8192], LONG.encode().decode("ascii", "ignore")]), EDGES)
@settings(deadline=None)
def test_a_body_has_the_size_of_its_text(before: str, words: str, behind: str) -> None:
    text = f"{before}{words}{behind}"
    body = CardBody(f"head\n{text}".encode(), len("head\n"))
    wanted = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    assert body.size == len(wanted.encode())
    assert body.text == wanted


def test_line_ends_of_other_systems_count_once_in_a_long_body() -> None:
    text = f"a\r\nb\n{LONG}\rc"
    assert CardBody(text.encode(), 0).size == len(text.replace("\r\n", "\n").encode())


@pytest.mark.parametrize("words", ["", "words", LONG])
@pytest.mark.parametrize("bad", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x80"])
def test_a_body_that_is_not_utf_8_is_refused_wherever_that_shows(words: str, bad: bytes) -> None:
    data = words.encode()
    for at in (0, len(data) // 2, len(data)):
        at = len(data[:at].decode("utf-8", "ignore").encode())
        with pytest.raises(UnicodeDecodeError):
            CardBody(data[:at] + bad + data[at:], 0)
