"""The keys of the plain data that each `to_dict` returns, as types for a type checker.

The library itself does not import this module at run time.
A key without a docstring means the same as the field with that name in the class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from typing import TypedDict
else:
    try:  # before Python 3.12, pydantic rejects the TypedDict of typing, and requires this package
        from typing_extensions import TypedDict
    except ImportError:
        from typing import TypedDict

Day: TypeAlias = str
"""A day, such as `2024-03-01`."""
Span: TypeAlias = list[Day | None]
"""The first day of a span, and the first day after the span, which is `None` if unknown."""
Quarter: TypeAlias = str
"""A fiscal quarter, such as `FY24 Q1`."""
Exact: TypeAlias = int | str
"""An exact number; text such as `7/2` if it is not whole."""
TierName: TypeAlias = Literal["Provisional", "Base", "Ridge", "Crest", "Summit"]
"""The name of a tier."""
PlainScore: TypeAlias = int | TierName | None
"""A score; the name of the earned tier if the score is not known; `None` if the quarter was not scored."""
Fact: TypeAlias = bool | int | str | None
"""A fact of an error; long text is cut, and a value of any other type is given as text."""


class SourceFacts(TypedDict):
    """A document that states a rule."""

    title: str
    date: str
    where: str


class CitationFacts(TypedDict):
    """The sources of one fact, and its certainty."""

    certainty: Literal["published", "derived", "inferred"]
    sources: list[str]
    """The ids of the documents; `sources` of the whole answer describes each id."""
    note: str


class ReasonFacts(CitationFacts):
    """One step of an explanation, with the citation of its rule."""

    text: str
    rule: str


class _Answer(TypedDict):
    sources: dict[str, SourceFacts]
    """Every document that the answer rests on, by its id."""


class CycleFacts(TypedDict):
    """One quarter's evaluation as dates."""

    quarter: Quarter
    """The evaluated quarter."""
    closes_on: Day
    effective_on: Day
    notified_by: Day


class CycleDict(CycleFacts):
    """The plain data of a `Cycle`."""

    format: Literal["tbtier.cycle/1"]


class TierPeriodFacts(TypedDict):
    """A longest run of days on which one tier is held."""

    tier: TierName
    start: Day
    stop: Day
    quarter: Quarter | None


class TierPeriodDict(TierPeriodFacts):
    """The plain data of a `TierPeriod`."""

    format: Literal["tbtier.tier-period/1"]


class ScoreHistoryDict(TypedDict):
    """The plain data of a `ScoreHistory`."""

    format: Literal["tbtier.score-history/1"]
    scores: dict[Quarter, PlainScore]
    """The score of each quarter."""


class DecisionFacts(TypedDict):
    """The effect of one effective date on the held tier."""

    quarter: Quarter
    effective_on: Day
    earned: TierName | None
    before: TierName
    after: TierName
    kind: Literal["promoted", "unchanged", "renewed", "downgraded"]
    reasons: list[ReasonFacts]


class DecisionDict(DecisionFacts, _Answer):
    """The plain data of a `Decision`."""

    format: Literal["tbtier.decision/1"]


class TimelineDict(_Answer):
    """The plain data of a `Timeline`."""

    format: Literal["tbtier.timeline/1"]
    program: str
    """The name of the program."""
    note: str
    """A remark shown with every result of the program, such as that it is a model; may be empty."""
    starting_tier: TierName
    start: Day
    stop: Day
    scores: dict[Quarter, PlainScore]
    """The score of each quarter."""
    periods: list[TierPeriodFacts]
    decisions: list[DecisionFacts]


class FloorFacts(TypedDict):
    """The tier that is held if no quarter earns a higher tier."""

    tier: TierName
    """The tier."""
    is_starting: bool
    decisive: bool
    """Whether the floor decides the tier."""
    reason: ReasonFacts | None
    """Why this tier is the floor; `None` if the floor is the entry tier and does not decide."""


class ExpiredFloorFacts(TypedDict):
    """A starting tier that no longer counts."""

    tier: TierName
    """The tier."""
    reason: ReasonFacts
    """Why it no longer counts."""


