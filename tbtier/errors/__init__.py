"""Every error that tbtier raises on purpose.

Each class is a `TbtierError`, and a built-in error too, so code that does not know tbtier can catch it.
An error keeps its facts as attributes, builds its message from them, and pickles with them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

from tbtier.errors.values import LONGEST, PROSE, is_small, plain, portable, shown

if TYPE_CHECKING:
    from typing import Protocol

    from tbtier.formats import ErrorDict, ErrorFacts

    # Higher floors define the classes that these protocols describe.

    class Quarter(Protocol):
        """A `FiscalQuarter`."""

        @property
        def year(self) -> int: ...
        @property
        def number(self) -> int: ...
        @property
        def start(self) -> date: ...
        @property
        def stop(self) -> date: ...
        @property
        def last_day(self) -> date: ...

    class Cited(Protocol):
        """A `Citation`."""

        @property
        def sources(self) -> tuple[Any, ...]: ...
        @property
        def note(self) -> str: ...
        @property
        def is_inferred(self) -> bool: ...


__all__ = [
    "FrameError",
    "MissingScoreError",
    "OutsideTimelineError",
    "ParseError",
    "ProgramEndedError",
    "RangeError",
    "ReadingError",
    "RuleDataError",
    "ScoreError",
    "ScoreTypeError",
    "TbtierError",
    "UnknownRuleError",
    "WrongTypeError",
]

# Plain classes, since attrs classes would take a quarter of the import time.


_QUARTERS: Final = 12  # named in one message or dict; an attribute has all of them
_PROBLEMS: Final = 10  # named in one message


def _restore(kind: type[TbtierError], facts: tuple[Any, ...]) -> TbtierError:
    return kind.__new__(kind, *facts)  # without `__init__`, since a subclass may want other arguments


class TbtierError(Exception):
    """The base of every error here; catch it to catch every error."""

    def to_dict(self) -> ErrorDict:
        """Return plain data that survives JSON, for a log or the body of a response.

        `"error"` is the name of the class, and `"facts"` has the attributes; `tbtier.formats.ErrorDict` has the keys.
        Ints, bools and `None` stay, and any other value becomes text. A long text is cut, and a list has at most 12 entries.

        >>> ParseError("a tier", "Gold", ("Base", "Ridge")).to_dict()["facts"]
        {'what': 'a tier', 'text': 'Gold', 'spellings': ['Base', 'Ridge'], 'advice': ''}
        """
        facts = cast("ErrorFacts", self._facts())
        return {"format": "tbtier.error/1", "error": type(self).__name__, "message": str(self), "facts": facts}

    def _facts(self) -> dict[str, object]:
        return {
            name: list(map(plain, fact[:_QUARTERS])) if type(fact) is tuple else plain(fact)
            for name, fact in vars(self).items()
            if not name.startswith("_")  # notes, and what is private to a subclass
        }

    def __reduce__(self) -> tuple[Any, ...]:
        # By default an exception is rebuilt by a call of its class, and fails to pickle if one value in it does.
        facts = tuple(map(portable, self.args))
        return _restore, (type(self), facts), {name: portable(fact) for name, fact in vars(self).items()}

    def __copy__(self) -> TbtierError:
        twin = _restore(type(self), self.args)
        vars(twin).update(vars(self))
        return twin

    def __repr__(self) -> str:
        try:
            text = super().__repr__() if is_small(self.args) else ""
        except Exception:  # a value without a representation, such as an int of more than 4,300 digits
            text = ""
        return text if text and len(text) <= LONGEST**2 else f"{type(self).__name__}({', '.join(map(shown, self.args))})"


class _Refused(TbtierError):
    """A rejected value."""

    def __init__(self, what: str, value: object, wanted: str, advice: str = "") -> None:
        super().__init__(what, value, wanted, advice)
        self.what = what
        """The role of the value, such as `'day'`, `'the score of FY24 Q1'` or `'beginning'`."""
        self.value = value
        """The given value."""
        self.wanted = wanted
        """The wanted type or bounds, such as `'a date'` or `'0 or more'`."""
        self.advice = advice
        """What to do; may be empty."""

    def _got(self) -> str:
        return shown(self.value)

    def __str__(self) -> str:
        advice = self.advice and f": {self.advice}"
        return f"{self.what} must be {self.wanted}, got {self._got()}{advice}"


class WrongTypeError(_Refused, TypeError):
    """A value of a type that is rejected: a datetime for a date, a bool for an int, an int for a quarter."""


class RangeError(_Refused, ValueError):
    """A number, a day or a sum of money outside its bounds."""

    def _got(self) -> str:
        values = self.value if type(self.value) is tuple else (self.value,)
        return " and ".join(shown(value, PROSE) for value in values)  # a day or a fraction as people write it


class ScoreError(RangeError):
    """A score that its quarter cannot have: below 0, above the maximum, a tier that no score earns, or a second score."""

    def __init__(
        self,
        what: str,
        value: object,
        wanted: str,
        advice: str = "",
        quarter: Quarter | None = None,
        maximum: int | None = None,
    ) -> None:
        super().__init__(what, value, wanted, advice)
        self.args: tuple[Any, ...] = (what, value, wanted, advice, quarter, maximum)
        self.quarter = quarter
        """The `FiscalQuarter` of the score; `None` if an edition judges a score without a quarter."""
        self.maximum = maximum
        """The highest score possible, inclusive; `None` if the edition is not known yet."""


class ScoreTypeError(ScoreError, WrongTypeError):
    """A score that is not an int: a float, a bool, text."""

    def _got(self) -> str:
        return shown(self.value)


class ParseError(TbtierError, ValueError):
    """Text in no accepted spelling."""

    def __init__(self, what: str, text: object, spellings: tuple[str, ...], advice: str = "") -> None:
        super().__init__(what, text, spellings, advice)
        self.what = what
        """The expected kind of text, such as `'a fiscal quarter'`."""
        self.text = text
        """The text."""
        self.spellings = spellings
        """Good spellings, the canonical one first."""
        self.advice = advice
        """What to consider; may be empty."""

    def _facts(self) -> dict[str, object]:
        return {**super()._facts(), "text": plain(self.text)}  # even a tuple that was given for text

    def __str__(self) -> str:
        advice = self.advice and f"; {self.advice}"
        return f"{shown(self.text)} is not {self.what}: write it as {' or '.join(self.spellings)}{advice}"


class MissingScoreError(TbtierError, ValueError):
    """A gap in the scores, or scores that begin in mid-year without a `start`."""

    def __init__(self, quarters: tuple[Quarter, ...], advice: str) -> None:
        super().__init__(quarters, advice)
        self.quarters = quarters
        """Every missing `FiscalQuarter`, in order; empty if no quarter was given."""
        self.advice = advice
        """What to do."""

    def __str__(self) -> str:
        names = ", ".join(map(str, self.quarters[:_QUARTERS])) or "any quarter"
        more = f" and {len(self.quarters) - _QUARTERS} more" if len(self.quarters) > _QUARTERS else ""
        return f"no score is given for {names}{more}: {self.advice}"


class ReadingError(TbtierError, ValueError):
    """Rows of an export or a sheet that cannot be read."""

    def __init__(self, problems: tuple[Any, ...]) -> None:
        super().__init__(problems)
        self.problems = problems
        """Every `Problem`, in the order of the rows."""

    def _facts(self) -> dict[str, object]:
        problems = [
            {
                "row": one.row,
                "column": plain(one.column),
                "partner": plain(one.partner),
                "error": type(one.error).__name__,
                "message": plain(str(one.error)),
            }
            for one in self.problems[:_PROBLEMS]
        ]
        return {**super()._facts(), "problems": problems}

    def __str__(self) -> str:
        count = len(self.problems)
        more = [f"and {count - _PROBLEMS} more"] if count > _PROBLEMS else []
        lines = [f"{count} {'problem' if count == 1 else 'problems'} in the rows:", *map(str, self.problems[:_PROBLEMS]), *more]
        return "\n  ".join(lines)


class FrameError(TbtierError, ValueError):
    """Rows of a data frame that cannot be evaluated."""

    def __init__(self, rows: tuple[tuple[Any, ...], ...], count: int) -> None:
        super().__init__(rows, count)
        self.rows = rows
        """The first rows, each with the partner, the quarter, the score and what is wrong."""
        self.count = count
        """The number of rows with a problem."""

    def _facts(self) -> dict[str, object]:
        return {**super()._facts(), "rows": [list(map(plain, row)) for row in self.rows]}

    def __str__(self) -> str:
        lines = [f"{', '.join(map(shown, given))}: {problem}" for *given, problem in self.rows]
        more = [f"and {self.count - len(lines)} more; problems() returns them all"] if self.count > len(lines) else []
        return "\n  ".join([f"{self.count} {'row has' if self.count == 1 else 'rows have'} a problem:", *lines, *more])


class UnknownRuleError(TbtierError, LookupError):
    """A question about rules that are not known."""

    def __init__(
        self, program: str, quarter: Quarter | None, reason: str, known: str, what: str = "rules", advice: str = ""
    ) -> None:
        super().__init__(program, quarter, reason, known, what, advice)
        self.program = program
        """The name of the program, or of the bands."""
        self.quarter = quarter
        """The `FiscalQuarter` of the question; `None` if the question names no quarter."""
        self.reason = reason
        """Why the rules are not known."""
        self.known = known
        """What is known instead, such as the quarters whose rules are known."""
        self.what = what
        """What is not known: the rules, or some of them."""
        self.advice = advice
        """What to do; may be empty."""

    def __str__(self) -> str:
        quarter = "" if self.quarter is None else f" for {self.quarter}"
        advice = self.advice and f"; {self.advice}"
        return f"the {self.what} of {self.program}{quarter} are not known: {self.reason}; known are {self.known}{advice}"


class ProgramEndedError(UnknownRuleError):
    """A quarter that would take effect, or a timeline that would start, on or after the day on which its program ended."""

    def __init__(
        self,
        program: str,
        quarter: Quarter,
        known: str,
        ended_on: date,
        replaced_by: str,
        citation: Cited,
        last: Quarter,
        start: date | None = None,
    ) -> None:
        super().__init__(program, quarter, f"it ended on {shown(ended_on, PROSE)}", known)
        facts: tuple[Any, ...] = (program, quarter, known, ended_on, replaced_by, citation, last, start)
        self.args: tuple[Any, ...] = facts
        self.ended_on = ended_on
        """The first day without the program."""
        self.replaced_by = replaced_by
        """What replaced the program."""
        self.citation = citation
        """The `Citation` of the end."""
        self.last = last
        """The last `FiscalQuarter` whose rules are known."""
        self.start = start
        """The `start` of the timeline, if it is too late; otherwise `None`."""

    def __str__(self) -> str:
        refused = f"evaluate {self.quarter}" if self.start is None else f"have a timeline that starts on {self.start}"
        advice = f"leave out the quarters after {self.last}" if self.start is None else "give an earlier start="
        return (
            f"{self.program} does not {refused}: it ended on {self.ended_on},"
            f" replaced by {self.replaced_by} ({self.citation}); {advice},"
            f" or model the program without an end by {self.program}.with_edition_of('{self.last}')"
        )


class OutsideTimelineError(TbtierError, LookupError):
    """A day that a timeline does not cover."""

    def __init__(self, day: date, start: date, stop: date, reason: str, quarter: Quarter | None = None) -> None:
        super().__init__(day, start, stop, reason, quarter)
        self.day = day
        """The day of the question."""
        self.start = start
        """The first day of the timeline."""
        self.stop = stop
        """The first day after the timeline."""
        self.reason = reason
        """The score or the start that is needed, or why the tier cannot be known."""
        self.quarter = quarter
        """The first `FiscalQuarter` whose score would be needed; `None` if no score helps."""

    def __str__(self) -> str:
        return f"{self.day} is outside the timeline [{self.start}, {self.stop}): {self.reason}"


class RuleDataError(TbtierError, ValueError):
    """Rules given to a constructor that contradict themselves or have no source."""

    def __init__(self, where: str, fault: str) -> None:
        super().__init__(where, fault)
        self.where = where
        """The path to the fault, such as `'Program ISV: changes[2]'`."""
        self.fault = fault
        """The fault, or the requirement."""

    def __str__(self) -> str:
        return f"{self.where}: {self.fault}"
