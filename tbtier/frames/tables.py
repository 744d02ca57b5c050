"""The tiers of many partners, their problems, and their tiers on one day, each as a data frame."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import narwhals as nw

from tbtier.errors import FrameError
from tbtier.errors.checks import require_date
from tbtier.frames.problems import problems_in
from tbtier.frames.rows import Rows, as_days, narwhal, require_columns
from tbtier.frames.years import Years
from tbtier.rules.cycles import latest_cycle
from tbtier.rules.program import Program
from tbtier.rules.tiers import Tier

__all__ = ["problems", "tier_table", "tiers_on"]

_SHOWN: Final = 10  # rows in an error


def tier_table(
    frame: Any,
    *,
    program: Program,
    partner: str = "partner",
    quarter: str = "quarter",
    score: str = "score",
    starting_tier: Tier | str,
) -> Any:
    """Return the tiers of many partners: a row for each partner and effective date, in a frame of the same kind.

    The rows are those of `evaluate(...).decisions`, in no order, with the columns `partner`, `quarter`, `effective_on`,
    `stop`, `score`, `earned`, `before`, `after`, `kind` and `inferred`. `after` is held from `effective_on` to before `stop`,
    when the next quarter takes effect, or the program ends.

    A lazy frame is read once, for the quarters in it. Its table leaves out the partners with a problem; `problems` has them.

    Args:
        frame: a row for each partner and quarter, in any order: a frame of pandas, polars (eager or lazy), pyarrow, duckdb,
            PySpark or Dask.
        program: the program whose rules apply.
        partner: the column of the partners.
        quarter: the column of the quarters, in any spelling that `FiscalQuarter.parse` reads.
        score: the column of the scores, as whole numbers; null if the quarter was not scored (rule D1).
        starting_tier: the tier that every partner held on the March 1 of its first fiscal year, or the column of these tiers.

    >>> import pandas
    >>> from tbtier.programs import TRAILBLAZER
    >>> scores = pandas.DataFrame({"partner": ["Blue Anchor"] * 2, "quarter": ["FY24 Q1", "FY24 Q2"], "score": [310, 540]})
    >>> table = tier_table(scores, program=TRAILBLAZER, starting_tier="Base")
    >>> print(table[["partner", "quarter", "before", "after", "kind"]].to_string(index=False))
        partner quarter before after     kind
    Blue Anchor FY24 Q1   Base Ridge promoted
    Blue Anchor FY24 Q2  Ridge Crest promoted

    Raises:
        WrongTypeError: narwhals does not know the frame, a column has the wrong type, or `program` is not a `Program`.
        RangeError: a column is missing, or `starting_tier` is both a column and the name of a tier.
        ParseError: `starting_tier` is neither a column nor the name of a tier of the program.
        FrameError: the frame is eager, and a row has a problem.
    """
    # Each step keeps what the next one needs, and lets an engine free the rows of the step before.
    decisions = Years(Rows(frame, program, partner, quarter, score, starting_tier)).decisions()
    if decisions is None:
        found = problems_in(Rows(frame, program, partner, quarter, score, starting_tier))
        raise FrameError(tuple(found.head(_SHOWN).iter_rows()), len(found))
    return decisions.table().to_native()


def problems(
    frame: Any,
    *,
    program: Program,
    partner: str = "partner",
    quarter: str = "quarter",
    score: str = "score",
    starting_tier: Tier | str,
) -> Any:
    """Return the rows that `tier_table` rejects, in a frame of the same kind: `partner`, `quarter`, `score` and `problem`.

    The arguments are those of `tier_table`, and so are the errors, except for `FrameError`.

    >>> import pandas
    >>> from tbtier.programs import TRAILBLAZER
    >>> scores = pandas.DataFrame({"partner": ["Blue Anchor"] * 2, "quarter": ["FY24 Q1", "FY24 Q3"], "score": [310, 540]})
    >>> problems(scores, program=TRAILBLAZER, starting_tier="Base")[["quarter", "problem"]].values.tolist()
    [['FY24 Q3', 'no row has the score of the quarter before']]
    """
    return problems_in(Rows(frame, program, partner, quarter, score, starting_tier)).to_native()


def tiers_on(table: Any, day: date) -> Any:
    """Return the tier of each partner on a day, as `partner` and `tier`, for the partners whose rows reach the day.

    Args:
        table: a frame that `tier_table` returned.
        day: the day.

    >>> import pandas
    >>> from tbtier.programs import TRAILBLAZER
    >>> scores = pandas.DataFrame({"partner": ["Blue Anchor"], "quarter": ["FY24 Q1"], "score": [310]})
    >>> table = tier_table(scores, program=TRAILBLAZER, starting_tier="Base")
    >>> [tiers_on(table, day)["tier"].tolist() for day in (date(2023, 5, 31), date(2023, 6, 1), date(2023, 9, 1))]
    [['Base'], ['Ridge'], []]

    Raises:
        WrongTypeError: `day` is not a plain date, or narwhals does not know the table.
        RangeError: a column of `tier_table` is missing.
    """
    rows, latest = narwhal(table), latest_cycle(require_date(day)).quarter
    require_columns(
        rows.collect_schema(), "partner", "quarter", "before", "after", "stop", advice="tier_table makes such a table"
    )
    is_before_stop = nw.col("stop") > as_days(rows)[1](day)
    found = rows.filter((nw.col("quarter") == str(latest)) & is_before_stop).select("partner", tier=nw.col("after"))
    if latest.number == 4:  # from March to May, the first quarter of a partner has not taken effect yet
        first = rows.filter(nw.col("quarter") == str(latest + 1)).select("partner", tier=nw.col("before"))
        found = nw.concat([found, first]).unique()
    return found.to_native()
