"""What kind of happening a headline tells: a purchase, an outage. Two kinds are rarely one event."""

from collections.abc import Iterable

from tui.deck.terms import stem

_WORDS_BY_KIND = {
    "purchase": "acquire buy takeover merger purchase",
    "earnings": "earnings quarter quarterly revenue results profit q1 q2 q3 q4 eps fiscal",
    "outage": "outage downtime disruption disrupted offline down restored",
    "attack": "breach hack hacker vulnerability exploit attack attacker ransomware stolen malware",
    "court": "judge court lawsuit sues sued ruling appeal protest injunction watchdog",
    "partnership": "partner partnership collaborate collaboration alliance team agreement deal",
    "availability": "available availability marketplace",
    "preview": "preview beta",
    "award": "award recognized recognised named earn achieve certification certified status specialization "
    "competency winner win finalist",
    "appointment": "appoint hire ceo joins board",
    "bargain": "sale save discount bundle",
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
