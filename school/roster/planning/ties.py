"""Who is in what, and who answers for whom: enrolments, leadership, teaching, guardianship."""

import uuid
from datetime import date
from typing import Any

from school.core.database import new_id
from school.roster.formats.records import Enrolment, GuardianLink, Person, Role
from school.roster.planning.draft import Draft, GroupRef, PersonRef, differences
from school.roster.planning.people import may_teach
from school.roster.planning.snapshot import LinkRow, TieRow
from school.roster.planning.steps import Verb, Write
from school.roster.said import say

Said = dict[str, Any]
COLUMNS = {
    "enrolment": ("group_id", "pupil_id"),
    "class_leadership": ("class_id", "teacher_id"),
    "teaching_post": ("course_id", "teacher_id"),
    "guardianship": ("pupil_id", "guardian_id"),
}
"""Holder and member columns of the dated tables."""


def plan_enrolments(draft: Draft) -> None:
    """Decide on every enrolment of the set that is open."""
    ties = _Ties(draft)
    people = {person.id: person for person in draft.roster.people}
    for one in draft.roster.enrolments:
        if one.is_open:
            _enrol(draft, one, ties, people.get(one.person_id))


def plan_guardians(draft: Draft) -> None:
    """Decide on every guardian link of the set that is open."""
    ties = _Ties(draft)
    for one in draft.roster.links:
        if one.is_open:
            _entrust(draft, one, ties)


class _Ties:
    """Open ties by table, holder and member; a second row for the same two would be a double."""

    def __init__(self, draft: Draft) -> None:
        last_day = draft.snapshot.last_day
        self.open: dict[tuple[str, uuid.UUID, uuid.UUID], TieRow] = {
            (tie.table, tie.holder_id, tie.member_id): tie
            for tie in draft.snapshot.ties.values()
            if tie.to_on is None or tie.to_on > last_day
        }
        self.linked = {link.thing_id: link for link in draft.snapshot.links.values() if link.is_open}
        self.planned: set[tuple[str, uuid.UUID, uuid.UUID]] = set()


def _enrol(draft: Draft, one: Enrolment, ties: _Ties, person: Person | None) -> None:
    group = draft.groups.get(one.group_id) or _known_group(draft, one.group_id)
    who = draft.people.get(one.person_id) or _known_person(draft, one.person_id)
    if group is None or who is None:
        reason = (
            say("The class “%(id)s” was not imported, so nobody can be in it.", id=one.group_id)
            if group is None
            else say("The person “%(id)s” was not imported.", id=one.person_id)
        )
        draft.journal.refuse(one.place, reason)
        return
    if one.role is Role.TEACHER and person is not None and not may_teach(person):
        draft.conflict(one.place, say("%(name)s is not a teacher but is enrolled as one.", name=person.full_name))
        return
    where = _table(one, group)
    if where is None:
        draft.journal.note_many(one.place, say("Only pupils and teachers can be enrolled; the row is ignored."))
        return
    said: Said = {
        "group": one.group_id,
        "person": one.person_id,
        "role": one.role,
        "from": one.starts_on.isoformat() if one.starts_on else None,
        "to": one.ends_on.isoformat() if one.ends_on else None,
    }
    title = f"{who.name} — {group.name}"
    _tie(draft, ties, "enrolment", one.id, where, who.member_id, said, title, _first_day(draft, group), one)


def _table(one: Enrolment, group: GroupRef) -> tuple[str, uuid.UUID] | None:
    if one.role is Role.PUPIL:
        return "enrolment", group.id
    if one.role is Role.TEACHER:
        if group.course_id is not None and not group.is_class:
            return "teaching_post", group.course_id
        return ("class_leadership", group.id) if group.is_class else None
    return None


def _first_day(draft: Draft, group: GroupRef) -> date:
    """Whoever comes with a new group is in it from the year's first day; whoever joins an old one, from today."""
    return draft.year_starts_on if group.is_new else max(draft.snapshot.today, draft.year_starts_on)


def _known_group(draft: Draft, external_id: str) -> GroupRef | None:
    """A group that only an earlier import named."""
    link = draft.link("group", external_id)
    row = draft.snapshot.groups.get(link.thing_id) if link and link.is_open else None
    if row is None or link is None:
        return None
    course = next((one for one in draft.snapshot.courses if one.group_id == row.id), None)
    return GroupRef(row.id, row.kind == "class", course.id if course else None, False, row.name)


