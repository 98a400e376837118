"""What is highlighted is what matched."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deck.search.reference import holds
from tui.deck.query.ast import Word
from tui.deck.query.parse import parse
from tui.deck.search.highlights import Highlights
from tui.model import Coverage, Outlet, Story
from tui.text.words import words_of

STORY = Story(
    "a.md",
    "Café Clearview: face-matching, FACE it",
    outlet=Outlet("Ars Technica"),
    excerpt="A face, matched by face matching.",
    topics=("Face Recognition", "AI"),
    related=(Coverage("Clearview loses faces"), Coverage("Other")),
)

ROWS = [
    ("fac", "title", ["fac", "FAC"]),
    ("cafe", "title", ["Café"]),
    ("face-mat", "title", ["face-mat"]),
    ('"face matching"', "title", ["face-matching"]),
    ('"face mat"', "title", []),
    ('"face mat', "title", ["face-mat"]),
    ("clear clearview", "title", ["Clearview"]),
    ("-clearview face", "title", ["face", "FACE"]),
    ("title:face", "excerpt", []),
    ("in:coverage face", "title", []),
    ("in:coverage face", "coverage", ["face"]),
    ("in:coverage outlet:ars", "outlet", []),
    ("outlet:ars", "outlet", ["Ars"]),
    ("(x OR face) topic:recog", "topic", ["Face", "Recog"]),
    ("is:unread since:7d", "title", []),
    ("", "title", []),
]


@pytest.mark.parametrize(("query", "field", "shown"), ROWS)
def test_highlights(query: str, field: str, shown: list[str]) -> None:
    texts = {
        "title": STORY.title,
        "excerpt": STORY.excerpt,
        "outlet": STORY.outlet.name,
        "topic": STORY.topics[0],
        "coverage": STORY.related[0].title,
    }
    highlights = Highlights(parse(query).expr)
    text = texts[field]
    assert [text[start:end] for start, end in highlights.spans(text, field)] == shown


def test_all_texts_of_a_story_at_once() -> None:
    spans = Highlights(parse("face").expr).of(STORY)
    assert (len(spans.title), len(spans.excerpt), spans.outlet) == (2, 2, ())
    assert spans.topics == (((0, 4),), ())
    assert spans.coverage == (((16, 20),), ())


@given(st.text("aBßﬁé \u0301漢1-"), st.text("aBßsf\u0301é漢1", min_size=1))
def test_a_text_has_highlights_exactly_where_the_word_is_found(text: str, word: str) -> None:
    if not words_of(word):
        return
    spans = Highlights(Word(word)).spans(text, "title")
    assert bool(spans) == holds(text, word)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(spans))
