"""Answers in notebooks: plain tables with the cells of the text, for programs with any names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import attrs
import pytest
from hypothesis import given
from made_up import APPS, BEST_OF_FOUR
from pages import Lines, cells_of_page, cells_of_text, elements, text_of
from strategies import Partner, partners

import tbtier as tb
from tbtier import FiscalQuarter, Tier, Timeline
from tbtier.rules import Certainty, Citation, Edition, ProgramEnd, Source, Threshold, UnknownRules
from tbtier.rules.html import bar, in_html
from tbtier.scorecard import Activity, Metric, Scorecard, StandsUntil

ONE_DAY = timedelta(days=1)
TIMELINE = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": None, "FY24 Q4": 505}, program=APPS, starting_tier="Ridge")
NOVEMBER, RENEWAL = date(2023, 11, 20), date(2024, 3, 1)
FINDING = tb.audit([(TIMELINE.start, "Ridge"), (date(2023, 5, 1), "Crest")], TIMELINE)[0]


def plan(tier: str, as_of: date = NOVEMBER) -> tb.Plan:
    """Return the plan of the timeline for the renewal."""
    return tb.plan(TIMELINE, tier, by=RENEWAL, as_of=as_of)


ANSWERS: dict[str, Any] = {
    "Timeline": TIMELINE,
    "Outlook": tb.outlook(TIMELINE, as_of=NOVEMBER),
    "Secured": plan("Crest"),
    "Open": plan("Summit"),
    "Impossible": plan("Summit", date(2024, 2, 20)),
    "Explanation": TIMELINE.explain(NOVEMBER),
    "Finding": FINDING,
    "Program": APPS,
    "Decision": TIMELINE.decisions[0],
}


def views_of(timeline: Timeline) -> Iterator[Any]:
    """Yield each kind of answer about a timeline."""
    days = sorted({timeline.start, timeline.periods[-1].start, timeline.stop - ONE_DAY})
    yield from (timeline, timeline.program, *timeline.decisions, *map(timeline.explain, days))
    another = attrs.evolve(timeline, starting_tier=timeline.program.tiers[-1])
    yield from (*tb.diff(timeline, another), *tb.audit([(one.start, one.tier) for one in another.periods], timeline))
    for day in days:
        view = tb.outlook(timeline, as_of=day)
        yield from (view, *view.requirements)


def test_reasons_have_no_names() -> None:
    """No cell of a decision names its row, since a reason is a sentence; the quarters of a timeline name theirs."""
    assert 'scope="row"' not in TIMELINE.decisions[0]._repr_html_()
    assert 'scope="row"' in TIMELINE._repr_html_()


def tight(lines: Lines) -> Lines:
    """Return cells without blanks, since text breaks long lines."""
    return [["".join(cell.split()) for cell in line] for line in lines]


@given(partners)
def test_a_notebook_shows_the_cells_of_the_text(partner: Partner) -> None:
    """Every line of every answer, with its stars and the note about them, is in the page in the same order; no other is."""
    for answer in views_of(partner.timeline):
        assert tight(cells_of_text(str(answer))) == tight(cells_of_page(answer._repr_html_()))


TAGS = {"div", "span", "p", "table", "caption", "br", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"style", "scope", "colspan", "role", "aria-label", "title"}


def check_tables(page: Element) -> None:
    """Check that each table has a caption, and a heading with a scope for each column and for each row that is named."""
    for table in page.iter("table"):
        caption, head, *bodies = table
        assert ("caption", "thead") == (caption.tag, head.tag)
        assert text_of(caption)
        (heading,) = head
        assert all(("th", "col") == (cell.tag, cell.get("scope")) and text_of(cell) for cell in heading)
        for row in (row for body in bodies for row in body):
            assert len(heading) == sum(int(cell.get("colspan", "1")) for cell in row)
            assert [cell.get("scope") for cell in row if cell.tag == "th"] in ([], ["row"], ["rowgroup"])
            assert all(text_of(cell) for cell in row if cell.tag == "th")
        grouped = [[index for index, row in enumerate(body) if row[0].get("scope") == "rowgroup"] for body in bodies]
        assert all(at in ([], [0]) for at in grouped), "the heading of a group is the first row of its body"


@given(partners)
def test_tables_are_accessible_and_leave_the_page_alone(partner: Partner) -> None:
    """Each table has a caption and the scopes of its headings; no answer has a script, a link, a style sheet or a colour."""
    for answer in views_of(partner.timeline):
        page = elements(answer._repr_html_())
        check_tables(page)
        for element in page.iter():
            assert element.tag in TAGS
            assert set(element.keys()) <= ATTRIBUTES
            assert not re.search("colo|background|url|font", element.get("style", ""))


@pytest.mark.parametrize("kind", ["Timeline", "Outlook", "Explanation", "Program"])
def test_rows_are_named(kind: str) -> None:
    """The first cell of a row that is not empty, apart from a mark, is the heading of the row."""
    for row in elements(ANSWERS[kind]._repr_html_()).iter("tr"):
        named = [text_of(cell) for cell in row if cell.get("scope") in ("row", "rowgroup")]
        cells = [text_of(cell) for cell in row if text_of(cell).strip(">")]
        assert named in ([], cells[:1])
        assert row[0].get("scope") == "col" or named


HOSTILE = "<b>&\"'</b><script>alert(1)</script>&lt;"


def hostile() -> Timeline:
    """Return a timeline of a program whose texts are all markup."""
    citation = Citation(Certainty.INFERRED, (Source(HOSTILE, HOSTILE, HOSTILE, HOSTILE),), HOSTILE)
    (edition,) = BEST_OF_FOUR.editions
    bounds = tuple(Threshold(bound.tier, bound.score, citation, f"{HOSTILE}{bound.tier}") for bound in edition.thresholds)
    changes: tuple[Edition | UnknownRules | ProgramEnd, ...] = (
        attrs.evolve(edition, thresholds=bounds, carryover_citation=citation, maximum_citation=citation),
        UnknownRules(start="FY25 Q1", reason=HOSTILE),
        ProgramEnd(on=date(2025, 8, 1), replaced_by=HOSTILE, citation=citation),
    )
    program = attrs.evolve(BEST_OF_FOUR, name=HOSTILE, note=HOSTILE, changes=changes)
    scores = {"FY24 Q1": 310, "FY24 Q2": 1000, "FY24 Q3": None, "FY24 Q4": Tier.CREST}
    return tb.evaluate(scores, program=program, starting_tier="Ridge")


def test_names_of_a_program_are_escaped() -> None:
    """Markup in a name, a label, a remark, a reason or a document is shown as it was given."""
    count = 0
    for answer in views_of(hostile()):
        html = answer._repr_html_()
        assert "<b>" not in html
        assert "<script" not in html
        check_tables(elements(html))
        assert tight(cells_of_text(str(answer))) == tight(cells_of_page(html))
        count += str(answer).count(HOSTILE)
    assert count > 100


def test_names_of_metrics_are_escaped() -> None:
    """A scorecard of the partner's own words is shown as they are."""
    metric = Metric(HOSTILE, pillar=HOSTILE, maximum=100, stands_until=StandsUntil.YEAR_END)
    score = Scorecard([Activity(metric, date(2023, 4, 30), 60)], program=BEST_OF_FOUR).quarter("FY24 Q1")
    assert cells_of_text(str(score)) == cells_of_page(score._repr_html_())
    assert "<b>" not in score._repr_html_()


