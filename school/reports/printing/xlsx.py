"""A paper as an XLSX file: a sheet for each leaf, numbers as numbers."""

import re
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from school.reports.printing.document import (
    Facts,
    Leaf,
    Mean,
    Opening,
    Paper,
    Percent,
    Sign,
    Signatures,
    Table,
    Value,
    Words,
)

LONGEST_NAME = 31
"""Letters of a sheet's name that Excel takes."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_THIN = Side(style="thin", color="BFBFBF")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="E8EEF0")
_BOLD = Font(bold=True)


def to_xlsx(paper: Paper) -> bytes:
    """The file."""
    book = Workbook()
    for given in book.worksheets:
        book.remove(given)
    for number, leaf in enumerate(paper.leaves, 1):
        sheet = book.create_sheet(_sheet_name(leaf.title, number, len(paper.leaves)))
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if paper.is_wide else "portrait"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        _fill(sheet, paper, leaf)
    book.properties.title, book.properties.creator = paper.title, paper.school
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, paper: Paper, leaf: Leaf) -> None:
    for text, font in ((paper.school, None), (leaf.title, Font(bold=True, size=14)), (leaf.subtitle, None)):
        sheet.append([_plain(text)])
        if font is not None:
            sheet.cell(sheet.max_row, 1).font = font
    for block in leaf.blocks:
        sheet.append([])
        match block:
            case Table():
                _table(sheet, block)
            case Words(text=text):
                sheet.append([_plain(text)])
            case Facts(pairs=pairs):
                for name, value in pairs:
                    sheet.append([_plain(name), None])
                    _put(sheet.cell(sheet.max_row, 2), value)
            case Signatures(lines=lines):
                for who, name in lines:
                    sheet.append([_plain(f"{who} ____________________ {name}")])


def _table(sheet: Worksheet, table: Table) -> None:
    if table.caption:
        sheet.append([_plain(table.caption)])
        sheet.cell(sheet.max_row, 1).font = _BOLD
    head = sheet.max_row + 1
    for number, column in enumerate(table.columns, 1):
        cell = sheet.cell(head, number)
        cell.value = _plain(column.title)
        cell.font, cell.fill, cell.border = _BOLD, _HEAD, _GRID
        turn = 90 if column.upright else 0
        cell.alignment = Alignment(wrap_text=not turn, vertical="center", horizontal="center", text_rotation=turn)
        letter, width = get_column_letter(number), column.width + 2
        known = sheet.column_dimensions.get(letter)
        sheet.column_dimensions[letter].width = max(known.width, width) if known is not None else width
    if any(column.upright for column in table.columns):
        sheet.row_dimensions[head].height = 120
    for line, row in enumerate(table.rows, head + 1):
        for number, (column, value) in enumerate(zip(table.columns, row.cells, strict=True), 1):
            cell = sheet.cell(line, number)
            _put(cell, value)
            cell.border = _GRID
            cell.alignment = Alignment(horizontal={"start": "left", "end": "right"}.get(column.align, "center"))
            if row.is_total:
                cell.font = _BOLD
    if sheet.freeze_panes is None and table.rows:
        sheet.freeze_panes = f"B{head + 1}"


def _put(cell: Cell | MergedCell, value: Value) -> None:
    match value:
        case Opening(value=inner):
            _put(cell, inner)
        case None:
            return
        case Percent(share):
            cell.value, cell.number_format = float(share), "0.0%"
        case Mean(number):
            cell.value, cell.number_format = float(number), "0.00"
        case Sign(value=mark, is_sure=True):
            cell.value = mark
        case Sign(value=mark):
            cell.value = mark
            cell.font = Font(italic=True, color="808080")
        case int():
            cell.value = value
        case _:
            cell.value = _plain(value)


def _plain(text: str) -> str:
    """Text that no program takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "@") else text


def _sheet_name(title: str, number: int, count: int) -> str:
    name = _FORBIDDEN.sub(" ", title)
    lead = f"{number} " if count > 1 else ""
    return (lead + name)[:LONGEST_NAME].strip("' ") or "1"
