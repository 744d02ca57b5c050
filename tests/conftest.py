"""How the tests draw: the same examples on every run, or, with `--hypothesis-profile=explore`, others on each."""

from __future__ import annotations

from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import matplotlib
import pytest
from hypothesis import Phase, settings
from schemas import check_plain_data

import tbtier

# Made from Hypothesis's own default, since its current one is another where the variable `CI` is set.
# None has an example database: a run must not depend on the one before.
ORIGIN = settings.get_profile("default")
settings.register_profile("repeat", ORIGIN, derandomize=True, database=None, deadline=None, max_examples=30)
settings.register_profile("explore", ORIGIN, derandomize=False, database=None, deadline=None, max_examples=100)
settings.register_profile("mutation", settings.get_profile("repeat"), phases=(Phase.explicit, Phase.generate))
settings.load_profile("repeat")

matplotlib.use("Agg")  # draws without a screen

# Hypothesis also draws the constants of the modules that are imported so far.
# With all of them imported first, a test draws the same alone, in any order and in any process.
for module in walk_packages(tbtier.__path__, "tbtier."):
    import_module(module.name)
for script in sorted((Path(__file__).parents[1] / "docs" / "examples").glob("*.py")):
    with redirect_stdout(None):  # the shortest script prints when it is imported
        import_module(script.stem)

check_plain_data()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is tried in full, unless the run explores."""
    if settings.get_current_profile_name() != "explore":
        left_out = [item for item in items if item.get_closest_marker("exhaustive")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