def test_lines_between_tables_are_escaped() -> None:
    """A line can hold any text."""
    (line,) = elements(in_html([HOSTILE, ""]))
    assert HOSTILE == line.text


def test_numbers_are_set_to_the_right() -> None:
    """Every cell says where it is set, since notebooks have their own idea: scores to the right, all else to the left."""
    for row in elements(TIMELINE._repr_html_()).iter("tr"):
        sides = [str(cell.get("style")).removeprefix("text-align:") for cell in row]
        assert ["left", "left", "left", "right", "left", "left"] == sides


def test_a_scorecard_names_its_rows_by_metric() -> None:
    """The metric is the heading of its row, and its points are set to the right."""
    metric = Metric("Surveys", pillar="Success", maximum=100, stands_until=StandsUntil.YEAR_END)
    score = Scorecard([Activity(metric, date(2023, 4, 30), 60)], program=BEST_OF_FOUR).quarter("FY24 Q1")
    heading, row = elements(score._repr_html_()).iter("tr")
    assert [("td", "Success"), ("th", "Surveys"), ("td", "60")] == [(cell.tag, text_of(cell)) for cell in row][:3]
    for cells in (heading, row):
        sides = [str(cell.get("style")).removeprefix("text-align:") for cell in cells]
        assert ["left", "left", "right", "left", "left", "left", "left"] == sides


