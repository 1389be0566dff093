"""The pages of progress: who finds what behind which door, what families read, what it costs."""

import json
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from content_library import shelf
from content_library.models import UnitVersion
from school.classes.models import Absence, Course, StudyGroup
from school.core import clock
from school.core.database import db, new_id
from school.core.records import seal
from school.core.records.canonical import canonical
from school.core.transactions import unit_of_work
from school.gradebook.actions import save_marks
from school.gradebook.entries import Entry
from school.gradebook.models import Column, Mark, SubjectGoal
from school.gradebook.release import Sign
from school.homework.models import Assignment
from school.people.models import AccessFact, Guardianship, Member
from school.tasks.models import Attempt, Verdict
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.statements import Statements


@dataclass
class Room:
    """A class of three with algebra and physics, its people, and a neighbouring class."""

    make: Make
    course: Course
    other_subject: Course
    pupil: Member
    mate: Member
    people: dict[str, Member]

    @property
    def school_id(self) -> int:
        return self.course.school_id

    def url(self, rest: str = "", pupil: Member | None = None) -> str:
        return f"/s/{self.school_id}/pupils/{(pupil or self.pupil).id}/progress{rest}"

    @property
    def subject_url(self) -> str:
        return self.url(f"/{self.course.subject_id}")

    @property
    def course_url(self) -> str:
        return f"/s/{self.school_id}/courses/{self.course.id}/progress"


@pytest.fixture
def room(make: Make) -> Room:
    course = make.course(subject=make.subject(name_ru="Алгебра", name_en="Algebra"), pupils=3)
    group = db.session.get(StudyGroup, (course.school_id, course.group_id))
    assert group is not None
    physics = make.course(group, subject=make.subject(name_ru="Физика", name_en="Physics"))
    school = make.school_of(course)
    pupil, mate, _third = make.pupils_of(course)
    leader = make.teacher(school)
    make.lead(group, leader)
    elsewhere = make.course(make.school_class(school, letter="В"), pupils=1)
    (neighbour,) = make.pupils_of(elsewhere)
    blind = make.parent(school, pupil)
    ward = db.session.scalars(
        db.select(Guardianship).where(Guardianship.school_id == school.id, Guardianship.guardian_id == blind.id)
    ).one()
    with unit_of_work():
        db.session.execute(
            db.update(Guardianship)
            .where(Guardianship.school_id == school.id, Guardianship.id == ward.id)
            .values(sees_progress=False)
        )
    people = {
        "pupil": pupil,
        "mate": mate,
        "parent": make.parent(school, pupil),
        "parent without the right": blind,
        "another parent": make.parent(school, mate),
        "teacher": make.teacher_of(course),
        "physics teacher": make.teacher_of(physics),
        "another teacher": make.teacher_of(elsewhere),
        "class teacher": leader,
        "deputy": make.member(school, "deputy"),
        "head": make.member(school, "head"),
        "admin": make.member(school, "admin"),
        "neighbour": neighbour,
        "head of another school": make.member(make.school(), "head"),
    }
    return Room(make, course, physics, pupil, mate, people)


def get(client: SchoolClient, room: Room, who: str, url: str) -> Any:
    client.sign_in(room.make.account_of(room.people[who]))
    return client.get(url)


OPEN = {
    "family": ("pupil", "parent"),
    "staff": ("class teacher", "deputy", "head"),
    "nothing": (
        "mate",
        "parent without the right",
        "another parent",
        "another teacher",
        "admin",
        "neighbour",
        "head of another school",
    ),
}


def test_who_opens_what(client: SchoolClient, room: Room) -> None:
    expected = {who: set[str]() for who in OPEN["nothing"]}
    expected |= {who: {"pupil", "algebra", "physics"} for who in OPEN["family"]}
    expected |= {who: {"pupil", "algebra", "physics", "course"} for who in OPEN["staff"]}
    expected |= {"teacher": {"pupil", "algebra", "course"}, "physics teacher": {"pupil", "physics"}}
    assert expected.keys() == room.people.keys()
    for who, seen in expected.items():
        codes = {
            "pupil": get(client, room, who, room.url()).status_code,
            "algebra": get(client, room, who, room.subject_url).status_code,
            "physics": get(client, room, who, room.url(f"/{room.other_subject.subject_id}")).status_code,
            "course": get(client, room, who, room.course_url).status_code,
        }
        assert set(codes.values()) <= {200, 404}, who
        assert {name for name, code in codes.items() if code == 200} == seen, who


