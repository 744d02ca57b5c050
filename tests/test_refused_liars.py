"""Kinds of hostile values that fuzzing has found: each stays refused, bounded or harmless."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import count, repeat
from types import EllipsisType
from typing import Any
from unittest.mock import Mock

import attrs
import numpy
import pandas
import pytest
from hostile import cyclic, deep
from hypothesis import find, given, settings
from hypothesis.strategies import SearchStrategy
from made_up import APPS, MODEL, PUBLISHED, T2
from matplotlib.axes import Axes
from pydantic import TypeAdapter, ValidationError
from refusals import Q1, TIMELINE, raised_by
from test_growth import lines

import tbtier as tb
from tbtier import FiscalQuarter, ScoreHistory, Tier, errors
from tbtier.errors import ProgramEndedError, RangeError, ReadingError, RuleDataError, ScoreError, WrongTypeError
from tbtier.frames import tier_table
from tbtier.plotting import plot_timeline
from tbtier.programs import ISV
from tbtier.reading import read_records, read_scores
from tbtier.rules import Carryover, Certainty, Citation, Program, ProgramEnd, ShowingRule, ShowsWhen, Source, Threshold
from tbtier.rules.named import Named
from tbtier.scorecard import (
    Activity,
    AttritionPoints,
    Metric,
    QuarterScore,
    Scorecard,
    Showing,
    StandsUntil,
    attrition_points,
    attrition_rate,
    shows_on,
)
from tbtier.testing import LAWS, check_laws, fiscal_years, programs, timelines

DAY = date(2023, 4, 30)
METRIC = Metric("Surveys", "Success", 100, StandsUntil.YEAR_END)
DECISION = TIMELINE.decisions[0]


class Shouting(str):
    """A text whose methods return no text."""

    def strip(self, *_: Any) -> Any:
        """Return no text."""
        return 5

    casefold = replace = lower = strip

    def __str__(self) -> str:
        return "another text"


ENDLESS: list[tuple[Callable[[], Any], str]] = [
    (lambda: ScoreHistory(repeat((Q1, 310))), "scores must be at most 39992, got 39993"),
    (lambda: ScoreHistory(repeat(310), quarters=repeat(Q1)), "quarters must be at most 39992, got 39993"),
    (lambda: ScoreHistory.highest(repeat((Q1, 310))), "scores must be at most 39992, got 39993"),
    (lambda: tb.evaluate(repeat((Q1, 310)), program=APPS, starting_tier="Base"), "scores must be at most 39992, got 39993"),
    (lambda: ScoreHistory.from_snapshots(repeat((DAY, 310))), "snapshots must be at most 1000000, got 1000001"),
    (lambda: LAWS[0].check(repeat((DAY, "Crest")), TIMELINE), "rows must be at most 1000000, got 1000001"),
    (lambda: Scorecard(repeat(Activity(METRIC, DAY, 1)), program=APPS), "activities must be at most 1000000, got 1000001"),
    (lambda: Scorecard([], program=APPS).history(repeat(Q1)), "quarters must be at most 1000000, got 1000001"),
]


@pytest.mark.parametrize(("call", "words"), ENDLESS)
def test_an_iterator_without_an_end_is_refused(call: Callable[[], Any], words: str) -> None:
    """The values of one partner are bounded by the calendar or by a million; the message asks for an end."""
    error = raised_by(call)
    assert RangeError is type(error)
    assert f"the number of {words}: give an iterable that ends" == str(error)


MANY = [(DAY + number * timedelta(days=1), Tier.BASE) for number in range(10_000)]


def test_a_record_has_ten_thousand_rows_at_most() -> None:
    """It is of one partner, and an iterator may have no end."""
    for rows in (repeat((DAY, "Crest")), [*MANY, MANY[0]], dict(enumerate([*MANY, MANY[0]]))):
        for check in (tb.audit_rows, lambda rows: tb.audit(rows, TIMELINE)):
            error = raised_by(lambda: check(rows))  # noqa: B023
            assert "the number of rows must be at most 10000, got 10001: give the rows of one partner" == str(error)
    assert () == tb.audit_rows(MANY)


def overlapping(long: int, short: int) -> list[Any]:
    """Return rows for all days, and rows of a day that contradict them and do not touch each other."""
    days = [DAY + 3 * number * timedelta(days=1) for number in range(short)]
    return [(DAY, days[-1], Tier.BASE)] * long + [(day, day + timedelta(days=1), Tier.CREST) for day in days]


def test_the_overlaps_of_a_record_have_a_bound() -> None:
    """Each run of days with the same tiers has the numbers of all its rows, which are very many if rows overlap everywhere."""
    rows = overlapping(500, 1_000)  # 999 times 501 and 500 rows, and one
    assert 1_000 == len(tb.audit_rows(rows))
    error = raised_by(lambda: tb.audit_rows([*rows, (date(2050, 1, 1), Tier.BASE)]))
    wanted = "the number of overlaps must be at most 1000000, got 1000001: close each row, and give the rows of one partner"
    assert wanted == str(error)
    never_closed = [(DAY + number * timedelta(days=1), date(9999, 12, 31), Tier.BASE) for number in range(10_000)]
    assert () == tb.audit_rows(never_closed)


def test_a_history_takes_every_quarter_of_the_calendar() -> None:
    """The bound is the number of quarters from FY0002 Q1 to FY9999 Q4; one more is read to know that there are too many."""
    first = FiscalQuarter(2, 1)
    numbers = count()
    raised_by(lambda: ScoreHistory((first, number) for number in numbers))
    assert 39_993 == next(numbers)
    assert 39_992 == FiscalQuarter(9999, 4) - first + 1 == len(ScoreHistory((first + place, 1) for place in range(39_992)))


POSING: list[Callable[[], Any]] = [
    lambda: TIMELINE.tier_on(Mock(spec=date)),
    lambda: APPS.edition(Mock(spec=FiscalQuarter)),
    lambda: APPS.edition(Mock(spec=str)),
    lambda: FiscalQuarter.parse(Mock(spec=str)),
    lambda: tb.FiscalYear.parse(Mock(spec=str)),
    lambda: Tier.parse(Mock(spec=Tier)),
    lambda: Tier.parse(Mock(spec=str)),
    lambda: tb.outlook(Mock(spec=tb.Timeline), as_of=DAY),
    lambda: Activity(Mock(spec=Metric), DAY, 1),
    lambda: Scorecard([Mock(spec=Activity)], program=APPS),
    lambda: ScoreHistory({Q1: Mock(spec=Tier)}),
    lambda: ScoreHistory(Mock(spec=tuple)),
    lambda: ScoreHistory(Mock(spec=tuple), quarters=[Q1]),
    lambda: tb.audit_rows(Mock(spec=tuple)),
    lambda: tb.audit_rows([Mock(spec=tuple)]),
    lambda: read_scores(Mock(spec=tuple)),
    lambda: read_scores([Mock(spec=dict)]).raise_problems(),
    lambda: read_scores([{"Account": "A", "FY24 Q1": 1}], partner="Account", blank=Mock(spec=EllipsisType)),
    lambda: shows_on(DAY, program=ISV, pillar=Mock(spec=str)),
    lambda: attrition_rate(Mock(spec=Decimal), reduction=0),
    lambda: attrition_rate(Mock(spec=Fraction), reduction=0),
    lambda: LAWS[0].check(Mock(spec=tb.Timeline), TIMELINE),
    lambda: LAWS[0].check(lambda _: Mock(spec=Tier), TIMELINE),
    lambda: check_laws(lambda *_: Tier.BASE, settings=Mock(spec=settings)),
    lambda: fiscal_years(Mock(spec=tb.FiscalYear)),
    lambda: find(timelines(starting_tiers=Mock(spec=SearchStrategy)), bool),
    lambda: plot_timeline(TIMELINE, ax=Mock(spec=Axes)),
    lambda: Citation(Mock(spec=Certainty), (T2,)),
    lambda: attrs.evolve(MODEL, entry_tier=Mock(spec=Tier)),
]


@pytest.mark.parametrize("call", POSING)
def test_a_mock_that_poses_as_a_value_is_refused(call: Callable[[], Any]) -> None:
    """`isinstance` believes a mock; our checks look at its type."""
    with pytest.raises((WrongTypeError, RuleDataError, ReadingError)):
        call()


@pytest.mark.parametrize("kind", [int, str, tuple, Tier])
def test_a_mock_in_an_error_is_shown_as_a_mock(kind: type) -> None:
    """Its plain data is text."""
    error = raised_by(lambda: Tier.parse(Mock(spec=kind)))
    assert error.to_dict()["facts"]["value"].startswith("<Mock spec=")


@pytest.mark.parametrize("day", [cyclic(), deep(), 10**5000], ids=["cyclic", "deep", "int"])
def test_an_error_made_by_hand_has_a_short_reason(day: Any) -> None:
    """The reason of an end has its day, whose text may have no end."""
    error = ProgramEndedError("APPS", Q1, "FY24 Q1", day, "badges", PUBLISHED, Q1)
    assert 500 > len(error.reason) > len("it ended on ")
    assert day is error.ended_on


def test_a_long_format_of_days_is_refused_at_once() -> None:
    """Python takes seconds to make a pattern of it."""
    rows = [{"Account": "A", "From": "6/1/2023", "Level": "Crest"}]
    for length, kind in ((101, RangeError), (1_000_000, RangeError), (100, errors.ParseError)):
        error = raised_by(lambda: read_records(rows, start="From", tier="Level", date_format="x" * length))  # noqa: B023
        assert kind is type(error)
    error = raised_by(lambda: read_records(rows, start="From", tier="Level", date_format="x" * 101))
    assert "the number of characters of date_format must be at most 100, got 101: shorten it" == str(error)
    rows = [{"From": "x" * 90 + "6/1/2023", "Level": "Crest"}]
    found = read_records(rows, start="From", tier="Level", date_format="x" * 90 + "%m/%d/%Y").records
    assert {"": {2: (date(2023, 6, 1), None, Tier.CREST)}} == found


class Halved(Fraction):
    """A fraction that neither equals itself nor has an order."""

    def __eq__(self, other: object) -> bool:
        return False

    def __lt__(self, other: object) -> Any:
        return NotImplemented

    __hash__ = Fraction.__hash__


def test_the_numbers_of_attrition_points_are_plain() -> None:
    """They are exact numbers within their bounds, whatever their class, and an int if they are whole."""
    points = AttritionPoints(Halved(81, 2), Halved(1), ())
    assert (Fraction(81, 2), 1) == (points.points, points.rate)
    assert (Fraction, int) == (type(points.points), type(points.rate))
    assert points == pickle.loads(pickle.dumps(points))
    assert Fraction(1, 2) == attrition_rate(Halved(2), reduction=Halved(1))
    for numbers, what in (((40, Fraction(3, 2)), "rate"), ((40, -1), "rate"), ((-1, 1), "points"), ((10**60, 1), "points")):
        error = raised_by(lambda: AttritionPoints(*numbers, ()))  # noqa: B023
        assert (RangeError, what) == (type(error), error.what)
    assert 10**60 - 1 == AttritionPoints(10**60 - 1, Fraction(1, 10**120), ()).points


def test_text_of_a_subclass_is_read_and_kept_by_its_characters() -> None:
    """No method of the subclass is called, and values keep plain text."""
    assert Tier.CREST is Tier.parse(Shouting("crest ")) is APPS.tier_named(Shouting("Crest")) is Tier(Shouting("Crest"))
    assert Q1 == FiscalQuarter.parse(Shouting("FY24 Q1")) == APPS.cycle(Shouting("FY24 Q1")).quarter
    assert PUBLISHED == MODEL.editions[0].citation(Shouting("Ridge"))
    source = Source(Shouting("S1"), Shouting("A page"), Shouting("2020"), Shouting("example.org"))
    metric = Metric(Shouting("Surveys"), Shouting("Success"), 1, StandsUntil.YEAR_END)
    kept = [source.id, source.title, source.date, source.where, metric.name, metric.pillar]
    kept += [Citation(Certainty.PUBLISHED, (source,), Shouting("a note")).note]
    kept += [Threshold(Tier.BASE, 0, PUBLISHED, Shouting("Gold")).label]
    kept += [attrs.evolve(MODEL, name=Shouting("MINE"), note=Shouting("a model")).name]
    kept += [ProgramEnd(DAY, Shouting("x"), PUBLISHED).replaced_by]
    assert {str} == set(map(type, kept))
    row = {Shouting("Account"): Shouting(" A "), "FY24 Q1": Shouting("310")}
    assert {"A": ScoreHistory({Q1: 310})} == read_scores([row], partner="Account").histories
    row = {"From": Shouting("2023-06-01"), "Level": Shouting("crest")}
    assert {"": {2: (date(2023, 6, 1), None, Tier.CREST)}} == read_records([row], start="From", tier="Level").records


class Wild(int):
    """An int with a sum that is no number."""

    def __sub__(self, other: Any) -> Any:
        return NotImplemented

    __rsub__ = __sub__


def test_an_int_of_a_subclass_becomes_plain() -> None:
    """No operator of the subclass is called."""
    assert int is type(FiscalQuarter(Wild(2024), Wild(1)).year)
    assert {int} == set(map(type, ScoreHistory({Q1: Wild(310)}).scores))

    @settings(max_examples=1, database=None, deadline=None)
    @given(programs(max_editions=Wild(2)))
    def draw(_: Program) -> None:
        pass

    draw()


class Fine(Decimal):
    """A decimal that lies about its digits."""

    def as_tuple(self) -> Any:
        """Return no digits."""
        return ("", "", "")

    def adjusted(self) -> Any:
        """Return no number."""
        return "many"


@pytest.mark.parametrize("amount", [Decimal("1e999999999"), Decimal("1e-999999999"), Fine("1e999999999")])
def test_an_amount_with_a_huge_exponent_is_refused_at_once(amount: Decimal) -> None:
    """The digits are never written out, at any door that takes an amount."""
    for call in (
        lambda: attrition_rate(amount, reduction=0),
        lambda: attrition_rate(100, reduction=amount),
        lambda: attrition_points(amount, current=5, quarter="FY24 Q1", program=APPS),
        lambda: attrition_points(0, current=amount, quarter="FY24 Q1", program=APPS),
    ):
        assert RangeError is type(raised_by(call))


@pytest.mark.parametrize(
    "value", [10**5000, deep(), numpy.array([1, 2]), [], Mock(spec=Tier)], ids=["int", "deep", "array", "list", "mock"]
)
@pytest.mark.parametrize("enum", [Tier, Certainty, Carryover, StandsUntil])
def test_an_enum_of_any_value_is_refused(enum: Any, value: Any) -> None:
    """Python itself would print the value, which fails for a long number and for deep lists."""
    with pytest.raises(errors.ParseError) as refused:
        enum(value)
    assert 1000 > len(str(refused.value))
    assert all(member is enum(member) is enum(member.value) is pickle.loads(pickle.dumps(member)) for member in enum)


def test_numbers_have_a_bound() -> None:
    """Python writes no more than 4,300 digits, so texts and plain data would fail."""
    huge = 10**5000
    for call, kind in (
        (lambda: ScoreHistory({Q1: huge}), ScoreError),
        (lambda: Threshold(Tier.BASE, huge, PUBLISHED), RuleDataError),
        (lambda: attrs.evolve(MODEL.editions[0], maximum_score=huge), RuleDataError),
        (lambda: tb.audit_rows({huge: (DAY, "Crest")}), RangeError),
        (lambda: read_scores({huge: {"FY24 Q1": 1}}), RangeError),
        (lambda: tb.Option(APPS.cycle(Q1), huge), WrongTypeError),
    ):
        with pytest.raises(kind):
            call()
    with pytest.raises(RuleDataError, match="must be an int from 0 up, below 1E"):
        Threshold(Tier.BASE, 10**30, PUBLISHED)


MADE: list[Callable[[], Any]] = [
    lambda: tb.Decision(5, Tier.BASE),
    lambda: tb.Difference(DAY, date(2024, 1, 1), Tier.BASE, 5, None, None),
    lambda: tb.Explanation("APPS", "", DAY, Tier.BASE, DECISION.basis, (5,)),
    lambda: tb.Finding("gap", (), DECISION.reasons[0]),
    lambda: tb.Finding("gap", ((None, DAY),), DECISION.reasons[0]),
    lambda: tb.Finding("no-such-code", ((DAY, None),), DECISION.reasons[0]),
    lambda: tb.Secured(Tier.BASE, DAY, DAY, "APPS", "", (), 5),
    lambda: tb.Impossible(Tier.BASE, DAY, DAY, "APPS", "", (), datetime(2023, 1, 1), None),  # noqa: DTZ001
    lambda: tb.Open(Tier.BASE, DAY, DAY, "APPS", "", (), (5,), ()),
    lambda: tb.Option(APPS.cycle(Q1), True),
    lambda: tb.TierPeriod(5, DAY, DAY, None),
    lambda: AttritionPoints(0.5, 1, ()),
    lambda: QuarterScore("APPS", Q1, 1000, PUBLISHED, [5]),
    lambda: PUBLISHED.within(5),
    lambda: ShowingRule(ShowsWhen.DAILY, PUBLISHED, "x").covers(5),
]


@pytest.mark.parametrize("make", MADE)
def test_an_answer_made_by_hand_has_fields_of_the_right_types(make: Callable[[], Any]) -> None:
    """The library makes answers; a wrong field is refused at once, and not when the answer is printed."""
    assert isinstance(raised_by(make), (WrongTypeError, RuleDataError))


@pytest.mark.parametrize("place", range(4))
def test_the_error_names_the_wrong_field_of_a_period(place: int) -> None:
    """Each field is checked under its own name."""
    fields: list[Any] = [Tier.BASE, DAY, date(2024, 1, 1), Q1]
    fields[place] = "a word"
    error = raised_by(lambda: tb.TierPeriod(*fields))
    assert (["tier", "start", "stop", "quarter"][place], "a word") == (error.what, error.value)


@pytest.mark.parametrize("stop", [DAY, date.min])
def test_a_span_stops_after_its_start(stop: date) -> None:
    """So each span has a last day."""
    for make in (
        lambda: tb.TierPeriod(Tier.BASE, DAY, stop, None),
        lambda: tb.Difference(DAY, stop, Tier.BASE, Tier.CREST, None, None),
        lambda: Showing(DAY, stop, ()),
    ):
        assert "stop must be after start, 2023-04-30" in str(raised_by(make))


@pytest.mark.parametrize("day", [date.min, date(1, 5, 31), date(9999, 2, 1), date.max])
def test_a_program_ends_inside_the_calendar(day: date) -> None:
    """Outside, no quarter would be the first one that is not evaluated."""
    error = raised_by(lambda: ProgramEnd(day, "badges", PUBLISHED))
    assert "ProgramEnd: on must be from 0001-06-01 to 9999-01-31" in str(error)
    for inside in (date(1, 6, 1), date(9999, 1, 31)):
        assert ProgramEnd(inside, "badges", PUBLISHED).start


class Nameless:
    """A value that does not pickle, and has two texts."""

    def __str__(self) -> str:
        return "people"

    def __repr__(self) -> str:
        return "code" * 60

    def __reduce__(self) -> Any:
        raise TypeError("it does not pickle")


def test_a_message_about_a_value_that_does_not_pickle_stays() -> None:
    """The copy has both texts of the value: for code, and for people."""
    for error in (RangeError("day", Nameless(), "a date"), WrongTypeError("day", [Nameless()] * 9, "a date")):
        twin = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(error))))
        assert str(error) == str(twin)


def test_the_facts_of_text_are_never_a_list() -> None:
    """A tuple in place of text becomes text in plain data, as the format says."""
    assert "()" == raised_by(lambda: Tier(())).to_dict()["facts"]["text"]


def test_the_representation_of_an_error_is_little_work_whatever_the_value() -> None:
    """A value with a thousand parts or more is shown by its beginning, and its other parts are not visited."""

    class Counted:
        times = 0

        def __repr__(self) -> str:
            Counted.times += 1
            return "x"

    error = WrongTypeError("rows", [[Counted()] * 100] * 100, "text")
    assert repr(error).startswith("WrongTypeError('rows', [[x, x, ")
    assert 100 > Counted.times
    assert repr(WrongTypeError("rows", [[1] * 9] * 9, "text")) == f"WrongTypeError('rows', {[[1] * 9] * 9}, 'text', '')"


def test_an_array_without_a_dimension_is_no_iterable() -> None:
    """It has the method, but no iterator."""
    array: Any = numpy.array(310)
    for call in (
        lambda: ScoreHistory(array),
        lambda: tb.audit_rows(array),
        lambda: Scorecard(array, program=APPS),
        lambda: read_scores(array),
        lambda: LAWS[0].check(array, TIMELINE),
    ):
        assert WrongTypeError is type(raised_by(call))


def test_a_default_is_returned_as_it_is() -> None:
    """`get` of a history returns any default."""
    default = cyclic()
    assert default is ScoreHistory().get("FY24 Q1", default)


@pytest.mark.parametrize("flag", ["unscored", "ragged"])
def test_a_flag_of_a_strategy_is_a_bool(flag: str) -> None:
    """The truth of another value may be no answer."""

    @settings(max_examples=1, database=None, deadline=None)
    @given(timelines(**{flag: numpy.array([])}))
    def draw(_: tb.Timeline) -> None:
        pass

    with pytest.raises(WrongTypeError, match=f"{flag} must be True or False"):
        draw()


def test_a_page_of_many_rows_is_linear_work() -> None:
    """Text is joined once: adding each row to the text before would copy the whole text again and again."""
    first = FiscalQuarter(3, 1)
    timeline = tb.evaluate({first + number: number % 1000 for number in range(300)}, program=MODEL, starting_tier="Base")
    assert 300 < timeline._repr_html_().count("<tr>")
    assert lines(timeline._repr_html_) < 300_000


def test_a_citation_needs_plain_sources() -> None:
    """A tuple of a subclass can lie about its sources."""
    sources: Any = type("Liar", (tuple,), {"__bool__": lambda _: 5})((T2,))
    assert "must be a tuple of at least one Source" in str(raised_by(lambda: Citation(Certainty.PUBLISHED, sources)))


def with_items(items: Any, cells: dict[Any, Any]) -> dict[Any, Any]:
    """Return a dict of a subclass with another method `items`."""
    made: dict[Any, Any] = type("Made", (dict,), {"items": lambda _: items})(cells)
    return made


def test_a_mapping_is_read_by_its_pairs() -> None:
    """A mapping may have the same header twice, as a row of SQL can; what is no pairs is refused, at each door."""
    cells = {"Account": "A", "FY24 Q1": 310}
    pairs = [*cells.items()]
    bad = [with_items(items, cells) for items in (5, [5], "FY24", [("FY24 Q1", 310, 5)])]
    found = read_scores([with_items(pairs, {}), with_items([*pairs, pairs[1]], cells), *bad], partner="Account")
    assert {"A": ScoreHistory({Q1: 310})} == found.histories
    assert [3, 4, 5, 6, 7] == [one.row for one in found.problems]
    assert [RangeError, *[WrongTypeError] * 4] == [type(one.error) for one in found.problems]
    numbered: list[Any] = [with_items([(7, cells)], {}), with_items([(7, (DAY, "Crest"))], {})]
    assert {"A": ScoreHistory({Q1: 310})} == read_scores(numbered[0], partner="Account").histories
    assert () == tb.audit_rows(numbered[1])
    assert [("the row", one, "a mapping from headers to cells") for one in bad] == [
        (one.error.what, one.error.value, one.error.wanted) for one in found.problems[1:]
    ]
    for one in bad:
        error = raised_by(lambda: read_scores(one))  # noqa: B023
        assert ("rows", one, "an iterable of mappings from headers to cells") == (error.what, error.value, error.wanted)
        error = raised_by(lambda: tb.audit_rows(one))  # noqa: B023
        assert (WrongTypeError, "rows", one) == (type(error), error.what, error.value)
        assert error.wanted.startswith("an iterable, each row a (first day, tier) pair")
        with pytest.raises(ValidationError, match="scores must be a mapping from quarters to scores, or pairs of them"):
            TypeAdapter(ScoreHistory).validate_python(one)
    error = raised_by(lambda: read_scores([5]).raise_problems()).problems[0].error
    assert ("the row", 5, "a mapping from headers to cells") == (error.what, error.value, error.wanted)


def test_an_error_of_a_mapping_itself_is_heard() -> None:
    """A row that is read from elsewhere when its items are asked for may fail."""

    class Lazy(Mapping[str, Any]):
        def __getitem__(self, key: str) -> Any:
            raise TypeError("the connection is closed")

        def __len__(self) -> int:
            return 1

        def __iter__(self) -> Any:
            return iter(["Account"])

    for call in (lambda: read_scores([Lazy()]), lambda: read_scores(Lazy()), lambda: tb.audit_rows(Lazy())):  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="the connection is closed"):
            call()


def test_a_value_with_items_that_are_none_is_no_mapping() -> None:
    """The method `items` returns no iterable."""
    values: Any = type("Broken", (), {"items": lambda _: 5})()
    assert "scores must be a mapping from quarters to scores" in str(raised_by(lambda: ScoreHistory(values)))


def test_a_column_of_a_frame_has_a_name() -> None:
    """A list is no name, and has no hash by which a column could be looked up."""
    column: Any = []
    frame = pandas.DataFrame({"partner": ["A"], "quarter": ["FY24 Q1"], "score": [1]})
    error = raised_by(lambda: tier_table(frame, program=APPS, partner=column, starting_tier="Base"))
    assert "the column must be the name of a column, got []" == str(error)


def test_an_enum_of_names_can_still_be_made() -> None:
    """Python makes another enum if an enum without members is called with names."""
    made: Any = Named("Made", {"ONE": "one"})  # type: ignore[call-overload]  # mypy wants literal names
    assert made.ONE is made("one")
