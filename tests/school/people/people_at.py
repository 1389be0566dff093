"""A small school for the tests of people: a first class, its teacher, a family, staff, and a second school beside it."""

from dataclasses import dataclass

from school.classes.models import Course, StudyGroup
from school.core.database import db
from school.core.transactions import unit_of_work
from school.people.models import Account, Member, School
from school.people.passwords import hash_password
from tests.factories import Make

PASSWORD = "сорок-пять-уток"
_HASH = hash_password(PASSWORD)


def give_password(account: Account, login: str | None = None) -> Account:
    """Let the account sign in by ``PASSWORD``."""
    with unit_of_work():
        account = db.session.merge(account)
        account.password_hash = _HASH
        account.login = login or account.login
    return account


@dataclass
class SmallSchool:
    """Who there is."""

    school: School
    other: School
    group: StudyGroup
    course: Course
    vera: Member
    teacher: Member
    leader: Member
    colleague: Member
    """Teaches another class."""
    admin: Member
    deputy: Member
    parent: Member
    stranger: Member
    """Administrator of the other school."""


def small_school(make: Make, year_level: int = 1) -> SmallSchool:
    """A class with two pupils, and everybody who may or may not help them."""
    school, other = make.school(), make.school()
    group = make.school_class(school, year_level, "А")
    teacher, leader, colleague = make.teacher(school), make.teacher(school), make.teacher(school)
    course = make.course(group, teacher=teacher)
    make.course(make.school_class(school, 5, "Б"), teacher=colleague, subject=make.subject())
    make.lead(group, leader)
    vera = make.pupil(
        school, family_name="Ёлкина", given_name="Вера", patronymic="Павловна", account=make.account(name="Вера")
    )
    make.enrol(group, vera, make.pupil(school))
    return SmallSchool(
        school,
        other,
        group,
        course,
        vera,
        teacher,
        leader,
        colleague,
        make.member(school, "admin"),
        make.member(school, "deputy"),
        make.parent(school, vera),
        make.member(other, "admin"),
    )
