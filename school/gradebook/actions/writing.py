"""Writing accepted marks: the marks, their steps, their events, the sums, and columns made on the way. One statement each."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from school.core import clock
from school.core.access import Actor
from school.core.config import current_settings
from school.core.records import Happening, record_many, salted
from school.gradebook.actions.acts import act_for
from school.gradebook.actions.reminding import remind_of_dot
from school.gradebook.actions.saving import add_to_totals, make_columns, replace_marks, write_marks, write_steps
from school.gradebook.actions.verdicts import fingerprint, rules_for
from school.gradebook.entries import Answer, Entry, Status
from school.gradebook.journal import Cell, Journal
from school.gradebook.release import EMPTY, Sign, seen_since, still_seen
from school.gradebook.scale import counted

EVENT = "mark.set"
"""The kind of the record's events: a mark set, changed, or (with an empty ``new``) removed."""

Plan = list[tuple[Entry, Cell]]


def write(actor: Actor, journal: Journal, plan: Plan) -> dict[uuid.UUID, Answer]:
    """Write what is planned; the answers of what was written. Absent from them: whoever lost a race by a moment."""
    if not plan:
        return {}
    plan = with_columns(actor, journal, plan)
    plan.sort(
        key=lambda pair: (pair[1].column_id, pair[1].pupil_id, pair[0].place)
    )  # all savers lock rows in one order
    now = clock.now()
    released_at = now + timedelta(minutes=current_settings().quiet_minutes)
    rows = [_mark_row(actor, journal, entry, cell, now, released_at) for entry, cell in plan]
    written = write_marks(rows)
    done = [
        (entry, cell, row)
        for (entry, cell), row in zip(plan, rows, strict=True)
        if (cell.column_id, cell.pupil_id, entry.place) in written
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
    for entry, _cell, row in done:
        if entry.sign.is_dot and entry.sign.due_on is not None:
            remind_of_dot(journal, row)
    settled = _settled(journal, done)
    differences = _differences(journal, settled)
    if differences:
        add_to_totals(differences)
    return {
        entry.client_id: Answer(entry, Status.SAVED, entry.sign, row["version"], cell=cell) for entry, cell, row in done
    }


def with_columns(actor: Actor, journal: Journal, plan: Plan) -> Plan:
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
    seen, since = EMPTY, None
    if standing:
        seen = still_seen(standing.sign, standing.released, standing.released_at, now)
        since = seen_since(standing.sign, standing.released, standing.released_at, standing.released_since, now)
    return {
        "school_id": journal.school_id,
        "id": standing.id if standing else entry.client_id,
        "column_id": cell.column_id,
        "pupil_id": cell.pupil_id,
        "place": entry.place,
        "course_id": journal.id,
        "subject_id": journal.course.subject_id,
        "term_id": cell.term_id,
        "on_date": cell.on_date,
        "weight": cell.weight,
        "value": entry.sign.value,
        "code": entry.sign.code,
        "comment": entry.sign.comment,
        "origin": entry.sign.origin,
        "due_on": entry.sign.due_on,
        "replaced_at": None,
        "set_at": now,
        "set_by": actor.account_id,
        "released_at": released_at,
        "released_value": seen.value,
        "released_code": seen.code,
        "released_comment": seen.comment,
        "released_origin": seen.origin,
        "released_due_on": seen.due_on,
        "released_since": since,
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
        "old_origin": old.origin,
        "old_due_on": old.due_on,
        "new_value": entry.sign.value,
        "new_code": entry.sign.code,
        "new_comment": entry.sign.comment,
        "new_origin": entry.sign.origin,
        "new_due_on": entry.sign.due_on,
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
    if entry.asked_by is not None:
        payload["asked_by"] = entry.asked_by
    if entry.place:
        payload["place"] = entry.place
        payload["beside"] = cell.standing[0].id
    return Happening(row["id"], payload, cell.pupil_id)


def _recorded(sign: Sign) -> dict[str, Any]:
    """The mark itself; a teacher's words are personal text and enter the record only salted."""
    told: dict[str, Any] = {"value": sign.value, "code": sign.code}
    if sign.origin is not None:
        told["origin"] = sign.origin
    if sign.due_on is not None:
        told["due"] = sign.due_on
    return told


@dataclass(slots=True)
class _Settled:
    """A cell before and after: pairs of value and weight that the mean counts."""

    pupil_id: uuid.UUID
    term_id: uuid.UUID
    before: list[tuple[int, int]]
    after: list[tuple[int, int]]


def _settled(journal: Journal, done: list[tuple[Entry, Cell, dict[str, Any]]]) -> list[_Settled]:
    """What each cell counts before and after; marks that a retake stands for now are noted so."""
    made = []
    together: dict[tuple[uuid.UUID, uuid.UUID], list[tuple[Entry, Cell, dict[str, Any]]]] = {}
    for one in done:
        entry, cell, _row = one
        if entry.place or len(cell.standing) > 1:
            together.setdefault((cell.column_id, cell.pupil_id), []).append(one)
        else:
            made.append(_Settled(cell.pupil_id, cell.term_id, _pairs(cell, [cell.sign]), _pairs(cell, [entry.sign])))
    for some in together.values():
        cell = some[0][1]
        retake = rules_for(journal, cell).retake
        before = {place: one.sign for place, one in cell.standing.items()}
        after = {**before, **{entry.place: entry.sign for entry, _cell, _row in some}}
        ids = {place: one.id for place, one in cell.standing.items()} | {e.place: row["id"] for e, _cell, row in some}
        counts = _counted(after, retake)
        moments = [row["released_at"] for _entry, _cell, row in some]
        replaced = {place for place, one in after.items() if one.value is not None} - counts
        was = {place for place, one in cell.standing.items() if one.is_replaced} - {e.place for e, _cell, _row in some}
        replace_marks(journal, (ids[place] for place in replaced - was), max(moments))
        replace_marks(journal, (ids[place] for place in was - replaced), None)
        counted_before = [before[place] for place in _counted(before, retake)]
        made.append(
            _Settled(
                cell.pupil_id,
                cell.term_id,
                _pairs(cell, counted_before),
                _pairs(cell, [after[place] for place in counts]),
            )
        )
    return made


def _counted(signs: Mapping[int, Sign], retake: str) -> frozenset[int]:
    return counted((place for place, one in signs.items() if one.value is not None), retake)


def _pairs(cell: Cell, signs: Iterable[Sign]) -> list[tuple[int, int]]:
    return [(one.value, cell.weight or 0) for one in signs if one.value is not None]


def _differences(journal: Journal, settled: list[_Settled]) -> list[dict[str, Any]]:
    marks: Counter[tuple[uuid.UUID, uuid.UUID]] = Counter()
    weights: Counter[tuple[uuid.UUID, uuid.UUID]] = Counter()
    values: Counter[tuple[uuid.UUID, uuid.UUID]] = Counter()
    for one in settled:
        where = (one.pupil_id, one.term_id)
        for pairs, sense in ((one.before, -1), (one.after, 1)):
            for value, weight in pairs:
                marks[where] += sense
                weights[where] += sense * weight
                values[where] += sense * weight * value
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
