"""Every error that tbtier raises on purpose.

Each one is a `TbtierError`, and a built-in error too, so that code which knows nothing of tbtier can catch it.
An error keeps its facts as attributes; its message is made from them, and it pickles by them.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

__all__ = [
    "ConflictingScoresError",
    "InexactScoreError",
    "MissingScoreError",
    "OutsideTimelineError",
    "ParseError",
    "ProgramEndedError",
    "RangeError",
    "RuleDataError",
    "ScoreError",
    "TbtierError",
    "UnknownRuleError",
    "WrongTypeError",
]

# Plain classes, since classes made by attrs would make up a quarter of the import time.
# Quarters, tiers and sources are `Any`: this is the ground floor, and they are made above it.


_SHOWN: Final = 12  # quarters named in one message; an attribute has them all
_LONGEST: Final = 200  # characters of a value in one message; an attribute has the value


def shown(value: object) -> str:
    """Return the representation of a value, cut to a length that people read; a value without one is named by its type."""
    try:
        text = repr(value)
    except Exception:  # what a stranger's representation raises, or Python's for numbers of thousands of digits
        return f"a value of the type {type(value).__name__}"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


class TbtierError(Exception):
    """The base of every error here; catch it to catch them all."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(shown, self.args))})"


class _Refused(TbtierError):
    """A value that is not what was wanted."""

    def __init__(self, what: str, value: Any, wanted: str, advice: str = "") -> None:
        super().__init__(what, value, wanted, advice)
        self.what = what
        """What the value was given as, such as `'day'`, `'score of FY24 Q1'` or `'beginning'`."""
        self.value = value
        """The value."""
        self.wanted = wanted
        """The kind or the bounds that are wanted, such as `'a date'` or `'0 or more'`."""
        self.advice = advice
        """What to do; may be empty."""

    def _got(self) -> str:
        return shown(self.value)

    def __str__(self) -> str:
        advice = self.advice and f": {self.advice}"
        return f"{self.what} must be {self.wanted}, got {self._got()}{advice}"


class WrongTypeError(_Refused, TypeError):
    """A value of a kind that is refused: a datetime for a date, a bool for an int, an int for a quarter."""


class RangeError(_Refused, ValueError):
    """A number, a day or a sum of money outside the bounds that are wanted."""

    def _got(self) -> str:
        try:
            return str(self.value)[:_LONGEST]  # of a date or a Fraction, as people write it
        except ValueError:  # a number of thousands of digits
            return shown(self.value)


class ParseError(TbtierError, ValueError):
    """Text in no accepted spelling."""

    def __init__(self, what: str, text: Any, spellings: tuple[str, ...], advice: str = "") -> None:
        super().__init__(what, text, spellings, advice)
        self.what = what
        """What the text was read as, such as `'a fiscal quarter'`."""
        self.text = text
        """The text."""
        self.spellings = spellings
        """Good spellings, the canonical one first."""
        self.advice = advice
        """What to think of; may be empty."""

    def __str__(self) -> str:
        advice = self.advice and f"; {self.advice}"
        return f"{shown(self.text)} is not {self.what}: write it as {' or '.join(self.spellings)}{advice}"


class ScoreError(TbtierError, ValueError):
    """A score that its quarter's edition cannot judge: below 0, above the maximum, or a tier that no score earns."""

    def __init__(self, quarter: Any, score: Any, maximum: int | None, tiers: tuple[Any, ...] = ()) -> None:
        super().__init__(quarter, score, maximum, tiers)
        self.quarter = quarter
        """The `FiscalQuarter` that the score was given for; `None` where an edition was asked about no quarter."""
        self.score = score
        """The score, as it was given."""
        self.maximum = maximum
        """The highest score possible, inclusive; `None` where the score was refused before its edition was known."""
        self.tiers = tiers
        """The tiers that can be earned, where a tier was given in place of a score."""

    def __str__(self) -> str:
        of = "" if self.quarter is None else f" of {self.quarter}"
        if self.tiers:
            names = ", ".join(map(str, self.tiers))
            return f"the tier earned in place of a score{of} must be one of {names}, got {shown(self.score)}"
        bounds = "0 or more" if self.maximum is None else f"from 0 to {self.maximum}"
        return f"the score{of} must be a whole number {bounds}, got {shown(self.score)}: {self._advice}"

    _advice = "correct it, or give None where there is no score"


class InexactScoreError(ScoreError, TypeError):
    """A float as a score: scores are whole points, and NaN is not a score."""

    _advice = "give an int, or None where there is no score"


