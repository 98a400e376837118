"""Changes that are taken together say the same as the changes one after the other."""

from hypothesis import given
from hypothesis import strategies as st

from tests.stories import story
from tui.cards.protocol import ChangeSet
from tui.model import Story

_IDS = st.sampled_from("abcd")
_Change = tuple[list[str], list[str]]
_CHANGES: st.SearchStrategy[list[_Change]] = st.lists(
    st.tuples(st.lists(_IDS, unique=True), st.lists(_IDS, unique=True)), max_size=8
)


def _stories(ids: list[str], title: str) -> list[Story]:
    return [story(id, title=title) for id in ids]


@given(_CHANGES)
def test_a_folder_after_changes_taken_together_is_the_folder_after_each(changes: list[_Change]) -> None:
    before = {id: story(id, title="before") for id in "abcd"}
    after, together = dict(before), ChangeSet()
    for number, (told, gone) in enumerate(changes):
        stories = _stories(told, f"change {number}")
        for id in gone:
            after.pop(id, None)
        after |= {told.id: told for told in stories}
        together.add(stories, gone)
    kept = {id: known for id, known in before.items() if id not in together.removed}
    assert kept | together.stories == after
    assert not together.stories.keys() & together.removed.keys()


@given(_CHANGES, _CHANGES)
def test_later_changes_may_be_added_as_one(first: list[_Change], then: list[tuple[list[str], list[str]]]) -> None:
    at_once, older, newer = ChangeSet(), ChangeSet(), ChangeSet()
    for part, changes in ((older, first), (newer, then)):
        for number, (told, gone) in enumerate(changes):
            stories = _stories(told, f"change {number}")
            part.add(stories, gone)
            at_once.add(stories, gone)
    older.add(newer.stories.values(), newer.removed)
    assert (older.stories, set(older.removed)) == (at_once.stories, set(at_once.removed))
