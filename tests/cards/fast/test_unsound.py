"""Where regular expressions cannot be relied on, cards are read with care and say the same."""

import pytest

from tui.cards.fast import reader, yaml
from tui.cards.fast.reader import FastReader
from tui.cards.format.parse import parse_story
from tui.text.patterns import are_sound

CARDS = [
    b'---\ntitle: "A headline"\ntype: article\n---\nText\n',
    b"---\ntitle: Nets\nrelated:\n  - title: Told too\n    webUrl: https://a.example/b\ntopics:\n  - Ships\n---\n",
    b'+++\ntitle = "Posts"\ndate = 2024-01-02\n+++\nText\n',
    b"---\nlayout: post\ntitle: Piers\ntags: [a, b]\n---\nText\n",
]


def unsound() -> bool:
    return False


@pytest.mark.parametrize("card", CARDS)
def test_no_card_is_read_in_haste_where_expressions_are_not_sound(card: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert are_sound(), "the tests need a Python whose expressions are"
    sound = parse_story(card, "a.md").story
    assert FastReader().read(card, "a.md") == sound
    monkeypatch.setattr(reader, "are_sound", unsound)
    monkeypatch.setattr(yaml, "are_sound", unsound)
    assert FastReader().read(card, "a.md") is None
    assert parse_story(card, "a.md").story == sound
    assert yaml.plain_mapping("title: Nets\n") is None
