# pyright: strict
"""What a type checker knows of values and answers: mypy and pyright read this file too, and fail if they know less."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import assert_type

import pytest

import tbtier as tb
from tbtier.errors import OutsideTimelineError
from tbtier.programs import PROGRAMS, TRAILBLAZER
from tbtier.reading import PartnerRecords, PartnerScores, Problem, read_records, read_scores
from tbtier.rules import Certainty, Citation, Cycle, Edition, ProgramEnd, Source, Threshold, UnknownRules
from tbtier.scorecard import attrition_rate, counts_for, shows_on
from tbtier.testing import check_laws

DAY = date(2023, 6, 20)
QUARTER = tb.FiscalQuarter(2024, 1)
TIMELINE = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": None}, program=TRAILBLAZER, starting_tier="Base")


def test_fiscal_time() -> None:
    """Quarters and years give dates, ints and each other."""
    assert_type(tb.FiscalQuarter.containing(DAY), tb.FiscalQuarter)
    assert_type(tb.FiscalQuarter.parse("FY24 Q1"), tb.FiscalQuarter)
    assert_type((QUARTER.year, QUARTER.number, QUARTER.start, QUARTER.last_day), tuple[int, int, date, date])
    assert_type(QUARTER + 1, tb.FiscalQuarter)
    assert_type(QUARTER - 1, tb.FiscalQuarter)
    assert_type((QUARTER + 5) - QUARTER, int)
    assert_type(QUARTER < QUARTER + 1, bool)
    assert_type(tb.FiscalYear(2024).quarters[3], tb.FiscalQuarter)
    assert_type(tb.ProgramYear(2024).stop, date)


def test_rules() -> None:
    """A program gives editions, cycles and tiers; what is stated has its citation."""
    assert_type(PROGRAMS["ISV"], tb.Program)
    assert_type(TRAILBLAZER.cycle(QUARTER), Cycle)
    assert_type(TRAILBLAZER.cycle("FY24 Q1").effective_on, date)
    assert_type(TRAILBLAZER.tier_for(540, QUARTER), tb.Tier)
    assert_type(TRAILBLAZER.tier_named("Crest"), tb.Tier)
    edition = TRAILBLAZER.edition(QUARTER)
    assert_type(edition, Edition)
    assert_type(edition.thresholds, tuple[Threshold, ...])
    assert_type(edition.citation("Crest"), Citation)
    assert_type(edition.citation("Crest").certainty, Certainty)
    assert_type(edition.sources, tuple[Source, ...])
    assert_type(TRAILBLAZER.changes, tuple[Edition | UnknownRules | ProgramEnd, ...])
    assert_type(TRAILBLAZER.with_edition_of("FY24 Q1"), tb.Program)
    assert_type(tb.Tier.parse("crest"), tb.Tier)
    assert_type(tb.Tier.BASE < tb.Tier.CREST, bool)


def test_evaluation() -> None:
    """A timeline gives tiers, periods, decisions and explanations."""
    assert_type(TIMELINE, tb.Timeline)
    assert_type(TIMELINE.tier_on(DAY), tb.Tier)
    assert_type(TIMELINE.periods, tuple[tb.TierPeriod, ...])
    assert_type(TIMELINE.periods[0].quarter, tb.FiscalQuarter | None)
    assert_type(TIMELINE.changes, tuple[tb.Decision, ...])
    assert_type(TIMELINE.decisions[0].earned, tb.Tier | None)
    assert_type(TIMELINE.decisions[0].before, tb.Tier)
    assert_type(TIMELINE.decisions[0].sources, tuple[Source, ...])
    assert_type(TIMELINE.explain(DAY), tb.Explanation)
    assert_type(TIMELINE.as_known_on(DAY), tb.Timeline)
    assert_type(TIMELINE.history, tb.ScoreHistory)
    assert_type(TIMELINE.history["FY24 Q1"], tb.Score)
    assert_type(tb.diff(TIMELINE, TIMELINE), tuple[tb.Difference, ...])
    assert_type(tb.ScoreHistory.highest({"FY24 Q1": 310, "FY24 Q2": 5}, TIMELINE.history), tb.ScoreHistory)
    assert_type(tb.ScoreHistory.from_snapshots([(DAY, 310)]), tb.ScoreHistory)


def test_scores_in_every_form() -> None:
    """Mappings by text or by quarter, mixed ones, pairs and histories are scores; a list of ints is none."""
    given: list[tb.ScoreHistory] = [
        tb.ScoreHistory({"FY24 Q1": 310}),
        tb.ScoreHistory({QUARTER: tb.Tier.RIDGE}),
        tb.ScoreHistory([("FY24 Q1", None), ("FY24 Q2", 310)]),
        tb.ScoreHistory([310, None], quarters=["FY24 Q1", QUARTER + 1]),
    ]
    assert 4 == len(given)
    with pytest.raises(TypeError):
        tb.evaluate([310], program=TRAILBLAZER, starting_tier="Base")  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]


def test_planning() -> None:
    """An outlook and a plan tell what is known from what is not; a plan is one of three answers."""
    view = tb.outlook(TIMELINE, as_of=DAY)
    assert_type(view, tb.Outlook)
    assert_type((view.held, view.renews_on), tuple[tb.Tier, date])
    assert_type(view.may_fall_on, date | None)
    assert_type(view.secured, tb.Tier | None)
    assert_type(view.open_cycles, tuple[Cycle, ...])
    assert_type(view.pending, tuple[tb.Decision, ...])
    answer = tb.plan(TIMELINE, "Summit", by=date(2024, 3, 1), as_of=DAY)
    assert_type(answer, tb.Plan)
    assert_type(answer, tb.Secured | tb.Open | tb.Impossible)
    assert isinstance(answer, tb.Open)
    assert_type(answer.options, tuple[tb.Option, ...])
    assert_type(answer.options[0].score, int)
    assert_type(answer.last_day, date | None)


def test_auditing() -> None:
    """An audit gives findings, whose tiers and ends may be missing."""
    findings = tb.audit([(date(2023, 3, 1), "Crest")], TIMELINE)
    assert_type(findings, tuple[tb.Finding, ...])
    assert_type(findings[0].on, date)
    assert_type(findings[0].days, int | None)
    assert_type(findings[0].code, str)
    assert_type(findings[0].case(), str)
    assert_type(tb.audit_rows({2: (DAY, None, "Crest")}), tuple[tb.Finding, ...])


def test_reading() -> None:
    """Rows of text become histories and records by partner, with problems."""
    rows: Iterator[Mapping[str, str]] = iter([{"p": "Blue Anchor", "q": "FY24 Q1", "s": "310"}])
    scores = read_scores(rows, partner="p", quarter="q", score="s")
    assert_type(scores, PartnerScores)
    assert_type(scores.histories["Blue Anchor"], tb.ScoreHistory)
    assert_type(scores.problems, tuple[Problem, ...])
    records = read_records([{"p": "x", "f": "2023-03-01", "t": "Crest"}], partner="p", start="f", tier="t")
    assert_type(records, PartnerRecords)


def test_the_scorecard() -> None:
    """Amounts are exact, and days give quarters."""
    assert_type(counts_for(DAY), tb.FiscalQuarter)
    assert_type(attrition_rate(100, reduction=5), Fraction)
    assert_type(attrition_rate(Decimal("100.5"), reduction=Fraction(1, 3)), Fraction)
    assert_type(shows_on(DAY, program=TRAILBLAZER.with_edition_of("FY24 Q1"), pillar="Success").headline, str)


def test_the_kit() -> None:
    """An implementation of held tiers is a callable of four arguments."""

    def held_on(day: date, scores: Mapping[tb.FiscalQuarter, int | None], starting_tier: tb.Tier, start: date) -> tb.Tier:
        return tb.evaluate(scores, program=TRAILBLAZER, starting_tier=starting_tier, start=start).tier_on(day)

    check: Callable[[], None] = lambda: check_laws(held_on)  # noqa: E731
    assert callable(check)


def test_an_error_has_its_facts() -> None:
    """The facts of an error have types."""
    with pytest.raises(OutsideTimelineError) as caught:
        TIMELINE.tier_on(TIMELINE.stop + timedelta(days=1))
    assert_type(caught.value.day, date)
    assert_type(caught.value.stop, date)
