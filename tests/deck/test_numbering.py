"""Equal values have one number, whichever objects they are."""

from hypothesis import given
from hypothesis import strategies as st

from tui.deck.numbering import Numbering


@given(st.lists(st.lists(st.text(alphabet="ab", max_size=2))))
def test_numbers_lead_back_to_equal_values_and_each_value_is_kept_once(groups: list[list[str]]) -> None:
    numbering: Numbering[tuple[str, int]] = Numbering()
    values = [[(text, len(text)) for text in group] for group in groups]
    numbers = [numbering.numbers_of(group) for group in values]
    assert [[numbering.values[number] for number in group] for group in numbers] == values
    assert len(set(numbering.values)) == len(numbering.values)


def test_a_value_is_known_again_after_other_objects_came_and_went() -> None:
    numbering: Numbering[tuple[int, ...]] = Numbering()
    first = numbering.number((1, 2))
    for value in range(3, 300):
        numbering.number((1, value))
    assert numbering.number((1, 2)) == first
    assert len(numbering.values) == 298
