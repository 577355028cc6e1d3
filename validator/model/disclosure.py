"""For whom a submission is prepared, and what that asks of it."""

from __future__ import annotations

from dataclasses import dataclass

from validator.model.standard import Precision


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is to see the records.

    ``k`` is the fewest records that may share one combination of quasi-identifiers, ``l`` the
    fewest values that a sensitive field must take among them, and ``dates`` the precisions that
    a date may have.
    """

    name: str
    k: int
    l: int  # noqa: E741 - l-diversity is its name in the field
    dates: tuple[Precision, ...]


AUDIENCES = {
    "partner": Audience("partner", 5, 2, (Precision.YEAR, Precision.QUARTER, Precision.MONTH)),
    "public": Audience("public", 11, 2, (Precision.YEAR, Precision.QUARTER)),
}
"""Between controllers, and for everybody. The sizes are those of published precedents."""
