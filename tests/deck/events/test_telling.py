"""Words of a deck and of what arrived later count as if all had been counted at once."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deck.events.event_stories import MORNING, story
from tui.deck.events.pieces import Piece, gather
from tui.deck.events.telling import TELLING_HOURS, MergedTerms, count_terms

WORDS = ("Zephyrion", "Quillon", "Lisbon", "Porto")
TURN = -(MORNING.timestamp() / 3600 % TELLING_HOURS)
"""Where new days of telling begin, in the hours of `story`."""
HOURS = st.none() | st.integers(-2, 2).map(lambda days: TURN + days * TELLING_HOURS) | st.floats(-400, 400)
CARDS = st.lists(st.tuples(st.sets(st.sampled_from(WORDS), min_size=1), HOURS), max_size=8)


def pieces(cards: Sequence[tuple[set[str], float | None]], name: str) -> Sequence[Piece]:
    return gather([story(f"{name}{n}", " ".join(sorted(words)), at) for n, (words, at) in enumerate(cards)], {}).pieces


@given(CARDS, CARDS)
def test_terms_counted_in_two_parts_count_as_those_counted_at_once(
    before: list[tuple[set[str], float | None]], later: list[tuple[set[str], float | None]]
) -> None:
    parts = pieces(before, "a"), pieces(later, "b")
    merged = MergedTerms(*map(count_terms, parts))
    whole = count_terms([*parts[0], *parts[1]])
    for term in whole.ranks:
        assert merged.told(term) == pytest.approx(whole.told(term))
        assert merged.total(term) == whole.total(term)
        assert (merged.named(term), merged.plain(term)) == (whole.named(term), whole.plain(term))
        for piece in (*parts[0], *parts[1]):
            if piece.hours is not None:
                assert merged.around(term, piece.hours) == whole.around(term, piece.hours)
    for most in range(4):
        expected = {term for term in whole.ranks if 2 <= len(whole.ranks[term]) <= most}
        assert set(merged.repeated(whole.ranks.keys(), most)) == expected
        assert set(whole.repeated(whole.ranks.keys() | {"unheard"}, most)) == expected
