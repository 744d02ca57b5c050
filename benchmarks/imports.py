"""Row 3: importing tbtier, each time in a fresh interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from tempfile import TemporaryDirectory

from measure import Row, measure

_NOTHING = "pass"
_DEPENDENCIES = "import attrs, dateutil.relativedelta"
_WORKS = ("import tbtier", "from tbtier import evaluate", "from tbtier import evaluate; from tbtier.programs import ISV")


def rows() -> list[Row]:
    """Return the measured lines; the time to start an empty interpreter is subtracted.

    All modules are compiled once, off the clock, since pip compiles the packages that it installs.
    """
    code = (_NOTHING, _DEPENDENCIES, *_WORKS)
    with TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
        contestants = {each: partial(_run, each, environment) for each in code}
        samples = measure(contestants, rounds=25)
    imports = {each: [run - start for run, start in zip(samples[each], samples[_NOTHING])] for each in contestants}
    return [Row(f"`{work}`", f"`{_DEPENDENCIES}`", imports[_DEPENDENCIES], imports[work], goal=1.3) for work in _WORKS]


def _run(code: str, environment: dict[str, str]) -> None:
    """Run code in a fresh interpreter that does not look for modules where it is started."""
    subprocess.run([sys.executable, "-P", "-c", code], env=environment, check=True)
