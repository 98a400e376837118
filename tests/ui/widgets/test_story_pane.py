"""What a query finds in a story that is shown, however long the story is."""

from collections.abc import Sequence

from msgspec.structs import replace
from textual.app import App, ComposeResult

from tests.stories import story
from tests.ui.widgets.test_story_lines import alone, covered
from tui.deck.query.ast import EVERYTHING
from tui.deck.query.parse import parse
from tui.text.html import body_blocks
from tui.ui.widgets.lines import MATCH, Line
from tui.ui.widgets.story_content import StoryContent
from tui.ui.widgets.story_pane import StoryPane


class RecordingPane(StoryPane):
    """Counts how often the story is laid out."""

    layouts = 0

    def layout_lines(self, width: int) -> Sequence[Line]:
        self.layouts += 1
        return super().layout_lines(width)

    @property
    def found(self) -> list[str]:
        """What is shown as found, from top to bottom of what is in sight."""
        lines = (self.line_at(y) for y in range(self.size.height))
        return [text for line in lines for text, style in line.spans if style == MATCH]


class PaneApp(App[None]):
    def compose(self) -> ComposeResult:
        yield RecordingPane(id="story")


async def test_a_query_that_is_typed_on_is_found_in_the_story_without_laying_it_out_again() -> None:
    app, content = PaneApp(), alone(covered())
    async with app.run_test(size=(60, 30)):
        pane = app.query_one(RecordingPane)
        pane.show(content)
        before = pane.layouts
        for query, found in (("cli", {"cli"}), ("client", {"client"}), ("nowhere", set())):
            pane.show(replace(content, expr=parse(query).expr), keep_place=True)
            assert set(pane.found) == found
        pane.show(replace(content, expr=EVERYTHING), keep_place=True)
        assert pane.found == []
        assert pane.layouts == before


async def test_what_comes_to_a_story_later_is_laid_out() -> None:
    app, content = PaneApp(), alone(story("a.md"))
    async with app.run_test(size=(60, 30)):
        pane = app.query_one(RecordingPane)
        pane.show(content)
        pane.show(replace(content, body=body_blocks("A body.", "markdown")), keep_place=True)
        shown = ["".join(text for text, _style in pane.line_at(y).spans) for y in range(30)]
        assert " A body." in shown


async def test_matches_are_stepped_through_over_what_is_out_of_sight() -> None:
    words = [f"word{n}" for n in range(300)]
    words[40] = words[250] = "needle"
    told = story("a.md", excerpt="\n".join(words))
    content: StoryContent = replace(alone(told), expr=parse("needle").expr)
    app = PaneApp()
    async with app.run_test(size=(60, 10)):
        pane = app.query_one(RecordingPane)
        pane.show(content)
        assert pane.found == []
        tops = []
        for _ in range(2):
            assert pane.step_match(1)
            assert pane.found == ["needle"]
            tops.append(pane.top)
        assert tops[1] - tops[0] == 210
        assert not pane.step_match(1)
        assert pane.step_match(-1)
        assert pane.top == tops[0]
        assert not pane.step_match(-1)
