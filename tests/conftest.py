"""How hard Hypothesis tries: `default`, or what the environment variable `HYPOTHESIS_PROFILE` names."""

from __future__ import annotations

import os

from hypothesis import Phase, settings

settings.register_profile("default", deadline=None, derandomize="CI" in os.environ)
# For coverage: whether a line is reached, the same each time. For mutation: whether a test fails, and not the smallest example.
settings.register_profile("brief", deadline=None, derandomize=True, max_examples=30)
settings.register_profile("mutation", settings.get_profile("brief"), phases=(Phase.explicit, Phase.generate))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
