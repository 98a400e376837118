"""The pane that shows one story with its coverage."""

from collections.abc import Mapping, Sequence

from tui.ui.widgets.document_pane import DocumentPane
from tui.ui.widgets.highlit import MatchWalk, highlit
from tui.ui.widgets.lines import Line
from tui.ui.widgets.story_content import SectionName, StoryContent, Target
from tui.ui.widgets.story_lines import story_lines
from tui.ui.widgets.styled_text import advice_lines
from tui.ui.widgets.text_sheet import starts_of

_LAID_OUT = (
    "story", "coverage", "now", "zone", "body", "items", "view", "opened", "everything", "fresh", "note",
    "unfolded", "has_others", "bylines",
)  # fmt: skip
"""What the lines of a content depend on, its query apart."""


class StoryPane(DocumentPane):
    """Shows a `StoryContent`; its targets are the story's link, its coverage, listed cards and links of the body."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.content: StoryContent | None = None
        self._empty: tuple[str, ...] = ()
        self._plain: Sequence[Line] = ()
        self._matches = MatchWalk(self.text)

    def show(self, content: StoryContent, *, keep_place: bool = False) -> None:
        """Show another story from its top, or the same one with more to it or arranged anew (`keep_place`)."""
        chosen, before = self.chosen, self.content
        self.content = content
        if keep_place and before is not None and _same_lines(before, content):
            if before.expr != content.expr:
                self.text.lines = highlit(self._plain, content.expr)
                self.refresh()
            return
        if keep_place and chosen is not None:
            self.cursor = _same_target(content, chosen)
        self.relayout(keep_place=keep_place)

    def show_nothing(self, *advice: str) -> None:
        """Show why there is no story, and what to do about it: a line or paragraph each."""
        self.content = None
        self._empty = advice
        self.relayout(keep_place=False)

    @property
    def chosen(self) -> Target | None:
        """What the cursor is on, or None."""
        if self.content is None or self.cursor is None or self.cursor >= len(self.content.targets):
            return None
        return self.content.targets[self.cursor]

    @property
    def coverage(self) -> tuple[Target, ...]:
        """The coverage rows in sight, in the order shown; the first ten open by digit."""
        return tuple(target for target in self.content.targets if target.row is not None) if self.content else ()

    def step_coverage(self, step: int) -> bool:
        """To the next (1) or previous (-1) coverage row or heading, from wherever the cursor is."""
        content = self.content
        if content is None:
            return False
        rows = [number for number, target in enumerate(content.targets) if target.row or target.section]
        start = -1 if step > 0 else len(rows)
        place = (rows.index(self.cursor) if self.cursor in rows else start) + step
        if not 0 <= place < len(rows):
            return False
        self.go_to(rows[place])
        return True

    def reveal_coverage(self) -> None:
        """Scroll to the coverage where nothing of it is in sight."""
        targets = self.content.targets if self.content is not None else ()
        rows = [number for number, target in enumerate(targets) if target.row is not None]
        self.change(lambda: self.text.reveal(rows))

    def go_to_section(self, name: SectionName) -> None:
        """Put the cursor on the heading of a section that folds."""
        number = self.content.target_of_section(name) if self.content else None
        if number is not None:
            self.go_to(number)

    def step_match(self, step: int) -> tuple[int, int] | None:
        """Scroll to the next (1) or previous (-1) match of the query: its number and how many; None without one."""
        found = self._matches.step(step)
        self.refresh()
        return found

    def layout_lines(self, width: int) -> Sequence[Line]:
        """The story with what the query finds in it, or the advice that stands in for one."""
        if self.content is None:
            self._plain, self.text.leads, self.text.links = advice_lines(self._empty, width), (), {}
            return self._plain
        self._plain = story_lines(self.content, width)
        self.text.leads = [(target.url, target.domain) for target in self.content.targets]
        links = [(target.url, target.domain) for target in self.content.links]
        self.text.links = dict(enumerate(links, self.content.first_link))
        return highlit(self._plain, self.content.expr)

    def target_lines(self, lines: Sequence[Line]) -> Mapping[int, int]:
        """Where each target begins, found without looking for matches in every line."""
        return starts_of(self._plain)


def _same_lines(one: StoryContent, other: StoryContent) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _LAID_OUT)


def _same_target(content: StoryContent, wanted: Target) -> int | None:
    """The number of the target that stands for the same thing in a newer content."""
    for number, target in enumerate(content.targets):
        if (target.section, target.url, target.story_id, target.title) == (
            wanted.section, wanted.url, wanted.story_id, wanted.title,
        ):  # fmt: skip
            return number
    return next(
        (n for n, target in enumerate(content.targets) if target.section and target.section == wanted.section), None
    )
