"""Reports of several kinds, put together by hand: what the engine would say, without an engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from validator.model.report import (
    CheckResult,
    CheckStatus,
    Completeness,
    Finding,
    Group,
    Input,
    Report,
)
from validator.model.standard import Severity

SERIES = Input("submission/series.csv", "series", 1200, "ab" * 32, "by its name")
VICTIMS = Input("submission/victims.csv", "victims", 1684, "cd" * 32, "by its headings")
NOTES = Input(
    "submission/notes.csv", None, 12, "ef" * 32, "neither its name nor its headings fit a table"
)

PASSED = tuple(
    CheckResult(code, Severity.ERROR, CheckStatus.PASSED, "series", field)
    for code in ("unknown-code", "unexplained-blank", "reason-not-allowed")
    for field in ("victim_gender", "victim_age_group", "content_nature", "offender_gender")
)
COMPLETENESS = (
    Completeness("series", "series_ref", 1200, 1200, 0, 0, 0),
    Completeness("series", "contributor", 1200, 1200, 0, 0, 0),
    Completeness("series", "received_period", 1200, 1200, 0, 0, 0),
    Completeness("series", "victim_gender", 1200, 861, 237, 0, 102, 72.5),
    Completeness("series", "victim_ethnicity", 1200, 1199, 1, 0, 0, 93.9),
    Completeness("series", "offender_ethnicity_other", 1200, 0, 0, 1200, 0),
    Completeness("victims", "victim_ref", 1684, 1684, 0, 0, 0),
    Completeness("victims", "age_group", 1684, 1400, 280, 4, 0),
)
REFERENCES = tuple(f"FRA-{number:06X}" for number in range(200_000))


def report(
    *results: tuple[CheckResult, Sequence[Finding]],
    inputs: tuple[Input, ...] = (SERIES,),
    completeness: tuple[Completeness, ...] = COMPLETENESS[:6],
    **more: object,
) -> Report:
    """A report of the given results with their findings, beside checks that passed."""
    whole = Report(
        standard_id="global-indicator",
        standard_version="1.0.0",
        standard_digest="sha256:" + "0" * 64,
        standard_found_by="the only standard whose tables match",
        inputs=inputs,
        checks=(*PASSED, *(check for check, _ in results)),
        findings=tuple(finding for _, found in results for finding in found),
        completeness=completeness,
        as_of="2026-05-01",
    )
    return replace(whole, **more)


def found(
    code: str,
    groups: Mapping[tuple[str, str | None], Sequence[int]],
    *,
    severity: Severity = Severity.ERROR,
    table: str | None = "series",
    field: str | None = None,
    rule: str | None = None,
    file: str | None = SERIES.path,
    values: Sequence[str] = (),
    kept: int = 100,
) -> tuple[CheckResult, list[Finding]]:
    """A check that found something: rows by message and suggestion; ``kept`` rows are located."""
    count = sum(map(len, groups.values()))
    result = CheckResult(
        code,
        severity,
        CheckStatus.FOUND,
        table,
        field,
        rule,
        count,
        groups=tuple(
            Group(message, suggestion, len(rows), tuple(rows[:5]))
            for (message, suggestion), rows in groups.items()
        ),
    )
    findings = [
        Finding(
            code,
            severity,
            message,
            table,
            field,
            rule,
            file,
            row,
            REFERENCES[row],
            suggestion,
            values[index % len(values)] if values else None,
        )
        for (message, suggestion), rows in groups.items()
        for index, row in enumerate(rows)
    ]
    return result, findings[:kept]


def of_file(
    code: str,
    message: str,
    *,
    table: str | None,
    field: str | None = None,
    file: str | None = None,
    severity: Severity = Severity.ERROR,
) -> tuple[CheckResult, list[Finding]]:
    """A check that found something about a whole file or column."""
    result = CheckResult(
        code,
        severity,
        CheckStatus.FOUND,
        table,
        field,
        count=1,
        groups=(Group(message, None, 1),),
    )
    return result, [Finding(code, severity, message, table, field, file=file)]


def skipped(code: str, table: str, field: str, reason: str) -> tuple[CheckResult, list[Finding]]:
    return CheckResult(code, Severity.ERROR, CheckStatus.SKIPPED, table, field, reason=reason), []


SPELLING = "The spelling is not the code's. Type the code: female."
NOT_A_CODE = "This is not a code of 'gender-group'. Did you mean female?"
NO_CODE_NEAR = "This is not a code of 'gender-group'. Its codes: female, male, both."
BLANK = (
    "The cell is blank. Type the value, or say why there is none: not_recorded or not_determinable."
)
RETIRED = "This code is no longer used, since 2024-01. Type not_determinable instead."
ONE_GENDER = "A series with one victim has one gender."

clean = report(completeness=COMPLETENESS[:3])
with_warnings = report(
    found(
        "stale-status",
        {("The status was last reviewed more than 24 months ago. Review it.", None): [40, 41]},
        severity=Severity.WARNING,
        field="victim_status",
    ),
)
faulty = report(
    of_file(
        "unknown-table",
        "No table of the standard has this name or these columns. Rename the file, or use --table.",
        table=None,
        file=NOTES.path,
    ),
    of_file(
        "missing-column",
        "The column is not in the file. Add it.",
        table="series",
        field="age_basis",
    ),
    found("ragged-row", {("The row has 27 cells and the header has 26.", None): [311]}),
    found(
        "unknown-code",
        {
            (NOT_A_CODE, "female"): [17, 45, 60, *range(100, 197)],
            (NO_CODE_NEAR, None): [18, 19],
        },
        field="victim_gender",
        values=("femlae", "Femelle", "fem", "f€male"),
    ),
    found(
        "noncanonical-code", {(SPELLING, "female"): [23]}, field="victim_gender", values=("Female",)
    ),
    found(
        "rule-broken",
        {(ONE_GENDER, None): [17, 300, 302]},
        field="victim_gender",
        rule="single-victim-one-gender",
    ),
    found(
        "duplicate-key", {("Another row has this key.", None): [5, 9, 12, 13]}, field="series_ref"
    ),
    found(
        "unexplained-blank",
        {(BLANK, None): [80, 81, 82, 83]},
        table="victims",
        field="age_group",
        file=VICTIMS.path,
    ),
    found(
        "suspected-default",
        {("One code fills nearly every record: white.", None): [2]},
        severity=Severity.WARNING,
        field="victim_ethnicity",
    ),
    found(
        "stale-status",
        {("The status was last reviewed more than 24 months ago. Review it.", None): [40, 41]},
        severity=Severity.WARNING,
        field="victim_status",
    ),
    *(
        of_file(
            "low-completeness",
            "Only 0.0 % of the records hold a value, where at least 10.0 % is expected.",
            severity=Severity.NOTE,
            table="series",
            field=field,
        )
        for field in ("image_count", "video_count", "youth_produced")
    ),
    *(
        skipped(code, "offenders", field, "the submission has no table offenders")
        for code in ("unknown-code", "unexplained-blank", "placeholder-text", "noncanonical-code")
        for field in ("gender", "ethnicity")
    ),
    skipped("rule-broken", "series", "age_basis", "the column age_basis is missing"),
    inputs=(SERIES, VICTIMS, NOTES),
    completeness=COMPLETENESS,
    notes=("series.csv was read as Windows-1252.",),
)
unchecked = report(
    (
        CheckResult(
            "duplicate-key",
            Severity.ERROR,
            CheckStatus.FAILED,
            "series",
            "series_ref",
            reason="an internal error (ZeroDivisionError)",
        ),
        [],
    ),
    found("noncanonical-code", {(SPELLING, "female"): [23]}, field="victim_gender"),
)
nothing_read = report(inputs=(), completeness=(), checks=())
empty = report(inputs=(replace(SERIES, rows=0),), completeness=())
many_equal = report(
    found("unexplained-blank", {(BLANK, None): range(2, 100_002)}, field="victim_gender"),
    inputs=(replace(SERIES, rows=100_000),),
)
many_groups = report(
    found(
        "unknown-code",
        {
            (
                f"This is not a code of 'country'. Did you mean C{number:02}?",
                f"C{number:02}",
            ): range(number * 100, number * 100 + 60 - number)
            for number in range(1, 51)
        },
        field="suspected_country",
    ),
)
two_files = report(
    (
        CheckResult(
            "unexplained-blank",
            Severity.ERROR,
            CheckStatus.FOUND,
            "series",
            "victim_gender",
            count=8,
            groups=(Group(BLANK, None, 8, (2, 3, 4, 7, 9)),),
        ),
        [
            Finding(
                "unexplained-blank",
                Severity.ERROR,
                BLANK,
                "series",
                "victim_gender",
                None,
                path,
                row,
            )
            for path, row in [("a/series.csv", 2), ("a/series.csv", 3), ("b/series.csv", 2)]
        ],
    ),
    inputs=(replace(SERIES, path="a/series.csv"), replace(SERIES, path="b/series.csv")),
)
HOSTILE_PATH = "in/\x1b[2J\x1b]0;owned\x07[bold red]a[/]\u202etxt\r\nREADY: no errors\udcff.csv"
hostile = report(
    found(
        "unknown-code",
        {(NO_CODE_NEAR, None): [2, 3]},
        field="victim_gender",
        file=HOSTILE_PATH,
        values=("\x1b[31mred\x9b0m", "[link=x]fe\u202emale\u200b" + "x" * 500),
    ),
    inputs=(replace(SERIES, path=HOSTILE_PATH),),
    notes=("a note with \x1b[1m and [bold]brackets[/bold]",),
)

SAMPLES = {
    "clean": clean,
    "with-warnings": with_warnings,
    "faulty": faulty,
    "unchecked": unchecked,
    "nothing-read": nothing_read,
    "empty": empty,
    "many-equal": many_equal,
    "many-groups": many_groups,
    "two-files": two_files,
    "hostile": hostile,
}
