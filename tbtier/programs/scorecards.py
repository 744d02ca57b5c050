"""What feeds the score, and when it shows: the rules K1 to K7, and the numbers that were published with them."""

from __future__ import annotations

from tbtier.citations import Certainty, Citation
from tbtier.programs.evaluation import Rule
from tbtier.programs.sources import S1, S2, S13, S14

RULES = (
    Rule(
        "K1",
        "An activity counts for the fiscal quarter in which it is received",
        Citation(Certainty.PUBLISHED, (S1,)),
    ),
    Rule(
        "K2",
        "The Technology Adoption Assessment awards nothing in a fiscal year before its first response in that year;"
        " after it, the points roll over to the later quarters of the same fiscal year",
        Citation(Certainty.PUBLISHED, (S1,)),
    ),
    Rule(
        "K2a",
        "So a newer response replaces the older one from its own quarter on",
        Citation(Certainty.DERIVED, (S1,)),
    ),
    Rule(
        "K3",
        "On the ISV scorecard, points earned in a quarter show once the evaluation is over and the partner is notified",
        Citation(Certainty.PUBLISHED, (S1,)),
    ),
    Rule(
        "K3a",
        "The points of the Impact pillar show there within the quarter",
        Citation(Certainty.PUBLISHED, (S1,)),
    ),
    Rule(
        "K3b",
        "The consulting scorecard moves daily",
        Citation(Certainty.PUBLISHED, (S2,)),
    ),
    Rule(
        "K3c",
        "So points show there on the day on which the activity is received, or on the next",
        Citation(Certainty.INFERRED, (S2,), "no source says how soon after it"),
    ),
    Rule(
        "K4",
        "For Pledge 1%, about one month passes from the end of the sign-up until the points show",
        Citation(Certainty.PUBLISHED, (S1,)),
    ),
    Rule(
        "K4a",
        "A month is 28 to 31 days",
        Citation(Certainty.DERIVED, (S1,)),
    ),
    Rule(
        "K5",
        "The rating of an app earns nothing below a minimum number of reviews in the year",
        Citation(Certainty.PUBLISHED, (S13, S14, S1)),
    ),
    Rule(
        "K6",
        "The attrition rate is the total by which the beginning AOV fell over the past 12 months, divided by the beginning AOV,"
        " which is the annual recurring revenue paid to Salesforce one year ago; its points are those of the band of the rate,"
        " times the percent possible for the band of the current AOV",
        Citation(Certainty.PUBLISHED, (S1, S13, S14)),
    ),
    Rule(
        "K7",
        "A rate of attrition earns what its band does, as printed; one between two printed bands earns nothing that is known",
        Citation(Certainty.PUBLISHED, (S13, S14)),
    ),
    Rule(
        "K7a",
        "A band of revenue printed as to a sum includes that sum",
        Citation(Certainty.INFERRED, (S13, S14), "whether a sum belongs to the band that ends at it is not said"),
    ),
)
"""Every rule, by number."""
