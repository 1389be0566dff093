"""Rows for analysis: pseudonyms, codes of strata, no names; with the protocol, the flow and a codebook. Pure but for XLSX."""

import csv
import hmac
import io
import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Font

from school.pilots.analysis import Reading
from school.pilots.models import PilotPlace, Sitting
from school.pilots.queries.outcomes import Score, Scores
from school.pilots.queries.work import NO_WORK, Work
from school.pilots.strata import strata_of

Cell = str | int | float | None
HEAD: Final = (
    "pid", "class", "arm", "block", "left",
    *(f"{kind.value}_{what}" for kind in Sitting for what in ("state", "share", "topics", "minutes")),
    "lowest", "tasks_given", "tasks_done", "practice_minutes", "own_answers", "protocol",
)  # fmt: skip


class State(StrEnum):
    """Why a test has a result or has none."""

    SAT = "sat"
    ABSENT = "absent"
    BEGUN = "begun"
    LATE = "late"
    LEFT = "left"
    LATER = "later"
    OFF = "off"


CODEBOOK: Final[tuple[tuple[str, str], ...]] = (
    ("pid", "pseudonym of the pupil; the same in all files of this pilot, another in every other one"),
    ("class", "code of the stratum inside which arms are compared: a class, or several classes together where an arm has fewer than five pupils of one; the same strata as on the page of results"),
    ("arm", "as drawn, whatever the pupil did (intention to treat): same, fit, half, track"),
    ("block", "number of the block inside the class: pupils of a block had like results before the draw; empty where classes stand together"),
    ("left", "1: the pupil or the family left the pilot after the draw: no results and no work are given; 0: stayed"),
    ("*_state", "why there is a result or none, one word of the following seven; *_share, *_topics and *_minutes are filled only for sat"),
    ("*_state = sat", "the test was handed in, by the pupil or by the program when its time was over"),
    ("*_state = absent", "the test was open to the pupil from its first day to its last, and the pupil never began it"),
    ("*_state = begun", "the pupil began the test and it was never handed in"),
    ("*_state = late", "only pre: handed in after the draw; it played no part in the draw and plays none in the analysis"),
    ("*_state = left", "the pupil left the pilot (left = 1): whether the test was sat is not given"),
    ("*_state = later", "the last day of this test was not over when the file was made: nothing of it is given yet"),
    ("*_state = off", "the pilot was stopped before the last day of this test, and the pupil had not handed it in"),
    ("*_share", "points by the highest possible, 0 to 1; pre_share is the value by which the pupil was drawn"),
    ("*_topics", "topics of the test all of whose questions (two at least) were answered right"),
    ("*_minutes", "minutes from the beginning of the test to handing it in"),
    ("lowest", "1: of the lowest third of the own class by pre_share; empty without a pre_share"),
    ("tasks_given", "questions in the pupil's own sets of the pilot"),
    ("tasks_done", "of them judged in works that were handed in"),
    ("practice_minutes", "minutes of these works, an hour at most each"),
    ("own_answers", "answers of practice of their own will in the subject since the first day of practice"),
    ("protocol", "first sixteen signs of the fingerprint (SHA-256) of the protocol as registered; whole on the sheet protocol"),
    ("pre, post, delayed", "before the draw; in the week after practice; four weeks after practice"),
    ("answers: pid, test, question, correct", "one row a question: code of the question, constant over all files made from the same results; 1 right, 0 not"),
    ("flow: step, arm, pupils", "who was asked, agreed, was drawn, left, and had a result; agreed are those of today"),
    ("results", "what the page says: differences from the first arm in percentage points (shares, lowest) or topics, 95 % intervals, d in standard deviations inside arms"),
    ("how results come from pupils", "rows with *_state = sat; least squares of 100·*_share (or *_topics) on a column for each arm but the first, 100·pre_share (50 where there is none), a column for no pre_share, and a column for each class"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that a file is made of. ``scores`` has only tests whose last day is over."""

    secret: str
    places: Sequence[PilotPlace]
    scores: Scores
    told: Collection[Sitting] = tuple(Sitting)
    off: Collection[Sitting] = ()
    """Tests that a stop has cut off."""
    begun: Collection[tuple[uuid.UUID, str]] = ()
    """Pupil and test, of attempts that were never handed in."""
    work: Mapping[uuid.UUID, Work] = field(default_factory=dict)
    lowest: Collection[uuid.UUID] = ()
    digest: str = ""


def pseudonym(secret: str, pupil_id: uuid.UUID) -> str:
    """Ten signs that nobody without the secret can lead back."""
    return "P" + hmac.new(secret.encode(), pupil_id.bytes, "sha256").hexdigest()[:9].upper()


def state_of(known: Known, place: PilotPlace, kind: Sitting) -> State:
    """Why one pupil has a result of a test or has none."""
    key = (place.pupil_id, kind.value)
    if place.left_at is not None:
        return State.LEFT
    if kind not in known.told:
        return State.LATER
    if kind is Sitting.PRE and place.before is None and key in known.scores:
        return State.LATE
    if key in known.scores:
        return State.SAT
    if kind in known.off:
        return State.OFF
    return State.BEGUN if key in known.begun else State.ABSENT


def pupils_sheet(known: Known) -> Sheet:
    """A row a pupil who was drawn, in the order of pseudonyms, which is no order of the class."""
    drawn = [one for one in known.places if one.arm is not None]
    codes, joined = _codes(known.secret, drawn)
    rows = []
    for one in drawn:
        stays = one.left_at is None
        block = None if one.course_id in joined else one.block
        cells: list[Cell] = [
            pseudonym(known.secret, one.pupil_id),
            codes[one.course_id],
            one.arm,
            block,
            int(not stays),
        ]
        for kind in Sitting:
            state = state_of(known, one, kind)
            cells += [state.value, *_cells(known.scores.get((one.pupil_id, kind.value)), one, kind, state)]
        cells.append(int(one.pupil_id in known.lowest) if stays and one.before is not None else None)
        work = known.work.get(one.pupil_id, NO_WORK)
        cells += [work.given, work.done, round(work.minutes, 1), work.own] if stays else [None] * 4
        rows.append((*cells, known.digest[:16]))
    return Sheet(HEAD, tuple(sorted(rows, key=lambda row: str(row[0]))))


def answers_sheet(known: Known) -> Sheet:
    """A row a question of everybody who stayed."""
    there = {one.pupil_id for one in known.places if one.arm is not None and one.left_at is None}
    items = sorted({(kind, item) for (_p, kind), score in known.scores.items() for item, _right in score.answers})
    code = {(kind, item): f"{kind}-{n:03}" for n, (kind, item) in enumerate(items, start=1)}
    rows = [
        (pseudonym(known.secret, pupil_id), kind, code[kind, item], int(right))
        for (pupil_id, kind), score in known.scores.items()
        if pupil_id in there
        for item, right in score.answers
    ]
    return Sheet(("pid", "test", "question", "correct"), tuple(sorted(rows)))


def flow_sheet(known: Known, asked: Mapping[str, int], arms: Sequence[str]) -> Sheet:
    """From everybody who was asked to everybody with a result. ``asked``: counts of all classes together."""
    rows: list[tuple[Cell, ...]] = [(step, None, n) for step, n in asked.items()]
    drawn = [one for one in known.places if one.arm is not None]
    for arm in arms:
        mine = [one for one in drawn if one.arm == arm]
        rows += [("drawn", arm, len(mine)), ("left after the draw", arm, sum(one.left_at is not None for one in mine))]
        for kind in Sitting:
            states = Counter(state_of(known, one, kind) for one in mine)
            rows += [(f"{kind.value}: {state.value}", arm, states[state]) for state in State if states[state]]
    return Sheet(("step", "arm", "pupils"), tuple(rows))


def results_sheet(readings: Mapping[tuple[str, str], Reading]) -> Sheet:
    """What the page says, by test and outcome."""
    rows: list[tuple[Cell, ...]] = []
    for (test, what), reading in readings.items():
        by_arm = {one.arm: one for one in reading.differences}
        for arm in reading.arms:
            one = by_arm.get(arm.arm)
            told = (one.value, one.low, one.high, one.d) if one is not None else (None,) * 4
            rows.append((test, what, arm.arm, arm.drawn, arm.n, *(_rounded(v) for v in (arm.mean, *told))))
    return Sheet(("test", "outcome", "arm", "drawn", "n", "mean", "difference", "low", "high", "d"), tuple(rows))


def key_sheet(secret: str, names: Mapping[uuid.UUID, str]) -> Sheet:
    """Which pseudonym is whose; kept apart from all other files."""
    return Sheet(("pid", "name"), tuple(sorted((pseudonym(secret, one), plain(name)) for one, name in names.items())))


def words_sheet(sheets: Mapping[str, Sheet]) -> Sheet:
    """What stands beside the rows of an XLSX, as one table of words and the codebook for those who take CSV."""
    rows = [(name, str(row[0]), *map(_text, row[1:])) for name, sheet in sheets.items() for row in sheet.rows]
    rows += [("codebook", *row) for row in CODEBOOK]
    width = max(len(row) for row in rows)
    padded = tuple((*row, *[None] * (width - len(row))) for row in rows)
    return Sheet(("part", "field", *(f"value{n}" for n in range(1, width - 1))), padded)


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


def _codes(secret: str, drawn: Sequence[PilotPlace]) -> tuple[dict[uuid.UUID, str], set[uuid.UUID]]:
    """By class its stratum's code, in an order that tells nothing; and the classes that stand together."""
    strata = strata_of(drawn)
    order = sorted(set(strata.values()), key=lambda one: pseudonym(secret, one))
    sizes = Counter(strata.values())
    codes = {course: f"C{order.index(first) + 1}" for course, first in strata.items()}
    return codes, {course for course, first in strata.items() if sizes[first] > 1}


def _cells(score: Score | None, place: PilotPlace, kind: Sitting, state: State) -> list[Cell]:
    if score is None or state is not State.SAT:
        return [None, None, None]
    share = place.before if kind is Sitting.PRE and place.before is not None else score.share
    return [round(share, 6), score.topics, round(score.minutes, 1)]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _text(value: Cell) -> str | int | float | None:
    return plain(value) if isinstance(value, str) else value
