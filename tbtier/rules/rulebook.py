"""The rules that all programs share: how scores become tiers, and what feeds the score and when it shows.

R1 to R11 come from the sources; D1 to D10 are our decisions where the sources are silent; K1 to K7 are about the scorecard.
If one part of a rule is less sure than the rest, that part is a separate entry, with a letter.
"""

from __future__ import annotations

from typing import Final

import attrs

from tbtier.errors.checks import require_kind, require_text
from tbtier.rules.citations import Certainty, Citation
from tbtier.rules.sources import S1, S2, S5, S6, S7, S8, S9, S10, S13, S14, SILENCE


@attrs.frozen
class Rule:
    """One rule of how scores become tiers or of what feeds the score, in the words of this project.

    A rule has one certainty: if a part of a rule is less sure than the rest, that part is a separate rule,
    such as `R4` (published) and `R4a` (derived from it).

    Raises:
        RuleDataError: the id, the text or the citation is missing.
    """

    id: str
    """The name of the rule in the documentation, such as `R4`."""
    text: str
    """The rule in words."""
    citation: Citation
    """The sources of the rule, and its certainty."""

    def __attrs_post_init__(self) -> None:
        require_text("Rule: id", self.id)
        require_text("Rule: text", self.text)
        require_kind(Citation, f"Rule {self.id}: citation", self.citation)


_SILENT = Citation(Certainty.INFERRED, (SILENCE,))

