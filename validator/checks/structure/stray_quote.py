"""A double quote where none can be."""

from validator.model.reading import Fault
from validator.model.standard import Severity
from validator.registry import FileCheck, Verdict


def _explain(fault: Fault) -> Verdict:
    del fault
    return Verdict(
        "A double quote stands where it cannot, and could make other programs lose rows. "
        "Remove it, or put the whole text in quotes and double the one inside."
    )


CHECK = FileCheck(
    code="stray-quote",
    severity=Severity.ERROR,
    title="A double quote out of place",
    means=("A double quote opens and never closes, or stands inside a text that is not quoted."),
    why=("Many programs read on to the next quote and swallow the rows between, without a word."),
    mend=("Remove the quote; or put the whole text in double quotes and double the one inside."),
    explain=_explain,
)
