"""Print the lowest versions that pyproject.toml allows for the runtime and the tests, one requirement a line."""

import tomllib
from pathlib import Path

PROJECT = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
for requirement in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]:
    name, separator, version = requirement.partition(">=")
    if not separator or not version.replace(".", "").isdigit():
        raise SystemExit(f"{requirement}: a requirement must have one lower bound, such as name>=1.2")
    print(f"{name}=={version}")
