"""Short ways to make stories and coverage for tests."""

from datetime import UTC, datetime

from tui.model import Coverage, Outlet, Story


def at(text: str) -> datetime:
    """A UTC time from `2020-02-26 16:55`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def story(
    id: str,
    when: str | None = "2020-02-26 16:55",
    *,
    title: str = "",
    url: str = "",
    outlet: str = "Ars Technica",
    topics: tuple[str, ...] = (),
    kind: str = "article",
    excerpt: str = "",
    related: tuple[Coverage, ...] = (),
    removed: bool = False,
) -> Story:
    """A story; `when` is in UTC, None for undated."""
    return Story(
        id=id,
        title=title or f"Title of {id}",
        url=url or f"https://example.org/{id}",
        outlet=Outlet(outlet, "example.org"),
        published_at=at(when) if when else None,
        time_known=when is not None,
        topics=topics,
        kind=kind,
        excerpt=excerpt,
        related=related,
        removed=removed,
    )


def coverage(url: str, when: str | None = None, *, title: str = "A piece", outlet: str = "CNET") -> Coverage:
    """A piece of coverage; with no `when` its time is unknown, with a bare date only the date is known."""
    return Coverage(
        title=title,
        url=url,
        outlet=Outlet(outlet, "cnet.com"),
        published_at=at(when) if when else None,
        time_known=when is not None and ":" in when,
    )
