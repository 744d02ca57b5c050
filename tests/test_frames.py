"""Tiers in columns are those of `evaluate`, on every engine, and every fault that the core rejects is a problem."""

from __future__ import annotations

import pickle
from datetime import date
from itertools import product
from typing import Any

import narwhals as nw
import pandas as pd
import polars as pl
import pytest
from frames import ENGINES, LAZY, decisions, in_columns, in_rows, random_rows
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import APPS, BEST_OF_FOUR, GUILD, MODEL, Q4_ALONE, T2
from strategies import Partner, contiguous

from tbtier import FiscalQuarter, Tier, errors, evaluate
from tbtier.frames import problems, tier_table, tiers_on
from tbtier.programs import CONSULTING, ISV, TRAILBLAZER
from tbtier.rules import Carryover, Certainty, Citation, Edition, Program, Threshold

COLUMNS = ("partner", "quarter", "score", "start")
MADE_UP = (APPS, GUILD, MODEL, BEST_OF_FOUR, Q4_ALONE)
PROGRAMS = (*MADE_UP, CONSULTING, ISV, TRAILBLAZER)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("program", MADE_UP, ids=lambda program: program.name)
def test_a_table_has_the_decisions_of_evaluate(program: Program, engine: str) -> None:
    """Rows in any order, with quarters and tiers in any spelling, give the decisions of the core."""
    rows, expected = random_rows(program, 20, seed=1)
    frame = ENGINES[engine](in_columns(rows, COLUMNS))
    assert expected == in_rows(tier_table(frame, program=program, starting_tier="start"))


@pytest.mark.exhaustive
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_the_tables_of_many_partners(program: Program) -> None:
    """The tables of 20,000 partners have the decisions of the core, on every engine."""
    rows, made = random_rows(program, 20_000, seed=2)
    expected = pl.DataFrame(made).sort("partner", "effective_on")
    for engine in ENGINES.values():
        table = nw.from_native(tier_table(engine(in_columns(rows, COLUMNS)), program=program, starting_tier="start"))
        found = (table if isinstance(table, nw.DataFrame) else table.collect()).to_polars()
        found = found.with_columns(pl.col("effective_on", "stop").cast(pl.Date), pl.col("score").cast(pl.Int64))
        assert expected.equals(found.sort("partner", "effective_on"))


@given(st.lists(contiguous(), min_size=1, max_size=4), st.sampled_from(["polars", "pyarrow"]))
def test_a_table_of_drawn_programs(partners: list[Partner], engine: str) -> None:
    """For programs of any kind, also with editions that change in mid-year, a table has the decisions of the core."""
    program = partners[0].program
    same = {f"P{place}": partner for place, partner in enumerate(partners) if partner.program == program}
    rows, expected = [], []
    for name, partner in same.items():
        scores = {quarter: None if isinstance(score, Tier) else score for quarter, score in partner.scores.items()}
        rows += [{"partner": name, "quarter": str(one), "score": score} for one, score in scores.items()]
        expected += decisions(name, scores, program, partners[0].starting_tier)
    columns = in_columns(rows, COLUMNS[:3])
    if any(score is not None for score in columns["score"]):  # a column of nulls has no type
        table = tier_table(ENGINES[engine](columns), program=program, starting_tier=partners[0].starting_tier)
        assert sorted(map(str, expected)) == sorted(map(str, in_rows(table)))


