"""Pieces that carry one text: folded into its first, unfolded in place, and each of them to be opened."""

import msgspec
from msgspec.structs import replace

from tests.stories import coverage
from tests.ui.widgets.test_story_lines import alone, covered, page
from tui.model import Outlet
from tui.ui.widgets.story_content import StoryContent


def copied() -> StoryContent:
    """A story whose event has a text at three outlets, and one at a single outlet."""
    copies = [
        msgspec.structs.replace(
            coverage(f"https://{name}.example/a", f"2020-02-{when}", title="Intruder takes the list of all clients"),
            outlet=Outlet(name, f"{name}.example"),
            excerpt="An intruder has got hold of the client list of Clearview, says the startup to its clients.",
        )
        for name, when in (("Wire", "26 17:30"), ("Herald", "26 17:31"), ("Gazette", "27 17:30"))
    ]
    return alone(covered(*copies))


def outlets_in(content: StoryContent) -> list[str]:
    return [target.outlet for target in content.targets if target.row is not None]


def test_copies_of_a_text_unfold_below_its_first_row_in_place_and_each_opens() -> None:
    folded = copied()
    assert outlets_in(folded) == ["The Daily Beast", "CNET", "Wire"]
    assert " 3  17:30 +2:31     Wire ▸ ×3" in page(folded)
    wire = next(row for row in folded.rows if row.outlet == "Wire")
    unfolded = replace(folded, unfolded=frozenset({wire.url}))
    assert outlets_in(unfolded) == ["The Daily Beast", "CNET", "Wire", "Herald", "Gazette"]
    lines = page(unfolded).splitlines()
    at = lines.index(" 3  17:30 +2:31     Wire ▾ ×3")
    assert [line for line in lines[at:] if "+" in line] == [
        " 3  17:30 +2:31     Wire ▾ ×3", " 4  17:31 +2:32       Herald", " 5  17:30 +1 d 2 h    Gazette",
    ]  # fmt: skip
    for row in unfolded.rows[2:]:
        original = unfolded.with_copies(row)
        assert original is not None
        assert original.url == wire.url
        assert folded.target_like(original) == 3
    assert unfolded.with_copies(unfolded.rows[0]) is None


def test_in_the_view_by_outlets_each_outlet_opens_also_one_that_only_copied() -> None:
    content = replace(copied(), view="outlets")
    assert outlets_in(content) == ["The Daily Beast", "CNET", "Wire", "Herald", "Gazette"]
