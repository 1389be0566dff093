"""Pages as people use them: what they read, what a press does, what a stranger gets."""

import re
from datetime import time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from content_library.models import Topic
from school.classes.hooks import LessonPart, lesson_parts
from school.classes.models import Absence, Bell, BellSchedule, Lesson, StudyGroup, Substitution, TimetableSlot
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.statements import Statements


def agree(client: SchoolClient, url: str, data: dict[str, str]) -> Any:
    """Send a form that shows first what will happen, and agree to that."""
    shown = client.post(url, data=data)
    mark = re.search(r'name="agreed" value="([^"]+)"', shown.text)
    assert shown.status_code == 200
    assert mark is not None
    return client.post(url, data={**data, "agreed": mark[1]})


@pytest.fixture
def town(make: Make) -> SimpleNamespace:
    """A class with a lesson now and one tomorrow, its people, and a school beside it."""
    school = make.school()
    group = make.school_class(school)
    course = make.course(group, pupils=3)
    make.slot(course, 3, 2)
    now = clock.now()
    lesson = make.lesson(course, starts_at=now - timedelta(minutes=10), ends_at=now + timedelta(minutes=35))
    tomorrow = make.lesson(course, days=1, slot=2)
    pupil = make.pupils_of(course)[0]
    leader, free = make.teacher(school), make.teacher(school)
    make.lead(group, leader)
    abroad = make.school()
    make.course(make.school_class(abroad), pupils=1)
    members = {
        "teacher": make.teacher_of(course),
        "leader": leader,
        "free": free,
        "pupil": pupil,
        "parent": make.parent(school, pupil),
        "deputy": make.member(school, "deputy"),
        "head": make.member(school, "head"),
        "admin": make.member(school, "admin"),
        "stranger": make.member(abroad, "admin", "head", "teacher"),
    }
    return SimpleNamespace(
        make=make,
        school=school,
        abroad=abroad,
        group=group,
        course=course,
        lesson=lesson,
        tomorrow=tomorrow,
        pupil=pupil,
        members=members,
        s=f"/s/{school.id}",
    )


def signed(client: SchoolClient, town: SimpleNamespace, who: str) -> SchoolClient:
    return client.sign_in(town.make.account_of(town.members[who]))


def slot_of(town: SimpleNamespace) -> TimetableSlot:
    return db.session.scalars(select(TimetableSlot).where(TimetableSlot.school_id == town.school.id)).one()


ADMIN = {"admin"}
ARRANGE = {"deputy", "head", "admin"}
STAFF_OF_GROUP = {"teacher", "leader", "deputy", "head", "admin"}
EVERYBODY = {"teacher", "leader", "pupil", "parent", "deputy", "head"}
PAGES = {
    "/timetable": {"teacher", "leader", "free", "pupil"},
    "/timetable/feed": {"teacher", "leader", "free", "pupil"},
    "/pupils/{pupil}/feed": {"pupil", "parent"},
    "/day": ARRANGE,
    "/lessons/{lesson}": EVERYBODY,
    "/lessons/{lesson}/arrange": ARRANGE,
    "/classes": {"teacher", "leader", "free", "deputy", "head", "admin"},
    "/classes/{group}": STAFF_OF_GROUP,
    "/pupils/{pupil}/absences": {"leader", "deputy", "head"},
    "/pupils/{pupil}/away": {"parent", "leader", "deputy", "head"},
    "/classes/{group}/week": STAFF_OF_GROUP,
    "/classes/{group}/week/new": {"deputy", "admin"},
    "/courses/{course}/week/{slot}": {"deputy", "admin"},
    "/classes/{group}/place": ADMIN,
    "/classes/{group}/leader": ADMIN,
    "/classes/{group}/enrol": ADMIN,
    "/classes/{group}/parts/new": ADMIN,
    "/classes/{group}/courses/new": ADMIN,
    "/classes/{group}/pupils/{pupil}/move": ADMIN,
    "/courses/{course}/teacher": ADMIN,
    "/years/{year}/classes/new": ADMIN,
    "/years/{year}/groups/new": ADMIN,
    "/structure": ADMIN,
    "/transfers": ADMIN,
    "/pupils/{pupil}/transfer": ADMIN,
    "/structure/buildings/new": ADMIN,
    "/structure/buildings/{building}": ADMIN,
    "/structure/buildings/{building}/bells/new": ADMIN,
    "/structure/years/new": ADMIN,
    "/structure/years/{year}": ADMIN,
    "/structure/years/{year}/terms/new": ADMIN,
    "/structure/terms/{regime}": ADMIN,
    "/structure/years/{year}/holidays/new": ADMIN,
}


