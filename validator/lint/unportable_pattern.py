"""Patterns that do not mean the same to every engine; ``standards.portable`` reads them."""

from __future__ import annotations

from validator.model.standard import Severity
from validator.registry import Lint

LINT = Lint(
    code="unportable-pattern",
    severity=Severity.ERROR,
    title="A pattern that is not portable",
    means=(
        "A pattern may hold characters, `.`, `[...]`, `(...)`, `(?:...)`, `|`, the quantifiers "
        "`* + ? {n} {n,} {n,m}`, `^` at its start, `$` at its end, and a backslash before one of "
        "``^ $ \\ . * + ? ( ) [ ] { } | /`` (in brackets also `-`) or in `\\t \\n \\r \\f \\xHH`. "
        "This one holds something else: a class such as `\\d`, a boundary, a flag, a named group, "
        "a lazy quantifier, or a mark that engines read in different ways."
    ),
    why="The same record would pass with one partner's software and fail with another's.",
    mend="Write the pattern in the portable subset; spell classes out, such as `[0-9]`.",
)
