"""Why a tier is held on a day: the basis, with the decisive result marked (rules R6 and R7)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from tbtier.errors.checks import as_day, of_kind, tuple_of
from tbtier.errors.values import plain_text
from tbtier.evaluation.basis import Basis, Result
from tbtier.evaluation.reasons import Reason, by_rule, inclusive_reasons, timing_rule, unique
from tbtier.fiscal import ProgramYear
from tbtier.rules.citations import Citation, Source
from tbtier.rules.editions import Threshold
from tbtier.rules.plain import Answer
from tbtier.rules.rulebook import RULE, Rule
from tbtier.rules.text import Entries, Part, Table, implied, joined, starred, with_footnote
from tbtier.rules.tiers import Tier

if TYPE_CHECKING:
    from tbtier.formats import ExplanationDict

__all__ = ["Explanation"]

_RESULTS: Final = implied("decisive", "quarter", "score", "tier and its scores", "why")
_SECTIONS: Final = {
    "numbers and carryover": implied("fact", "certainty and sources"),
    "rules": implied("rule", "text and sources"),
    "sources": implied("source", "document"),
}


@attrs.frozen(repr=False)
class Explanation(Answer["ExplanationDict"]):
    """Why a tier is held on a day; `str()` is for people, `to_dict()` for programs.

    The tier is the highest of the floor and of the results that count.
    """

    program: str = attrs.field(converter=plain_text, validator=of_kind(str))
    """The name of the program."""
    note: str = attrs.field(converter=plain_text, validator=of_kind(str))
    """A remark shown with every result of the program, such as that it is a model; may be empty."""
    start: date = attrs.field(converter=as_day)
    """The first day of the timeline."""
    starting_tier: Tier = attrs.field(validator=of_kind(Tier))
    """The tier held on `start`."""
    basis: Basis = attrs.field(validator=of_kind(Basis))
    """The floor and the results that count towards the day."""
    not_counting: tuple[Result, ...] = attrs.field(validator=tuple_of(Result))
    """The other results of the fiscal year with the number of the program year, and of the fiscal year before, in order."""

    _format = "tbtier.explanation/1"

    # Each result with what it does for the tier, or why it does not count; the results that count come first.
    _results: tuple[tuple[Result, Reason], ...] = attrs.field(init=False, eq=False)
    # The numbers and the carryover that the explanation shows, each with its citation.
    _facts: tuple[tuple[str, Citation], ...] = attrs.field(init=False, eq=False)
    rules: tuple[Rule, ...] = attrs.field(init=False, eq=False)
    """The rules that were applied, in the order of the rulebook."""
    sources: tuple[Source, ...] = attrs.field(init=False, eq=False)
    """Every document that the explanation rests on, in order."""

    def __attrs_post_init__(self) -> None:
        counting = [(result, self._counting_reason(result)) for result in self.basis.results]
        others = [(result, self._not_counting_reason(result)) for result in self.not_counting]
        object.__setattr__(self, "_results", (*counting, *others))
        reasons, facts = self._steps(), tuple(self._numbers().items())
        applied = {reason.rule for reason in reasons}
        rules = tuple(rule for rule in RULE.values() if rule.id in applied)
        cited = [citation for _, citation in facts]
        cited += [reason.citation for reason in reasons] + [rule.citation for rule in rules]
        sources = unique(source for citation in cited for source in citation.sources)
        object.__setattr__(self, "_facts", facts)
        object.__setattr__(self, "rules", rules)
        object.__setattr__(self, "sources", sources)

    @property
    def day(self) -> date:
        """The day that is explained."""
        return self.basis.day

    @property
    def tier(self) -> Tier:
        """The tier that is held on the day."""
        return self.basis.tier

    @property
    def decisive(self) -> Result | None:
        """The result that decides the tier; `None` if the floor decides."""
        return self.basis.decisive

    @property
    def _year(self) -> ProgramYear:
        return ProgramYear.containing(self.day)

    @property
    def _renewal(self) -> Result | None:
        """The Q4 that set the starting tier of the program year; `None` in the first program year of the timeline."""
        if self.basis.is_starting:
            return None
        return next(result for result in self.basis.results if result.quarter.number == 4)

    @property
    def _floor_reason(self) -> Reason:
        if self.basis.is_starting:
            return by_rule("D3", f"the tier held on {self.start}")
        return by_rule("D2", "the entry tier: nothing that counts was scored")

    @property
    def _expired_reason(self) -> Reason | None:
        """Why the starting tier no longer counts, in the program year after it."""
        first = ProgramYear.containing(self.start)
        if self._year.year != first.year + 1:
            return None
        return by_rule("D3", f"held and not earned, so it counted until {first.last_day}")

    def _steps(self) -> tuple[Reason, ...]:
        """Return every reason; the last say why a score equal to a bound is enough, if the source leaves that open (D8)."""
        floor = [self._floor_reason] if self.basis.is_starting or self.decisive is None else []
        expired = [self._expired_reason] if self._expired_reason else []
        inclusive = [reason for one, _ in self._results for reason in inclusive_reasons(one.score, one.threshold)]
        return (*floor, *expired, *(reason for _, reason in self._results), *inclusive)

    def _counting_reason(self, result: Result) -> Reason:
        renewal, tier = self._renewal, self.tier
        carried = renewal if result.quarter.year < self._year.year else None
        if result.earned is None:
            return by_rule("D1", "earns nothing") if result.given else by_rule("D5", "ended before the start: earns nothing")
        if result is not self.decisive:
            text = f"also {tier}, so it changes nothing" if result.earned is tier else f"below {tier}, so it changes nothing"
        elif carried:
            text = f"sets the starting tier of {self._year}"
        else:
            text = f"the highest that counts, since {result.cycle.effective_on}"
        return Reason(text, "R7", carried.edition.citation("carryover")) if carried else by_rule("R6", text)

    def _not_counting_reason(self, result: Result) -> Reason:
        effective_on, renewal = result.cycle.effective_on, self._renewal
        if effective_on > self.day:
            return by_rule(timing_rule(result.quarter), f"takes effect on {effective_on}, after this day")
        if renewal is None:
            return by_rule("D4", f"took effect by {self.start}: included in the starting tier as given")
        text = f"only {renewal.quarter} sets the starting tier of {self._year}"
        return Reason(text, "R7", renewal.edition.citation("carryover"))

    def _numbers(self) -> dict[str, Citation]:
        facts: dict[str, Citation] = {}
        for result, _ in self._results:
            edition, since = result.edition, f"{result.edition.start} on" if result.edition.start else "all time"
            if isinstance(result.score, int):
                above = result.next_threshold
                for bound in (result.threshold, above):
                    if bound:
                        facts[f"{bound}, {since}"] = edition.citation(bound.tier)
                if not above:
                    facts[f"maximum {edition.maximum_score}, {since}"] = edition.citation("maximum")
        if renewal := self._renewal:
            facts[f"carryover: {renewal.edition.carryover}"] = renewal.edition.citation("carryover")
        return facts

    def _parts(self) -> list[Part]:
        facts = [(fact, f"{citation}{citation.note and f': {citation.note}'}") for fact, citation in self._facts]
        rules = [(rule.id, f"{rule.text} [{rule.citation}]") for rule in self.rules]
        sources = [(source.id, f"{source.title}, {source.date}") for source in self.sources]
        results, *stars = with_footnote(self._table())
        parts = [results, *([""] if stars else []), *stars]
        for (caption, heading), entries in zip(_SECTIONS.items(), (facts, rules, sources)):
            parts += ["", Entries((caption,), heading, entries)] if entries else []
        return parts

    def _table(self) -> Table:
        """Return the results that count and those that do not, with the floor and the decisive result marked."""
        counts = [self._row(result, reason) for result, reason in self._results[: len(self.basis.results)]]
        others = [self._row(result, reason) for result, reason in self._results[len(self.basis.results) :]]
        if self.basis.is_starting:
            mark = ">" if self.decisive is None else " "
            counts.insert(0, (mark, "start", "-", str(self.starting_tier), _why(self._floor_reason)))
        if self._expired_reason:
            others.insert(0, (" ", "start", "-", str(self.starting_tier), _why(self._expired_reason)))
        rows: list[tuple[str, ...]] = []
        if self.decisive is None and not self.basis.is_starting:
            entry = joined(f"entry tier: {self.tier}, since nothing that counts was scored ", _rule(self._floor_reason))
            rows += [(), (">", entry)]
        for name, chosen in (("counts", counts), ("does not count", others)):
            rows += [(), (name,), *chosen] if chosen else []
        caption = f"{self.tier} on {self.day} ({self.program}, {self._year})", *([self.note] if self.note else [])
        return Table(caption, _RESULTS, rows, right=2, key=1)

    def _row(self, result: Result, reason: Reason) -> tuple[str, ...]:
        mark, why = ">" if result is self.decisive else " ", _why(reason)
        reached = result.threshold
        if reached is None:
            return mark, str(result.quarter), "-", "not scored", why
        if not isinstance(result.score, int):
            return mark, str(result.quarter), "-", f"{reached.name}, score not known", why
        edition, above = result.edition, result.next_threshold
        upper = (above.score - 1, above.tier) if above else (edition.maximum_score, "maximum")
        lower_is_inferred = any(citation.is_inferred for citation in edition._reaching(reached, result.score))
        lower = starred(f"{reached.name}, {reached.score}", lower_is_inferred, " to ")
        band = joined(lower, starred(upper[0], edition.citation(upper[1]).is_inferred))
        return mark, str(result.quarter), str(result.score), band, why

    def _plain(self) -> dict[str, Any]:
        counts = len(self.basis.results)
        floor_matters = self.basis.is_starting or self.decisive is None
        carryover = self._renewal.edition if self._renewal else None
        results = [self._plain_result(result, reason) for result, reason in self._results]
        return {
            "day": self.day,
            "tier": self.tier,
            "program": self.program,
            "program_year": self._year,
            "note": self.note,
            "floor": {
                "tier": self.basis.floor,
                "is_starting": self.basis.is_starting,
                "decisive": self.decisive is None,
                "reason": self._floor_reason if floor_matters else None,
            },
            "expired_floor": {"tier": self.starting_tier, "reason": self._expired_reason} if self._expired_reason else None,
            "carryover": {"text": carryover.carryover, **carryover.citation("carryover")._plain()} if carryover else None,
            "counts": results[:counts],
            "does_not_count": results[counts:],
            "rules": {rule.id: {"text": rule.text, **rule.citation._plain()} for rule in self.rules},
        }

    def _plain_result(self, result: Result, reason: Reason) -> dict[str, Any]:
        edition, is_score = result.edition, isinstance(result.score, int)
        maximum = {"score": edition.maximum_score, **edition.citation("maximum")._plain()}
        return {
            "quarter": result.quarter,
            "score": result.score if is_score else None,
            "tier": result.earned,
            "label": result.threshold.label if result.threshold else None,
            "edition": edition.start,
            "reached": _plain_bound(result, result.threshold if is_score else None),
            "not_reached": _plain_bound(result, result.next_threshold),
            "maximum": maximum if is_score and not result.next_threshold else None,
            "effective_on": result.cycle.effective_on,
            "decisive": result is self.decisive,
            "reason": reason,
        }


def _rule(reason: Reason) -> str:
    return joined("(", starred(reason.rule, reason.is_inferred), ")")


def _why(reason: Reason) -> str:
    return joined(f"{reason.text} ", _rule(reason))


def _plain_bound(result: Result, bound: Threshold | None) -> dict[str, Any] | None:
    if bound is None:
        return None
    inclusive = bound.inclusive_citation if result.score == bound.score else None
    citation = result.edition.citation(bound.tier)
    return {"tier": bound.tier, "score": bound.score, **citation._plain(), "inclusive": inclusive}
