"""Classes and groups of the school year, and the courses that groups of one subject are."""

import uuid
from typing import Any

from school.core.database import new_id
from school.roster.formats.records import Group, Role
from school.roster.planning.draft import Draft, GroupRef, differences
from school.roster.planning.snapshot import GroupRow, LinkRow
from school.roster.planning.steps import Verb, Write
from school.roster.said import say
from school.roster.subjects import OTHER, find_subject
from school.roster.titles import class_parts, same

Said = dict[str, Any]
CLASS, PART, CROSS = "class", "part", "cross"
LONGEST = 120


def plan_groups(draft: Draft) -> None:
    """Decide on every open group: classes first, for groups may be parts of them."""
    taught = {one.group_id for one in draft.roster.enrolments if one.role is Role.TEACHER and one.is_open}
    names = _Names(draft)
    for group in sorted(draft.roster.groups, key=lambda one: not _is_class(one)):
        if group.is_open:
            _plan(draft, group, names, group.id in taught)


def _is_class(group: Group) -> bool:
    """A school class, by the format's own word or by a name that is a class's and nothing more."""
    if group.is_homeroom:
        return True
    return is_class_title(group.title) and not (group.course_id or group.subjects)


def is_class_title(title: str) -> bool:
    """Whether the whole name is a class's: «7 «Б»», «10-А»."""
    parts = class_parts(title)
    return parts is not None and same(title) == same(f"{parts[0]}{parts[1]}")


def class_name(title: str) -> str:
    """A class's name as this school writes it; other names as they came."""
    parts = class_parts(title)
    return f"{parts[0]} «{parts[1]}»" if parts and is_class_title(title) else title


class _Names:
    """Which names are taken in the year: by groups that are here, and by those planned so far."""

    def __init__(self, draft: Draft) -> None:
        self.taken: dict[str, uuid.UUID] = {same(row.name): row.id for row in draft.snapshot.groups.values()}
        self.classes = {same(row.name): row.id for row in draft.snapshot.groups.values() if row.kind == CLASS}
        self.linked = {link.thing_id for link in draft.snapshot.links.values() if link.kind == "group" and link.is_open}

    def free(self, name: str, code: str, own: uuid.UUID | None) -> str:
        """The name, with the code or a number after it where another group has it."""
        wanted = name
        for number in range(1, 1000):
            if self.taken.get(same(wanted)) in {None, own}:
                return wanted
            wanted = f"{name} ({code})" if number == 1 and code else f"{name} ({number + 1})"
        return wanted

    def take(self, name: str, group_id: uuid.UUID, *, is_class: bool) -> None:
        self.taken[same(name)] = group_id
        if is_class:
            self.classes[same(name)] = group_id

    def class_of(self, title: str) -> uuid.UUID | None:
        """The class that a longer name begins with."""
        parts = class_parts(title)
        return self.classes.get(same(f"{parts[0]}{parts[1]}")) if parts else None


def _plan(draft: Draft, group: Group, names: _Names, is_taught: bool) -> None:
    is_class = _is_class(group)
    said = _said(draft, group, is_class, is_taught)
    link = draft.link("group", group.id)
    row = draft.snapshot.groups.get(link.thing_id) if link else None
    if link is not None and row is not None:
        _again(draft, group, link, row, said, names)
        return
    found = names.taken.get(same(said["name"]))
    here = draft.snapshot.groups.get(found) if found else None
    if here is not None and here.id not in names.linked and (here.kind == CLASS) == is_class:
        _adopt(draft, group, here, said, link)
    else:
        _found(draft, group, said, names, link)


def _said(draft: Draft, group: Group, is_class: bool, is_taught: bool) -> Said:
    course = next((one for one in draft.roster.courses if one.id == group.course_id), None)
    subject_id: int | None = None
    course_name = ""
    if not is_class and (group.subjects or group.course_id or is_taught):
        titles = (*group.subjects, *(course.subjects if course else ()), course.title if course else "", group.title)
        subject = find_subject(draft.snapshot.subjects, *filter(None, titles))
        if subject is None or subject.code == OTHER:
            subject = next((one for one in draft.snapshot.subjects if one.code == OTHER), None)
            course_name = next(filter(None, (course.title if course else "", group.title)))[:LONGEST]
        subject_id = subject.id if subject else None
    year_level = _year_level(draft, group, course.year_levels if course else ())
    return {
        "name": class_name(group.title)[:LONGEST],
        "year_level": year_level,
        "is_class": is_class,
        "subject": subject_id,
        "course": course_name,
    }


