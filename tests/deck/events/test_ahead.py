"""Words that were read while stories arrived spare time and change nothing."""

import pytest
from hypothesis import given, settings

import tui.deck.events.pieces as pieces
from tests.deck.decks import folders
from tui.deck.events.ahead import WordsAhead
from tui.deck.events.build import build_events
from tui.deck.events.words import parse
from tui.model import Coverage, Story

HARBOUR = Coverage("Quillon harbour lost in a fire", url="https://quay.example/lost")
STORIES = (
    Story("a.md", "Fire destroys Quillon harbour", excerpt="All boats burnt.", related=(HARBOUR,)),
    Story("b.md", "Quillon harbour after the fire", related=(HARBOUR, Coverage("Boats burnt in Quillon"))),
)


def ahead(*parts: tuple[Story, ...]) -> WordsAhead:
    words = WordsAhead()
    for part in parts:
        words.take(part)
        words.take(item for story in part for item in story.related)
    return words


def test_nothing_is_read_a_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ahead(STORIES[:1], STORIES[1:])
    expected = build_events(STORIES)
    assert expected is not None
    monkeypatch.setattr(pieces, "parse", lambda title, _excerpt: pytest.fail(f"{title} was read again"))
    built = build_events(STORIES, parsed=words.parsed)
    assert built is not None
    assert built.all == expected.all


def test_each_text_is_read_as_it_stands() -> None:
    items = (item for story in STORIES for item in story.related)
    told = [*((story.title, story.excerpt) for story in STORIES), *((item.title, item.excerpt) for item in items)]
    read = ahead(STORIES).parsed
    assert {texts: words.text for texts, words in read.items()} == {texts: parse(*texts).text for texts in told}


@settings(deadline=None, max_examples=25)
@given(folders(7))
def test_the_events_are_the_same(stories: list[Story]) -> None:
    built, expected = build_events(stories, parsed=ahead(tuple(stories)).parsed), build_events(stories)
    assert built is not None
    assert expected is not None
    assert built.all == expected.all