@pytest.mark.parametrize(("first", "second"), [("published", "inferred"), ("inferred", "published")])
@pytest.mark.parametrize(("start", "bounds"), [("FY24 Q3", (0, 20, 50)), ("FY24 Q3", (0, 30, 60)), ("FY24 Q4", (0, 20, 50))])
@pytest.mark.parametrize("carryover", Carryover)
def test_an_edition_that_changes_in_mid_year(
    first: str, second: str, start: str, bounds: tuple[int, int, int], carryover: Carryover
) -> None:
    """R7: the edition of Q4 says what March 1 looks back on; a table and the core agree on every result of four quarters."""

    def edition(start: str | None, certainty: str, scores: tuple[int, int, int], of: Carryover) -> Edition:
        sure, dates = (Citation(Certainty(one), (T2,)) for one in ("published", certainty))
        tiers = [Threshold(tier, score, sure) for tier, score in zip((Tier.BASE, Tier.RIDGE, Tier.CREST), scores)]
        facts = {"maximum_score": 100, "maximum_citation": sure, "carryover_citation": sure}
        return Edition(start, dates, tuple(tiers), carryover=of, **facts)

    other = next(one for one in Carryover if one is not carryover)
    changes = (edition(None, first, (0, 20, 50), other), edition(start, second, bounds, carryover))
    program = Program(name="MID_YEAR", entry_tier=Tier.BASE, changes=changes)
    rows, expected = [], []
    for place, scores in enumerate(product((None, 0, 20, 55), repeat=4)):
        history = {FiscalQuarter(2024, number): score for number, score in enumerate(scores, start=1)}
        rows += [{"partner": str(place), "quarter": str(one), "score": score} for one, score in history.items()]
        expected += decisions(str(place), history, program, Tier.CREST)
    table = tier_table(pl.DataFrame(in_columns(rows, COLUMNS[:3])), program=program, starting_tier=Tier.CREST)
    assert sorted(map(str, expected)) == sorted(map(str, in_rows(table)))


FAULTY: list[tuple[Any, ...]] = [
    ("right", "FY24 Q1", 310, "Ridge", None),
    ("right", "FY24 Q2", None, "ridge", None),
    ("twice the same", "FY24 Q1", 5, "Base", None),
    ("twice the same", "Q1 FY24", 5, "Base", None),
    ("no Q1", "FY24 Q4", 5, "Base", "the first quarter of a partner must be a Q1"),
    ("no Q1", "FY25 Q1", 5, "Base", None),
    ("gap", "FY24 Q1", 5, "Base", None),
    ("gap", "FY24 Q3", 5, "Base", "no row has the score of the quarter before"),
    ("gap of a year", "FY21 Q1", 5, "Base", None),
    ("gap of a year", "FY24 Q1", 5, "Base", "no row has the score of the quarter before"),
    ("conflict", "FY24 Q1", 5, "Base", "the quarter has another score in another row"),
    ("conflict", "FY24 Q1", 6, "Base", "the quarter has another score in another row"),
    ("conflict with none", "FY24 Q1", None, "Base", "the quarter has another score in another row"),
    ("conflict with none", "FY24 Q1", 6, "Base", "the quarter has another score in another row"),
    ("above", "FY24 Q1", 1001, "Base", "the score is not a whole number from 0 to the maximum"),
    ("above", "FY24 Q2", 10, "Base", None),
    ("below", "FY24 Q1", -1, "Base", "the score is not a whole number from 0 to the maximum"),
    ("bare year", "2024Q1", 5, "Base", "the quarter is not written as FY24 Q1"),
    ("bare year", "FY24 Q1", 5, "Base", None),
    ("no quarter", None, 5, "Base", "the quarter is not written as FY24 Q1"),
    ("unknown", "FY23 Q1", 5, "Base", "the rules of the quarter are not known"),
    ("ended", "FY25 Q2", 5, "Base", "the program ends before the quarter takes effect"),
    ("tier", "FY24 Q1", 5, "Krest", "the starting tier is not a tier of the program"),
    ("no tier", "FY24 Q1", 5, None, "the starting tier is not a tier of the program"),
    ("two tiers", "FY24 Q1", 5, "Base", "the partner has several starting tiers"),
    ("two tiers", "FY24 Q2", 5, "Ridge", "the partner has several starting tiers"),
    *(("other tier", f"FY21 Q{n}", 5, "Base", "the partner has several starting tiers") for n in (1, 2, 3, 4)),
    ("other tier", "FY22 Q1", 5, "Ridge", "the partner has several starting tiers"),
    (None, "FY24 Q1", 5, "Base", "there is no partner"),
]
FAULTY_ROWS = [dict(zip((*COLUMNS, "problem"), row)) for row in FAULTY]


