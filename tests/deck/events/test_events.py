import random

import pytest

from tests.deck.events.event_stories import at, coverage, listing, story
from tui.deck.events.build import BuiltEvents, build_events
from tui.deck.events.events import Relation
from tui.deck.events.judge import Judge
from tui.deck.events.lexicon import Lexicon
from tui.deck.events.pieces import gather
from tui.deck.events.telling import count_terms
from tui.model import Coverage, Outlet, Story

OUTAGE_TEXT = "A fault in the Zephyrion login system kept customers in Lisbon and Porto out for six hours."


def events_of(*stories: Story) -> BuiltEvents:
    events = build_events(stories)
    assert events is not None
    return events


def groups(events: BuiltEvents) -> set[frozenset[str]]:
    return {frozenset(event.story_ids) for event in events.all}


def outage() -> list[Story]:
    return [
        story("alpha", "Zephyrion outage locks Lisbon customers out", 0, excerpt=OUTAGE_TEXT, quality=20),
        story("beta", "Zephyrion login outage hits Lisbon and Porto", 0.5, excerpt=OUTAGE_TEXT[:50], quality=70),
        story(
            "gamma",
            "Lisbon wakes up to a Zephyrion outage",
            3.9,
            excerpt="Zephyrion says the login fault is over.",
        ),
    ]


def test_pieces_on_one_happening_are_one_event_with_its_span_and_outlets() -> None:
    first, second, third = outage()

    event = events_of(first, second, listing(third, first, second)).of_story("gamma.md")

    assert event is not None
    assert [member.outlet for member in event.members] == ["Alpha", "Beta", "Gamma"]
    assert (event.outlets, event.first, event.last) == (3, at(0), at(3.9))
    assert event.id == "alpha.md"


def test_the_same_news_of_two_companies_is_two_events() -> None:
    one = story("alpha", "Brightwater Vaults now available in the Zephyrion Marketplace", 0)
    other = story("beta", "Quillon Ledger now available in the Zephyrion Marketplace", 1)

    events = events_of(listing(one, other), listing(other, one))

    assert groups(events) == {frozenset({"alpha.md"}), frozenset({"beta.md"})}


def test_a_chain_of_good_links_does_not_merge_two_happenings() -> None:
    festival = story(
        "festival", "Quillon festival crowns Brightwater queen", 0, excerpt="The festival crowned its queen."
    )
    both = story(
        "both",
        "Quillon festival crowns Brightwater queen as fire destroys warehouse in Lisbon",
        6,
        excerpt="The Quillon festival crowned its queen, and nobody knows why the warehouse burned.",
    )
    fire = story("fire", "Fire destroys warehouse in Lisbon", 12, excerpt="Nobody knows why the warehouse burned.")
    deck = [listing(festival, both, fire), listing(both, festival, fire), fire]
    table = gather(deck, {})
    judge = Judge(table, Lexicon(count_terms(table.pieces)))
    ends = [table.of_story[f"{name}.md"] for name in ("festival", "both", "fire")]
    assert judge.probability(ends[0], ends[1]) >= judge.model.threshold
    assert judge.probability(ends[1], ends[2]) >= judge.model.threshold

    events = events_of(*deck)

    assert events.of_story("festival.md") is not events.of_story("fire.md")
    assert max(len(event.story_ids) for event in events.all) == 2


@pytest.mark.parametrize(
    ("hours", "relation"),
    [
        (-30 * 24, Relation.BACKGROUND),
        (-2, Relation.SAME_EVENT),
        (2, Relation.SAME_EVENT),
        (30 * 24, Relation.LATER),
    ],
)
def test_time_tells_background_from_the_event_and_from_what_came_later(hours: float, relation: Relation) -> None:
    mine = story("alpha", "Zephyrion outage locks Lisbon customers out", 0, excerpt=OUTAGE_TEXT)
    other = coverage(story("beta", "Zephyrion outage in Lisbon locks customers out", hours, excerpt=OUTAGE_TEXT))
    mine = Story(**{**{name: getattr(mine, name) for name in mine.__struct_fields__}, "related": (other,)})

    assert events_of(mine).relation(mine, mine.related[0]) is relation


@pytest.mark.parametrize(
    ("hours", "time_known", "relation"),
    [(None, False, Relation.BACKGROUND), (-8, False, Relation.BACKGROUND), (16, False, Relation.LATER)],
)
def test_unlike_items_without_a_time_count_as_background_unless_their_day_is_later(
    hours: float | None, time_known: bool, relation: Relation
) -> None:
    mine = story("alpha", "Zephyrion outage locks Lisbon customers out", 0)
    other = story("beta", "Ten recipes with cod", hours, time_known=time_known)
    mine = listing(mine, other)

    assert events_of(mine).relation(mine, mine.related[0]) is relation


