"""The imports and the metadata of the package, and its generated pages."""

from __future__ import annotations

import ast
import runpy
import subprocess
import sys
from importlib import import_module, metadata, resources, util
from pathlib import Path
from types import ModuleType

import pytest

import tbtier
import tbtier.evaluation.timeline
import tbtier.rules

ROOT = Path(__file__).parents[1]


def names_in_the_stub(package: ModuleType) -> list[str]:
    """Return the names that a type checker reads from the stub of a package."""
    stub = ast.parse(Path(str(package.__file__)).with_suffix(".pyi").read_text("utf-8"))
    names = [alias.asname for line in stub.body if isinstance(line, ast.ImportFrom) for alias in line.names]
    return sorted(filter(None, names))


def test_the_facade_hands_on_its_names() -> None:
    """Every public name is there, `dir` shows these and no others, and the stub has them all."""
    assert sorted([*tbtier.__all__, "__version__"]) == dir(tbtier)
    for name in tbtier.__all__:
        assert getattr(tbtier, name) is not None, name
    with pytest.raises(AttributeError, match=r"^module 'tbtier' has no attribute 'outloook'$"):
        _ = tbtier.outloook  # type: ignore[attr-defined]  # it is not there
    assert tbtier.__all__ == names_in_the_stub(tbtier)


@pytest.mark.parametrize("name", tbtier.__all__)
def test_a_name_is_imported_when_it_is_first_used(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package looks a name up in its module once, and keeps it."""
    known = getattr(tbtier, name)
    monkeypatch.delattr(tbtier, name)
    assert known is getattr(tbtier, name) is vars(tbtier)[name]


def test_the_version_is_that_of_the_package() -> None:
    """The version of the metadata is that of the module."""
    assert metadata.version("tbtier") == tbtier.__version__


def loaded_by(code: str) -> set[str]:
    """Return the relevant modules that code imports in a fresh interpreter."""
    code += "; import sys; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    return {name for name in modules if name.partition(".")[0] in ("tbtier", "attr", "dateutil", "hypothesis")}


def test_importing_is_light() -> None:
    """A module is imported when a name in it is asked for."""
    assert {"tbtier"} == loaded_by("import tbtier")
    evaluating = loaded_by(
        "import tbtier; from tbtier.programs import ISV; tbtier.evaluate({'FY24 Q1': 1}, program=ISV, starting_tier='Base')"
    )
    assert "tbtier.evaluation.timeline" in evaluating
    telling = {
        "evaluation.decisions",
        "evaluation.diff",
        "evaluation.explanations",
        "evaluation.periods",
        "evaluation.reasons",
        "fields",
        "formats",
        "planning.answers",
        "planning.outlook",
        "planning.plan",
        "planning.prospects",
    }
    telling |= {
        "auditing.audit",
        "auditing.cases",
        "auditing.codes",
        "auditing.faults",
        "auditing.findings",
        "auditing.patterns",
        "auditing.records",
        "scorecard",
    }
    assert not {f"tbtier.{name}" for name in telling} & evaluating
    assert "hypothesis" not in evaluating


def test_the_package_of_rules_hands_on_its_names() -> None:
    """Every public name is there and in the stub, `dir` shows these, and a tier alone imports none of them."""
    assert tbtier.rules.__all__ == dir(tbtier.rules) == names_in_the_stub(tbtier.rules)
    for name in tbtier.rules.__all__:
        assert hasattr(tbtier.rules, name), name
    with pytest.raises(AttributeError, match=r"^module 'tbtier\.rules' has no attribute 'Programm'$"):
        _ = tbtier.rules.Programm  # type: ignore[attr-defined]  # what is tested
    alone = {"tbtier", "tbtier.errors", "tbtier.errors.values", "tbtier.rules", "tbtier.rules.named", "tbtier.rules.tiers"}
    assert alone == loaded_by("import tbtier; tbtier.Tier")


def test_the_package_is_typed() -> None:
    """The package has the marker by which type checkers read its annotations."""
    assert resources.files("tbtier").joinpath("py.typed").is_file()


def test_it_needs_two_packages() -> None:
    """The package needs attrs and python-dateutil at run time, and no others."""
    required = [one for one in metadata.requires("tbtier") or [] if "extra ==" not in one]
    assert ["attrs", "python-dateutil"] == sorted(one.partition(">")[0] for one in required)


@pytest.mark.parametrize("page", ["rules", "codes", "formats", "schemas"])
def test_the_generated_pages_are_current(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The generated pages state every number, code, key and text as in the data."""
    script = ROOT / "docs" / f"generate_{page}.py"
    spec = util.spec_from_file_location("pages", script.with_name("pages.py"))
    assert spec
    assert spec.loader
    pages = util.module_from_spec(spec)
    spec.loader.exec_module(pages)
    monkeypatch.setitem(sys.modules, "pages", pages)  # which the script imports; the tests have a module of this name too
    monkeypatch.syspath_prepend(script.parent)
    monkeypatch.setattr(sys, "argv", [str(script), "--check"])
    runpy.run_path(str(script), run_name="__main__")  # exits if the page is out of date


EXTRAS = {
    "frames": ("narwhals", "tbtier.frames needs narwhals: python -m pip install 'tbtier[frames]'"),
    "testing": ("hypothesis", "tbtier.testing needs Hypothesis: python -m pip install 'tbtier[hypothesis]'"),
    "plotting": ("matplotlib", "tbtier.plotting needs matplotlib: python -m pip install 'tbtier[plot]'"),
}


@pytest.mark.parametrize("room", EXTRAS)
def test_the_extra_is_named_where_it_is_missing(room: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The import says how to install what the room needs."""
    library, words = EXTRAS[room]
    for name in list(sys.modules):
        if f"{name}.".startswith(f"tbtier.{room}."):
            monkeypatch.delitem(sys.modules, name)
        elif f"{name}.".startswith(f"{library}."):
            monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError) as missing:
        import_module(f"tbtier.{room}")
    assert words == str(missing.value)
