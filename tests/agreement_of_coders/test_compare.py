"""What becomes of the cells of several coders: matched by key, read as codes, judged by field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.agreement_of_coders.made import Cells, file, standard
from validator.agreement.compare import agree
from validator.agreement.report import Agreement, FieldAgreement, Missing, Options, Verdict
from validator.errors import AccordantError, UnreadableInput, UsageError
from validator.measures.agreement import Level
from validator.measures.agreement_intervals import Bootstrap

QUICK = Bootstrap(samples=100)


@pytest.fixture
def compared(tmp_path: Path):
    """Compares coders, each given by cells or a path, on the table of the small standard."""

    def run(*coders: Cells | Path, **options) -> Agreement:
        paths = [
            one if isinstance(one, Path) else file(tmp_path, f"coder-{number}", one)
            for number, one in enumerate(coders, start=1)
        ]
        key = options.pop("key", ())
        how = Options(bootstrap=QUICK, **options)
        return agree(standard(tmp_path), paths, table="records", key=key, options=how)

    return run


def of(agreement: Agreement, field: str) -> FieldAgreement:
    (found,) = [item for item in agreement.fields if item.field == field]
    return found


def repeated(*cells: str, times: int = 10) -> list[str]:
    return [cell for cell in cells for _ in range(times)]


def test_records_are_matched_by_key_whatever_their_order(compared):
    one = {"ref": ["R001", "R002", "R003"], "colour": ["red", "blue", "green"]}
    other = {"ref": ["R003", "R001", "R002"], "colour": ["green", "red", "blue"]}
    assert of(compared(one, other), "colour").alpha.value == 1


def test_records_of_one_file_alone_are_counted_and_left_out(compared):
    one = {"ref": ["R001", "R002", "R003"], "colour": ["red", "blue", "red"]}
    other = {"ref": ["R002", "R003", "R004"], "colour": ["blue", "red", "red"]}
    third = {"ref": ["R003"], "colour": ["red"]}
    agreement = compared(one, other, third)
    assert (agreement.matched, agreement.everywhere) == (2, 1)
    assert [(c.records, c.compared, c.alone) for c in agreement.coders] == [
        *((3, 2, 1), (3, 2, 1), (1, 1, 0))
    ]


def test_a_key_that_is_there_twice_matches_nothing(compared):
    one = {"ref": ["R001", "R001", "R002"], "colour": ["red", "blue", "red"]}
    other = {"ref": ["R001", "R002", "R003"], "colour": ["red", "red", "red"]}
    agreement = compared(one, other)
    assert [coder.repeated for coder in agreement.coders] == [2, 1]
    assert agreement.matched == 1


def test_a_blank_or_faulty_key_matches_nothing(compared):
    one = {"ref": ["R001", "", "X", ""], "colour": repeated("red", times=4)}
    agreement = compared(one, {**one, "colour": repeated("blue", times=4)})
    assert [coder.keyless for coder in agreement.coders] == [3, 3]
    assert [record.key for record in agreement.records] == ["R001"]


@pytest.mark.parametrize(
    ("field", "level"),
    [
        ("colour", Level.NOMINAL),
        ("level", Level.ORDINAL),
        ("number", Level.INTERVAL),
        ("month", Level.INTERVAL),
        ("marks", Level.NOMINAL),
        ("sure", Level.NOMINAL),
    ],
)
def test_the_standard_says_at_which_level_a_field_is_judged(compared, field, level):
    cells = {field: ["", ""]}
    assert of(compared(cells, cells), field).level is level


def test_text_and_keys_are_not_compared(compared):
    cells = {"colour": ["red"], "name": ["x"], "remarks": ["y"]}
    reasons = dict(compared(cells, cells).skipped)
    assert reasons["name"] == "it is text, not coded"
    assert reasons["remarks"] == "it is free text, not coded"
    assert reasons["ref"] == "records are matched by it"
    assert reasons["level"] == "no file has the column"


def test_a_column_that_one_file_alone_has_is_not_compared(compared):
    agreement = compared({"colour": ["red"], "sure": ["true"]}, {"colour": ["red"]})
    assert dict(agreement.skipped)["sure"] == "only one file has the column"


def test_a_coder_whose_file_lacks_a_column_does_not_stop_the_others(compared):
    cells = {"colour": repeated("red", "blue")}
    field = of(compared(cells, cells, {"level": repeated("low", "top")}), "colour")
    assert (field.units, field.ratings, field.alpha.value) == (20, 40, 1)


def test_a_slip_of_one_step_weighs_less_than_one_of_three(compared):
    meant = repeated("low", "middle", "high", "top")
    near, far = ["middle", *meant[1:]], ["top", *meant[1:]]
    alphas = [
        of(compared({"level": meant}, {"level": slip}), "level").alpha.value for slip in (near, far)
    ]
    assert 1 > alphas[0] > alphas[1]


def test_months_and_numbers_differ_by_how_far_they_are_apart(compared):
    # the turn of the year is one month, as any other step is
    meant = {"month": repeated("2023-12", "2024-01", "2025-01"), "number": repeated("1", "2", "9")}
    near = {"month": ["2024-01", *meant["month"][1:]], "number": ["2", *meant["number"][1:]]}
    far = {"month": ["2025-01", *meant["month"][1:]], "number": ["9", *meant["number"][1:]]}
    for field in ("month", "number"):
        one = of(compared(meant, near), field).alpha.value
        other = of(compared(meant, far), field).alpha.value
        assert 1 > one > 0.99 > other


def test_missing_reasons_are_no_codes_unless_they_are_asked_for(compared):
    one = {"colour": repeated("red", "blue", "not_recorded")}
    other = {"colour": repeated("red", "blue", "not_visible")}
    left = of(compared(one, other), "colour")
    assert (left.units, left.reasons, left.alpha.value, left.categories) == (20, 20, 1, 3)
    taken = of(compared(one, other, missing=Missing.AS_CATEGORY), "colour")
    assert (taken.units, taken.reasons, taken.categories, taken.disagreed) == (30, 0, 5, 10)
    assert taken.confusion.worst == [("not_recorded", "not_visible", 10)]


def test_a_blank_is_never_a_code(compared):
    one = {"colour": repeated("red", "blue", "")}
    field = of(compared(one, one, missing=Missing.AS_CATEGORY), "colour")
    assert (field.units, field.blank) == (20, 20)


def test_reasons_have_no_place_in_an_order_so_the_field_becomes_nominal(compared):
    one = {"level": repeated("low", "top", "not_recorded")}
    field = of(compared(one, one, missing=Missing.AS_CATEGORY), "level")
    assert field.level is Level.NOMINAL
    assert "no place on the ordinal scale" in field.notes[0]


def test_an_invalid_code_is_no_code_and_is_counted(compared):
    one = {"colour": ["Red", *repeated("red", "blue")]}
    other = {"colour": ["red", *repeated("red", "blue")]}
    field = of(compared(one, other), "colour")
    assert (field.units, field.invalid, field.one_sided, field.alpha.value) == (20, 1, 1, 1)


def test_several_codes_in_a_cell_are_one_set_in_whatever_order(compared):
    one = {"marks": repeated("a;b", "b", "c")}
    other = {"marks": repeated("b;a", "b", "a;c")}
    field = of(compared(one, other), "marks")
    assert field.confusion.codes == ("a;b", "a;c", "b", "c")
    assert field.confusion.worst == [("a;c", "c", 10)]
    assert field.disagreed == 10


def test_the_confusion_of_three_coders_is_that_of_their_pairs(compared):
    cells = [{"colour": ["red", code]} for code in ("red", "blue", "red")]
    counts = of(compared(*cells), "colour").confusion.counts
    assert counts == {("red", "red"): 4, ("red", "blue"): 1, ("blue", "red"): 1}


@pytest.mark.parametrize(
    ("wrong", "verdict"),
    [(0, Verdict.RELIABLE), (6, Verdict.TENTATIVE), (12, Verdict.NOT_RELIABLE)],
)
def test_alpha_gives_the_verdict(compared, wrong, verdict):
    meant = repeated("red", "blue", times=20)
    slips = ["blue"] * (wrong // 2) + meant[wrong // 2 : 40 - wrong // 2] + ["red"] * (wrong // 2)
    assert of(compared({"colour": meant}, {"colour": slips}), "colour").verdict is verdict


def test_the_lower_bound_has_a_verdict_of_its_own(compared):
    meant = repeated("red", "blue", times=20)
    slips = ["blue", "blue", *meant[2:]]
    field = of(compared({"colour": meant}, {"colour": slips}), "colour")
    assert (field.verdict, field.at_worst) == (Verdict.RELIABLE, Verdict.TENTATIVE)


def test_where_every_record_has_the_same_code_nothing_is_judged(compared):
    cells = {"colour": repeated("red", times=30)}
    field = of(compared(cells, cells), "colour")
    assert field.verdict is Verdict.NOT_JUDGED
    assert field.alpha.reason == "not computable: every record has the same code"
    assert (field.estimates["percent_agreement"].value, field.estimates["gwet_ac1"].value) == (1, 1)


def test_a_coder_who_coded_nothing_leaves_nothing_to_judge(compared):
    agreement = compared({"colour": ["red", "blue"]}, {"colour": ["", "not_recorded"]})
    field = of(agreement, "colour")
    assert field.alpha.reason == "not computable: no record has codes from two coders"
    assert (field.units, field.one_sided) == (0, 2)
    assert (agreement.verdict, agreement.exit_code) == (Verdict.NOT_JUDGED, 2)


def test_few_records_give_a_value_no_interval_and_a_warning(compared):
    cells = {"colour": ["red", "blue", "green"]}
    field = of(compared(cells, cells), "colour")
    assert (field.alpha.value, field.alpha.low) == (1, None)
    assert field.notes == ("too few records (3) to rely on, and for intervals",)


def test_records_to_adjudicate_begin_with_the_most_differences(compared):
    one = {"colour": ["red", "red", "red"], "level": ["low", "low", "low"], "number": ["1"] * 3}
    other = {
        "colour": ["red", "blue", "red"],
        "level": ["low", "top", "top"],
        "number": list("112"),
    }
    agreement = compared(one, other)
    told = [
        (record.key, record.rows, [(d.field, d.codes) for d in record.differences])
        for record in agreement.records
    ]
    assert told == [
        ("R002", (3, 3), [("colour", ("red", "blue")), ("level", ("low", "top"))]),
        # what a number was is not shown
        ("R003", (4, 4), [("level", ("low", "top")), ("number", None)]),
    ]
    assert agreement.adjudicate == 2


def test_one_who_gave_no_code_differs_from_nobody(compared):
    agreement = compared({"colour": ["red", ""]}, {"colour": ["not_recorded", "red"]})
    assert agreement.adjudicate == 0


def test_the_total_is_exact_where_the_list_is_cut(compared):
    agreement = compared({"colour": repeated("red")}, {"colour": repeated("blue")}, max_rows=3)
    assert (agreement.adjudicate, len(agreement.records)) == (10, 3)


def test_another_field_may_be_the_key_and_is_shown_only_where_it_may_be(compared):
    one = {"name": ["x1", "x2"], "colour": ["red", "blue"]}
    other = {"name": ["x2", "x1"], "colour": ["red", "blue"]}
    agreement = compared(one, other, key=["name"])
    assert [(r.key, r.rows) for r in agreement.records] == [(None, (2, 3)), (None, (3, 2))]


def test_the_same_records_in_any_format_give_the_same(compared, tmp_path):
    cells = {"colour": repeated("red", "blue", "green")}
    path = tmp_path / "coder-2.json"
    refs = [f"R{row:03d}" for row in range(1, 31)]
    rows = [{"ref": r, "colour": c} for r, c in zip(refs, cells["colour"], strict=True)]
    path.write_text(json.dumps(rows), "utf-8")
    assert of(compared(cells, path), "colour").alpha.value == 1


def test_a_blank_row_is_no_record(compared, tmp_path):
    path = file(tmp_path, "blank", {"colour": ["red", "blue"]})
    path.write_text(path.read_text("utf-8") + ",\n", "utf-8")
    assert [c.records for c in compared({"colour": ["red", "blue"]}, path).coders] == [2, 2]


def refused(kind: type[AccordantError], *words: str):
    return pytest.raises(kind, match=".*".join(words))


def test_what_cannot_be_compared_is_refused_in_one_sentence(compared, tmp_path):
    cells = {"colour": ["red"]}
    with refused(UsageError, "two coders or more"):
        compared(cells)
    same = file(tmp_path, "same", cells)
    with refused(UsageError, "named twice"):
        compared(same, same)
    with refused(UnreadableInput, "share no ref", "--key"):
        compared(cells, {"ref": ["R009"], "colour": ["red"]})
    with refused(UnreadableInput, "no column name", "--key"):
        compared(cells, cells, key=["name"])
    with refused(UsageError, "no field 'size'"):
        compared(cells, cells, key=["size"])
    with refused(UsageError, "free text"):
        compared(cells, cells, key=["remarks"])


def test_the_table_is_the_one_that_all_have_or_must_be_named(tmp_path):
    path = standard(tmp_path)
    records = {name: ["x"] for name in ("colour", "level", "number", "month", "marks")}
    coders = [file(tmp_path, name, {**records, "colour": ["red"]}) for name in ("one", "two")]
    assert agree(path, coders).table == "records"
    with refused(UsageError, "no table 'series'", "records, others"):
        agree(path, coders, table="series")
    with refused(UsageError, "table others has no key", "--key FIELD"):
        agree(path, coders, table="others")
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        file(tmp_path / place, "records", {"colour": ["red"]})
        (tmp_path / place / "others.csv").write_text("size,place\nsmall,here\n", "utf-8")
    folders = [tmp_path / "one", tmp_path / "two"]
    with refused(UsageError, "records, others", "--table records"):
        agree(path, folders)
    assert agree(path, folders, table="records").matched == 1
