from datetime import date

import pytest

from school.roster.formats import Roster, read_files
from school.roster.formats.records import Mode, Role
from tests.school.roster.formats.sets import MOODLE


def read(*texts: str) -> Roster:
    return read_files({f"list{number}.csv": text.encode() for number, text in enumerate(texts, start=1)})


def reasons(roster: Roster) -> list[tuple[int, str]]:
    return [(row.place.line, str(row.reason)) for row in roster.bad_rows]


def test_moodle_users_with_courses_groups_and_cohorts() -> None:
    roster = read(MOODLE)
    assert reasons(roster) == []
    assert roster.source.key == "moodle"
    assert roster.mode("people") is Mode.DELTA, "a list never says that somebody left"
    alyona, petrova, misha = roster.people
    assert (alyona.id, alyona.born_on, alyona.roles[0].role) == ("a.vorobyova", date(2013, 4, 17), Role.PUPIL)
    assert petrova.roles[0].role is Role.TEACHER
    assert not misha.is_enabled
    groups = {group.id: group for group in roster.groups}
    assert list(groups) == ["course:alg7/группа 1", "cohort:7б", "course:phys7", "course:alg7", "course:alg7/группа 2"]
    assert groups["cohort:7б"].is_homeroom
    assert groups["course:alg7/группа 1"].title == "alg7, Группа 1"
    assert len(roster.enrolments) == 6
    assert "Secret" not in repr(roster)


def test_deleted_and_renamed_people() -> None:
    roster = read("username,oldusername,firstname,lastname,deleted\nzaytsev,,,,1\nm.orlova,m.belova,Мария,Орлова,0\n")
    zaytsev, orlova = roster.people
    assert (zaytsev.is_open, zaytsev.roles) == (False, ())
    assert (orlova.id, orlova.previous_id) == ("m.orlova", "m.belova")


def test_one_person_in_several_rows_and_lists() -> None:
    roster = read(
        "username,firstname,lastname,course1\nlev,Лев,Титов,alg7\nLev,Лев,Титов,phys7\n",
        "username,firstname,lastname,course1,role1\nlev,Лев,Титов,club,teacher\n",
    )
    assert reasons(roster) == []
    assert len(roster.people) == 1
    assert [fact.role for fact in roster.people[0].roles] == [Role.PUPIL, Role.TEACHER]
    assert len(roster.enrolments) == 3


def test_two_people_under_one_login() -> None:
    roster = read("username,firstname,lastname\nlev,Лев,Титов\nLEV,Лев,Шубин\n")
    assert reasons(roster) == [(3, "“lev” is already Титов Лев on line 2.")]
    assert len(roster.people) == 1


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("username,firstname,lastname\n,Лев,Титов\n", 2, "There is neither a login nor an ID."),
        ("username,firstname,lastname\nlev,,\n", 2, "The person has no name."),
        ("username,firstname,role\nlev,Лев,dragon\n", 2, "Unknown role “dragon”."),
        ("username,firstname,birthdate\nlev,Лев,3/04/2014\n", 2, "could be 2014-04-03 or 2014-03-04"),
        ("firstname,lastname,email\nЛев,Титов,lev@example.org\n", 1, "no column with a login or an ID"),
        ("shortname,fullname,summary\nalg7,Алгебра,\n", 1, "This is a list of courses"),
        ("groupname,description\nГруппа 1,\n", 1, "This is a list of groups"),
        ("name,idnumber,description,visible\n7Б,1,,yes\n", 1, "This is a list of groups"),
        ("username,city\nlev,Москва\n", 1, "no column with names"),
        ("", 0, "The file is empty."),
    ],
)
def test_refusals(text: str, line: int, reason: str) -> None:
    roster = read(text) if text else read_files({"list1.csv": b"\xef\xbb\xbf"})
    ((found_line, found),) = reasons(roster)
    assert (found_line, reason in found) == (line, True), found
    assert roster.people == ()


def test_the_list_that_a_school_keeps_by_hand() -> None:
    text = "Фамилия;Имя;Отчество;Логин;Класс;Роль;Дата рождения\nВоробьёва;Алёна;Игоревна;alyona;1 «А»;ученица;17.04.2019\n"
    roster = read_files({"первый класс.csv": text.encode("cp1251")})
    assert roster.people[0].full_name == "Воробьёва Алёна Игоревна"
    assert roster.groups[0].is_homeroom
    assert [str(note.text) for note in roster.notes] == ["The file is not in UTF-8; it was read as Windows-1251."]


def test_columns_of_other_programs() -> None:
    roster = read("GivenName,MiddleInitial,Surname,Username,Age\nЛев,,Титов,lev,12\nЗоя,П,,zoya,11\n")
    assert [person.full_name for person in roster.people] == ["Титов Лев", "Зоя П"]
    roster = read(
        "Username (USERNAME),Full name (FULL_NAME),User type (USER_TYPE),Learner enrollment (ENROLLED_IN)\n"
        'lev,Титов Лев Ильич,LEARNER,"7А,Шахматы"\n'
    )
    assert roster.people[0].patronymic == "Ильич"
    assert [group.is_homeroom for group in roster.groups] == [True, False]


def test_dates_and_ends_of_courses() -> None:
    head = "username,firstname,course1,enroltimestart1,enrolperiod1,enrolstatus1\n"
    roster = read(head + "lev,Лев,alg7,2026-09-01,30,0\nzoya,Зоя,alg7,1788210000,2592000,1\nlida,Лида,alg7,,ten,0\n")
    first, second = roster.enrolments[:2]
    assert (first.starts_on, first.ends_on) == (date(2026, 9, 1), date(2026, 10, 1))
    assert (second.starts_on, second.ends_on, second.is_open) == (date(2026, 9, 1), date(2026, 10, 1), False)


def test_a_manager_of_a_course_is_nobody_in_the_class() -> None:
    roster = read("username,firstname,course1,role1,sysrole1\nlev,Лев,alg7,manager,manager\n")
    assert roster.enrolments == ()
    assert {note.place.line for note in roster.notes} == {1, 2}
