"""The columns of a user's frame, read as quarters, scores and starting tiers, and what is wrong with a row by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any, Final, NamedTuple

import narwhals as nw

from tbtier.errors import ProgramEndedError, RangeError, TbtierError, UnknownRuleError, WrongTypeError
from tbtier.errors.values import is_of, plain_text
from tbtier.fiscal import FiscalQuarter, quarter_at
from tbtier.rules.editions import Edition
from tbtier.rules.program import Program, require_program
from tbtier.rules.tiers import Tier

__all__: list[str] = []

_MOST_CASES: Final = 64  # each lies in the one before, and engines read them by recursion
_WIDE: Final = (nw.UInt64(), nw.Int128(), nw.UInt128())  # with more numbers than Int64; Int128 is the type of a sum in duckdb
_BEYOND: Final = 2**53  # more than any score
NONE: Final = -1  # the ordinal of no quarter, the rank of no tier, and the value of no score


class Fault(NamedTuple):
    """Something that is wrong with a row."""

    condition: nw.Expr
    text: str


class Terms:
    """What a program says about the quarters of a frame: the editions by the ordinals of quarters, in order."""

    def __init__(self, program: Program, quarters: Sequence[FiscalQuarter], score_type: Any) -> None:
        self.program: Program = program
        self.score_type: Any = score_type
        self.editions: dict[int, Edition] = {}
        unknown: dict[str, list[int]] = {}
        for quarter in quarters:
            try:
                self.editions[quarter._ordinal] = program.edition(quarter)
            except ProgramEndedError:
                unknown.setdefault("the program ends before the quarter takes effect", []).append(quarter._ordinal)
            except UnknownRuleError:
                unknown.setdefault("the rules of the quarter are not known", []).append(quarter._ordinal)
        self.unknown: dict[str, list[int]] = unknown

    def by_edition(self, of: Callable[[Edition], Any]) -> Any:
        """Return a fact of the edition in force in a row's quarter, as an expression unless there is one edition."""
        fact: Any = 0
        previous: Edition | None = None
        for ordinal, edition in self.editions.items():
            if previous is None:
                fact = of(edition)
            elif edition is not previous:
                fact = nw.when(nw.col("ordinal") >= ordinal).then(_expression(of(edition))).otherwise(_expression(fact))
            previous = edition
        return fact


