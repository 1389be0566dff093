"""Answers judged by a teacher: they wait, are judged by the rubric, and move points, proposals and the pupil's page; files and hints."""

import io
import uuid
from typing import Any

import pytest
from PIL import Image

from content_library import shelf
from school.core.database import db, new_id
from school.core.errors import Conflict
from school.core.files import storage
from school.core.transactions import unit_of_work
from school.homework.actions import begin_task
from school.homework.queries import get_homework, proposals
from school.mastery.models import JudgedAnswer
from school.tasks.actions import finish_attempt, save_answer
from school.tasks.actions.by_rubric import judge_answer
from school.tasks.kinds.contract import Unreadable
from school.tasks.models import AnswerFile, Attempt, HintOpened, Verdict
from school.tasks.queries import get_attempt, judged_items, shown_items
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.tasks.kinds.samples import SAMPLES

ORDER = ("an essay", "a page of the notebook", "a poem by heart", "a circuit", "a fraction")
JSON = {"Accept": "application/json"}
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\x82\x84webm" + b"0" * 200


class Desk:
    """A pupil with a homework of questions that a teacher judges, and the teacher."""

    def __init__(self, make: Make, client: SchoolClient) -> None:
        self.make, self.client = make, client
        self.course = make.course(pupils=2)
        self.pupil, self.classmate = make.pupils_of(self.course)
        self.teacher = make.teacher_of(self.course)
        specs = [SAMPLES[name] for name in ORDER]
        version = make.task(
            self.course.subject_id,
            [
                {"kind": one.kind, **{name: value for name, value in one.spec.items() if name != "picture"}}
                for one in specs
            ],
        )
        self.homework = make.homework(self.course, task=version)
        self.as_pupil = make.actor(self.pupil, "pupil")
        self.as_teacher = make.actor(self.teacher, "teacher")
        with unit_of_work():
            mine = get_homework(self.as_pupil, self.homework.id)
            assert mine
            self.attempt_id = begin_task(self.as_pupil, mine).id
        self.school_id = self.course.school_id
        self.items = dict(zip(ORDER, shelf.items_of(db.session(), version), strict=True))
        self.url = f"/s/{self.school_id}/attempts/{self.attempt_id}"

    def attempt(self, actor: Any = None) -> Any:
        found = get_attempt(actor or self.as_pupil, self.attempt_id)
        assert found
        return found

    def give(self, name: str, *values: str) -> None:
        with unit_of_work():
            save_answer(self.as_pupil, self.attempt(), self.items[name], new_id(), {"answer": list(values)}, 1)

    def finish(self) -> None:
        with unit_of_work():
            finish_attempt(self.as_pupil, self.attempt())
        db.session.expire_all()

    def judge(self, name: str, levels: list[int], before: uuid.UUID | None = None, says: str = "") -> uuid.UUID:
        with unit_of_work():
            made = judge_answer(
                self.as_teacher, self.attempt(self.as_teacher), self.items[name], levels, says, before=before
            ).id
        db.session.expire_all()
        return made

    def sent(self, held: bytes) -> str:
        """As the browser puts bytes into the storage."""
        link = storage().upload_link("image/jpeg", len(held))
        self.client.put(link.url, data=held, headers=link.headers)
        return link.incoming

    def row(self) -> Attempt:
        return db.session.get_one(Attempt, (self.school_id, self.attempt_id))

    def verdict(self, name: str) -> Verdict:
        return (
            db.session.query(Verdict)
            .filter_by(school_id=self.school_id, attempt_id=self.attempt_id, item_id=self.items[name].id)
            .one()
        )

    def result(self) -> Any:
        homework = get_homework(self.as_teacher, self.homework.id)
        assert homework
        return proposals(homework)[self.pupil.id]


@pytest.fixture
def desk(make: Make, client: SchoolClient) -> Desk:
    return Desk(make, client)


