"""One CSV file: its encoding, its separator and its rows with the line where each begins."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from school.roster.formats.records import BadRow, Note, Place
from school.roster.said import Said, say

SEPARATORS = ",;\t|"
LONGEST_CELL = 20_000
MOST_ROWS = 2_000_000

csv.field_size_limit(1_000_000)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by column name, stripped of spaces; a missing cell is an empty string."""

    place: Place
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell, empty where the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A file as read: its header as written, its rows by position, and what went wrong on the way."""

    file: str
    header: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    bad_rows: tuple[BadRow, ...] = ()
    notes: tuple[Note, ...] = ()

    def rows(self, names: Mapping[str, str]) -> Iterator[Row]:
        """Each row under the names that ``names`` gives to the headers as written; the rest is dropped."""
        columns = [names.get(head, "") for head in self.header]
        for line, cells in self.lines:
            pairs = zip(columns, cells, strict=False)
            yield Row(Place(self.file, line), {column: cell for column, cell in pairs if column})


def read_table(file: str, content: bytes) -> Table:
    """Read a CSV file in whatever encoding and with whatever separator it was saved."""
    text, notes = _decode(file, content)
    separator, text, first_line = _separator(text)
    header: tuple[str, ...] = ()
    lines: list[tuple[int, tuple[str, ...]]] = []
    bad: list[BadRow] = []
    for line, cells in _records(text, separator, first_line):
        if isinstance(cells, Said):
            bad.append(BadRow(Place(file, line), cells))
        elif not header:
            header = tuple(cell.strip("\ufeff \t\u00a0") for cell in cells)
        elif reason := _wrong_shape(cells, len(header)):
            bad.append(BadRow(Place(file, line), reason))
        elif len(lines) >= MOST_ROWS:
            bad.append(BadRow(Place(file, line), say("The file has too many rows; the rest was not read.")))
            break
        else:
            lines.append((line, tuple(cells)))
    if not header and not bad:
        bad.append(BadRow(Place(file, 0), say("The file is empty.")))
    return Table(file, header, tuple(lines), tuple(bad), tuple(notes))


def _records(text: str, separator: str, first_line: int) -> Iterator[tuple[int, list[str] | Said]]:
    """Each record that is not blank with its first line, or the reason why it can't be read."""
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=separator, skipinitialspace=separator != "\t", strict=True)
    while True:
        line = reader.line_num + first_line
        try:
            cells = [cell.strip(" \t\u00a0\r\n") for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            yield line, _what_csv_means(str(error))
            continue
        if any(cells):
            yield line, cells


def _what_csv_means(error: str) -> Said:
    if "end of data" in error:
        return say("A quotation mark opens on this line and is never closed.")
    if "expected after" in error:
        return say("There is a quotation mark in the middle of a cell.")
    return say("The row can't be read as CSV (%(why)s).", why=error)


def _wrong_shape(cells: list[str], width: int) -> Said | None:
    if any(cells[width:]):
        return say("The row has %(cells)s cells, the header has %(header)s.", cells=len(cells), header=width)
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return say("A cell is longer than %(limit)s characters.", limit=LONGEST_CELL)
    if any("\ufffd" in cell or "\0" in cell for cell in cells):
        return say("Some letters can't be read: the file mixes several encodings.")
    return None


def _decode(file: str, content: bytes) -> tuple[str, list[Note]]:
    """UTF-8 with or without a mark, UTF-16 with a mark, else Windows-1251, which Excel in Russia writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    lenient = content.decode("utf-8-sig", "replace")
    broken = lenient.count("\ufffd")
    whole = sum(character > "\x7f" for character in lenient) - broken
    if whole > broken:
        return lenient, []
    note = Note(Place(file, 0), say("The file is not in UTF-8; it was read as Windows-1251."))
    return content.decode("cp1251", "replace"), [note]


def _separator(text: str) -> tuple[str, str, int]:
    """The separator, the text after Excel's own ``sep=;`` line, and the number of the first line left."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        return first.strip()[-1], rest, 2
    head = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(head.split('"')[::2])
    return max(SEPARATORS, key=outside.count), text, 1
