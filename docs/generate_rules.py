"""Write `rules.md` from the data of `tbtier.rules` and `tbtier.programs`, so that no number is written twice.

python docs/generate_rules.py           writes the page
python docs/generate_rules.py --check   checks the page, and exits with 1 if it is out of date
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from pathlib import Path

from pages import write_or_check

from tbtier import FiscalYear
from tbtier.programs import CONSULTING, ISV, TRAILBLAZER
from tbtier.rules import (
    AttritionBand,
    Certainty,
    Citation,
    Edition,
    Program,
    ProgramEnd,
    ScorecardRules,
    Source,
    UnknownRules,
    sources,
)
from tbtier.rules.rulebook import EVALUATION_RULES, SCORECARD_RULES, Rule
from tbtier.scorecard.attrition import printed_aovs, printed_rates

PAGE = Path(__file__).with_name("rules.md")

Change = Edition | UnknownRules | ProgramEnd

INTRODUCTION = f"""\
---
myst:
  html_meta:
    description: Every rule, threshold and source behind Salesforce partner tiers, with its certainty and an anchor.
tocdepth: 2
---

# The rules

<!-- Written by docs/generate_rules.py from the data of tbtier.rules and tbtier.programs. Change the data, not this page. -->

This page has all that the library knows: how scores become tiers, the numbers of each edition, and what feeds the score.
Every entry has [sources](#sources) and a certainty; every rule and every source has an anchor, such as `#r4` or `#s1`.

| certainty | what it means |
|---|---|
| {Certainty.PUBLISHED} | A source states the fact. |
| {Certainty.DERIVED} | The fact follows from a published statement by plain date arithmetic. |
| {Certainty.INFERRED} | The fact is our reading, where the source is silent, cut off or from a sister program. |

A star marks an inferred number, first quarter or carryover.
"""

HOW_SCORES_BECOME_TIERS = """\
## How scores become tiers

Rules with an R come from the sources.
Rules with a D are decisions of this library, where the sources leave a question open.
A letter at the end, as in R4a, marks a part of a rule that is less sure than the rest.
"""

WHAT_FEEDS_THE_SCORE = """\
## What feeds the score

Rules with a K are about the scorecard: which quarter an activity counts for, when its points show, and what it earns.
`tbtier.scorecard` applies them.
"""

SHOWING = """\
### When points show

An activity counts for the quarter in which it is received ([K1](#k1)), and its points can show later ([K3](#k3)).
"""

REVIEWS = """\
### Reviews of an app

The rating of an app earns no points with fewer reviews in the year than the table says ([K5](#k5)).
"""

ATTRITION = """\
### Attrition

The tables have every known band.
A rate between two printed bands, such as 4.95 %, raises `UnknownRuleError`, and so does an AOV beyond the last band.
An AOV on the bound of two bands belongs to the lower band ([K7a](#k7a)).
A star marks an inferred number, or a number on a page whose year is inferred.
"""

SOURCES = f"""\
## Sources

A page can change under the same address: the title and the date say which edition we read.
The entry `{sources.SILENCE.id}` is a decision of this library, where no document states a rule.
"""


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [f"| {' | '.join(map(str, row))} |" for row in (heading, *rows)]
    lines.insert(1, "|---" * len(heading) + "|")
    return "\n".join(lines) + "\n"


def paragraph(sentences: Iterable[str]) -> str:
    """Return a paragraph with one sentence a line."""
    return "\n".join(sentences) + "\n"


def links(citation: Iterable[Source]) -> str:
    """Return links to the rows of sources."""
    return ", ".join(f"[{source.id}](#{source.id.lower()})" for source in citation)


def star(citation: Citation) -> str:
    """Return the mark of an inferred fact, or empty text."""
    return r"\*" if citation.certainty is Certainty.INFERRED else ""


def sentence(text: str) -> str:
    """Return a text as a sentence; empty text stays empty."""
    return text and f"{text[0].upper()}{text[1:]}."


def rules(listed: Iterable[Rule]) -> str:
    """Return a section about each rule."""
    parts = []
    for rule in listed:
        citation = rule.citation
        sentences = paragraph(filter(None, (sentence(rule.text), sentence(citation.note))))
        parts.append(f"### {rule.id}\n\n{sentences}\n{str(citation.certainty).capitalize()}: {links(citation.sources)}.\n")
    return "\n".join(parts)


def scorecards(program: Program) -> Iterable[tuple[str, ScorecardRules, Citation]]:
    """Yield the quarters, the scorecard rules and the citation of the dates of each edition with scorecard rules."""
    for change, following in with_following(program):
        if isinstance(change, Edition) and change.scorecard:
            yield span(change, following), change.scorecard, change.start_citation


def showing() -> str:
    """Return the table of when points show, with one row for all editions that state the same."""
    rows: dict[tuple[object, ...], list[str]] = {}
    for program in (CONSULTING, ISV):
        for quarters, stated, _ in scorecards(program):
            for rule in stated.showing:
                citation = rule.citation
                pillar = rule.pillar or ("every other" if len(stated.showing) > 1 else "every")
                fact = (pillar, rule.shows, citation.certainty, links(citation.sources), sentence(citation.note))
                rows.setdefault((program.name, *fact), []).append(quarters)
    return table(
        ("program", "quarters", "pillar", "points show", "certainty", "sources", "note"),
        ((row[0], ", ".join(quarters), *row[1:]) for row, quarters in rows.items()),
    )


def reviews() -> str:
    """Return the table of the lowest numbers of reviews."""
    rows = []
    for quarters, stated, dates in scorecards(ISV):
        if stated.review_minimum_citation:
            citation = stated.review_minimum_citation.within(dates)
            fact = (stated.review_minimum, citation.certainty, links(citation.sources), sentence(citation.note))
            rows.append((quarters, *fact))
    return table(("quarters", "reviews", "certainty", "sources", "note"), rows)


def attrition() -> str:
    """Return the tables of the bands of attrition."""
    editions = [(quarters, stated, dates) for quarters, stated, dates in scorecards(ISV) if stated.rate_bands]
    heading = [f"{quarters} ({links(stated.aov_bands[0].citation.sources)})" for quarters, stated, _ in editions]
    stars = [dates for *_, dates in editions]

    def rows(
        bands: Iterable[Sequence[AttritionBand]], printed: Callable[[AttritionBand], str], unit: str
    ) -> Iterable[Sequence[str]]:
        for line in zip_longest(*bands):
            bounds = next(printed(band) for band in line if band)
            values = [
                f"{band.value}{star(band.citation.within(dates))}{unit}" if band else "not known"
                for band, dates in zip(line, stars)
            ]
            yield bounds, *values

    rates = table(("rate of attrition", *heading), rows((stated.rate_bands for _, stated, _ in editions), printed_rates, ""))
    revenues = table(("current AOV", *heading), rows((stated.aov_bands for _, stated, _ in editions), printed_aovs, " %"))
    return f"The points for a rate:\n\n{rates}\nThe percent of these points that is possible:\n\n{revenues}"


def with_following(program: Program) -> Iterable[tuple[Change, Change | None]]:
    """Return each change of a program, with the one that follows it."""
    return zip(program.changes, (*program.changes[1:], None))


def span(change: Change, following: Change | None) -> str:
    """Return the quarters, or the whole years, in which a change is in force."""
    first = change.start
    if first is None:
        return "All time"
    if following is None or following.start is None:
        return f"From {first} on"
    last = following.start - 1
    if (first.number, last.number) != (1, 4):
        return f"{first} to {last}"
    years = FiscalYear(first.year), FiscalYear(last.year)
    return str(years[0]) if years[0] == years[1] else f"{years[0]} to {years[1]}"


def overview(program: Program) -> str:
    """Return the numbers of all editions side by side."""
    tiers = sorted({tier for edition in program.editions for tier in edition.tiers})
    heading = ("quarters", *(f"{tier} from" for tier in tiers), "maximum score", "carryover")
    rows = []
    for change, following in with_following(program):
        if isinstance(change, Edition):
            stars = {fact: star(citation) for fact, citation in change.citations.items()}
            lowest = {threshold.tier: f"{threshold.score}{stars[str(threshold.tier)]}" for threshold in change.thresholds}
            numbers = [lowest.get(tier, "-") for tier in tiers]
            highest, carryover = f"{change.maximum_score}{stars['maximum']}", f"{change.carryover}{stars['carryover']}"
            rows.append((span(change, following) + stars["start"], *numbers, highest, carryover))
        elif isinstance(change, UnknownRules):
            rows.append((span(change, following), *("not known" for _ in heading[1:])))
    return table(heading, rows)


def edition_in_full(edition: Edition) -> str:
    """Return every fact of an edition with its citation."""
    facts: list[tuple[str, object, Citation]] = []
    if edition.start:
        facts.append(("in force from", edition.start, edition.citation("start")))
    facts += [(f"{bound.name} from", bound.score, edition.citation(bound.tier)) for bound in edition.thresholds]
    facts.append(("maximum score", edition.maximum_score, edition.citation("maximum")))
    facts.append(("carryover", edition.carryover, edition.citation("carryover")))
    rows = [
        (fact, value, citation.certainty, links(citation.sources), sentence(citation.note)) for fact, value, citation in facts
    ]
    return table(("fact", "value", "certainty", "sources", "note"), rows)


def end_in_full(end: ProgramEnd) -> str:
    """Return the paragraph about the end of a program: its replacement, its last quarter, and the error after it."""
    lines = [f"The program was replaced by {end.replaced_by} ({end.citation.certainty}, {links(end.citation.sources)})."]
    if end.citation.note:
        lines.append(sentence(end.citation.note))
    lines.append(f"The last quarter evaluated is {end.start - 1}.")
    lines.append("A question about a later quarter raises `ProgramEndedError`.")
    return paragraph(lines)


def in_full(title: str, program: Program) -> str:
    """Return the section about a program, with every fact."""
    opening = [f"Its name in the library is `{program.name}`.", f"The entry tier is {program.entry_tier}."]
    if program.note:
        opening.insert(1, sentence(program.note))
    if first := program.changes[0].start:
        opening.append(f"The rules before {first} are not known.")
    parts = [f"## {title}\n", paragraph(opening), overview(program)]
    for change, following in with_following(program):
        if isinstance(change, Edition):
            parts += [f"### {span(change, following)}\n", edition_in_full(change)]
        elif isinstance(change, UnknownRules):
            refusal = "A question about these quarters raises `UnknownRuleError`."
            parts += [f"### {span(change, following)}: not known\n", paragraph([sentence(change.reason), refusal])]
        else:
            parts += [f"### Ended on {change.on}\n", end_in_full(change)]
    return "\n".join(parts)


def list_of_sources() -> str:
    """Return a section about each source."""
    parts = [SOURCES]
    for one in vars(sources).values():
        if isinstance(one, Source):
            address = f"[{one.where}](https://{one.where})" if one.where else ""
            parts.append(f"### {one.id}\n\n{paragraph(filter(None, [f'{one.title}.', f'Date: {one.date}.', address]))}")
    return "\n".join(parts)


def page() -> str:
    """Return the whole page."""
    programs = [
        in_full("The consulting program", CONSULTING),
        in_full("The ISV program", ISV),
        in_full("The model", TRAILBLAZER),
    ]
    scores = [HOW_SCORES_BECOME_TIERS, rules(EVALUATION_RULES)]
    feeds = [WHAT_FEEDS_THE_SCORE, rules(SCORECARD_RULES), SHOWING, showing(), REVIEWS, reviews(), ATTRITION, attrition()]
    return "\n".join([INTRODUCTION, *scores, *programs, *feeds, list_of_sources()])


if __name__ == "__main__":
    write_or_check(PAGE, page(), str(__doc__), __file__)
