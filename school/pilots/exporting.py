"""Rows for analysis: pseudonyms, codes of classes, no names. A class with fewer than five of an arm goes without its code. Pure but for XLSX."""

import csv
import hmac
import io
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Font

from school.pilots.models import PilotPlace, Sitting
from school.pilots.queries.outcomes import Score, Scores

SMALL: Final = 5
Cell = str | int | float | None
HEAD: Final = (
    "pid", "class", "arm", "block", "left",
    *(f"{kind.value}_{what}" for kind in Sitting for what in ("share", "topics", "minutes")),
)  # fmt: skip
CODEBOOK: Final[tuple[tuple[str, str], ...]] = (
    ("pid", "pseudonym of the pupil; the same in all files of this pilot, another in every other one"),
    ("class", "code of the class, constant in this file; empty where an arm has fewer than five pupils of the class"),
    ("arm", "as drawn, whatever the pupil did (intention to treat): same, fit, half, track"),
    ("block", "number of the block inside the class: pupils of a block had like results before the draw"),
    ("left", "1: left the pilot; results are not given then"),
    ("*_share", "points of the common test by the highest possible, 0 to 1; empty: not sat"),
    ("*_topics", "topics of the test all of whose questions (two at least) were answered right"),
    ("*_minutes", "minutes from the beginning of the test to handing it in"),
    ("pre, post, delayed", "before the draw; in the week after practice; four weeks after practice"),
    (
        "answers: test, question, correct",
        "one row a question: code of the question in the order of the pool, 1 right, 0 not",
    ),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def pseudonym(secret: str, pupil_id: uuid.UUID) -> str:
    """Ten signs that nobody without the secret can lead back."""
    return "P" + hmac.new(secret.encode(), pupil_id.bytes, "sha256").hexdigest()[:9].upper()


def pupils_sheet(secret: str, places: Sequence[PilotPlace], scores: Scores) -> Sheet:
    """A row a pupil who was drawn, in the order of pseudonyms, which is no order of the class."""
    drawn = [one for one in places if one.arm is not None]
    codes = _codes(secret, drawn)
    rows = []
    for one in drawn:
        cells: list[Cell] = [
            pseudonym(secret, one.pupil_id),
            codes[one.course_id],
            one.arm,
            one.block if codes[one.course_id] else None,
        ]
        cells.append(int(one.left_at is not None))
        for kind in Sitting:
            score = scores.get((one.pupil_id, kind.value)) if one.left_at is None else None
            cells += _cells(score)
        rows.append(tuple(cells))
    return Sheet(HEAD, tuple(sorted(rows, key=lambda row: str(row[0]))))


def answers_sheet(secret: str, places: Sequence[PilotPlace], scores: Scores) -> Sheet:
    """A row a question of everybody who stayed."""
    there = {one.pupil_id for one in places if one.arm is not None and one.left_at is None}
    items = sorted({(kind, item) for (_p, kind), score in scores.items() for item, _right in score.answers})
    code = {(kind, item): f"{kind}-{n:03}" for n, (kind, item) in enumerate(items, start=1)}
    rows = [
        (pseudonym(secret, pupil_id), kind, code[kind, item], int(right))
        for (pupil_id, kind), score in scores.items()
        if pupil_id in there
        for item, right in score.answers
    ]
    return Sheet(("pid", "test", "question", "correct"), tuple(sorted(rows)))


def key_sheet(secret: str, names: Mapping[uuid.UUID, str]) -> Sheet:
    """Which pseudonym is whose; kept apart from all other files."""
    return Sheet(("pid", "name"), tuple(sorted((pseudonym(secret, one), plain(name)) for one, name in names.items())))


def as_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a mark at the beginning, so that office programs read Cyrillic."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(sheet.head)
    writer.writerows(sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(sheets: Mapping[str, Sheet]) -> bytes:
    """A sheet each, and the codebook."""
    book = Workbook()
    for given in book.worksheets:
        book.remove(given)
    for name, one in {**sheets, "codebook": Sheet(("field", "meaning"), CODEBOOK)}.items():
        sheet = book.create_sheet(name)
        sheet.append(list(one.head))
        for row in one.rows:
            sheet.append(list(row))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def plain(text: str) -> str:
    """Text that no program takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _codes(secret: str, drawn: Sequence[PilotPlace]) -> dict[uuid.UUID, str]:
    """By class, empty for those with a small arm: a class, an arm and a score would name a child."""
    counts = Counter((one.course_id, one.arm) for one in drawn)
    arms = {one.arm for one in drawn}
    courses = sorted({one.course_id for one in drawn}, key=lambda one: pseudonym(secret, one))
    large = [one for one in courses if all(counts[one, arm] >= SMALL for arm in arms)]
    return {one: f"C{large.index(one) + 1}" if one in large else "" for one in courses}


def _cells(score: Score | None) -> list[Cell]:
    if score is None:
        return [None, None, None]
    return [round(score.share, 4), score.topics, round(score.minutes, 1)]
