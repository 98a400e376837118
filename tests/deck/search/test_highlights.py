"""What is highlighted is what matched."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deck.search.reference import holds
from tui.deck.query.ast import Phrase, Word, all_of, any_of, negated
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


WORDS = st.sampled_from(["face", "fac", "faces", "cloud", "Café", "matching", "x"])
SENTENCES = st.lists(st.sampled_from(["Face", "faces", "cloud", "CAFÉ", "face-matching", "-", "x"]), max_size=6).map(
    " ".join
)


@given(SENTENCES, st.lists(WORDS, min_size=1, max_size=3))
def test_words_that_may_or_must_stand_there_are_all_shown(text: str, words: list[str]) -> None:
    alone = {span for word in words for span in Highlights(Word(word)).spans(text, "title")}
    for expr in (all_of(*map(Word, words)), any_of(*map(Word, words))):
        shown = Highlights(expr).spans(text, "title")
        marked = {place for start, end in shown for place in range(start, end)}
        assert marked == {place for start, end in alone for place in range(start, end)}


@given(SENTENCES, WORDS, WORDS)
def test_what_is_refused_is_never_shown(text: str, wanted: str, refused: str) -> None:
    shown = Highlights(all_of(Word(wanted), negated(Word(refused)))).spans(text, "title")
    assert shown == Highlights(Word(wanted)).spans(text, "title")
    assert Highlights(negated(Word(refused))).spans(text, "title") == ()


@given(SENTENCES, st.lists(WORDS, min_size=1, max_size=3).map(" ".join), st.booleans())
def test_a_phrase_is_shown_where_it_stands_and_nowhere_else(text: str, phrase: str, prefix: bool) -> None:
    spans = Highlights(Phrase(phrase, prefix)).spans(text, "excerpt")
    assert bool(spans) == holds(text, phrase, prefix)
    for start, end in spans:
        assert holds(text[start:end], phrase, True)


def test_a_story_of_a_list_is_marked_in_every_text_that_made_it_match() -> None:
    spans = Highlights(parse("in:coverage clearview outlet:cnn").expr).of(STORY)
    assert (spans.title, spans.outlet, spans.excerpt) == ((), (), ())
    assert spans.coverage == (((0, 9),), ())
    assert Highlights(parse("is:unread").expr).of(STORY).topics == ()