def test_the_names_of_a_bar_are_escaped() -> None:
    """They are in attributes too, where a quote would end them."""
    (box,) = elements(bar([(HOSTILE, FiscalQuarter(2024, 1))])).iter("span")
    assert HOSTILE == box.text
    assert f"{HOSTILE} from 2023-02-01 to 2023-04-30" == box.get("title")


@given(partners)
def test_a_page_is_small(partner: Partner) -> None:
    """It is at most twelve times as long as its text, and a few hundred characters."""
    for answer in views_of(partner.timeline):
        assert len(answer._repr_html_()) <= 12 * len(str(answer)) + 800


def long(quarters: int) -> Timeline:
    """Return a timeline that changes on most effective dates."""
    scores = [(FiscalQuarter(2002, 1) + number, number * 370 % 1000) for number in range(quarters)]
    return tb.evaluate(scores, program=BEST_OF_FOUR, starting_tier="Base")


def test_the_page_of_a_timeline_is_linear() -> None:
    """Four times the quarters are at most four times the page."""
    assert len(long(200)._repr_html_()) <= 4 * len(long(50)._repr_html_())


# Worked out by hand, from the scores and from the rules of APPS.


def test_a_timeline_has_a_bar_of_its_tiers() -> None:
    """Each period is a box with its tier, as wide as its days, and with its days as a title; the bar has them all as text."""
    boxes, *_ = elements(TIMELINE._repr_html_())
    assert "img" == boxes.get("role")
    assert "Ridge from 2023-03-01 to 2023-08-31, Crest from 2023-09-01 to 2024-05-31" == boxes.get("aria-label")
    assert ["Ridge", "Crest"] == [box.text for box in boxes]
    assert ["Ridge from 2023-03-01 to 2023-08-31", "Crest from 2023-09-01 to 2024-05-31"] == [box.get("title") for box in boxes]
    assert ["flex:184 1 0", "flex:274 1 0"] == [str(box.get("style")).partition(";")[0] for box in boxes]


def rows_of(answer: Any) -> list[tuple[str, list[str], Lines]]:
    """Return each table as its caption, its heading and its rows, with the cells that are empty."""
    tables = []
    for table in elements(answer._repr_html_()).iter("table"):
        caption, heading, *rows = [table[0], *table.iter("tr")]
        tables.append(
            (text_of(caption), [text_of(cell) for cell in heading], [[text_of(cell) for cell in row] for row in rows])
        )
    return tables


def notes_of(answer: Any) -> list[str]:
    """Return the paragraphs between and after the tables."""
    return [text_of(line) for line in elements(answer._repr_html_()).iter("p")]


STAR = "* inferred, not published"


def test_a_timeline_by_hand() -> None:
    """Its columns all have a heading, and the star of Crest is that of the bound above it."""
    assert [
        (
            "APPS from 2023-03-01 to 2024-05-31",
            ["from", "tier", "quarter", "score", "earned", "decision"],
            [
                ["2023-03-01", "Ridge", "-", "-", "-", "starting tier"],
                ["2023-06-01", "Ridge", "FY24 Q1", "310", "Ridge", "unchanged"],
                ["2023-09-01", "Crest", "FY24 Q2", "540", "Crest*", "promoted"],
                ["2023-12-01", "Crest", "FY24 Q3", "-", "not scored*", "unchanged"],
                ["2024-03-01", "Crest", "FY24 Q4", "505", "Crest*", "renewed"],
            ],
        )
    ] == rows_of(TIMELINE)
    assert [STAR] == notes_of(TIMELINE)


def test_an_outlook_by_hand() -> None:
    """The facts are a table, and so is what each tier takes; cells without a fact are empty."""
    facts, tiers = rows_of(ANSWERS["Outlook"])
    held = "APPS on 2023-11-20 (FY24 Q4, PY24): Crest* is held, and cannot fall before 2024-08-01, when the program ends"
    assert held == facts[0]
    assert [
        ["pending", "2023-12-01: Crest, unchanged* (FY24 Q3)"],
        ["open", "FY24 Q4 closes on 2024-01-31, takes effect on 2024-03-01"],
        ["renewal", "2024-03-01: Crest* is secured"],
    ] == facts[2]
    assert (
        "the score needed for each tier",
        ["tier", "on 2024-03-01", "score", "quarter", "closes"],
        [
            ["Base", "secured", "", "", ""],
            ["Ridge", "secured", "", "FY24 Q1", ""],
            ["Crest", "secured", "", "FY24 Q2", ""],
            ["Summit", "open", "750*", "FY24 Q4", "2024-01-31"],
        ],
    ) == tiers
    assert [STAR] == notes_of(ANSWERS["Outlook"])


