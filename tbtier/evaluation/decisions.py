"""What one quarter earned, and what that did to the held tier, with reasons (rules R3 to R8)."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from enum import Enum
from typing import Any

import attrs

from tbtier.evaluation.reasons import (
    Reason,
    acting_rule,
    by_rule,
    carried_from,
    carryover_of,
    cited_in,
    edition_id,
    once,
    plain_reason,
    star_of,
    starred,
)
from tbtier.evaluation.scores import Score
from tbtier.fiscal import FiscalQuarter
from tbtier.rules.citations import Source
from tbtier.rules.cycles import Cycle, cycle_at
from tbtier.rules.editions import Carryover, Edition, Threshold
from tbtier.rules.tiers import Tier

__all__ = ["Decision", "DecisionKind", "Evaluation"]


@attrs.frozen
class Evaluation:
    """One quarter: what was scored, and what that earned by the edition in force in it (rule D7)."""

    quarter: FiscalQuarter
    """The quarter."""
    score: Score
    """Its score; or the tier that was earned, where the score is not known; or `None`, where there was none."""
    edition: Edition
    """The edition that judges it."""
    given: bool
    """Whether the quarter was given; if not, it ended before the first day of the timeline (rule D5)."""

    @property
    def cycle(self) -> Cycle:
        """The dates of the evaluation."""
        return cycle_at(self.quarter.ordinal)

    @property
    def threshold(self) -> Threshold | None:
        """The threshold that was reached; `None` if the quarter was not scored."""
        return None if self.score is None else self.edition.threshold(self.score, self.quarter)

    @property
    def next_threshold(self) -> Threshold | None:
        """The threshold above a score, which it did not reach; `None` where there is none or the score is not known."""
        if self.score is None or isinstance(self.score, Tier):
            return None
        above = [threshold for threshold in self.edition.thresholds if threshold.score > self.score]
        return above[0] if above else None

    @property
    def earned(self) -> Tier | None:
        """The tier that the quarter alone is worth; `None` if it was not scored."""
        return self.threshold.tier if self.threshold else None

    @property
    def bounds(self) -> tuple[Threshold, ...]:
        """The threshold that the score reached, and the one that it did not, as far as there are."""
        if isinstance(self.score, Tier):
            return ()
        return tuple(threshold for threshold in (self.threshold, self.next_threshold) if threshold)

    @property
    def star(self) -> str:
        """`*` if what was earned rests on a bound that is inferred, or on inferred dates of the edition; for tables."""
        return "*" if any(starred(bound.citation, self.edition) for bound in self.bounds) else ""


def earned_reason(evaluation: Evaluation) -> Reason:
    """Return that a quarter has earned its tier."""
    if not evaluation.bounds:
        return by_rule("D1", f"{evaluation.quarter} earned {evaluation.earned}, by a score that is not known")
    edition, reached = evaluation.edition, evaluation.bounds[0]
    return Reason(f"{evaluation.quarter} earned {reached}", edition_id(edition), cited_in(edition, reached.citation))


def missed_reason(evaluation: Evaluation, bound: Threshold) -> Reason:
    """Return that a quarter's score is below a threshold."""
    edition = evaluation.edition
    text = f"{evaluation.score} in {evaluation.quarter} is below {bound}"
    return Reason(text, edition_id(edition), cited_in(edition, bound.citation))


class DecisionKind(Enum):
    """What one effective date did to the held tier."""

    PROMOTED = "promoted"
    """The tier rose."""
    UNCHANGED = "unchanged"
    """Inside a program year, nothing changed."""
    RENEWED = "renewed"
    """On March 1, the same tier was earned anew, or is the entry tier."""
    DOWNGRADED = "downgraded"
    """On March 1, the tier fell to what was earned, or to the entry tier."""

    def __repr__(self) -> str:
        return f"DecisionKind.{self.name}"

    def __str__(self) -> str:
        return self.value


