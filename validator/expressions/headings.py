"""Names of columns as a spreadsheet shows them, and how headings are compared."""

from validator.expressions.values import fold


def column_letters(position: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while position > 0:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def same_heading(one: str, other: str) -> bool:
    """Whether two headings differ in nothing but capitals, accents, spaces and underscores."""
    return fold(one) == fold(other)
