"""The catch-up pack: told by the last bell, made of facts, for pupil, family and teachers."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from content_library.models import StoredFile, UnitTopic
from school.classes.actions.presence import Exceptional, clear_presence, set_presence
from school.classes.models import AbsenceFact, AbsenceReason, Lesson, StudyGroup
from school.classes.queries import get_lesson, pupil_of
from school.core import clock
from school.core.database import db, new_id
from school.core.jobs.models import Job
from school.core.transactions import unit_of_work
from school.homework.actions.catching_up import CATCH_UP, tell_of_packs
from school.homework.models import HomeworkFile
from school.notices.models import Notice
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.homework.test_routes import Room


class Day(Room):
    """Two lessons of today in two subjects; the second one ends the day."""

    def __init__(self, make: Make, client: SchoolClient) -> None:
        super().__init__(make, client)
        group = db.session.get_one(StudyGroup, (self.course.school_id, self.course.group_id))
        self.physics = make.course(group, subject=make.subject(name_ru="Физика"))
        self.task = make.task(self.course.subject_id, title="Дроби с нуля")
        self.first = self.lesson
        self.first.topic = "Сложение дробей"
        self.second = make.lesson(self.physics, slot=2)
        db.session.commit()
        self.parent = make.parent(self.school, self.pupil)

    def away(self, lesson: Lesson, fact: AbsenceFact | None = AbsenceFact.ABSENT) -> None:
        course = self.course if lesson is self.first else self.physics
        actor = self.make.actor(self.make.teacher_of(course), "teacher")
        with clock.stopped_at(lesson.starts_at + timedelta(minutes=5)), unit_of_work():
            seen = get_lesson(actor, lesson.id)
            assert seen is not None
            if fact is None:
                learner = pupil_of(seen, self.pupil.id)
                assert learner is not None
                clear_presence(actor, seen, learner)
            else:
                set_presence(actor, seen, Exceptional(self.pupil.id, fact, None, AbsenceReason.UNKNOWN, new_id()))

    def ring(self, lesson: Lesson) -> None:
        """The job as the worker does it at the bell."""
        with clock.stopped_at(lesson.ends_at), unit_of_work():
            tell_of_packs({"school_id": self.school.id, "on": str(lesson.on_date)})

    def told(self) -> set[object]:
        db.session.expire_all()
        rows = db.session.scalars(select(Notice).where(Notice.school_id == self.school.id, Notice.kind == CATCH_UP))
        return {one.account_id for one in rows}


@pytest.fixture
def day(make: Make, client: SchoolClient) -> Day:
    return Day(make, client)


def test_told_at_the_last_bell_and_not_before(day: Day) -> None:
    day.away(day.first)
    jobs = select(Job).where(Job.kind == CATCH_UP).order_by(Job.run_at)
    assert [one.run_at for one in db.session.scalars(jobs)] == [day.first.ends_at]
    day.ring(day.first)
    assert day.told() == set(), "physics is still to come"
    assert [one.run_at for one in db.session.scalars(jobs)][-1] == day.second.ends_at
    for _time in range(2):
        day.ring(day.second)
    assert day.told() == {day.pupil.account_id, day.parent.account_id}


def test_who_was_there_after_all_is_not_told(day: Day) -> None:
    day.away(day.first)
    day.away(day.first, None)
    day.away(day.second, AbsenceFact.LATE)
    day.ring(day.second)
    assert day.told() == set()


def test_the_page_has_topics_materials_and_homework_of_missed_lessons_alone(day: Day) -> None:
    day.away(day.first)
    mine = day.make.homework(day.course, lesson=day.first, text="№ 7 из задачника")
    day.make.homework(day.course, lesson=day.first, text="Только соседу", pupils=(day.other,))
    day.make.homework(day.physics, lesson=day.second, text="Опыт с водой")
    url = f"{day.base}/pupils/{day.pupil.id}/missed?on={day.first.on_date}"
    for reader in (day.pupil, day.parent, day.teacher):
        day.sign_in(reader)
        page = day.client.get(url)
        assert page.status_code == 200 and "Сложение дробей" in page.text and "№ 7 из задачника" in page.text
        assert "Только соседу" not in page.text and "Опыт с водой" not in page.text
    day.sign_in(day.pupil)
    listed = day.client.get(f"{day.base}/homework").text
    assert f"/missed?on={day.first.on_date}" in listed and "1 урок" in listed
    assert str(mine.id) in day.client.get(url).text
    day.sign_in(day.other)
    assert day.client.get(url).status_code == 404
    assert "missed" not in day.client.get(f"{day.base}/homework").text
    day.sign_in(day.pupil)
    assert day.client.get(url[:-10] + "2026-13-40").status_code == 404
    empty = day.client.get(f"{day.base}/pupils/{day.pupil.id}/missed?on={day.first.on_date - timedelta(9)}")
    assert "пропусков нет" in empty.text


def test_the_library_on_the_topic_is_offered(day: Day) -> None:
    of_unit = select(UnitTopic.topic_id).where(UnitTopic.unit_id == day.task.unit_id)
    day.first.topic_id = db.session.scalars(of_unit).one()
    db.session.commit()
    day.away(day.first)
    day.sign_in(day.pupil)
    page = day.client.get(f"{day.base}/pupils/{day.pupil.id}/missed").text
    assert "Дроби с нуля" in page


def test_without_a_topic_it_is_made_of_what_the_lesson_had(day: Day) -> None:
    day.first.topic = ""
    db.session.commit()
    day.away(day.first)
    day.away(day.second)
    url = f"{day.base}/pupils/{day.pupil.id}/missed"
    day.sign_in(day.pupil)
    page = day.client.get(url).text
    assert page.count("Темы этого урока пока нет ни в журнале, ни в плане.") == 2
    assert page.count("спросите учителя, о чём он был") == 2
    homework = day.make.homework(day.course, lesson=day.first, task=day.task, text="Проверьте себя")
    sha = "ab" * 32
    with unit_of_work():
        db.session.add(StoredFile(sha256=sha, size=3, content_type="application/pdf", created_at=clock.now(), facts={}))
        db.session.flush()
        db.session.add(
            HomeworkFile(
                school_id=day.school.id, id=new_id(), homework_id=homework.id, position=1, sha256=sha, name="Лист.pdf"
            )
        )
    page = day.client.get(url).text
    assert page.count("спросите учителя, о чём он был") == 1
    assert "Судя по заданию, тема урока:" in page
    assert "Дроби с нуля" in page  # the library on the topic of what was set
    assert "Лист.pdf" in page


def test_the_class_teacher_goes_from_absences_to_what_was_missed(day: Day) -> None:
    leader = day.make.teacher(day.school)
    day.make.lead(day.make.group_of(day.course), leader)
    day.away(day.first)
    day.sign_in(leader)
    page = day.client.get(f"{day.base}/pupils/{day.pupil.id}/absences").text
    link = f"{day.base}/pupils/{day.pupil.id}/missed?on={day.first.on_date}"
    assert link in page
    assert day.client.get(link).status_code == 200