PLANS = {
    "Secured": (
        "at least Crest on 2024-03-01 (APPS, as of 2023-11-20): secured by FY24 Q2",
        ["FY24 Q2 earned Crest from 500", "edition FY24 Q1", "published, T2"],
    ),
    "Open": (
        "at least Summit on 2024-03-01 (APPS, as of 2023-11-20): open until 2024-01-31",
        ["750 or more in FY24 Q4, which closes on 2024-01-31, earns Summit", "edition FY24 Q1", "inferred, T2, T3"],
    ),
    "Impossible": (
        "at least Summit on 2024-03-01 (APPS, as of 2024-02-20): impossible;"
        " 2024-06-01 is the first day on which it may be held",
        ["no quarter that counts towards 2024-03-01 can still earn Summit; the tier is Crest", "R7", "published, S1, S5, S10"],
    ),
}


@pytest.mark.parametrize("kind", PLANS)
def test_a_plan_by_hand(kind: str) -> None:
    """Each reason is a row with its rule, its certainty and its sources."""
    ((caption, heading, rows),) = rows_of(ANSWERS[kind])
    assert PLANS[kind] == (caption, rows[0])
    assert ["reason", "rule", "certainty and sources"] == heading


def test_an_explanation_by_hand() -> None:
    """The results are grouped by whether they count, with the decisive one marked; numbers, rules and sources follow."""
    results, numbers, rules, sources = rows_of(ANSWERS["Explanation"])
    assert (
        "Crest on 2023-11-20 (APPS, PY24)",
        ["decisive", "quarter", "score", "tier and its scores", "why"],
        [
            ["counts"],
            ["", "start", "-", "Ridge", "the tier held on 2023-03-01 (D3*)"],
            ["", "FY24 Q1", "310", "Ridge, 250 to 499", "below Crest, so it changes nothing (R6)"],
            [">", "FY24 Q2", "540", "Crest, 500 to 749*", "the highest that counts, since 2023-09-01 (R6)"],
            ["does not count"],
            ["", "FY24 Q3", "-", "not scored", "takes effect on 2023-12-01, after this day (R4a)"],
            ["", "FY24 Q4", "505", "Crest, 500 to 749*", "takes effect on 2024-03-01, after this day (R4)"],
        ],
    ) == results
    note = "inferred, T2, T3: the number is cut off in T2; taken from the sister program in T3"
    assert ["Summit from 750, FY24 Q1 on", note] == numbers[2][2]
    assert ["R4", "R4a", "R6", "D3"] == [name for name, _ in rules[2]]
    assert ["T2", "A made-up page, 2020"] == sources[2][0]
    assert ["numbers and carryover", "rules", "sources"] == [table[0] for table in (numbers, rules, sources)]
    assert [STAR] == notes_of(ANSWERS["Explanation"])


def test_a_finding_by_hand() -> None:
    """The reason is a row; the decision and the rows of the record are lines."""
    early = "FY24 Q2 closes on 2023-07-31, and takes effect on 2023-09-01", "R4", "published, S2, S1"
    headline = "2023-05-01 to 2023-08-31: early-rise: Ridge expected, Crest observed"
    assert [(headline, ["reason", "rule", "certainty and sources"], [list(early)])] == rows_of(FINDING)
    assert ["rows[1]"] == notes_of(FINDING)


def test_a_program_by_hand() -> None:
    """Editions are rows; unknown rules and the end span the columns after their first day."""
    ((caption, heading, rows),) = rows_of(APPS)
    assert "APPS: a partner enters as Base" == caption
    assert ["from", "Base", "Ridge", "Crest", "Summit", "maximum", "carryover"] == heading
    assert ["FY22 Q1", "0", "210", "420", "680", "1000", "the tier earned in Q4*"] == rows[1]
    assert ["FY23 Q1", "the rules are not known: the page is lost"] == rows[2]
    assert ["2024-08-01", "the program ends, replaced by badges, which are not earned by score"] == rows[4]


def test_a_remark_is_a_line_of_the_caption() -> None:
    """What a model is not stands beside its name, in every answer."""
    note = "made up"
    timeline = tb.evaluate({"FY24 Q1": 1}, program=attrs.evolve(BEST_OF_FOUR, note=note), starting_tier="Base")
    for answer in (timeline, timeline.program, tb.outlook(timeline, as_of=timeline.start), timeline.explain(timeline.start)):
        caption = next(elements(answer._repr_html_()).iter("caption"))
        assert [note] == [line.tail for line in caption]
