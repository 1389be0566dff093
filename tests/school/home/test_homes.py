"""The first pages of pupil, family, teacher and class teacher answer their question, in few statements, for nobody else."""

from datetime import timedelta

from sqlalchemy import select

from school.classes.models import Absence, Enrolment, StudyGroup
from school.core import clock
from school.core.database import db
from school.people.models import AccessFact, Guardianship, School
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.statements import Statements


def test_a_pupil_sees_the_next_lesson_and_where(client: SchoolClient, make: Make, statements: Statements) -> None:
    course = make.course(subject=make.subject(name_ru="Физика"), pupils=1)
    pupil = make.pupils_of(course)[0]
    make.lesson(course, days=1, slot=3, room="312")
    client.sign_in(make.account_of(pupil))
    address = f"/s/{course.school_id}/pupil"
    with statements.counted() as seen:
        answer = client.get(address)
    assert "Физика" in answer.text
    assert "каб. 312" in answer.text
    assert f'href="/s/{course.school_id}/track"' in answer.text
    assert len(seen) <= 6


def test_a_school_without_lessons_greets_kindly(client: SchoolClient, make: Make) -> None:
    course = make.course(pupils=1)
    client.sign_in(make.account_of(make.pupils_of(course)[0]))
    answer = client.get(f"/s/{course.school_id}/pupil")
    assert "Впереди уроков нет" in answer.text
    assert "На дом ничего не задано" in answer.text


def test_homes_open_for_their_role_only(client: SchoolClient, make: Make) -> None:
    course = make.course(pupils=1)
    pupil = make.pupils_of(course)[0]
    client.sign_in(make.account_of(pupil))
    assert client.get(f"/s/{course.school_id}/teacher").status_code == 404
    assert client.get(f"/s/{course.school_id}/class").status_code == 404
    assert client.get("/family").status_code == 404
    assert client.get(f"/s/{make.school().id}/pupil").status_code == 404


def test_a_family_has_one_line_a_child_in_every_school(
    client: SchoolClient, make: Make, statements: Statements
) -> None:
    first, second = make.course(pupils=1), make.course(pupils=1)
    children = [make.pupils_of(first)[0], make.pupils_of(second)[0]]
    stranger = make.pupils_of(make.course(pupils=1))[0]
    account = make.account()
    for course, child in zip((first, second), children, strict=True):
        make.lesson(course, days=1)
        make.parent(db.session.get_one(School, course.school_id), child, account=account)
    client.sign_in(account)
    with statements.counted() as seen:
        answer = client.get("/family")
    assert answer.text.count("всё спокойно") == 2
    assert stranger.given_name not in answer.text or stranger.given_name in {c.given_name for c in children}
    assert len(seen) <= 11  # who, and five a school


def test_an_absence_without_a_word_is_the_one_thing(client: SchoolClient, make: Make) -> None:
    course = make.course(pupils=1)
    child = make.pupils_of(course)[0]
    parent = make.parent(db.session.get_one(School, course.school_id), child)
    lesson = make.lesson(course, slot=2)
    make.save(
        Absence(
            school_id=course.school_id,
            lesson_id=lesson.id,
            pupil_id=child.id,
            on_date=lesson.on_date,
            fact="absent",
            noted_at=clock.now(),
            noted_by=parent.account_id,
        )
    )
    client.sign_in(make.account_of(parent))
    answer = client.get("/family")
    assert "сегодня нет на уроках" in answer.text
    assert "С 2-го урока" in answer.text
    assert "всё спокойно" not in answer.text


def test_a_teacher_has_the_lesson_of_the_hour(client: SchoolClient, make: Make, statements: Statements) -> None:
    course = make.course(pupils=2)
    make.lesson(course, days=1, slot=1, topic="Скорость")
    client.sign_in(make.account_of(make.teacher_of(course)))
    address = f"/s/{course.school_id}/teacher"
    with statements.counted() as seen:
        answer = client.get(address)
    assert "Скорость" in answer.text
    assert len(seen) <= 6


def test_a_class_teacher_sees_who_is_missing_without_a_word(client: SchoolClient, make: Make) -> None:
    course = make.course(pupils=3)
    absent, noted, _ = make.pupils_of(course)
    teacher = make.teacher_of(course)
    make.lead(db.session.get_one(StudyGroup, (course.school_id, course.group_id)), teacher)
    lesson = make.lesson(course, slot=1)
    for pupil, reason in ((absent, "unknown"), (noted, "illness")):
        make.save(
            Absence(
                school_id=course.school_id,
                lesson_id=lesson.id,
                pupil_id=pupil.id,
                on_date=lesson.on_date,
                fact="absent",
                reason=reason,
                noted_at=clock.now(),
                noted_by=teacher.account_id,
            )
        )
    client.sign_in(make.account_of(teacher))
    answer = client.get(f"/s/{course.school_id}/class")
    silent, known = answer.text.split("Не пришли, причина известна")
    assert absent.family_name in silent
    assert f"/pupils/{absent.id}/absences" in silent, "one press from writing down the reason"
    assert noted.family_name in known
    facts = db.session.query(AccessFact).filter(AccessFact.school_id == course.school_id).all()
    assert [(fact.purpose, fact.group_id) for fact in facts] == [("class_morning", course.group_id)]


def test_who_left_the_class_is_not_missed(client: SchoolClient, make: Make) -> None:
    course = make.course(pupils=1)
    teacher = make.teacher_of(course)
    make.lead(db.session.get_one(StudyGroup, (course.school_id, course.group_id)), teacher)
    place = db.session.query(Enrolment).filter(Enrolment.school_id == course.school_id).one()
    place.to_on = clock.today() - timedelta(days=1)
    db.session.commit()
    client.sign_in(make.account_of(teacher))
    assert "Никого" in client.get(f"/s/{course.school_id}/class").text


def test_a_parent_goes_from_the_bar_to_a_child_and_from_child_to_child(client: SchoolClient, make: Make) -> None:
    first, second = make.course(pupils=1), make.course(pupils=1)
    children = [make.pupils_of(first)[0], make.pupils_of(second)[0]]
    account = make.account()
    for course, child in zip((first, second), children, strict=True):
        make.parent(db.session.get_one(School, course.school_id), child, account=account)
    client.sign_in(account)
    assert "/family/homework" in client.get("/family").text
    there = client.get("/family/marks")
    one, other = children if str(children[0].id) in there.location else reversed(children)
    assert there.location == f"/s/{one.school_id}/pupils/{one.id}/marks"
    page = client.get(there.location).text
    assert f"/s/{one.school_id}/pupils/{one.id}/homework" in page, "the bar stays with this child"
    assert f"/s/{other.school_id}/pupils/{other.id}/marks" in page, "the same page of the other one is a tap away"


def test_a_place_of_the_bar_leads_home_where_no_child_is_linked(client: SchoolClient, make: Make) -> None:
    course = make.course(pupils=1)
    parent = make.parent(db.session.get_one(School, course.school_id), make.pupils_of(course)[0])
    for tie in db.session.scalars(select(Guardianship).where(Guardianship.school_id == course.school_id)):
        db.session.delete(tie)
    db.session.commit()
    client.sign_in(make.account_of(parent))
    assert client.get("/family/diary").location == "/family"
    assert client.get("/family/anything").status_code == 404
