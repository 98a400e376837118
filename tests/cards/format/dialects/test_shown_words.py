"""Titles, excerpts, topics and links are what a reader would see on the site: no marks, escapes or spreading blanks."""

import pytest

from tests.cards.fast.ways import assert_same
from tests.cards.format.dialects.test_posts import card, story
from tui.cards.fast.reader import FastReader
from tui.cards.format.names import title_in_path
from tui.cards.format.parse import parse_card

TITLES = [
    ("'Tide \\#12'", "Tide #12"),
    ("\\'The pier\\'s back\\'", "'The pier's back'"),
    ("'Ropes \\& nets \\[part two\\]'", "Ropes & nets [part two]"),
    ("'C:\\boats\\new'", "C:\\boats\\new"),
    ("'Ask **every** boat'", "Ask every boat"),
    ("'A **late** and **low** tide'", "A late and low tide"),
    ("'**The tide of May**'", "The tide of May"),
    ("'Call __init__ first'", "Call __init__ first"),
    ("'2 ** 3 is 8 ** 1'", "2 ** 3 is 8 ** 1"),
    ("'Tide   of      May'", "Tide of May"),
    ("'What `tide()` says'", "What `tide()` says"),
]


@pytest.mark.parametrize(("written", "shown"), TITLES)
def test_a_title_is_shown_without_what_only_marks_it(written: str, shown: str) -> None:
    assert story(f"title: {written}\ndate: 2026-01-05").title == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("See [[Low tide]] and [[Boats|the boats]].", "See Low tide and the boats."),
        ("We\\'ll see \\*stars\\*.", "We'll see *stars*."),
        ("Nets            of hemp", "Nets of hemp"),
        ("A path C:\\nets stays", "A path C:\\nets stays"),
    ],
)
def test_an_excerpt_is_shown_without_what_only_marks_it(written: str, shown: str) -> None:
    quoted = written.replace("'", "''")
    assert story(f"title: Tide\ndescription: '{quoted}'\ndate: 2026-01-05").excerpt == shown


def test_heads_that_are_written_alike_say_the_same_of_marked_words() -> None:
    fast = FastReader()
    for number in range(3 * len(TITLES)):
        written = TITLES[number % len(TITLES)][0]
        text = f"---\ntitle: {written}\ndescription: {written}\ndate: 2026-01-0{number % 9 + 1}\n---\nWords.\n"
        assert_same(fast, text.encode())


@pytest.mark.parametrize(
    ("written", "topics"),
    [
        ("#low tide #boats #nets of hemp", ("low tide", "boats", "nets of hemp")),
        ("#@ada #boats #low tide", ("@ada", "boats", "low tide")),
        ("#boats, C# and F#", ("boats", "C# and F#")),
        ("room #4", ("room #4",)),
    ],
)
def test_topics_of_several_words_are_cut_before_each_sign(written: str, topics: tuple[str, ...]) -> None:
    assert story(f"title: Tide\ntags: '{written}'\ndate: 2026-01-05").topics == topics


@pytest.mark.parametrize(
    ("key", "written", "url"),
    [
        ("url", "%20https://pier.example/tide%20", "https://pier.example/tide"),
        ("link", "%20%20https://pier.example/a%20b", "https://pier.example/a%20b"),
        ("source", " %20https://pier.example/tide", "https://pier.example/tide"),
        ("redirect_to", "https://pier.example/moved", "https://pier.example/moved"),
        ("redirectTo", "https://pier.example/moved", "https://pier.example/moved"),
        ("redirect_url", "https://pier.example/moved", "https://pier.example/moved"),
        ("redirect_to", "/moved/", ""),
    ],
)
def test_a_link_is_found_where_its_maker_left_it(key: str, written: str, url: str) -> None:
    told = card(f"title: Tide\n{key}: '{written}'\ndate: 2026-01-05")
    assert told.story.url == url
    assert_same(FastReader(), f"---\ntitle: Tide\n{key}: '{written}'\ndate: 2026-01-05\n---\n".encode())


@pytest.mark.parametrize(
    ("id", "title"),
    [
        ("pages/Harbour___Pier___Low tide.md", "Harbour/Pier/Low tide"),
        ("pages/Harbour___Pier.md", "Harbour/Pier"),
        ("pages/Why wait%3F.md", "Why wait?"),
        ("pages/Tide %237%3A ebb.md", "Tide #7: ebb"),
        ("pages/50% more.md", "50% more"),
        ("pages/low_tide.md", "low tide"),
    ],
)
def test_a_file_name_is_read_as_the_note_taker_wrote_it(id: str, title: str) -> None:
    assert title_in_path(id) == title


@pytest.mark.parametrize("head", ["type:: [[Boat]]", "description:: Of wood.", "- type:: note\n- description:: x"])
def test_a_page_of_an_outline_is_named_by_its_file_without_a_warning(head: str) -> None:
    parsed = parse_card(f"{head}\n\n- Words.\n".encode(), "pages/Low tide.md")
    assert parsed.card is not None
    assert (parsed.card.story.title, parsed.problems) == ("Low tide", ())


@pytest.mark.parametrize(
    ("written", "kind"),
    [("text", ""), ("Post", ""), ("page", ""), ("newsletter", "newsletter"), ("Posters", "Posters")],
)
def test_a_kind_that_all_posts_of_a_maker_have_is_none(written: str, kind: str) -> None:
    told = card(f"title: Tide\ntype: {written}\ndate: 2026-01-05")
    assert (told.story.kind, told.unread) == (kind, ())
    fast = FastReader(often=2)
    for number in range(6):
        assert_same(fast, f"---\ntitle: Tide {number}\ntype: {written}\ndate: 2026-01-05\n---\n".encode())
