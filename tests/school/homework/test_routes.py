"""Homework in the browser: the teacher sets and looks through, the pupil does, the family reads, strangers find nothing."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from content_library import FileRole, PlacedFile, Rendition, UnitKind, uploads
from school.classes.models import StudyGroup
from school.core import clock
from school.core.database import db, new_id
from school.core.files import storage
from school.core.transactions import unit_of_work
from school.homework import actions, hooks
from school.homework.models import Assignment, HandInWay, Homework, Submission, SubmissionPhoto, TaskScale
from school.homework.queries import Standing, get_homework, handed_in, homework_between, works_standing
from school.people.models import School
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.statements import Statements


class Room:
    """A course with three pupils and its lessons of this week."""

    def __init__(self, make: Make, client: SchoolClient) -> None:
        self.make, self.client = make, client
        self.course = make.course(pupils=3)
        self.school = db.session.get_one(School, self.course.school_id)
        self.teacher = make.teacher_of(self.course)
        self.lesson, self.next = make.lesson(self.course), make.lesson(self.course, days=2)
        self.pupil, self.other, self.third = make.pupils_of(self.course)
        self.base = f"/s/{self.school.id}"

    def sign_in(self, member: Any) -> None:
        self.client.sign_in(self.make.account_of(member))

    def state(self, homework: Homework, pupil: Any = None) -> str:
        db.session.expire_all()
        work = self.make.work(homework, pupil or self.pupil, self.make.actor(self.teacher, "teacher"))
        return work.state.state

    def form(self, **changes: Any) -> dict[str, Any]:
        base = {
            "client_id": str(new_id()),
            "text": "§ 12, № 412",
            "way": "tick",
            "minutes": "25",
            "due": str(self.next.id),
            "whom": "all",
        }
        return base | changes

    @property
    def set_url(self) -> str:
        return f"{self.base}/lessons/{self.lesson.id}/homework/new"

    def all_homework(self) -> list[Homework]:
        db.session.expire_all()
        return list(db.session.scalars(select(Homework).where(Homework.school_id == self.school.id)))


@pytest.fixture
def room(make: Make, client: SchoolClient) -> Room:
    return Room(make, client)


def picture(width: int = 800, height: int = 600, kind: str = "JPEG", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, kind, **more)
    return out.getvalue()


def test_set_from_a_lesson_for_the_next_one(room: Room) -> None:
    room.sign_in(room.teacher)
    page = room.client.get(room.set_url)
    assert page.status_code == 200 and re.search(
        rf'value="{room.next.id}" selected|selected[^>]*{room.next.id}', page.text
    )
    form = room.form()
    for _press in range(2):
        assert room.client.post(room.set_url, data=form).status_code == 303
    (homework,) = room.all_homework()
    assert (homework.due_on, homework.for_all, homework.lesson_id) == (room.next.on_date, True, room.lesson.id)
    assert room.client.post(room.set_url, data={**form, "text": "другое"}).status_code == 409


def test_a_wrong_form_says_what_and_loses_nothing(room: Room) -> None:
    room.sign_in(room.teacher)
    answer = room.client.post(room.set_url, data=room.form(text="", minutes="500"))
    assert answer.status_code == 422 and "от 0 до 240" in answer.text
    answer = room.client.post(room.set_url, data=room.form(text=""))
    assert answer.status_code == 422 and "Напишите, что сделать" in answer.text
    answer = room.client.post(room.set_url, data=room.form(due="day"))
    assert answer.status_code == 422 and "§ 12, № 412" in answer.text
    answer = room.client.post(room.set_url, data=room.form(whom="some"))
    assert answer.status_code == 422 and "хотя бы одного ученика" in answer.text
    assert room.all_homework() == []


def test_a_unit_is_found_chosen_and_pinned(room: Room) -> None:
    version = room.make.task(room.course.subject_id)
    room.make.task(title="Чужой предмет")
    room.sign_in(room.teacher)
    assert "Десятичные дроби" in room.client.get(room.set_url).text
    found = room.client.post(room.set_url, data=room.form(find="1", words="дроби"), headers={"HX-Request": "true"})
    assert "Десятичные дроби" in found.text and "<h1" not in found.text and "Чужой" not in found.text
    picked = room.client.post(room.set_url, data=room.form(pick=str(version.id)))
    assert (
        picked.status_code == 200
        and "§ 12, № 412" in picked.text
        and f'name="unit" value="{version.id}"' in picked.text
    )
    assert 'value="15"' in picked.text
    assert re.search(r'value="task"[^>]*checked|checked[^>]*value="task"', picked.text)
    room.client.post(room.set_url, data=room.form(way="task", unit=str(version.id)))
    (homework,) = room.all_homework()
    assert homework.unit_version_id == version.id


def test_for_single_pupils_by_a_day(room: Room) -> None:
    room.sign_in(room.teacher)
    day = clock.today() + timedelta(days=4)
    stranger = room.make.pupil(room.school)
    pupils = [str(room.pupil.id), str(stranger.id)]
    room.client.post(
        room.set_url, data=room.form(whom="some", pupils=pupils, due="day", due_on=day.isoformat(), anyway="1")
    )
    (homework,) = room.all_homework()
    assert (homework.due_on, homework.due_lesson_id, homework.for_all) == (day, None, False)
    given = db.session.scalars(select(Assignment.pupil_id).where(Assignment.school_id == room.school.id)).all()
    assert given == [room.pupil.id]


def test_change_and_withdraw(room: Room) -> None:
    homework = room.make.homework(room.course)
    room.sign_in(room.teacher)
    url = f"{room.base}/homework/{homework.id}"
    assert "№ 412, 415" in room.client.get(f"{url}/edit").text
    assert room.client.post(f"{url}/edit", data=room.form(text="№ 500")).status_code == 303
    assert room.all_homework()[0].text == "№ 500"
    assert room.client.post(f"{url}/withdraw").status_code == 303
    assert room.client.get(f"{url}/edit").status_code == 404
    room.sign_in(room.pupil)
    assert room.client.get(url).status_code == 404
    assert "№ 500" not in room.client.get(f"{room.base}/homework").text


def test_one_list_over_all_subjects(room: Room, statements: Statements) -> None:
    second = room.make.course(room.make._one(StudyGroup, room.school.id), subject=room.make.subject(name_ru="Физика"))
    room.make.homework(room.course, minutes=20)
    room.make.homework(second, minutes=25, text="Опыт с рычагом")
    room.make.homework(second, text="Давнее", due_on=clock.today())
    old = room.make.homework(second, text="Нестрашно", due_on=clock.today(), way=HandInWay.TEXT)
    elsewhere = room.make.course(pupils=1)
    room.make.homework(elsewhere, text="Чужое")
    with unit_of_work():
        row = db.session.get_one(Homework, (old.school_id, old.id))
        row.due_on = clock.today() - timedelta(days=3)
    room.sign_in(room.pupil)
    with statements.counted() as seen:
        text = room.client.get(f"{room.base}/homework").text
    assert len(seen) <= 8
    assert "Завтра" in text and "45\N{NO-BREAK SPACE}минут" in text and "Физика" in text
    assert "Ещё можно сдать" in text and "ещё не сдано" in text
    assert "Чужое" not in text and "росроч" not in text


def test_a_page_of_the_textbook_is_a_link(room: Room) -> None:
    book = room.make.task(items=(), body_markdown="[стр. 44]\n\nРычаг.\n\n[стр. 45]\n\nБлок.")
    homework = room.make.homework(room.course, task=book, way=HandInWay.TICK, text="стр. 45 № 15–20")
    room.sign_in(room.pupil)
    page = room.client.get(f"{room.base}/homework/{homework.id}").text
    link = f"/library/{book.unit_id}/page?n=45&amp;version=1"
    assert f'<a href="{link}" title="Десятичные дроби">стр. 45 № 15–20</a>' in page
    assert room.client.get(link.replace("&amp;", "&")).location.endswith("#page-45")


def test_the_teacher_sees_how_much_of_a_film_was_watched(room: Room) -> None:
    pieces = Rendition(640, 360, "avc1.64001e", 900, 976, ((100_000, 4000), (100_000, 4000), (50_000, 2000)))
    with unit_of_work():
        film = uploads.keep(db.session(), storage(), b"film", "video/mp4", clock.now())
        film.facts = pieces.facts()
        placed = PlacedFile(sha256=film.sha256, name="a.mp4", role=FileRole.BODY)
    unit = room.make.task(items=(), kind=UnitKind.VIDEO, files=[placed])
    homework = room.make.homework(room.course, task=unit, way=HandInWay.TICK, text="Посмотреть")
    room.sign_in(room.pupil)
    room.client.post(f"/library/{unit.unit_id}/watched", data={"seconds": 6, "parts": "0-3,6-8"})
    room.sign_in(room.teacher)
    page = room.client.get(f"{room.base}/homework/{homework.id}/review?pupil={room.pupil.id}").text
    assert "просмотрено 50 %" in page


def test_only_the_teacher_is_told_that_it_was_opened(room: Room) -> None:
    homework = room.make.homework(room.course)
    room.sign_in(room.pupil)
    url = f"{room.base}/homework/{homework.id}"
    room.client.post(f"{url}/seen")
    assert "ученик видел" not in room.client.get(url).text
    room.sign_in(room.teacher)
    review = room.client.get(f"{url}/review?pupil={room.pupil.id}").text
    assert review.count("ученик видел") == 2, "in the head and in the list of pupils"
    assert "ученик видел" not in room.client.get(f"{url}/review?pupil={room.other.id}").text.partition("<aside")[0]


def test_a_tick_from_the_list_and_back(room: Room) -> None:
    homework = room.make.homework(room.course)
    room.sign_in(room.pupil)
    url = f"{room.base}/homework/{homework.id}"
    assert 'hx-post="' in room.client.get(url).text
    room.client.post(f"{url}/seen")
    assert room.state(homework) == "seen"
    client_id = str(new_id())
    for _press in range(2):
        answer = room.client.post(f"{url}/hand-in", data={"client_id": client_id, "back": "list"})
        assert answer.location == f"{room.base}/homework"
    assert room.state(homework) == "handed_in"
    assert rows(Submission, room) == 1
    room.client.post(f"{url}/take-back")
    assert room.state(homework) == "seen"


def rows(model: Any, room: Room) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(model.school_id == room.school.id)) or 0


def test_an_empty_text_is_explained(room: Room) -> None:
    homework = room.make.homework(room.course, way=HandInWay.TEXT)
    room.sign_in(room.pupil)
    answer = room.client.post(
        f"{room.base}/homework/{homework.id}/hand-in", data={"client_id": str(new_id()), "text": " "}
    )
    assert answer.status_code == 422 and "Сначала напишите ответ" in answer.text
    assert rows(Assignment, room) == 0


def test_photos_by_the_plain_form_lose_what_the_camera_hid(room: Room) -> None:
    homework = room.make.homework(room.course, way=HandInWay.PHOTO)
    room.sign_in(room.pupil)
    exif = Image.Exif()
    exif[0x010F] = "Камера с адресом"
    exif[0x0112] = 6
    big = picture(2400, 1200, exif=exif)
    url = f"{room.base}/homework/{homework.id}/hand-in"
    files = [(io.BytesIO(big), "1.jpg"), (io.BytesIO(picture(kind="PNG")), "2.png")]
    data = {"client_id": str(new_id()), "text": "Вот", "photos": files}
    assert room.client.post(url, data=data, content_type="multipart/form-data").status_code == 303
    pages = db.session.execute(
        select(SubmissionPhoto.width, SubmissionPhoto.height, SubmissionPhoto.sha256)
        .where(SubmissionPhoto.school_id == room.school.id)
        .order_by(SubmissionPhoto.position)
    ).all()
    assert [(width, height) for width, height, _ in pages] == [(800, 1600), (800, 600)]
    text = room.client.get(f"{room.base}/homework/{homework.id}").text
    address = re.search(r'<img src="([^"]+/files/[^"]+|/files/[^"]+)"', text)
    assert address is not None
    kept = room.client.get(address[1])
    with Image.open(io.BytesIO(kept.data)) as stored:
        assert not stored.getexif()


def test_photos_straight_to_the_storage(room: Room) -> None:
    homework = room.make.homework(room.course, way=HandInWay.PHOTO)
    room.sign_in(room.pupil)
    url = f"{room.base}/homework/{homework.id}"
    sent = picture()
    (link,) = room.client.post(f"{url}/photo-links", data={"size": len(sent)}).json["links"]
    assert room.client.put(link["url"], data=sent, headers=link["headers"]).status_code == 204
    data = {"client_id": str(new_id()), "incoming": [link["incoming"]]}
    for _resend in range(2):
        assert room.client.post(f"{url}/hand-in", data=data).status_code == 303
    assert (rows(Submission, room), rows(SubmissionPhoto, room)) == (1, 1)


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"%PDF-1.7 no picture"])
def test_what_is_no_photo_is_refused_kindly(room: Room, content: bytes) -> None:
    homework = room.make.homework(room.course, way=HandInWay.PHOTO)
    room.sign_in(room.pupil)
    url = f"{room.base}/homework/{homework.id}/hand-in"
    data = {"client_id": str(new_id()), "photos": [(io.BytesIO(content), "1.jpg")]}
    answer = room.client.post(url, data=data, content_type="multipart/form-data")
    assert answer.status_code == 422 and "не получилось открыть" in answer.text
    data = {"client_id": str(new_id()), "incoming": ["incoming/" + "0" * 32]}
    assert room.client.post(url, data=data).status_code == 422
    data = {"client_id": str(new_id()), "incoming": ["0" * 64]}
    assert room.client.post(url, data=data).status_code == 422
    assert rows(Submission, room) == 0


def test_links_only_for_photos(room: Room) -> None:
    homework = room.make.homework(room.course)
    photos = room.make.homework(room.course, way=HandInWay.PHOTO)
    room.sign_in(room.pupil)
    assert room.client.post(f"{room.base}/homework/{homework.id}/photo-links", data={"size": 10}).status_code == 422
    too_large = {"size": 16 * 1024 * 1024}
    assert room.client.post(f"{room.base}/homework/{photos.id}/photo-links", data=too_large).status_code == 422


def test_a_task_from_start_to_review(room: Room) -> None:
    homework = room.make.homework(room.course, task=room.make.task(room.course.subject_id))
    room.sign_in(room.pupil)
    url = f"{room.base}/homework/{homework.id}"
    started = room.client.post(f"{url}/task")
    assert started.status_code == 303
    assert "Продолжить" in room.client.get(url).text
    room.client.post(f"{started.location}/finish")
    results = room.client.get(started.location).text
    assert f'href="{url}"' in results and "К заданию" in results
    assert "баллов: 0 из 4" in room.client.get(url).text
    room.sign_in(room.teacher)
    text = room.client.get(f"{url}/review").text
    assert "предлагает" in text and 'data-mark="2"' in text
    assert f"pupil={room.pupil.id}" in room.client.get(started.location).text


def test_own_table_of_proposals(room: Room) -> None:
    homework = room.make.homework(room.course, task=room.make.task(room.course.subject_id))
    owner = room.teacher.id
    scale = TaskScale(school_id=room.school.id, from_on=clock.today(), five=1, four=0, three=0, owner=owner)
    room.make.save(scale)
    room.sign_in(room.pupil)
    started = room.client.post(f"{room.base}/homework/{homework.id}/task")
    room.client.post(f"{started.location}/finish")
    room.sign_in(room.teacher)
    assert 'data-mark="4"' in room.client.get(f"{room.base}/homework/{homework.id}/review").text


def test_one_pupil_after_another(room: Room) -> None:
    homework = room.make.homework(room.course, way=HandInWay.TEXT)
    for pupil in (room.pupil, room.third):
        me = room.make.actor(pupil, "pupil")
        with unit_of_work():
            actions.hand_in(me, room.make.seen(me, homework), new_id(), text=f"Ответ {pupil.family_name}")
    room.sign_in(room.teacher)
    assert "2 работы ждут" in room.client.get(f"{room.base}/to-review").text
    url = f"{room.base}/homework/{homework.id}/review"
    first = room.client.get(url).text
    assert f"Ответ {room.pupil.family_name}" in first and "Alt 1" in first and 'data-key="j"' in first
    answer = room.client.post(f"{url}/{room.pupil.id}", data={"version": 1, "verb": "accept", "comment": "Молодец"})
    assert answer.location == f"{url}?pupil={room.third.id}"
    assert room.state(homework) == "checked"
    no_word = room.client.post(f"{url}/{room.third.id}", data={"version": 1, "verb": "return"})
    assert no_word.status_code == 422 and "что исправить" in no_word.text
    room.client.post(f"{url}/{room.third.id}", data={"version": 1, "verb": "return", "comment": "Шаги"})
    assert room.state(homework, room.third) == "returned"
    room.sign_in(room.third)
    assert "На доработку" in room.client.get(f"{room.base}/homework").text
    assert "Шаги" in room.client.get(f"{room.base}/homework/{homework.id}").text


def test_the_second_of_two_teachers_is_told(room: Room) -> None:
    homework = room.make.homework(room.course)
    room.sign_in(room.teacher)
    url = f"{room.base}/homework/{homework.id}/review/{room.pupil.id}"
    assert room.client.post(url, data={"version": 0, "verb": "excuse"}).status_code == 303
    late = room.client.post(url, data={"version": 0, "verb": "accept", "comment": "Набрано долго"})
    assert late.status_code == 409 and "работа изменилась" in late.text
    assert "Набрано долго" in late.text, "words of the second are not lost"
    sent = {"version": 0, "sign": "4", "comment": "Тоже долго"}
    mark = room.client.post(f"{room.base}/homework/{homework.id}/marks/{room.pupil.id}", data=sent)
    assert mark.status_code == 409 and "Тоже долго" in mark.text
    again = re.search(r'name="version"[^>]*value="(\d+)"', late.text)
    assert again is not None and again[1] == "1", "the next press is about what stands there now"
    assert room.state(homework) == "excused"


def test_more_time(room: Room) -> None:
    homework = room.make.homework(room.course)
    room.sign_in(room.teacher)
    url = f"{room.base}/homework/{homework.id}/review"
    later = clock.today() + timedelta(days=6)
    past = room.client.post(f"{url}/{room.pupil.id}", data={"version": 0, "verb": "extend", "due_on": "2020-01-01"})
    assert past.status_code == 422
    data = {"version": 0, "verb": "extend", "due_on": later.isoformat()}
    assert room.client.post(f"{url}/{room.pupil.id}", data=data).location == f"{url}?pupil={room.pupil.id}"
    assert "срок до" in room.client.get(f"{url}?pupil={room.pupil.id}").text


def test_the_journal_may_add_its_part(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    homework = room.make.homework(room.course)
    part = hooks.ReviewPart("core/error.html", lambda _actor, _homework, work: {"name": work.name})
    monkeypatch.setattr(hooks, "REVIEW_PARTS", [part])
    teacher = room.make.actor(room.teacher, "teacher")
    seen, work = room.make.seen(teacher, homework), room.make.work(homework, room.pupil, teacher)
    assert hooks.parts_of_review(teacher, seen, work) == [("core/error.html", {"name": work.name})]


def test_family_and_staff_read(room: Room) -> None:
    homework = room.make.homework(room.course, way=HandInWay.TEXT)
    me = room.make.actor(room.pupil, "pupil")
    with unit_of_work():
        actions.hand_in(me, room.make.seen(me, homework), new_id(), text="Мой ответ")
    parent = room.make.parent(room.school, room.pupil)
    for reader in (parent, room.teacher):
        room.sign_in(reader)
        list_url = f"{room.base}/pupils/{room.pupil.id}/homework"
        assert "№ 412" in room.client.get(list_url).text
        page = room.client.get(f"{list_url}/{homework.id}")
        assert "Мой ответ" in page.text and "<textarea" not in page.text


def test_strangers_find_nothing(room: Room) -> None:
    homework = room.make.homework(room.course, pupils=(room.pupil,))
    elsewhere = room.make.course(pupils=1)
    same_school = room.make.course(room.make.school_class(room.school, letter="В"), pupils=1)
    other_parent = room.make.parent(room.school, room.other)
    strangers = [
        room.other,
        other_parent,
        room.make.teacher_of(same_school),
        room.make.teacher_of(elsewhere),
        room.make.pupils_of(same_school)[0],
        room.make.pupils_of(elsewhere)[0],
    ]
    one = f"{room.base}/homework/{homework.id}"
    of_pupil = f"{room.base}/pupils/{room.pupil.id}/homework"
    gets = [one, f"{one}/edit", f"{one}/review", of_pupil, f"{of_pupil}/{homework.id}", room.set_url]
    gets.append(f"{room.base}/courses/{room.course.id}/homework")
    posts = [f"{one}/{verb}" for verb in ("seen", "task", "hand-in", "take-back", "photo-links", "withdraw", "edit")]
    posts += [f"{one}/review/{room.pupil.id}", room.set_url]
    for stranger in strangers:
        room.sign_in(stranger)
        assert [room.client.get(url).status_code for url in gets] == [404] * len(gets), stranger.family_name
        answers = [room.client.post(url, data=room.form(version=0)).status_code for url in posts]
        assert answers == [404] * len(posts), stranger.family_name
    room.sign_in(room.teacher)
    assert room.client.post(f"{one}/review/{room.other.id}", data={"version": 0}).status_code == 404
    assert room.client.get(f"{room.base}/homework").status_code == 404


def test_few_statements(room: Room, statements: Statements) -> None:
    homework = room.make.homework(room.course, way=HandInWay.TEXT)
    me = room.make.actor(room.pupil, "pupil")
    with unit_of_work():
        actions.hand_in(me, room.make.seen(me, homework), new_id(), text="x")
    limits = [
        (room.pupil, f"{room.base}/homework", 4),
        (room.pupil, f"{room.base}/homework/{homework.id}", 5),
        (room.teacher, f"{room.base}/to-review", 4),
        (room.teacher, f"{room.base}/homework/{homework.id}/review", 9),
        (room.teacher, f"{room.base}/courses/{room.course.id}/homework", 6),
    ]
    for member, url, limit in limits:
        room.sign_in(member)
        with statements.counted() as seen:
            assert room.client.get(url).status_code == 200
        assert len(seen) <= limit, (url, seen)


def test_a_newcomer_owes_nothing_from_before(room: Room) -> None:
    homework = room.make.homework(room.course, due_on=clock.today())
    newcomer = room.make.pupil(room.school)
    group = db.session.get_one(StudyGroup, (room.school.id, room.course.group_id))
    room.make.enrol(group, newcomer, from_on=clock.today())
    span = (clock.today() - timedelta(days=9), clock.today() + timedelta(days=9))
    assert [one.id for one in homework_between(room.school.id, newcomer.id, *span)] == [homework.id]
    with unit_of_work():
        row = db.session.get_one(Homework, (room.school.id, homework.id))
        row.due_on = clock.today() - timedelta(days=1)
    assert homework_between(room.school.id, newcomer.id, *span) == []
    assert get_homework(room.make.actor(newcomer, "pupil"), homework.id) is not None
    fresh = get_homework(room.make.actor(newcomer, "pupil"), homework.id)
    assert fresh is not None and handed_in(room.school.id, fresh.mine) == []


def test_works_counted_are_the_works_of_the_list(room: Room) -> None:
    """Held against the list, for the count leaves out all that a page of counts does not read."""
    today = clock.today()
    states = ("checked", "handed_in", "returned", "excused", "", "returned", "")
    days = (-20, -9, -8, -7, -6, -3, 2)
    for state, day in zip(states, days, strict=True):
        homework = room.make.homework(room.course, text=f"№ {day}", due_on=today)
        with unit_of_work():
            db.session.get_one(Homework, (room.school.id, homework.id)).due_on = today + timedelta(days=day)
            if state:
                # The oldest was put off into the days that are asked for.
                due_on = today + timedelta(days=max(day, -10))
                whose = {"school_id": room.school.id, "homework_id": homework.id, "pupil_id": room.pupil.id}
                db.session.add(Assignment(**whose, due_on=due_on, state=state))
    withdrawn = room.make.homework(room.course, due_on=today)
    with unit_of_work():
        db.session.get_one(Homework, (room.school.id, withdrawn.id)).withdrawn_at = clock.now()
    span = (today - timedelta(days=10), today + timedelta(days=9))
    listed = homework_between(room.school.id, room.pupil.id, *span)
    counted, waiting = works_standing(room.school.id, room.pupil.id, *span)
    assert len(listed) == 7
    assert counted == {room.course.id: Standing(done=3, owed=1, returned=2, coming=1)}
    assert [(one.id, one.title, one.is_returned) for _course, one in waiting] == [
        (one.id, one.title, one.state == "returned")
        for one in listed
        if one.state == "returned" or (not one.is_done and one.due_on < today)
    ]
