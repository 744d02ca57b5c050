"""A database view of tiers, as a team might write it: one version with a mistake, and one without."""

from collections.abc import Mapping
from datetime import date
from sqlite3 import connect

from tbtier import FiscalQuarter, ProgramYear, Tier

TABLES = """
create table scores (year, number, score);
create table question (day, march_1, start, starting_tier);

create view earned as
select
    year,
    number,
    date(printf('%d-02-01', year - 1), printf('+%d months', 3 * number + 1)) as acts_on,
    case when score >= 750 then 4 when score >= 500 then 3 when score >= 250 then 2 when score >= 0 then 1 end as tier
from scores;
"""

NAIVE = """
create view held as
select max(tier) as tier from (
    select starting_tier as tier from question where start >= march_1
    union all
    select tier from earned, question where acts_on between march_1 and day and acts_on > start
)
"""

RIGHT = """
create view held as
select max(tier) as tier from (
    select starting_tier as tier from question where start >= march_1
    union all
    select tier from earned, question where acts_on between march_1 and day and acts_on > start
    union all
    select tier from earned, question where year = strftime('%Y', march_1) + 0 and start < march_1
)
"""


def held_on(
    day: date, scores: Mapping[FiscalQuarter, int | None], starting_tier: Tier, start: date, *, view: str = NAIVE
) -> Tier:
    """Return the tier of one partner on one day, from a fresh database with its scores."""
    march_1 = ProgramYear.containing(day).start
    database = connect(":memory:")
    database.executescript(TABLES + view)
    database.executemany("insert into scores values (?, ?, ?)", [(q.year, q.number, score) for q, score in scores.items()])
    question = (day.isoformat(), march_1.isoformat(), start.isoformat(), starting_tier.rank)
    database.execute("insert into question values (?, ?, ?, ?)", question)
    (rank,) = database.execute("select tier from held").fetchone()
    database.close()
    return Tier.BASE if rank is None else list(Tier)[rank]
