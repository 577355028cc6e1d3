"""Texts that try to be more than texts, wherever a report might show them."""

from __future__ import annotations

from dataclasses import replace

from tests.reports.report_samples import SERIES, found, report, skipped
from validator.model.report import Report

MARK = "Zq7Xw"
"""Stands in every one of the texts, so that a test can find them again."""

TEXTS = {
    "formula": f'=HYPERLINK("x","{MARK}")',
    "formula-plus": f"+{MARK}",
    "formula-minus": f"-{MARK}",
    "formula-at": f"@SUM({MARK})",
    "formula-wide": f"＝{MARK}",
    "formula-tab": f"\t={MARK}",
    "formula-return": f"\r={MARK}",
    "dde": f"=cmd|' /C calc'!{MARK}",
    "script": f"<script>window.{MARK}=1</script>",
    "attribute": f'"><img src=x onerror=window.{MARK}=1>',
    "attribute-single": f"' onmouseover='window.{MARK}=1",
    "link": f"javascript:window.{MARK}=1",
    "template": "{{ " + MARK + " }}{% " + MARK + " %}",
    "cdata": f"]]><x>{MARK}</x>",
    "entity": f"&{MARK};&#0;&lt;",
    "comment": f"--><!-- {MARK}",
    "style-end": f"</style></script>{MARK}",
    "terminal": f"\x1b[31m{MARK}\x1b]0;{MARK}\x07\x9b2J",
    "backspace": f"abc\x08\x08\x08{MARK}\x7f",
    "workflow-command": f"::error file=a,line=1::{MARK}",
    "workflow-later": f"x\n::add-mask::{MARK}",
    "workflow-old": f"x ##[error]{MARK}",
    "workflow-percent": f"%0A::error::{MARK}",
    "bidi": f"\u202e{MARK}\u2066\u200f",
    "zero-width": f"{MARK}\u200b\ufeff\u00ad",
    "xml-invalid": f"\x00\x01{MARK}\ufffe\uffff",
    "surrogate": f"{MARK}\ud800\udcff",
    "lines": f"{MARK}\r\n\u2028\u2029\x85READY: no errors",
    "tags": f"{MARK}\U000e0041",
    "rich": f"[bold red]{MARK}[/]",
    "csv": f'",{MARK}"\n',
    "long": MARK + "x" * 5000,
}


def everywhere(text: str) -> Report:
    """A report with one text at every place that holds text from outside."""
    path = f"in/{text}.csv"
    result, findings = found(
        "unknown-code",
        {(f"Message {text}", text): [2, 3], (f"Another {text}", None): range(4, 40)},
        field="victim_gender",
        file=path,
        values=(text,),
    )
    keyed = [replace(item, key=text) for item in findings]
    named = found("rule-broken", {(text, None): [3]}, field=text, table=text, rule=text, file=path)
    return report(
        (result, keyed),
        named,
        skipped("unknown-code", text, text, text),
        inputs=(
            replace(SERIES, path=path, mapped_by=text),
            replace(SERIES, path=text, table=text, mapped_by=text),
        ),
        notes=(text,),
        standard_id=text,
        standard_found_by=text,
    )
