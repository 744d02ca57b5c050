"""Why a tier is held on a day: the quarters that count, and the one that decides (rules R6 and R7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import attrs

from tbtier.evaluation.decisions import Evaluation
from tbtier.evaluation.reasons import RULE, Reason, acting_rule, by_rule, carryover_of, once, plain_reason, starred
from tbtier.evaluation.text import in_columns, in_paragraphs
from tbtier.fiscal import ProgramYear
from tbtier.rules.citations import Citation, Source, by_id, plain_citation, plain_sources
from tbtier.rules.editions import Threshold
from tbtier.rules.program import Program
from tbtier.rules.rulebook import Rule
from tbtier.rules.tiers import Tier

__all__ = ["Consideration", "Explanation"]

_FORMAT: Final = "tbtier.explanation/1"


@attrs.frozen
class Consideration:
    """One thing considered for a day: a quarter's evaluation, or the starting tier."""

    evaluation: Evaluation | None
    """The quarter's evaluation; `None` for the starting tier."""
    tier: Tier | None
    """What it is worth: the tier that was earned, or the starting tier; `None` for a quarter that was not scored."""
    counts: bool
    """Whether it counts towards the day."""
    reason: Reason
    """What it does, or why it does not count."""


@attrs.frozen
class Explanation:
    """Why a tier is held on a day; `str()` is for people, `to_dict()` for programs.

    The tier follows from the rest: it is the highest of the considerations that count.

    Raises:
        RuleDataError: two of the sources have the same id.
    """

    day: date
    """The day that is explained."""
    program: str
    """The name of the program."""
    note: str
    """What a reader of the program's results must know; may be empty."""
    entry_tier: Tier
    """The tier where nothing that counts was scored (rule D2)."""
    considerations: tuple[Consideration, ...]
    """The starting tier and the quarters that bear on the program year of the day, in order, whether they count or not."""

    def __attrs_post_init__(self) -> None:
        by_id(self.sources)

    @property
    def decisive(self) -> Consideration | None:
        """The first of those that count and are worth the tier; `None` where nothing that counts is worth any."""
        worth = [(one.tier.rank, one) for one in self.considerations if one.counts and one.tier]
        return max(worth, key=lambda ranked: ranked[0])[1] if worth else None

    @property
    def tier(self) -> Tier:
        """The tier that is held on the day."""
        decisive = self.decisive
        return self.entry_tier if decisive is None or decisive.tier is None else decisive.tier

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that were applied, each once."""
        applied = {one.reason.rule for one in self.considerations}
        if self.decisive is None:
            applied.add("D2")
        return tuple(rule for rule in RULE.values() if rule.id in applied)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that the explanation rests on, each once."""
        editions = [one.evaluation.edition for one in self.considerations if one.evaluation]
        citations = [
            *self._facts().values(),
            *(citation for edition in editions for citation in (edition.start_citation, edition.maximum_citation)),
            *(one.reason.citation for one in self.considerations),
            *(rule.citation for rule in self.rules),
        ]
        return once(source for citation in citations for source in citation.sources)

    def __str__(self) -> str:
        decisive = self.decisive
        lines = [f"{self.tier} on {self.day} ({self.program}, {ProgramYear.containing(self.day)})"]
        if self.note:
            lines.append(self.note)
        rows = in_columns([_row(one, one is decisive) for one in self.considerations], right=2)
        if decisive is None:
            lines += ["", f">  entry tier: {self.tier}, since nothing that counts was scored (D2*)"]
        for heading, counts in (("counts", True), ("does not count", False)):
            chosen = [row for one, row in zip(self.considerations, rows) if one.counts is counts]
            lines += ["", heading, *chosen] if chosen else []
        lines += ["", "* inferred, not published"] if any("*" in row for row in rows) else []
        rules = [(rule.id, f"{rule.text} [{rule.citation}]") for rule in self.rules]
        sources = [(source.id, f"{source.title}, {source.date}") for source in self.sources]
        facts = [(fact, f"{citation}{citation.note and f': {citation.note}'}") for fact, citation in self._facts().items()]
        for heading, entries in (("numbers and carry", facts), ("rules", rules), ("sources", sources)):
            lines += ["", heading, *in_paragraphs(entries)] if entries else []
        return "\n".join(lines)

    def _facts(self) -> dict[str, Citation]:
        """Return the facts of editions that were applied, each with where it is written."""
        facts: dict[str, Citation] = {}
        for evaluation in (one.evaluation for one in self.considerations if one.evaluation):
            edition, quarter = evaluation.edition, evaluation.quarter
            since = f"{edition.start} on" if edition.start else "all time"
            if evaluation.bounds:
                facts[f"edition, {since}"] = edition.start_citation
                facts |= {f"{bound}, {since}": bound.citation for bound in evaluation.bounds}
                facts |= (
                    {} if evaluation.next_threshold else {f"maximum {edition.maximum_score}, {since}": edition.maximum_citation}
                )
            if quarter.number == 4 and quarter.year == ProgramYear.containing(self.day).year - 1:
                facts[f"carry: {edition.carryover}"] = edition.carryover_citation
        return facts

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON: text, ints, bools, `None`, lists and dicts.

        Its `"format"` is `"tbtier.explanation/1"`; the number rises when a reader of the old form would go wrong.
        """
        decisive = self.decisive
        return {
            "format": _FORMAT,
            "day": self.day.isoformat(),
            "tier": str(self.tier),
            "program": self.program,
            "program_year": str(ProgramYear.containing(self.day)),
            "note": self.note,
            "entry_tier": str(self.entry_tier),
            "considerations": [_plain(one, one is decisive) for one in self.considerations],
            "rules": {rule.id: {"text": rule.text, **plain_citation(rule.citation)} for rule in self.rules},
            "sources": plain_sources(self.sources),
        }


def _row(one: Consideration, decisive: bool) -> tuple[str, ...]:
    mark = ">" if decisive else " "
    why = f"{one.reason.text} ({one.reason.rule}{starred(one.reason.citation)})"
    evaluation = one.evaluation
    if evaluation is None:
        return mark, "start", "-", str(one.tier), why
    reached, above = evaluation.threshold, evaluation.next_threshold
    if reached is None:
        return mark, str(evaluation.quarter), "-", "not scored", why
    if isinstance(evaluation.score, Tier):
        return mark, str(evaluation.quarter), "-", f"{reached.name}, score not known", why
    edition = evaluation.edition
    highest, citation = (above.score - 1, above.citation) if above else (edition.maximum_score, edition.maximum_citation)
    earned = f"{reached.name}, {reached.score}{starred(reached.citation, edition)} to {highest}{starred(citation, edition)}"
    return mark, str(evaluation.quarter), str(evaluation.score), earned, why


def _plain(one: Consideration, decisive: bool) -> dict[str, Any]:
    evaluation = one.evaluation
    score = evaluation.score if evaluation else None
    reached = evaluation.threshold if evaluation else None
    return {
        "quarter": str(evaluation.quarter) if evaluation else None,
        "score": None if isinstance(score, Tier) else score,
        "tier": str(one.tier) if one.tier else None,
        "label": reached.label if reached else None,
        "edition": _plain_edition(evaluation),
        "reached": _plain_threshold(reached if evaluation and evaluation.bounds else None),
        "not_reached": _plain_threshold(evaluation.next_threshold if evaluation else None),
        "effective_on": evaluation.cycle.effective_on.isoformat() if evaluation else None,
        "counts": one.counts,
        "decisive": decisive,
        "reason": plain_reason(one.reason),
    }


def _plain_edition(evaluation: Evaluation | None) -> dict[str, Any] | None:
    if evaluation is None:
        return None
    edition = evaluation.edition
    maximum = {"score": edition.maximum_score, **plain_citation(edition.maximum_citation)}
    return {
        "start": str(edition.start) if edition.start else None,
        "maximum": maximum,
        **plain_citation(edition.start_citation),
    }


def _plain_threshold(threshold: Threshold | None) -> dict[str, Any] | None:
    if threshold is None:
        return None
    return {"tier": str(threshold.tier), "score": threshold.score, **plain_citation(threshold.citation)}


def explain(
    day: date,
    tier: Tier,
    program: Program,
    starting_tier: Tier,
    start: date,
    evaluations: Sequence[Evaluation],
    counting: range,
) -> Explanation:
    """Return the explanation of the tier on a day, from the quarters that bear on its program year."""
    considerations = []
    year, first_year = ProgramYear.containing(day).year, ProgramYear.containing(start)
    if year == first_year.year:
        reason = by_rule("D3", f"the tier held on {start}")
        considerations.append(Consideration(None, starting_tier, True, reason))
    elif year == first_year.year + 1:
        reason = by_rule("D3", f"held and not earned, so it counted until {first_year.last_day}")
        considerations.append(Consideration(None, starting_tier, False, reason))
    renews_on = next((one for one in evaluations if one.quarter.number == 4 and one.quarter.year < year), None)
    decided = any(one.counts and one.tier is tier for one in considerations)
    for evaluation in evaluations:
        counts = evaluation.quarter.ordinal in counting
        decides = counts and not decided and evaluation.earned is tier
        decided = decided or decides
        carried = renews_on if evaluation.quarter.year < year else None
        reason = _reason(evaluation, counts, decides, tier, day, start, carried)
        considerations.append(Consideration(evaluation, evaluation.earned, counts, reason))
    return Explanation(day, program.name, program.note, program.entry_tier, tuple(considerations))


def _reason(
    evaluation: Evaluation,
    counts: bool,
    decides: bool,
    tier: Tier,
    day: date,
    start: date,
    renews_on: Evaluation | None,
) -> Reason:
    """Return what an evaluation does; `renews_on` is the Q4 of its fiscal year if that set the starting tier."""
    acts = evaluation.cycle.effective_on
    if acts > day:
        return by_rule(acting_rule(evaluation.quarter), f"acts on {acts}, after this day")
    if not counts and renews_on is None:
        return by_rule("D4", f"acted by {start}: what it did is in the starting tier as given")
    if counts and evaluation.earned is None:
        return by_rule("D1", "earns nothing") if evaluation.given else by_rule("D5", "ended before the start: earns nothing")
    if not counts and renews_on is not None:
        text = f"only {renews_on.quarter} sets the starting tier of {ProgramYear.containing(day)}"
    elif decides and renews_on is not None:
        text = f"sets the starting tier of {ProgramYear.containing(day)}"
    elif decides:
        text = f"the highest that counts, since {acts}"
    else:
        again = f"{tier} as well, so it changes nothing"
        text = again if evaluation.earned is tier else f"below {tier}, so it changes nothing"
    return by_rule("R6", text) if renews_on is None else Reason(text, "R7", carryover_of(renews_on.edition))
