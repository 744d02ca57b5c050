"""Hostile values: texts of a million characters, numbers without end, and objects that raise or lie."""

from __future__ import annotations

from collections import UserString
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import chain, count, repeat
from random import Random
from typing import Any

import numpy
import pandas

from tbtier import FiscalQuarter, FiscalYear, ScoreHistory, Tier
from tbtier.errors import TbtierError


class OwnError(Exception):
    """The error of a value that raises: it may come out of a call."""


class Silent:
    """A value without a representation."""

    def __repr__(self) -> str:
        raise OwnError("it has no representation")

    __str__ = __repr__


class Undecided:
    """A value that neither equals itself nor differs."""

    def __eq__(self, other: object) -> bool:
        raise OwnError("it does not compare")

    __ne__ = __eq__
    __hash__ = None  # type: ignore[assignment]  # what is tested


class Loud(str):
    """A text with a representation of very many characters."""

    def __repr__(self) -> str:
        return "!" * 100_000


class Shade(Enum):
    """An enum of somebody else."""

    GREY = "grey"


class Text(str):
    """A text of a subclass."""


class Whole(int):
    """An int of a subclass."""


class Listed(list[Any]):
    """A list of a subclass."""


def fullwidth(text: str) -> str:
    """Return a text in the wide forms of its characters."""
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


def cyclic() -> list[Any]:
    """Return a list that contains itself."""
    cells: list[Any] = [""]
    cells.append(cells)
    return cells


def deep() -> list[Any]:
    """Return a list in a list, ten thousand times."""
    cells: list[Any] = []
    for _ in range(10_000):
        cells = [cells]
    return cells


TEXTS = [
    "",
    " ",
    "\0",
    "310\0",
    "\ud800",
    "\udfff310",
    "\u202e310",
    "\N{ZERO WIDTH SPACE}",
    "\ufeff310",
    "e\N{COMBINING ACUTE ACCENT}" * 99,
]
TEXTS += [
    "١٢٣",
    "३१०",
    fullwidth("310"),
    "²",
    "Ⅷ",
    "½",
    "一",
    f"FY{fullwidth('24')} Q{fullwidth('1')}",
    fullwidth("FY24Q1"),
    "İ",
    "ß",
]
TEXTS += [
    "=1+1",
    "=HYPERLINK(A1)",
    "+A1",
    "@SUM(A1)",
    "-310",
    "#REF!",
    "#N/A",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "########",
    "{=A1}",
]
TEXTS += [
    "x" * 1_000_000,
    "9" * 1_000_000,
    "1," * 100_000,
    "1.000" * 100_000,
    "FY24 Q1" * 100_000,
    " " * 1_000_000,
    "0" * 4_301,
]
TEXTS += [
    "4/" * 100_000,
    "2023-04-30" * 50_000,
    "2023-04-30T" + "0" * 100_000,
    "Q" * 100_000,
    "%Y-%m-%d",
    "\n" * 9 + "Crest" + "\n" * 9,
]
TEXTS += [
    "310",
    "310.0",
    "1,020",
    "1.020",
    "1,02",
    "1 020",
    "3e2",
    "inf",
    "-inf",
    "nan",
    "NaN",
    "None",
    "null",
    "TRUE",
    "0x1F",
    "1_0",
    "-0",
]
TEXTS += [
    "FY24 Q1",
    "Q1FY24",
    "2024Q1",
    "FY0000 Q1",
    "FY0001 Q4",
    "FY9999 Q4",
    "FY10000 Q1",
    "FY23 Q1",
    "FY24 Q5",
    "FY25 Q2",
    "Crest",
    "GOLD",
]
TEXTS += [
    "2023-04-30",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "2023-02-30",
    "4/5/2023",
    "4/30/2023",
    "30.4.2023",
    "0/0/0000",
    "99/99/9999",
]
NUMBERS = [
    0,
    -1,
    310,
    10**9,
    10**400,
    10**5_000,
    -(10**5_000),
    True,
    False,
    0.0,
    -0.0,
    310.0,
    249.5,
    1e308,
    5e-324,
    -1e308,
    1j,
    Fraction(310),
    Fraction(10**5_000),
    Fraction(1, 10**5_000),
]
NUMBERS += [
    float("nan"),
    float("inf"),
    -float("inf"),
    Decimal(310),
    Decimal("249.5"),
    Decimal("-0"),
    Decimal("NaN"),
    Decimal("sNaN"),
]
NUMBERS += [
    Decimal("Infinity"),
    Decimal("1e999999999"),
    Decimal("-1e999999999"),
    Decimal("1e-999999999"),
    Decimal("1." + "0" * 9_999),
]
NUMPY = [
    kind(31)
    for kind in (numpy.int8, numpy.uint64, numpy.float16, numpy.float32, numpy.float64, numpy.longdouble, numpy.complex128)
]
NUMPY += [
    numpy.True_,
    numpy.nan,
    numpy.inf,
    numpy.str_("310"),
    numpy.bytes_(b"310"),
    numpy.datetime64("2023-04-30"),
    numpy.timedelta64(1, "D"),
]
NUMPY += [
    numpy.datetime64("NaT", "D"),
    numpy.array(310),
    numpy.array([310]),
    numpy.array([]),
    numpy.array([1, 2]),
    numpy.array([numpy.nan, 1]),
]
NUMPY += [numpy.array(["310", None], dtype=object), numpy.zeros((9, 9)), numpy.ma.masked, numpy.void(b"310"), numpy.int64]
PANDAS = [
    pandas.NA,
    pandas.NaT,
    pandas.Timestamp("2023-04-30"),
    pandas.Timestamp("2023-04-30 12:00"),
    pandas.Timestamp("2023-04-30", tz="UTC"),
]
PANDAS += [
    pandas.Timestamp.min,
    pandas.Timestamp.max,
    pandas.Timedelta(days=1),
    pandas.Interval(0, 1),
    pandas.Series([310]),
    pandas.Series([]),
]
PANDAS += [pandas.Period("2023-04-30", frequency) for frequency in ("Q-JAN", "Q", "M", "D", "W")]
PANDAS += [
    pandas.Period("0001-02-01", "Q-JAN"),
    pandas.DataFrame({"A": [1]}),
    pandas.PeriodIndex(["2024Q1"], freq="Q-JAN"),
    pandas.Categorical(["x"]),
]
DAYS = [
    date.min,
    date.max,
    date(2023, 4, 30),
    datetime.combine(date.min, time()),
    datetime.combine(date.max, time.max),
    time(),
    time.max,
]
DAYS += [
    datetime(2023, 4, 30, tzinfo=UTC),
    datetime.min.replace(tzinfo=UTC),
    FiscalQuarter(2024, 1),
    FiscalQuarter(2, 1),
    FiscalYear(2024),
]
OTHERS = [
    None,
    ...,
    NotImplemented,
    b"310",
    bytearray(b"310"),
    memoryview(b"310"),
    [],
    [""],
    ["310"],
    [[["310"]]],
    cyclic(),
    deep(),
    (),
    ("310",),
]
OTHERS += [
    {},
    {"a": 1},
    set(),
    frozenset([1]),
    object(),
    object,
    Silent(),
    Silent,
    Undecided(),
    Loud("310"),
    Loud("x"),
    Text("310"),
    Text("Crest"),
]
OTHERS += [
    Tier.CREST,
    Tier.PROVISIONAL,
    Shade.GREY,
    ScoreHistory(),
    UserString("310"),
    lambda: 310,
    print,
    iter([310]),
    (one for one in ()),
    range(3),
]
OTHERS += [
    Random,
    ValueError("310"),
    TbtierError("310"),
    type("str", (), {})(),
    type("NAType", (), {})(),
    type("bool", (int,), {})(1),
]
KINDS: list[list[Any]] = [TEXTS, NUMBERS, NUMPY, PANDAS, DAYS, OTHERS]