def test_who_opens_which_page(client: SchoolClient, town: SimpleNamespace) -> None:
    ids = {
        "lesson": town.lesson.id,
        "group": town.group.id,
        "course": town.course.id,
        "pupil": town.pupil.id,
        "slot": slot_of(town).id,
        "year": town.group.year_id,
        "building": town.group.building_id,
        "regime": town.group.regime_id,
    }
    opened: dict[str, set[str]] = {path: set() for path in PAGES}
    for who in town.members:
        signed(client, town, who)
        for path, found in opened.items():
            status = client.get(town.s + path.format(**ids)).status_code
            assert status in {200, 404}, (who, path, status)
            if status == 200:
                found.add(who)
    assert opened == PAGES


def test_ids_of_another_school_are_not_found(client: SchoolClient, town: SimpleNamespace) -> None:
    signed(client, town, "stranger")
    there = f"/s/{town.abroad.id}"
    for path in (f"/lessons/{town.lesson.id}", f"/classes/{town.group.id}", f"/structure/years/{town.group.year_id}"):
        assert client.get(there + path).status_code == 404
    assert client.post(f"{there}/lessons/{town.lesson.id}/cancel").status_code == 404


def test_my_week_says_what_is_now_and_what_differs(
    client: SchoolClient, town: SimpleNamespace, statements: Statements
) -> None:
    with unit_of_work():
        db.session.add(
            Substitution(
                school_id=town.school.id,
                id=new_id(),
                lesson_id=town.tomorrow.id,
                teacher_id=town.members["free"].id,
                made_at=clock.now(),
                made_by=new_id(),
            )
        )
    for who, word in (("teacher", "ведёт"), ("free", "вы заменяете"), ("pupil", "замена")):
        signed(client, town, who)
        with statements.counted() as seen:
            page = client.get(f"{town.s}/timetable?on={town.tomorrow.on_date}")
        assert word in page.text
        assert len(seen) <= 8
    assert "сейчас, до" in client.get(f"{town.s}/timetable").text
    empty = client.get(f"{town.s}/timetable?on=2031-01-01").text
    assert "На этой неделе уроков нет" in empty


def test_a_topic_is_written_down_from_the_framework_or_in_own_words(
    client: SchoolClient, town: SimpleNamespace
) -> None:
    topic = town.make.save(
        Topic(id=77, subject_id=town.course.subject_id, code="7.1", title="Дроби", year_level=7, position=1)
    )
    signed(client, town, "teacher")
    url = f"{town.s}/lessons/{town.lesson.id}"
    assert "Дроби" in client.get(url).text
    assert client.post(f"{url}/topic", data={"topic": str(topic.id), "words": ""}).status_code == 303
    assert (lesson_row(town).topic, lesson_row(town).topic_id) == ("Дроби", 77)
    client.post(f"{url}/topic", data={"topic": "", "words": "Повторение"})
    assert (lesson_row(town).topic, lesson_row(town).topic_id) == ("Повторение", None)
    wrong = client.post(f"{url}/topic", data={"topic": "", "words": "я" * 301})
    assert wrong.status_code == 422
    assert "Не больше 300 знаков" in wrong.text
    assert signed(client, town, "leader").post(f"{url}/topic", data={"words": "x"}).status_code == 403
    assert signed(client, town, "parent").post(f"{url}/topic", data={"words": "x"}).status_code == 404


def lesson_row(town: SimpleNamespace, lesson: Lesson | None = None) -> Lesson:
    db.session.expire_all()
    wanted = lesson or town.lesson
    return db.session.scalars(select(Lesson).where(Lesson.school_id == town.school.id, Lesson.id == wanted.id)).one()


