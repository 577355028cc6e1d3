"""Inputs for a parser: bytes at random, and valid files with something done to them."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import strategies as st

PIECES = [
    *(b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\x85", b"\x1b[2J"),
    *(b"\n", b"\r", b"\t", b" ", b'"', b"'", b",", b";", b":", b"#", b"%", b"&a", b"*a", b"!!x"),
    *(b"- ", b"? ", b"| ", b"> ", b"{", b"}", b"[", b"]", b"---\n", b"...\n", b"<<: ", b"null"),
    *(b"-1", b"0", b"1e999", b"9" * 40, b"NaN", b"true", b"2020-02-30", b"(" * 9, b"\\1", b"(?=a)"),
    *(b"{}", b"[]", b'""', b"a" * 300, "é".encode(), "٣".encode(), b"../../x", b"x\\0y"),
]
"""What parsers are known to stumble over."""


def mutated(seed: bytes, choice: random.Random) -> bytes:
    """The seed with up to six changes: bytes put in, taken out, doubled or moved elsewhere."""
    data = bytearray(seed)
    for _ in range(choice.randint(1, 6)):
        at = choice.randint(0, len(data))
        to = min(len(data), at + choice.choice([1, 1, 2, 8, 40]))
        match choice.randrange(6):
            case 0:
                data[at:at] = choice.choice(PIECES)
            case 1:
                data[at:to] = choice.choice(PIECES)
            case 2:
                del data[at:to]
            case 3:
                data[at:at] = data[at:to] * choice.choice([1, 2, 20])
            case 4 if data:
                data[min(at, len(data) - 1)] ^= 1 << choice.randrange(8)
            case _:
                there = choice.randint(0, len(data))
                data[there:there] = data[at:to]
    return bytes(data)


def words_moved(seed: bytes, choice: random.Random) -> bytes:
    """The seed with some of its words in place of others: still well-formed more often than not."""
    words = seed.split(b" ")
    for _ in range(choice.randint(1, 4)):
        words[choice.randrange(len(words))] = choice.choice([*words, *PIECES])
    return b" ".join(words)


def inputs(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Mostly mutations of the seeds, and some bytes at random."""
    change = st.sampled_from([mutated, words_moved])
    changed = st.builds(
        lambda how, seed, number: how(seed, random.Random(number)),  # noqa: S311 - not for secrets
        change,
        st.sampled_from(list(seeds)),
        st.integers(0, 2**32),
    )
    return st.one_of(changed, changed, changed, changed, st.binary(max_size=200))
