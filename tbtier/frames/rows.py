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
from tbtier.fiscal import FiscalQuarter, quarter_at
from tbtier.rules.editions import Edition
from tbtier.rules.program import Program, require_program
from tbtier.rules.tiers import Tier

__all__: list[str] = []

_MOST_CASES: Final = 64  # each lies in the one before, and engines read them by recursion
NONE: Final = -1  # the ordinal of no quarter, the rank of no tier, and the value of no score


class Fault(NamedTuple):
    """Something that is wrong with a row."""

    condition: nw.Expr
    text: str


class Rows:
    """The rows of a frame: `partner`, `quarter` and `score` as given, and `ordinal`, `year`, `number`, `value` and `start`.

    The number of a quarter counts from 0, and its ordinal is `NONE` if the quarter is not known. The value is the score, or
    `NONE`. The start is the rank of the starting tier, if that is a column.
    """

    def __init__(self, frame: Any, program: Program, partner: str, quarter: str, score: str, starting_tier: Tier | str) -> None:
        require_program(program)
        given = narwhal(frame)
        schema = given.collect_schema()
        for name in (partner, quarter, score):
            if name not in schema:
                raise RangeError("the column", name, f"one of {', '.join(map(repr, schema))}")
        if not schema[score].is_numeric():
            advice = "only evaluate takes a tier in place of a score; convert_dtypes() of pandas makes numbers of objects"
            raise WrongTypeError(f"the type of the column {score!r}", str(schema[score]), "a type of numbers", advice)
        self.has_starts: bool = isinstance(starting_tier, str) and starting_tier in schema
        if self.has_starts and str(starting_tier).strip().casefold() in map(str.casefold, program.tier_names):
            raise RangeError(
                "starting_tier", starting_tier, "a column or a tier", "it is both: give the Tier, or rename the column"
            )
        is_whole = schema[score].is_integer() and schema[score] != nw.UInt64()  # which has more than Int64 can take
        number = nw.Int64() if is_whole else nw.Float64()
        look = looking(given)
        ordinals = _meanings(given, quarter, lambda text: FiscalQuarter.parse(text)._ordinal)
        self.quarters: list[FiscalQuarter] = [quarter_at(ordinal) for ordinal in sorted(set(ordinals.values()))]
        self.editions: dict[int, Edition] = {}
        unknown: dict[str, list[int]] = {}
        for one in self.quarters:
            try:
                self.editions[one._ordinal] = program.edition(one)
            except ProgramEndedError:
                unknown.setdefault("the program ends before the quarter takes effect", []).append(one._ordinal)
            except UnknownRuleError:
                unknown.setdefault("the rules of the quarter are not known", []).append(one._ordinal)
        columns = {
            "partner": nw.col(partner),
            "quarter": nw.col(quarter),
            "score": nw.col(score),
            "value": (nw.col(score) if schema[score] == number else nw.col(score).cast(number)).fill_null(NONE),
            "ordinal": look(quarter, ordinals, NONE, nw.Int64()),
        }
        if self.has_starts:
            ranks = _meanings(given, str(starting_tier), lambda name: program.tier_named(name).rank)
            columns["start"] = look(str(starting_tier), ranks, NONE, nw.Int64())
        rows = given.select(**columns).with_columns(year=nw.col("ordinal") // 4, number=nw.col("ordinal") % 4)
        value = nw.col("value")
        is_score = nw.col("score").is_null() | (value >= 0)
        is_score = is_score & (value <= self.by_edition(lambda edition: edition.maximum_score))
        is_score = is_score if is_whole else is_score & (value % 1 == 0)
        self.faults: list[Fault] = [
            Fault(nw.col("partner").is_null(), "there is no partner"),
            Fault(nw.col("ordinal") == NONE, "the quarter is not written as FY24 Q1"),
            *(Fault(nw.col("ordinal").is_in(some), text) for text, some in unknown.items()),
            Fault(~is_score, "the score is not a whole number from 0 to the maximum"),
        ]
        if self.has_starts:
            self.faults.append(Fault(nw.col("start") == NONE, "the starting tier is not a tier of the program"))
        self.rows: Any = rows.with_columns(is_bad=reduce(or_, [fault.condition for fault in self.faults]))
        self.is_whole: bool = is_whole

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


def as_days(frame: Any) -> tuple[Any, Callable[[date], Any]]:
    """Return the type that days have in a frame, and a function from a day to its value: pandas has no type of plain days."""
    if frame.implementation.is_pandas_like() or frame.implementation.is_dask():
        return nw.Datetime(), lambda day: datetime.combine(day, time())
    return nw.Date(), lambda day: day


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
        found = nw.when(nw.col(column).is_in(some)).then(nw.lit(meaning)).otherwise(found)
    return found


def by_number(expressions: Sequence[nw.Expr]) -> nw.Expr:
    """Return the expression for the number of a row's quarter."""
    *others, chosen = expressions
    for number, expression in enumerate(others):
        chosen = nw.when(nw.col("number") == number).then(expression).otherwise(chosen)
    return chosen


def first_fault(faults: Sequence[Fault]) -> nw.Expr:
    """Return the text of the first fault of a row, or null for a row without a fault."""
    *others, last = faults
    text: nw.Expr = nw.when(last.condition).then(nw.lit(last.text))
    for fault in reversed(others):
        text = nw.when(fault.condition).then(nw.lit(fault.text)).otherwise(text)
    return text


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
