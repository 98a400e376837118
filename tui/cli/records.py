"""Stories as plain records for JSON and CSV: flat, every key always there, what is unknown is None."""

from datetime import UTC, datetime

from tui.deck.coverage import Row as CoverageRow
from tui.deck.coverage import StoryCoverage, coverage_of
from tui.deck.deck import coverage_count
from tui.deck.events import Events, Relation
from tui.model import Problem, Story
from tui.session import Marking
from tui.text.urls import host_of

Record = dict[str, object]


class Recorder:
    """Makes records of the stories of a deck whose `events` have been found; `marking` knows what was read."""

    def __init__(self, events: Events, marking: Marking) -> None:
        self._events = events
        self._marking = marking

    def story(self, story: Story) -> Record:
        """A story, without its coverage."""
        event = self._events.of_story(story.id)
        return {
            "id": story.id,
            "title": story.title,
            "url": story.url or None,
            "outlet": story.outlet.name or None,
            "domain": story.outlet.domain or host_of(story.url) or None,
            "published_at": _utc(story.published_at),
            "kind": story.kind or None,
            "topics": list(story.topics),
            "quality": story.quality,
            "heat": story.heat,
            "published": story.published,
            "excerpt": story.excerpt or None,
            "coverage_count": coverage_count(story),
            "event_id": event.id if event is not None else None,
            "event_size": event.outlets if event is not None else None,
            "read": not self._marking.is_unread(story, event),
            "starred": self._marking.is_starred(story),
        }

    def covered(self, story: Story) -> Record:
        """A story with what covers it: the same event in time order, then what is later, then background."""
        return {**self.story(story), "coverage": self.coverage(story)}

    def coverage(self, story: Story) -> list[Record]:
        """The pieces that cover a story, the story itself left out."""
        rows = covering(coverage_of(self._events, story))
        return [_coverage_record(row) for row in rows if not row.this_story]


def covering(told: StoryCoverage) -> tuple[CoverageRow, ...]:
    """All rows of a story's coverage in the order to print them; the story itself is among them."""
    return (*told.timeline, *told.undated, *told.later, *told.background)


def lag_minutes(row: CoverageRow) -> int | None:
    """Minutes from the first known time of the event; None outside the event and for unknown times."""
    known = row.lag is not None and row.relation is Relation.SAME_EVENT
    return int(row.lag.total_seconds() // 60) if known and row.lag is not None else None


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
        "published_at": _utc(row.published_at),
        "relation": row.relation.value,
        "lag_minutes": lag_minutes(row),
        "reprint_of": row.reprint_of or None,
        "id": row.story_id,
    }


def _utc(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
