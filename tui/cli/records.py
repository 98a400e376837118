"""Stories as plain records for JSON and CSV: flat, every key always there, what is unknown is None."""

from datetime import UTC, datetime

from tui.deck.deck import Deck, coverage_count
from tui.model import Coverage, Problem, Story
from tui.text.urls import host_of

Record = dict[str, object]


def story_record(story: Story) -> Record:
    """A story, without its coverage."""
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
    }


def covered_record(deck: Deck, story: Story) -> Record:
    """A story with what covers it, in time order."""
    pieces = [_coverage_record(row.item) for row in deck.coverage(story) if not row.is_story]
    return {**story_record(story), "coverage": pieces}


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


def _coverage_record(item: Coverage) -> Record:
    return {
        "title": item.title,
        "url": item.url or None,
        "outlet": item.outlet.name or None,
        "domain": item.outlet.domain or host_of(item.url) or None,
        "published_at": _utc(item.published_at),
    }


def _utc(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