def test_presence_by_one_press_and_by_exceptions(client: SchoolClient, town: SimpleNamespace) -> None:
    url = f"{town.s}/lessons/{town.lesson.id}"
    signed(client, town, "teacher")
    assert client.post(f"{url}/presence").status_code == 303
    assert "отмечено в" in client.get(url).text
    key = town.pupil.id.hex
    page = client.get(url).text
    made = re.search(rf'name="id-{key}" value="([^"]+)"', page)
    assert made is not None
    sent = {f"fact-{key}": "late", f"minutes-{key}": "7", f"id-{key}": made[1]}
    for _ in range(2):
        assert client.post(f"{url}/presence", data=sent).status_code == 303
    rows = db.session.scalars(select(Absence).where(Absence.school_id == town.school.id)).all()
    assert [(str(one.id), one.fact, one.minutes_late) for one in rows] == [(made[1], "late", 7)]
    wrong = client.post(f"{url}/presence", data={**sent, f"minutes-{key}": "сто"})
    assert wrong.status_code == 422
    assert "минуты опоздания — от 1 до 90" in wrong.text
    assert 'value="сто"' in wrong.text
    family = signed(client, town, "parent").get(url).text
    assert "опоздание" in family
    assert "7 мин" in family
    other = town.make.pupils_of(town.course)[1].family_name
    assert f">{other} " not in family


def test_the_class_teacher_explains_an_absence(client: SchoolClient, town: SimpleNamespace) -> None:
    url = f"{town.s}/lessons/{town.lesson.id}"
    signed(client, town, "teacher").post(f"{url}/presence", data={f"fact-{town.pupil.id.hex}": "absent"})
    signed(client, town, "leader")
    assert "пока неизвестно" in client.get(url).text
    client.post(f"{url}/presence/{town.pupil.id}/reason", data={"reason": "illness"})
    row = db.session.scalars(select(Absence).where(Absence.school_id == town.school.id)).one()
    assert (row.fact, row.reason) == ("absent", "illness")
    stranger = signed(client, town, "parent").post(f"{url}/presence/{town.pupil.id}/reason", data={"reason": "family"})
    assert stranger.status_code == 404


def test_the_class_teacher_gives_one_reason_to_many_days(client: SchoolClient, town: SimpleNamespace) -> None:
    for days in (1, 2):
        lesson = town.make.lesson(town.course, days=-days)
        signed(client, town, "teacher").post(
            f"{town.s}/lessons/{lesson.id}/presence", data={f"fact-{town.pupil.id.hex}": "absent"}
        )
    url = f"{town.s}/pupils/{town.pupil.id}/absences"
    page = signed(client, town, "leader").get(url)
    assert "2 урока без причины" in page.text
    first, last = clock.today() - timedelta(days=2), clock.today()
    wrong = client.post(url, data={"reason": "illness", "since": str(last), "until": str(first)})
    assert wrong.status_code == 422
    assert client.post(url, data={"reason": "illness", "since": str(first), "until": str(last)}).status_code == 303
    assert "У каждого пропуска есть причина" in client.get(url).text


def test_features_above_add_their_parts_to_a_lesson(client: SchoolClient, town: SimpleNamespace) -> None:
    def part(actor: object, lesson: object) -> LessonPart:
        return LessonPart("classes/_part_for_tests.html", {"words": "Часть другого раздела"})

    lesson_parts.append(part)
    try:
        from jinja2 import DictLoader  # noqa: PLC0415

        loader = client.application.jinja_loader
        client.application.jinja_loader = DictLoader(
            {"classes/_part_for_tests.html": "<p>{{ part.context.words }}</p>"}
        )
        assert "Часть другого раздела" in signed(client, town, "teacher").get(f"{town.s}/lessons/{town.lesson.id}").text
    finally:
        lesson_parts.remove(part)
        client.application.jinja_loader = loader


def test_a_substitution_in_three_acts(client: SchoolClient, town: SimpleNamespace) -> None:
    signed(client, town, "deputy")
    day = client.get(f"{town.s}/day?on={town.tomorrow.on_date}").text
    url = f"{town.s}/lessons/{town.tomorrow.id}"
    assert f"{url}/arrange" in day
    offered = client.get(f"{url}/arrange").text
    free = town.members["free"]
    assert str(free.id) in offered
    assert str(town.members["teacher"].id) not in offered
    empty = client.post(f"{url}/substitute", data={})
    assert empty.status_code == 422
    assert "Выберите учителя" in empty.text
    assert client.post(f"{url}/substitute", data={"teacher": str(free.id), "reason": "болезнь"}).status_code == 303
    day = client.get(f"{town.s}/day?on={town.tomorrow.on_date}").text
    assert "1 изменение" in day
    assert f"{free.family_name}" in day
    assert client.post(f"{url}/end-substitution").status_code == 303
    again = client.post(f"{url}/end-substitution")
    assert again.status_code == 422
    assert "никто не заменяет" in again.text


