"""How hard Hypothesis tries: `default`, or what the environment variable `HYPOTHESIS_PROFILE` names."""

from __future__ import annotations

import os

from hypothesis import Phase, settings

settings.register_profile("default", deadline=None, derandomize="CI" in os.environ)
# A mutation run asks only whether a test fails, not for the smallest example, and asks the same each time.
quick = (Phase.explicit, Phase.generate)
settings.register_profile("mutation", deadline=None, derandomize=True, max_examples=30, phases=quick)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
