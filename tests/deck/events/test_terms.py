import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.deck.events.terms import marked_words, prose_of, spelled, stem, terms_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("launches new harbours", "launched a new harbour"),
        ("acquiring a rival", "acquires rivals"),
        ("Acme’s price", "Acme's prices"),
        ("a $1.5 bln plan", "a $1.5 billion plan"),
        ("2 million users", "2 mln user"),
        ("UK datacentres", "British datacenter"),
        ("Peru: a new data center", "Peruvian new data-centre"),
        ("Data centers and Data Centres", "datacenters, datacentre"),
        ("Peru's president", "Peruvian president"),
        ("Dutch harbours in the EU", "the Netherlands: harbours in Europe"),
        ("Burmese army", "Myanmar's army"),
        ("Organisation realises", "organization realizes"),
        ("São Tomé", "Sao Tome"),
        ("The Harbour OF Lisbon", "harbour, Lisbon"),
    ],
)
def test_ways_to_say_the_same_meet(one: str, other: str) -> None:
    assert terms_of(one) == terms_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Azure", "Azores"),
        ("Redis", "red"),
        ("$1.5 million", "$1.5 billion"),
        ("Boss", "Bose"),
        ("Niger", "Nigeria"),
        ("Austria", "Australia"),
        ("10,000", "10,001"),
        ("a medical center", "datacenter"),
    ],
)
def test_different_names_and_sums_stay_apart(one: str, other: str) -> None:
    assert set(terms_of(one)).isdisjoint(terms_of(other))


def test_scripts_without_blanks_can_be_compared() -> None:
    assert set(terms_of("東京で大きな地震")) & set(terms_of("大きな地震が東京を襲う")) >= {"東京", "地震"}


def test_names_are_told_from_words_by_their_capital_inside_sentences() -> None:
    prose = prose_of("Storms hit the harbour of Lisbon, says Acme Storage. Nobody was hurt")

    assert {"lisbon", "acme", "storag"} <= prose.named
    assert {"harbour", "say"} <= prose.plain
    assert "storm" not in prose.named | prose.plain


@given(st.text(max_size=200))
def test_any_text_can_be_cut_into_words_and_put_together_again(text: str) -> None:
    parts = marked_words(text)

    assert "".join(part for part, _ in parts) == text
    assert len(spelled(terms_of(text), text)) == len(terms_of(text))
    assert prose_of(text).terms == frozenset(terms_of(text))


@given(st.text(alphabet=st.characters(categories=["Ll"], max_codepoint=127), min_size=1, max_size=20))
def test_stems_keep_at_least_the_beginning_of_a_word(word: str) -> None:
    assert len(stem(word)) >= min(len(word), 2)
