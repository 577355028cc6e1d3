"""A file that cannot be read as a table."""

from validator.model.reading import Fault
from validator.model.standard import Severity
from validator.registry import FileCheck, Verdict

REASONS = {
    "crash": "Reading it broke down: it is damaged, or made to do harm. Open it in the program "
    "that made it and save it again.",
    "damaged": "It is damaged. Open it in the program that made it and save it again.",
    "engine": "The engine that holds its records stopped ({what}). See whether that engine can "
    "read all of it, or leave --engine out.",
    "entities": "Its XML declares a document type, which no spreadsheet program writes. Save it "
    "again in a spreadsheet program.",
    "formulas": "The result of the formula in this cell was never saved (cells like it: {cells}). "
    "Open the file in the spreadsheet program and save it.",
    "leads-out": "It refers to something outside itself. Put all its files into one folder or "
    "archive, and name them from there.",
    "nested": "A column holds records or lists of records. Make each cell one text or number.",
    "no-record": "Record {record} is not an object. Write each record as an object with a value "
    "for each field.",
    "no-table": "It holds no table. Give it the tables of the standard.",
    "not-json": "Line {line} is not JSON. Correct it there, or write the file again.",
    "not-utf-8": "It is not UTF-8. Write it again as UTF-8.",
    "package": "Its datapackage.json cannot be used: {what}. Correct it, or name the table files "
    "themselves.",
    "protected": "It is protected by a password, or of an older format. Save it without a "
    "password, as XLSX.",
    "too-large": "Unpacked it is larger than a table of records can be. Split it into several.",
    "too-slow": "Reading it took longer than {seconds} seconds. Split it into several files.",
    "unknown-format": "Its format is not read here. Save the table as CSV.",
}
"""Why a file was not checked, by the word that its reader gives."""


def _explain(fault: Fault) -> Verdict:
    facts = dict(fault.detail)
    if "reason" in facts:
        what = REASONS[facts["reason"]].format_map(facts)
        return Verdict(
            what if facts["reason"] == "formulas" else f"The file was not checked. {what}"
        )
    kind = facts.get("kind", "")
    if kind == "empty":
        return Verdict("The file is empty, so nothing in it was checked. Save the table again.")
    what = f"it is {'an' if kind[:1] in 'aeio' else 'a'} {kind}" if kind else "it is not a table"
    return Verdict(
        f"The file was not checked: {what}, whatever its name says. Open it in the program that "
        "made it and save it as CSV UTF-8."
    )


CHECK = FileCheck(
    code="unreadable-file",
    severity=Severity.ERROR,
    title="A file that cannot be read",
    means=("The file is empty, is not what its name says, or cannot be opened as a table."),
    why=("What cannot be read is not checked, and must not be taken for checked."),
    mend=("Open the file in the program that made it and save it again as CSV (UTF-8)."),
    explain=_explain,
)
