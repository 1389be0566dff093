"""A class with marks of a finished term, absences, and everybody who might want its reports."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from school.classes.models import Course, StudyGroup
from school.core import clock
from school.core.database import db, new_id
from school.gradebook.models import SubjectTotal, TermMark
from school.people.models import Member
from tests.factories import Make

SIGNS: dict[str, list[int | str | None]] = {
    # Алгебра, Физика, История, Физкультура by pupil
    "Антонова": [5, 5, 5, 5],
    "Борисов": [5, 4, 5, 5],
    "Васин": [4, 4, 5, 4],
    "Грачёв": [4, 3, 4, 5],
    "Дёмина": [3, 2, 3, 4],
    "Ежов": [4, 5, "н/а", "осв"],
    "Жуков": [None, None, None, None],
}
SUBJECTS = ("Алгебра", "Физика", "История", "Физкультура")


@dataclass
class Room:
    """The class and its people."""

    make: Make
    group: StudyGroup
    courses: list[Course]
    pupils: dict[str, Member]
    people: dict[str, Member]

    @property
    def school_id(self) -> int:
        return self.group.school_id

    def url(self, kind: str, form: str = "") -> str:
        return f"/s/{self.school_id}/groups/{self.group.id}/reports/{kind}?period=1" + (f"&as={form}" if form else "")


def a_room(make: Make) -> Room:
    """Seven pupils, four subjects, another class beside them with marks of its own."""
    school = make.school()
    group = make.school_class(school)
    pupils = {name: make.pupil(school, family_name=name, sort_name=name.lower()) for name in SIGNS}
    make.enrol(group, *pupils.values())
    courses = [make.course(group, subject=make.subject(name_ru=name, name_en=name), pupils=0) for name in SUBJECTS]
    for name, signs in SIGNS.items():
        for course, sign in zip(courses, signs, strict=True):
            if sign is not None:
                set_mark(make, course, pupils[name], sign)
    leader = make.teacher(school)
    make.lead(group, leader)
    other = make.course(make.school_class(school, letter="В"), pupils=2)
    for pupil in make.pupils_of(other):
        set_mark(make, other, pupil, 2)
    people = {
        "class teacher": leader,
        "teacher": make.teacher_of(courses[0]),
        "another teacher": make.teacher_of(other),
        "deputy": make.member(school, "deputy"),
        "head": make.member(school, "head"),
        "admin": make.member(school, "admin"),
        "pupil": pupils["Антонова"],
        "parent": make.parent(school, pupils["Антонова"]),
        "another parent": make.parent(school, pupils["Васин"]),
        "head of another school": make.member(make.school(), "head"),
    }
    return Room(make, group, courses, pupils, people)


def set_mark(make: Make, course: Course, pupil: Member, sign: int | str, **values: Any) -> TermMark:
    """A mark of the term, set and released long ago, with the totals of lessons behind a number."""
    term = make.term_of(course)
    at = clock.now() - timedelta(days=3)
    if isinstance(sign, int):
        make.save(
            SubjectTotal(
                school_id=course.school_id,
                pupil_id=pupil.id,
                subject_id=course.subject_id,
                term_id=term.id,
                marks=4,
                weight_sum=4,
                value_sum=4 * sign,
            )
        )
    default = {
        "school_id": course.school_id,
        "id": new_id(),
        "pupil_id": pupil.id,
        "course_id": course.id,
        "term_id": term.id,
        "value": sign if isinstance(sign, int) else None,
        "code": sign if isinstance(sign, str) else None,
        "set_at": at,
        "set_by": pupil.account_id,
        "released_at": at + timedelta(minutes=10),
    }
    row: TermMark = make.save(TermMark(**{**default, **values}))
    db.session.commit()
    return row
