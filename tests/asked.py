"""A question whose answers are compared between threads, processes and interpreters; it imports the library alone."""

from __future__ import annotations

from datetime import timedelta

from made_up import GUILD, MODEL

from tbtier import FiscalQuarter, evaluate, outlook


def answer(number: int) -> str:
    """Return answers about a made-up partner as one text."""
    program = (MODEL, GUILD)[number % 2]
    first = FiscalQuarter(2024 + number % 2, 1)
    scores = {str(first + place): (number * 97 + place * 211) % 1000 for place in range(6)}
    timeline = evaluate(scores, program=program, starting_tier="Base")
    view = outlook(timeline, as_of=timeline.start + timedelta(days=200 + number % 90))
    return "\n".join([str(timeline), *map(str, timeline.decisions), str(view), str(timeline.explain(timeline.start))])
