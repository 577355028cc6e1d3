"""The contracts of checks, targets and reports, and how they are found.

Each is one file in the room that its name announces. Nothing lists them: the room's files are
imported, and what they export (``CHECK``, ``TARGET``, ``FORMAT``, ``LINT``) is taken.
"""

from validator.registry.contracts import (
    FILE,
    Cell,
    CellCheck,
    Check,
    FieldCount,
    File,
    FileCheck,
    Hit,
    Lint,
    LintFinding,
    Outcome,
    Probe,
    Said,
    SubmissionCheck,
    TableView,
    TextCheck,
    TextReader,
    Verdict,
    View,
)
from validator.registry.discovery import (
    CHECK_GROUPS,
    annotators,
    checks,
    checks_of,
    form_of_report,
    formats,
    lints,
    targets,
)
from validator.registry.forms import Annotator, Artefact, Format, Loss, Rendering, Target

__all__ = [
    "CHECK_GROUPS",
    "FILE",
    "Annotator",
    "Artefact",
    "Cell",
    "CellCheck",
    "Check",
    "FieldCount",
    "File",
    "FileCheck",
    "Format",
    "Hit",
    "Lint",
    "LintFinding",
    "Loss",
    "Outcome",
    "Probe",
    "Rendering",
    "Said",
    "SubmissionCheck",
    "TableView",
    "Target",
    "TextCheck",
    "TextReader",
    "Verdict",
    "View",
    "annotators",
    "checks",
    "checks_of",
    "form_of_report",
    "formats",
    "lints",
    "targets",
]
