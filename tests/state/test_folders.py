"""Which folder is which: by content first, then by place."""

import pytest

from tui.state.folders import identify, resemblance, sketch
from tui.state.mark_keys import mark_key, parted_key
from tui.state.values import Folder

NEWS = [f"news/{number}.md" for number in range(1000)]
OTHER = [f"courses/{number}.md" for number in range(1000)]
KNOWN = Folder("one", b"/here", sketch(NEWS))


@pytest.mark.parametrize(
    ("path", "ids", "same"),
    [
        (b"/here", NEWS, True),
        (b"/there", NEWS, True),
        (b"/there", NEWS[:800], True),
        (b"/there", [*NEWS, *OTHER[:300]], True),
        (b"/there", NEWS[:200] + OTHER, False),
        (b"/there", OTHER, False),
        (b"/there", [], False),
        (b"/here", [], True),
        (b"/here", NEWS[:200] + OTHER, True),
        (b"/here", OTHER[:3], True),
        (b"/here", OTHER, False),
    ],
)
def test_a_folder_is_known_again(path: bytes, ids: list[str], same: bool) -> None:
    found = identify([KNOWN], path, sketch(ids))
    assert (found is KNOWN) == same


def test_of_two_alike_the_one_at_the_path_is_meant() -> None:
    copy = Folder("two", b"/copy", sketch(NEWS[:900]))
    assert identify([KNOWN, copy], b"/copy", sketch(NEWS)) is copy
    assert identify([KNOWN, copy], b"/new", sketch(NEWS)) is KNOWN


def test_resemblance_is_told_from_the_sketch() -> None:
    assert resemblance(sketch(NEWS), sketch(NEWS)) == 1
    assert resemblance(sketch(NEWS), sketch(OTHER)) == 0
    assert resemblance(sketch(NEWS), sketch(NEWS[:500])) == pytest.approx(0.5, abs=0.15)


def test_a_story_with_a_link_is_the_same_under_any_name_and_another_one_in_another_folder() -> None:
    url = "https://example.org/a"
    assert mark_key(url, "one", "a.md") == mark_key(url, "one", "renamed.md") != mark_key(url, "two", "a.md")
    assert mark_key("", "one", "a.md") != mark_key("", "two", "a.md")


@pytest.mark.parametrize("key", ["https://example.org/a?b=/c", "in:one/https://example.org/a", "card:one/deep/a.md"])
def test_a_key_says_what_it_was_made_of(key: str) -> None:
    story = parted_key(key)
    assert story.key == key
    assert (bool(story.url), story.folder) == ("https" in key, "one" if ":one/" in key else "")