def test_an_answer_waits_and_is_judged(desk: Desk) -> None:
    desk.give("an essay", "Совесть — это судья.")
    desk.give("a circuit", "", "k 10 10 20 20;r 5 5")
    desk.give("a fraction", "3/4")
    desk.finish()
    assert desk.verdict("an essay").waits and desk.row().points == 1
    assert not desk.verdict("a poem by heart").waits, "what was left without an answer waits for nobody"
    assert desk.result().task.waits == 2 and desk.result().proposed is None

    first = desk.judge("an essay", [1, 1], says="Где второй пример?")
    assert (desk.verdict("an essay").points, desk.verdict("an essay").waits, desk.row().points) == (4, False, 5)
    with pytest.raises(Conflict):
        desk.judge("an essay", [2, 1])
    desk.judge("an essay", [2, 1], before=first)
    assert desk.verdict("an essay").correct and desk.row().points == 6
    with pytest.raises(Unreadable):
        desk.judge("a circuit", [2])
    desk.judge("a circuit", [0])
    assert desk.result().task.waits == 0 and desk.result().proposed is not None
    essay = judged_items(desk.row())[0]
    assert essay.presented and essay.presented.parts[0].given == "ясен (2)"


def test_only_the_teacher_of_the_course_judges(desk: Desk, make: Make) -> None:
    desk.give("an essay", "Совесть — это судья.")
    path = f"{desk.url}/items/{desk.items['an essay'].id}/judgement"
    levels = {"level-0": "2", "level-1": "1", "before": "", "says": "Ясно!", "next": "//other.example"}
    desk.client.sign_in(make.account_of(desk.teacher))
    assert desk.client.post(path, data=levels).status_code == 404, "not before it is handed in"
    desk.finish()
    other = make.course(pupils=1)
    for member in (desk.pupil, desk.classmate, make.teacher_of(other), make.pupils_of(other)[0]):
        desk.client.sign_in(make.account_of(member))
        assert desk.client.post(path, data=levels).status_code == 404
    desk.client.sign_in(make.account_of(desk.teacher))
    assert desk.client.post(path, data={"level-0": "1"}).status_code == 422
    page = desk.client.get(f"/s/{desk.school_id}/homework/{desk.homework.id}/review?pupil={desk.pupil.id}").text
    assert "Совесть — это судья." in page and "ждёт учителя" in page and "предложит после этого" in page
    done = desk.client.post(path, data=levels)
    assert done.status_code == 303 and done.location == desk.url
    desk.client.sign_in(make.account_of(desk.pupil))
    page = desk.client.get(desk.url).text
    assert "Ясно!" in page and "ясен (2)" in page and "Оценить по критериям" not in page


def jpeg() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(file, "JPEG")
    return file.getvalue()


def test_pages_and_recordings(desk: Desk, make: Make) -> None:
    desk.client.sign_in(make.account_of(desk.pupil))
    notebook, spoken = (desk.items[name] for name in ("a page of the notebook", "a poem by heart"))

    def post(item: Any, part: str, **data: Any) -> Any:
        return desk.client.post(f"{desk.url}/items/{item.id}/{part}", data=data, headers=JSON)

    assert post(notebook, "file-links", size=len(jpeg())).json["incoming"].startswith("incoming/")
    assert post(notebook, "file-links", size=10**9).status_code == 422
    assert post(desk.items["an essay"], "file-links", size=10).status_code == 422
    made = {}
    for item, held in ((notebook, jpeg()), (spoken, WEBM)):
        for wrong in (b"nothing of the kind", b""):
            assert post(item, "files", incoming=desk.sent(wrong)).status_code == 422
        made[item.id] = post(item, "files", incoming=desk.sent(held)).json["id"]
    assert post(spoken, "files", incoming=desk.sent(jpeg())).status_code == 422, "a picture is no sound"
    assert post(notebook, "files", incoming="../secret").status_code == 422

    foreign = {"answer": ["", made[spoken.id]], "number": 1, "client_id": str(new_id())}
    assert post(notebook, "answers", **foreign).status_code == 422, "a file of another question"
    own = {"answer": ["", made[notebook.id]], "number": 2, "client_id": str(new_id())}
    assert post(notebook, "answers", **own).json == {"saved": True}
    assert made[notebook.id] in desk.client.get(desk.url).text
    shown = desk.client.get(f"{desk.url}/files/{made[notebook.id]}")
    assert shown.status_code == 302
    sound = db.session.get_one(AnswerFile, (desk.school_id, uuid.UUID(made[spoken.id])))
    assert sound.content_type == "audio/webm"
    desk.client.sign_in(make.account_of(desk.classmate))
    assert desk.client.get(f"{desk.url}/files/{made[notebook.id]}").status_code == 404
    desk.client.sign_in(make.account_of(desk.teacher))
    assert desk.client.get(f"{desk.url}/files/{made[notebook.id]}").status_code == 404, "not before it is handed in"
    desk.finish()
    assert desk.client.get(f"{desk.url}/files/{made[notebook.id]}").status_code == 302
    page = desk.client.get(f"/s/{desk.school_id}/homework/{desk.homework.id}/review?pupil={desk.pupil.id}").text
    assert f"/files/{made[notebook.id]}" in page


