"""Patterns that are compiled when they are first used: most files need few of them."""

from __future__ import annotations

import re
from typing import Any, cast

from validator.identifiers._linear import loosened


class _Lazy:
    """Stands for the compiled pattern, whose methods it takes over as they are asked for."""

    def __init__(self, pattern: str, flags: int, then: str, instead: str | None) -> None:
        self._pattern, self._flags = pattern, flags
        self._then, self._instead = then, instead

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(self._pattern, self._flags), name)
        self.__dict__[name] = method
        return method

    @property
    def sign(self) -> str:
        """A linear pattern that matches wherever this one does."""
        sign = loosened(self._instead or self._pattern)
        return (f"(?i:{sign})" if self._flags & re.IGNORECASE else sign) + self._then


def lazily(
    pattern: str, flags: int = 0, *, then: str = "", instead: str | None = None
) -> re.Pattern[str]:
    """``re.compile``, later.

    For its sign (see ``sign_of``): ``then``, in the portable subset, is what must follow a match
    for it to be of use; ``instead`` is a pattern to make the sign of, where it is the narrower.
    """
    return cast("re.Pattern[str]", _Lazy(pattern, flags, then, instead))


def sign_of(pattern: re.Pattern[str]) -> str:
    """A linear pattern that matches wherever ``pattern`` is of use."""
    if isinstance(pattern, re.Pattern):  # a plug-in's
        if pattern.flags & re.VERBOSE:
            raise ValueError("a pattern in many lines cannot be read here: write it in one")
        pattern = lazily(pattern.pattern, pattern.flags)
    return cast("_Lazy", pattern).sign
