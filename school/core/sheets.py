"""Tables as an XLSX file to take away: numbers as numbers, and no text that a program would take for a formula."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import quote

from flask import Response
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULAS = ("=", "+", "-", "@")
SIGNED = re.compile(r"[+-]\d[\w\s.,%]*")
"""A change of a figure with its unit, «+1,9 п. п.»: nothing in it can be reckoned."""
FIRST_WIDTH, WIDTH, TALL_HEAD = 28, 14, 120
LONGEST_NAME = 31
"""Letters of a sheet's name that Excel takes."""
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = field(default=())
    """Lines below the table: what is counted, of how many, when."""
    has_tall_head: bool = False


def to_xlsx(title: str, sheets: Sequence[Sheet]) -> bytes:
    """The file; ``title`` stands above each table. An unknown cell is None and stays empty."""
    book = Workbook()
    for given in book.worksheets:
        book.remove(given)
    for one in sheets:
        sheet = book.create_sheet("".join(c for c in one.name if c not in "[]:*?/\\")[:LONGEST_NAME])
        sheet.append([plain(title)])
        sheet.cell(1, 1).font = Font(bold=True, size=14)
        sheet.append([plain(head) for head in one.heads])
        for number in range(1, len(one.heads) + 1):
            cell = sheet.cell(2, number)
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="bottom")
            sheet.column_dimensions[get_column_letter(number)].width = WIDTH if number > 1 else FIRST_WIDTH
        if one.has_tall_head:
            sheet.row_dimensions[2].height = TALL_HEAD
        for row in one.rows:
            sheet.append([plain(cell) if isinstance(cell, str) else cell for cell in row])
        for note in ("", *one.notes) if one.notes else ():
            sheet.append([plain(note)])
        sheet.freeze_panes = "B3"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def plain(text: str) -> str:
    """Text that no program takes for a formula."""
    return f"'{text}" if text.startswith(FORMULAS) and not SIGNED.fullmatch(text) else text


def attached(content: bytes, stem: str) -> Response:
    """The answer with an XLSX file of this name; nobody keeps it on the way."""
    response = Response(content, mimetype=XLSX)
    name = quote(f"{stem}.xlsx")
    response.headers["Content-Disposition"] = f"attachment; filename=\"table.xlsx\"; filename*=UTF-8''{name}"
    response.headers["Cache-Control"] = "no-store"
    return response
