"""Says in one line why two pieces were, or were not, taken for one happening."""

from datetime import timedelta

from tui.clock import duration
from tui.deck.events.judge import LONGEST_HOURS, Judge
from tui.deck.events.pieces import Piece, hours_apart, wording_of
from tui.deck.events.reprints import are_reprints
from tui.deck.events.terms import spelled

_RARE_WEIGHT = 0.45
_WORDS_SHOWN = 5
_NAME_WEIGHT = 0.4


def relation_reason(judge: Judge, one: int, other: int, same: bool) -> str:
    """Why the pieces with these numbers are of one event, or why not, ready to show."""
    ours, theirs = judge.table.pieces[one], judge.table.pieces[other]
    apart = _apart(ours, theirs)
    if same:
        return _for(judge, ours, theirs, apart)
    return _against(judge, ours, theirs, apart)


def _for(judge: Judge, ours: Piece, theirs: Piece, apart: str) -> str:
    common = _rare_words(judge, ours, theirs)
    if are_reprints(wording_of(ours), wording_of(theirs)):
        return f"the same text, {apart}"
    linked = judge.probability(ours.number, theirs.number) >= judge.model.threshold
    by_others = "" if linked else "; both agree with the other pieces of the event"
    return f"{_in_common(common)}, {apart}{by_others}"


def _against(judge: Judge, ours: Piece, theirs: Piece, apart: str) -> str:
    hours = hours_apart(ours, theirs)
    if hours is None:
        return "no date to compare"
    if hours > LONGEST_HOURS:
        return f"{apart}, more than {LONGEST_HOURS / 24:.0f} days"
    figures = judge.figures(ours.number, theirs.number)
    words = _in_common(_rare_words(judge, ours, theirs))
    if judge.probability(ours.number, theirs.number) >= judge.model.threshold:
        return f"alike ({words}), but not like the other pieces of the event"
    strangers = _strangers(judge, ours, theirs)
    if figures["other_piece_of_outlet"] and figures["other_piece_alike"]:
        return f"another piece of the same outlet; {words}, {apart}"
    if strangers:
        return f"only one of them names {strangers}; {words}, {apart}"
    return f"{words}, {apart}"


def _rare_words(judge: Judge, ours: Piece, theirs: Piece) -> list[str]:
    shared = [term for term in ours.words.text & theirs.words.text if judge.lexicon.weights[term] >= _RARE_WEIGHT]
    return spelled(sorted(shared, key=lambda term: (-judge.lexicon.name_weights[term], term)), _text(ours))


def _strangers(judge: Judge, ours: Piece, theirs: Piece) -> str:
    found = []
    for one, other in ((ours, theirs), (theirs, ours)):
        missing = [
            term
            for term in frozenset(one.words.headline) - other.words.text
            if judge.lexicon.name_weights[term] >= _NAME_WEIGHT
        ]
        missing.sort(key=lambda term: (-judge.lexicon.name_weights[term], term))
        found.extend(spelled(missing[:1], _text(one)))
    return " and ".join(found)


def _in_common(words: list[str]) -> str:
    if not words:
        return "no rare word in common"
    shown = ", ".join(words[:_WORDS_SHOWN]) + ("..." if len(words) > _WORDS_SHOWN else "")
    return f"{len(words)} rare word{'' if len(words) == 1 else 's'} in common: {shown}"


def _apart(ours: Piece, theirs: Piece) -> str:
    hours = hours_apart(ours, theirs)
    if hours is None:
        return "at an unknown time"
    if not (ours.time_known and theirs.time_known):
        days = round(hours / 24)
        return f"about {days} d apart" if days else "within a day"
    return f"{duration(timedelta(minutes=round(hours * 60)))} apart"


def _text(piece: Piece) -> str:
    return f"{piece.source.title} {piece.source.excerpt}"
