"""The pane that shows one story with its coverage."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.deck.query.ast import EVERYTHING, Expr
from tui.ui.widgets.document import DocumentPane
from tui.ui.widgets.lines import BLANK, MATCH, Line, Span, marked, styled, wrap
from tui.ui.widgets.story_content import SectionName, StoryContent, Target
from tui.ui.widgets.story_lines import story_lines

if TYPE_CHECKING:
    from tui.deck.search.highlights import Highlights

_LAID_OUT = ("story", "coverage", "now", "zone", "body", "items", "view", "opened", "everything", "fresh")
"""What the lines of a content depend on, its query apart."""
_FIELDS = {"strong": "title", "text": "excerpt", "head": "coverage"}
"""In which field of a story a query looks for what is shown in a style."""


class StoryPane(DocumentPane):
    """Shows a `StoryContent`; its targets are the story's link, its coverage, listed cards and links of the body."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.content: StoryContent | None = None
        self._empty: tuple[str, ...] = ()
        self._highlights: Highlights | None = None
        self._highlit: dict[int, Line] = {}

    def show(self, content: StoryContent, *, keep_place: bool = False) -> None:
        """Show another story from its top, or the same one with more to it or arranged anew (`keep_place`)."""
        chosen, before = self.chosen, self.content
        self.content = content
        self._highlights = _highlights_of(content.expr)
        if keep_place and before is not None and _same_lines(before, content):
            if before.expr != content.expr:
                self._highlit = {}
                self.refresh()
            return
        if keep_place and chosen is not None:
            self.cursor = _same_target(content, chosen)
        self.relayout(keep_place=keep_place)

    def show_nothing(self, *advice: str) -> None:
        """Show why there is no story, and what to do about it: a line or paragraph each."""
        self.content = None
        self._highlights = None
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

    def go_to_section(self, name: SectionName) -> None:
        """Put the cursor on the heading of a section that folds."""
        number = self.content.target_of_section(name) if self.content else None
        if number is not None:
            self.go_to(number)

    def step_match(self, step: int) -> bool:
        """Scroll to the next (1) or previous (-1) line with a match of the query; whether there is one."""
        ahead = range(self.top + step, len(self._lines) if step > 0 else -1, step)
        goal = next((number for number in ahead if self._has_match(number)), None)
        if goal is None:
            return False
        self.scroll_lines(goal - self.top)
        return True

    def _has_match(self, number: int) -> bool:
        return any(style == MATCH for _text, style in self._line(number).spans)

    def line_at(self, y: int) -> Line:
        """The line at row `y`, with what the query finds in it."""
        number = self.top + y
        return self._line(number) if number < len(self._lines) else BLANK

    def _line(self, number: int) -> Line:
        """A line of the text; matches are looked for only in what comes into sight."""
        if self._highlights is None:
            return self._lines[number]
        line = self._highlit.get(number)
        if line is None:
            line = self._highlit[number] = _highlighted(self._lines[number], self._highlights)
        return line

    def layout_lines(self, width: int) -> Sequence[Line]:
        """The story, or the advice that stands in for one."""
        self._highlit = {}
        if self.content is not None:
            return story_lines(self.content, width)
        lines = [BLANK]
        for number, text in enumerate(self._empty):
            lines += styled(wrap(text, min(width - 2, 60)), "dim" if number else "head", " ")
            lines.append(BLANK)
        return lines


def _highlights_of(expr: Expr) -> "Highlights | None":
    if expr == EVERYTHING:
        return None
    from tui.deck.search.highlights import Highlights  # not needed before somebody searches

    return Highlights(expr)


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


def _highlighted(line: Line, highlights: "Highlights") -> Line:
    spans: list[Span] = []
    found = False
    for text, style in line.spans:
        field = _FIELDS.get(style)
        places = highlights.spans(text, field) if field else ()
        found = found or bool(places)
        spans += marked(text, style, places)
    return Line(tuple(spans), line.target, line.fill) if found else line