def test_moving_and_cancelling_are_refused_in_words_and_done(client: SchoolClient, town: SimpleNamespace) -> None:
    signed(client, town, "deputy")
    url = f"{town.s}/lessons/{town.tomorrow.id}"
    wrong = client.post(f"{url}/move", data={"on_date": str(town.tomorrow.on_date), "slot": "13"})
    assert wrong.status_code == 422
    assert "нет урока № 13" in wrong.text
    assert client.post(f"{url}/move", data={"on_date": "", "slot": ""}).status_code == 422
    where = town.tomorrow.on_date + timedelta(days=1)
    assert client.post(f"{url}/move", data={"on_date": str(where), "slot": "4", "room": "9"}).status_code == 303
    assert "перенесён" in signed(client, town, "pupil").get(url).text
    signed(client, town, "deputy")
    today = f"{town.s}/lessons/{town.lesson.id}"
    assert client.post(f"{today}/cancel").status_code == 303
    assert "Этот урок отменён" in client.get(today).text
    assert client.post(f"{today}/restore").status_code == 303
    assert lesson_row(town).state == "planned"


def test_an_absent_teacher_is_covered_for_a_day(client: SchoolClient, town: SimpleNamespace) -> None:
    signed(client, town, "deputy")
    absent = town.members["teacher"]
    url = f"{town.s}/day/cover?on={town.tomorrow.on_date}&teacher={absent.id}"
    page = client.get(url).text
    key = f"teacher-{town.tomorrow.id.hex}"
    assert key in page
    free = town.members["free"]
    assert client.post(url, data={key: str(free.id), "reason": "курсы"}).status_code == 303
    row = db.session.scalars(select(Substitution).where(Substitution.school_id == town.school.id)).one()
    assert (row.lesson_id, row.teacher_id, row.reason) == (town.tomorrow.id, free.id, "курсы")
    other = town.make.course(town.make.school_class(town.school, letter="Ж"), teacher=free)
    town.make.lesson(other, days=1, slot=3, room="77")
    third = town.make.lesson(town.course, days=1, slot=3)
    refused = client.post(url, data={f"teacher-{third.id.hex}": str(free.id)})
    assert refused.status_code == 422
    assert "другой урок" in refused.text
    assert client.get(f"{town.s}/day/cover?teacher=nobody").status_code == 303


def test_the_week_of_a_class_is_edited(client: SchoolClient, town: SimpleNamespace) -> None:
    signed(client, town, "admin")
    url = f"{town.s}/classes/{town.group.id}/week"
    assert "205" in client.get(url).text
    sent = {
        "course": str(town.course.id),
        "weekday": "3",
        "slot": "2",
        "room": "7",
        "teacher": str(town.members["free"].id),
        "from_on": str(clock.today()),
    }
    clash = client.post(f"{url}/new", data=sent)
    assert clash.status_code == 422
    assert "другой урок" in clash.text
    assert client.post(f"{url}/new", data={**sent, "slot": "3"}).status_code == 303
    assert client.post(f"{url}/new", data={**sent, "teacher": ""}).status_code == 422
    old = db.session.scalars(
        select(TimetableSlot).where(TimetableSlot.school_id == town.school.id, TimetableSlot.slot == 2)
    ).one()
    place = f"{town.s}/courses/{town.course.id}/week/{old.id}"
    teacher = str(town.members["teacher"].id)
    later = str(clock.today() + timedelta(days=7))
    changed = client.post(place, data={**sent, "teacher": teacher, "slot": "5", "from_on": later})
    assert changed.status_code == 303
    assert client.post(f"{place}/end").status_code == 303
    text = client.get(url).text
    assert "7 «Б»" in text