def test_own_page_is_for_pupils(client: SchoolClient, room: Room) -> None:
    url = f"/s/{room.school_id}/progress"
    assert get(client, room, "pupil", url).status_code == 200
    assert get(client, room, "parent", url).status_code == 404
    assert get(client, room, "teacher", url).status_code == 404


def test_a_subject_that_the_pupil_does_not_learn_is_not_there(client: SchoolClient, room: Room) -> None:
    assert get(client, room, "head", room.url("/999")).status_code == 404


def test_the_first_week_says_that_there_is_nothing_yet(client: SchoolClient, room: Room) -> None:
    for who, url in (("pupil", f"/s/{room.school_id}/progress"), ("parent", room.subject_url)):
        assert "Рассказывать пока не о чем" in get(client, room, who, url).text
    assert "пока мало" in get(client, room, "teacher", room.course_url).text


def marks(make: Make, course: Course, pupil: Member, values: str, days: int, **more: Any) -> list[Mark]:
    """Marks a day apart, the last ``days`` ago."""
    made = []
    for n, value in enumerate(reversed(values)):
        column = make.column(make.lesson(course, -days - n, slot=course.subject_id % 7 + 1), "Ответ на уроке")
        made.append(make.mark(column, pupil, int(value), **more))
    return made


def test_a_change_is_said_in_words_and_drawn(client: SchoolClient, room: Room) -> None:
    marks(room.make, room.course, room.pupil, "3334", 35)
    marks(room.make, room.course, room.pupil, "4555", 2)
    marks(room.make, room.course, room.mate, "2222", 12)  # a classmate's are nowhere
    page = get(client, room, "pupil", room.subject_url).text
    assert "Средний балл за месяц вырос с 3,3 до 4,8." in page
    assert "data-chart" in page
    assert page.count("<time datetime") == 8
    assert 'data-picture="marks-by-day"' in page
    client.sign_in(room.make.account_of(room.people["parent"]))
    sheet = load_workbook(BytesIO(client.get(room.subject_url + "?as=xlsx").data)).worksheets[0]
    assert [row[2] for row in sheet.iter_rows(min_row=3, values_only=True)] == [3, 3, 3, 4, 4, 5, 5, 5]
    own = get(client, room, "pupil", f"/s/{room.school_id}/progress").text
    assert "Средний балл за месяц вырос: алгебра." in own
    assert "Отметки за неделю: алгебра – 4, 5, 5, 5." in own, "those of a month ago are not of this week"
    assert 'data-mark="2"' not in own + page


def test_the_own_goal_is_a_line_of_the_chart_for_the_pupil_and_the_family(client: SchoolClient, room: Room) -> None:
    marks(room.make, room.course, room.pupil, "4345", 2)
    marks(room.make, room.course, room.mate, "4345", 12)
    room.make.save(SubjectGoal(school_id=room.school_id, id=new_id(), pupil_id=room.pupil.id, subject_id=room.course.subject_id, target=5, set_at=clock.now()))  # fmt: skip
    for who in ("pupil", "parent"):
        page = get(client, room, who, room.subject_url).text
        assert "Цель – «5»: средний балл 4,00, цель начинается с 4,60." in page
        figure = page[page.index('id="marks-by-day"') : page.index("</figure>")]
        assert figure.count(">4,60</td>") == 4, "beside each mark, so that it is drawn and stands in the table"
        assert "Линия из точек – цель: «5» выходит со среднего балла 4,60." in figure
        rows = load_workbook(BytesIO(client.get(room.subject_url + "?as=xlsx").data)).worksheets[0]
        assert [row[4] for row in rows.iter_rows(min_row=3, values_only=True)] == [4.6] * 4
    for who in ("teacher", "class teacher", "head", "parent without the right"):
        assert "4,60" not in get(client, room, who, room.subject_url).text, "the pupil's own word"
    assert "4,60" not in get(client, room, "mate", room.url(f"/{room.course.subject_id}", room.mate)).text


def test_families_read_what_is_released_and_staff_what_stands(client: SchoolClient, room: Room) -> None:
    column = room.make.column(room.make.lesson(room.course, -1))
    now = clock.now()
    room.make.mark(column, room.pupil, 2, set_at=now, released_at=now + timedelta(minutes=10), released_value=4)
    quiet = room.make.column(room.make.lesson(room.course, -2), "Ответ на уроке")
    room.make.mark(quiet, room.pupil, 5, released=False)
    for who in ("pupil", "parent"):
        page = get(client, room, who, room.subject_url).text
        assert 'data-mark="4"' in page
        assert 'data-mark="2"' not in page
        assert 'data-mark="5"' not in page
    page = get(client, room, "teacher", room.subject_url).text
    assert 'data-mark="2"' in page
    assert 'data-mark="5"' in page


