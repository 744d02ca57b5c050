"""What one effective date did to the held tier, with its reasons (rules R3 to R8)."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from tbtier.errors.checks import of_kind
from tbtier.evaluation.basis import Basis, Result
from tbtier.evaluation.reasons import (
    Reason,
    any_inferred,
    by_edition,
    by_rule,
    carried_span,
    earned_reasons,
    inclusive_reasons,
    missed_reason,
    reasons_table,
    sources_of,
    timing_rule,
)
from tbtier.fiscal import FiscalQuarter
from tbtier.rules.citations import Source
from tbtier.rules.editions import Carryover
from tbtier.rules.named import Named
from tbtier.rules.plain import Answer
from tbtier.rules.text import Part, starred
from tbtier.rules.tiers import Tier

if TYPE_CHECKING:
    from tbtier.formats import DecisionDict

__all__ = ["Decision", "DecisionKind"]


class DecisionKind(Named):
    """What one effective date did to the held tier."""

    PROMOTED = "promoted"
    """The tier rose."""
    UNCHANGED = "unchanged"
    """Inside a program year, the tier stayed."""
    RENEWED = "renewed"
    """On March 1, the same tier was earned again, or is the entry tier."""
    DOWNGRADED = "downgraded"
    """On March 1, the tier fell to what was earned, or to the entry tier."""


@attrs.frozen(repr=False)
class Decision(Answer["DecisionDict"]):
    """What one effective date did to the held tier.

    On March 1 the result of Q4 and the new starting tier are one decision (rule R7).
    """

    basis: Basis = attrs.field(validator=of_kind(Basis))
    """The facts behind the tier from this day on; the last result is that of the quarter that takes effect."""
    before: Tier = attrs.field(validator=of_kind(Tier))
    """The tier held on the day before."""

    _format = "tbtier.decision/1"

    @property
    def result(self) -> Result:
        """The result of the quarter that takes effect."""
        return self.basis.results[-1]

    @property
    def quarter(self) -> FiscalQuarter:
        """The quarter that takes effect."""
        return self.result.quarter

    @property
    def effective_on(self) -> date:
        """The day on which the quarter takes effect (rule R4)."""
        return self.basis.day

    @property
    def earned(self) -> Tier | None:
        """The tier that the quarter alone is worth; `None` if it was not scored."""
        return self.result.earned

    @property
    def after(self) -> Tier:
        """The tier held from this day on."""
        return self.basis.tier

    @property
    def kind(self) -> DecisionKind:
        """What happened to the held tier."""
        after = self.after
        if after is not self.before:
            return DecisionKind.PROMOTED if after > self.before else DecisionKind.DOWNGRADED
        return DecisionKind.RENEWED if self.quarter.number == 4 else DecisionKind.UNCHANGED

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, step by step: what was earned, when it takes effect, and what that does to the held tier."""
        takes_effect = f"the review ends; {self.quarter} takes effect on {self.effective_on}"
        return (*self.earning_reasons, by_rule(timing_rule(self.quarter), takes_effect), *self.outcome_reasons)

    @property
    def earning_reasons(self) -> tuple[Reason, ...]:
        """What the quarter earned, and why."""
        result, quarter, score, reached = self.result, self.quarter, self.result.score, self.result.threshold
        if not result.given:
            return (by_rule("D5", f"{quarter} is not given and ended before the timeline starts: it earns nothing"),)
        if reached is None:
            return (by_rule("D1", f"{quarter} was not scored and earns nothing"),)
        if not isinstance(score, int):
            return (by_rule("D1", f"{quarter} earned {score}, by a score that is not known"),)
        edition, above = result.edition, result.next_threshold
        missed = [by_edition(edition, f"{score} is below {above}", edition.citation(above.tier))] if above else []
        return (
            by_rule("R3a", f"{quarter} closed on {quarter.last_day} with a score of {score}"),
            by_edition(edition, f"{score} earns {reached}", edition.citation(reached.tier)),
            *inclusive_reasons(score, reached),
            *missed,
        )

    @property
    def outcome_reasons(self) -> tuple[Reason, ...]:
        """What the result does to the held tier, and why."""
        return self._on_march_1() if self.quarter.number == 4 else (self._inside_the_year(),)

    def _inside_the_year(self) -> Reason:
        earned, before = self.earned, self.before
        if earned is None:
            text = f"{before} is kept"
        elif earned is before:
            text = f"{before} is already held"
        elif earned < before:
            text = f"{earned} is below {before}, and nothing falls inside a program year"
        else:
            text = f"{earned} is above {before}, and the highest tier wins"
        return by_rule("R6", text)

    def _on_march_1(self) -> tuple[Reason, ...]:
        edition, after = self.result.edition, self.after
        span, carryover = carried_span(edition, self.quarter.year), edition.citation("carryover")
        earning = [result for result in self.basis.results if result.earned is after]
        best = ", ".join(str(result.quarter) for result in earning)
        if not best:
            carried = by_rule("D2", f"nothing was scored in {span}, so the tier is the entry tier, {after}")
        elif edition.carryover is Carryover.FINAL_QUARTER:
            carried = Reason(f"{span} alone decides, and earned {after}", "R7", carryover)
        else:
            carried = Reason(f"the best tier earned in {span} is {after} ({best})", "R7", carryover)
        why: list[Reason] = []
        if earning and earning[0] is not self.result:
            why += earned_reasons(earning[0])
            above = earning[0].next_threshold
            if above and above != self.result.next_threshold:
                why.append(missed_reason(earning[0], above))
        if after >= self.before:
            return *why, carried
        falls = by_rule("R8", f"{self.before} was held, but not earned in {span}, so it falls on this March 1")
        return *why, carried, falls, by_rule("R8a", f"it falls straight to {after}")

    @property
    def is_inferred(self) -> bool:
        """Whether the decision rests on something that is inferred and not published."""
        return any_inferred(self.reasons)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that the reasons rest on, in order."""
        return sources_of(self.reasons)

    @property
    def headline(self) -> str:
        """The decision in one line, with a star if it rests on something that is inferred."""
        return starred(self._summary, self.is_inferred, f" ({self.quarter})")

    @property
    def _summary(self) -> str:
        tiers = self.after if self.after is self.before else f"{self.before} to {self.after}"
        return f"{self.effective_on}: {tiers}, {self.kind}"

    def _parts(self) -> list[Part]:
        return [reasons_table([f"{self._summary} ({self.quarter})"], self.reasons)]

    def _plain(self) -> dict[str, Any]:
        names = ("quarter", "effective_on", "earned", "before", "after", "kind", "reasons")
        return {name: getattr(self, name) for name in names}


def deciding(decisions: tuple[Decision, ...], day: date) -> Decision | None:
    """Return the decision that set the tier of a day: the latest decision by then that was not "unchanged"."""
    index = bisect_right(decisions, day, key=lambda decision: decision.effective_on)
    while index and decisions[index - 1].kind is DecisionKind.UNCHANGED:
        index -= 1
    return decisions[index - 1] if index else None
