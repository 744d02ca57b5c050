"""How the rules of a program are stated: dated changes, each with its sources.

A change is in force from its first quarter until the next change begins, so a gap or an overlap cannot be written.
What is not known, and the end of a program, are entries of the same list.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from itertools import pairwise
from typing import Final, final

import attrs

from tbtier.errors import ProgramEndedError, RuleDataError, UnknownRuleError
from tbtier.fiscal import FiscalQuarter, as_quarter, quarter_at, require_date
from tbtier.rules.citations import require_text
from tbtier.rules.cycles import Cycle, cycle_at, latest_effective
from tbtier.rules.editions import Carryover, Edition, ProgramEnd, UnknownRules, require_kind, require_score
from tbtier.rules.tiers import Tier

__all__ = ["Program"]

_NEVER: Final = 4 * 10_000


@final
@attrs.frozen(cache_hash=True)
class Program:
    """A partner program: what its rules were, from when, and by which source.

    >>> from tbtier.programs import ISV
    >>> print(ISV.tier_for(540, "FY24 Q1"), ISV.cycle("FY24 Q1").effective_on)
    Crest 2023-06-01

    Raises:
        RuleDataError: the changes are not in order, begin with something else than an edition, or go on after an end;
            or the entry tier is above the lowest tier of an edition.
    """

    name: str
    """Its name; best that of the constant which holds it."""
    entry_tier: Tier
    """The tier of a partner that has not earned one (rules R9 and D2)."""
    changes: tuple[Edition | UnknownRules | ProgramEnd, ...]
    """What was in force from when, in order."""
    note: str = ""
    """What a reader of its results must know, such as that it is a model; may be empty."""
    # By ordinal: where each change begins, and after the last one a quarter that never comes.
    _starts: tuple[int, ...] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        where = f"Program {self.name}"
        require_text(f"{where}: name", self.name)
        require_kind(str, f"{where}: note", self.note)
        require_kind(Tier, f"{where}: entry_tier", self.entry_tier)
        require_kind(tuple, f"{where}: changes", self.changes)
        for place, change in enumerate(self.changes):
            require_kind((Edition, UnknownRules, ProgramEnd), f"{where}: changes[{place}]", change)
            if isinstance(change, Edition) and self.entry_tier > change.tiers[0]:
                raise RuleDataError(
                    f"{where}: changes[{place}]", f"must have a tier from {self.entry_tier} down: all enter there"
                )
            if place and isinstance(self.changes[place - 1], ProgramEnd):
                raise RuleDataError(f"{where}: changes[{place}]", "must not follow the end: state a program of its own")
        if not self.changes or not isinstance(self.changes[0], Edition):
            raise RuleDataError(f"{where}: changes[0]", "must be an Edition, since a program begins with rules that are known")
        starts = [0 if change.start is None else change.start.ordinal for change in self.changes]
        for place, (former, latter) in enumerate(pairwise(starts), start=1):
            if not former < latter:
                raise RuleDataError(f"{where}: changes[{place}]", f"must begin after {self.changes[place - 1].start}")
        object.__setattr__(self, "_starts", (*starts, _NEVER))

    @property
    def ended_on(self) -> date | None:
        """The first day without the program; `None` if it has no end."""
        last = self.changes[-1]
        return last.on if isinstance(last, ProgramEnd) else None

    def require_running(self, day: date) -> None:
        """Raise `ProgramEndedError` if the program has ended by a day."""
        last = self.changes[-1]
        if isinstance(last, ProgramEnd) and last.on <= day:
            self.edition_at(min(max(last.start.ordinal, latest_effective(day) + 1), _NEVER - 1))

    def edition(self, quarter: FiscalQuarter | str) -> Edition:
        """Return the rules in force in a quarter, which judge its score whenever the result acts (rule D7).

        Raises:
            UnknownRuleError: the rules of that quarter are not known.
            ProgramEndedError: its result would act on or after the end of the program.
        """
        return self.edition_at(as_quarter(quarter).ordinal)[0]

    def edition_at(self, ordinal: int) -> tuple[Edition, int]:
        """Return the edition in force in a quarter, and the first quarter in which it no longer is, both by ordinal."""
        place = bisect_right(self._starts, ordinal) - 1
        change = self.changes[place] if place >= 0 else None
        if isinstance(change, Edition):
            return change, self._starts[place + 1]
        quarter = quarter_at(ordinal)
        if isinstance(change, ProgramEnd):
            place = max(place for place, change in enumerate(self.changes) if isinstance(change, Edition))
            last = quarter_at(self._starts[place + 1] - 1)
            raise ProgramEndedError(self.name, quarter, self._known(), change.on, change.replaced_by, change.citation, last)
        reason = "it is before the first edition known" if change is None else change.reason
        raise UnknownRuleError(self.name, quarter, reason, self._known())

    @property
    def last_change(self) -> int:
        """The ordinal of the quarter in which the last change begins; after it the rules stay what they are."""
        return self._starts[-2]

    def knows(self, ordinal: int) -> bool:
        """Return whether the rules of the quarter with this ordinal are known."""
        place = bisect_right(self._starts, ordinal) - 1
        return place >= 0 and isinstance(self.changes[place], Edition)

    def cycle(self, quarter: FiscalQuarter | str) -> Cycle:
        """Return a quarter's evaluation as dates (rules R3 to R5).

        Raises:
            UnknownRuleError: the rules of that quarter are not known.
            ProgramEndedError: its result would act on or after the end of the program.
        """
        quarter = as_quarter(quarter)
        self.edition(quarter)
        return cycle_at(quarter.ordinal)

    def tier_for(self, score: int, quarter: FiscalQuarter | str) -> Tier:
        """Return what a score earns under the edition in force in a quarter (rule D7).

        Raises:
            WrongTypeError: `score` is not an int.
            ScoreError: `score` is below 0 or above the maximum.
            UnknownRuleError: the rules of that quarter are not known.
            ProgramEndedError: its result would act on or after the end of the program.
        """
        quarter = as_quarter(quarter)
        edition = self.edition(quarter)
        return edition.threshold(require_score(score, quarter, edition.maximum_score)).tier

    def counting_quarters(self, day: date) -> tuple[FiscalQuarter, ...]:
        """Return the quarters that count towards the tier on a day, in order (rules R6 and R7).

        Those of the fiscal year that set the last starting tier (only Q4 if the carry is `FINAL_QUARTER`),
        then those whose results have acted since. The tier on the day is the highest that was earned in any of them.

        >>> from tbtier.programs import TRAILBLAZER
        >>> print(*TRAILBLAZER.counting_quarters(date(2024, 2, 29)), sep=", ")
        FY23 Q1, FY23 Q2, FY23 Q3, FY23 Q4, FY24 Q1, FY24 Q2, FY24 Q3
        >>> print(*TRAILBLAZER.counting_quarters(date(2024, 3, 1)), sep=", ")
        FY24 Q1, FY24 Q2, FY24 Q3, FY24 Q4

        Raises:
            WrongTypeError: `day` is not a plain date.
            UnknownRuleError: the rules of one of these quarters are not known.
            ProgramEndedError: the program has ended by then.
        """
        latest = latest_effective(require_date(day))
        self.require_running(day)
        quarters = tuple(quarter_at(ordinal) for ordinal in self.counting(latest))
        for quarter in quarters:
            self.edition(quarter)
        return quarters

    def counting(self, latest: int) -> range:
        """Return the ordinals of the quarters that count while `latest` is the last one that has taken effect."""
        final = latest - (latest + 1) % 4  # the Q4 that set the starting tier
        highest = self.edition_at(final)[0].carryover is Carryover.HIGHEST_OF_YEAR
        return range(final - 3 if highest else final, latest + 1)

    def with_edition_of(self, quarter: FiscalQuarter | str) -> Program:
        """Return a program with the edition of one quarter for all time: for what-if questions about rules.

        >>> from tbtier.programs import CONSULTING
        >>> print(CONSULTING.tier_for(450, "FY20 Q4"), CONSULTING.with_edition_of("FY21 Q1").tier_for(450, "FY20 Q4"))
        Crest Ridge

        Raises:
            UnknownRuleError: the rules of that quarter are not known.
            ProgramEndedError: its result would act on or after the end of the program.
        """
        quarter = as_quarter(quarter)
        return Program(
            name=f"{self.name}.with_edition_of('{quarter}')",
            entry_tier=self.entry_tier,
            changes=(attrs.evolve(self.edition(quarter), start=None),),
            note=f"a what-if, not a record: the edition of {quarter} for all time",
        )

    def _known(self) -> str:
        """Return the quarters whose rules are known, as text."""
        spans: list[str] = []
        for former, change, latter in zip((None, *self.changes), self.changes, (*self.changes[1:], None)):
            if isinstance(change, Edition) and not isinstance(former, Edition):
                spans.append(f"{change.start or 'the beginning'}")
            if isinstance(change, Edition) and not isinstance(latter, Edition):
                spans[-1] += f" to {latter.start - 1}" if latter and latter.start else " on"
        return ", ".join(spans)
