import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.deck.events.reprints import Wording, are_reprints, excerpt_overlap, fold, plain_headline, wording

RELEASE = (
    "Acme Storage, a maker of small warehouses, today announced that its Harbour product is now available "
    "to customers in twelve countries, with more to follow before the end of the year."
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            ("Acme Storage opens Harbour to all customers", RELEASE),
            ("Acme Storage Opens Harbour To All Customers", "SPRINGFIELD--(BUSINESS WIRE)--" + RELEASE),
            id="a wire's dateline and capitals",
        ),
        pytest.param(
            ("Acme Storage opens Harbour to all customers", RELEASE),
            ("UPDATE 2-Acme Storage opens Harbour to all customers", ""),
            id="an editor's mark",
        ),
        pytest.param(
            ("Acme Storage opens Harbour to all customers", RELEASE),
            ("Acme Storage opens Harbour to all customers | The Springfield Herald", ""),
            id="the masthead at the end",
        ),
        pytest.param(
            ("Acme Storage opens Harbour to all customers in twelve countries", RELEASE),
            ("Acme Storage opens Harbour to all customers", "March 3 /PRNewswire/ -- " + RELEASE[:120]),
            id="headline and excerpt cut short",
        ),
        pytest.param(
            ("Harbour is open: Acme lets everyone in", RELEASE),
            ("Acme Storage opens Harbour to all", RELEASE),
            id="another headline over the same excerpt",
        ),
        pytest.param(("Harbour news", RELEASE), ("Harbour news", RELEASE), id="a short headline and the same excerpt"),
    ],
)
def test_copies_of_one_text_are_reprints(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert are_reprints(wording(*one), wording(*other))
    assert are_reprints(wording(*other), wording(*one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            ("Cloud Storage Market Growth Outlook 2020 to 2025", RELEASE),
            ("Cloud Finance Market Growth Outlook 2020 to 2025", RELEASE),
            id="two reports from one template",
        ),
        pytest.param(
            ("Harbour news", RELEASE), ("Harbour news", "Nothing of the kind was said."), id="a section title"
        ),
        pytest.param(("Harbour news", ""), ("Harbour news", ""), id="a short headline without excerpts"),
        pytest.param(
            ("Acme Storage opens Harbour to all customers", RELEASE),
            (
                "Rival says Acme's Harbour leaks",
                "The rival's engineers looked at it for a week and found water.",
            ),
            id="two texts on one matter",
        ),
        pytest.param(("", ""), ("", ""), id="nothing at all"),
        pytest.param(
            ("Course 405: harbours of the world", RELEASE), ("Course 406: sailing the world", RELEASE), id="two courses"
        ),
        pytest.param(
            ("Billing updates – February 2021", RELEASE[:40]),
            ("Billing updates – June 2021", RELEASE[:40]),
            id="issues of a series",
        ),
    ],
)
def test_other_texts_are_no_reprints(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert not are_reprints(wording(*one), wording(*other))
    assert not are_reprints(wording(*other), wording(*one))


def test_fold_keeps_the_first_of_each_text_in_front() -> None:
    texts = [
        ("Acme Storage opens Harbour to all customers", RELEASE),
        ("Rival says Acme's Harbour leaks", "The engineers looked at it."),
        ("ACME STORAGE OPENS HARBOUR TO ALL CUSTOMERS", ""),
        ("Acme Storage opens Harbour to all customers | The Herald", RELEASE),
    ]

    assert fold([wording(*text) for text in texts]) == ((0, 2, 3), (1,))


def test_fold_does_not_follow_a_chain_of_ever_shorter_headlines() -> None:
    words = [f"word{number}" for number in range(12)]
    excerpts = (RELEASE, RELEASE[:90] + " in twenty ports of call from next week", RELEASE[:60])
    texts = [(" ".join(words[: len(words) - cut]), excerpt) for cut, excerpt in zip((0, 4, 7), excerpts, strict=True)]

    groups = fold([wording(*text) for text in texts])

    assert groups == ((0, 1), (2,))
    assert fold([wording(*text) for text in texts[1:]]) == ((0, 1),)


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("RPT-Acme to invest $1.5 bln in harbours", "Acme to invest $1.5 bln in harbours"),
        ("CORRECTING and REPLACING Acme names a new captain", "Acme names a new captain"),
        ("Acme to build ships and harbours (Ld)", "Acme to build ships and harbours"),
        ("Update your harbour now, says Acme", "Update your harbour now, says Acme"),
        ("Acme | News", "Acme | News"),
    ],
)
def test_headlines_lose_marks_but_no_words(title: str, plain: str) -> None:
    assert plain_headline(title) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harbours of the world: an introduction", "Harbours of the world: how to sail there"),
        ("Harbours of the world", "Harbours of the world 2"),
        ("Harbours of the world, part 1/2", "Harbours of the world, part 2/2"),
    ],
)
def test_parts_of_a_series_share_an_excerpt_but_are_no_copies(one: str, other: str) -> None:
    assert not are_reprints(wording(one, RELEASE, "harbour.example"), wording(other, RELEASE, "harbour.example"))


HEADLINES = st.lists(
    st.sampled_from(["Acme", "opens", "Harbour", "to", "all", "2", "customers", "today", "–"]), max_size=7
).map(" ".join)
EXCERPTS = st.sampled_from(
    ["", RELEASE, RELEASE[:100], "WIRE (BUSINESS WIRE) " + RELEASE, "Nothing of the kind was said."]
)
PIECES = st.builds(wording, HEADLINES, EXCERPTS, st.sampled_from(["", "herald.example", "wire.example"]))


@given(PIECES, PIECES)
def test_being_a_copy_goes_both_ways_and_the_same_text_is_one(one: Wording, other: Wording) -> None:
    assert are_reprints(one, other) == are_reprints(other, one)
    if len(one.headline) >= 4:
        assert are_reprints(one, one)
    assert 0.0 <= excerpt_overlap(one, other) == excerpt_overlap(other, one) <= 1.0


@given(st.lists(PIECES, max_size=7))
def test_folding_loses_no_piece_and_every_copy_is_one_of_the_first(pieces: list[Wording]) -> None:
    groups = fold(pieces)
    assert sorted(place for group in groups for place in group) == list(range(len(pieces)))
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    for group in groups:
        assert list(group) == sorted(group)
        assert all(are_reprints(pieces[group[0]], pieces[place]) for place in group[1:])
    firsts = [group[0] for group in groups]
    for place, first in enumerate(firsts):
        assert not any(are_reprints(pieces[before], pieces[first]) for before in firsts[:place])


@pytest.mark.parametrize("mark", ["UPDATE 1-", "RPT-", "CORRECTED: ", "Exclusive - ", "REFILE-", "Wrapup 3- "])
@pytest.mark.parametrize("tail", ["", " | The Springfield Herald", " (Lead)", " (updates)"])
def test_no_mark_of_an_editor_makes_a_new_text(mark: str, tail: str) -> None:
    title = "Acme Storage opens Harbour® to all customers"
    assert plain_headline(f"{mark}{title}{tail}") == "Acme Storage opens Harbour to all customers"
    assert are_reprints(wording(title, ""), wording(f"{mark}{title}{tail}", RELEASE))


@pytest.mark.parametrize("title", ["Acme ships", "One | Two", "Update", "Exclusive offers for all", "", "   "])
def test_a_headline_is_never_cut_to_nothing(title: str) -> None:
    assert plain_headline(title).split() == title.split()