def test_stories_that_list_nothing_are_grouped_when_their_texts_say_so() -> None:
    others = [
        story("delta", "Customers in Porto praise the new tram", 1),
        story("epsilon", "Zephyrion hires a new head of sales", 2),
    ]

    events = events_of(*outage(), *others)

    assert groups(events) == {
        frozenset({"alpha.md", "beta.md", "gamma.md"}),
        frozenset({"delta.md"}),
        frozenset({"epsilon.md"}),
    }


def test_a_headline_that_very_many_carry_is_still_one_event() -> None:
    wire = [story(f"paper{n}", "Acme opens its Lisbon harbour to all customers", n / 60) for n in range(300)]

    assert [len(event.members) for event in events_of(*wire).all] == [300]


def test_the_order_of_the_folder_changes_nothing() -> None:
    deck = [*outage(), *(story(f"other{n}", f"Notes on subject{n} and Lisbon", n) for n in range(20))]
    expected = events_of(*deck).all

    for seed in range(5):
        shuffled = random.Random(seed).sample(deck, len(deck))
        assert events_of(*shuffled).all == expected


def test_a_reload_gives_what_a_fresh_start_gives() -> None:
    deck = outage()
    before = events_of(*deck[:2])
    changed = story("alpha", "Ten recipes with cod", 0, excerpt="Take salt.", quality=20)

    after = build_events([changed, *deck[1:]], previous=before)

    assert after is not None
    assert after.all == events_of(changed, *deck[1:]).all
    assert groups(after) == {frozenset({"alpha.md"}), frozenset({"beta.md", "gamma.md"})}


def test_an_event_keeps_its_id_when_later_pieces_come() -> None:
    deck = outage()
    early = events_of(*deck[:2]).of_story("beta.md")
    late = events_of(*deck).of_story("beta.md")

    assert early is not None
    assert late is not None
    assert (early.id, len(early.members), len(late.members)) == (late.id, 2, 3)


def test_work_ends_without_a_result_when_told_to_stop() -> None:
    assert build_events(outage(), should_stop=lambda: True) is None


def test_the_highest_quality_leads_and_says_so() -> None:
    event = events_of(*outage()).of_story("alpha.md")

    assert event is not None
    assert (event.lead, event.lead_reason) == ("beta.md", "highest quality (70) of 3 cards")
    assert event.story_ids[0] == "beta.md"


@pytest.mark.parametrize(
    ("qualities", "reason"),
    [((None, None), "the first of 2 cards"), ((5, 5), "the first of 2 cards with the highest quality (5)")],
)
def test_of_equals_the_first_leads(qualities: tuple[int | None, int | None], reason: str) -> None:
    first, second = (
        story(name, "Zephyrion outage locks Lisbon customers out", hours, excerpt=OUTAGE_TEXT, quality=quality)
        for name, hours, quality in zip(("late", "early"), (2, 1), qualities, strict=True)
    )

    event = events_of(first, second).of_story("late.md")

    assert event is not None
    assert (event.lead, event.lead_reason) == ("early.md", reason)


def test_a_story_alone_is_an_event_of_one() -> None:
    event = events_of(story("alpha", "Ten recipes with cod", None)).of_story("alpha.md")

    assert event is not None
    assert (event.id, event.lead_reason) == ("alpha.md", "the only card of this event")
    assert (event.outlets, event.texts, event.first, event.span.total_seconds()) == (1, 1, None, 0)


def test_copies_count_as_outlets_but_as_one_text() -> None:
    wire = [
        story(name, "Acme opens its Lisbon harbour to all customers", hours, excerpt=OUTAGE_TEXT)
        for hours, name in enumerate(("wire", "herald", "post"))
    ]
    own = story("daily", "Acme's Lisbon harbour is open to all, and Porto is cross", 5, excerpt="Our reporter saw it.")

    event = events_of(listing(wire[0], *wire[1:], own), *wire[1:], own).of_story("wire.md")

    assert event is not None
    assert (event.outlets, event.texts) == (4, 2)
    assert [member.reprint_of for member in event.members] == [
        "",
        event.members[0].key,
        event.members[0].key,
        "",
    ]


def test_one_page_on_two_cards_is_one_piece() -> None:
    first = story("alpha", "Zephyrion outage locks Lisbon customers out", 0, url="https://a.example/x")
    second = story("beta", "Zephyrion outage locks Lisbon customers out", 0, url="http://www.a.example/x/")

    events = events_of(first, second)

    assert len(events.all) == 1
    assert len(events.all[0].members) == 1
    assert events.all[0].members[0].stories == ("alpha.md", "beta.md")


def test_a_piece_without_a_known_time_is_in_the_event_but_never_first() -> None:
    deck = outage()
    dateless = story("delta", "Zephyrion outage locks Lisbon customers out", -8, excerpt=OUTAGE_TEXT, time_known=False)

    event = events_of(dateless, *deck).of_story("delta.md")

    assert event is not None
    assert event.members[-1].outlet == "Delta"
    assert (event.id, event.first) == ("alpha.md", at(0))


