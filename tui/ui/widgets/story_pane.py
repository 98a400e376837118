"""The pane that shows one story with its coverage."""

from collections.abc import Sequence

from tui.ui.widgets.document import DocumentPane
from tui.ui.widgets.lines import BLANK, Line, styled, wrap
from tui.ui.widgets.story_lines import LinkTarget, StoryContent, story_lines


class StoryPane(DocumentPane):
    """Shows a `StoryContent`; its targets are the story's link, its coverage, listed cards and links of the body."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.content: StoryContent | None = None
        self._empty: tuple[str, ...] = ()

    def show(self, content: StoryContent, *, keep_place: bool = False) -> None:
        """Show another story from its top, or the same one with more to it (`keep_place`)."""
        self.content = content
        self.relayout(keep_place=keep_place)

    def show_nothing(self, *advice: str) -> None:
        """Show why there is no story, and what to do about it: a line or paragraph each."""
        self.content = None
        self._empty = advice
        self.relayout(keep_place=False)

    @property
    def chosen(self) -> LinkTarget | None:
        """What the cursor is on, or None."""
        if self.content is None or self.cursor is None:
            return None
        return self.content.targets[self.cursor]

    @property
    def coverage(self) -> tuple[LinkTarget, ...]:
        """The coverage rows, in the order shown; the first ten open by digit."""
        return tuple(target for target in self.content.targets if target.is_coverage) if self.content else ()

    def step_coverage(self, step: int) -> bool:
        """To the next (1) or previous (-1) coverage row, from wherever the cursor is; whether there is one."""
        count = len(self.coverage)
        here = self.cursor if self.cursor is not None and 1 <= self.cursor <= count else None
        goal = (1 if step > 0 else count) if here is None else here + step
        if not count or not 1 <= goal <= count:
            return False
        self.go_to(goal)
        return True

    def layout_lines(self, width: int) -> Sequence[Line]:
        """The story, or the advice that stands in for one."""
        if self.content is not None:
            return story_lines(self.content, width)
        lines = [BLANK]
        for number, text in enumerate(self._empty):
            lines += styled(wrap(text, min(width - 2, 60)), "dim" if number else "head", " ")
            lines.append(BLANK)
        return lines
