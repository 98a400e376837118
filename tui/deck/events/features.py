"""What speaks for and against two pieces telling of the same happening, as figures.

Each figure was kept because leaving it out made the grouped cross-validation of `event_evaluate` worse, or
because it guards decks that look unlike the labelled one.
"""

from collections.abc import Iterable
from math import exp, fsum, log1p, sqrt

from tui.deck.events.lexicon import Lexicon
from tui.deck.events.pieces import Piece, hours_apart, wording_of
from tui.deck.events.reprints import are_reprints

UNDATED_HOURS = 1000.0
"""Stands for the distance in time where one of two pieces has no date."""
_RARE_WEIGHT = 0.45
_NAMES_COUNTED = 3
_LEADING_TERMS = 3
_LEADING_WEIGHT = 0.5
_SHORT_HEADLINE = 4
_RARE_NUMBER_SHARE = 0.02
_HARD_NEWS = frozenset(("outage", "attack", "purchase", "earnings", "court", "bargain"))
_HARD_NEWS_HOURS = 72.0

FEATURES = (
    "headline_told",  # the larger share of a headline's mass that the other piece repeats anywhere
    "headline_told_back",  # the smaller share
    "rarest_shared",  # weight of the rarest term of a headline that the other piece has
    "rare_shared",  # how many rare terms both have
    "burst_shared",  # the shared term that was most the talk of those days
    "names_missing",  # names of the headline that the other piece does not mention, in the better direction
    "subject_missing",  # whether the first rare word of a headline, mostly who acts, is missing
    "number_conflict",  # both headlines have rare numbers, all different
    "hard_news_shared",  # both tell an outage, attack, purchase..., fading with the distance in time
    "hard_news_conflict",  # they tell different ones of these
    "happening_conflict",  # kinds of happening without any in common
    "same_headline",
    "other_piece_of_outlet",  # one outlet, two headlines: mostly two happenings
    "other_piece_alike",  # and the more alike the two headlines, the more they are of a series
    "short_headline",  # standing pages and topics: "Microsoft Azure Stack HCI"
    "log_days",  # distance in time
)
"""Names of the figures, in the order in which `features` gives them."""


def features(one: Piece, other: Piece, lexicon: Lexicon) -> tuple[float, ...]:
    """The figures of a pair, in the order of `FEATURES`; the same whichever piece is first."""
    hours = hours_apart(one, other)
    hours = UNDATED_HOURS if hours is None else hours
    return (
        *_overlap(one, other, lexicon),
        *_strangers(one, other, lexicon),
        _number_conflict(one, other, lexicon),
        *_happenings(one, other, hours),
        *_sameness(one, other, lexicon),
        log1p(hours / 6),
    )


def _overlap(one: Piece, other: Piece, lexicon: Lexicon) -> tuple[float, ...]:
    ours, theirs, weight = one.words, other.words, lexicon.weights
    ours_told = [weight[term] for term in ours.title & theirs.text]
    theirs_told = [weight[term] for term in theirs.title & ours.text]
    told = _share(_mass(ours_told), lexicon.title_mass(one))
    told_back = _share(_mass(theirs_told), lexicon.title_mass(other))
    shared = ours.text & theirs.text
    rare = [weight[term] - _RARE_WEIGHT for term in shared if weight[term] > _RARE_WEIGHT]
    return (
        max(told, told_back),
        min(told, told_back),
        max(max(ours_told, default=0.0), max(theirs_told, default=0.0)),
        log1p(fsum(rare) * 4),
        _strongest_burst(shared | (ours.title_pairs & theirs.title_pairs), one, other, lexicon),
    )


def _mass(weights: Iterable[float]) -> float:
    # Sets of words come in another order in each run; fsum does not mind, so equal pairs stay equal.
    return fsum([weight * weight for weight in weights])


def _strongest_burst(terms: Iterable[str], one: Piece, other: Piece, lexicon: Lexicon) -> float:
    """The highest weight times burst; the rarest terms are asked first, since none can exceed its weight."""
    strongest = 0.0
    for weight, term in sorted([(lexicon.weights[term], term) for term in terms], reverse=True):
        if weight <= strongest:
            break
        if weight * lexicon.burst(term, one) > strongest:
            nearer = min(lexicon.burst(term, one), lexicon.burst(term, other))
            strongest = max(strongest, weight * nearer)
    return strongest


def _strangers(one: Piece, other: Piece, lexicon: Lexicon) -> tuple[float, ...]:
    missing = min(_names_missing(one, other, lexicon), _names_missing(other, one, lexicon))
    return missing, _subject(one, other, lexicon) + _subject(other, one, lexicon)


def _names_missing(one: Piece, other: Piece, lexicon: Lexicon) -> float:
    names = lexicon.name_weights
    weights = sorted([names[term] for term in one.words.title - other.words.text], reverse=True)
    return sum(weights[:_NAMES_COUNTED])


def _subject(one: Piece, other: Piece, lexicon: Lexicon) -> float:
    """1 if the first rare word of the headline is missing in the other piece, -1 if it is there, 0 without
    one.
    """
    for term in one.words.headline[:_LEADING_TERMS]:
        if lexicon.weights[term] > _LEADING_WEIGHT:
            return -1.0 if term in other.words.text else 1.0
    return 0.0


def _number_conflict(one: Piece, other: Piece, lexicon: Lexicon) -> float:
    if not (one.words.numbers and other.words.numbers):
        return 0.0
    ours = {number for number in one.words.numbers if lexicon.is_rare(number, _RARE_NUMBER_SHARE)}
    theirs = {number for number in other.words.numbers if lexicon.is_rare(number, _RARE_NUMBER_SHARE)}
    return float(bool(ours and theirs and ours.isdisjoint(theirs)))


def _happenings(one: Piece, other: Piece, hours: float) -> tuple[float, ...]:
    ours, theirs = one.words.happenings, other.words.happenings
    hard, their_hard = ours & _HARD_NEWS, theirs & _HARD_NEWS
    return (
        exp(-hours / _HARD_NEWS_HOURS) if hard & their_hard else 0.0,
        float(hard != their_hard),
        float(bool(ours and theirs and ours.isdisjoint(theirs))),
    )


def _sameness(one: Piece, other: Piece, lexicon: Lexicon) -> tuple[float, ...]:
    ours, theirs = one.words, other.words
    same_headline = ours.headline == theirs.headline
    sibling = one.outlet == other.outlet and not same_headline
    if sibling and are_reprints(wording_of(one), wording_of(other)):
        same_headline, sibling = True, False
    shared = _mass(lexicon.weights[term] for term in ours.title & theirs.title) if sibling else 0.0
    return (
        float(same_headline),
        float(sibling),
        _share(shared, sqrt(lexicon.title_mass(one) * lexicon.title_mass(other))),
        float(min(len(ours.headline), len(theirs.headline)) <= _SHORT_HEADLINE),
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
