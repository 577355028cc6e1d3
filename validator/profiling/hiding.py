"""Which counts an audience may not see.

A count below k is hidden, and with it as many of the smallest others as it takes that the total,
which is shown, does not give it away: at least two are hidden, and together they are at least k.
So whoever adds up and subtracts learns of no group smaller than k. Zeros are shown.
"""

from __future__ import annotations

from collections.abc import Mapping


def hidden(parts: Mapping[str, int], k: int) -> frozenset[str]:
    """The names of the parts to hide, of parts that sum to a known total."""
    found = {name for name, count in parts.items() if 0 < count < k}
    if not found:
        return frozenset()
    others = sorted((count, name) for name, count in parts.items() if count >= k)
    for count, name in others:
        if len(found) > 1 and sum(parts[each] for each in found) >= k:
            break
        del count
        found.add(name)
    return frozenset(found)


def hidden_of_several(parts: Mapping[str, int], total: int, k: int) -> frozenset[str]:
    """The same where parts overlap: each leaves a rest of its own, which must not be small."""
    return frozenset(
        name for name, count in parts.items() if 0 < count < k or 0 < total - count < k
    )