class CarryoverFacts(CitationFacts):
    """How March 1 set the starting tier of the program year."""

    text: str
    """The carryover in words."""


class BoundFacts(CitationFacts):
    """A threshold, with its citation."""

    tier: TierName
    score: int
    inclusive: CitationFacts | None
    """The citation for including the threshold itself; `None` if the score differs from it, or if the source is clear."""


class MaximumFacts(CitationFacts):
    """The highest score possible, with its citation."""

    score: int
    """The highest score possible, inclusive."""


class ResultFacts(TypedDict):
    """The result of one quarter, and what it does for the tier."""

    quarter: Quarter
    score: int | None
    """The score; `None` if the quarter was not scored, or only its tier is known."""
    tier: TierName | None
    """The tier that this quarter alone is worth; `None` if neither its score nor its tier is known."""
    label: str | None
    """The name of that tier in the edition."""
    edition: Quarter | None
    """The first quarter of the edition in force; `None` if the edition holds for all time."""
    reached: BoundFacts | None
    """The threshold that the score reaches; `None` without a score."""
    not_reached: BoundFacts | None
    """The lowest threshold that the score does not reach; `None` at the highest threshold, or without a score."""
    maximum: MaximumFacts | None
    """The highest score possible; `None` unless the score reaches the highest threshold."""
    effective_on: Day
    """The day on which the quarter takes effect."""
    decisive: bool
    """Whether this result decides the tier."""
    reason: ReasonFacts
    """What the result does for the tier, or why it does not count."""


class RuleFacts(CitationFacts):
    """A rule that all programs share, with its citation."""

    text: str


class ExplanationDict(_Answer):
    """The plain data of an `Explanation`."""

    format: Literal["tbtier.explanation/1"]
    day: Day
    tier: TierName
    program: str
    program_year: str
    """The program year of the day, such as `PY24`."""
    note: str
    floor: FloorFacts
    """The floor: the starting tier until the first March 1, then the entry tier."""
    expired_floor: ExpiredFloorFacts | None
    """The starting tier, in the program year after it; otherwise `None`."""
    carryover: CarryoverFacts | None
    """How March 1 set the starting tier of the program year; `None` in the first program year of the timeline."""
    counts: list[ResultFacts]
    """The results that count towards the day, in order."""
    does_not_count: list[ResultFacts]
    """The other results of the two fiscal years that matter for the day, in order."""
    rules: dict[str, RuleFacts]
    """The rules that were applied, by id."""


class DifferenceDict(_Answer):
    """The plain data of a `Difference`."""

    format: Literal["tbtier.difference/1"]
    start: Day
    stop: Day
    before: TierName
    after: TierName
    decision_before: DecisionFacts | None
    decision_after: DecisionFacts | None


class _PlanFacts(TypedDict):
    program: str
    note: str
    tier: TierName
    by: Day
    as_of: Day
    reasons: list[ReasonFacts]


class SecuredFacts(_PlanFacts):
    """A plan for a tier that will be held, whatever scores come."""

    answer: Literal["secured"]
    """Which of the three answers this is."""
    secured_by: Quarter | None


class OptionFacts(CycleFacts):
    """An open quarter, and the lowest score in it that is enough if nothing else is scored."""

    score: int


class OpenFacts(_PlanFacts):
    """A plan for a tier that will be held if one of several quarters earns the tier."""

    answer: Literal["open"]
    """Which of the three answers this is."""
    options: list[OptionFacts]
    awaiting_score: list[CycleFacts]
    last_day: Day | None


class ImpossibleFacts(_PlanFacts):
    """A plan for a tier that will not be held, whatever scores come."""

    answer: Literal["impossible"]
    """Which of the three answers this is."""
    possible_from: Day | None
    unknown_reason: str | None


class _Plan(_Answer):
    format: Literal["tbtier.plan/1"]


class SecuredDict(SecuredFacts, _Plan):
    """The plain data of `Secured`."""


class OpenDict(OpenFacts, _Plan):
    """The plain data of `Open`."""


class ImpossibleDict(ImpossibleFacts, _Plan):
    """The plain data of `Impossible`."""


