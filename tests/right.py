"""Right values of every parameter of the public callables, by name: of the ends of the calendar and of unknown rules too."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pandas
import polars
from hypothesis import Phase, settings
from hypothesis import strategies as st
from made_up import APPS, GUILD, MODEL, PUBLISHED, T2, TIERS

import tbtier as tb
from tbtier import FiscalQuarter, FiscalYear, ProgramYear, ScoreHistory, Tier
from tbtier.frames import tier_table
from tbtier.reading import Problem, read_records, read_scores
from tbtier.rules import (
    AttritionBand,
    Carryover,
    Certainty,
    Citation,
    Edition,
    ScorecardRules,
    ShowingRule,
    ShowsWhen,
    Source,
    Threshold,
)
from tbtier.rules.rulebook import RULE
from tbtier.scorecard import Activity, Metric, Scorecard, StandsUntil, attrition_points, pledge_shows_on
from tbtier.testing import LAWS

Q1 = FiscalQuarter(2024, 1)
ENDS = [FiscalQuarter(2, 1), FiscalQuarter(2, 4), FiscalQuarter(9999, 1), FiscalQuarter(9999, 4)]
QUARTERS: list[Any] = [Q1, "FY24 Q2", "FY23 Q1", "FY25 Q4", *ENDS]
DAYS = [date(2023, 4, 30), date(2023, 11, 20), date(2024, 2, 29), date(2024, 3, 1), date.min, date(1, 6, 1), date(9998, 3, 1)]
DAYS += [date(9999, 1, 31), date.max]
YEARS = [2024, 2, 1, 9999, 2100]
SCORES: dict[Any, Any] = {"FY24 Q1": 310, "FY24 Q2": 540, Q1 + 2: None, "FY24 Q4": Tier.CREST}
AT_THE_ENDS = [{ENDS[0]: 310, "FY0002 Q2": 540}, {"FY9998 Q4": 310, "FY9999 Q1": 540, ENDS[2] + 1: 1, ENDS[3] - 1: 2}]
TIMELINE = tb.evaluate(SCORES, program=MODEL, starting_tier="Ridge")
ENDING = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=APPS, starting_tier="Base")
LATEST = tb.evaluate(AT_THE_ENDS[1], program=MODEL, starting_tier="Base", start=date(9998, 3, 1))
EARLIEST = tb.evaluate(AT_THE_ENDS[0], program=MODEL, starting_tier="Base")
TIMELINES = [TIMELINE, ENDING, LATEST, EARLIEST, tb.evaluate({}, program=MODEL, starting_tier="Base", start=date(2024, 3, 1))]
DECISION = TIMELINE.decisions[1]
REASONS = DECISION.reasons
OPEN = tb.plan(tb.evaluate({"FY24 Q1": 310}, program=MODEL, starting_tier="Base"), "Summit", by=DAYS[3], as_of=date(2023, 8, 1))
RECORD = [(date(2023, 3, 1), "Ridge"), (date(2023, 9, 1), date(2023, 11, 30), Tier.SUMMIT), (date(2024, 1, 1), None, "Crest")]
FINDING = tb.audit(RECORD, TIMELINE)[0]
METRIC = Metric("Surveys", "Success", 100, StandsUntil.YEAR_END)
ACTIVITIES = [Activity(METRIC, date(2023, 4, 30), 60), Activity(METRIC, date(2023, 8, 2), 80)]
CARD = Scorecard(ACTIVITIES, program=MODEL)
BANDS = {"rate_bands": (AttritionBand(0, None, 160, PUBLISHED),), "aov_bands": (AttritionBand(0, None, 25, PUBLISHED),)}
RULES = ScorecardRules((ShowingRule(ShowsWhen.NOTIFIED, PUBLISHED),), 8, PUBLISHED, **BANDS)
EDITION = attrs.evolve(MODEL.editions[0], scorecard=RULES)
PROGRAMS = [attrs.evolve(MODEL, changes=(EDITION,)), APPS, GUILD]
WIDE = [{"Account": "A", "Region": "R", "FY24 Q1": "1,020", "FY24 Q2": 310}, {"Account": "B", "FY24 Q1": "many"}]
LONG = [{"Account": "A", "Region": "R", "Quarter": "FY24 Q1", "Score": 310, "From": date(2023, 3, 1), "Level": "crest"}]
PROBLEM = read_scores(WIDE, partner="Account").problems[0]
COLUMNS = {"partner": ["A", "A", "B"], "quarter": ["FY24 Q1", "FY24 Q2", "FY24 Q1"], "score": [310, 540, 10]}
FRAMES = [pandas.DataFrame(COLUMNS), polars.DataFrame(COLUMNS), polars.LazyFrame(COLUMNS)]
TABLE = tier_table(FRAMES[0], program=MODEL, starting_tier="Base")
CELLS = TABLE.assign(**{name: TABLE[name].dt.date for name in ("effective_on", "stop")}).to_dict("list")
HELD_ON: Callable[..., Any] = lambda day, scores, tier, start: tier  # noqa: ARG005, E731  # an implementation that is wrong

OPERATORS: list[Callable[[Any, Any], Any]] = [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge]
OPERATORS += [operator.add, operator.sub, operator.contains, operator.getitem, format, lambda one, other: other + one]

ARGUMENTS: dict[str, list[Any]] = {
    "operator": OPERATORS,
    "other": [Q1, Tier.CREST, 1, date(2023, 4, 30), "FY24 Q1", "", ">9"],
    "Tier.value": ["Crest", "Base"],
    "Carryover.value": [Carryover.FINAL_QUARTER.value],
    "Certainty.value": ["inferred"],
    "ShowsWhen.value": [ShowsWhen.DAILY.value],
    "StandsUntil.value": [StandsUntil.QUARTER_END.value],
    "aov_bands": [BANDS["aov_bands"], ()],
    "awaiting_score": [(), (MODEL.cycle(Q1),)],
    "activities": [ACTIVITIES, []],
    "activity": ACTIVITIES[:1],
    "advice": ["do this", ""],
    "after": TIMELINES,
    "approximate": [True],
    "as_of": DAYS,
    "ax": [None],
    "basis": [DECISION.basis],
    "before": TIMELINES,
    "beginning": [750_000, Decimal("0.01"), Fraction(1, 3)],
    "blank": [..., None, 0],
    "by": DAYS,
    "carryover": [*Carryover],
    "carryover_citation": [PUBLISHED],
    "certainty": [*Certainty],
    "changes": [(EDITION,), APPS.changes, GUILD.changes],
    "citation": [PUBLISHED],
    "code": ["missed-rise", "outside"],
    "column": ["Score", None],
    "count": [1],
    "current": [697_500, Decimal("0.5")],
    "cycle": [MODEL.cycle(Q1)],
    "data": [None],
    "date": ["2020"],
    "date_format": [None, "%m/%d/%Y"],
    "dates": [Citation(Certainty.INFERRED, (T2,))],
    "day": DAYS,
    "decision": [DECISION, None],
    "decision_after": [None, DECISION],
    "decision_before": [DECISION, None],
    "Decision.before": [*TIERS],
    "default": [None],
    "Difference.after": [*TIERS],
    "Difference.before": [*TIERS],
    "ended_on": DAYS,
    "entry_tier": [Tier.BASE, Tier.PROVISIONAL],
    "editions.entry_tier": ["Base", Tier.RIDGE],
    "error": [PROBLEM.error],
    "expected": [*TIERS],
    "Law.expected": [lambda moment: moment.held],
    "fact": ["Crest", Tier.BASE, "maximum"],
    "fault": ["must be text"],
    "first": [Q1, "FY24 Q2", *ENDS],
    "days.first": DAYS,
    "fiscal_years.first": ["FY24", FiscalYear(2), FiscalYear(9999)],
    "program_years.first": ["PY24", ProgramYear(2), ProgramYear(9999)],
    "frame": FRAMES,
    "gaps": [True],
    "held_on": [HELD_ON],
    "highest": [10, None],
    "history": [ScoreHistory(SCORES), ScoreHistory(), *map(ScoreHistory, AT_THE_ENDS)],
    "histories": [{"A": ScoreHistory(SCORES)}],
    "id": ["S1"],
    "inclusive_citation": [PUBLISHED, None],
    "known": ["FY24 Q1 on"],
    "Outlook.known": TIMELINES,
    "label": ["Gold", "Crest"],
    "last": [Q1 + 9, "FY25 Q2", *ENDS],
    "days.last": DAYS,
    "fiscal_years.last": ["FY25", FiscalYear(2), FiscalYear(9999)],
    "program_years.last": ["PY25", ProgramYear(2), ProgramYear(9999)],
    "last_day": [None, "To"],
    "law": [*LAWS],
    "lowest": [0],
    "max_editions": [1, 3],
    "max_size": [4, 12],
    "maximum": [100, 1000],
    "maximum_citation": [PUBLISHED],
    "maximum_score": [1000],
    "metric": [METRIC],
    "min_size": [1, 3],
    "name": ["Surveys"],
    "Program.tier_named.name": ["Gold", "crest", Tier.BASE],
    "not_counting": [()],
    "note": ["", "a note"],
    "number": [1, 4],
    "observed": [Tier.BASE, None],
    "Law.check.observed": [TIMELINE, TIMELINE.tier_on, [(date(2023, 3, 1), "Ridge"), (date(2023, 9, 1), Tier.CREST)]],
    "on": DAYS,
    "options": [OPEN.options, ()],
    "partner": [None, "Account"],
    "tier_table.partner": ["partner"],
    "problems.partner": ["partner"],
    "period": [pandas.Period("2023-04-30", "Q-JAN"), pandas.Period("9998-04-30", "Q-JAN")],
    "pillar": ["Success", "impact"],
    "points": [0, 60, 100],
    "possible_from": DAYS,
    "problems": [(), (PROBLEM,)],
    "program": PROGRAMS,
    **{f"{name}.program": ["MODEL"] for name in ("Explanation", "Finding", "QuarterScore", "Secured", "Open", "Impossible")},
    **{f"{name}.program": ["MODEL"] for name in ("UnknownRuleError", "ProgramEndedError")},
    "quarter": QUARTERS,
    "read_scores.quarter": [None, "Quarter"],
    "tier_table.quarter": ["quarter"],
    "problems.quarter": ["quarter"],
    "quarters": [["FY24 Q1", Q1 + 1], ENDS, FiscalYear(2024).quarters],
    "ScoreHistory.quarters": [None, ["FY24 Q1", Q1 + 1]],
    "MissingScoreError.quarters": [(Q1,)],
    "ragged": [True],
    "rate": [Fraction(7, 100), Decimal("0.07"), 1],
    "rate_bands": [BANDS["rate_bands"], ()],
    "reason": ["the page is lost"],
    "Finding.reason": [FINDING.reason],
    "reasons": [REASONS],
    "received": DAYS,
    "records": [{"A": {2: RECORD[1]}}],
    "reduction": [0, 52_500, Fraction(1, 7)],
    "region": [None, "Region"],
    "regions": [SCORES, {"FY24 Q1": 1}, ScoreHistory(SCORES)],
    "PartnerScores.regions": [{"A": {"R": ScoreHistory(SCORES)}}],
    "renews_on": [date(2024, 3, 1), date(9998, 3, 1), date(9999, 3, 1)],
    "replaced": [None, ACTIVITIES[0]],
    "replaced_by": ["badges"],
    "review_minimum": [8, None],
    "review_minimum_citation": [PUBLISHED, None],
    "row": [2],
    "rows": [RECORD, {2: RECORD[0], 5: RECORD[1]}, []],
    "FrameError.rows": [(("A", "FY24 Q1", 310, "a problem"),)],
    "Finding.rows": [(0, 1)],
    "read_records.rows": [LONG, {7: LONG[0]}],
    "read_scores.rows": [WIDE, LONG, dict(enumerate(WIDE))],
    "rule": [RULE["K2"]],
    "moments": [[]],
    "Law.rule": ["R6"],
    "score": [0, 540, 1000],
    "Edition.threshold.score": [0, 540, Tier.CREST],
    "ScoreHistory.with_score.score": [540, None, Tier.BASE],
    "read_scores.score": [None, "Score"],
    "tier_table.score": ["score"],
    "problems.score": ["score"],
    "scorecard": [None, RULES],
    "scores": [SCORES, ScoreHistory(SCORES), [*SCORES.items()], *AT_THE_ENDS, {}],
    "secured_by": [Q1, None],
    "settings": [settings(max_examples=1, database=None, deadline=None, phases=[Phase.generate])],
    "shows": [*ShowsWhen],
    "showing": [RULES.showing, ()],
    "signed_up": DAYS,
    "snapshots": [[(date(2023, 4, 24), 290), (date(2023, 4, 30), 310)], {date(2023, 4, 30): 310}, {date(1, 2, 1): 1}],
    "sources": [(T2,)],
    "spans": [FINDING.spans],
    "spellings": [("FY24 Q1",)],
    "standings": [CARD.quarter("FY24 Q2").standings, ()],
    "stands_until": [*StandsUntil],
    "start": [*DAYS],
    "evaluate.start": [None, *DAYS],
    "Edition.start": QUARTERS,
    "editions.start": [None, *QUARTERS],
    "UnknownRules.start": QUARTERS,
    "read_records.start": ["From"],
    "start_citation": [PUBLISHED, Citation(Certainty.INFERRED, (Source("T9", "Another", "2020"),))],
    "starting_tier": ["Base", Tier.CREST],
    "Timeline.starting_tier": [Tier.BASE, Tier.CREST],
    "starting_tiers": [None, st.just(Tier.BASE)],
    "statement": ["nothing falls"],
    "steps": [("begin(2023-03-01, Base)",)],
    "stop": [*DAYS[3:], *DAYS],
    "read_records.stop": [None, "To"],
    "table": [TABLE, polars.DataFrame(CELLS), polars.LazyFrame(CELLS)],
    "text": ["FY24 Q1"],
    "FiscalYear.parse.text": ["FY24", "fy2024"],
    "ProgramYear.parse.text": ["PY24"],
    "Tier.parse.text": ["crest", Tier.BASE],
    "thresholds": [EDITION.thresholds, (Threshold(Tier.BASE, 0, PUBLISHED),)],
    "tier": [Tier.SUMMIT, "Crest", "Base"],
    "TierPeriod.tier": [*TIERS],
    "Threshold.tier": [*TIERS],
    "read_records.tier": ["Level"],
    "timeline": TIMELINES,
    "timing": [()],
    "title": ["A page"],
    "unknown_reason": [None, "the page is lost"],
    "unscored": [False],
    "value": [310, "x"],
    "AttritionBand.value": [25],
    "wanted": ["a date"],
    "what": ["day"],
    "where": ["example.org"],
    "year": YEARS,
}
"""Right values of each parameter: by its name, or by its callable and its name where another callable wants others."""

# The classes of these have no constructor that users call, or another name there for a parameter.
SELVES: dict[str, list[Any]] = {
    "FiscalQuarter": [Q1, *ENDS],
    "Program": PROGRAMS,
    "Timeline": TIMELINES,
    "ScoreHistory": ARGUMENTS["history"],
    "Edition": [EDITION, *GUILD.editions],
    "Finding": [FINDING, *tb.audit_rows(RECORD)],
    "Outlook": [tb.outlook(TIMELINE, as_of=date(2023, 11, 20)), tb.outlook(LATEST, as_of=date(9998, 5, 1))],
    "Law": [*LAWS],
    "Explanation": [TIMELINE.explain(date(2023, 11, 20)), LATEST.explain(date(9998, 4, 1))],
    "Impossible": [tb.plan(TIMELINE, "Summit", by=date(2023, 8, 1), as_of=date(2023, 5, 1))],
    "Open": [OPEN],
    "Problem": [PROBLEM, Problem(2, None, None, PROBLEM.error)],
    "PartnerScores": [read_scores(WIDE, partner="Account")],
    "PartnerRecords": [read_records(LONG, partner="Account", start="From", tier="Level")],
    "Showing": [pledge_shows_on(date(2023, 4, 3))],
    "AttritionPoints": [attrition_points(Fraction(7, 100), current=5, quarter=Q1, program=PROGRAMS[0])],
    "Scorecard": [CARD],
    "QuarterScore": [CARD.quarter("FY24 Q2")],
}
assert isinstance(EDITION, Edition)
