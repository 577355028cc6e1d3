"""Builds the model from checked YAML. Form is already right here; names are resolved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from validator.errors import Problem
from validator.model.condition import FieldRef
from validator.model.standard import (
    Bound,
    Code,
    CodeList,
    Count,
    Example,
    Exists,
    Field,
    Identifies,
    Kind,
    Precision,
    Published,
    Reference,
    Retired,
    Rule,
    Severity,
    Speaks,
    Stale,
    Status,
    Table,
    Wording,
)
from validator.model.text import DEFAULT_LANGUAGE, Text
from validator.standards.conditions import condition, reference
from validator.standards.strict_yaml import Document, Path

FindCodeList = Callable[[str], CodeList | None]
"""Finds a code list by its identifier; None where there is none."""


def text(data: Any) -> Text:
    """A language map; bare text is English."""
    if data is None:
        return Text()
    return Text({DEFAULT_LANGUAGE: data} if isinstance(data, str) else dict(data))


def _flag(data: Mapping[str, Any], name: str) -> bool:
    return data.get(name) == "true"


def _number(data: Mapping[str, Any], name: str) -> int | None:
    return int(data[name]) if name in data else None


def _status(data: Mapping[str, Any]) -> Status | None:
    return Status(data["status"]) if "status" in data else None


def codelist(document: Document, path: Path, data: Mapping[str, Any]) -> CodeList:
    """A code list from its own mapping."""
    return CodeList(
        id=data["codelist"],
        codes=_codes(document, (*path, "codes"), data["codes"]),
        title=text(data.get("title")),
        ordered=_flag(data, "ordered"),
        source=data.get("source"),
        status=_status(data),
        origin=document.origin(path),
    )


def _codes(document: Document, path: Path, data: Any) -> tuple[Code, ...]:
    if isinstance(data, list):
        return tuple(Code(item, origin=document.origin((*path, i))) for i, item in enumerate(data))
    return tuple(
        _code(name, value, document.origin((*path, name), key=True)) for name, value in data.items()
    )


def _code(name: str, data: Any, origin: Any) -> Code:
    if isinstance(data, str):
        return Code(name, label=text(data) if data else Text(), origin=origin)
    retired = data.get("retired")
    return Code(
        code=name,
        label=text(data.get("label")),
        description=text(data.get("description")),
        terms={language: tuple(terms) for language, terms in data.get("terms", {}).items()},
        retired=Retired(retired["since"], retired.get("use")) if retired else None,
        other=_flag(data, "other"),
        inapplicable=_flag(data, "inapplicable"),
        withholds=_flag(data, "withholds"),
        source=data.get("source"),
        status=_status(data),
        origin=origin,
    )


def table(
    document: Document, path: Path, data: Mapping[str, Any], find: FindCodeList
) -> tuple[Table, list[Problem]]:
    """A table, and the code lists that it names and that are nowhere."""
    problems: list[Problem] = []
    fields = []
    for name, value in data["fields"].items():
        here = (*path, "fields", name)
        found = None
        if isinstance(value.get("codes"), str):
            found = find(value["codes"])
            if found is None:
                what = f"The code list '{value['codes']}' is nowhere."
                cure = f"Write codelists/{value['codes']}.yaml beside the standard."
                problems.append(document.problem((*here, "codes"), what, cure, lint="unresolved"))
        elif "codes" in value:
            codes = _codes(document, (*here, "codes"), value["codes"])
            inline = f"{data['table']}.{name}"
            found = CodeList(inline, codes, text(value.get("title")), origin=document.origin(here))
        fields.append(_field(document, here, name, value, found))
    key = data.get("key", ())
    return Table(
        name=data["table"],
        fields=tuple(fields),
        title=text(data.get("title")),
        description=text(data.get("description")),
        key=(key,) if isinstance(key, str) else tuple(key),
        required=_flag(data, "required"),
        stale=tuple(
            Stale(
                item["field"],
                tuple(item["codes"]),
                item["reviewed"],
                int(item["months"]),
                document.origin((*path, "stale", index)),
            )
            for index, item in enumerate(data.get("stale", ()))
        ),
        source=data.get("source"),
        origin=document.origin(path),
    ), problems


def _field(
    document: Document, path: Path, name: str, data: Mapping[str, Any], codes: CodeList | None
) -> Field:
    target, _, column = data.get("references", "").partition(".")
    figures = data.get("published")
    speaks_for = tuple(
        Speaks(
            field=item["field"],
            role=item["role"],
            wording=Wording(item["wording"]) if "wording" in item else None,
            several=item.get("several"),
            origin=document.origin((*path, "speaks_for", index)),
        )
        for index, item in enumerate(data.get("speaks_for", ()))
    )
    return Field(
        name=name,
        kind=Kind.CODES if "codes" in data else Kind(data["type"]),
        codelist=codes,
        required=_flag(data, "required"),
        optional=_flag(data, "optional"),
        missing=tuple(data.get("missing", ())),
        minimum=data.get("minimum"),
        maximum=data.get("maximum"),
        pattern=data.get("pattern"),
        min_length=_number(data, "min_length"),
        max_length=_number(data, "max_length"),
        precision=Precision(data.get("precision", "day")),
        unique=_flag(data, "unique"),
        references=Reference(target, column) if target else None,
        many=_flag(data, "many"),
        separator=data.get("separator", ";"),
        specify=data.get("specify"),
        free_text=_flag(data, "free_text"),
        speaks_for=speaks_for,
        identifies=Identifies(data["identifies"]) if "identifies" in data else None,
        quasi_identifier=_flag(data, "quasi_identifier"),
        sensitive=_flag(data, "sensitive"),
        title=text(data.get("title")),
        description=text(data.get("description")),
        source=data.get("source"),
        status=_status(data),
        published=_published(figures) if figures is not None else None,
        origin=document.origin(path, key=True),
    )


def _published(data: Mapping[str, Any]) -> Published:
    return Published(
        recorded=Decimal(data["recorded"]) if "recorded" in data else None,
        valid={code: Decimal(share) for code, share in data.get("valid", {}).items()},
        unit=data.get("unit"),
    )


def rule(document: Document, path: Path, data: Mapping[str, Any]) -> Rule:
    """A rule from its mapping."""

    def maybe(name: str, of: Mapping[str, Any], at: Path) -> Any:
        return condition(document, (*at, name), of[name]) if name in of else None

    counted, existing = data.get("count"), data.get("exists")
    count = exists = None
    if counted:
        where = maybe("where", counted, (*path, "count"))
        bound = next(item for item in Bound if item.value in counted)
        count = Count(counted["table"], counted["on"], bound, _bound(counted[bound.value]), where)
    if existing:
        where = maybe("where", existing, (*path, "exists"))
        exists = Exists(existing["table"], existing["on"], where)
    examples = data.get("examples", {})
    return Rule(
        id=data["rule"],
        table=data["table"],
        title=text(data["title"]),
        severity=Severity(data.get("severity", "error")),
        when=maybe("when", data, path),
        then=maybe("then", data, path),
        count=count,
        exists=exists,
        mend=text(data.get("mend")),
        source=data.get("source"),
        status=_status(data),
        passing=tuple(_example(data["table"], item) for item in examples.get("pass", ())),
        failing=tuple(_example(data["table"], item) for item in examples.get("fail", ())),
        origin=document.origin(path),
    )


def _bound(value: str) -> FieldRef | int:
    return int(value) if value.isascii() and value.isdigit() else reference(value)


def _example(own: str, data: Mapping[str, Any]) -> Example:
    if all(isinstance(value, str) for value in data.values()):
        return {own: (dict(data),)}
    return {name: tuple(dict(record) for record in records) for name, records in data.items()}
