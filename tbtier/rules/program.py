"""Programs: their rules as dated changes, each with its sources.

A change is in force from its first quarter until the next change begins, so a gap or an overlap cannot be written.
Unknown rules and the end of a program are entries of the same list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final, final

import attrs

from tbtier.errors import ProgramEndedError, RuleDataError, UnknownRuleError, WrongTypeError
from tbtier.errors.checks import require_kind, require_score, require_str, require_text
from tbtier.errors.values import outlined, plain_text
from tbtier.fiscal import FiscalQuarter, as_quarter, quarter_at
from tbtier.rules.citations import by_id
from tbtier.rules.cycles import Cycle, cycle_at
from tbtier.rules.editions import Edition, ProgramEnd, UnknownRules
from tbtier.rules.plain import Printed
from tbtier.rules.sources import SOURCES
from tbtier.rules.tiers import Tier, tier_among

if TYPE_CHECKING:
    from tbtier.rules.text import Part

__all__ = ["Program"]

_NEVER: Final = 4 * 10_000


@final
@attrs.frozen(cache_hash=True)
class Program(Printed):
    """A partner program: its rules over time, each with its sources.

    >>> from tbtier.programs import TRAILBLAZER
    >>> print(TRAILBLAZER.tier_for(540, "FY24 Q1"), TRAILBLAZER.cycle("FY24 Q1").effective_on)
    Crest 2023-06-01

    Raises:
        RuleDataError: two documents have the same id, or one has the id of a document that the rules of the library cite;
            the changes are not in order, do not begin with an edition, or continue after an end;
            or the entry tier is above the lowest tier of an edition.
    """

    name: str = attrs.field(converter=plain_text)
    """The name of the program, which should be the name of its constant."""
    entry_tier: Tier
    """The tier of a partner that has not earned one (rules R9 and D2)."""
    changes: tuple[Edition | UnknownRules | ProgramEnd, ...]
    """The editions, the unknown rules and the end of the program, in order."""
    note: str = attrs.field(default="", converter=plain_text)
    """A remark shown with every result of the program, such as that it is a model; may be empty."""
    tiers: tuple[Tier, ...] = attrs.field(init=False, eq=False, repr=False)
    """The tiers that a partner of the program can hold, lowest first: the entry tier and each tier that a score earns."""
    # By ordinal: where each change begins, and after the last one a quarter that never comes.
    _starts: tuple[int, ...] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        where = f"Program {outlined(self.name)}"
        require_text(f"{where}: name", self.name)
        require_str(f"{where}: note", self.note)
        require_kind(Tier, f"{where}: entry_tier", self.entry_tier)
        require_kind(tuple, f"{where}: changes", self.changes)
        for place, change in enumerate(self.changes):
            require_kind((Edition, UnknownRules, ProgramEnd), f"{where}: changes[{place}]", change)
            if isinstance(change, Edition) and self.entry_tier > change.tiers[0]:
                raise RuleDataError(f"{where}: changes[{place}]", f"must have no tier below {self.entry_tier}, the entry tier")
            if place and isinstance(self.changes[place - 1], ProgramEnd):
                raise RuleDataError(f"{where}: changes[{place}]", "must not follow the end: state another program")
        if not self.changes or not isinstance(self.changes[0], Edition):
            raise RuleDataError(f"{where}: changes[0]", "must be an Edition, since a program begins with rules that are known")
        starts = [0 if change.start is None else change.start._ordinal for change in self.changes]
        for place, (previous, following) in enumerate(pairwise(starts), start=1):
            if not previous < following:
                raise RuleDataError(f"{where}: changes[{place}]", f"must begin after {self.changes[place - 1].start}")
        object.__setattr__(self, "_starts", (*starts, _NEVER))
        cited = [source for edition in self.editions for source in edition.sources]
        by_id((*SOURCES, *cited, *(self.end.citation.sources if self.end else ())))
        held = {self.entry_tier}.union(*(edition.tiers for edition in self.editions))
        object.__setattr__(self, "tiers", tuple(tier for tier in Tier if tier in held))

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions, in order."""
        return tuple(change for change in self.changes if isinstance(change, Edition))

    @property
    def end(self) -> ProgramEnd | None:
        """The end of the program; `None` if it has no end."""
        last = self.changes[-1]
        return last if isinstance(last, ProgramEnd) else None

    @property
    def ended_on(self) -> date | None:
        """The first day without the program; `None` if it has no end."""
        return self.end.on if self.end else None

    def _require_running(self, start: date) -> None:
        """Raise `ProgramEndedError` if the program has ended by the start of a timeline."""
        if self.end and self.end.on <= start:
            raise self._ended(self.end, self.end.start, start)

    def edition(self, quarter: FiscalQuarter | str) -> Edition:
        """Return the edition in force in a quarter, which judges its score (rule D7).

        Raises:
            UnknownRuleError: the rules of that quarter are not known.
            ProgramEndedError: its result would take effect on or after the end of the program.
        """
        return self._edition_at(as_quarter(quarter)._ordinal)[0]

    def _edition_at(self, ordinal: int) -> tuple[Edition, int]:
        """Return the edition in force in a quarter, and the first quarter after that edition, by ordinal."""
        place = bisect_right(self._starts, ordinal) - 1
        change = self.changes[place] if place >= 0 else None
        if isinstance(change, Edition):
            return change, self._starts[place + 1]
        quarter = quarter_at(ordinal)
        if isinstance(change, ProgramEnd):
            raise self._ended(change, quarter)
        reason = "it is before the first known edition" if change is None else change.reason
        raise UnknownRuleError(self.name, quarter, reason, self._known())

    def knows(self, quarter: FiscalQuarter | str) -> bool:
        """Return whether the rules of a quarter are known, and the program evaluates it."""
        index = bisect_right(self._starts, as_quarter(quarter)._ordinal) - 1
        return index >= 0 and isinstance(self.changes[index], Edition)

    def cycle(self, quarter: FiscalQuarter | str) -> Cycle:
        """Return a quarter's evaluation as dates (rules R3 to R5); its errors are those of `edition`."""
        quarter = as_quarter(quarter)
        self.edition(quarter)
        return cycle_at(quarter._ordinal)

    def tier_for(self, score: int, quarter: FiscalQuarter | str) -> Tier:
        """Return the tier that a score earns under the edition in force in a quarter (rule D7).

        Raises:
            ScoreError: `score` is not an int from 0 to the maximum; the other errors are those of `edition`.
        """
        quarter = as_quarter(quarter)
        edition = self.edition(quarter)
        return edition.threshold(require_score(score, quarter, edition.maximum_score)).tier

    def tier_named(self, name: Tier | str) -> Tier:
        """Return a tier by today's name or by the label of any edition, ignoring case; a tier is returned unchanged.

        >>> from tbtier.programs import CONSULTING
        >>> CONSULTING.tier_named("Gold"), CONSULTING.tier_named("crest")
        (Tier.CREST, Tier.CREST)

        Raises:
            WrongTypeError: `name` is neither a tier nor text.
            ParseError: no tier has the name, or two tiers have it in different editions.
        """
        return tier_among(self.tier_names, name, "tier", "the name of one tier")

    @property
    def tier_names(self) -> dict[str, Tier]:
        """The tiers by today's names and by the labels of all editions, lowest first, without names of two tiers."""
        named = {(str(tier), tier) for tier in Tier} | {pair[::-1] for one in self.editions for pair in one.labels.items()}
        tiers: dict[str, set[Tier]] = {}
        for name, tier in named:
            tiers.setdefault(name.casefold(), set()).add(tier)
        ordered = sorted(named, key=lambda pair: (pair[1], pair[0]))
        return {name: tier for name, tier in ordered if len(tiers[name.casefold()]) == 1}

    def with_edition_of(self, quarter: FiscalQuarter | str) -> Program:
        """Return a program with the edition of one quarter for all time: for what-if questions about rules.

        >>> from tbtier.programs import CONSULTING
        >>> print(CONSULTING.tier_for(450, "FY20 Q4"), CONSULTING.with_edition_of("FY21 Q1").tier_for(450, "FY20 Q4"))
        Crest Ridge

        Its errors are those of `edition`.
        """
        quarter = as_quarter(quarter)
        return Program(
            name=f"{self.name}.with_edition_of('{quarter}')",
            entry_tier=self.entry_tier,
            changes=(attrs.evolve(self.edition(quarter), start=None),),
            note=f"a what-if, not a record: the edition of {quarter} for all time",
        )

    def __repr__(self) -> str:
        return f"<Program: {self.name}>"

    def _parts(self) -> list[Part]:
        from tbtier.rules.text import Table, starred, with_footnote

        tiers = [tier for tier in Tier if any(tier in edition.tiers for edition in self.editions)]
        rows: list[tuple[str, ...]] = []
        for change in self.changes:
            if isinstance(change, Edition):
                rows.append(_cells(change, tiers))
            elif isinstance(change, UnknownRules):
                rows.append((str(change.start), f"the rules are not known: {change.reason}"))
            else:
                replaced = f", replaced by {change.replaced_by}"
                rows.append((str(change.on), starred("the program ends", change.citation.is_inferred, replaced)))
        caption = f"{self.name}: a partner enters as {self.entry_tier}", *([self.note] if self.note else []), ""
        return with_footnote(Table(caption, ("from", *map(str, tiers), "maximum", "carryover"), rows))

    def _ended(self, end: ProgramEnd, quarter: FiscalQuarter, start: date | None = None) -> ProgramEndedError:
        """Return the error of a quarter, or of the start of a timeline, after the end."""
        last = quarter_at(self._starts[self.changes.index(self.editions[-1]) + 1] - 1)
        return ProgramEndedError(self.name, quarter, self._known(), end.on, end.replaced_by, end.citation, last, start)

    def _known(self) -> str:
        """Return the quarters whose rules are known, as text."""
        spans: list[str] = []
        for previous, change, following in zip((None, *self.changes), self.changes, (*self.changes[1:], None)):
            if isinstance(change, Edition) and not isinstance(previous, Edition):
                spans.append(f"{change.start or 'the beginning'}")
            if isinstance(change, Edition) and not isinstance(following, Edition):
                spans[-1] += f" to {following.start - 1}" if following else " on"
        return ", ".join(spans)


def require_program(program: object) -> Program:
    """Return a value if it is a `Program`; otherwise raise `WrongTypeError`."""
    if type(program) is not Program:
        raise WrongTypeError("program", program, "a Program", "tbtier.programs has some")
    return program


def _cells(edition: Edition, tiers: Sequence[Tier]) -> tuple[str, ...]:
    """Return an edition as a row of the table, with the thresholds of some tiers."""
    from tbtier.rules.text import starred

    def cell(fact: Tier | str, text: object, after: str = "") -> str:
        return starred(text, edition.citation(fact).is_inferred, after)

    thresholds = {threshold.tier: threshold for threshold in edition.thresholds}
    labels = {tier: "" if label == str(tier) else f" ({label})" for tier, label in edition.labels.items()}
    scores = [cell(tier, thresholds[tier].score, labels[tier]) if tier in thresholds else "-" for tier in tiers]
    start = cell("start", edition.start or "all time")
    return start, *scores, cell("maximum", edition.maximum_score), cell("carryover", edition.carryover)
