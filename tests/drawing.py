"""Values that a strategy draws, as a list."""

from __future__ import annotations

from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

QUICKLY = settings(max_examples=300, phases=[Phase.generate])


def drawn(strategy: st.SearchStrategy[Any], number: int = 400) -> list[Any]:
    """Return the values that a strategy draws."""
    values: list[Any] = []

    @settings(QUICKLY, max_examples=number)
    @given(strategy)
    def draw(value: Any) -> None:
        values.append(value)

    draw()
    return values
