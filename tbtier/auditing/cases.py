"""The text of a case: what to write once an evaluation is over, or until when to wait (rule R11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tbtier.evaluation.basis import Result
from tbtier.evaluation.decisions import Decision
from tbtier.evaluation.reasons import Reason, by_rule, notified_rule, timing_rule
from tbtier.rules.citations import by_id
from tbtier.rules.cycles import Cycle
from tbtier.rules.text import footnote, in_columns, in_paragraphs, starred
from tbtier.rules.tiers import Tier

__all__: list[str] = []


def wait(cycle: Cycle, as_of: date, headline: str) -> str:
    """Return the advice to wait before opening a case: until when, and why."""
    quarter, effective_on = cycle.quarter, cycle.effective_on
    reasons = [
        by_rule(
            timing_rule(quarter), f"{quarter} is in review until {cycle.review_last_day}, and takes effect on {effective_on}"
        ),
        by_rule(notified_rule(quarter), f"partners are notified from {effective_on} to {cycle.notified_by}"),
        by_rule("R11", "a case is opened when the evaluation is over and the tier does not match the scores"),
    ]
    lines = [f"Wait until {cycle.notified_by} has passed before opening a case; it is {as_of}.", *_indented(reasons)]
    return "\n".join([*lines, "", headline])


def no_case(advice: str, headline: str, reason: Reason) -> str:
    """Return the advice to correct the record instead of opening a case."""
    return f"No case to open; correct the record: {advice}.\n\n{headline}\n  {reason}"


def case(what: str, expected: Tier, reason: Reason, decision: Decision | None, note: str) -> str:
    """Return the text of a case to open."""
    results = decision.basis.results if decision else ()
    scored = [str(result.quarter) for result in results if result.score is not None]
    scores = [("quarter", "closed", "score", "earned", "took effect"), *map(_row, results)]
    no_scores = [f"{expected} was already held when our records begin, and no score has changed it"]
    metrics = [f"{quarter}: [metric, points shown, points expected]" for quarter in scored or ["[quarter]"]]
    reasons = [*(decision.reasons if decision else ()), reason, by_rule("R11", "so we open this case")]
    cited = by_id(source for one in reasons for source in one.citation.sources)
    sources = [(name, f"{source.title}, {source.date}") for name, source in cited.items()]
    parts = [
        [f"The tier of our partner account {what}", *([note] if note else [])],
        ["The score expected, by quarter", *_indented(in_columns(scores, right=2) if results else no_scores)],
        ["Metrics to check", *_indented(metrics)],
        ["Missing opportunities", "  [opportunity, day on which it closed, metric that it counts for]"],
        ["Why", *_indented(reasons)],
        ["Sources", *in_paragraphs(sources)],
        footnote([*scores, [what]]),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _row(result: Result) -> tuple[str, ...]:
    """Return the score of a quarter and what it earned, as a line of a table."""
    cycle, score, reached = result.cycle, result.score, result.threshold
    shown, earned = "-", str(result.earned or "not scored")
    if reached and isinstance(score, int):
        shown = str(score)
        is_inferred = any(citation.is_inferred for citation in result.citations)
        earned = starred(reached.name, is_inferred, f" from {reached.score}")
    return str(cycle.quarter), str(cycle.closes_on), shown, earned, str(cycle.effective_on)


def _indented(lines: Iterable[object]) -> list[str]:
    return [f"  {line}" for line in lines]