def test_classes_are_opened_divided_taught_and_filled(client: SchoolClient, town: SimpleNamespace) -> None:
    signed(client, town, "admin")
    newcomer = town.make.pupil(town.school)
    free = str(town.members["free"].id)
    place = {"building": str(town.group.building_id), "shift": "1", "regime": str(town.group.regime_id)}
    new = f"{town.s}/years/{town.group.year_id}"
    assert client.post(f"{new}/classes/new", data={**place, "year_level": "7", "letter": "к"}).status_code == 303
    twice = client.post(f"{new}/classes/new", data={**place, "year_level": "7", "letter": "К"})
    assert twice.status_code == 422
    assert "уже есть" in twice.text
    assert client.post(f"{new}/groups/new", data={**place, "year_level": "5", "name": "Хор"}).status_code == 303
    made = db.session.scalars(
        select(StudyGroup).where(StudyGroup.school_id == town.school.id, StudyGroup.letter == "К")
    ).one()
    url = f"{town.s}/classes/{made.id}"
    today = str(clock.today())
    assert client.post(f"{url}/leader", data={"teacher": free, "from_on": today}).status_code == 303
    assert client.post(f"{url}/enrol", data={"pupils": [str(newcomer.id)], "from_on": today}).status_code == 303
    nobody = client.post(f"{url}/enrol", data={"from_on": today})
    assert nobody.status_code == 422
    assert client.post(f"{url}/parts/new", data={"name": "англ. 1"}).status_code == 303
    course = {"group": str(made.id), "subject": str(town.course.subject_id), "hours_a_week": "3", "teacher": free}
    assert client.post(f"{url}/courses/new", data=course).status_code == 303
    assert client.post(f"{url}/courses/new", data=course).status_code == 422
    silent = client.post(f"{url}/place", data={**place, "shift": "2"})
    assert silent.status_code == 422
    assert "ещё нет звонков" in silent.text
    bells = {"building_id": town.group.building_id, "shift": 2, "name": "2-я смена", "from_on": clock.today()}
    town.make.save(BellSchedule(school_id=town.school.id, id=new_id(), to_on=None, **bells))
    assert client.post(f"{url}/place", data={**place, "shift": "2"}).status_code == 303
    page = client.get(url).text
    assert newcomer.family_name in page
    assert "1 ученик" in page
    assert "7 «К», англ. 1" in page
    move = f"{url}/pupils/{newcomer.id}/move"
    assert f"{move}?to={town.group.id}" in client.get(move).text
    assert client.post(f"{move}?to={town.group.id}", data={"on": ""}).status_code == 422
    assert client.post(f"{move}?to={town.group.id}", data={"on": today}).status_code == 303
    assert newcomer.family_name in client.get(f"{town.s}/classes/{town.group.id}").text
    appoint = f"{town.s}/courses/{town.course.id}/teacher"
    old = str(town.members["teacher"].id)
    assert client.post(appoint, data={"teacher": free, "instead_of": old, "from_on": today}).status_code == 303


def test_the_calendar_is_set_up_with_forms(client: SchoolClient, town: SimpleNamespace) -> None:
    signed(client, town, "admin")
    s = f"{town.s}/structure"
    assert client.post(f"{s}/buildings/new", data={"name": "Корпус 2", "address": "ул. Лесная"}).status_code == 303
    assert client.post(f"{s}/buildings/new", data={"name": ""}).status_code == 422
    today = clock.today()
    bells = {"name": "Короткий день", "shift": "1", "from_on": str(today), "to_on": str(today)}
    url = f"{s}/buildings/{town.group.building_id}/bells/new"
    assert agree(client, url, {**bells, "times": "1. 8:30–9:00\n2 9.10-9.40"}).status_code == 303
    for times, words in (
        ("первый урок", "Строка 1: запишите так"),
        ("1. 8:30–9:00\n1. 9:10–9:40", "указан дважды"),
        ("1. 9:30–9:00", "кончается раньше"),
        ("1. 8:30–9:30\n2. 9:10–9:40", "начинается раньше"),
        ("1. 25:00–26:00", "Строка 1"),
        ("", "хотя бы один урок"),
    ):
        answer = client.post(url, data={**bells, "times": times})
        assert answer.status_code == 422
        assert words in answer.text
    year = f"{s}/years/{town.group.year_id}"
    assert (
        client.post(
            f"{s}/years/new", data={"name": "x", "starts_on": str(today), "ends_on": str(today + timedelta(days=9))}
        ).status_code
        == 422
    )
    far = today.replace(year=today.year + 3, month=9, day=1)
    assert (
        client.post(
            f"{s}/years/new", data={"name": "Другой", "starts_on": str(far), "ends_on": str(far + timedelta(days=260))}
        ).status_code
        == 303
    )
    first, last = today - timedelta(days=60), today + timedelta(days=140)
    terms = {"kind": "half_years", "name": "Полугодия", "days_a_week": "6"}
    good = f"1-е: {first:%d.%m.%Y}–{today:%d.%m.%Y}\n2-е: {today + timedelta(days=1):%d.%m.%Y}–{last:%d.%m.%Y}"
    assert client.post(f"{year}/terms/new", data={**terms, "terms": good}).status_code == 303
    assert "Строка 1" in client.post(f"{year}/terms/new", data={**terms, "terms": "осень"}).text
    overlap = f"1-е: {first:%d.%m.%Y}–{today:%d.%m.%Y}\n2-е: {today:%d.%m.%Y}–{last:%d.%m.%Y}"
    assert "начинается раньше" in client.post(f"{year}/terms/new", data={**terms, "terms": overlap}).text
    past = f"{s}/terms/{town.group.regime_id}"
    kept = {"kind": "quarters", "name": "Четверти", "days_a_week": "5"}
    later = f"1-я: {today:%d.%m.%Y}–{last:%d.%m.%Y}"
    assert "Прошедшие дни" in client.post(past, data={**kept, "terms": later}).text
    holiday = {
        "name": "Праздник",
        "starts_on": str(today + timedelta(days=1)),
        "ends_on": str(today + timedelta(days=1)),
    }
    assert client.post(f"{year}/holidays/new", data=holiday).status_code == 303
    page = client.get(s).text
    assert "Праздник" in page
    removal = re.search(r'action="([^"]+/holidays/[^"]+/remove)"', page)
    assert removal is not None
    assert client.post(removal[1]).status_code == 303
    assert "Праздник" not in client.get(s).text


