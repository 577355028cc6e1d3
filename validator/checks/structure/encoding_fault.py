"""Bytes that are not the text they should be."""

from validator.model.reading import Fault
from validator.model.standard import Severity
from validator.registry import FileCheck, Verdict


def _explain(fault: Fault) -> Verdict:
    facts = dict(fault.detail)
    if "encoding" in facts:
        return Verdict(
            f"The file is not UTF-8; it was read as {facts['encoding'].title()}. Save it as "
            "CSV UTF-8, and check that accented letters are right."
        )
    if facts.get("kind") == "nul":
        return Verdict(
            "The row holds a character that no text has (NUL). Retype the cell that looks odd, and "
            "save the file as CSV UTF-8."
        )
    return Verdict(
        "The row holds a character that cannot be read. Retype it, and save the file as CSV UTF-8."
    )


CHECK = FileCheck(
    code="encoding-fault",
    severity=Severity.ERROR,
    title="Characters that cannot be read",
    means=(
        "The file holds bytes that are not UTF-8, or characters that no text has (NUL), or it was "
        "saved in an older encoding such as Windows-1252."
    ),
    why=("Accented and Arabic letters turn into other letters on the way to the next country."),
    mend=("Save the file as 'CSV UTF-8' (in Excel: Save as, CSV UTF-8)."),
    explain=_explain,
)
