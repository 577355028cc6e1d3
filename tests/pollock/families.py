"""The families of broken files, and of sound ones that look broken.

What cannot be told in principle, and what is said instead:

- A file that is of another dialect throughout is a legal file, and is read where its separator is
  comma, semicolon, tab or pipe. With any other, or one of several characters, it is a legal file of
  one column, or of columns without headings: `unknown-table` says so, since none of its headings
  is a field (see the last tests of `test_pollock`).
- A blank heading is `unknown-column`, by the check of that name, which needs the standard.
- A cell in single quotes without a separator inside is a legal text with two apostrophes; checks of
  values speak if the field does not take it.
- Which of two is wrong where the header has another width than all records: the header says how
  many cells there are, so every record is a `ragged-row`.
- Another table, a footer or a second header below the records with exactly as many cells as the
  header: its rows are legal rows, and checks of values speak. The same for a line above the header
  with as many filled cells: a note says that it was not read.
- A record that is missing altogether, and one whose separators moved while their number stayed.
- Two faults that undo each other: an opening quote that is lost and another that closes in a later
  row can make one well-formed record of the right width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.pollock.files import (
    ENDS,
    HEADER,
    MARKS,
    ROWS,
    WIDTH,
    Fault,
    File,
    Sheet,
    cells_of,
    quoted,
    quoted_sheet,
    sheet,
    sheets,
)

EVERY = range(2, ROWS + 2)
"""The spreadsheet rows of the records."""
SOME = (2, 3, 7, ROWS, ROWS + 1)


def missing_delimiters() -> Iterator[File]:
    for base in sheets():
        for row in EVERY:
            cells = base.cells(row)
            at = row % (WIDTH - 1)
            joined = [*cells[:at], cells[at] + cells[at + 1], *cells[at + 2 :]]
            changed = base.with_line(row, base.mark.join(joined))
            yield changed.file(f"row {row} lacks one", ("ragged-row", row))
        for row in SOME:
            yield base.with_line(row, "".join(base.cells(row))).file(
                f"row {row} lacks all", ("ragged-row", row)
            )


def extra_delimiters() -> Iterator[File]:
    for base in sheets():
        for row in EVERY:
            cells = base.cells(row)
            cells.insert(row % (WIDTH + 1), "")
            changed = base.with_line(row, base.mark.join(cells))
            yield changed.file(f"row {row} has one more", ("ragged-row", row))
        for row in SOME:
            line = base.lines[row - 1] + base.mark * 300
            yield base.with_line(row, line).file(f"row {row} has many more", ("ragged-row", row))


def missing_quotes() -> Iterator[File]:
    for base in _quoted_sheets():
        for row in EVERY:
            line = base.lines[row - 1]
            at = row % (WIDTH - 1)
            cells = [quoted(cell) for cell in cells_of(row - 1)[: WIDTH - 1]]
            last = line[len(base.mark.join(cells)) + 1 :]
            opened = [*cells[:at], cells[at][1:], *cells[at + 1 :], last]
            yield base.with_line(row, base.mark.join(opened)).file(
                f"row {row} lacks an opening quote", ("stray-quote", row)
            )
            closed = [*cells[:at], cells[at][:-1], *cells[at + 1 :], last]
            yield base.with_line(row, base.mark.join(closed)).file(
                f"row {row} lacks a closing quote", ("stray-quote", row)
            )
            yield base.with_line(row, base.mark.join([*cells, last[1:]])).file(
                f"row {row} lacks a quote that held a separator",
                ("stray-quote", row),
                ("ragged-row", row),
            )


def extra_quotes() -> Iterator[File]:
    for base in (*sheets(), *_quoted_sheets()):
        for row in EVERY:
            line = base.lines[row - 1]
            # before the first character that is no quote, in the middle, after the last
            place = (line.index("F"), line.index("RA-"), line.index("male"))[row % 3]
            changed = line[:place] + '"' + line[place:]
            yield base.with_line(row, changed).file(f"row {row}", ("stray-quote", row))


def mixed_newlines() -> Iterator[File]:
    for mark in MARKS:
        for first, second in ((a, b) for a in ENDS for b in ENDS if a != b):
            for row in SOME:
                base = sheet(mark, "")
                ends = [second if n >= row - 1 else first for n in range(len(base.lines))]
                data = "".join(map("".join, zip(base.lines, ends, strict=True)))
                name = f"{mark!r} {first!r} and {second!r} from row {row}"
                yield File(name, data.encode(), note="line ends are mixed")
                broken = base.with_line(row, "lost")
                data = "".join(map("".join, zip(broken.lines, ends, strict=True)))
                yield File(f"{name}, ragged", data.encode(), (("ragged-row", row),))


def changed_dialects() -> Iterator[File]:
    for base in sheets():
        for row in SOME:
            other = MARKS[(MARKS.index(base.mark) + row) % 4]
            cells = base.cells(row)
            text = f"a{base.mark} b"
            if other != base.mark:
                yield base.with_line(row, other.join(cells)).file(
                    f"row {row} is separated by {other!r}", ("ragged-row", row)
                )
                rest = [line.replace(base.mark, other) for line in base.lines[row - 1 :]]
                yield replace(base, lines=(*base.lines[: row - 1], *rest)).file(
                    f"{other!r} from row {row} on", *(("ragged-row", r) for r in EVERY if r >= row)
                )
            for odd in ("'", "\u201c", "`"):
                line = base.mark.join([*cells[:-1], odd + text + odd])
                yield base.with_line(row, line).file(
                    f"row {row} is quoted by {odd}", ("ragged-row", row)
                )
            line = base.mark.join([*cells[:-1], r'"say \"so\""'])
            yield base.with_line(row, line).file(
                f"row {row} escapes quotes by a backslash", ("stray-quote", row)
            )
            line = base.mark.join([*cells[:-1], text.replace(base.mark, "\\" + base.mark)])
            yield base.with_line(row, line).file(
                f"row {row} escapes a separator by a backslash", ("ragged-row", row)
            )
            line = base.mark.join([*cells[:-1], ' "said" '])
            yield base.with_line(row, line).file(
                f"row {row} has spaces around quotes", ("stray-quote", row)
            )
    for mark in MARKS:  # throughout: each row with such an escape
        base = sheet(mark, "\n")
        lines = [mark.join([*base.cells(row)[:-1], r'"n \"so\""']) for row in EVERY]
        yield replace(base, lines=(base.lines[0], *lines)).file(
            "backslashes throughout", *(("stray-quote", row) for row in EVERY)
        )


def multibyte_delimiters() -> Iterator[File]:
    for base in sheets():
        for row in SOME:
            for wide in ("::", "\u00a6", "\uff0c", "~|~", ", ", base.mark * 2, "\u061b"):
                if base.mark in wide and wide.count(base.mark) == 1:
                    continue  # its separators are as many as they should be
                line = wide.join(base.cells(row))
                yield base.with_line(row, line).file(
                    f"row {row} is separated by {wide!r}", ("ragged-row", row)
                )


def preambles() -> Iterator[File]:
    for base in sheets():
        for deep in (1, 2, 3, 5, 12):
            titles = [f"Extract {n} of the register" for n in range(deep)]
            faults: list[Fault] = [("ragged-row", n) for n in range(1, deep + 1)]
            there = f"row {deep + 1};"
            yield base.with_lines_before(1, *titles).file(f"{deep} titles", *faults, note=there)
            padded = [title + base.mark * (WIDTH - 1) for title in titles]
            yield base.with_lines_before(1, *padded).file(f"{deep} padded", *faults, note=there)
            parted = base.with_lines_before(1, *titles, "")
            faults.append(("blank-row", deep + 1))
            there = f"row {deep + 2};"
            yield parted.file(f"{deep} titles and a blank row", *faults, note=there)
            broken = parted.with_line(deep + 5, "lost")
            yield broken.file(f"{deep} titles, ragged", *faults, ("ragged-row", deep + 5))


def footers() -> Iterator[File]:
    for base in sheets():
        last = ROWS + 2
        for text in ("Total", "End of file", f"12{base.mark}records", "* provisional"):
            footer = replace(base, lines=(*base.lines, text))
            yield footer.file(f"footer {text}", ("ragged-row", last), records=ROWS + 1)
            parted = replace(base, lines=(*base.lines, "", text))
            yield parted.file(
                f"footer {text} after a blank row",
                ("blank-row", last),
                ("ragged-row", last + 1),
                records=ROWS + 2,
            )
        blank = replace(base, lines=(*base.lines, "", ""))
        yield blank.file("blank rows at the end", ("blank-row", last))


def several_tables() -> Iterator[File]:
    for base in sheets():
        for width in (1, 2, WIDTH - 1, WIDTH + 1):
            second = [base.mark.join(f"r{r}c{c}" for c in range(width)) for r in range(4)]
            start = ROWS + 2
            faults = [("ragged-row", start + n) for n in range(4)]
            joined = replace(base, lines=(*base.lines, *second))
            yield joined.file(f"{width} columns below", *faults, records=ROWS + 4)
            parted = replace(base, lines=(*base.lines, "", *second))
            faults = [("blank-row", start), *(("ragged-row", start + 1 + n) for n in range(4))]
            yield parted.file(f"{width} columns below, apart", *faults, records=ROWS + 5)
            beside = base
            for row, line in zip((5, 6), second, strict=False):
                beside = beside.with_line(row, base.lines[row - 1] + base.mark + line)
            yield beside.file(f"{width} columns beside", ("ragged-row", 5), ("ragged-row", 6))


def headers() -> Iterator[File]:
    for base in sheets():
        for at in range(1, WIDTH):
            names = [*HEADER[:at], HEADER[0], *HEADER[at + 1 :]]
            again = base.with_line(1, base.mark.join(names))
            yield again.file(f"column {at + 1} is called like the first", ("duplicate-column", 1))
            names = [*HEADER[:at], "", *HEADER[at + 1 :]]
            yield base.with_line(1, base.mark.join(names)).file(f"column {at + 1} has no name")
            torn = base.with_line(1, base.mark.join(HEADER[:at]))
            if at > 1:
                yield torn.file(f"{at} headings", *(("ragged-row", row) for row in EVERY))
        stray = f'{HEADER[0]}{base.mark}"{base.mark.join(HEADER[1:])}'
        yield base.with_line(1, stray).file("an unclosed quote", ("stray-quote", 1))
        yield base.with_lines_before(1, "", "").file(
            "below blank rows", ("blank-row", 1), ("blank-row", 2)
        )


def blank_rows() -> Iterator[File]:
    for base in sheets():
        for row in SOME[:-1]:
            for blank in ("", "  ", base.mark * (WIDTH - 1), " " + base.mark, '""'):
                yield base.with_line(row, blank).file(f"row {row} {blank!r}", ("blank-row", row))
        yield (
            base.with_line(4, "")
            .with_line(5, "")
            .with_line(6, "lost")
            .file("several faults", ("blank-row", 4), ("blank-row", 5), ("ragged-row", 6))
        )


def damaged_bytes() -> Iterator[File]:
    for base in sheets():
        for row in SOME:
            for bad in (b"\0", b"\xc3", b"\xff\xfe"):
                lines = [line.encode() for line in base.lines]
                lines[row - 1] += bad
                data = base.end.encode().join(lines)
                name = f"{base.name}: row {row} ends in {bad!r}"
                yield File(name, data, (("encoding-fault", row),))


def quoted_newlines() -> Iterator[File]:
    """A record that spans lines is one row: the rows after it count from there."""
    for mark in MARKS:
        for end in ENDS[:2]:
            base = sheet(mark, end)
            for row in SOME:
                long = quoted(f"one{end}two{mark} three{end}{end}four")
                spanning = base.with_line(row, mark.join([*base.cells(row)[:-1], long]))
                yield spanning.file(f"row {row} spans lines")
                for later in range(row + 1, ROWS + 2, 3):
                    yield spanning.with_line(later, "lost").file(
                        f"row {row} spans lines, row {later} is ragged", ("ragged-row", later)
                    )
                    line = base.lines[later - 1].replace("female", 'fe"male')
                    yield spanning.with_line(later, line).file(
                        f"row {row} spans lines, row {later} has a quote", ("stray-quote", later)
                    )


def clean() -> Iterator[File]:
    for base in (*sheets(), *_quoted_sheets()):
        yield base.file("as it is")
        text = base.end.join(base.lines)
        yield File(f"{base.name}: no last line end", text.encode())
        for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
            yield File(f"{base.name}: {encoding}", text.encode(encoding))
    for base in sheets():
        for at in range(WIDTH):
            rows = [base.cells(row) for row in EVERY]
            for name, put in _LEGAL:
                lines = [base.mark.join([*c[:at], put(c[at]), *c[at + 1 :]]) for c in rows]
                yield replace(base, lines=(base.lines[0], *lines)).file(f"{name} in {at}")
    for mark in MARKS:
        hint = Sheet(mark, "\r\n", (f"sep={mark}", *sheet(mark, "").lines), f"{mark!r} hint")
        yield hint.file("the hint of a spreadsheet program")


_LEGAL: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("apostrophes", lambda text: f"'{text}'"),
    ("a backslash", lambda text: f"\\{text}\\"),
    ("curly quotes", lambda text: f"\u201c{text}\u201d"),
    ("spaces", lambda text: f"  {text} "),
    ("a quoted cell", quoted),
    ("doubled quotes", lambda text: quoted(f'"{text}"')),
    ("all separators", lambda text: quoted(text + ",;\t|")),
    ("a blank cell", lambda text: text if text[:1] in "FP" else ""),
)


def _quoted_sheets() -> Iterator[Sheet]:
    for mark in MARKS:
        for end in ENDS:
            yield quoted_sheet(mark, end)


BROKEN = (
    missing_delimiters,
    extra_delimiters,
    missing_quotes,
    extra_quotes,
    mixed_newlines,
    changed_dialects,
    multibyte_delimiters,
    preambles,
    footers,
    several_tables,
    headers,
    blank_rows,
    damaged_bytes,
    quoted_newlines,
)
SOUND = (clean,)
