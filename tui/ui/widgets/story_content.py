"""What the story pane shows of a story, and everything in it that can be opened; pure."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Literal

import msgspec

from tui.deck.days import local_day
from tui.deck.events.coverage import CoverageRow, StoryCoverage, by_outlet, fold_reprints, related_rows
from tui.deck.outlets import NAMED, Bylines
from tui.deck.query.ast import EVERYTHING, Expr
from tui.model import Story
from tui.text.blocks import Body

CoverageView = Literal["timeline", "outlets", "headlines"]
COVERAGE_VIEWS: tuple[CoverageView, ...] = ("timeline", "outlets", "headlines")

SectionName = Literal["event", "undated", "later", "background", "related"]


class Section(msgspec.Struct, frozen=True):
    """Rows of coverage under one heading; `open` is false where only the heading is shown."""

    name: SectionName
    title: str
    rows: tuple[CoverageRow, ...]
    open: bool = True
    foldable: bool = False


class Target(msgspec.Struct, frozen=True):
    """Something in the story pane to choose.

    A link has a `url`, perhaps the card it belongs to in `story_id`; a heading that folds has its `section`. `row` is
    the coverage row behind it, if there is one.
    """

    url: str = ""
    title: str = ""
    outlet: str = ""
    domain: str = ""
    story_id: str | None = None
    row: CoverageRow | None = None
    section: SectionName | None = None


class StoryContent(msgspec.Struct, frozen=True, dict=True):
    """A story with its coverage and, once it has been read, its body and what it lists.

    `now` is the moment that ages count from, `zone` the reader's time zone (None for the system's). `opened` are
    the folded sections that were opened; `everything` opens all of them. `fresh` are the links of pieces that came
    after the story was read. `note` is what the reader wrote about it. `unfolded` are the links of the rows whose
    copies are shown below them. `has_others` says whether any card of the folder lists what others published,
    `bylines` who tells its stories.
    """

    story: Story
    coverage: StoryCoverage | None
    now: datetime
    zone: tzinfo | None = None
    body: Body | None = None
    items: tuple[Story, ...] = ()
    view: CoverageView = "timeline"
    opened: frozenset[SectionName] = frozenset()
    everything: bool = False
    expr: Expr = EVERYTHING
    fresh: frozenset[str] = frozenset()
    note: str = ""
    unfolded: frozenset[str] = frozenset()
    has_others: bool = True
    bylines: Bylines = NAMED

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The coverage, arranged."""
        return tuple(self._arrange())

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Everything that can be opened, numbered from top to bottom."""
        return tuple(self._number())

    @cached_property
    def _target_numbers(self) -> dict[int, int]:
        numbered = ((id(target.row), number) for number, target in enumerate(self.targets) if target.row is not None)
        return dict(numbered)

    @cached_property
    def _row_places(self) -> dict[int, int]:
        return {id(row): place for place, row in enumerate(self.rows)}

    @cached_property
    def _originals(self) -> dict[int, CoverageRow]:
        """For each copy in sight, by its identity, the row whose text it carries."""
        rows = (row for section in self.sections for row in section.rows if (row.url or row.title) in self.unfolded)
        return {id(copy): row for row in rows for copy in row.reprints}

    @property
    def rows(self) -> tuple[CoverageRow, ...]:
        """The coverage rows in sight, in order, without the story itself; the first ten open by digit."""
        return tuple(row for section in self.sections if section.open for row in section.rows if not row.this_story)

    @property
    def first_link(self) -> int:
        """The number that the first link of the body has: they are numbered on behind the coverage rows in sight."""
        return len(self.rows) + 1

    @property
    def links(self) -> tuple["Target", ...]:
        """The links of the body, in order."""
        count = len(self.body.links) if self.body else 0
        return self.targets[len(self.targets) - count :] if count else ()

    @property
    def first_item(self) -> int:
        """The number of the target of the first listed card."""
        return len(self.targets) - len(self.items) - (len(self.body.links) if self.body else 0)

    def target_of(self, row: CoverageRow) -> int | None:
        """The number of the target of a coverage row."""
        return self._target_numbers.get(id(row))

    def target_like(self, row: CoverageRow) -> int | None:
        """The number of the target of the same piece, however it is folded."""
        same = (row.url, row.title)
        found = (n for n, each in enumerate(self.targets) if each.row and (each.url, each.title) == same)
        return next(found, None)

    def place_of(self, row: CoverageRow) -> int | None:
        """Which of `rows` a row is, counted from 0."""
        return self._row_places.get(id(row))

    def is_copy(self, row: CoverageRow) -> bool:
        """Whether a row stands below the one whose text it carries."""
        return id(row) in self._originals

    def with_copies(self, row: CoverageRow) -> CoverageRow | None:
        """The row that has a text with its copies, for it or one of them; None for a text without any."""
        original = self._originals.get(id(row), row)
        return original if original.reprints else None

    def target_of_section(self, name: SectionName) -> int | None:
        """The number of the target of a heading that folds."""
        return next((number for number, target in enumerate(self.targets) if target.section == name), None)

    def _arrange(self) -> Sequence[Section]:
        coverage = self.coverage
        if coverage is None:
            related = related_rows(self.story)
            return (Section("related", "Related · finding which are the same event…", related),) if related else ()
        found = []
        if len(coverage.timeline) + len(coverage.undated) > 1:
            by_outlets = self.view == "outlets"
            outlets = tuple(entry.first for entry in by_outlet(coverage.timeline)) if by_outlets else ()
            found.append(Section("event", "", outlets or self._unfolded(coverage.timeline)))
            if coverage.undated:
                rows = self._unfolded(coverage.undated)
                found.append(Section("undated", f"Time unknown · {len(coverage.undated)}", rows))
        for name, title, rows in (
            ("later", "Later, similar", coverage.later),
            ("background", "Background, similar", coverage.background),
        ):
            if rows:
                rows = tuple(sorted(rows, key=self._age, reverse=name == "later"))
                is_open = self.everything or name in self.opened
                found.append(Section(name, f"{title} · {len(rows)}", rows, is_open, foldable=True))  # type: ignore[arg-type]
        return found

    def _unfolded(self, rows: Sequence[CoverageRow]) -> tuple[CoverageRow, ...]:
        """The first row of each text, with its copies below it where it is unfolded."""
        found: list[CoverageRow] = []
        for row in fold_reprints(rows):
            found.append(row)
            if (row.url or row.title) in self.unfolded:
                found += row.reprints
        return tuple(found)

    def _age(self, row: CoverageRow) -> tuple[float, float]:
        """What grows with the age of a piece by the reader's clock; a date alone is the earliest of its day."""
        day = local_day(row.published_at, row.time_known, self.zone)
        if day is None or row.published_at is None:
            return (0.0, 0.0)
        return (0.0 - day.toordinal() + (0.0 if row.time_known else 0.5), -row.published_at.timestamp())

    def _number(self) -> Sequence[Target]:
        story = self.story
        found = [Target(story.url, story.title, story.outlet.name, story.outlet.domain, story.id)]
        for section in self.sections:
            if section.foldable:
                found.append(Target(title=section.title, section=section.name))
            if section.open:
                found += [
                    Target(row.url, row.title, row.outlet, row.domain, row.story_id, row)
                    for row in section.rows
                    if not row.this_story
                ]
        for listed in self.items:
            found.append(Target(listed.url, listed.title, listed.outlet.name, listed.outlet.domain, listed.id))
        for url in self.body.links if self.body else ():
            found.append(Target(url, url, story.outlet.name, story.outlet.domain))
        return found