def _year_level(draft: Draft, group: Group, of_course: tuple[int, ...]) -> int:
    """From the name, the group, its course or its pupils; a school is asked to correct what none of them says."""
    parts = class_parts(group.title)
    if parts:
        return parts[0]
    pupils = {one.person_id for one in draft.roster.enrolments if one.group_id == group.id}
    levels = {level for one in draft.roster.people if one.id in pupils for level in one.year_levels}
    known = group.year_levels or of_course or tuple(sorted(levels))
    if known:
        return min(known)
    draft.journal.note_many(group.place, say("No year level is given; it is set to 1, please correct it by hand."))
    return 1


def _found(draft: Draft, group: Group, said: Said, names: _Names, link: LinkRow | None) -> None:
    """A group that the school does not have."""
    group_id = new_id()
    is_class = said["is_class"]
    name = names.free(said["name"], group.code, None)
    class_id = None if is_class else names.class_of(group.title)
    parts = class_parts(group.title)
    values = {
        "year_id": draft.ground_id["year_id"],
        "regime_id": draft.ground_id["regime_id"],
        "building_id": draft.ground_id["building_id"],
        "kind": CLASS if is_class else PART if class_id else CROSS,
        "name": name,
        "year_level": said["year_level"],
        "letter": parts[1] if is_class and parts else "",
        "class_id": class_id,
        "shift": 1,
    }
    writes = [Write("study_group", group_id, values)]
    course_id = None
    if said["subject"] is not None:
        course_id = new_id()
        writes.append(_course(course_id, group_id, said))
    if link is None:
        writes.append(draft.new_link("group", group.id, "study_group", group_id, said))
    else:
        writes.append(draft.said_again(link, said, group_id))
    names.take(name, group_id, is_class=is_class)
    draft.groups[group.id] = GroupRef(group_id, is_class, course_id, True, name)
    draft.step("group", Verb.NEW, name, writes)


def _course(course_id: uuid.UUID, group_id: uuid.UUID, said: Said) -> Write:
    values = {"group_id": group_id, "subject_id": said["subject"], "name": said["course"], "hours_a_week": 1}
    return Write("course", course_id, values)


def _adopt(draft: Draft, group: Group, here: GroupRow, said: Said, link: LinkRow | None) -> None:
    """A group of that name that was made by hand, or in an earlier year's link: from now on the source knows it."""
    writes: list[Write] = []
    course_id = _course_of(draft, here.id, said)
    if course_id is None and said["subject"] is not None:
        course_id = new_id()
        writes.append(_course(course_id, here.id, said))
    if link is None:
        writes.append(draft.new_link("group", group.id, "study_group", here.id, said))
    else:
        writes.append(draft.said_again(link, said, here.id))
    draft.groups[group.id] = GroupRef(here.id, said["is_class"], course_id, False, here.name)
    draft.step("group", Verb.CHANGED, here.name, writes)


def _course_of(draft: Draft, group_id: uuid.UUID, said: Said) -> uuid.UUID | None:
    mine = [course for course in draft.snapshot.courses if course.group_id == group_id]
    exact = next((one for one in mine if one.subject_id == said["subject"] and one.name == said["course"]), None)
    if exact:
        return exact.id
    return mine[0].id if len(mine) == 1 and not said["is_class"] else None


def _again(draft: Draft, group: Group, link: LinkRow, row: GroupRow, said: Said, names: _Names) -> None:
    """A group that the source brought before."""
    course_id = _course_of(draft, row.id, said)
    writes: list[Write] = []
    said["year_level"] = said["year_level"] if said["year_level"] != 1 else link.said.get("year_level", 1)
    name = row.name
    if link.said.get("name") != said["name"]:
        name = names.free(said["name"], group.code, row.id)
    values = {"name": name} if name != row.name else {}
    if link.said.get("year_level") != said["year_level"]:
        values = {**values, "year_level": said["year_level"]}
    if values:
        writes.append(Write("study_group", row.id, values, is_new=False))
    if course_id is None and said["subject"] is not None:
        course_id = new_id()
        writes.append(_course(course_id, row.id, said))
    elif course_id is not None and said["subject"] is not None and said["subject"] != link.said.get("subject"):
        course = {"subject_id": said["subject"], "name": said["course"]}
        writes.append(Write("course", course_id, course, is_new=False))
    names.take(name, row.id, is_class=said["is_class"])
    draft.groups[group.id] = GroupRef(row.id, row.kind == CLASS, course_id, False, name)
    if writes or link.said != said or not link.is_open:
        writes.append(draft.said_again(link, said))
        draft.step("group", Verb.CHANGED, name, writes, differences(link.said, said))