class ConflictingScoresError(TbtierError, ValueError):
    """The same quarter, or the same day, with two different scores."""

    def __init__(self, on: Any, scores: tuple[Any, Any]) -> None:
        super().__init__(on, scores)
        self.on = on
        """The `FiscalQuarter`, or the `date` of a snapshot."""
        self.scores = scores
        """Both scores, in the order in which they were given."""

    def __str__(self) -> str:
        first, second = self.scores
        return f"{self.on} has two different scores, {shown(first)} and {shown(second)}: keep the right one"


class MissingScoreError(TbtierError, ValueError):
    """A gap in the scores, or scores that begin in mid-year without a `start`."""

    def __init__(self, quarters: tuple[Any, ...], advice: str) -> None:
        super().__init__(quarters, advice)
        self.quarters = quarters
        """Every `FiscalQuarter` that is missing, in order; empty where none was given at all."""
        self.advice = advice
        """What to do."""

    def __str__(self) -> str:
        names = ", ".join(map(str, self.quarters[:_SHOWN])) or "any quarter"
        more = f" and {len(self.quarters) - _SHOWN} more" if len(self.quarters) > _SHOWN else ""
        return f"no score is given for {names}{more}: {self.advice}"


class UnknownRuleError(TbtierError, LookupError):
    """A quarter for which the rules are not known."""

    def __init__(self, program: str, quarter: Any, reason: str, known: str, what: str = "rules") -> None:
        super().__init__(program, quarter, reason, known, what)
        self.program = program
        """The name of the program."""
        self.quarter = quarter
        """The `FiscalQuarter` that was asked about."""
        self.reason = reason
        """Why the rules are not known in it."""
        self.known = known
        """What is known instead, such as the quarters in which they are."""
        self.what = what
        """What is not known: the rules, or some of them."""

    def __str__(self) -> str:
        return f"the {self.what} of {self.program} for {self.quarter} are not known: {self.reason}; known are {self.known}"


class ProgramEndedError(UnknownRuleError):
    """A quarter that would take effect, or a timeline that would start, on or after the day on which its program ended."""

    def __init__(
        self,
        program: str,
        quarter: Any,
        known: str,
        ended_on: date,
        replaced_by: str,
        citation: Any,
        last: Any,
        start: date | None = None,
    ) -> None:
        super().__init__(program, quarter, f"it ended on {ended_on}", known)
        facts: tuple[Any, ...] = (program, quarter, known, ended_on, replaced_by, citation, last, start)
        self.args: tuple[Any, ...] = facts  # by which it is copied
        self.ended_on = ended_on
        """The first day on which the program no longer ran."""
        self.replaced_by = replaced_by
        """What came in its place."""
        self.citation = citation
        """Where that is written, and how sure it is, as `Citation`."""
        self.last = last
        """The last `FiscalQuarter` whose rules are known."""
        self.start = start
        """The `start` of the timeline that was asked for, if that is what is too late; otherwise `None`."""

    def __str__(self) -> str:
        refused = f"evaluate {self.quarter}" if self.start is None else f"have a timeline that starts on {self.start}"
        advice = f"leave out what comes after {self.last}" if self.start is None else "give an earlier start="
        return (
            f"{self.program} does not {refused}: it ended on {self.ended_on},"
            f" replaced by {self.replaced_by} ({self.citation}); {advice},"
            f" or model it without an end by {self.program}.with_edition_of('{self.last}')"
        )


class OutsideTimelineError(TbtierError, LookupError):
    """A day that a timeline says nothing about."""

    def __init__(self, day: date, start: date, stop: date, reason: str, quarter: Any = None) -> None:
        super().__init__(day, start, stop, reason, quarter)
        self.day = day
        """The day that was asked about."""
        self.start = start
        """The first day of the timeline."""
        self.stop = stop
        """The first day after it."""
        self.reason = reason
        """What is needed to know more, or why nothing more can be known."""
        self.quarter = quarter
        """The first `FiscalQuarter` whose score would be needed; `None` where no score helps."""

    def __str__(self) -> str:
        return f"{self.day} is outside the timeline [{self.start}, {self.stop}): {self.reason}"


class RuleDataError(TbtierError, ValueError):
    """Rules that contradict themselves or lack a source, stated to a constructor."""

    def __init__(self, where: str, fault: str) -> None:
        super().__init__(where, fault)
        self.where = where
        """The path to the fault, such as `'Program ISV: changes[2]'`."""
        self.fault = fault
        """What is wrong there, or what would be right."""

    def __str__(self) -> str:
        return f"{self.where}: {self.fault}"
