"""Stories as plain records for JSON and CSV: flat, every key always there, what is unknown is None."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Protocol

from tui.deck.deck import coverage_count
from tui.deck.events.coverage import CoverageRow
from tui.deck.events.events import Event, Events
from tui.export.coverage import lag_minutes, listed_coverage
from tui.model import Problem, Story
from tui.text.urls import host_of

Record = dict[str, object]

STORY_KEYS = (
    "id", "title", "url", "outlet", "domain", "published_at", "kind", "topics", "quality", "heat", "published",
    "excerpt", "coverage_count", "event_id", "event_size", "read", "starred",
)  # fmt: skip
"""The keys of the record of a story, in order."""


class KnownMarks(Protocol):
    """What is asked of the reader's marks."""

    def is_unread(self, story: Story, event: Event | None) -> bool:
        """Whether there is something new to read in the story or its event."""

    def is_starred(self, story: Story) -> bool:
        """Whether the reader starred the story."""


class Recorder:
    """Makes records of the stories of a deck whose `events` have been found; `marks` knows what was read."""

    def __init__(self, events: Events, marks: KnownMarks) -> None:
        self._events = events
        self._marks = marks

    def story(self, story: Story) -> Record:
        """A story, without its coverage."""
        event = self._events.of_story(story.id)
        return {
            "id": story.id,
            "title": story.title,
            "url": story.url or None,
            "outlet": story.outlet.name or None,
            "domain": story.outlet.domain or host_of(story.url) or None,
            "published_at": utc_text(story.published_at),
            "kind": story.kind or None,
            "topics": list(story.topics),
            "quality": story.quality,
            "heat": story.heat,
            "published": story.published,
            "excerpt": story.excerpt or None,
            "coverage_count": coverage_count(story),
            "event_id": event.id if event is not None else None,
            "event_size": event.outlets if event is not None else None,
            "read": not self._marks.is_unread(story, event),
            "starred": self._marks.is_starred(story),
        }

    def covered(self, story: Story) -> Record:
        """A story with what its card lists as related: the same event first, then what is similar."""
        return {**self.story(story), "coverage": coverage_records(listed_coverage(self._events, story))}


def coverage_records(rows: Iterable[CoverageRow]) -> list[Record]:
    """Rows of coverage, as `tui.export.coverage` gives them; a row that stands for the story itself is left out."""
    return [_coverage_record(row) for row in rows if not row.this_story]


def utc_text(moment: datetime | None) -> str | None:
    """An aware time as ISO 8601 in UTC, to the second."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def problem_record(problem: Problem) -> Record:
    """A problem of a file; line and column are None where they do not apply."""
    return {
        "file": problem.file,
        "line": problem.line or None,
        "column": problem.column or None,
        "field": problem.field or None,
        "rule": problem.rule,
        "severity": problem.severity,
        "message": problem.message,
    }


def _coverage_record(row: CoverageRow) -> Record:
    return {
        "title": row.title,
        "url": row.url or None,
        "outlet": row.outlet or None,
        "domain": row.domain or host_of(row.url) or None,
        "published_at": utc_text(row.published_at),
        "relation": row.relation.value,
        "lag_minutes": lag_minutes(row),
        "reprint_of": row.reprint_of or None,
        "id": row.story_id,
    }
