"""Equal values have one number, whichever objects they are."""

from hypothesis import given
from hypothesis import strategies as st

from tests.stories import coverage, story
from tui.deck.numbering import Numbering, Renumbering, numbered


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


@given(st.lists(st.lists(st.integers(0, 9))))
def test_numbers_are_given_anew_in_the_order_in_which_they_come_first(groups: list[list[int]]) -> None:
    numbering = Renumbering()
    new = [numbering.of(group) for group in groups]
    assert [[numbering.order[number] for number in group] for group in new] == groups
    assert list(numbering.order) == list(dict.fromkeys(number for group in groups for number in group))


def test_stories_that_are_values_list_equal_pieces_by_one_number() -> None:
    one, other = coverage("https://cnet.com/a"), coverage("https://cnet.com/b")
    stories = numbered((story("a.md", related=(one, other)), story("b.md", related=(coverage("https://cnet.com/b"),))))
    assert [stories.head(doc).id for doc in range(len(stories))] == [each.id for each in stories.heads()]
    assert [list(map(stories.item, stories.listed(doc))) for doc in range(len(stories))] == [[one, other], [other]]
    assert stories.listed(0)[1] == stories.listed(1)[0]
