"""What a view picks: words, one facet, removed stories only when asked for."""

import pytest

from tests.deck.test_deck import deck_of
from tests.stories import story
from tui.deck.view import Facet, View, fold, pick
from tui.model import Topic

DECK = deck_of(
    story("1.md", "2021-01-05 10:00", title="Café Société opens", outlet="CNET", topics=("Azure",)),
    story("2.md", "2021-01-04 10:00", title="Nothing", excerpt="about a startup", outlet="ZDNet", kind="video"),
    story("3.md", "2021-01-03 10:00", title="Startup lists", outlet="CNET", topics=("Storage",)),
    story("4.md", "2021-01-02 10:00", title="Gone startup", removed=True),
    topics=(Topic("Azure"), Topic("Storage", "Azure")),
)


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        (View(), ["1.md", "2.md", "3.md"]),
        (View("startup"), ["2.md", "3.md"]),
        (View("STARTUP cnet"), ["3.md"]),
        (View("cafe societe"), ["1.md"]),
        (View("café"), ["1.md"]),
        (View("storage"), ["3.md"]),
        (View("startup is:removed"), ["4.md"]),
        (View("no such words"), []),
        (View(facet=Facet("topic", "azure")), ["1.md", "3.md"]),
        (View(facet=Facet("outlet", "CNET")), ["1.md", "3.md"]),
        (View(facet=Facet("kind", "video")), ["2.md"]),
        (View("startup", Facet("outlet", "CNET")), ["3.md"]),
    ],
)
def test_a_view_shows(view: View, shown: list[str]) -> None:
    assert [DECK.story(doc).id for doc in pick(DECK, view)] == shown


def test_picking_ends_when_told_to() -> None:
    assert len(pick(DECK, View(), lambda: True)) == 0


@pytest.mark.parametrize(("text", "folded"), [("ÉTÉ", "ete"), ("Straße", "strasse"), ("ﬁx", "fix"), ("Plain", "plain")])
def test_folding_forgets_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded
