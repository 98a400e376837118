"""Words that were read while stories arrived spare time and change nothing."""

import msgspec
import pytest
from hypothesis import given, settings

import tui.deck.events.ahead as ahead_module
import tui.deck.events.pieces as pieces
from tests.deck.decks import folders
from tui.deck.events.ahead import WordsAhead
from tui.deck.events.build import build_events
from tui.deck.events.words import Parsed, as_read_here, parse
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
    words.read_rest()
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


BURNT = [(f"Quillon harbour part {n}", f"Boats of the Azores burnt, said Ann Zephyrion, {n} of 9.") for n in range(40)]


def told(words: Parsed) -> tuple[object, ...]:
    return (
        *(words.texts, words.headline, words.text, words.named, words.plain),
        *(words.title_pairs, words.digest, words.report, words.part),
    )


def test_what_is_left_is_read_in_two_processes_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead_module, "_TEXTS_A_PART", 2)
    words = WordsAhead()
    words.take(Story(f"{title}.md", title, excerpt=excerpt) for title, excerpt in BURNT)
    words.read_rest(alone=False)
    assert {texts: told(read) for texts, read in words.parsed.items()} == {each: told(parse(*each)) for each in BURNT}


def test_words_that_another_process_has_read_say_the_same_with_the_same_terms() -> None:
    for texts in BURNT:
        here = parse(*texts)
        come = as_read_here(msgspec.msgpack.decode(msgspec.msgpack.encode(here), type=Parsed), texts)
        assert told(come) == told(here)
        assert {*map(id, come.headline)} == {*map(id, here.headline)}


def test_nothing_is_read_while_more_comes() -> None:
    words = WordsAhead()
    words.take(STORIES)
    words.read_until(lambda: True)
    assert not words.parsed
    words.read_until(lambda: False)
    assert words.parsed.keys() == {(story.title, story.excerpt) for story in STORIES}


@settings(deadline=None, max_examples=25)
@given(folders(7))
def test_the_events_are_the_same(stories: list[Story]) -> None:
    built, expected = build_events(stories, parsed=ahead(tuple(stories)).parsed), build_events(stories)
    assert built is not None
    assert expected is not None
    assert built.all == expected.all
