"""Every error that tbtier raises on purpose.

Each one is a `TbtierError`, and a built-in error too, so that code which knows nothing of tbtier can catch it.
An error keeps its facts as attributes; its message is made from them, and it pickles by them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

__all__ = [
    "CalendarError",
    "ConflictingScoresError",
    "InexactScoreError",
    "MissingScoreError",
    "OutsideTimelineError",
    "ParseError",
    "ProgramEndedError",
    "RuleDataError",
    "ScoreError",
    "TbtierError",
    "UnknownRuleError",
    "WrongTypeError",
]

# A quarter is `Any` here: this file is the ground floor, and quarters are made one floor up.


class TbtierError(Exception):
    """The base of every error here; catch it to catch them all."""


@attrs.define
class WrongTypeError(TbtierError, TypeError):
    """A value of a kind that is refused: a datetime for a date, a bool or a float for an int."""

    what: str
    """What the value was given as, such as `'day'` or `'score of FY24 Q1'`."""
    value: Any
    """The value itself."""
    wanted: str
    """The kind that is wanted."""
    advice: str = ""
    """What to do about it; may be empty."""

    def __str__(self) -> str:
        advice = self.advice and f": {self.advice}"
        return f"{self.what} must be {self.wanted}, got {self.value!r}{advice}"


@attrs.define
class ParseError(TbtierError, ValueError):
    """Text that is not in an accepted spelling."""

    what: str
    """What the text was read as, such as `'a fiscal quarter'`."""
    text: str
    """The text itself."""
    spellings: tuple[str, ...]
    """Good spellings, the canonical one first."""

    def __str__(self) -> str:
        return f"{self.text!r} is not {self.what}: write it as {' or '.join(self.spellings)}"


@attrs.define
class CalendarError(TbtierError, ValueError):
    """A quarter, a year or a day that the calendar does not have."""

    what: str
    """What was given or asked for, such as `'fiscal year'`."""
    value: Any
    """Its value."""
    first: Any
    """The first value that there is."""
    last: Any
    """The last value that there is, inclusive."""

    def __str__(self) -> str:
        return f"{self.what} must be from {self.first} to {self.last}, got {self.value}"


@attrs.define
class ScoreError(TbtierError, ValueError):
    """A score that its quarter's edition cannot judge: below 0, above the maximum, or a tier that it does not have."""

    quarter: Any
    """The `FiscalQuarter` that the score was given for; `None` where an edition was asked directly."""
    score: Any
    """The score as it was given."""
    maximum: int | None
    """The highest score possible, inclusive; `None` where the score was refused before an edition was known."""
    tiers: tuple[Any, ...] = ()
    """The tiers that can be earned, where a tier was given in place of a score."""

    def __str__(self) -> str:
        of = "" if self.quarter is None else f" of {self.quarter}"
        if self.tiers:
            names = ", ".join(map(str, self.tiers))
            return f"the tier earned in place of a score{of} must be one of {names}, got {self.score!r}"
        bounds = "0 or more" if self.maximum is None else f"from 0 to {self.maximum}"
        advice = f"{self._advice}, or give None where there is no score"
        return f"the score{of} must be a whole number {bounds}, got {self.score!r}: {advice}"

    _advice = "correct it"


class InexactScoreError(ScoreError, TypeError):
    """A float as a score: a scorecard counts in whole points, and NaN is not a score."""

    _advice = "give an int"


@attrs.define
class ConflictingScoresError(TbtierError, ValueError):
    """The same quarter, or the same day, with two different scores."""

    on: Any
    """The `FiscalQuarter`, or the `date` of a snapshot."""
    scores: tuple[Any, Any]
    """Both scores, in the order in which they were given."""

    def __str__(self) -> str:
        first, second = self.scores
        return f"{self.on} has two different scores, {first!r} and {second!r}: keep the right one"


@attrs.define
class MissingScoreError(TbtierError, ValueError):
    """A gap in the history, or a history that begins in mid-year without a `start`."""

    quarters: tuple[Any, ...]
    """Every quarter that is missing, as `FiscalQuarter`, in order; empty where no quarter was given at all."""

    def __str__(self) -> str:
        if not self.quarters:
            return "no quarter was given: give at least one quarter's score, or start= (the first day of the timeline)"
        names = ", ".join(map(str, self.quarters))
        return (
            f"no score was given for {names}: give None for a quarter that was not scored,"
            " or start= (a day after those quarters ended) if the partner was not scored before it"
        )


@attrs.define
class UnknownRuleError(TbtierError, LookupError):
    """A quarter for which the rules are not known, or a rule that is not."""

    program: str
    """The name of the program."""
    asked: Any
    """What was asked for: a `FiscalQuarter`."""
    reason: str
    """Why the rules are not known there."""
    known: str
    """What is known, and from when."""

    def __str__(self) -> str:
        return f"the rules of {self.program} for {self.asked} are not known ({self.reason}): known are {self.known}"


@attrs.define
class ProgramEndedError(UnknownRuleError):
    """A quarter whose evaluation would act on or after the day on which its program ended."""

    ended_on: date
    """The first day on which the program no longer ran."""
    replaced_by: str
    """What came in its place."""
    sources: tuple[Any, ...]
    """Where that is written, as `Source`."""
    last: Any
    """The last `FiscalQuarter` that the program evaluated."""

    def __str__(self) -> str:
        cited = ", ".join(source.id for source in self.sources)
        return (
            f"{self.program} evaluates no {self.asked}: it ended on {self.ended_on}, replaced by {self.replaced_by} ({cited});"
            f" its last quarter is {self.last}, and {self.program}.as_of('{self.last}') models it without an end"
        )


@attrs.define
class OutsideTimelineError(TbtierError, LookupError):
    """A day that a timeline says nothing about."""

    day: date
    """The day that was asked for."""
    start: date
    """The first day of the timeline."""
    stop: date
    """The first day after it."""
    reason: str
    """What is needed to know more: a quarter's score, an earlier start, or nothing, since the program ended."""
    quarter: Any = None
    """The `FiscalQuarter` whose score would be needed next; `None` where no score helps."""

    def __str__(self) -> str:
        return f"{self.day} is outside the timeline [{self.start}, {self.stop}): {self.reason}"


@attrs.define
class RuleDataError(TbtierError, ValueError):
    """Rules that contradict themselves, stated to a constructor."""

    where: str
    """The path to the fault, such as `'Program ISV: changes[2]'`."""
    fault: str
    """What is wrong there, and what would be right."""

    def __str__(self) -> str:
        return f"{self.where}: {self.fault}"
