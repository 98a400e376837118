"""How a story is laid out for reading: headline, facts, link, excerpt, body and coverage as lines; pure."""

from datetime import datetime, timedelta, tzinfo

from tui.clock import age, duration
from tui.model import Story
from tui.text.wording import long_time
from tui.ui.widgets.body_lines import body_lines
from tui.ui.widgets.coverage_lines import coverage_lines
from tui.ui.widgets.lines import BLANK, Line, cut, rule, styled, wrap, wrap_facts, wrap_link
from tui.ui.widgets.signs import FOLDED, UNPUBLISHED
from tui.ui.widgets.story_content import StoryContent
from tui.ui.widgets.story_rows import NO_TITLE

_TEXT_WIDTH = 88


def story_lines(content: StoryContent, width: int) -> list[Line]:
    """The whole story at `width` cells; texts are set no wider than is good to read."""
    text_width = min(width - 2, _TEXT_WIDTH)
    lines = [BLANK]
    lines += styled(wrap(content.story.title or NO_TITLE, text_width), "strong", " ")
    lines += _note_lines(content, text_width)
    lines += [BLANK, *_fact_lines(content, text_width), *_link_lines(content, text_width)]
    if content.story.excerpt and not _is_said_below(content):
        lines += [BLANK, *styled(wrap(content.story.excerpt, text_width), "text", " ")]
    lines += coverage_lines(content, width)
    lines += _alone_lines(content, text_width)
    lines += _item_lines(content, text_width)
    lines += body_lines(content, text_width)
    lines.append(BLANK)
    return lines


def _is_said_below(content: StoryContent) -> bool:
    """Whether the body, which follows the excerpt at once, begins with it."""
    if content.body is None or content.sections or content.items:
        return False
    return content.body.begins_with(content.story.excerpt)


def _note_lines(content: StoryContent, width: int) -> list[Line]:
    """What the reader wrote, told apart from what the card says."""
    return styled(wrap(f"Note: {content.note}", width - 2), "note", " ▏ ") if content.note else []


def _fact_lines(content: StoryContent, width: int) -> list[Line]:
    story, details = content.story, content.story.details
    outlet = content.bylines.by(story)
    authors = ", ".join(story.outlet.authors)
    by = f"{outlet} · {authors}" if authors and not authors.startswith(outlet) else authors or outlet
    lines = styled(wrap(by, width), "accent", " ") if by else []
    unpublished = "" if story.published else f" {UNPUBLISHED.drawn}"
    facts = [f"{time_text(story.published_at, story.time_known, content.now, content.zone)}{unpublished}"]
    facts += [story.kind] if story.kind and story.kind != "article" else []
    facts += list(story.topics)
    place = (details.location, details.affiliation.name if details.affiliation else "")
    for told in (facts, detail_texts(story, content.zone), place):
        lines += styled(wrap_facts(told, width), "dim", " ")
    return lines


def time_text(at: datetime | None, known: bool, now: datetime, zone: tzinfo | None) -> str:
    """A time in full with its age: `Wed 26 Feb 2020 16:55 (6 y ago)`; the date alone where only that is known."""
    if at is None:
        return "no date"
    said = long_time(at, known, zone)
    # Within two days of a date alone an age in hours would claim more than is known.
    return f"{said} ({age(at, now)})" if known or abs(now - at) >= timedelta(days=2) else said


def detail_texts(story: Story, zone: tzinfo | None) -> list[str]:
    """What only some kinds of cards have, each in a few words."""
    details = story.details
    texts = []
    if details.starts_at is not None:
        end = f"–{details.ends_at.astimezone(zone):%H:%M}" if details.ends_at else ""
        texts.append(f"starts {long_time(details.starts_at, True, zone)}{end}")
    if details.length_minutes is not None:
        texts.append(f"{duration(timedelta(minutes=details.length_minutes))} long")
    texts.append(details.price)
    texts.extend(details.levels)
    if details.rating is not None:
        count = f" ({details.rating_count:,} ratings)" if details.rating_count else ""
        texts.append(f"{details.rating:.1f} of 5{count}")
    if details.members is not None:
        texts.append(f"{details.members:,} members")
    for name, profile in (("Twitter", details.twitter), ("LinkedIn", details.linkedin)):
        if profile is not None and (profile.name or profile.url):
            texts.append(f"{name}: {profile.name or profile.url}")
    if story.removed:
        texts.append("removed")
    return texts


def _link_lines(content: StoryContent, width: int) -> list[Line]:
    url = content.story.url
    if not url and not content.bylines.names_outlets:
        # Nor has nearly any other card of the folder.
        return []
    if not url:
        return styled(wrap("This card has no link.", width), "dim", " ")
    shown = url.split("://", 1)[-1]
    return styled(wrap_link(shown, width), "link", " ", target=0)


def _alone_lines(content: StoryContent, width: int) -> list[Line]:
    # Of a folder in which nobody lists what others published it is no news.
    if content.coverage is None or content.sections or not content.has_others:
        return []
    return [BLANK, *styled(wrap("No other outlet in this folder tells this.", width), "faint", " ")]


def _item_lines(content: StoryContent, width: int) -> list[Line]:
    if not content.items:
        return []
    lines = [BLANK, rule(cut(f"In this {content.story.kind or 'collection'} · {len(content.items)}", width - 4))]
    first = content.first_item
    for number, story in enumerate(content.items):
        unpublished = "" if story.published else UNPUBLISHED.drawn
        lines += [
            Line((("   " if place else f" {FOLDED.drawn} ", "number"), (text, "head")), first + number)
            for place, text in enumerate(wrap(story.title or NO_TITLE, width - 3))
        ]
        facts = wrap_facts((story.kind, *detail_texts(story, content.zone), unpublished), width - 3)
        lines += [Line((("   ", ""), (text, "dim")), first + number) for text in facts]
    return lines