EVALUATION_RULES = (
    Rule(
        "R1",
        "A fiscal year starts on February 1 and is named after the calendar year in which it ends; its quarters are"
        " Q1 (February to April), Q2 (May to July), Q3 (August to October) and Q4 (November to January)",
        Citation(Certainty.PUBLISHED, (S1,)),
    ),
    Rule(
        "R2",
        "A program year runs from March 1 to the end of February and has the number of the fiscal year that began a month"
        " earlier; February belongs to the new fiscal year, but to the old program year",
        Citation(Certainty.PUBLISHED, (S1, S8, S9)),
    ),
    Rule(
        "R3",
        "A tier is calculated once a quarter; crossing a threshold in mid-quarter does not change the tier",
        Citation(Certainty.PUBLISHED, (S2,)),
    ),
    Rule(
        "R3a",
        "The score at the end of the quarter's last day counts",
        Citation(Certainty.DERIVED, (S2,)),
    ),
    Rule(
        "R4",
        "The month after the quarter is the review month, and the quarter takes effect on the first day of the following"
        " month; Q4 takes effect on March 1",
        Citation(Certainty.PUBLISHED, (S2, S1)),
    ),
    Rule(
        "R4a",
        "So Q1 takes effect on June 1, Q2 on September 1 and Q3 on December 1",
        Citation(Certainty.DERIVED, (S2, S1)),
    ),
    Rule(
        "R5",
        "Partners are notified in the first week of the month in which the quarter takes effect;"
        " the effective date does not depend on the day of notification",
        Citation(Certainty.PUBLISHED, (S1, S7)),
    ),
    Rule(
        "R5a",
        "For Q4, that week is March 1 to 7",
        Citation(Certainty.DERIVED, (S1, S7)),
    ),
    Rule(
        "R6",
        "The tier held on March 1 is kept for the program year;"
        " an evaluation inside the year can raise the tier, but never lower it",
        Citation(Certainty.PUBLISHED, (S1, S6)),
    ),
    Rule(
        "R7",
        "A program year starts on March 1 with the tier earned in the fiscal year that ended on January 31, not with the tier"
        " held before; the edition's carryover says whether the best of the four quarters decides, or Q4 alone",
        Citation(Certainty.PUBLISHED, (S1, S5, S10)),
    ),
    Rule(
        "R8",
        "A tier falls only on March 1",
        Citation(Certainty.PUBLISHED, (S1,)),
    ),
    Rule(
        "R8a",
        "A tier falls straight to the tier that was earned, with no step limit and no notice period",
        Citation(Certainty.INFERRED, (S1,), "no source states a limit"),
    ),
    Rule(
        "R9",
        "An ISV enters at Base; a consulting partner is Provisional, without a tier by score, until it meets the entry minimum;"
        " tbtier does not model the minimum, and assumes that a partner with a score has met it",
        Citation(Certainty.PUBLISHED, (S1, S2)),
    ),
    Rule(
        "R10",
        "A consulting partner earns a tier in each region, and goes to market with the highest tier",
        Citation(Certainty.PUBLISHED, (S6, S7, S8)),
    ),
    Rule(
        "R11",
        "If the tier does not match the scores when the evaluation is over, the partner opens a case with the expected score,"
        " the wrong metrics and any missing opportunities",
        Citation(Certainty.PUBLISHED, (S2,)),
    ),
    Rule(
        "D1",
        "A quarter given as None was not scored and earns nothing; a tier given in place of a score is the earned tier;"
        " a missing quarter is an error",
        _SILENT,
    ),
    Rule(
        "D2",
        "If no quarter that counts on March 1 was scored, the tier is the program's entry tier",
        _SILENT,
    ),
    Rule(
        "D3",
        "The starting tier is the tier held on the first day, after any change on that day;"
        " it is held but not earned, so it counts until the first March 1 after that day",
        _SILENT,
    ),
    Rule(
        "D4",
        "The starting tier already includes a quarter that takes effect on or before the first day;"
        " such a quarter still counts on the next March 1",
        _SILENT,
    ),
    Rule(
        "D5",
        "A missing quarter before the first given quarter is an error, unless a start is given and the missing quarter ended"
        " before the start; then that quarter was not scored",
        _SILENT,
    ),
    Rule(
        "D6",
        "A timeline stops on the day on which the first quarter that is not given would take effect,"
        " or on the day on which its program ends, if that is earlier",
        _SILENT,
    ),
    Rule(
        "D7",
        "The edition in force in a quarter judges that quarter, even if the quarter takes effect in the next program year",
        _SILENT,
    ),
    Rule(
        "D8",
        'A bound printed as "more than 250" beside a band that ends at 249 includes 250; otherwise 250 would have no tier',
        _SILENT,
    ),
    Rule(
        "D9",
        "A record must give the held tier, and no other, for each day of a timeline; rows may repeat the tier of a day;"
        " the stop of a row is the first day after the row, and a row without a stop goes on until the next row begins",
        _SILENT,
    ),
    Rule(
        "D10",
        "Each metric states how long its points stand, unless a rule says so; newer points replace older points",
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
        "The Technology Adoption Assessment awards no points in a fiscal year before the first response of that year;"
        " from then on, the points roll over to the later quarters of the same fiscal year",
        Citation(Certainty.PUBLISHED, (S1,)),
    ),
    Rule(
        "K2a",
        "So a newer response replaces the older response, from the quarter of the newer response on",
        Citation(Certainty.DERIVED, (S1,)),
    ),
    Rule(
        "K3",
        "On the ISV scorecard, points earned in a quarter show once the evaluation is over and the partner is notified",
        Citation(Certainty.PUBLISHED, (S1,)),
    ),
    Rule(
        "K3a",
        "On the ISV scorecard, points of the Impact pillar show within the quarter",
        Citation(Certainty.PUBLISHED, (S1,)),
    ),
    Rule(
        "K3b",
        "The consulting scorecard moves daily",
        Citation(Certainty.PUBLISHED, (S2,)),
    ),
    Rule(
        "K3c",
        "So on the consulting scorecard, points show on the day on which the activity is received, or on the next day",
        Citation(Certainty.INFERRED, (S2,), "no source says how soon points show"),
    ),
    Rule(
        "K4",
        "The points of Pledge 1% show about one month after the sign-up is finished",
        Citation(Certainty.PUBLISHED, (S1,)),
    ),
    Rule(
        "K4a",
        "A month is 28 to 31 days",
        Citation(Certainty.DERIVED, (S1,)),
    ),
    Rule(
        "K5",
        "The rating of an app earns no points below a minimum number of reviews in the year",
        Citation(Certainty.PUBLISHED, (S13, S14, S1)),
    ),
    Rule(
        "K6",
        "The beginning AOV is the annual recurring revenue paid to Salesforce one year ago; the attrition rate is the total"
        " reduction of the beginning AOV over the past 12 months, divided by the beginning AOV; the rate earns the points of"
        " its band, times the percent possible for the band of the current AOV",
        Citation(Certainty.PUBLISHED, (S1, S13, S14)),
    ),
    Rule(
        "K7",
        "An attrition rate earns the points printed for its band; the points for a rate between two printed bands are unknown",
        Citation(Certainty.PUBLISHED, (S13, S14)),
    ),
    Rule(
        "K7a",
        "A revenue band includes its printed upper bound",
        Citation(Certainty.INFERRED, (S13, S14), "no source says which of two bands a sum on their bound belongs to"),
    ),
)
"""What feeds the score, and when it shows, by number."""

RULE: Final = {rule.id: rule for rule in (*EVALUATION_RULES, *SCORECARD_RULES)}
"""Every rule, by its id."""
