"""``sbom/accordant.cdx.json``: what an installation of accordant consists of, as CycloneDX.

The wheel carries the file in its ``.dist-info/sboms`` (PEP 770). The versions are those of
``requirements/run.txt``, which holds the hashes of every wheel of them too; who asks for whom is
what the installed packages say of themselves, on whichever system. Optional extras are not in it.
It has no time of making and a serial number made from its content, so that it is the same each
time.
"""

from __future__ import annotations

import json
import re
import tomllib
import uuid
from collections.abc import Iterator
from importlib import metadata

from validator.reference._page import ROOT, Page

_PIN = re.compile(r"^([a-z0-9-]+)==(\S+)( ;)?", re.MULTILINE)
"""A name, its version, and whether it is for some systems only."""
_NAME = re.compile(r"[\w.-]+")
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "accordant/sbom")


def _render() -> str:
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentScope, ComponentType
    from cyclonedx.model.license import LicenseExpression
    from cyclonedx.output.json import JsonV1Dot6
    from packageurl import PackageURL

    lock = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    ours = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=project["name"],
        description=project["description"],
        licenses=[LicenseExpression(project["license"])],
        purl=PackageURL("pypi", name=project["name"], version=project["version"]),
    )
    theirs = {
        name: Component(
            name=name,
            version=version,
            type=ComponentType.LIBRARY,
            bom_ref=f"{name}@{version}",
            scope=ComponentScope.OPTIONAL if some else ComponentScope.REQUIRED,
            purl=PackageURL("pypi", name=name, version=version),
        )
        for name, version, some in _PIN.findall(lock)
    }
    bom = Bom(components=theirs.values(), serial_number=uuid.uuid5(_SPACE, str(project) + lock))
    bom.metadata.component = ours
    bom.register_dependency(ours, [theirs[_name(item)] for item in project["dependencies"]])
    for name, component in theirs.items():
        asked = set(_asked_by(name)) & theirs.keys()
        bom.register_dependency(component, [theirs[other] for other in sorted(asked)])
    content = json.loads(JsonV1Dot6(bom).output_as_string())
    del content["metadata"]["timestamp"]  # the one thing that would differ each time
    return json.dumps(content, indent=2, sort_keys=True) + "\n"


def _asked_by(name: str) -> Iterator[str]:
    """What an installed package asks for on any system, its optional extras apart."""
    try:
        asked = metadata.requires(name) or []
    except metadata.PackageNotFoundError:  # another system's: colorama is for Windows alone
        return
    for item in asked:
        if "extra ==" not in item:
            yield _name(item)


def _name(requirement: str) -> str:
    """The normalised name at the head of a requirement."""
    found = _NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


PAGE = Page("sbom/accordant.cdx.json", "Bill of materials of an installation", _render)
