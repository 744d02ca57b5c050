"""When the points of an activity show on the scorecard (rules K3 and K4)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import attrs

from tbtier.errors import UnknownRuleError, WrongTypeError
from tbtier.errors.checks import after_start, as_day, of_kind, require_date, tuple_of
from tbtier.errors.values import is_of, shown
from tbtier.evaluation.reasons import Reason, any_inferred, by_rule, notified_rule, reasons_table, sources_of
from tbtier.fiscal import ONE_DAY, FiscalQuarter, Span
from tbtier.rules.citations import Source
from tbtier.rules.plain import Answer
from tbtier.rules.program import Program
from tbtier.rules.scorecards import IMPACT, ShowsWhen
from tbtier.rules.text import Part, starred
from tbtier.scorecard.stated import scorecard_rules

if TYPE_CHECKING:
    from tbtier.formats import ShowingDict

__all__ = ["IMPACT", "Showing", "pledge_shows_on", "shows_on"]

_SHORTEST_MONTH: Final = timedelta(days=28)
_LONGEST_MONTH: Final = timedelta(days=31)


@attrs.frozen(repr=False)
class Showing(Answer["ShowingDict"], Span):
    """The days in which points first show, with the reasons; the result of `shows_on` and `pledge_shows_on`."""

    start: date = attrs.field(converter=as_day)
    """The first day on which the points can first show."""
    stop: date = attrs.field(converter=as_day, validator=after_start)
    """The first day after these days."""
    reasons: tuple[Reason, ...] = attrs.field(validator=tuple_of(Reason))
    """The reasons for these days."""
    approximate: bool = attrs.field(default=False, validator=of_kind(bool))
    """Whether the source says "about", so that the points can also show some days earlier or later."""

    _format = "tbtier.showing/1"

    @property
    def headline(self) -> str:
        """The days in one line, with a star if a reason is inferred."""
        about = "about " if self.approximate else ""
        return starred(f"shows {about}from {self.start} to {self.last_day}", any_inferred(self.reasons))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that the reasons rest on, in order."""
        return sources_of(self.reasons)

    def _plain(self) -> dict[str, Any]:
        return attrs.asdict(self, recurse=False)

    def _parts(self) -> list[Part]:
        return [reasons_table([self.headline], self.reasons)]


def shows_on(received: date, *, program: Program, pillar: str) -> Showing:
    """Return the days in which the points of an activity first show (rule K3).

    `counts_for` says which quarter the activity counts for.

    Args:
        received: the day on which the activity is received.
        program: the program, whose edition says when points show.
        pillar: the part of the scorecard, such as `IMPACT`, in upper or lower case.

    >>> from tbtier.programs import ISV
    >>> print(shows_on(date(2023, 4, 30), program=ISV, pillar="Success"))
    shows from 2023-06-01 to 2023-06-07
      FY24 Q1 is in review until 2023-05-31, and partners are notified from 2023-06-01 to 2023-06-07 (R5: published, S1, S7)
      points earned in FY24 Q1 show once the partner is notified (K3: published, S1)

    Raises:
        WrongTypeError: `received` is not a plain date, `program` is not a `Program`, or `pillar` is not text.
        RangeError: no fiscal quarter contains the day.
        UnknownRuleError: the program's rules for the quarter are unknown, or do not say when points show.
        ProgramEndedError: the program no longer evaluates the quarter.
    """
    received = require_date(received, "received")
    quarter = FiscalQuarter.containing(received)
    if not is_of(pillar, str):
        raise WrongTypeError("pillar", pillar, "text")
    showing = scorecard_rules(program, quarter, "showing", "days of showing").showing
    rule = next((rule for rule in showing if rule.covers(pillar)), None)
    if rule is None:
        known = ", ".join(f"those of the pillar {rule.pillar}" for rule in showing)
        raise UnknownRuleError(program.name, quarter, f"no rule covers the pillar {shown(pillar)}", known, "days of showing")
    if rule.shows is ShowsWhen.DAILY:
        daily = f"the scorecard moves daily, so points received on {received} show on that day or the next"
        return Showing(received, received + 2 * ONE_DAY, (Reason(daily, "K3c", rule.citation),))
    if rule.shows is ShowsWhen.WITHIN_QUARTER:
        within = f"points {f'of the {rule.pillar} pillar ' if rule.pillar else ''}show within {quarter}"
        return Showing(received, quarter.stop, (Reason(within, "K3a", rule.citation),))
    cycle = program.cycle(quarter)
    first, last = cycle.effective_on, cycle.notified_by
    review = f"{quarter} is in review until {cycle.review_last_day}, and partners are notified from {first} to {last}"
    week = by_rule(notified_rule(quarter), review)
    notified = Reason(f"points earned in {quarter} show once the partner is notified", "K3", rule.citation)
    return Showing(first, last + ONE_DAY, (week, notified))


def pledge_shows_on(signed_up: date) -> Showing:
    """Return the days in which the points of Pledge 1% first show: about a month after the sign-up (rule K4).

    No source says on which day the pledge is received (rule K1), so sign up more than a month before the quarter closes.

    >>> print(pledge_shows_on(date(2023, 4, 3)).headline)
    shows about from 2023-05-01 to 2023-05-04

    Raises:
        WrongTypeError: `signed_up` is not a plain date.
        RangeError: no fiscal quarter contains the sign-up.
    """
    signed_up = require_date(signed_up, "signed_up")
    FiscalQuarter.containing(signed_up)
    month = by_rule("K4", f"about one month passes after the sign-up of {signed_up} is finished")
    days = by_rule("K4a", "a month is 28 to 31 days")
    return Showing(signed_up + _SHORTEST_MONTH, signed_up + _LONGEST_MONTH + ONE_DAY, (month, days), approximate=True)