def named_and_faulty(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return rows as tuples of partner, quarter, score and problem."""
    return sorted(((row["partner"], row["quarter"], row["score"], row["problem"]) for row in rows if row["problem"]), key=str)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_fault_is_a_problem(engine: str) -> None:
    """Each row that the core rejects has its problem, and no other row has one."""
    frame = ENGINES[engine](in_columns(FAULTY_ROWS, COLUMNS))
    assert named_and_faulty(FAULTY_ROWS) == named_and_faulty(in_rows(problems(frame, program=APPS, starting_tier="start")))


@pytest.mark.parametrize("engine", ENGINES)
def test_no_row_can_be_read(engine: str) -> None:
    """If no quarter or no tier can be read, every row has its problem too."""
    columns = {"partner": ["a", "b"], "quarter": ["2024Q1", "Q1"], "score": [5, 6], "start": ["Krest", "Krest"]}
    for quarters, problem in (
        (["2024Q1", "Q1"], "the quarter is not written as FY24 Q1"),
        (["FY24 Q1", "FY24 Q1"], "the starting tier is not a tier of the program"),
    ):
        frame = ENGINES[engine]({**columns, "quarter": quarters})
        found = in_rows(problems(frame, program=APPS, starting_tier="start"))
        assert [("a", problem), ("b", problem)] == [(row["partner"], row["problem"]) for row in found]


@pytest.mark.parametrize(
    "engine", [name for name in ENGINES if not name.startswith("pandas,")]
)  # the same floats, if converted
@pytest.mark.parametrize("score", [1.5, float("nan"), float("inf"), float("-inf"), 1e300])
def test_a_score_that_is_not_whole(engine: str, score: float) -> None:
    """A float that is not a whole score is a problem; NaN is one too, except in pandas, where it means null."""
    columns = {"partner": ["a", "b"], "quarter": ["FY24 Q1", "FY24 Q1"], "score": [score, 5.0]}
    found = in_rows(problems(ENGINES[engine](columns), program=APPS, starting_tier="Base"))
    is_null = score != score and engine == "pandas"
    expected = [] if is_null else [("a", "the score is not a whole number from 0 to the maximum")]
    assert expected == [(row["partner"], row["problem"]) for row in found]


@pytest.mark.parametrize("engine", [name for name in ENGINES if name not in LAZY])
def test_a_row_without_a_partner(engine: str) -> None:
    """A row without a partner is a problem, even if all other rows are right."""
    columns = {"partner": ["a", None], "quarter": ["FY24 Q1"] * 2, "score": [5, 5]}
    with pytest.raises(errors.FrameError, match=r"1 row has a problem:\n  .*: there is no partner"):
        tier_table(ENGINES[engine](columns), program=APPS, starting_tier="Base")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_faulty_frame(engine: str) -> None:
    """An eager frame raises an error with the first ten rows; a lazy frame gives the partners without a problem."""
    frame = ENGINES[engine](in_columns(FAULTY_ROWS, COLUMNS))
    if engine in LAZY:
        table = in_rows(tier_table(frame, program=APPS, starting_tier="start"))
        assert [("right", "FY24 Q1"), ("right", "FY24 Q2"), ("twice the same", "FY24 Q1")] == [
            (row["partner"], row["quarter"]) for row in table
        ]
        return
    with pytest.raises(errors.FrameError, match="23 rows have a problem:") as caught:
        tier_table(frame, program=APPS, starting_tier="start")
    assert (23, 10) == (caught.value.count, len(caught.value.rows))
    assert str(caught.value).endswith("\n  and 13 more; problems() returns them all")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


FAULTS = {
    "left out": lambda _: [],
    "given twice": lambda row: [row, row],
    "another score": lambda row: [row, {**row, "score": 7 if row["score"] is None else None}],
    "too high": lambda row: [{**row, "score": 5000}],
    "a bare year": lambda row: [{**row, "quarter": "2024Q1"}],
    "a year before": lambda row: [{**row, "quarter": str(FiscalQuarter.parse(row["quarter"]) - 4)}],
    "no partner": lambda row: [{**row, "partner": None}],
    "another start": lambda row: [{**row, "start": "Base"}],
    "no tier": lambda row: [{**row, "start": "Gold"}],
}
"""What can happen to a row, by name; some of it is right for some rows."""


@settings(max_examples=settings.default.max_examples // 4)  # each makes six partners and four plans
@given(st.data())
def test_a_partner_has_a_problem_or_a_table(data: st.DataObject) -> None:
    """With faults in any rows, a lazy table has the partners without a problem, and eager frames raise if there is one."""
    rows, _ = random_rows(APPS, 6, seed=6)
    places = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=4, unique=True))
    faults = {place: data.draw(st.sampled_from(sorted(FAULTS)), label=f"row {place}") for place in places}
    changed = [one for place, row in enumerate(rows) for one in (FAULTS[faults[place]](row) if place in faults else [row])]
    frame = pl.DataFrame(in_columns(changed, COLUMNS), schema_overrides={"score": pl.Int64})
    bad = {row["partner"] for row in in_rows(problems(frame, program=APPS, starting_tier="start"))}
    right = {row["partner"] for row in in_rows(tier_table(frame.lazy(), program=APPS, starting_tier="start"))}
    assert (set(frame["partner"]), set()) == (bad | right, bad & right)
    if bad:
        with pytest.raises(errors.FrameError):
            tier_table(frame, program=APPS, starting_tier="start")
    else:
        assert right == {row["partner"] for row in in_rows(tier_table(frame, program=APPS, starting_tier="start"))}


@pytest.mark.parametrize("engine", ["pandas", "polars", "polars, lazy"])
def test_tiers_are_in_order(engine: str) -> None:
    """Where a library has ordered categories, tiers compare and sort by their order, and not by their letters."""
    rows, expected = random_rows(MODEL, 20, seed=7)
    table = nw.from_native(tier_table(ENGINES[engine](in_columns(rows, COLUMNS)), program=MODEL, starting_tier="start"))
    for name in ("earned", "before", "after"):
        found = in_rows(table.filter(nw.col(name) > nw.lit("Crest", nw.Enum([str(tier) for tier in Tier]))).to_native())
        assert found == [row for row in expected if row[name] == "Summit"]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_row_twice_is_one(engine: str) -> None:
    """A row that is repeated changes nothing, as in a history."""
    columns = {"partner": ["a", "a"], "quarter": ["FY24 Q1", "Q1 FY24"], "score": [5, 5]}
    assert 1 == len(in_rows(tier_table(ENGINES[engine](columns), program=APPS, starting_tier="Base")))


@pytest.mark.parametrize("engine", ENGINES)
def test_tiers_on_a_day(engine: str) -> None:
    """The tiers on a day are those of the timelines that reach the day, on and beside each effective date and the end."""
    rows, _ = random_rows(APPS, 40, seed=3)
    table = tier_table(ENGINES[engine](in_columns(rows, COLUMNS)), program=APPS, starting_tier="start")
    timelines = {}
    for name in {row["partner"] for row in rows}:
        own = [row for row in rows if row["partner"] == name]
        scores = {row["quarter"].strip(): row["score"] for row in own}
        timelines[name] = evaluate(scores, program=APPS, starting_tier=own[0]["start"])
    days = [date(2023, 5, 31), date(2024, 3, 1), date(2023, 2, 28), date(2023, 3, 1), date(2023, 6, 1), date(2024, 7, 31)]
    for day in days[:2] if engine in LAZY else days:  # a lazy table is made anew for each day
        expected = {name: str(one.tier_on(day)) for name, one in timelines.items() if one.start <= day < one.stop}
        assert sorted(expected.items()) == [(row["partner"], row["tier"]) for row in in_rows(tiers_on(table, day))]
    assert [] == in_rows(tiers_on(table, date(2024, 8, 1)))


def test_any_columns_and_no_row() -> None:
    """The columns may have any names, partners may be numbers, and a frame without rows gives a table without rows."""
    frame = pl.DataFrame({"Account": [7], "Period": ["FY24 Q1"], "Points": [310]})
    columns = {"partner": "Account", "quarter": "Period", "score": "Points"}
    table = tier_table(frame, program=APPS, **columns, starting_tier=Tier.BASE)
    assert [(7, "Ridge")] == table.select("partner", "after").rows()
    assert 0 == len(tier_table(frame.head(0), program=APPS, **columns, starting_tier="base"))
    unnamed = tier_table(frame.with_columns(pl.lit("Crest").alias("")), program=APPS, **columns, starting_tier=Tier.BASE)
    assert ["Base"] == unnamed["before"].to_list()


IT_IS_BOTH = "starting_tier must be a column or a tier, got 'Base': it is both: give the Tier, or rename the column"
ONE = {"partner": ["a"], "quarter": ["FY24 Q1"], "score": [310], "Base": ["Base"]}


@pytest.mark.parametrize(
    ("frame", "arguments", "kind", "words"),
    [
        (ONE, {}, errors.WrongTypeError, "frame must be a data frame that narwhals knows, got "),
        (ONE, {}, errors.WrongTypeError, ": such as a frame of pandas, polars, pyarrow, duckdb, PySpark or Dask"),
        (pl.DataFrame(ONE), {"partner": "who"}, errors.RangeError, "the column must be one of 'partner', 'quarter', "),
        (pl.DataFrame({"score": [1]}), {}, errors.RangeError, "the column must be one of 'score', got 'partner'"),
        (pl.DataFrame({"partner": ["a"]}), {}, errors.RangeError, "the column must be one of 'partner', got 'quarter'"),
        (pl.DataFrame(ONE), {"quarter": 5}, errors.WrongTypeError, "the column must be the name of a column, got 5"),
        (
            pl.DataFrame(ONE),
            {"starting_tier": ["Base"]},
            errors.WrongTypeError,
            "tier must be a Tier or its name, got ['Base']",
        ),
        (
            pl.DataFrame({"partner": [], "quarter": []}),
            {},
            errors.RangeError,
            "one of 'partner', 'quarter', got 'score'",
        ),
        (
            pl.DataFrame({**ONE, "points": ["Crest"]}),
            {"score": "points"},
            errors.WrongTypeError,
            "the type of the column 'points' must be a type of numbers, got 'String': only evaluate takes a tier in place",
        ),
        (
            pd.DataFrame({**ONE, "score": pd.Series([310], dtype=object)}),
            {},
            errors.WrongTypeError,
            "convert_dtypes() of pandas",
        ),
        (pl.DataFrame(ONE), {"starting_tier": "Krest"}, errors.ParseError, "'Krest' is not the name of one tier"),
        (pl.DataFrame(ONE), {"starting_tier": "Base"}, errors.RangeError, IT_IS_BOTH),
        (pl.DataFrame(ONE), {"program": "ISV"}, errors.WrongTypeError, "program must be a Program"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_no_table_is_made_of(frame: Any, arguments: dict[str, Any], kind: type[Exception], words: str) -> None:
    """A foreign object, a missing column, scores that are not numbers, and an unclear starting tier are rejected."""
    for function in (tier_table, problems):
        with pytest.raises(kind) as caught:
            function(frame, **{"program": APPS, "starting_tier": "Ridge"} | arguments)
        assert words in str(caught.value)


def test_an_error_names_the_missing_column_alone() -> None:
    """There is nothing more to say."""
    with pytest.raises(errors.RangeError) as caught:
        tier_table(pl.DataFrame({"partner": ["a"]}), program=APPS, starting_tier="Base")
    assert "the column must be one of 'partner', got 'quarter'" == str(caught.value)


def test_an_error_has_ten_rows_at_most() -> None:
    """The number of all bad rows is in the message."""
    frame = pl.DataFrame({"partner": ["a"] * 12, "quarter": ["?"] * 12, "score": [1] * 12})
    with pytest.raises(errors.FrameError) as caught:
        tier_table(frame, program=APPS, starting_tier="Base")
    assert (10, 12) == (len(caught.value.rows), caught.value.count)


def test_a_first_quarter_may_be_any_year() -> None:
    """The first and the last years that have effective dates can be evaluated."""
    for quarter in (FiscalQuarter(2, 1), FiscalQuarter(9998, 1)):
        frame = pl.DataFrame({"partner": ["a"], "quarter": [str(quarter)], "score": [5]})
        table = tier_table(frame, program=MODEL, starting_tier="Base")
        assert [str(quarter)] == table["quarter"].to_list()


@pytest.mark.parametrize("engine", LAZY)
def test_many_quarters_in_a_lazy_frame(engine: str) -> None:
    """More quarters than an engine nests cases give the same table."""
    scores = {FiscalQuarter(2001, 1) + number: number % 100 for number in range(400)}
    rows = [{"partner": "a", "quarter": str(quarter), "score": score} for quarter, score in scores.items()]
    table = tier_table(ENGINES[engine](in_columns(rows, COLUMNS[:3])), program=MODEL, starting_tier=Tier.BASE)
    assert decisions("a", scores, MODEL, Tier.BASE) == sorted(in_rows(table), key=lambda row: row["effective_on"])


@pytest.mark.parametrize("maximum", [100, 2**25 - 2, 2**25 - 1, 2**25, 999_999_999])
def test_the_highest_bound_may_be_the_maximum(maximum: int) -> None:
    """A score that equals the maximum reaches a bound that equals the maximum, however high that is in one of the editions."""
    sure = Citation(Certainty.PUBLISHED, (T2,))
    tiers = (Threshold(Tier.BASE, 0, sure), Threshold(Tier.CREST, 7, sure))
    facts: dict[str, Any] = {"maximum_citation": sure, "carryover_citation": sure, "carryover": Carryover.HIGHEST_OF_YEAR}
    low = Edition(None, sure, tiers, maximum_score=7, **facts)
    high = Edition("FY24 Q1", sure, (tiers[0], Threshold(Tier.CREST, maximum, sure)), maximum_score=maximum, **facts)
    program = Program(name="TOP", entry_tier=Tier.BASE, changes=(low, high))
    quarters, scores = ["FY24 Q1", "FY24 Q1", "FY23 Q1"], [maximum - 1, maximum, 7]
    frame = pl.DataFrame({"partner": ["a", "b", "c"], "quarter": quarters, "score": scores})
    table = tier_table(frame, program=program, starting_tier="Base").sort("partner")
    expected = [(maximum - 1, "Base", False), (maximum, "Crest", False), (7, "Crest", False)]
    assert expected == table.select("score", "after", "inferred").rows()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("place", range(5))
def test_a_frame_that_is_no_table_has_no_tiers(engine: str, place: int) -> None:
    """The tiers on a day need the columns of a table; the error names the first that is missing, and where tables come from."""
    names = ["partner", "quarter", "before", "after", "stop"]
    with pytest.raises(errors.RangeError, match=f"got '{names[place]}': ") as caught:
        tiers_on(ENGINES[engine]({"tier": ["Base"], **{name: ["a"] for name in names[:place]}}), date(2024, 3, 1))
    assert str(caught.value).endswith(": tier_table makes such a table")