class Rows:
    """The rows of a frame: `partner`, `quarter` and `score` as given, and `ordinal`, `year`, `number`, `value` and `start`.

    The number of a quarter counts from 0, and its ordinal is `NONE` if the quarter is not known. The value is the score, or
    `NONE`. The start is the rank of the starting tier, or `NONE` if the tier is not known.
    """

    def __init__(self, frame: Any, program: Program, partner: str, quarter: str, score: str, starting_tier: Tier | str) -> None:
        require_program(program)
        given = narwhal(frame)
        schema = given.collect_schema()
        require_columns(schema, partner, quarter, score)
        kind = schema[score]
        if not kind.is_numeric():
            advice = "only evaluate takes a tier in place of a score; convert_dtypes() of pandas makes numbers of objects"
            raise WrongTypeError(f"the type of the column {score!r}", str(kind), "a type of numbers", advice)
        self.is_whole: bool = kind.is_integer()
        number = nw.Int64() if self.is_whole else nw.Float64()
        ordinals = _meanings(given, quarter, lambda text: FiscalQuarter.parse(text)._ordinal)
        quarters = [quarter_at(ordinal) for ordinal in sorted(set(ordinals.values()))]
        self.terms: Terms = Terms(program, quarters, _score_type(given, kind))
        points = _in_reach(score, kind) if kind in _WIDE else nw.col(score)
        ordinal, value = nw.col("ordinal"), nw.col("value")
        rows = given.select(
            partner=nw.col(partner),
            quarter=nw.col(quarter),
            score=nw.col(score),
            value=(points if kind == number else points.cast(number)).fill_null(NONE),
            ordinal=looking(given)(quarter, ordinals, NONE, nw.Int32()).cast(nw.Int32()),  # pyarrow makes others
            start=_starts(given, program, starting_tier),
        ).with_columns(year=ordinal // 4, number=remainder(ordinal, 4).cast(nw.Int8()))
        is_score = nw.col("score").is_null() | (value >= 0)
        is_score = is_score & (value <= self.terms.by_edition(lambda edition: edition.maximum_score))
        is_score = is_score if self.is_whole else is_score & (value.floor() == value)
        self.faults: list[Fault] = [
            Fault(nw.col("partner").is_null(), "there is no partner"),
            Fault(ordinal == NONE, "the quarter is not written as FY24 Q1"),
            *(Fault(ordinal.is_in(some), text) for text, some in self.terms.unknown.items()),
            Fault(~is_score, "the score is not a whole number from 0 to the maximum"),
            Fault(nw.col("start") == NONE, "the starting tier is not a tier of the program"),
        ]
        self.rows: Any = rows.with_columns(is_bad=reduce(or_, [fault.condition for fault in self.faults]))


def remainder(number: nw.Expr, divisor: int) -> nw.Expr:
    """Return what a division leaves; the integers of pyarrow in pandas have no such operator."""
    return number - number // divisor * divisor


def _in_reach(score: str, kind: Any) -> nw.Expr:
    """Return a column of numbers with each number that is far too high or too low replaced by one that Int64 can take."""
    points, highest, lowest = nw.col(score), nw.lit(_BEYOND, kind), nw.lit(NONE, kind)
    low = nw.when(points < lowest).then(lowest).otherwise(points) if kind.is_signed_integer() else points
    return nw.when(points > highest).then(highest).otherwise(low)


def _score_type(frame: Any, given: Any) -> Any:
    """Return the type of the scores in a table: that of the frame, if it is one of whole numbers with nulls, or of floats."""
    kept = given if given.is_integer() or given.is_float() else nw.Int64()
    return nw.Float64() if frame.implementation.is_dask() else kept  # the ints of Dask have no null, as narwhals makes them


def _starts(frame: Any, program: Program, starting_tier: Tier | str) -> nw.Expr:
    """Return the ranks of the starting tiers, from their column or as one for all."""
    if not is_of(starting_tier, str) or plain_text(starting_tier) not in frame.collect_schema():
        return nw.lit(program.tier_named(starting_tier).rank, nw.Int8())
    name = plain_text(starting_tier)
    if name.strip().casefold() in map(str.casefold, program.tier_names):
        advice = "it is both: give the Tier, or rename the column"
        raise RangeError("starting_tier", name, "a column or a tier", advice)
    ranks = _meanings(frame, name, lambda tier: program.tier_named(tier).rank)
    return looking(frame)(name, ranks, NONE, nw.Int8())


def narwhal(frame: Any) -> Any:
    """Return a frame as narwhals sees it.

    Raises:
        WrongTypeError: narwhals does not know the frame.
    """
    try:
        return nw.from_native(frame)
    except TypeError:
        advice = "such as a frame of pandas, polars, pyarrow, duckdb, PySpark or Dask"
        raise WrongTypeError("frame", frame, "a data frame that narwhals knows", advice) from None


def require_columns(schema: Mapping[str, Any], *names: str, advice: str = "") -> None:
    """Raise `RangeError` unless a frame has some columns."""
    for name in names:
        if not is_of(name, str):
            raise WrongTypeError("the column", name, "the name of a column")
        if plain_text(name) not in schema:
            raise RangeError("the column", name, f"one of {', '.join(map(repr, schema))}", advice)


def as_days(frame: Any) -> tuple[Any, Callable[[date], Any]]:
    """Return the type that days have in a frame, and a function from a day to its value: pandas has no type of plain days."""
    if frame.implementation.is_pandas_like() or frame.implementation.is_dask():
        return nw.Datetime(), lambda day: datetime.combine(day, time())
    return nw.Date(), lambda day: day


def as_names(frame: Any, names: Mapping[int, str]) -> Any:
    """Return the type that a few names have in a frame: ordered categories, where the library compares them by their order."""
    is_ordered = frame.implementation.is_pandas_like() or frame.implementation.is_polars()
    return nw.Enum(list(names.values())) if is_ordered else nw.String()


def looking(frame: Any) -> Callable[[str, Mapping[Any, Any], Any, Any], nw.Expr]:
    """Return a function that looks the values of a column up, in the way that is fast for a frame."""
    return _by_replacing if isinstance(frame, nw.DataFrame) else _by_cases


def _by_replacing(column: str, meanings: Mapping[Any, Any], default: Any, dtype: Any) -> nw.Expr:
    if not meanings:
        return nw.lit(default, dtype)
    return nw.col(column).replace_strict(dict(meanings), default=default, return_dtype=dtype)


def _by_cases(column: str, meanings: Mapping[Any, Any], default: Any, dtype: Any) -> nw.Expr:
    values: dict[Any, list[Any]] = {}
    for value, meaning in meanings.items():
        values.setdefault(meaning, []).append(value)
    if len(values) > _MOST_CASES:
        return _by_replacing(column, meanings, default, dtype)
    found = nw.lit(default, dtype)
    for meaning, some in values.items():
        found = nw.when(nw.col(column).is_in(some)).then(nw.lit(meaning, dtype)).otherwise(found)
    return found


def _meanings(frame: Any, column: str, meaning_of: Callable[[Any], int]) -> dict[Any, int]:
    """Return the meaning of each distinct value of a column that has one."""
    values = frame.select(column).unique()
    values = values if isinstance(values, nw.DataFrame) else values.collect()
    found: dict[Any, int] = {}
    for value in values[column].to_list():
        with suppress(TbtierError):
            found[value] = meaning_of(value)
    return found


def _expression(fact: Any) -> nw.Expr:
    return fact if isinstance(fact, nw.Expr) else nw.lit(fact)