def test_works_done_owed_and_returned_are_told_apart(client: SchoolClient, room: Room) -> None:
    today = clock.today()
    owed = room.make.homework(room.course, text="Параграф 1", due_on=today + timedelta(days=1))
    done = room.make.homework(room.course, text="Параграф 2", due_on=today + timedelta(days=1))
    back = room.make.homework(room.course, text="Параграф 3", due_on=today + timedelta(days=1))
    for one in (owed, done, back):
        move(one, today - timedelta(days=3))
    state(room.make, done, room.pupil, "checked")
    state(room.make, back, room.pupil, "returned")
    page = get(client, room, "pupil", room.subject_url).text
    assert "Сдана 1 работа. 1 работа вернулась на доработку. 1 работа ещё не сдана." in page
    assert "Сначала – «Параграф 3»" in page
    own = get(client, room, "pupil", f"/s/{room.school_id}/progress").text
    steps = own[own.index("Что делать дальше") :].partition("</ol>")[0]
    assert steps.count('</a> <span class="text-2 text-s">Алгебра</span>') == 2, "two subjects may ask in the same words"
    lines = get(client, room, "teacher", room.course_url).text
    assert lines.count('<td class="number">3</td>') == 2  # the two others have handed in nothing
    needing = get(client, room, "teacher", room.course_url + "?needs=1").text
    assert "3 работы не сданы" in needing
    assert f"{room.pupil.family_name} {room.pupil.given_name}</a>" not in needing


def test_topics_show_shares_per_cent_for_adults_only(client: SchoolClient, room: Room) -> None:
    version = room.make.task(room.course.subject_id)
    for pupil, right in ((room.pupil, 1), (room.mate, 3)):
        answered(version, pupil, right)
        answered(version, pupil, right)
    noise = room.make.task(room.other_subject.subject_id)
    answered(noise, room.pupil, 0)
    assert "верно 2 из 8</span>" in get(client, room, "pupil", room.subject_url).text
    assert "верно 2 из 8 (25 %)" in get(client, room, "parent", room.subject_url).text
    group = get(client, room, "teacher", room.course_url).text
    assert "50 %" in group
    assert '<td class="number">16</td><td class="number">2</td>' in group
    assert "Дроби: верно 2 из 8" in group


def test_lessons_bring_topics_and_absences(client: SchoolClient, room: Room) -> None:
    lesson = room.make.lesson(room.course, -3, topic="Сложение дробей")
    room.make.lesson(room.course, -2, topic="Сложение дробей")
    room.make.lesson(room.course, -1, topic="Отменённая тема", state="cancelled")
    room.make.save(
        Absence(
            school_id=room.school_id,
            lesson_id=lesson.id,
            pupil_id=room.pupil.id,
            on_date=lesson.on_date,
            fact="absent",
            noted_at=clock.now(),
            noted_by=room.pupil.account_id,
        )
    )
    page = get(client, room, "parent", room.subject_url).text
    assert "2 урока, последний" in page
    assert "Пропущен 1 урок." in page
    assert "Отменённая" not in page


def test_pupils_of_a_course_stand_by_name_never_by_place(client: SchoolClient, room: Room) -> None:
    names = [f"{one.family_name} {one.given_name}" for one in room.make.pupils_of(room.course)]
    marks(room.make, room.course, room.make.pupils_of(room.course)[2], "555", 2)
    marks(room.make, room.course, room.make.pupils_of(room.course)[0], "222", 8)
    page = get(client, room, "deputy", room.course_url).text
    places = [page.index(f">{name}</a>") for name in names]
    assert places == sorted(places)
    assert "средний балл 2,00 (3 отметки)" in get(client, room, "deputy", room.course_url + "?needs=1").text


@pytest.mark.parametrize(
    ("who", "which", "purposes"),
    [("pupil", "subject", 0), ("parent", "subject", 0), ("teacher", "subject", 1), ("deputy", "course", 1)],
)
def test_staff_leave_a_fact_and_pages_cost_few_statements(
    client: SchoolClient, room: Room, statements: Statements, who: str, which: str, purposes: int
) -> None:
    marks(room.make, room.course, room.pupil, "345", 2)
    room.make.homework(room.course)
    url = room.subject_url if which == "subject" else room.course_url
    client.sign_in(room.make.account_of(room.people[who]))
    with statements.counted() as sent:
        assert client.get(url).status_code == 200
    assert len(sent) <= (10 if which == "subject" else 12), sent
    facts = db.session.scalars(db.select(AccessFact).where(AccessFact.school_id == room.school_id)).all()
    assert [fact.purpose for fact in facts] == ["progress"] * purposes


