"""When the points of an activity show, which is not when they count (rules K3 and K4)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import attrs

from tbtier.errors import UnknownRuleError, WrongTypeError
from tbtier.evaluation.reasons import Reason, any_inferred, by_rule, plain_reason
from tbtier.evaluation.timeline import require_program
from tbtier.fiscal import FiscalQuarter, require_date
from tbtier.programs import CONSULTING, ISV
from tbtier.rules.program import Program

__all__ = ["IMPACT", "Showing", "pledge_shows_on", "shows_on"]

IMPACT: Final = "Impact"
"""The pillar whose points show within the quarter on the ISV scorecard (rule K3a)."""
_FORMAT: Final = "tbtier.showing/1"
_ONE_DAY: Final = timedelta(days=1)
_SHORTEST_MONTH: Final = timedelta(days=28)
_LONGEST_MONTH: Final = timedelta(days=31)


@attrs.frozen
class Showing:
    """The days, on one of which the points of an activity first show; made by `shows_on` and `pledge_shows_on`."""

    start: date
    """The first of these days."""
    stop: date
    """The first day after them."""
    reasons: tuple[Reason, ...]
    """Why it is then."""
    approximate: bool = False
    """Whether the source says "about", so that it can also be some days earlier or later."""

    @property
    def last_day(self) -> date:
        """The last of these days, by which the points should show."""
        return self.stop - _ONE_DAY

    @property
    def headline(self) -> str:
        """The days in one line, with a star if they rest on something that is inferred."""
        about = "about " if self.approximate else ""
        return f"shows {about}from {self.start} to {self.last_day}{'*' if any_inferred(self.reasons) else ''}"

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON: text, a bool, lists and dicts.

        Its `"format"` is `"tbtier.showing/1"`; the number rises when a reader of the old form would go wrong.
        """
        return {
            "format": _FORMAT,
            "start": self.start.isoformat(),
            "stop": self.stop.isoformat(),
            "approximate": self.approximate,
            "reasons": [plain_reason(reason) for reason in self.reasons],
        }

    def __str__(self) -> str:
        return "\n".join([self.headline, *(f"  {reason}" for reason in self.reasons)])


def shows_on(received: date, *, program: Program, pillar: str) -> Showing:
    """Return the days on one of which the points of an activity first show (rule K3).

    On the ISV scorecard those are the days of notification, or for the Impact pillar the rest of the quarter;
    on the consulting scorecard they are the day itself and the next one. Which quarter it counts for is another question.

    Args:
        received: the day on which the activity is received.
        program: `ISV` or `CONSULTING`; it is not known when points show in others.
        pillar: the part of the scorecard, such as `IMPACT`, in upper or lower case.

    >>> from tbtier.programs import ISV
    >>> print(shows_on(date(2023, 4, 30), program=ISV, pillar="Success"))
    shows from 2023-06-01 to 2023-06-07
      FY24 Q1 is in review until 2023-05-31, and partners are notified from 2023-06-01 to 2023-06-07 (R5: published, S1, S7)
      points earned in FY24 Q1 show once the partner is notified (K3: published, S1)

    Raises:
        WrongTypeError: `received` is not a plain date, `program` no `Program`, or `pillar` no text.
        UnknownRuleError: when points show is not known for the program, or its rules for that quarter are not.
        ProgramEndedError: the quarter is no longer evaluated.
    """
    quarter = FiscalQuarter.containing(require_date(received, "received"))
    if not isinstance(pillar, str):
        raise WrongTypeError("pillar", pillar, "text")
    require_program(program)
    cycle = program.cycle(quarter)
    if program == CONSULTING:
        daily = by_rule("K3b", "the consulting scorecard moves daily")
        soon = by_rule("K3c", f"what is received on {received} shows on that day or the next")
        return Showing(received, received + 2 * _ONE_DAY, (daily, soon))
    if program != ISV:
        raise UnknownRuleError(
            program.name, quarter, "no source says when points show", "those of ISV and CONSULTING", "days of showing"
        )
    if pillar.strip().casefold() == IMPACT.casefold():
        return Showing(received, quarter.stop, (by_rule("K3a", f"points of the Impact pillar show within {quarter}"),))
    acts, notified = cycle.effective_on, cycle.notified_by
    review = f"{quarter} is in review until {cycle.review_last_day}, and partners are notified from {acts} to {notified}"
    told = by_rule("R5a" if quarter.number == 4 else "R5", review)
    shows = by_rule("K3", f"points earned in {quarter} show once the partner is notified")
    return Showing(acts, notified + _ONE_DAY, (told, shows))


def pledge_shows_on(signed_up: date) -> Showing:
    """Return the days on one of which the points of Pledge 1% first show: about a month after the sign-up (rule K4).

    It counts for the quarter in which it is received (rule K1); no source says on which of these days that is,
    so sign up more than a month before the quarter closes.

    >>> print(pledge_shows_on(date(2023, 4, 3)).headline)
    shows about from 2023-05-01 to 2023-05-04

    Raises:
        WrongTypeError: `signed_up` is not a plain date.
        RangeError: a month later there are no days, or no quarter is.
    """
    FiscalQuarter.containing(require_date(signed_up, "signed_up"))
    month = by_rule("K4", f"about one month passes after the sign-up of {signed_up} is finished")
    days = by_rule("K4a", "a month is 28 to 31 days")
    return Showing(signed_up + _SHORTEST_MONTH, signed_up + _LONGEST_MONTH + _ONE_DAY, (month, days), approximate=True)
