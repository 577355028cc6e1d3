"""Numbers that tell whether anything asked how large they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Unseen(int):
    """A number of which is known whether it was compared, reckoned with or hashed.

    What is made of it without that says the same of every other number in its place.
    """

    seen = False

    def __str__(self) -> str:
        """Its digits. Where they end up there would be those of another."""
        return int.__repr__(self)


def _telling(name: str) -> Callable[..., Any]:
    plainly = getattr(int, name)

    def method(self: Unseen, *others: object) -> Any:
        self.seen = True
        return plainly(self, *others)

    return method


for _name, _method in vars(int).items():
    if callable(_method) and _name not in {"__new__", "__getattribute__", "from_bytes"}:
        setattr(Unseen, _name, _telling(_name))
