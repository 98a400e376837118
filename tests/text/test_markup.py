"""HTML where plain words belong: what is used as markup goes, what is only spoken of stays."""

import re
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.cards.fast.ways import assert_same
from tui.cards.fast.reader import FastReader
from tui.cards.format.parse import parse_story
from tui.text.markup import plain_text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Quay<br/>and <em>ships</em>", "Quay\nand ships"),
        ("<div><p>One.</p>\n <p>Two <a href='https://a.example/'>more</a>.</p></div>", "One.\nTwo more."),
        ("&lt;p&gt;Fog &amp;amp; &lt;strong&gt;rain&lt;/strong&gt;&lt;/p&gt;", "Fog & rain"),
        ("<ul><li>first</li><li>second</li></ul>", "first\nsecond"),
        ("<p>never closed<p>and another", "never closed\nand another"),
        (
            "seen <img src='x.png'>here <!-- not -->and<script>alert(1)</script> there",
            "seen here and there",
        ),
        ("It goes on <a href='https://a.example/'>reading", "It goes on reading"),
        ("R&amp;amp;D and &amp;#8364;5", "R&D and €5"),
    ],
)
def test_what_is_used_as_markup_goes(written: str, shown: str) -> None:
    assert plain_text(written).strip() == shown


@pytest.mark.parametrize(
    "text",
    [
        *("Why <main> matters, and 3 < 4", "The <b> element explained", "When to close a <p> tag", "i <3 tea"),
        *("Map<K, V> and List<String>", "Mail <ann@example.org>", "<https://example.org/>", "a <- b -> c", "x </b> y"),
        *("https://example.org/?a=1&copy=2", "Is “<p>” out?", "5 <!-- 6"),
    ],
)
def test_what_is_spoken_of_stays(text: str) -> None:
    assert plain_text(text) == text


@example(["<a x=", "one", "-->"])
@given(st.lists(st.sampled_from(["<b>", "</b>", "<p>", "<br>", "<!--", "-->", "<a x=", "one", " ", "&lt;", "\n"])))
def test_any_words_between_tags_are_shown_in_their_order(parts: list[str]) -> None:
    words = [f"w{number}" for number, part in enumerate(parts) if part == "one"]
    numbered = "".join(f" w{number} " if part == "one" else part for number, part in enumerate(parts))
    shown = re.findall(r"w[0-9]+", plain_text(numbered))
    # Words may be a part of a comment, or of a tag that the end of one closes.
    may_go = "<!--" in parts or {"<a x=", "-->"} <= set(parts)
    assert set(shown) <= set(words) if may_go else shown == words


@pytest.mark.parametrize("piece", ["<b>", "<p>x", "<!-- ", "<b></b>", "<br> ", "&amp;lt;b", "<a ", "</i>"])
def test_four_times_the_markup_takes_about_four_times_as_long(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = process_time()
        plain_text(text)
        return process_time() - start

    assert min(seconds(28_000) / max(seconds(7_000), 1e-4) for _ in range(5)) < 10


@pytest.mark.parametrize("value", ['"<i>Fog</i> at the &amp;quot;quay&amp;quot;"', "Fog at<br>the <b>quay</b>"])
@pytest.mark.parametrize("key", ["title", "excerpt"])
def test_both_ways_of_reading_a_card_show_the_same(key: str, value: str) -> None:
    entry = {"title": "y", "excerpt": "z", key: value}
    lines = "".join(f"    {name}: {text}\n" for name, text in entry.items()).replace("    ", "  - ", 1)
    own = {"title": "x", key: value}
    head = "".join(f"{name}: {text}\n" for name, text in own.items())
    data = f"---\n{head}related:\n{lines}---\n"
    assert assert_same(FastReader(), data.encode())
    story = parse_story(data.encode(), "a.md").story
    assert story is not None
    for shown in (getattr(story, key), getattr(story.related[0], key)):
        assert "<" not in shown
        assert shown.startswith("Fog at")
