"""The same value in the standard's spelling, where another spelling leaves no doubt.

05/06/2024 is a day in May or in June, so it stays; 17/05/2024 can only be one day.
"""

from __future__ import annotations

import re
import unicodedata

from validator.expressions.values import is_value
from validator.model.standard import CodeList, Field, Kind, Precision

_QUARTERS = (r"(?P<y>\d{4})[ /-]?[QT](?P<q>[1-4])", r"[QT](?P<q>[1-4])[ /-]?(?P<y>\d{4})")
_MONTHS = (r"(?P<y>\d{4})[ ./-](?P<m>\d{1,2})", r"(?P<m>\d{1,2})[ ./-](?P<y>\d{4})")
_DAYS = (
    r"(?P<y>\d{4})[./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?",
    # a day above 12 cannot be a month
    r"(?P<d>1[3-9]|2\d|3[01])[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})",
    r"(?P<m>\d{1,2})[./-](?P<d>1[3-9]|2\d|3[01])[./-](?P<y>\d{4})",
)


def canonical(field: Field, text: str, reasons: CodeList) -> str | None:
    """The one value that ``text`` can only mean, as the field writes it; None where in doubt."""
    plain = _digits(text).strip()
    match field.kind:
        case Kind.INTEGER:
            found = _integer(plain)
        case Kind.NUMBER:
            found = _number(plain)
        case Kind.DATE:
            found = _date(plain.upper(), field.precision)
        case Kind.STRING if field.pattern:
            found = plain if is_value(field, plain, reasons) else plain.upper()
        case _:
            return None
    return found if found is not None and is_value(field, found, reasons) else None


def _digits(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _integer(text: str) -> str | None:
    # spreadsheets write whole numbers as 12.0; spaces group thousands
    match = re.fullmatch(r"([+-]?)0*(\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(?:\.0+)?", text)
    if match is None:
        return None
    digits = re.sub(r"\D", "", match[2])
    return f"{'-' if match[1] == '-' and digits != '0' else ''}{digits}"


def _number(text: str) -> str | None:
    match = re.fullmatch(r"([+-]?)0*(\d+)(?:[.,](\d{1,2}|\d{4,15}))?", text)
    if match is None:
        # three digits after a comma may be thousands; after a point they are decimals here
        match = re.fullmatch(r"([+-]?)0*(\d+)(?:\.(\d{3}))?", text)
    if match is None:
        return None
    sign = "-" if match[1] == "-" else ""
    return f"{sign}{match[2]}" + (f".{match[3]}" if match[3] else "")


def _date(text: str, precision: Precision) -> str | None:
    forms = {
        Precision.QUARTER: _QUARTERS,
        Precision.MONTH: _MONTHS,
        Precision.DAY: _DAYS,
    }.get(precision, ())
    for form in forms:
        if match := re.fullmatch(form, text):
            part = match.groupdict()
            if precision is Precision.QUARTER:
                return f"{part['y']}-Q{part['q']}"
            month = f"{part['y']}-{int(part['m']):02d}"
            return month if precision is Precision.MONTH else f"{month}-{int(part['d']):02d}"
    return text if precision is Precision.YEAR else None
