"""The map of topics as an XLSX file: numbers as numbers, standings in words on a second sheet."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from school.core.languages import gettext as _
from school.progress import words
from school.progress.queries.topic_map import TopicMap

NAME_WIDTH, TOPIC_WIDTH, HEAD_HEIGHT = 28, 12, 120
FORMULAS = ("=", "+", "-", "@")


def topics_as_xlsx(title: str, found: TopicMap) -> bytes:
    """A row a pupil, a column a topic; what nothing is known of stays empty."""
    book = Workbook()
    for given in book.worksheets:
        book.remove(given)
    chances, standings = book.create_sheet(str(_("Chances, %%"))), book.create_sheet(str(_("In words")))
    for sheet in (chances, standings):
        _head(sheet, title, found)
    for pupil in found.pupils:
        seen = [found.grid.cells.get((pupil.id, one.id)) for one in found.grid.topics]
        name = plain(pupil.short_name)
        chances.append(
            [name, *(words.per_cent(one.estimate.chance) if one and one.estimate.n else None for one in seen)]
        )
        standings.append([name, *(words.standing_said(one.standing) if one else None for one in seen)])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def plain(text: str) -> str:
    """Text that no program takes for a formula."""
    return f"'{text}" if text.startswith(FORMULAS) else text


def _head(sheet: Worksheet, title: str, found: TopicMap) -> None:
    sheet.append([plain(title)])
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    sheet.append([str(_("Pupil")), *(plain(one.title) for one in found.grid.topics)])
    sheet.row_dimensions[2].height = HEAD_HEIGHT
    sheet.column_dimensions["A"].width = NAME_WIDTH
    for number in range(1, len(found.grid.topics) + 2):
        cell = sheet.cell(2, number)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="bottom")
        if number > 1:
            sheet.column_dimensions[get_column_letter(number)].width = TOPIC_WIDTH
    sheet.freeze_panes = "B3"
