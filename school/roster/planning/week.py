"""What importing a week's timetable would do: courses, posts and places of the week, and who is in two places at once."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from school.core.database import new_id
from school.people.names import initials
from school.roster.formats.journal import Journal, RowError
from school.roster.formats.records import Place
from school.roster.planning.clash_words import as_conflict
from school.roster.planning.groups import class_name
from school.roster.planning.snapshot import CourseRow, Ground, GroupRow, LinkRow
from school.roster.planning.steps import Difference, Plan, Preview, Step, Verb, Write
from school.roster.planning.week_snapshot import SlotRow, WeekSnapshot
from school.roster.said import say
from school.roster.subjects import OTHER, find_subject
from school.roster.timetable import Clash, Timetable, TimetableRow, clashes
from school.roster.titles import same

SOURCE = "timetable"
CLASS, PART, CROSS = "class", "part", "cross"


def plan_week(timetable: Timetable, snapshot: WeekSnapshot) -> Preview:
    """Work out the import, with its clashes. Nothing is written; the ids of new rows are made here."""
    journal = Journal(list(timetable.bad_rows), list(timetable.notes))
    if snapshot.ground is None:
        journal.refuse(Place("", 0), say("The school has no school year yet; import its people and classes first."))
        found = clashes(timetable.rows)
        return Preview((_plan(snapshot, [], [], journal, found),), source=SOURCE, clashes=found)
    week = _Week(snapshot, snapshot.ground, journal)
    for row in timetable.rows:
        so_far = week.so_far()
        try:
            week.take(row)
        except RowError as problem:
            week.back_to(so_far)
            journal.refuse(row.place, problem.reason)
            week.doubtful.update(same(name) for name in row.classes)
    if not timetable.bad_rows:
        week.close_missing({same(name) for row in timetable.rows for name in row.classes})
    found = clashes([*timetable.rows, *week.standing()])
    shown = tuple(clash for clash in found if any(row.place.line for row in clash.rows))
    plan = _plan(snapshot, week.steps, week.quiet, journal, shown)
    return Preview((plan,), source=SOURCE, clashes=shown)


def _plan(
    snapshot: WeekSnapshot, steps: list[Step], quiet: list[Write], journal: Journal, found: Iterable[Clash]
) -> Plan:
    return Plan(
        school_id=snapshot.school_id,
        school_name=snapshot.school_name,
        external_id="",
        source=SOURCE,
        steps=tuple(steps),
        quiet=tuple(quiet),
        conflicts=tuple(as_conflict(clash) for clash in found),
        bad_rows=tuple(journal.bad_rows),
        notes=journal.all_notes(),
    )


@dataclass(slots=True)
class _Week:
    """The school's week while rows are taken one by one."""

    snapshot: WeekSnapshot
    ground: Ground
    journal: Journal
    steps: list[Step] = field(default_factory=list)
    quiet: list[Write] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    """Classes with a row that was not taken: nothing of theirs is closed."""
    groups: dict[str, GroupRow] = field(default_factory=dict)
    teachers: dict[str, set[uuid.UUID]] = field(default_factory=dict)
    hours: Counter[uuid.UUID] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)
    kept: set[uuid.UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.groups = {same(row.name): row for row in self.snapshot.groups.values()}
        for one in self.snapshot.staff.values():
            for name in (
                f"{one.family_name}{one.given_name}{one.patronymic}",
                f"{one.family_name}{one.given_name}",
                initials(one.family_name, one.given_name, one.patronymic),
                initials(one.family_name, one.given_name),
            ):
                self.teachers.setdefault(same(name), set()).add(one.id)

    @property
    def last_day(self) -> date:
        return self.snapshot.today - timedelta(days=1)

    def so_far(self) -> tuple[int, int, set[str]]:
        """How far planning has come, for a row that turns out not to fit."""
        return len(self.steps), len(self.snapshot.courses), set(self.groups)

    def back_to(self, so_far: tuple[int, int, set[str]]) -> None:
        """Forget the groups and courses that only a refused row wanted."""
        steps, courses, groups = so_far
        del self.steps[steps:], self.snapshot.courses[courses:]
        for name in set(self.groups) - groups:
            del self.groups[name]

    def take(self, row: TimetableRow) -> None:
        """One row of the file. Raises :class:`RowError` when the school lacks what it names."""
        group = self._group(row)
        course = self._course(row, group)
        teacher_id = self._teacher(row, course)
        key = "|".join(
            (
                *sorted(same(name) for name in row.classes),
                str(row.weekday),
                str(row.slot),
                same(row.subject),
                same(row.group),
            )
        )
        self.seen.add(key)
        said = {
            "classes": sorted(same(name) for name in row.classes),
            "course": course.id.hex,
            "weekday": row.weekday,
            "slot": row.slot,
            "teacher": teacher_id.hex,
            "room": row.room,
        }
        title = f"{', '.join(row.classes)}{f', {row.group}' if row.group else ''} — {row.subject}"
        self._post(course, teacher_id)
        self._place(row, course, teacher_id, key, said, title)

    def _group(self, row: TimetableRow) -> GroupRow:
        classes = []
        for name in row.classes:
            found = self.groups.get(same(class_name(name)))
            if found is None or found.kind != CLASS:
                raise RowError(say("There is no class “%(name)s” this year.", name=name))
            classes.append(found)
        if not row.group:
            return classes[0]
        if len(classes) == 1:
            own = f"{classes[0].name}, {row.group}"
            found = self.groups.get(same(own)) or self.groups.get(same(row.group))
            if found is not None and found.class_id == classes[0].id:
                return found
            return self._new_group(own, PART, classes)
        whole = f"{row.group} ({', '.join(one.name for one in classes)})"
        return (
            self.groups.get(same(whole)) or self.groups.get(same(row.group)) or self._new_group(whole, CROSS, classes)
        )

    def _new_group(self, name: str, kind: str, classes: list[GroupRow]) -> GroupRow:
        group = GroupRow(
            new_id(), kind, name[:120], min(one.year_level for one in classes), classes[0].id if kind == PART else None
        )
        values = {
            "year_id": self.ground.year_id,
            "regime_id": self.ground.regime_id,
            "building_id": self.ground.building_id,
            "kind": kind,
            "name": group.name,
            "year_level": group.year_level,
            "letter": "",
            "class_id": group.class_id,
            "shift": 1,
        }
        self.groups[same(name)] = group
        self.steps.append(Step("group", Verb.NEW, group.name, (Write("study_group", group.id, values),)))
        return group

    def _course(self, row: TimetableRow, group: GroupRow) -> CourseRow:
        subject = find_subject(self.snapshot.subjects, row.subject)
        name = ""
        if subject is None or subject.code == OTHER:
            subject = next(one for one in self.snapshot.subjects if one.code == OTHER)
            name = row.subject[:120]
        parts = (
            {one.id for one in self.snapshot.groups.values() if one.class_id == group.id} if not row.group else set()
        )
        for near in ({group.id}, parts):
            mine = [one for one in self.snapshot.courses if one.group_id in near and one.subject_id == subject.id]
            exact = [one for one in mine if same(one.name) == same(name)]
            if exact and near == {group.id}:
                return exact[0]
            if len(mine) == 1 and not name:
                return mine[0]
        course = CourseRow(new_id(), group.id, subject.id, name)
        self.snapshot.courses.append(course)
        hours = {"group_id": group.id, "subject_id": subject.id, "name": name, "hours_a_week": 1}
        self.steps.append(
            Step("course", Verb.NEW, f"{group.name} — {row.subject}", (Write("course", course.id, hours),))
        )
        return course

    def _teacher(self, row: TimetableRow, course: CourseRow) -> uuid.UUID:
        if not row.teacher:
            posts = {teacher_id for course_id, teacher_id in self.snapshot.posts if course_id == course.id}
            if len(posts) == 1:
                return next(iter(posts))
            text = say("No single teacher of “%(subject)s” was found here: name the teacher.", subject=row.subject)
            raise RowError(text)
        by_login = self.snapshot.logins.get(row.teacher.lower())
        found = {by_login} if by_login else self.teachers.get(same(row.teacher), set())
        if not found:
            raise RowError(say("The school has no teacher “%(name)s”.", name=row.teacher))
        if len(found) > 1:
            raise RowError(say("There are several teachers “%(name)s”: give the login.", name=row.teacher))
        return next(iter(found))

    def _post(self, course: CourseRow, teacher_id: uuid.UUID) -> None:
        """Whoever gives the lessons may keep the journal."""
        if (course.id, teacher_id) in self.snapshot.posts:
            return
        self.snapshot.posts.append((course.id, teacher_id))
        values = {"course_id": course.id, "teacher_id": teacher_id, "from_on": self._first_day(course), "to_on": None}
        self.quiet.append(Write("teaching_post", new_id(), values))

    def _first_day(self, course: CourseRow) -> date:
        """A course without a timetable has had one in mind since the year began; a change counts from today."""
        has_week = any(slot.course_id == course.id for slot in self.snapshot.slots.values())
        return max(self.snapshot.today, self.ground.starts_on) if has_week else self.ground.starts_on

    def _place(
        self, row: TimetableRow, course: CourseRow, teacher_id: uuid.UUID, key: str, said: Mapping[str, Any], title: str
    ) -> None:
        link = self.snapshot.links.get(key)
        here = self.snapshot.slots.get(link.thing_id) if link else None
        if here is None:
            here = next(
                (
                    one
                    for one in self.snapshot.slots.values()
                    if (one.course_id, one.weekday, one.slot) == (course.id, row.weekday, row.slot)
                    and one.id not in self.kept
                ),
                None,
            )
        if here is not None:
            self.kept.add(here.id)
        if link is not None and link.is_open and link.said == said:
            return
        if here is None:
            self._new_place(row, course, teacher_id, key, said, title, link)
            return
        wanted = (course.id, teacher_id, row.room)
        if (here.course_id, here.teacher_id, here.room) == wanted:
            self.quiet.append(self._link(key, here.id, said, link))
            return
        self._changed_place(row, course, teacher_id, key, said, title, link, here)

    def _new_place(
        self,
        row: TimetableRow,
        course: CourseRow,
        teacher_id: uuid.UUID,
        key: str,
        said: Mapping[str, Any],
        title: str,
        link: LinkRow | None,
    ) -> None:
        slot_id = new_id()
        write = Write("timetable_slot", slot_id, _slot(row, course, teacher_id, self._first_day(course)))
        step = Step("slot", Verb.NEW, title, (write, self._link(key, slot_id, said, link)))
        self.steps.append(step)

    def _changed_place(
        self,
        row: TimetableRow,
        course: CourseRow,
        teacher_id: uuid.UUID,
        key: str,
        said: Mapping[str, Any],
        title: str,
        link: LinkRow | None,
        here: SlotRow,
    ) -> None:
        """Another room, teacher or course from today on; what was until yesterday stays as it was."""
        from_on = max(self.snapshot.today, self.ground.starts_on)
        if here.from_on >= from_on:
            values = {"course_id": course.id, "teacher_id": teacher_id, "room": row.room}
            writes = [Write("timetable_slot", here.id, values, is_new=False), self._link(key, here.id, said, link)]
        else:
            slot_id = new_id()
            writes = [
                Write("timetable_slot", here.id, {"to_on": self.last_day}, is_new=False),
                Write("timetable_slot", slot_id, _slot(row, course, teacher_id, from_on)),
                self._link(key, slot_id, said, link),
            ]
        shown = []
        if here.room != row.room:
            shown.append(Difference("room", here.room, row.room))
        if here.teacher_id != teacher_id:
            shown.append(Difference("teacher", self._name(here.teacher_id), self._name(teacher_id)))
        self.steps.append(Step("slot", Verb.CHANGED, title, tuple(writes), tuple(shown)))

    def _name(self, teacher_id: uuid.UUID) -> str:
        one = self.snapshot.staff.get(teacher_id)
        return initials(one.family_name, one.given_name, one.patronymic) if one else ""

    def _link(self, key: str, slot_id: uuid.UUID, said: Mapping[str, Any], link: LinkRow | None) -> Write:
        if link is not None:
            return Write("roster_link", link.id, {"thing_id": slot_id, "said": said, "is_open": True}, is_new=False)
        values = {
            "source": SOURCE,
            "kind": "slot",
            "external_id": key,
            "table": "timetable_slot",
            "thing_id": slot_id,
            "said": said,
            "is_open": True,
        }
        return Write("roster_link", new_id(), values)

    def close_missing(self, named: set[str]) -> None:
        """End the places that an earlier file brought for classes that this file names, and that it no longer has."""
        for key, link in self.snapshot.links.items():
            classes = set(link.said["classes"])
            if key in self.seen or not link.is_open or not classes <= named or classes & self.doubtful:
                continue
            writes = [Write("roster_link", link.id, {"is_open": False}, is_new=False)]
            here = self.snapshot.slots.get(link.thing_id)
            if here is not None and here.id not in self.kept:
                self.kept.add(here.id)
                to_on = max(here.from_on, self.last_day)
                writes.append(Write("timetable_slot", here.id, {"to_on": to_on}, is_new=False))
            title = f"{self._title(link)}"
            self.steps.append(Step("slot", Verb.GONE, title, tuple(writes)))

    def _title(self, link: LinkRow) -> str:
        course_id = uuid.UUID(link.said["course"])
        course = next((one for one in self.snapshot.courses if one.id == course_id), None)
        group = self.snapshot.groups.get(course.group_id) if course else None
        subject = next((one.names[0] for one in self.snapshot.subjects if course and one.id == course.subject_id), "")
        name = course.name if course and course.name else subject
        return f"{group.name if group else ''} — {name}, {link.said['weekday']}/{link.said['slot']}"

    def standing(self) -> list[TimetableRow]:
        """The open places that this file neither names nor ends, as rows: they can clash with the file's."""
        rows = []
        by_course = {one.id: one for one in self.snapshot.courses}
        for one in self.snapshot.slots.values():
            course = by_course.get(one.course_id)
            group = self.snapshot.groups.get(course.group_id) if course else None
            if one.id in self.kept or group is None or (one.to_on and one.to_on < self.snapshot.today):
                continue
            whole = self.snapshot.groups.get(group.class_id) if group.class_id else group
            teacher = self._name(one.teacher_id)
            part = "" if group.kind == CLASS else group.name
            classes = (whole.name,) if whole and whole.kind == CLASS else ()
            rows.append(TimetableRow(Place("", 0), classes, one.weekday, one.slot, "", part, teacher, one.room))
        return rows


def _slot(row: TimetableRow, course: CourseRow, teacher_id: uuid.UUID, from_on: date) -> dict[str, Any]:
    return {
        "course_id": course.id,
        "weekday": row.weekday,
        "slot": row.slot,
        "room": row.room[:40],
        "teacher_id": teacher_id,
        "from_on": from_on,
        "to_on": None,
    }
