"""A made-up standard in two versions: everything that a migration can say is in it."""

from __future__ import annotations

from pathlib import Path

OLD = """\
standard: sightings
version: 1.4.0
missing_reasons: {codelist: missing-reason, codes: [not_recorded, unclear, withheld]}
tables:
  - table: vessels
    key: ref
    fields:
      ref: {type: string, pattern: "[A-Z]{3}-[0-9]{4}", required: true, identifies: pseudonym}
      hull: {codes: [wood, steel, iron, mixed], missing: [not_recorded, unclear]}
      tint: {codes: [teal, red, grey], missing: [unclear]}
      cargo: {codes: [grain, maize, ore, odd], many: true, missing: [not_recorded]}
      berth: {type: integer, minimum: 0, missing: [not_recorded]}
      crew: {type: integer, minimum: 0, maximum: 99, missing: [not_recorded]}
"""
NEW = """\
standard: sightings
version: 2.0.0
missing_reasons: {codelist: missing-reason, codes: [not_recorded, not_determinable, withheld]}
tables:
  - table: vessels
    key: ref
    fields:
      ref: {type: string, pattern: "[A-Z]{3}-[0-9]{4}", required: true, identifies: pseudonym}
      hull: {codes: [wood, metal, composite, plastic], missing: [not_recorded, not_determinable]}
      colour:
        codes:
          {green: {}, blue: {}, crimson: {}, red: {retired: {since: 2.0.0, use: crimson}}, grey: {}}
        missing: [not_determinable]
      cargo: {codes: [cereals, ore], many: true, missing: [not_recorded, not_determinable]}
      crew: {type: integer, minimum: 0, maximum: 99, missing: [not_recorded]}
      engine: {codes: [diesel, sail], missing: [not_recorded]}
migrates:
  from: 1.4.0
  steps:
    - {rename: vessels.tint, to: colour}
    - {recode: vessels.hull, codes: {steel: metal, iron: metal}}
    - {recode: [vessels.hull, vessels.colour], codes: {unclear: not_determinable}}
    - {split: vessels.hull, code: mixed, into: [composite, plastic], becomes: not_determinable}
    - {split: vessels.colour, code: teal, into: [green, blue]}
    - {recode: vessels.cargo, codes: {grain: cereals, maize: cereals, odd: not_determinable}}
    - {add: vessels.engine, value: not_recorded}
    - {drop: vessels.berth}
"""
RECORDS = """\
ref,hull,tint,cargo,berth,crew
ABC-0001,steel,red,grain;maize,3,4
ABC-0002,iron,teal,ore;odd,not_recorded,not_recorded
ABC-0003,mixed,teal,odd,,12
ABC-0004,wood,grey,ore,7,0
ABC-0005,unclear,unclear,not_recorded,12,99
"""
CARRIED = """\
ref,hull,colour,cargo,crew,engine
ABC-0001,metal,crimson,cereals,4,not_recorded
ABC-0002,metal,teal,ore,not_recorded,not_recorded
ABC-0003,not_determinable,teal,not_determinable,12,not_recorded
ABC-0004,wood,grey,ore,0,not_recorded
ABC-0005,not_determinable,not_determinable,not_recorded,99,not_recorded
"""


def written(folder: Path, old: str = OLD, new: str = NEW) -> Path:
    """The two versions and the records in a folder: the newer one is its main file."""
    (folder / "standard").mkdir()
    (folder / "standard" / "standard.yaml").write_text(new, "utf-8")
    (folder / "standard" / "standard-1.4.0.yaml").write_text(old, "utf-8")
    (folder / "vessels.csv").write_text(RECORDS, "utf-8")
    return folder / "standard"
