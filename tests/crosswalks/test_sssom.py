"""SSSOM TSV: our own is read back as it was, and other people's is read."""

from __future__ import annotations

import csv
import io
import itertools

import pytest
import yaml

from tests.commands import Command, accordant
from validator.crosswalks.find import offered
from validator.crosswalks.judge import Judge
from validator.crosswalks.load import load
from validator.crosswalks.sssom import write
from validator.errors import BrokenStandard
from validator.model.crosswalk import Crosswalk

__all__ = ["accordant"]

CODES = [part for name in offered() for part in load(name).parts]

FOREIGN = """\
#curie_map:
#  HP: http://purl.obolibrary.org/obo/HP_
#  MP: http://purl.obolibrary.org/obo/MP_
#mapping_set_id: https://example.org/sets/animals.sssom.tsv
#license: https://creativecommons.org/licenses/by/4.0/
#subject_source: HP
subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\tobject_label
HP:0001\tone\tskos:exactMatch\tMP:0003\tsemapv:LexicalMatching\tthree
HP:0002\ttwo\tskos:broadMatch\tMP:0004\tsemapv:ManualMappingCuration\tfour
HP:0002\ttwo\tskos:broadMatch\tMP:0005\tsemapv:ManualMappingCuration\tfive
HP:0006\tsix\tskos:exactMatch\tsssom:NoTermFound\tsemapv:ManualMappingCuration\t
"""


def answers(crosswalk: Crosswalk) -> dict[object, object]:
    """What a crosswalk makes of every combination of its codes, and of a few years."""
    columns = [
        list(column.scheme.codes.by_code) if column.scheme else ["", "2000", "2020"]
        for column in crosswalk.subject.columns
    ]
    found = {}
    for take in crosswalk.object.by_name:
        judge = Judge(crosswalk, take)
        for cells in itertools.product(*columns):
            judged = judge.judge(cells)
            found[take, cells] = (judged.text, judged.outcome, judged.reversible, judged.sources)
    return found


@pytest.mark.parametrize("crosswalk", CODES, ids=lambda item: item.id)
def test_what_is_written_reads_as_the_same(crosswalk, tmp_path):
    path = tmp_path / "there.sssom.tsv"
    path.write_bytes(write(crosswalk))
    again = load(path)
    assert again.id == crosswalk.id
    assert again.version == crosswalk.version
    assert answers(again) == answers(crosswalk_without_extras(crosswalk))


def crosswalk_without_extras(crosswalk: Crosswalk) -> Crosswalk:
    """What SSSOM has no place for is left out: choices, and the reasons for blanks."""
    from dataclasses import replace

    from validator.model.crosswalk import Reasons

    return replace(crosswalk, choices=(), absent={}, reasons=Reasons())


def test_the_form_is_that_of_sssom():
    text = write(load("copine-to-uk-2014")).decode()
    head = yaml.safe_load("\n".join(ln[1:] for ln in text.splitlines() if ln.startswith("#")))
    assert head["mapping_set_id"].endswith("/copine-to-uk-2014")
    assert head["license"]
    rows = list(
        csv.DictReader(
            io.StringIO("\n".join(ln for ln in text.splitlines() if not ln.startswith("#"))),
            delimiter="\t",
        )
    )
    prefixes = {*head["curie_map"]}
    for row in rows:
        for slot in ("subject_id", "object_id", "predicate_id", "mapping_justification"):
            assert row[slot].partition(":")[0] in prefixes
    defined = {item["slot_name"] for item in head["extension_definitions"]}
    assert {name for name in rows[0] if name.startswith("ext_")} <= defined
    assert rows[0]["object_id"] == "sssom:NoTermFound"


def test_somebody_elses_mapping_set_is_read(tmp_path):
    path = tmp_path / "animals.sssom.tsv"
    path.write_text(FOREIGN, "utf-8")
    crosswalk = load(path)
    judge = Judge(crosswalk, crosswalk.object.columns[0].name)
    assert crosswalk.subject.columns[0].name == "hp"
    assert judge.judge(("0001",)).text == "0003"
    assert judge.judge(("0001",)).reversible
    assert judge.judge(("0002",)).outcome == "ambiguous"
    assert judge.judge(("0006",)).outcome == "dropped"
    assert {row.status.value for row in crosswalk.rows} == {"unverified"}


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("skos:exactMatch\tMP", "owl:sameAs\tMP", 8, "none of SKOS's mapping relations"),
        ("predicate_id", "predicate", 7, "The column 'predicate_id' is missing"),
        ("#subject_source: HP", "#subject_source: [HP", 7, "The YAML cannot be read"),
        (
            "HP:0002\ttwo\tskos:broadMatch\tMP:0005",
            "HP:0002\ttwo\tskos:broadMatch\tXX:0005",
            1,
            "2 object schemes",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path, old, new, line, says):
    path = tmp_path / "animals.sssom.tsv"
    path.write_text(FOREIGN.replace(old, new, 1), "utf-8")
    with pytest.raises(BrokenStandard) as caught:
        load(path)
    assert any(p.line == line and says in f"{p.what} {p.cure}" for p in caught.value.problems), str(
        caught.value
    )


def test_the_command_writes_it_and_takes_it(accordant: Command, tmp_path):
    place = tmp_path / "there.sssom.tsv"
    assert accordant("translate", "-c", "uk-2007-to-uk-2014", "--sssom", place).code == 0
    (tmp_path / "levels.csv").write_text("uk_2007_level\n4\n", "utf-8")
    ran = accordant("translate", tmp_path / "levels.csv", "-c", place, "-o", tmp_path / "out")
    assert ran.code == 0
    assert (tmp_path / "out" / "levels.csv").read_text() == "uk_2007_level,uk_2014_category\n4,A\n"
    assert accordant("lint", place).code == 0
