"""Writing accepted marks: the marks, their steps, their events, the sums, and columns made on the way. One statement each."""

import uuid
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from school.core import clock
from school.core.access import Actor
from school.core.config import current_settings
from school.core.records import Happening, record_many, salted
from school.gradebook.actions.acts import act_for
from school.gradebook.actions.saving import add_to_totals, make_columns, write_marks, write_steps
from school.gradebook.actions.verdicts import fingerprint
from school.gradebook.entries import Answer, Entry, Status
from school.gradebook.journal import Cell, Journal
from school.gradebook.release import EMPTY, Sign, still_seen

EVENT = "mark.set"
"""The kind of the record's events: a mark set, changed, or (with an empty ``new``) removed."""

Plan = list[tuple[Entry, Cell]]


def write(actor: Actor, journal: Journal, plan: Plan) -> dict[uuid.UUID, Answer]:
    """Write what is planned; the answers of what was written. Absent from them: whoever lost a race by a moment."""
    if not plan:
        return {}
    plan = _with_columns(actor, journal, plan)
    plan.sort(key=lambda pair: (pair[1].column_id, pair[1].pupil_id))  # all savers lock rows in one order
    now = clock.now()
    released_at = now + timedelta(minutes=current_settings().quiet_minutes)
    rows = [_mark_row(actor, journal, entry, cell, now, released_at) for entry, cell in plan]
    written = write_marks(rows)
    done = [
        (entry, cell, row)
        for (entry, cell), row in zip(plan, rows, strict=True)
        if (cell.column_id, cell.pupil_id) in written
    ]
    if not done:
        return {}
    write_steps(_step_row(actor, journal, entry, cell, row, n) for n, (entry, cell, row) in enumerate(done))
    record_many(
        actor,
        EVENT,
        school_id=journal.school_id,
        happenings=[_happening(journal.school_id, entry, cell, row) for entry, cell, row in done],
    )
    differences = _differences(journal, [(entry, cell) for entry, cell, _row in done])
    if differences:
        add_to_totals(differences)
    return {
        entry.client_id: Answer(entry, Status.SAVED, entry.sign, row["version"], cell=cell) for entry, cell, row in done
    }


def _with_columns(actor: Actor, journal: Journal, plan: Plan) -> Plan:
    """Make the columns for answers of lessons that get their first mark, and give the cells their weights."""
    missing = {cell.column_id: cell for _entry, cell in plan if cell.weight is None}
    if not missing:
        return plan
    rows = []
    weights = {}
    for column_id, cell in missing.items():
        work = act_for(actor, journal, cell.term_starts_on).answers
        weights[column_id] = work.weight
        rows.append(
            {
                "school_id": journal.school_id,
                "id": column_id,
                "course_id": journal.id,
                "term_id": cell.term_id,
                "lesson_id": cell.lesson_id,
                "on_date": cell.on_date,
                "work_type_id": work.id,
                "title": "",
                "homework_id": None,
                "weight": work.weight,
                "position": 0,
            }
        )
    make_columns(rows)
    return [
        (entry, replace(cell, weight=weights[cell.column_id]) if cell.weight is None else cell) for entry, cell in plan
    ]


def _mark_row(
    actor: Actor, journal: Journal, entry: Entry, cell: Cell, now: datetime, released_at: datetime
) -> dict[str, Any]:
    standing = cell.mark
    seen = still_seen(standing.sign, standing.released, standing.released_at, now) if standing else EMPTY
    return {
        "school_id": journal.school_id,
        "id": standing.id if standing else entry.client_id,
        "column_id": cell.column_id,
        "pupil_id": cell.pupil_id,
        "place": 0,
        "course_id": journal.id,
        "subject_id": journal.course.subject_id,
        "term_id": cell.term_id,
        "on_date": cell.on_date,
        "weight": cell.weight,
        "value": entry.sign.value,
        "code": entry.sign.code,
        "comment": entry.sign.comment,
        "set_at": now,
        "set_by": actor.account_id,
        "released_at": released_at,
        "released_value": seen.value,
        "released_code": seen.code,
        "released_comment": seen.comment,
        "version": cell.version + 1,
    }


def _step_row(
    actor: Actor, journal: Journal, entry: Entry, cell: Cell, row: dict[str, Any], place: int
) -> dict[str, Any]:
    old = cell.sign
    return {
        "school_id": journal.school_id,
        "id": entry.client_id,
        "mark_id": row["id"],
        "course_id": journal.id,
        "account_id": actor.account_id,
        "at": row["set_at"] + timedelta(microseconds=place),
        "kind": entry.kind.value,
        "of_step": entry.of_step,
        "old_value": old.value,
        "old_code": old.code,
        "old_comment": old.comment,
        "new_value": entry.sign.value,
        "new_code": entry.sign.code,
        "new_comment": entry.sign.comment,
        "released_at": row["released_at"],
        "version": row["version"],
        "payload_hash": fingerprint(entry),
    }


def _happening(school_id: int, entry: Entry, cell: Cell, row: dict[str, Any]) -> Happening:
    payload: dict[str, Any] = {
        "step": entry.client_id,
        "how": entry.kind.value,
        "lesson": cell.lesson_id,
        "column": cell.column_id,
        "on": cell.on_date,
        "weight": row["weight"],
        "version": row["version"],
        "old": _recorded(cell.sign),
        "new": _recorded(entry.sign),
    }
    if entry.sign.comment:
        payload["words"] = salted(school_id, entry.sign.comment, pupil_id=cell.pupil_id)
    if entry.of_step is not None:
        payload["of"] = entry.of_step
    return Happening(row["id"], payload, cell.pupil_id)


def _recorded(sign: Sign) -> dict[str, Any]:
    """The mark itself; a teacher's words are personal text and enter the record only salted."""
    return {"value": sign.value, "code": sign.code}


def _differences(journal: Journal, plan: Plan) -> list[dict[str, Any]]:
    marks: Counter[tuple[uuid.UUID, uuid.UUID]] = Counter()
    weights: Counter[tuple[uuid.UUID, uuid.UUID]] = Counter()
    values: Counter[tuple[uuid.UUID, uuid.UUID]] = Counter()
    for entry, cell in plan:
        where, weight = (cell.pupil_id, cell.term_id), cell.weight or 0
        for sign, sense in ((cell.sign, -1), (entry.sign, 1)):
            if sign.value is not None:
                marks[where] += sense
                weights[where] += sense * weight
                values[where] += sense * weight * sign.value
    return [
        {
            "school_id": journal.school_id,
            "pupil_id": pupil_id,
            "subject_id": journal.course.subject_id,
            "term_id": term_id,
            "marks": marks[pupil_id, term_id],
            "weight_sum": weights[pupil_id, term_id],
            "value_sum": values[pupil_id, term_id],
        }
        for pupil_id, term_id in sorted(marks)
        if marks[pupil_id, term_id] or weights[pupil_id, term_id] or values[pupil_id, term_id]
    ]
