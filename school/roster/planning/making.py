"""From a roster and a snapshot to a plan."""

import uuid
from dataclasses import dataclass
from datetime import date, time

from school.core.database import new_id
from school.roster.formats.records import Roster
from school.roster.formats.references import with_references
from school.roster.planning.draft import Batch, Draft
from school.roster.planning.groups import plan_groups
from school.roster.planning.leaving import plan_leaving
from school.roster.planning.people import plan_people
from school.roster.planning.snapshot import Snapshot
from school.roster.planning.steps import Plan, Step, Verb, Write
from school.roster.planning.ties import plan_enrolments, plan_guardians

FIRST_BELL = time(8, 30)
LESSON_MINUTES, BREAK_MINUTES, SLOTS = 45, 15, 8


@dataclass(frozen=True, slots=True)
class Target:
    """A school and what of a set goes into it."""

    roster: Roster
    external_id: str = ""
    """The source's id of the school."""
    name: str = ""


def make_plan(target: Target, snapshot: Snapshot, batch: Batch) -> Plan:
    """What importing would do. Nothing is written; the ids of new rows are made here."""
    known = {
        kind: {link.external_id for link in snapshot.links.values() if link.kind == one and link.is_open}
        for kind, one in (("people", "person"), ("groups", "group"))
    }
    roster = with_references(target.roster, known)
    ground_writes, ground_id, year_starts_on = _ground(snapshot)
    draft = Draft(snapshot, roster, batch, year_starts_on, ground_id)
    plan_people(draft)
    plan_groups(draft)
    plan_enrolments(draft)
    plan_guardians(draft)
    plan_leaving(draft)
    steps = draft.steps
    if snapshot.school_id is None:
        steps = [Step("school", Verb.NEW, target.name, ()), *steps]
    return Plan(
        school_id=snapshot.school_id,
        school_name=target.name or snapshot.school_name,
        external_id=target.external_id,
        source=roster.source.key,
        steps=tuple(steps),
        quiet=tuple(ground_writes) if steps else (),
        people=tuple(draft.touched),
        conflicts=tuple(draft.conflicts),
        bad_rows=(*roster.bad_rows, *draft.journal.bad_rows),
        notes=(*roster.notes, *draft.journal.all_notes()),
    )


def _ground(snapshot: Snapshot) -> tuple[list[Write], dict[str, uuid.UUID], date]:
    """Where new classes are put: the running school year, or a usual one for a school that has none yet.

    The usual year (quarters, a building, bells from 8:30) is a start for the school to correct, not a rule.
    """
    here = snapshot.ground
    if here is not None:
        ids = {"year_id": here.year_id, "regime_id": here.regime_id, "building_id": here.building_id}
        return [], ids, here.starts_on
    year = snapshot.today.year if snapshot.today.month >= 7 else snapshot.today.year - 1
    starts_on, ends_on = date(year, 9, 1), date(year + 1, 5, 31)
    ids = {name: new_id() for name in ("year_id", "regime_id", "building_id", "schedule_id")}
    writes = [
        Write("building", ids["building_id"], {"name": "Главное здание", "address": ""}),
        Write(
            "school_year",
            ids["year_id"],
            {"name": f"{year}/{(year + 1) % 100:02}", "starts_on": starts_on, "ends_on": ends_on},
        ),
        Write(
            "regime",
            ids["regime_id"],
            {"year_id": ids["year_id"], "kind": "quarters", "name": "Четверти", "days_a_week": 5},
        ),
        Write(
            "bell_schedule",
            ids["schedule_id"],
            {
                "building_id": ids["building_id"],
                "shift": 1,
                "name": "Обычный день",
                "from_on": starts_on,
                "to_on": None,
            },
        ),
    ]
    quarters = (
        (starts_on, date(year, 10, 25)),
        (date(year, 11, 2), date(year, 12, 30)),
        (date(year + 1, 1, 11), date(year + 1, 3, 21)),
        (date(year + 1, 3, 30), date(year + 1, 5, 26)),
    )
    for number, (first, last) in enumerate(quarters, start=1):
        values = {
            "regime_id": ids["regime_id"],
            "number": number,
            "name": f"{number}-я четверть",
            "starts_on": first,
            "ends_on": last,
            "locked_at": None,
        }
        writes.append(Write("term", new_id(), values))
    for slot in range(1, SLOTS + 1):
        starts = FIRST_BELL.hour * 60 + FIRST_BELL.minute + (slot - 1) * (LESSON_MINUTES + BREAK_MINUTES)
        bell = {
            "schedule_id": ids["schedule_id"],
            "slot": slot,
            "starts": _clock(starts),
            "ends": _clock(starts + LESSON_MINUTES),
        }
        writes.append(Write("bell", new_id(), bell))
    return writes, ids, starts_on


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
