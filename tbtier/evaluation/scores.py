"""The scores of one partner by quarter, checked when they are given."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias, final

import attrs

from tbtier.errors import MissingScoreError, ParseError, RangeError, ScoreError, WrongTypeError
from tbtier.errors.checks import LIMIT, bounded, iterator_of, pairs_of, require_date, require_score, too_many
from tbtier.errors.values import is_of, shown
from tbtier.fiscal import FiscalQuarter, as_quarter, pretty, quarter_at, quarters_from
from tbtier.rules.plain import Plain
from tbtier.rules.tiers import TIER_NAMES, Tier, tier_among

if TYPE_CHECKING:
    from tbtier.formats import ScoreHistoryDict

__all__ = ["Score", "ScoreHistory", "Scores"]

Score: TypeAlias = int | Tier | None
"""A score; the earned tier if the score is not known; `None` if the quarter was not scored (rule D1)."""


_ABSENT: Final = object()
_SCORES: Final = "a mapping from quarters to scores, or pairs of them"
_MOST_QUARTERS: Final = 4 * 9_998  # in the calendar; an iterator without an end has more


def _checked(score: Any, quarter: FiscalQuarter) -> Score:
    return score if score is None or type(score) is Tier else require_score(score, quarter)


def _pairs(given: Any, what: str, wanted: str) -> Iterator[Any]:
    """Return the entries of a mapping, or of any other iterable."""
    items = getattr(given, "items", None)
    if isinstance(given, (str, bytes, type)):
        raise WrongTypeError(what, given, wanted)
    if not callable(items):
        return iterator_of(given, what, wanted)
    try:
        return iter(items())
    except TypeError:  # not the method of a mapping
        raise WrongTypeError(what, given, wanted) from None


def _entries(given: Any) -> tuple[tuple[FiscalQuarter, ...], tuple[Score, ...]]:
    """Return the quarters in order, and their scores."""
    if type(given) is ScoreHistory:  # no subclasses; isinstance would ask the abstract base, at ten times the cost
        return given.quarters, given.scores
    ordinals: list[int] = []
    scores: list[Score] = []
    pairs = _pairs(given, "scores", _SCORES)
    for pair in islice(pairs, _MOST_QUARTERS + 1):  # by a slice, since a list would cost time where it matters
        try:
            key, score = pair
        except (TypeError, ValueError):
            raise WrongTypeError("an entry of the scores", pair, "a pair of a quarter and its score") from None
        quarter = key if type(key) is FiscalQuarter else as_quarter(key)
        ordinals.append(quarter._ordinal)
        scores.append(score if type(score) is int and 0 <= score < LIMIT else _checked(score, quarter))
    if not ordinals:
        return (), ()
    if len(ordinals) > _MOST_QUARTERS:
        raise too_many("scores", _MOST_QUARTERS)
    first = ordinals[0]
    if ordinals == list(range(first, first + len(ordinals))):  # the common case: nothing to sort, all to share
        return quarters_from(first, len(ordinals)), tuple(scores)
    entries: dict[int, Score] = {}
    for ordinal, score in zip(ordinals, scores):
        if entries.setdefault(ordinal, score) != score:
            raise _conflict(f"the score of {quarter_at(ordinal)}", entries[ordinal], score, quarter_at(ordinal))
    ordered = sorted(entries)
    return tuple(map(quarter_at, ordered)), tuple([entries[ordinal] for ordinal in ordered])


def _with_tiers(given: Any) -> Any:
    """Return scores in which the name of a tier has become that tier, as a field of a pydantic model has them."""
    if not isinstance(given, Mapping):
        return given
    entries = [(as_quarter(key), score) for key, score in pairs_of(given, "scores", _SCORES)]
    return [
        (key, tier_among(TIER_NAMES, score, "", f"a tier in place of the score of {key}") if is_of(score, str) else score)
        for key, score in entries
    ]


def _listed(given: Any, what: str, wanted: str) -> list[Any]:
    """Return the entries of an iterable that has an order."""
    if isinstance(given, (str, bytes, type, Mapping, Set)):
        raise WrongTypeError(what, given, wanted)
    return bounded(iterator_of(given, what, wanted), what, _MOST_QUARTERS)


def _paired(quarters: Any, scores: Any) -> list[tuple[Any, Any]]:
    """Return each quarter with its score."""
    names = _listed(quarters, "quarters", "an iterable of quarters")
    values = _listed(scores, "scores", "an iterable of scores, one for each quarter")
    if len(names) != len(values):
        raise RangeError("the number of scores", len(values), f"{len(names)}, one for each quarter")
    return list(zip(names, values))


def _conflict(what: str, first: Score, second: Score, quarter: FiscalQuarter) -> ScoreError:
    return ScoreError(what, (first, second), "one value", "keep the right one", quarter)


def _best(scores: tuple[Score, ...], quarter: FiscalQuarter) -> Score:
    known = [score for score in scores if score is not None]
    if len({isinstance(score, Tier) for score in known}) > 1:
        raise WrongTypeError(
            f"scores of {quarter} in several regions", known, "all ints or all tiers", "an int and a tier have no order"
        )
    return max(known, default=None)


@final
@attrs.frozen(init=False, repr=False)
class ScoreHistory(Mapping[FiscalQuarter, Score], Plain["ScoreHistoryDict"]):
    """The scores of one partner: a mapping from quarters to scores, immutable and in order.

    Made from a mapping, from pairs, or from scores and their `quarters`; a quarter may be given as its text.
    A score is an int from 0 up. `None` means that the quarter was not scored; a `Tier` is the tier that was earned,
    if the score is not known (rule D1). `evaluate` rejects a score above its edition's maximum.

    >>> history = ScoreHistory({"FY24 Q2": 540, "FY24 Q1": 310, "FY24 Q3": None})
    >>> history
    ScoreHistory({'FY24 Q1': 310, 'FY24 Q2': 540, 'FY24 Q3': None})
    >>> history["FY24 Q2"]
    540

    Raises:
        WrongTypeError: a score is not an int, a `Tier` or `None`, or a quarter is not a quarter or its text.
        ScoreError: a score is below 0 or not an int, or a quarter has two different scores.
        RangeError: there are more scores than quarters, or fewer; or more than the 39,992 quarters of the calendar,
            as from an iterator without an end.
        ParseError: the text of a quarter is in no accepted spelling.
    """

    quarters: tuple[FiscalQuarter, ...]
    """The quarters that are given, in order; `evaluate` rejects gaps that matter."""
    scores: tuple[Score, ...]
    """The score of each quarter."""

    _format = "tbtier.score-history/1"
    _repr_pretty_ = pretty

    def __init__(self, scores: Scores | Iterable[Score] = (), *, quarters: Iterable[FiscalQuarter | str] | None = None) -> None:
        self.__attrs_init__(*_entries(scores if quarters is None else _paired(quarters, scores)))

    @classmethod
    def from_snapshots(cls, snapshots: Mapping[date, int] | Iterable[tuple[date, int]]) -> ScoreHistory:
        """Return the scores that stood at the quarters' ends, from a scorecard read on many days (rule R3).

        A quarter's score is the last one read in it. A quarter without a reading is left out.
        The last quarter counts only if it was read on its closing day: before that day it was still open.

        >>> ScoreHistory.from_snapshots([(date(2023, 4, 24), 290), (date(2023, 4, 30), 310), (date(2023, 6, 5), 420)])
        ScoreHistory({'FY24 Q1': 310})

        Raises:
            WrongTypeError: a day is not a plain date, or a score not an int.
            ScoreError: a score is below 0 or not an int, or a day has two different scores.
            RangeError: there are more than a million readings, as from an iterator without an end.
        """
        readings: dict[date, int] = {}
        pairs = _pairs(snapshots, "snapshots", "a mapping from days to the scores read on them, or pairs of them")
        for snapshot in bounded(pairs, "snapshots"):
            try:
                day, score = snapshot
            except (TypeError, ValueError):
                raise WrongTypeError("a snapshot", snapshot, "a pair of a day and the score read on it") from None
            day = require_date(day)
            score = require_score(score, FiscalQuarter.containing(day))
            if readings.setdefault(day, score) != score:
                raise _conflict(f"the score on {day}", readings[day], score, FiscalQuarter.containing(day))
        standing = {FiscalQuarter.containing(day): score for day, score in sorted(readings.items())}
        if readings and max(readings) != max(standing).last_day:
            del standing[max(standing)]
        return cls(standing)

    @classmethod
    def highest(cls, *regions: Scores) -> ScoreHistory:
        """Return the best of several regions, quarter by quarter (rule R10).

        Each region is a history, a mapping or pairs, as `evaluate` takes them.

        >>> france = ScoreHistory({"FY22 Q1": None, "FY22 Q2": 505})
        >>> ScoreHistory.highest({"FY22 Q1": 310, "FY22 Q2": 300}, france)
        ScoreHistory({'FY22 Q1': 310, 'FY22 Q2': 505})

        Raises:
            MissingScoreError: a region lacks a quarter that another has; give `None` if it was not scored there.
            WrongTypeError: a quarter has a score in one region and a tier in another.
        """
        histories = [cls(region) for region in regions]
        quarters = sorted({quarter for history in histories for quarter in history})
        missing = tuple(quarter for quarter in quarters if any(quarter not in history for history in histories))
        if missing or not histories:
            raise MissingScoreError(missing, "give each region, and None for a quarter in which it was not scored")
        return cls({quarter: _best(tuple(history[quarter] for history in histories), quarter) for quarter in quarters})

    def with_score(self, quarter: FiscalQuarter | str, score: Score) -> ScoreHistory:
        """Return a history with one quarter's score added or replaced.

        >>> ScoreHistory({"FY24 Q1": 310}).with_score("FY24 Q1", 505)
        ScoreHistory({'FY24 Q1': 505})
        """
        return ScoreHistory({**self, as_quarter(quarter): score})

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: Any) -> Any:
        from tbtier.errors.fields import scores_schema

        return scores_schema(lambda given: cls(_with_tiers(given)), lambda history: history.to_dict()["scores"], TIER_NAMES)

    def _plain(self) -> dict[str, Any]:
        return {"scores": dict(self)}

    def __getitem__(self, quarter: FiscalQuarter | str) -> Score:
        index = self._index_of(as_quarter(quarter)._ordinal)
        if index is None:
            raise KeyError(quarter)
        return self.scores[index]

    def _index_of(self, ordinal: int) -> int | None:
        """Return the index of the quarter with this ordinal; `None` if the history does not have it. Not part of the API."""
        quarters = self.quarters
        index = ordinal - quarters[0]._ordinal if quarters else 0  # where the quarter is if there is no gap before it
        if not 0 <= index < len(quarters) or quarters[index]._ordinal != ordinal:
            index = bisect_left(quarters, ordinal, key=attrgetter("_ordinal"))
            if index == len(quarters) or quarters[index]._ordinal != ordinal:
                return None
        return index

    def __contains__(self, quarter: object) -> bool:
        return self.get(quarter, _ABSENT) is not _ABSENT

    def get(self, quarter: Any, default: Any = None) -> Any:
        """Return the score of a quarter, or a default if the history does not have it."""
        try:
            return self[quarter]
        except (KeyError, ParseError, WrongTypeError):
            return default

    def __iter__(self) -> Iterator[FiscalQuarter]:
        return iter(self.quarters)

    def __len__(self) -> int:
        return len(self.quarters)

    def __repr__(self) -> str:
        entries = ", ".join(f"'{quarter}': {shown(score)}" for quarter, score in self.items())
        return f"ScoreHistory({{{entries}}})"


Scores: TypeAlias = (
    ScoreHistory
    | Mapping[FiscalQuarter, Score]
    | Mapping[str, Score]
    | Mapping[FiscalQuarter | str, Score]
    | Iterable[tuple[FiscalQuarter | str, Score]]
)
"""Anything from which a `ScoreHistory` can be made."""