def test_items_without_a_link_are_judged_too() -> None:
    item = Coverage(
        title="Zephyrion outage in Lisbon locks customers out",
        outlet=Outlet(name="The Herald"),
        published_at=at(1),
        time_known=True,
        excerpt=OUTAGE_TEXT,
    )
    first = story("alpha", "Zephyrion outage locks Lisbon customers out", 0, excerpt=OUTAGE_TEXT)
    mine = Story(**{**{name: getattr(first, name) for name in first.__struct_fields__}, "related": (item,)})

    events = events_of(mine)

    assert events.relation(mine, item) is Relation.SAME_EVENT
    assert events.story_of(item) is None


def test_a_row_leads_to_the_card_that_tells_it() -> None:
    first, second, third = outage()

    events = events_of(listing(first, second), second)

    assert events.story_of(coverage(second)) == "beta.md"
    assert events.story_of(coverage(third)) is None


def test_i_says_why_a_row_is_of_the_event() -> None:
    first, second, _ = outage()
    mine = listing(first, second)

    why = events_of(mine, second).why(mine, mine.related[0])

    assert why == ("8 rare words in common: Zephyrion, Lisbon, Porto, outage, fault..., 0:30 apart")


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (story("b", "Zephyrion outage locks Lisbon customers out", 40 * 24), "40 d apart, more than 14 days"),
        (story("b", "Zephyrion outage locks Lisbon customers out", None), "no date to compare"),
        (
            story("b", "Zephyrion outage locks Lisbon customers out", 1, excerpt=OUTAGE_TEXT),
            "the same text, 1:00 apart",
        ),
        (
            story("b", "Ten recipes with cod", 1.5),
            "only one of them names Lisbon and cod; no rare word in common, 1:30 apart",
        ),
        (
            story("b", "Ten recipes with cod", 0, time_known=False),
            "only one of them names Lisbon and cod; no rare word in common, within a day",
        ),
    ],
)
def test_i_says_in_plain_words_what_decided(other: Story, reason: str) -> None:
    first, _, _ = outage()
    mine = listing(first, other)

    assert events_of(mine).why(mine, mine.related[0]) == reason


def test_an_item_of_another_folder_is_said_to_be_unknown() -> None:
    first, second, _ = outage()

    assert events_of(first).why(first, coverage(second)) == "not in this folder"
    assert events_of(first).why(first, coverage(first)) == "the same page"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zephyrion outage locks Lisbon customers out", "Weekly round-up: Zephyrion outage locks Lisbon customers out"),
        ("Lisbon harbour diary, part 1: Zephyrion outage", "Lisbon harbour diary, part 2: Zephyrion outage"),
        ("Brightwater Vaults wins Lisbon harbour award", "Quillon Ledger wins Lisbon harbour award"),
        ("Learn Vaults in Lisbon: a Brightwater course", "Learn Ledgers in Lisbon: a Quillon course"),
        ("Global Lisbon Service Market Size and Trends 2021", "Global Lisbon Software Market Size and Trends 2021"),
        ("Zephyrion outage locks Lisbon customers out", "Dow Jones News: Zephyrion outage locks Lisbon customers out"),
    ],
)
def test_digests_parts_and_everyday_news_of_two_subjects_stay_apart(one: str, other: str) -> None:
    first, second = story("alpha", one, 0, excerpt=OUTAGE_TEXT), story("beta", other, 1, excerpt=OUTAGE_TEXT)

    events = events_of(listing(first, second), second)

    assert events.of_story("alpha.md") is not events.of_story("beta.md")


def test_a_digest_that_others_reprint_is_still_one_piece_of_news() -> None:
    title = "Weekly round-up: Zephyrion outage, Porto trams"
    first, second = story("alpha", title, 0), story("beta", title, 1)

    assert groups(events_of(first, second)) == {frozenset({"alpha.md", "beta.md"})}


@pytest.mark.parametrize(
    ("sections", "together"), [(("blog", "updates"), True), (("blog", "blog"), False), (("en-us/blog", "blog"), False)]
)
def test_two_desks_of_one_outlet_may_tell_of_one_happening(sections: tuple[str, str], together: bool) -> None:
    titles = "Zephyrion Vaults opens to all in Lisbon", "Now open to all: Zephyrion Vaults in Lisbon"
    first, second = (
        story(f"card{place}", title, place, outlet="zephyrion", url=f"https://zephyrion.example/{section}/{place}")
        for place, (title, section) in enumerate(zip(titles, sections, strict=True))
    )

    events = events_of(listing(first, second), second)

    assert (events.of_story("card0.md") is events.of_story("card1.md")) is together
