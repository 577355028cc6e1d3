"""Generated tables that pyCANON and our measures are both given."""

from __future__ import annotations

import random

QUASI = ("country", "gender", "age")
SENSITIVE = ("status", "level")
SEEDS = range(40)


def table(seed: int) -> dict[str, list[str]]:
    """Columns of texts: tables of large groups, of single records, of one record."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret
    size = (1, 2, 7, 30, 120, 400)[seed % 6]
    spread = 1 + seed % 5
    values = {
        "country": ["FRA", "KEN", "not_recorded", "withheld", "ÉTÉ"][: 1 + spread],
        "gender": ["female", "male", "not_determinable"][: 1 + seed % 3],
        "age": [str(n) for n in range(1 + seed % 4)],
        "status": ["identified", "unidentified", "not_recorded"][: 1 + seed % 3],
        "level": [str(n) for n in range(1, 2 + spread * 2)],
    }
    return {name: [rng.choice(options) for _ in range(size)] for name, options in values.items()}
