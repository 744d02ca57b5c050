"""The answers in full, as text and as plain data, worked out by hand from the rules; they are in the files of `answers`.

In a file, a line with `>>>` is a question or a name for later questions, and the answer follows it.
A line with `#` says how the answer was worked out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import cards
import made_up
import pyarrow
import pytest
from attrs import evolve

import tbtier as tb
from tbtier import errors, frames, reading, scorecard
from tbtier.evaluation.scores import Score
from tbtier.rules import Certainty, Citation, Cycle, Program
from tbtier.rules.rulebook import RULE

FOLDER = Path(__file__).with_name("answers")
SOURCES: dict[str, tuple[str, str, str]] = eval((FOLDER / "sources.txt").read_text("utf-8"))
"""The title, the date and the address of each document, by hand."""


class Question(NamedTuple):
    """A question, the lines before it that give names, and the answer."""

    names: str
    text: str
    answer: str


def questions(path: Path) -> Iterator[Any]:
    """Yield the questions of a file, each with its file and its line."""
    names = ""
    # A question goes on in lines that begin with "...", as in a session of Python, and a line of an answer after a backslash.
    for match in re.finditer(r"^>>> (.*(?:\n\.\.\. .*)*)\n((?:(?!>>> |#).*\n)*)", path.read_text("utf-8"), re.MULTILINE):
        text, answer = match[1].replace("\n... ", "\n"), match[2].strip("\n").replace("\\\n", "")
        if answer:
            line = path.read_text("utf-8")[: match.start()].count("\n") + 1
            yield pytest.param(Question(names, text, answer), id=f"{path.stem}:{line}")
        else:
            names += f"{text}\n"


def partner(program: Program, tier: str, first: str, scores: Iterable[Score], start: date | None = None) -> tb.Timeline:
    """Return the timeline of a partner from the scores of quarters in a row."""
    quarter = tb.FiscalQuarter.parse(first)
    history = {quarter + index: score for index, score in enumerate(scores)}
    return tb.evaluate(history, program=program, starting_tier=tier, start=start)


def in_short(value: Any) -> Any:
    """Return plain data with each citation, reason and source as one text, such as `Base is kept (R6: published, S1)`.

    A note follows in brackets. Apart from that nothing is left out.
    """
    if isinstance(value, list):
        return [in_short(one) for one in value]
    if not isinstance(value, dict):
        return value
    short = {key: in_short(one) for key, one in value.items()}
    if isinstance(value.get("sources"), dict):
        short["sources"] = [id if SOURCES[id] == tuple(one.values()) else one for id, one in value["sources"].items()]
    if isinstance(value.get("rules"), dict):
        short["rules"] = [id if one == stated(id) else one for id, one in value["rules"].items()]
    if "certainty" not in value:
        return short
    cited = f"{short.pop('certainty')}, {', '.join(short.pop('sources'))}"
    note = short.pop("note")
    rule = f"{short.pop('rule')}: " if "rule" in short else ""
    shown = (f"{short.pop('text')} ({rule}{cited})" if "text" in short else cited) + (f" [{note}]" if note else "")
    return {**short, "cited": shown} if short else shown


def stated(id: str) -> dict[str, Any]:
    """Return a rule as plain data; the page of the rules shows each rule in full."""
    citation = RULE[id].citation
    names = [source.id for source in citation.sources]
    return {"text": RULE[id].text, "certainty": str(citation.certainty), "sources": names, "note": citation.note}


def plain(answer: Any) -> Any:
    """Return the plain data of an answer in short."""
    return in_short(answer.to_dict())


def cited(citation: Citation) -> Any:
    """Return a citation in short."""
    return in_short(citation._plain())


def refused(call: Callable[[], object]) -> Any:
    """Return the plain data of the error that a call raises."""
    with pytest.raises(errors.TbtierError) as caught:
        call()
    return caught.value.to_dict()


def above_rules(answer: object) -> str:
    """Return the text of an explanation up to its rules and sources, whose ids are in its plain data."""
    return str(answer).partition("\n\nrules\n")[0]


def facts(view: tb.Outlook) -> str:
    """Return the text of an outlook up to its table."""
    return str(view).partition("\n\n")[0]


NAMES = {**vars(cards), **vars(made_up), **vars(scorecard), **vars(tb), "tb": tb, "date": date, "Decimal": Decimal}
NAMES |= {one.__name__: one for one in (evolve, partner, plain, cited, refused, above_rules, facts, Certainty, Citation, Cycle)}
NAMES |= {"frames": frames, "reading": reading, "pyarrow": pyarrow}


@pytest.mark.parametrize("question", [one for path in sorted(FOLDER.glob("*.txt")) for one in questions(path)])
def test_the_answer_is_the_answer_by_hand(question: Question) -> None:
    """Each answer follows from the scores and the rules, word for word."""
    names = dict(NAMES)
    exec(question.names, names)
    answer = eval(f"({question.text})", names)
    assert (question.answer if isinstance(answer, str) else eval(question.answer)) == answer


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_a_question_has_an_answer(path: Path) -> None:
    """A line without an answer only gives names, and each name is used in a later line."""
    text = path.read_text("utf-8")
    given = re.findall(r"^>>> (.*)\n(?:\.\.\. .*\n)*(?=>>> |#|\n|\Z)", text, re.MULTILINE)
    names = [name for line in given for name in re.findall(r"\w+", line.partition(" = ")[0])]
    assert [] == [name for name in names if len(re.findall(rf"\b{name}\b", text)) < 2]
    assert all(" = " in line for line in given)