def test_pages_without_a_script(desk: Desk, make: Make) -> None:
    desk.client.sign_in(make.account_of(desk.pupil))
    item = desk.items["a page of the notebook"]
    path = f"{desk.url}/items/{item.id}/answers"

    def send(held: bytes) -> Any:
        data = {"answer": ["Смотрите фото", ""], "number": 1, "client_id": str(new_id())}
        return desk.client.post(
            path, data=data | {"files": (io.BytesIO(held), "p.jpg")}, content_type="multipart/form-data"
        )

    assert send(b"no picture").status_code == 422
    assert send(jpeg()).status_code == 303
    shown = next(one for one in shown_items(desk.row()) if one.id == item.id)
    assert shown.at(0) == "Смотрите фото" and len(shown.at(1)) == 36


def test_hints_have_their_price_once(desk: Desk, make: Make) -> None:
    desk.client.sign_in(make.account_of(desk.pupil))
    item = desk.items["a fraction"]
    page = desk.client.get(f"{desk.url}?item=5").text
    assert "снимает 25" in page and "Приведите" not in page

    def hint(number: int) -> Any:
        return desk.client.post(f"{desk.url}/items/{item.id}/hints", data={"hint": number}, headers=JSON)

    assert hint(2).status_code == 404, "in steps"
    assert hint(1).json == hint(1).json == {"says": "Приведите к знаменателю 4."}
    assert db.session.query(HintOpened).filter_by(school_id=desk.school_id).count() == 1
    page = desk.client.get(f"{desk.url}?item=5").text
    assert "Приведите" in page and "снимает 50" in page and "1/2 = 2/4" not in page
    desk.give("a fraction", "3/4")
    desk.finish()
    verdict = desk.verdict("a fraction")
    assert verdict.correct and verdict.points == 0.75 and desk.row().points == 0.75
    assert hint(2).status_code == 409


def test_a_hint_takes_from_a_judged_answer_too(desk: Desk, make: Make) -> None:
    desk.client.sign_in(make.account_of(desk.pupil))
    for number in (1, 2):
        desk.client.post(f"{desk.url}/items/{desk.items['an essay'].id}/hints", data={"hint": number}, headers=JSON)
    desk.give("an essay", "Совесть.")
    desk.finish()
    desk.judge("an essay", [2, 1])
    assert desk.verdict("an essay").points == 4


def test_the_model_learns_when_it_is_judged(desk: Desk) -> None:
    desk.give("an essay", "Совесть.")
    desk.finish()
    assert db.session.query(JudgedAnswer).filter_by(school_id=desk.school_id).count() == 0
    desk.judge("an essay", [2, 1])
    assert db.session.query(JudgedAnswer).filter_by(school_id=desk.school_id).one().correct
