"""How the tests that draw their examples draw them: one profile for all.

Without ``ACCORDANT_EXPLORE`` the examples are the same on every machine, so that what is green
stays green; with it each run looks at new ones, and ``ACCORDANT_EXPLORE=10`` at ten times as many
where a test does not name its own number. Nothing is timed: a busy machine is no fault of ours.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

EXPLORE = int(os.environ.get("ACCORDANT_EXPLORE", "0"))


def load() -> None:
    """Set the profile for this process."""
    settings.register_profile(
        "accordant",
        max_examples=100 * max(EXPLORE, 1),
        derandomize=not EXPLORE,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("accordant")
