"""What a translation keeps of the information in a column: entropies of counts, in bits."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from math import fsum, log2


def entropy(counts: Iterable[int]) -> float:
    """Shannon entropy of a distribution, in bits a record; 0 for an empty one.

    ``counts`` are numbers of records by value. Source: C. E. Shannon, A Mathematical Theory of
    Communication (1948).
    """
    found = [count for count in counts if count > 0]
    whole = sum(found)
    if whole == 0:
        return 0.0
    # H = log n - (sum of c log c) / n, which is 0 and not nearly 0 where there is one value
    bits = log2(whole) - fsum(count * log2(count) for count in found) / whole
    return max(bits, 0.0) if len(found) > 1 else 0.0


def lost(pairs: Mapping[tuple[Hashable, Hashable], int]) -> tuple[float, float, float]:
    """Entropy of the source, of the target, and what is lost between them, in bits a record.

    ``pairs`` counts records by (source, target). The loss is H(source | target), the bits of a
    source value that its target leaves open; where each source has one target it is the
    difference of the two entropies.
    """
    sources: dict[Hashable, int] = {}
    targets: dict[Hashable, int] = {}
    for (source, target), count in pairs.items():
        sources[source] = sources.get(source, 0) + count
        targets[target] = targets.get(target, 0) + count
    one, other = entropy(sources.values()), entropy(targets.values())
    return one, other, max(entropy(pairs.values()) - other, 0.0)
