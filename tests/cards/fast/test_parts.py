"""What is remembered of a folder stays bounded, and forgetting changes nothing that is read."""

import pytest

from tests.cards.fast.ways import CARD
from tui.cards.fast import parts as blocks
from tui.cards.fast import reader as fast
from tui.cards.fast.parts import TextMemo


def test_what_was_kept_is_known() -> None:
    memo: TextMemo[str, int] = TextMemo(10)
    memo.keep("abc", 1)
    memo.keep("defgh", 2)
    assert (memo.get("abc"), memo.get("defgh"), memo.get("x")) == (1, 2, None)


def test_when_there_is_too_much_only_the_newest_is_known() -> None:
    memo: TextMemo[bytes, int] = TextMemo(10)
    for number in range(100):
        memo.keep(b"%03d" % number, number)
        assert sum(map(len, memo)) <= 10
    assert memo.get(b"099") == 99
    assert memo.get(b"000") is None


def test_a_text_longer_than_the_limit_is_kept_alone() -> None:
    memo: TextMemo[str, int] = TextMemo(2)
    memo.keep("a", 1)
    memo.keep("abc", 2)
    memo.keep("b", 3)
    assert dict(memo) == {"b": 3}


def test_cards_read_the_same_when_their_entries_were_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = [CARD.replace("Daily", f"Daily {number % 3}").replace("AI", f"AI {number % 3}") for number in range(9)]
    expected = [fast.FastReader().read(card.encode(), "a.md") for card in cards]
    monkeypatch.setattr(fast, "MEMO_LIMIT", 500)
    monkeypatch.setattr(blocks, "_MEMO_LIMIT", 50)
    reader = fast.FastReader()
    assert [reader.read(card.encode(), "a.md") for card in cards] == expected
    assert None not in expected
