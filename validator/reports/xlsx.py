"""A workbook of the data that were checked, with the findings marked in it.

A steward's own workbook comes back as it is, with coloured cells, comments, and a sheet of the
findings (see ``own_workbook``). Any other table file becomes a sheet of a new workbook (see
``new_workbook``). Both hold the data themselves, and so belong where the data are kept.
"""

from __future__ import annotations

from pathlib import Path

from validator.errors import UnreadableInput, UsageError
from validator.model.report import Report
from validator.registry import Annotator, Rendering
from validator.reports.marking import marking

WORKBOOKS = (".xlsx", ".xlsm")


def _annotate(report: Report, how: Rendering) -> bytes:
    del how  # the cells are there anyway, and no comment repeats one
    paths = [Path(path) for path in dict.fromkeys(item.path for item in report.inputs)]
    for path in paths:
        if not path.is_file():
            what = "standard input" if str(path) == "-" else f"'{path}'"
            message = f"{what} cannot be opened again to be marked. Name a file, or leave out xlsx."
            raise UnreadableInput(message)
    if not any(path.suffix.lower() in WORKBOOKS for path in paths):
        from validator.reports.new_workbook import annotated

        return annotated(paths, report, marking(report))
    if len(paths) > 1:
        message = "xlsx marks one workbook at a time. Check each workbook by itself."
        raise UsageError(message)
    from validator.reports.own_workbook import annotated as annotated_itself

    return annotated_itself(paths[0], marking(report))


ANNOTATOR = Annotator(
    name="xlsx",
    title="the data as a workbook, with the findings marked in it",
    annotate=_annotate,
)
