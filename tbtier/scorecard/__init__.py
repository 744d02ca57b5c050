"""The scorecard: which quarter an activity counts for, when its points show, and the score that the points add up to.

>>> from datetime import date
>>> from tbtier.programs import ISV
>>> print(counts_for(date(2023, 4, 30)))
FY24 Q1
>>> print(shows_on(date(2023, 4, 30), program=ISV, pillar="Success").headline)
shows from 2023-06-01 to 2023-06-07
"""

from __future__ import annotations

from tbtier.scorecard.activities import Activity, Metric, StandsUntil, counts_for
from tbtier.scorecard.amounts import Amount, Exact
from tbtier.scorecard.attrition import AttritionPoints, attrition_points, attrition_rate
from tbtier.scorecard.cards import QuarterScore, Scorecard, Standing
from tbtier.scorecard.showing import IMPACT, Showing, pledge_shows_on, shows_on
from tbtier.scorecard.stated import review_minimum

__all__ = [
    "IMPACT",
    "Activity",
    "Amount",
    "AttritionPoints",
    "Exact",
    "Metric",
    "QuarterScore",
    "Scorecard",
    "Showing",
    "Standing",
    "StandsUntil",
    "attrition_points",
    "attrition_rate",
    "counts_for",
    "pledge_shows_on",
    "review_minimum",
    "shows_on",
]