@attrs.frozen
class Decision:
    """What one effective date did to the held tier.

    On March 1 the result of Q4 and the new starting tier are one decision (rule R7).
    """

    counting: tuple[Evaluation, ...]
    """The quarters that count towards the tier from then on; the last one is that whose result acts."""
    before: Tier
    """The tier held on the day before."""
    after: Tier
    """The tier held from this day on."""

    @property
    def evaluation(self) -> Evaluation:
        """What was scored in the quarter whose result acts, and what that earned."""
        return self.counting[-1]

    @property
    def quarter(self) -> FiscalQuarter:
        """The quarter whose result acts."""
        return self.evaluation.quarter

    @property
    def effective_on(self) -> date:
        """The day on which it acts (rule R4)."""
        return self.evaluation.cycle.effective_on

    @property
    def earned(self) -> Tier | None:
        """The tier that the quarter alone is worth; `None` if it was not scored."""
        return self.evaluation.earned

    @property
    def kind(self) -> DecisionKind:
        """What happened to the held tier."""
        if self.after is not self.before:
            return DecisionKind.PROMOTED if self.after > self.before else DecisionKind.DOWNGRADED
        return DecisionKind.RENEWED if self.quarter.number == 4 else DecisionKind.UNCHANGED

    @property
    def star(self) -> str:
        """`*` on a March 1 whose carry is inferred; what was earned has a star of its own."""
        edition = self.evaluation.edition
        return starred(edition.carryover_citation, edition) if self.quarter.number == 4 else ""

    @property
    def headline(self) -> str:
        """The decision in one line, with a star if it rests on something that is inferred; for tables."""
        return self._headline(star_of(self.reasons))

    def _headline(self, star: str = "") -> str:
        tiers = self.after if self.after is self.before else f"{self.before} to {self.after}"
        return f"{self.effective_on}: {tiers}, {self.kind}{star} ({self.quarter})"

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, step by step: what was earned, when it acts, and what that does to the tier held."""
        acts = by_rule(acting_rule(self.quarter), f"its review is over, and it acts on {self.effective_on}")
        outcome = self._at_year_end() if self.quarter.number == 4 else self._inside_year()
        return (*self._scored(), acts, *outcome)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that the reasons rest on, once."""
        return once(source for reason in self.reasons for source in reason.citation.sources)

    def _scored(self) -> tuple[Reason, ...]:
        quarter, score = self.quarter, self.evaluation.score
        if not self.evaluation.given:
            return (by_rule("D5", f"{quarter} is not given, and ended before the timeline starts: it earns nothing"),)
        if score is None:
            return (by_rule("D1", f"{quarter} was not scored and earns nothing"),)
        if isinstance(score, Tier):
            return (by_rule("D1", f"{quarter} earned {score}, by a score that is not known"),)
        start, dated = self.evaluation.edition.start, self.evaluation.edition.start_citation
        edition = edition_id(self.evaluation.edition)
        closed = by_rule("R3a", f"{quarter} closed on {quarter.last_day} with a score of {score}")
        bounds = zip(("earns", "is below"), (self.evaluation.threshold, self.evaluation.next_threshold))
        judged = [Reason(f"{quarter} is judged by the edition from {start} on", edition, dated)] if starred(dated) else []
        return (
            closed,
            *judged,
            *(Reason(f"{score} {verb} {bound}", edition, bound.citation) for verb, bound in bounds if bound),
        )

    def _inside_year(self) -> tuple[Reason, ...]:
        if self.earned is None:
            text = f"{self.before} is kept"
        elif self.earned is self.before:
            text = f"{self.before} is held already"
        elif self.earned < self.before:
            text = f"{self.earned} is below {self.before}, and nothing falls inside a program year"
        else:
            text = f"{self.earned} is above {self.before}, and the highest tier wins"
        return (by_rule("R6", text),)

    def _at_year_end(self) -> tuple[Reason, ...]:
        edition = self.evaluation.edition
        span = carried_from(edition, self.quarter.year)
        earning = [one for one in self.counting if one.earned is self.after]
        best = ", ".join(str(one.quarter) for one in earning)
        if best and edition.carryover is Carryover.FINAL_QUARTER:
            carried = Reason(f"{span} alone decides, and earned {self.after}", "R7", carryover_of(edition))
        elif best:
            carried = Reason(f"the best tier earned in {span} is {self.after} ({best})", "R7", carryover_of(edition))
        else:
            carried = by_rule("D2", f"nothing was scored in {span}, so the tier is the entry tier, {self.after}")
        first = earning[0] if earning and earning[0] is not self.evaluation else None
        why = [earned_reason(first)] if first and first.bounds else []
        if first and (above := first.next_threshold) and above not in self.evaluation.bounds:
            why.append(missed_reason(first, above))
        if self.after >= self.before:
            return *why, carried
        falls = by_rule("R8", f"{self.before} was held, but not earned in {span}, so it falls on this March 1")
        return *why, carried, falls, by_rule("R8a", f"it falls straight to {self.after}")

    def __str__(self) -> str:
        return "\n".join([self._headline(), *(f"  {reason}" for reason in self.reasons)])


def plain_decision(decision: Decision) -> dict[str, Any]:
    """Return a decision as plain data, with the ids of its sources."""
    return {
        "quarter": str(decision.quarter),
        "effective_on": decision.effective_on.isoformat(),
        "earned": str(decision.earned) if decision.earned else None,
        "before": str(decision.before),
        "after": str(decision.after),
        "kind": str(decision.kind),
        "reasons": [plain_reason(reason) for reason in decision.reasons],
    }


def setting(decisions: tuple[Decision, ...], day: date) -> Decision | None:
    """Return the decision that set the tier of a day: the last one by then that did more than leave it as it was."""
    acted = decisions[: bisect_right(decisions, day, key=lambda decision: decision.effective_on)]
    return next((decision for decision in reversed(acted) if decision.kind is not DecisionKind.UNCHANGED), None)
