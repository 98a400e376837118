"""What kind of happening a headline tells, and whether it says itself that it tells of several or of a part."""

import re
from collections.abc import Iterable

from tui.deck.events.terms import stem

_WORDS_BY_KIND = {
    "purchase": "acquire buy takeover merger",
    "earnings": "earnings quarter quarterly revenue results profit q1 q2 q3 q4 eps fiscal",
    "outage": "outage downtime disruption disrupted offline restored",
    "attack": "breach hack hacker vulnerability exploit attack attacker ransomware stolen malware",
    "court": "judge court lawsuit sues sued ruling appeal protest injunction",
    "partnership": "partner partnership collaborate collaboration alliance team agreement deal",
    "availability": "available availability marketplace",
    "preview": "preview beta",
    "award": "award named earn achieve certification certified status specialization competency winner win finalist",
    "appointment": "appoint hire ceo joins board",
    "bargain": "sale save discount bundle bootcamp",
    "market report": "market forecast cagr share trends outlook",
    "retirement": "retire deprecated retirement",
    "investment": "raise funding series invest investment",
    "place": "region datacenter center zone",
    "lesson": "course training learn exam tutorial guide webinar",
}
_KIND_BY_WORD = {stem(word): kind for kind, words in _WORDS_BY_KIND.items() for word in words.split()}


def happenings_in(terms: Iterable[str]) -> frozenset[str]:
    """The kinds of happening that the stemmed `terms` of a headline name; empty where none is known."""
    return frozenset(_KIND_BY_WORD[term] for term in terms if term in _KIND_BY_WORD)


_DIGEST = re.compile(
    r"\b(?:round-?up|recap|digest|newsletter|weekly|this week in|week in review|the week in|briefing|news of the"
    r"|in brief|in case you missed|(?:dow jones|wall street|stock market|stocks?) (?:news|today|wrap)|top \d+"
    r"|\d+ (?:biggest|top|best|things|ways|reasons|takeaways)|podcast"
    r"|(?:\d{1,2}|top|biggest|all the) (?:[\w-]+ ){0,3}announcements|announcements at a glance"
    r"|everything (?:[\w-]+ ){0,2}announced)\b"
    r"|\(\d{4}-\d\d-\d\d\)$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:part|episode|ep|chapter|vol|volume|lesson|module|day|week|season)\W{0,2}(\d{1,3})\b", re.IGNORECASE
)

_REPORT = re.compile(
    r"\bmarkets?\b.*\b(?:analysis|cagr|estimates|forecast|outlook|report|research|size|trends|20[2-9]\d)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_market_report(title: str) -> bool:
    """Whether a headline is that of a market report, of which one house writes hundreds from one template."""
    return _REPORT.search(title) is not None


def is_digest(title: str) -> bool:
    """Whether a headline says that its piece tells of several happenings."""
    return _DIGEST.search(title) is not None


def part_of(title: str) -> str:
    """The number of the part of a series that a headline names (`Part 2`), empty without one."""
    found = _PART.search(title)
    return found.group(1) if found else ""
