"""What speaks for and against two pieces telling of the same happening, as figures.

Each figure is here because leaving it out made the likelihood of labels of events that were left out worse, if only a
little for the last few; `tui.bench.training` fits and measures them.
"""

from math import exp, fsum, log1p, sqrt

from tui.deck.events.lexicon import Lexicon
from tui.deck.events.pieces import Piece, hours_apart, wording_of
from tui.deck.events.reprints import are_reprints, excerpt_overlap
from tui.deck.events.words import Terms

UNDATED_HOURS = 1000.0
"""Stands for the distance in time where one of two pieces has no date."""
_RARE_WEIGHT = 0.45
_NAMES_COUNTED = 3
_OTHER_NAMES = 0.5
"""What the names are worth that each of two headlines has to itself, if they are of two subjects."""
_SHORT_HEADLINE = 4
_COLUMN_HOURS = 18.0
"""How far apart two pieces of a column are at least."""
_COLUMN_SHARE = 0.4
"""How much of the talk of a season about a happening falls into its days; what is less is a column's title."""
_SAME_COLUMN = 0.5
"""How much of two excerpts agrees at least that are one text, published again."""
_HARD_NEWS = frozenset(("outage", "attack", "purchase", "earnings", "court", "bargain"))
_HARD_NEWS_HOURS = 72.0

FEATURES = (
    "headline_shared",  # how alike the headlines are: the cosine of their words' weights
    "rare_shared",  # how many rare terms both have, in headline or excerpt
    "burst_shared",  # the shared term that was most the talk of those days
    "names_missing",  # names of the headline that the other piece does not mention, in the better direction
    "subject_missing",  # whether the first rare word of a headline, mostly who acts, is missing: 1, or there: -1
    "hard_news_shared",  # a headline and the other piece tell one outage, attack, purchase..., fading with time
    "hard_news_missing",  # a headline tells one of these, of which the other piece says nothing
    "happening_conflict",  # the headlines tell kinds of happening without any in common
    "other_piece_of_outlet",  # one outlet, two headlines
    "other_piece_of_desk",  # the same, in one section of it: mostly two happenings
    "other_piece_alike",  # and the more alike the two headlines, the more they are of a series
    "short_headline",  # standing pages and topics: "Microsoft Azure Stack HCI"
    "log_days",  # distance in time
)
"""Names of the figures, in the order in which `features` gives them."""


def features(one: Piece, other: Piece, lexicon: Lexicon) -> tuple[float, ...]:
    """The figures of a pair, in the order of `FEATURES`; the same whichever piece is first."""
    hours = hours_apart(one, other)
    hours = UNDATED_HOURS if hours is None else hours
    ours, theirs = lexicon.terms(one), lexicon.terms(other)
    alike = _headlines_alike(ours, theirs, lexicon)
    missing = min(_names_missing(ours, theirs, lexicon), _names_missing(theirs, ours, lexicon))
    sibling = _are_siblings(one, other, ours, theirs)
    return (
        alike,
        *_shared(one, other, lexicon),
        missing,
        _subject(ours, theirs) + _subject(theirs, ours),
        *_happenings(ours, theirs, hours),
        float(sibling),
        float(sibling and one.desk == other.desk),
        alike if sibling else 0.0,
        float(min(len(ours.headline), len(theirs.headline)) <= _SHORT_HEADLINE),
        log1p(hours / 6),
    )


def is_series(one: Piece, other: Piece, lexicon: Lexicon) -> bool:
    """Whether both headlines tell one kind of everyday happening (an award, a course) of different subjects.

    Of 240 such pairs whose answer people have said, two are one happening all the same.
    """
    ours, theirs = lexicon.terms(one), lexicon.terms(other)
    if ours.happenings.isdisjoint(theirs.happenings) or ours.headline == theirs.headline:
        return False
    if not _HARD_NEWS.isdisjoint(ours.happenings | theirs.happenings):
        return False
    return min(_names_missing(ours, theirs, lexicon), _names_missing(theirs, ours, lexicon)) > _OTHER_NAMES


def is_column(one: Piece, other: Piece, lexicon: Lexicon) -> bool:
    """Whether both stand under the title of a column that returns, as `News in brief`: one outlet uses one headline on
    two days, and on others of that season, for other texts.
    """
    ours = lexicon.terms(one)
    if one.outlet != other.outlet or ours.headline != lexicon.terms(other).headline or not ours.headline:
        return False
    if one.hours is None or other.hours is None or abs(one.hours - other.hours) < _COLUMN_HOURS:
        return False
    if any(lexicon.burst(term, one) >= _COLUMN_SHARE for term in ours.title_pairs or ours.title):
        return False
    return excerpt_overlap(wording_of(one), wording_of(other)) < _SAME_COLUMN


def _shared(one: Piece, other: Piece, lexicon: Lexicon) -> tuple[float, float]:
    """How many rare terms both have, and the one of all that they share that was most the talk of those days."""
    weight = lexicon.weights
    ours, theirs = lexicon.terms(one), lexicon.terms(other)
    shared = [(weight[term], term) for term in ours.text & theirs.text]
    rare = [known - _RARE_WEIGHT for known, _ in shared if known > _RARE_WEIGHT]
    shared += [(weight[term], term) for term in ours.title_pairs & theirs.title_pairs]
    return log1p(fsum(rare) * 4), _strongest_burst(shared, one, other, lexicon)


def _headlines_alike(ours: Terms, theirs: Terms, lexicon: Lexicon) -> float:
    # Sets of words come in another order in each run; fsum does not mind, so equal pairs stay equal.
    shared = fsum([lexicon.weights[term] ** 2 for term in ours.title & theirs.title])
    return _share(shared, sqrt(ours.mass * theirs.mass))


def _strongest_burst(terms: list[tuple[float, str]], one: Piece, other: Piece, lexicon: Lexicon) -> float:
    """The highest weight times burst of terms with their weights.

    The rarest are asked first, since none can exceed its weight.
    """
    strongest = 0.0
    terms.sort(reverse=True)
    for weight, term in terms:
        if weight <= strongest:
            break
        burst = lexicon.burst(term, one)
        if weight * burst > strongest:
            strongest = max(strongest, weight * min(burst, lexicon.burst(term, other)))
    return strongest


def _names_missing(one: Terms, other: Terms, lexicon: Lexicon) -> float:
    names = lexicon.name_weights
    weights = sorted([names[term] for term in one.title - other.text], reverse=True)
    return sum(weights[:_NAMES_COUNTED])


def _subject(one: Terms, other: Terms) -> float:
    """1 if the first rare word of the headline is missing in the other piece, -1 if it is there, 0 without one."""
    missing = 0.0
    for term, share in one.leading:
        missing += -share if term in other.text else share
    return missing


def _happenings(ours: Terms, theirs: Terms, hours: float) -> tuple[float, ...]:
    hard, their_hard = ours.happenings & _HARD_NEWS, theirs.happenings & _HARD_NEWS
    shared = (hard & theirs.told) | (their_hard & ours.told)
    return (
        exp(-hours / _HARD_NEWS_HOURS) if shared else 0.0,
        float(bool((hard - theirs.told) or (their_hard - ours.told))),
        float(bool(ours.happenings and theirs.happenings and ours.happenings.isdisjoint(theirs.happenings))),
    )


def _are_siblings(one: Piece, other: Piece, ours: Terms, theirs: Terms) -> bool:
    """Whether both are of one outlet, under two headlines, and no reprints of each other."""
    return (
        one.outlet == other.outlet
        and ours.headline != theirs.headline
        and not are_reprints(wording_of(one), wording_of(other))
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