class TierFacts(TypedDict):
    """A tier, and whether it is inferred."""

    tier: TierName
    """The tier."""
    is_inferred: bool
    """Whether the tier rests on something that is inferred and not published."""


class OutlookDict(_Answer):
    """The plain data of an `Outlook`."""

    format: Literal["tbtier.outlook/1"]
    program: str
    """The name of the program."""
    note: str
    """A remark shown with every result of the program, such as that it is a model; may be empty."""
    as_of: Day
    held: TierFacts
    may_fall_on: Day | None
    pending: list[DecisionFacts]
    awaiting_score: list[CycleFacts]
    open_cycles: list[CycleFacts]
    renews_on: Day
    tier_before_renewal: TierFacts | None
    secured: TierFacts | None
    at_risk: bool | None
    unknown_reason: str | None
    end: ReasonFacts | None
    """The end of the program, if it comes by the renewal or by the day on which the tier can fall; otherwise `None`."""
    requirements: list[SecuredFacts | OpenFacts | ImpossibleFacts]


class FindingDict(_Answer):
    """The plain data of a `Finding`."""

    format: Literal["tbtier.finding/1"]
    code: str
    on: Day
    stop: Day | None
    spans: list[Span]
    days: int | None
    reason: ReasonFacts
    expected: TierName | None
    observed: TierName | None
    rows: list[int]
    decision: DecisionFacts | None
    program: str
    note: str
    is_inferred: bool
    rule: str


class ShowingDict(_Answer):
    """The plain data of a `Showing`."""

    format: Literal["tbtier.showing/1"]
    start: Day
    stop: Day
    reasons: list[ReasonFacts]
    approximate: bool


class AttritionPointsDict(_Answer):
    """The plain data of `AttritionPoints`."""

    format: Literal["tbtier.attrition/1"]
    points: Exact
    rate: Exact
    reasons: list[ReasonFacts]


class StandingFacts(TypedDict):
    """The points of one metric when a quarter ends."""

    pillar: str
    """The pillar of the metric."""
    metric: str
    """The name of the metric."""
    points: int
    maximum: int
    """The highest points possible in the metric."""
    received: Day | None
    """The day on which the activity was received; `None` if no points stand."""
    stands_until: str
    """Until when the points of an activity stand."""
    counts_for: Quarter | None
    """The first quarter for which the activity counts; `None` if no points stand."""
    reasons: list[ReasonFacts]


class QuarterScoreDict(_Answer):
    """The plain data of a `QuarterScore`."""

    format: Literal["tbtier.quarter-score/1"]
    program: str
    quarter: Quarter
    score: int
    maximum: MaximumFacts
    standings: list[StandingFacts]


class ProblemFacts(TypedDict):
    """A cell or a row that cannot be read."""

    row: int
    column: str | None
    partner: str | None
    error: str
    """The name of the class of the error."""
    message: str
    """The message of the error."""


class ErrorFacts(TypedDict, total=False):
    """The facts of an error; each class has some of these keys, and attributes added to the error become keys too."""

    what: str
    value: Fact | list[Fact]
    wanted: str
    advice: str
    quarter: Quarter | None
    maximum: int | None
    text: Fact
    spellings: list[str]
    quarters: list[Quarter]
    """The missing quarters, in order, as far as the message names them; empty if no quarter was given."""
    problems: list[ProblemFacts]
    """The problems, in the order of the rows, as far as the message names them."""
    rows: list[list[Fact]]
    """The first rows of a data frame with a problem, each with its partner, quarter, score and problem."""
    count: int
    """The number of rows of the data frame with a problem."""
    program: str
    reason: str
    known: str
    ended_on: Day
    replaced_by: str
    citation: str
    """The certainty and the ids of the sources of the end, as text."""
    last: Quarter
    start: Day | None
    day: Day
    stop: Day
    where: str
    fault: str


class ErrorDict(TypedDict):
    """The plain data of an error."""

    format: Literal["tbtier.error/1"]
    error: str
    """The name of the class."""
    message: str
    """The message, as `str` returns it."""
    facts: ErrorFacts
    """The facts behind the message."""