def test_a_first_school_is_told_what_comes_first(client: SchoolClient, make: Make) -> None:
    school = make.school()
    client.sign_in(make.account_of(make.member(school, "admin")))
    assert "Сначала учебный год" in client.get(f"/s/{school.id}/classes").text
    assert "Открыть учебный год" in client.get(f"/s/{school.id}/structure").text


def test_a_move_of_a_class_is_shown_before_it_is_done_and_refused_by_name(
    client: SchoolClient, town: SimpleNamespace
) -> None:
    signed(client, town, "admin")
    make = town.make
    bells = {"building_id": town.group.building_id, "shift": 2, "name": "2-я смена", "from_on": clock.today()}
    schedule = make.save(BellSchedule(school_id=town.school.id, id=new_id(), to_on=None, **bells))
    ring = {"school_id": town.school.id, "schedule_id": schedule.id, "slot": 2}
    make.save(Bell(**ring, id=new_id(), starts=time(15), ends=time(15, 45)))
    far = make.lesson(town.course, days=3, slot=2)
    url = f"{town.s}/classes/{town.group.id}/place"
    data = {"building": str(town.group.building_id), "shift": "2", "regime": str(town.group.regime_id)}
    shown = client.post(url, data=data)
    assert shown.status_code == 200
    assert "Что будет" in shown.text
    assert "15:00–15:45" in shown.text
    db.session.expire_all()
    stands = select(Lesson.starts_at).where(Lesson.school_id == town.school.id, Lesson.id == far.id)
    assert clock.local(db.session.scalars(stands).one()).time() == time(9, 30), "nothing before the confirm"
    beside = make.course(make.school_class(town.school, 8, "Д", shift=2), teacher=make.teacher_of(town.course))
    at = clock.moscow(far.on_date, time(15, 10))
    make.lesson(beside, days=3, slot=2, starts_at=at, ends_at=at + timedelta(minutes=40), room="1")
    mark = re.search(r'name="agreed" value="([^"]+)"', shown.text)
    assert mark is not None
    refused = client.post(url, data={**data, "agreed": mark[1]})
    assert refused.status_code == 422
    assert "окажется на двух уроках сразу" in refused.text
    assert "8 «Д»" in refused.text
    assert 'name="agreed"' not in refused.text
    again = client.post(url, data={**data, "agreed": mark[1], "again": "1"})
    assert again.status_code == 200
    assert re.search(r'<option selected value="2"', again.text), "what was chosen stays"


def test_a_substitute_reads_from_when_until_when_the_lesson_is_theirs(
    client: SchoolClient, town: SimpleNamespace
) -> None:
    cover = town.members["free"]
    for lesson in (town.lesson, town.tomorrow):
        values = {"school_id": town.school.id, "teacher_id": cover.id, "made_at": clock.now(), "made_by": new_id()}
        town.make.save(Substitution(id=new_id(), lesson_id=lesson.id, **values))
    signed(client, town, "free")
    now = client.get(f"{town.s}/lessons/{town.lesson.id}").text
    assert "Урок ваш до конца" in now
    assert f"/lessons/{town.lesson.id}/presence" in now
    early = client.get(f"{town.s}/lessons/{town.tomorrow.id}").text
    assert "9:30 и до конца" in early
    assert f"/lessons/{town.tomorrow.id}/presence" not in early
    answer = client.post(f"{town.s}/lessons/{town.tomorrow.id}/presence", data={})
    assert answer.status_code == 403
    assert "9:30 и до конца" in answer.text
