import pytest

from tui.deck.events.reprints import are_reprints, fold, plain_headline, wording

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
