"""How hard Hypothesis tries: `default`, or what the environment variable `HYPOTHESIS_PROFILE` names."""

from __future__ import annotations

import os

from hypothesis import Phase, settings

settings.register_profile("default", deadline=None, derandomize="CI" in os.environ)
# For mutation and coverage: whether a test fails or a line is reached, not the smallest example, and the same each time.
quick = (Phase.explicit, Phase.generate)
settings.register_profile("brief", deadline=None, derandomize=True, max_examples=30, phases=quick)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
