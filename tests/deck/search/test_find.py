"""A query finds what it says, in the order and with the counts a reader expects."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.search.reference import NOW, QUERIES, TREE, Reference, decks, known_as
from tui.deck.analysis import index_deck
from tui.deck.columns import MarkedDocs, bits_of
from tui.deck.deck import Deck
from tui.deck.query.ast import EVERYTHING, Expr, Term
from tui.deck.query.completion import Offers, complete
from tui.deck.query.parse import parse
from tui.deck.query.prefixes import NamesByPrefix
from tui.deck.query.selection import Pick, pick
from tui.deck.search.evaluate import EventColumns
from tui.deck.search.find import Found, Search
from tui.deck.search.highlights import Highlights
from tui.deck.search.index import SearchIndex, build_index
from tui.deck.search.sorting import Sort
from tui.deck.view import Lister, View
from tui.model import Coverage, Outlet, Story

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-8))])


def index_of(stories: Sequence[Story]) -> SearchIndex:
    index = build_index(stories, TREE)
    assert index is not None
    return index


def search_of(stories: Sequence[Story], zone: tzinfo = UTC, read: frozenset[int] = frozenset()) -> Search:
    return Search(index_of(stories), MarkedDocs(read=bits_of(read, len(stories))), clock=lambda: NOW, zone=zone)


@settings(deadline=None)
@given(decks(), st.lists(QUERIES, min_size=1, max_size=6), ZONES)
def test_results_and_counts_equal_those_of_reading_every_story(
    stories: list[Story], queries: list[Expr], zone: tzinfo
) -> None:
    read = frozenset(range(0, len(stories), 3))
    search = search_of(stories, zone, read)
    reference = Reference(stories, read, zone)
    for expr in queries:
        expected = reference.matching(expr)
        found = search.find(expr)
        assert sorted(found.docs) == expected
        assert search.find(expr, Sort("newest")).docs == reference.newest(expected)
        assert_counts(found, [stories[row] for row in expected], zone)
        related = reference.related(expr)
        assert sorted(found.related) == related
        assert list(search.find(expr, Sort("newest")).related) == reference.newest(related)


def assert_counts(found: Found, stories: Sequence[Story], zone: tzinfo) -> None:
    topics = Counter(key for story in stories for key in {key for topic in story.topics for key in TREE.lineage(topic)})
    assert Counter(found.facets.topics) == topics
    outlets = Counter(known_as(story).casefold() for story in stories if known_as(story))
    assert Counter({name.casefold(): count for name, count in found.facets.outlets.items()}) == outlets
    assert Counter(found.facets.kinds) == Counter(story.kind for story in stories if story.kind)
    days = (
        story.published_at.astimezone(zone if story.time_known else UTC).date().replace(day=1)
        for story in stories
        if story.published_at
    )
    assert Counter({month.first_day: month.count for month in found.facets.months}) == Counter(days)


LARGE = [
    "a",
    "an",
    "azure",
    "clo",
    "zzz",
    "cloud -azure",
    '"azure cloud"',
    '"azure clo',
    '"number 7"',
    "number-7 OR rare",
    "rare3",
    "title:cloud outlet:daily",
    "outlet:out",
    "outlet:outlet-7",
    "topic:ai",
    "topic:topic-3",
    "in:coverage cov",
    "in:coverage c",
    "in:coverage cover7 outlet:z",
    "in:coverage -outlet:zdnet",
    "since:2020-01 until:2020-02-10",
    "coverage:>1 quality:>30",
]


def large_deck(size: int) -> list[Story]:
    """Stories with words, names and coverage in all degrees of rarity."""
    items = [
        Coverage(f"Covering azure cover{n % 40}", f"https://x.example/{n}", Outlet("ZDNet" if n % 9 else f"Zero {n}"))
        for n in range(size // 10)
    ]
    return [
        Story(
            id=f"{n}.md",
            title=f"Azure {'cloud' if n % 3 else 'rare' + str(n % 700)} number {n % 50}",
            excerpt=f"an azure{n % 900} {'cloud' if n % 5 == 0 else 'sky'}",
            outlet=Outlet("Daily" if n % 7 else f"Outlet {n % 300}"),
            topics=("Vision",) if n % 4 == 0 else (f"Topic {n % 500}",),
            published_at=NOW - timedelta(hours=n),
            time_known=n % 6 > 0,
            quality=n % 60,
            related=tuple(items[k % len(items)] for k in (n, n * 7, n * n) if n % 3),
        )
        for n in range(size)
    ]


@pytest.mark.parametrize("stored", [False, True], ids=["built", "read back"])
def test_a_large_deck_answers_like_reading_every_story(stored: bool) -> None:
    stories = large_deck(4_500)
    index = index_of(stories)
    search = Search((stored and SearchIndex.of_blocks(index.blocks())) or index, clock=lambda: NOW, zone=UTC)
    reference = Reference(stories)
    for text in LARGE:
        expr = parse(text).expr
        assert search.find(expr, Sort("newest")).docs == reference.matching(expr), text
        assert sorted(search.find(expr).docs) == reference.matching(expr), text
        assert sorted(search.find(expr).related) == reference.related(expr), text


@given(decks(), QUERIES)
def test_an_index_read_back_from_its_blocks_answers_the_same(stories: list[Story], expr: Expr) -> None:
    index = index_of(stories)
    again = SearchIndex.of_blocks({name: memoryview(block) for name, block in index.blocks().items()})
    assert again is not None
    first, second = (Search(each, clock=lambda: NOW, zone=UTC).find(expr) for each in (index, again))
    assert (first.docs, first.facets) == (second.docs, second.facets)


def story(number: int, title: str, **fields: object) -> Story:
    at = NOW - timedelta(days=number)
    return Story(**({"id": f"{number}.md", "title": title, "published_at": at, "time_known": True} | fields))  # type: ignore[arg-type]


TYPED = 'the "machine learning" -cloud OR outlet:zd'


def test_typing_and_deleting_letters_gives_the_same_each_time() -> None:
    stories = [story(1, "The machine learning cloud"), story(2, "Machine learners"), story(3, "The machine learning")]
    search = search_of(stories)
    forward = [search.find(parse(TYPED[:length]).expr).docs for length in range(len(TYPED))]
    back = [search.find(parse(TYPED[:length]).expr).docs for length in reversed(range(len(TYPED)))]
    assert forward == back[::-1]
    assert forward[-1] == [2]


def test_a_phrase_is_found_in_sequence_and_within_one_text_only() -> None:
    stories = [
        story(1, "machine learning"),
        story(2, "learning machine"),
        story(3, "a machine", excerpt="learning"),
        story(4, "x", excerpt="deep machine learning models"),
        story(5, "y", related=(Coverage("Machine Learning today", "https://a.example"),)),
    ]
    search = search_of(stories)
    found = search.find(parse('"machine learning"').expr)
    assert (sorted(found.docs), found.related) == ([0, 3], [4])
    assert sorted(search.find(parse('"machine learn"').expr).docs) == []
    found = search.find(parse('"machine learn').expr)
    assert (sorted(found.docs), found.related) == ([0, 3], [4])


def test_what_only_a_related_piece_says_is_found_apart() -> None:
    cloud = (Coverage("Kubernetes in the cloud", "https://a.example/1"),)
    stories = [
        story(1, "Kubernetes grows"),
        story(2, "Containers", related=cloud),
        story(3, "Containers", excerpt="kubernetes", related=cloud),
        story(4, "Cloud prices", related=cloud),
        story(5, "Cheese", related=cloud),
    ]
    search = search_of(stories)
    for text, own, related in [
        ("kubernetes", [0, 2], [1, 3, 4]),
        ("kubernetes cloud", [], [1, 2, 3, 4]),
        ("containers kubernetes", [2], [1]),
        ("containers -kubernetes", [1], []),
        ("kubernetes title:cheese", [], [4]),
        ("in:coverage kubernetes", [1, 2, 3, 4], []),
        ("title:kubernetes", [0], []),
        ("has:coverage", [1, 2, 3, 4], []),
    ]:
        found = search.find(parse(text).expr)
        assert (sorted(found.docs), sorted(found.related)) == (own, related), text
        assert len(found) == len(own)


def test_who_covered_it() -> None:
    zdnet, verge = Outlet("ZDNet"), Outlet("The Verge")
    stories = [
        story(1, "Clearview breach", related=(Coverage("Faces leak", "https://a.example/1", zdnet),)),
        story(2, "Clearview again", related=(Coverage("Faces again", "https://a.example/2", verge),)),
        story(3, "By ZDNet itself", outlet=zdnet),
    ]
    search = search_of(stories)
    assert search.find(parse("in:coverage outlet:zdnet").expr).docs == [0]
    assert search.find(parse("in:coverage outlet:zdnet again").expr).docs == []
    assert search.find(parse("in:coverage -outlet:zdnet").expr).docs == [1]
    assert search.find(parse("in:coverage").expr).docs == [0, 1]


def test_removed_stories_show_only_when_asked_for() -> None:
    search = search_of([story(1, "azure"), story(2, "azure gone", removed=True)])
    assert search.find(EVERYTHING).docs == [0]
    assert search.find(parse("azure is:removed").expr).docs == [1]
    assert search.find(parse("azure -is:removed").expr).docs == [0]


def test_a_whole_outlet_name_means_that_outlet_only() -> None:
    stories = [story(1, "a", outlet=Outlet("CNN")), story(2, "b", outlet=Outlet("CNN Money"))]
    search = search_of(stories)
    assert search.find(parse("outlet:cn").expr).docs == [0, 1]
    assert search.find(parse("outlet:cnn").expr).docs == [0]
    assert search.find(parse("outlet:money").expr).docs == [1]


def test_events_answer_only_once_they_are_known() -> None:
    stories = [story(1, "a"), story(2, "b")]
    index = index_of(stories)
    events = EventColumns([7.0, 1.0], [0.0, 0.0], [0.0, 0.0], first=0b01, exclusive=0b10, reprint=0)
    without, with_events = Search(index), Search(index, events=events)
    for text, docs in [("outlets:>5", [0]), ("is:first", [0]), ("is:exclusive", [1]), ("is:reprint", [])]:
        expr = parse(text).expr
        assert (without.find(expr).docs, without.find(expr).events_missing) == ([], True)
        assert (with_events.find(expr).docs, with_events.find(expr).events_missing) == (docs, False)


def test_relative_dates_move_with_the_clock() -> None:
    moment = [NOW]
    search = Search(index_of([story(1, "yesterday")]), clock=lambda: moment[0], zone=UTC)
    expr = parse("on:yesterday").expr
    assert search.find(expr).docs == [0]
    moment[0] = datetime(2020, 3, 5, tzinfo=UTC)
    assert search.find(expr).docs == []


def test_a_build_can_be_stopped() -> None:
    assert build_index([story(1, "a")], TREE, should_stop=lambda: True) is None


def test_stories_must_come_in_deck_order() -> None:
    with pytest.raises(ValueError, match="deck order"):
        build_index([story(2, "old"), story(1, "new")], TREE)


def test_another_format_is_not_read() -> None:
    blocks = index_of([story(1, "a")]).blocks()
    head, _, rest = blocks["search"].partition(b"\xa6format")
    blocks["search"] = head + b"\xa6format\x7f" + rest[1:]
    assert SearchIndex.of_blocks(blocks) is None


@given(decks())
def test_picking_a_facet_gives_as_many_stories_as_its_count_says(stories: list[Story]) -> None:
    search = search_of(stories)
    facets = search.find(EVERYTHING).facets
    for key, counts in (("outlet", facets.outlets), ("kind", facets.kinds), ("topic", facets.topics)):
        for name, count in counts.items():
            assert len(search.find(pick(EVERYTHING, key, name, Pick.ALL))) == count
    for month in facets.months:
        assert len(search.find(Term("on", f"{month.first_day:%Y-%m}"))) == month.count


def test_completion_knows_the_values_of_the_deck() -> None:
    stories = [
        story(1, "a", outlet=Outlet("ZDNet", "www.zdnet.example"), topics=("Vision",), kind="article"),
        story(2, "b", outlet=Outlet("ZDNet", "zdnet.example"), topics=("AI",)),
        story(3, "c", outlet=Outlet("Gone"), removed=True),
    ]
    search = search_of(stories)
    assert search.values("outlet") == [("ZDNet", 2), ("Gone", 0)]
    assert dict(search.values("topic")) == {"Vision": 1, "AI": 2}
    assert (search.values("domain"), search.values("kind")) == ([("zdnet.example", 2)], [("article", 1)])
    offers = Offers({"topic": NamesByPrefix(search.values("topic"))})
    assert [each.count for each in complete("topic:a", 7, offers).suggestions] == [2]


@pytest.mark.parametrize(
    ("text", "doc"), [("2020-03", 0), ("yesterday", 0), ("2d", 0), ("2020-02-27", 1), ("2019", 3), ("soon", None)]
)
def test_going_to_a_date(text: str, doc: int | None) -> None:
    analysis = index_deck(Deck([story(2, "a"), story(4, "b"), story(6, "c"), story(7, "d")]))
    assert analysis is not None
    lister = Lister(lambda: NOW, UTC)
    found = lister.find_date(lister.list(analysis, View()), text)
    assert (None if found is None else found.doc) == doc


JOINED = [
    (
        "Database of the harbour",
        ["data\u00adbase", "data\u2060base", "Data\u200dbase", "ｄａｔａｂａｓｅ"],
    ),
    ("می\u200cخواهم", ["میخواهم", "می\u200cخواهم"]),
    ("ko\u200dala sighted", ["koala", "ko\u200da"]),
    ("ﾆｭｰｽ 速報", ["ニュース", "ﾆｭｰｽ", "ニュ"]),
    ("ガス会社 ２０２４", ["ｶﾞｽ会社", "2024", "ガス"]),
]


@pytest.mark.parametrize(("title", "queries"), JOINED)
def test_words_are_found_however_they_are_joined_or_wide(title: str, queries: list[str]) -> None:
    search = Search(index_of([Story("a.md", "something else"), Story("b.md", title)]))
    for query in queries:
        expr = parse(query).expr
        assert search.find(expr).docs == [1], query
        assert Highlights(expr).spans(title, "title"), query


def test_notes_are_found_by_there_being_one_and_by_their_words() -> None:
    stories = [story(number, f"Story {number}") for number in range(1, 6)]
    notes = ((0, "Ask Zoë about Café prices"), (2, "café"), (4, "prices\nof coffee"))
    search = Search(index_of(stories), MarkedDocs(notes=notes), clock=lambda: NOW, zone=UTC)
    for text, docs in [
        ("has:note", [0, 2, 4]),
        ("-has:note", [1, 3]),
        ("note:cafe", [0, 2]),
        ("note:pri", [0, 4]),
        ('note:"cafe pri"', [0]),
        ("note:cafe -note:zoe", [2]),
        ("note:nothing", []),
        ("cafe", []),
    ]:
        assert search.find(parse(text).expr).docs == docs, text
