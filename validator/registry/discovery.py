"""What there is: every file of a room is imported, and what it exports is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from validator.discovery import modules_of
from validator.registry.contracts import Check, Engine, Lint
from validator.registry.forms import Annotator, Format, Target

CHECK_GROUPS = ("structure", "values", "omissions", "relations", "text", "disclosure", "dataset")


def _exported(package: str, name: str) -> Iterable[Any]:
    # a room may also hold modules that its files share, which export nothing of the kind
    return (getattr(m, name) for _, m in modules_of(package) if hasattr(m, name))


Kind = TypeVar("Kind", bound=Check)


def by_code(modules: Iterable[tuple[str, Any]], name: str, group: str) -> Iterator[Any]:
    """What each of the modules exports under ``name``, made one of a ``group``, in their order.

    Raises RuntimeError where a file is not named after the code of what it holds, and
    AttributeError where it holds nothing: neither would be noticed otherwise.
    """
    for stem, module in modules:
        found: Check = getattr(module, name)
        if found.code.replace("-", "_") != stem:
            message = f"{module.__name__} holds {found.code}"
            raise RuntimeError(message)
        yield replace(found, group=group)


@cache
def checks() -> tuple[Check, ...]:
    """Every check there is, by group and then by code."""
    return tuple(
        check
        for group in CHECK_GROUPS
        for check in by_code(modules_of(f"validator.checks.{group}"), "CHECK", group)
    )


def checks_of(kind: type[Kind]) -> tuple[Kind, ...]:
    """The checks of one kind."""
    return tuple(check for check in checks() if isinstance(check, kind))


@cache
def targets() -> Mapping[str, Target]:
    """Every compile target there is, by name."""
    return {item.name: item for item in _exported("validator.targets", "TARGET")}


@cache
def formats() -> Mapping[str, Format]:
    """Every report format there is, by name."""
    return {item.name: item for item in _exported("validator.reports", "FORMAT")}


@cache
def annotators() -> Mapping[str, Annotator]:
    """Every form that repeats the data there is, by name."""
    return {item.name: item for item in _exported("validator.reports", "ANNOTATOR")}


@cache
def engines() -> Mapping[str, Engine]:
    """Every engine beside our own there is, by name."""
    return {item.name: item for item in _exported("validator.readers.engines", "ENGINE")}


def form_of_report(name: str) -> Format | Annotator | None:
    """The form of report of that name; None where there is none.

    The file of that name is looked into first: to import every form takes as long as to check a
    small file.
    """
    with suppress(ImportError):
        module = import_module(f"validator.reports.{name}")
        for kind in ("FORMAT", "ANNOTATOR"):
            form: Format | Annotator | None = getattr(module, kind, None)
            if form is not None and form.name == name:
                return form
    return formats().get(name) or annotators().get(name)


@cache
def lints() -> tuple[Lint, ...]:
    """Every lint there is, by code."""
    # the room holds what looks and shows as well
    found = (item for item in modules_of("validator.lint") if hasattr(item[1], "LINT"))
    return tuple(by_code(found, "LINT", "lint"))