def _known_person(draft: Draft, external_id: str) -> PersonRef | None:
    link = draft.link("person", external_id)
    row = draft.snapshot.members.get(link.thing_id) if link and link.is_open else None
    return PersonRef(row.id, f"{row.family_name} {row.given_name}".strip()) if row else None


def _tie(
    draft: Draft,
    ties: _Ties,
    kind: str,
    external_id: str,
    where: tuple[str, uuid.UUID],
    member_id: uuid.UUID,
    said: Said,
    title: str,
    first_day: date,
    one: Enrolment | GuardianLink,
) -> None:
    """Open, keep, move or reopen one dated tie."""
    table, holder_id = where
    key = (table, holder_id, member_id)
    link = draft.link(kind, external_id)
    if key in ties.planned:
        draft.journal.note_many(one.place, say("Another row already links these two; this one is ignored."))
        return
    ties.planned.add(key)
    if link is not None and link.is_open and link.said == said and _still_there(draft, link, key):
        return
    people = [member_id] if kind == "enrolment" else [member_id, holder_id]
    from_on = date.fromisoformat(said["from"]) if said.get("from") else first_day
    to_on = date.fromisoformat(said["to"]) if said.get("to") else None
    tie = draft.snapshot.ties.get(link.thing_id) if link else None
    if link is not None and tie is not None and (tie.table, tie.holder_id, tie.member_id) == key:
        writes = _again(draft, link, tie, said, to_on, from_on)
        draft.step(
            kind, Verb.CHANGED, title, [*writes, draft.said_again(link, said)], differences(link.said, said), people
        )
        return
    here = ties.open.get(key)
    if here is not None and here.id in ties.linked and ties.linked[here.id].external_id != external_id:
        draft.journal.note_many(one.place, say("Another row already links these two; this one is ignored."))
        return
    writes = draft.close_tie(tie.id) if tie is not None else []
    thing_id = here.id if here is not None else new_id()
    if here is None:
        writes.append(Write(table, thing_id, _values(table, holder_id, member_id, from_on, to_on)))
    if link is None:
        writes.append(draft.new_link(kind, external_id, table, thing_id, said))
        draft.step(kind, Verb.NEW if here is None else Verb.CHANGED, title, writes, people=people)
    else:
        again = draft.said_again(link, said, thing_id)
        writes.append(Write(again.table, again.id, {**again.values, "table": table}, is_new=False))
        draft.step(kind, Verb.CHANGED, title, writes, differences(link.said, said), people)


def _still_there(draft: Draft, link: LinkRow, key: tuple[str, uuid.UUID, uuid.UUID]) -> bool:
    """Whether the row that the link leads to still ties the same two; a hand may have ended it, and that stays."""
    tie = draft.snapshot.ties.get(link.thing_id)
    return tie is not None and (tie.table, tie.holder_id, tie.member_id) == key


def _again(draft: Draft, link: LinkRow, tie: TieRow, said: Said, to_on: date | None, from_on: date) -> list[Write]:
    """New days for the same two. One who comes back after a gap gets a row of their own: the gap is history."""
    if not link.is_open and tie.to_on is not None and tie.to_on < draft.snapshot.last_day:
        thing_id = new_id()
        values = _values(tie.table, tie.holder_id, tie.member_id, max(from_on, draft.snapshot.today), to_on)
        return [
            Write(tie.table, thing_id, values),
            Write("roster_link", link.id, {"thing_id": thing_id}, is_new=False),
        ]
    values = {"to_on": to_on}
    if said.get("from") and said["from"] != link.said.get("from"):
        values["from_on"] = from_on
    return [Write(tie.table, tie.id, values, is_new=False)]


def _values(
    table: str, holder_id: uuid.UUID, member_id: uuid.UUID, from_on: date, to_on: date | None
) -> dict[str, Any]:
    holder, member = COLUMNS[table]
    values: dict[str, Any] = {holder: holder_id, member: member_id, "from_on": from_on, "to_on": to_on}
    if table == "guardianship":
        values |= {"relation": "other", "sees_progress": True, "note": ""}
    return values


def _entrust(draft: Draft, one: GuardianLink, ties: _Ties) -> None:
    adult, pupil = draft.people.get(one.adult_id), draft.people.get(one.pupil_id)
    if adult is None or pupil is None:
        return
    said: Said = {"adult": one.adult_id, "pupil": one.pupil_id}
    where = ("guardianship", pupil.member_id)
    title = f"{adult.name} — {pupil.name}"
    _tie(draft, ties, "guardian", one.id, where, adult.member_id, said, title, draft.snapshot.today, one)
