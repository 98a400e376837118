"""Cards with the usual keys in their usual order are read faster still, and say the same."""

import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cards.fast.usual import CARD_KEYS, ENTRY_KEYS, HEAD_KEYS, card_of, experienced, usual
from tests.cards.fast.ways import TOKENS, assert_same
from tui.cards.fast import reader as fast
from tui.cards.fast.reader import FastReader


@given(usual(CARD_KEYS, odd=0), st.lists(usual(ENTRY_KEYS, odd=0), max_size=2))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_usual_cards_go_the_fast_way(head: str, entries: list[str]) -> None:
    assert assert_same(experienced(), card_of(head, *entries))


@given(usual(CARD_KEYS, odd=1), st.lists(usual(ENTRY_KEYS, odd=0), max_size=1))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_agree_on_usual_cards_with_an_odd_value(head: str, entries: list[str]) -> None:
    assert_same(experienced(), card_of(head, *entries))


@given(usual(ENTRY_KEYS, odd=1))
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_agree_on_usual_entries_with_an_odd_value(entry: str) -> None:
    assert_same(experienced(), card_of("title: t\n", entry))


@given(usual(HEAD_KEYS, odd=0), st.lists(usual(ENTRY_KEYS, odd=0), max_size=1))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_usual_heads_are_not_even_cut_into_their_keys(head: str, entries: list[str]) -> None:
    reader, data = experienced(), card_of(head, *entries)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast, "cut_sections", lambda _: pytest.fail("this takes three times as long"))
        assert assert_same(reader, data)


@given(usual(HEAD_KEYS, odd=1), st.lists(usual(ENTRY_KEYS, odd=0), max_size=1))
@settings(max_examples=800, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_agree_on_usual_heads_with_an_odd_value(head: str, entries: list[str]) -> None:
    assert_same(experienced(), card_of(head, *entries))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "related:",
            "a: b",
            "a:",
            "- a",
            "-",
            "a #b",
            "a ",
            '"a" ',
            '"a',
            '"a\\',
            "'a''",
            "[a",
            "{",
            "~",
            "null",
            "12",
        ),
        *('"a\\n b"', '"\\u00e9"', '"\\ud800"', '"\\q"', '"\\u200b"', "caf\u00e9", "\u2028", "!a", "a\tb"),
    ],
)
@pytest.mark.parametrize("key", ["title", "excerpt", "image title"])
def test_both_ways_agree_on_texts_however_they_are_written(key: str, text: str) -> None:
    lines = {"title": '"a"', "excerpt": '"b"', "image title": '"c"'} | {key: text}
    image = f"images:\n  - url: https://a.example/\n    title: {lines['image title']}\n"
    assert_same(experienced(), card_of(f"title: {lines['title']}\nexcerpt: {lines['excerpt']}\n{image}"))
    entry = f"  - title: {lines['title']}\n    excerpt: {lines['excerpt']}\n    type: article\n"
    assert_same(experienced(), card_of("title: t\n", entry))


@given(usual(HEAD_KEYS, odd=0), st.data())
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_agree_on_usual_heads_that_were_changed(head: str, data: st.DataObject) -> None:
    lines = head.split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        place = data.draw(st.integers(0, len(lines[at])))
        lines[at] = lines[at][:place] + data.draw(TOKENS) + lines[at][place:]
        if data.draw(st.booleans()):
            lines.insert(data.draw(st.integers(0, len(lines))), lines[at])
    assert_same(experienced(), card_of("\n".join(lines)))


USUAL_ENTRY = """  - title: "Bridge shut for a while"
    excerpt: "Owners of cafés wait: nobody knows what comes next"
    webUrl: "https://a.example/b/e"
    type: article
    provider:
      name: Daily
      domain: daily.example
    images:
      - url: "https://a.example/c/e"
        width: 5
"""


@pytest.mark.parametrize("place", ["Bridge", "shut", "cafés", "/b", "Daily", "/c", '"Bridge', "knows", 'next"'])
@pytest.mark.parametrize(
    "odd", ["\x85", "\u2028", "\ufeff", "\x1b", "\u202e", "\xa0", "é", " ", "&amp;", "\\n", "%2c", "'"]
)
def test_both_ways_agree_on_an_odd_character_wherever_it_stands(place: str, odd: str) -> None:
    for entry in (USUAL_ENTRY.replace(place, odd + place), USUAL_ENTRY.replace(place, place + odd)):
        assert_same(experienced(), card_of("title: t\n", entry))
        assert_same(experienced(), card_of(textwrap.dedent(entry.replace("  - title", "    title"))))


@pytest.mark.parametrize("indent", ["     ", "      ", "       ", "        "])
def test_both_ways_agree_on_images_that_are_indented_otherwise(indent: str) -> None:
    entry = f"{USUAL_ENTRY}{indent}- url: https://a.example/d\n"
    assert_same(experienced(), card_of("title: t\n", entry))
    assert_same(experienced(), card_of(textwrap.dedent(entry.replace("  - title", "    title"))))


@given(st.lists(usual(ENTRY_KEYS, odd=0) | usual(ENTRY_KEYS, odd=1), min_size=1, max_size=3), st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_was_read_before_changes_nothing(entries: list[str], data: st.DataObject) -> None:
    reader = FastReader()
    heads = usual(CARD_KEYS, odd=0) | usual(CARD_KEYS, odd=1)
    for _ in range(3):
        card = card_of(data.draw(heads), *data.draw(st.permutations(entries)))
        assert reader.read(card, "a.md") == FastReader().read(card, "a.md")
