"""The rules that all programs share: how scores become tiers, and what feeds the score and when it shows.

R1 to R11 are read from the sources, and D1 to D10 are decided where those are silent; K1 to K7 are about the scorecard.
Where one part of a rule is less sure than the rest, that part is a separate entry, with a letter.
"""

from __future__ import annotations

import attrs

from tbtier.errors import RuleDataError, shown
from tbtier.rules.citations import Certainty, Citation, require_text
from tbtier.rules.sources import S1, S2, S5, S6, S7, S8, S9, S10, S13, S14, SILENCE


@attrs.frozen
class Rule:
    """One rule of how scores become tiers, or of what feeds the score, in the words of this project.

    A rule has one certainty: where a part of a rule is less sure than the rest, that part is a separate rule,
    such as `R4` (published) and `R4a` (derived from it).

    Raises:
        RuleDataError: the id, the text or the citation is missing.
    """

    id: str
    """Its name in the documentation, such as `R4`."""
    text: str
    """What it says."""
    citation: Citation
    """Where it is written."""

    def __attrs_post_init__(self) -> None:
        require_text("Rule: id", self.id)
        require_text("Rule: text", self.text)
        if not isinstance(self.citation, Citation):
            raise RuleDataError(f"Rule {self.id}: citation", f"must be a Citation, got {shown(self.citation)}")


_SILENT = Citation(Certainty.INFERRED, (SILENCE,))

EVALUATION_RULES = (
    Rule(
        "R1",
        "A fiscal year starts on February 1 and is named by the calendar year in which it ends;"
        " its quarters are Q1 February to April, Q2 May to July, Q3 August to October, Q4 November to January",
        Citation(Certainty.PUBLISHED, (S1,)),
    ),
    Rule(
        "R2",
        "A program year runs from March 1 to the end of February and has the number of the fiscal year that began a month"
        " before it; February is the new fiscal year, and still the old program year",
        Citation(Certainty.PUBLISHED, (S1, S8, S9)),
    ),
    Rule(
        "R3",
        "A tier is calculated once a quarter; passing a threshold in mid-quarter changes no tier",
        Citation(Certainty.PUBLISHED, (S2,)),
    ),
    Rule(
        "R3a",
        "The score that counts is the one standing at the end of the quarter's last day",
        Citation(Certainty.DERIVED, (S2,)),
    ),
    Rule(
        "R4",
        "The month after the quarter is for review, and the result takes effect on the first day of the month after that;"
        " for Q4 that is March 1",
        Citation(Certainty.PUBLISHED, (S2, S1)),
    ),
    Rule(
        "R4a",
        "So Q1 takes effect on June 1, Q2 on September 1 and Q3 on December 1",
        Citation(Certainty.DERIVED, (S2, S1)),
    ),
    Rule(
        "R5",
        "Partners are notified in the first week of the month in which the result takes effect;"
        " the effective date and the day of notification are two dates",
        Citation(Certainty.PUBLISHED, (S1, S7)),
    ),
    Rule(
        "R5a",
        "For Q4 that is March 1 to 7",
        Citation(Certainty.DERIVED, (S1, S7)),
    ),
    Rule(
        "R6",
        "The tier held on March 1 is kept for the program year; an evaluation inside it can raise it, never lower it",
        Citation(Certainty.PUBLISHED, (S1, S6)),
    ),
    Rule(
        "R7",
        "On March 1 the program year starts with what was earned in the fiscal year that has ended, not with what was held;"
        " the edition's carryover says whether the best of the four quarters decides or Q4 alone",
        Citation(Certainty.PUBLISHED, (S1, S5, S10)),
    ),
    Rule(
        "R8",
        "A tier falls only on March 1",
        Citation(Certainty.PUBLISHED, (S1,)),
    ),
    Rule(
        "R8a",
        "It falls straight to the tier that was earned, without a step limit or a notice period",
        Citation(Certainty.INFERRED, (S1,), "no source states a limit"),
    ),
    Rule(
        "R9",
        "An ISV enters at Base; a consulting partner is Provisional until it meets the entry minimum,"
        " and has no tier by score before that;"
        " the minimum is not modelled: a partner with a score is taken to have met it",
        Citation(Certainty.PUBLISHED, (S1, S2)),
    ),
    Rule(
        "R10",
        "Consulting partners earn a tier per region, and go to market with the highest of them",
        Citation(Certainty.PUBLISHED, (S6, S7, S8)),
    ),
    Rule(
        "R11",
        "If the tier is not what the scores say once the evaluation is over, the partner opens a case with the score"
        " it expected, the metrics that are wrong, and any missing opportunities",
        Citation(Certainty.PUBLISHED, (S2,)),
    ),
    Rule(
        "D1",
        "A quarter given as None was not scored and earns nothing; a tier in place of a score is what was earned;"
        " a quarter left out is an error",
        _SILENT,
    ),
    Rule(
        "D2",
        "Where no quarter that counts on March 1 was scored, the tier is the program's entry tier",
        _SILENT,
    ),
    Rule(
        "D3",
        "The starting tier is the tier held on the first day, and includes whatever takes effect on that day;"
        " it is held but not earned, so it counts until the first March 1 after that day",
        _SILENT,
    ),
    Rule(
        "D4",
        "Quarters that take effect on or before the first day are in the starting tier, and still count on the next March 1",
        _SILENT,
    ),
    Rule(
        "D5",
        "A quarter missing before the first one given is an error, unless a start is given and the quarter ended before it:"
        " then it was not scored",
        _SILENT,
    ),
    Rule(
        "D6",
        "A timeline stops on the day on which the first quarter not given would take effect,"
        " or with its program if that is earlier",
        _SILENT,
    ),
    Rule(
        "D7",
        "A quarter is judged by the edition in force in that quarter, even if it takes effect in the next program year",
        _SILENT,
    ),
    Rule(
        "D8",
        'A bound printed as "more than 250" beside a band that ends at 249 includes 250; otherwise 250 would have no tier',
        _SILENT,
    ),
    Rule(
        "D9",
        "A record of tiers must give each day of a timeline one tier, the one that is held; giving it twice is no fault;"
        " the stop of a row is the first day after it, and a row without one goes on until the next row begins",
        _SILENT,
    ),
    Rule(
        "D10",
        "Where no rule says how long the points of a metric stand, the metric states it; newer points replace older ones",
        _SILENT,
    ),
)
"""How scores become tiers, in every program, by number."""

SCORECARD_RULES = (
    Rule(
        "K1",
        "An activity counts for the fiscal quarter in which it is received",
        Citation(Certainty.PUBLISHED, (S1,)),
    ),
    Rule(
        "K2",
        "The Technology Adoption Assessment awards nothing in a fiscal year before the first response of that year;"
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
"""What feeds the score, and when it shows, by number."""

RULES = (*EVALUATION_RULES, *SCORECARD_RULES)
"""Every rule, by number."""
