"""The tier on every day, worked out from scores.

The tier on a day is the highest tier earned in the quarters that count towards that day,
and until the first March 1 the starting tier counts too. Everything in this module follows from that sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final, final

import attrs

from tbtier.errors import MissingScoreError, OutsideTimelineError, ParseError, UnknownRuleError, WrongTypeError
from tbtier.errors.checks import require_date
from tbtier.evaluation.schedule import MISSING, Schedule, schedule_of
from tbtier.evaluation.scores import Score, ScoreHistory, Scores
from tbtier.fiscal import ONE_DAY, SHARED, FiscalQuarter, ProgramYear
from tbtier.rules.citations import Source
from tbtier.rules.cycles import cycle_of
from tbtier.rules.plain import Answer
from tbtier.rules.program import Program, require_program
from tbtier.rules.tiers import Tier, as_tier

if TYPE_CHECKING:
    from tbtier.evaluation.decisions import Decision
    from tbtier.evaluation.explanations import Explanation
    from tbtier.evaluation.periods import TierPeriod
    from tbtier.formats import TimelineDict
    from tbtier.rules.text import Part

__all__ = ["Timeline", "evaluate"]

_TIERS: Final = tuple(Tier)  # by rank
_SHOWN: Final = 6  # tiers named in a representation; the periods have them all


@final
@attrs.frozen(repr=False)
class Timeline(Answer["TimelineDict"]):
    """The tier held on every day from `start` to before `stop`; made by `evaluate`."""

    program: Program
    """The program whose rules apply."""
    history: ScoreHistory
    """The score of each quarter."""
    starting_tier: Tier
    """The tier held on `start` (rule D3)."""
    start: date
    """The first day."""
    _schedule: Schedule = attrs.field(init=False, eq=False)
    """The program's rules for these quarters; not part of the API."""
    # The rank of the tier held on `start`, and after each quarter has taken effect; the garbage collector ignores bytes.
    _held: bytes = attrs.field(init=False, eq=False)

    _format = "tbtier.timeline/1"

    def __attrs_post_init__(self) -> None:
        require_program(self.program)
        if type(self.history) is not ScoreHistory:
            raise WrongTypeError("history", self.history, "a ScoreHistory", "evaluate makes one")
        if type(self.starting_tier) is not Tier:
            raise WrongTypeError("starting_tier", self.starting_tier, "a Tier", "Tier.parse('Crest') reads one from its name")
        if self.starting_tier not in self.program.tiers:
            raise ParseError(f"a tier of {self.program.name}", str(self.starting_tier), tuple(map(str, self.program.tiers)))
        start = require_date(self.start, "start")
        if start is not self.start:
            object.__setattr__(self, "start", start)
        quarters = self.history.quarters
        make = schedule_of if len(quarters) <= SHARED else schedule_of.__wrapped__
        schedule = make(self.program, self.start, quarters[-1]._ordinal + 1 if quarters else None)
        object.__setattr__(self, "_schedule", schedule)
        object.__setattr__(self, "_held", self._evaluate())

    def __reduce__(self) -> tuple[Any, ...]:
        return Timeline, (self.program, self.history, self.starting_tier, self.start)

    def _evaluate(self) -> bytes:
        """Return the rank of the tier held on `start`, and after each quarter has taken effect.

        This is the closed form: inside a program year a running maximum,
        on March 1 the maximum of the quarters that count then.
        """
        rank, entry = self.starting_tier._rank, self.program.entry_tier._rank
        earned = self._earned()
        held = [rank]
        for index, first in self._schedule.effective:
            if first is not None:
                best = max(earned[first : index + 1])
                rank = best if best > entry else entry
            elif earned[index] > rank:
                rank = earned[index]
            held.append(rank)
        return bytes(held)

    def _earned(self) -> list[int]:
        """Return the rank of the tier that each quarter of the schedule earned."""
        schedule, scores = self._schedule, self.history.scores
        quarters = self.history.quarters
        if quarters is not schedule.quarters and quarters != schedule.quarters:  # mostly shared
            scores = self._filled()
        earned: list[int] = []
        for edition, indexes in schedule.judged:
            earned += edition._ranks_of(scores[indexes], schedule.base + indexes.start)
        return earned

    def _filled(self) -> tuple[Score, ...]:
        """Return the score of each quarter of the schedule, with `None` for quarters that may be missing (rule D5)."""
        schedule, history = self._schedule, self.history
        wanted = schedule.quarters
        excused = min((*history.quarters[:1], FiscalQuarter.containing(self.start)))
        if missing := tuple(quarter for quarter in wanted if quarter not in history and quarter >= excused):
            raise MissingScoreError(missing, MISSING)
        for quarter, score in history.items():
            if quarter._ordinal < schedule.base:  # does not count, but must still be valid
                self.program.edition(quarter)._ranks_of((score,), quarter._ordinal)
        return tuple(map(history.get, wanted))

    @property
    def stop(self) -> date:
        """The first day without a known tier: when the first quarter not given takes effect, or the program's end (D6)."""
        return self._schedule.stop

    def tier_on(self, day: date) -> Tier:
        """Return the tier that is held on a day.

        >>> from tbtier.programs import TRAILBLAZER
        >>> timeline = evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=TRAILBLAZER, starting_tier="Base")
        >>> print(timeline.tier_on(date(2023, 8, 31)), timeline.tier_on(date(2023, 9, 1)))
        Ridge Crest

        Raises:
            WrongTypeError: `day` is not a plain date.
            OutsideTimelineError: `day` is before `start`, or not before `stop`.
        """
        if type(day) is not date:
            day = require_date(day)
        schedule = self._schedule
        if not self.start <= day < schedule.stop:
            raise outside(self, day)
        return _TIERS[self._held[(12 * day.year + day.month - schedule.month) // 3]]  # one every three months

    @property
    def periods(self) -> tuple[TierPeriod, ...]:
        """The longest runs of days on which one tier is held, in order; they cover the timeline without gap or overlap."""
        from tbtier.evaluation.periods import TierPeriod

        begins: list[tuple[Tier, date, FiscalQuarter | None]] = [(self.starting_tier, self.start, None)]
        for quarter, before, after in self._steps():
            if after is not before:
                begins.append((after, cycle_of(quarter).effective_on, quarter))
        stops = [*(start for _, start, _ in begins[1:]), self.stop]
        return tuple(TierPeriod(tier, start, stop, quarter) for (tier, start, quarter), stop in zip(begins, stops))

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """One decision for each effective date after `start`, in order; some change nothing."""
        from tbtier.evaluation.basis import Results
        from tbtier.evaluation.decisions import Decision

        results = Results(self, self.stop)
        return tuple(Decision(results.basis_on(cycle_of(quarter).effective_on), before) for quarter, before, _ in self._steps())

    @property
    def changes(self) -> tuple[Decision, ...]:
        """The decisions that changed the tier."""
        return tuple(decision for decision in self.decisions if decision.before is not decision.after)

    def explain(self, day: date) -> Explanation:
        """Return the explanation of the tier held on a day; its errors are those of `tier_on`."""
        from tbtier.evaluation.basis import Results
        from tbtier.evaluation.explanations import Explanation

        self.tier_on(day)
        day = require_date(day)
        results, program = Results(self, day), self.program
        basis = results.basis_on(day)
        counting = {result.quarter for result in basis.results}
        others = tuple(results.of(quarter) for quarter in self._schedule.considered(day) if quarter not in counting)
        return Explanation(program.name, program.note, self.start, self.starting_tier, basis, others)

    def as_known_on(self, day: date) -> Timeline:
        """Return the timeline as it was known on a day: only the quarters that had closed before that day are scored.

        >>> from tbtier.programs import TRAILBLAZER
        >>> timeline = evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=TRAILBLAZER, starting_tier="Base")
        >>> print(timeline.as_known_on(date(2023, 7, 31)).history)
        ScoreHistory({'FY24 Q1': 310})

        Its errors are those of `tier_on`.
        """
        day = require_date(day)
        self.tier_on(day)
        quarters = self.history.quarters
        if not quarters or quarters[-1].stop <= day:
            return self
        closed = bisect_left(quarters, FiscalQuarter.containing(day))
        history = ScoreHistory(zip(quarters[:closed], self.history.scores))
        return Timeline(self.program, history, self.starting_tier, self.start)

    def _steps(self) -> Iterable[tuple[FiscalQuarter, Tier, Tier]]:
        """Return the quarters that took effect after `start`, with the tiers held before and after."""
        held = [_TIERS[rank] for rank in self._held]
        return zip(self._schedule.effective_quarters, held, held[1:])

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that the decisions rest on, in order."""
        from tbtier.evaluation.reasons import unique

        return unique(source for decision in self.decisions for source in decision.sources)

    def _plain(self) -> dict[str, Any]:
        return {
            "program": self.program.name,
            "note": self.program.note,
            "starting_tier": self.starting_tier,
            "start": self.start,
            "stop": self.stop,
            **self.history._plain(),
            "periods": self.periods,
            "decisions": self.decisions,
        }

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        """Print the call that makes this timeline: Hypothesis shows it for a failing example."""
        fields = f"history={self.history!r}, starting_tier={self.starting_tier!r}, start={self.start!r}"
        printer.text(f"Timeline(program={self.program.name}, {fields})")

    def __repr__(self) -> str:
        tiers = [str(period.tier) for period in self.periods]
        shown = tiers if len(tiers) <= _SHOWN else [*tiers[: _SHOWN - 1], "...", tiers[-1]]
        return f"<Timeline: {self.program.name} from {self.start} to {self.stop - ONE_DAY}, {', '.join(shown)}>"

    def _parts(self) -> list[Part]:
        from tbtier.evaluation.reasons import any_inferred
        from tbtier.rules.text import Implied, Table, starred, with_footnote

        heading = "from", "tier", "quarter", "score", "earned", Implied("decision")
        rows = [(str(self.start), str(self.starting_tier), "-", "-", "-", "starting tier")]
        for decision in self.decisions:
            score, threshold = decision.result.score, decision.result.threshold
            shown = str(score) if isinstance(score, int) else "-"
            earned = starred(threshold.name if threshold else "not scored", any_inferred(decision.earning_reasons))
            kind = starred(decision.kind, any_inferred(decision.outcome_reasons))
            rows.append((str(decision.effective_on), str(decision.after), str(decision.quarter), shown, earned, kind))
        span = f"{self.program.name} from {self.start} to {self.stop - ONE_DAY}"
        return with_footnote(Table([span, *([self.program.note] if self.program.note else [])], heading, rows, right=3))

    def _repr_html_(self) -> str:
        """Return the text as HTML, under a bar of the tiers: a notebook calls this method."""
        from tbtier.rules.html import bar

        return bar((str(period.tier), period) for period in self.periods) + super()._repr_html_()


def outside(timeline: Timeline, day: date) -> OutsideTimelineError:
    """Return the error for a day outside a timeline, with the reason and the quarter that is missing."""
    program, start = timeline.program, timeline.start
    if day < start:
        year = ProgramYear.containing(max(day, ProgramYear(2).start)).year  # the first one that there is
        quarter = FiscalQuarter(year, 1)
        reason = f"give a start= by then, and the scores from {quarter} on"
    else:
        quarter = timeline._schedule.first_unknown
        reason = f"the score of {quarter} is needed to go on; {quarter} takes effect on {cycle_of(quarter).effective_on}"
    try:
        program.edition(quarter)
    except UnknownRuleError as unknown:
        return OutsideTimelineError(day, start, timeline.stop, str(unknown))
    return OutsideTimelineError(day, start, timeline.stop, reason, quarter)


def require_timeline(what: str, value: object) -> Timeline:
    """Return a value if it is a `Timeline`; otherwise raise `WrongTypeError`."""
    if type(value) is not Timeline:
        raise WrongTypeError(what, value, "a Timeline", "evaluate makes one")
    return value


@cache  # there are fewer than 10,000
def _year_start(year: int) -> date:
    return ProgramYear(year).start


def evaluate(
    scores: Scores,
    *,
    program: Program,
    starting_tier: Tier | str,
    start: date | None = None,
) -> Timeline:
    """Return the tier on every day, as far as the scores reach.

    Args:
        scores: the score of each quarter: a `ScoreHistory`, a mapping, or pairs; a quarter may be given as its text.
            `None` means that the quarter was not scored; a `Tier` is the earned tier, if the score is not known.
        program: the program whose rules apply.
        starting_tier: the tier held on `start`, or its name (rule D3); `program.entry_tier` for a new partner.
        start: the first day of the timeline; by default March 1 of the first quarter's fiscal year,
            which must then be given from its Q1 on (rule D5).

    >>> from tbtier.programs import TRAILBLAZER
    >>> timeline = evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=TRAILBLAZER, starting_tier="Ridge")
    >>> for period in timeline.periods:
    ...     print(period.start, period.tier)
    2023-03-01 Ridge
    2023-09-01 Crest

    Raises:
        WrongTypeError: an argument has the wrong type, such as a datetime for `start` or a float for a score.
        ScoreError: a score is below 0, above its edition's maximum, or not a whole number; or a quarter has two scores.
        ParseError: the text of a quarter or a tier is in no accepted spelling, or the program does not have the tier.
        MissingScoreError: a quarter that can count is neither given nor ended before `start`.
        UnknownRuleError: the rules of a quarter are not known.
        ProgramEndedError: a quarter would take effect on or after the program's end, or `start` is not before it.
    """
    history = ScoreHistory(scores)
    if start is None:
        if not history.quarters:
            raise MissingScoreError((), "give at least one, or start= (the first day of the timeline)")
        start = _year_start(history.quarters[0].year)
    tier = starting_tier if type(starting_tier) is Tier else as_tier(starting_tier, "starting_tier")
    return Timeline(program, history, tier, start)