SPECIAL = ["__eq__", "__ne__", "__lt__", "__gt__", "__hash__", "__repr__", "__str__", "__format__", "__bool__", "__len__"]
SPECIAL += ["__iter__", "__next__", "__contains__", "__getitem__", "__index__", "__int__", "__add__", "__radd__", "__getattr__"]
SPECIAL += ["__reduce_ex__", "__instancecheck__", "keys", "items", "values", "strip", "casefold", "toordinal", "as_tuple"]
"""Methods that a value can have, and that can raise or lie."""
LIES: list[Any] = [None, NotImplemented, True, -1, 2, 10**5_000, "", "310", (), [1, 2], 1.5, object()]
KINDS_OF_LIARS = [object, int, str, float, list, tuple, dict, set, date, datetime, Decimal, Fraction, Exception]
"""Classes of which a liar is a subclass; each can be made without arguments or from one of these."""
GIVEN = {date: (2023, 4, 30), datetime: (2023, 4, 30), int: (310,), str: ("FY24 Q1",), list: ([1, 2],), tuple: ([1, 2],)}
GIVEN |= {dict: ({"FY24 Q1": 310},)}


def liar(draw: Random) -> Any:
    """Draw an object with one or two methods that raise an error of their own, or return nonsense."""

    def method(lie: Any) -> Callable[..., Any]:
        def misbehave(*_: Any, **__: Any) -> Any:
            if lie is OwnError:
                raise OwnError
            return lie

        return misbehave

    kind = draw.choice(KINDS_OF_LIARS)
    methods = {name: method(draw.choice([OwnError, *LIES])) for name in draw.sample(SPECIAL, draw.choice([1, 1, 2]))}
    return type("Liar", (kind,), methods)(*GIVEN.get(kind, ()))


class Posing:
    """A value that poses as one of another class, as a mock does, and has none of its attributes."""

    def __init__(self, kind: type) -> None:
        self.kind = kind

    def __getattribute__(self, name: str) -> Any:
        if name == "__class__":
            return object.__getattribute__(self, "kind")
        if name.startswith("__"):  # such as `__dict__`, for which copies and reports ask
            return object.__getattribute__(self, name)
        raise OwnError(name)


def quarters_for_ever() -> Iterator[tuple[str, int]]:
    """Yield the scores of the quarters of 75 years, again and again."""
    return ((f"FY{2000 + number // 4 % 75} Q{number % 4 + 1}", 310) for number in count())


ENDLESS: list[Callable[[], Any]] = [
    count,
    lambda: repeat(("FY24 Q1", 310)),
    lambda: repeat((date(2023, 4, 30), 310)),
    lambda: repeat((date(2023, 4, 30), "Crest")),
    lambda: repeat("FY24 Q1"),
    quarters_for_ever,
    lambda: (pair[0] for pair in quarters_for_ever()),
    lambda: ((day, tier) for number in count() for day, tier in [(date.fromordinal(700_000 + number % 99_999), "Crest")]),
    lambda: chain([None], count()),
]
"""Makers of iterators without an end."""