def put(room: Room, value: int | None, column: Column, mark: Mark | None = None) -> Mark:
    """A mark put as the teacher puts it, with its event."""
    teacher = room.people["teacher"]
    journal = room.make.journal(teacher, room.course)
    with unit_of_work():
        save_marks(
            room.make.actor(teacher, "teacher"),
            journal,
            [
                Entry(
                    new_id(),
                    column.lesson_id,
                    column.id,
                    room.pupil.id,
                    Sign(value),
                    mark.version if mark else 0,
                )
            ],
        )
    db.session.expire_all()
    return db.session.scalars(
        db.select(Mark).where(Mark.school_id == room.school_id, Mark.column_id == column.id)
    ).one()


def receipt_url(room: Room, mark: Mark, ending: str = "") -> str:
    return f"/s/{room.school_id}/pupils/{room.pupil.id}/marks/{mark.id}/receipt{ending}"


def test_a_receipt_waits_for_its_seal_and_can_be_taken_away(client: SchoolClient, room: Room) -> None:
    with clock.stopped_at(clock.now() - timedelta(minutes=30)):
        mark = put(room, 5, room.make.column(room.make.lesson(room.course)))
    assert "Ещё не запечатано" in get(client, room, "parent", receipt_url(room, mark)).text
    assert get(client, room, "parent", receipt_url(room, mark, ".json")).status_code == 404
    seal()
    assert "Скачать квитанцию" in get(client, room, "parent", receipt_url(room, mark)).text
    file = get(client, room, "parent", receipt_url(room, mark, ".json"))
    assert file.headers["Content-Disposition"].startswith("attachment")
    event = json.loads(file.text)["event"]
    assert (event["thing"], event["pupil"]) == (str(mark.id), str(room.pupil.id))
    assert file.text == canonical(json.loads(file.text)) + "\n", "to the byte as the offline verifier takes it"
    for who in ("mate", "another parent", "parent without the right", "physics teacher", "another teacher"):
        assert get(client, room, who, receipt_url(room, mark)).status_code == 404
        assert get(client, room, who, receipt_url(room, mark, ".json")).status_code == 404


def test_a_receipt_does_not_tell_of_a_change_in_its_quiet_window(client: SchoolClient, room: Room) -> None:
    column = room.make.column(room.make.lesson(room.course))
    with clock.stopped_at(clock.now() - timedelta(minutes=30)):
        mark = put(room, 5, column)
    mark = put(room, 2, column, mark)
    seal()
    payload = {
        who: json.loads(json.loads(get(client, room, who, receipt_url(room, mark, ".json")).text)["event"]["payload"])
        for who in ("parent", "teacher")
    }
    assert payload["parent"]["new"]["value"] == 5
    assert payload["teacher"]["new"]["value"] == 2
    fresh = put(room, 3, room.make.column(room.make.lesson(room.course, slot=2)))
    assert get(client, room, "parent", receipt_url(room, fresh)).status_code == 404


def test_a_mark_from_elsewhere_has_no_receipt(client: SchoolClient, room: Room) -> None:
    (mark,) = marks(room.make, room.course, room.pupil, "4", 3)
    assert "квитанции нет" in get(client, room, "parent", receipt_url(room, mark)).text


def move(homework: Any, day: Any) -> None:
    """Homework of days ago: set by hand, for no action sets it in the past."""
    model = type(homework)
    with unit_of_work():
        db.session.execute(
            db.update(model).where(model.school_id == homework.school_id, model.id == homework.id).values(due_on=day)
        )


def state(make: Make, homework: Any, pupil: Member, value: str) -> None:
    make.save(
        Assignment(
            school_id=pupil.school_id,
            homework_id=homework.id,
            pupil_id=pupil.id,
            due_on=clock.today() - timedelta(days=3),
            state=value,
            version=1,
        )
    )


def answered(version: UnitVersion, pupil: Member, right: int) -> None:
    """A finished attempt with so many right answers."""
    items = shelf.items_of(db.session(), version)
    now = clock.now()
    attempt = Attempt(
        school_id=pupil.school_id,
        id=new_id(),
        pupil_id=pupil.id,
        unit_version_id=version.id,
        seed=1,
        started_at=now,
        finished_at=now,
        points=right,
        max_points=len(items),
    )
    with unit_of_work():
        db.session.add(attempt)
        db.session.flush()
        db.session.add_all(
            Verdict(
                school_id=pupil.school_id,
                attempt_id=attempt.id,
                item_id=item.id,
                points=float(n < right),
                max_points=1,
                correct=n < right,
            )
            for n, item in enumerate(items)
        )
