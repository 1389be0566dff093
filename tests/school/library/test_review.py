"""The review: criteria, remarks at their places, a second reader, an appeal; and the gate of publishing."""

import io
import uuid

from PIL import Image

from content_library import ReviewRemark, ReviewRound, Unit, UnitState, drafts, shelf
from school.core import clock
from school.core.database import db
from school.people.models import Account
from tests.browsing import SchoolClient
from tests.factories import Make

BODY = "## Доли\n\nДоли складывают.\n\n## Правило\n\nЧислители складывают.\n\n## Итог\n\nВсё."


def handed_in(make: Make, **says: object) -> tuple[Unit, Account]:
    teacher = make.teacher(make.school())
    unit = make.handed_in(make.draft(by=teacher, body_markdown=BODY, **says), clock.now())
    return unit, make.account_of(teacher)


def only_remark() -> ReviewRemark:
    db.session.expire_all()
    return db.session.query(ReviewRemark).one()


def state_of(unit: Unit) -> UnitState:
    db.session.expire_all()
    found = shelf.get_unit(db.session(), unit.id)
    assert found is not None
    return found.state


def test_a_remark_stands_at_its_place_and_closes_the_gate(client: SchoolClient, make: Make) -> None:
    unit, author = handed_in(make)
    reader = make.city_role("methodologist")
    client.sign_in(reader)
    draft = f"/library/{unit.id}/draft"
    page = client.get(draft).text
    assert "Без ошибок по существу" in page and "Раздел «Правило»" in page
    client.post(f"/library/{unit.id}/criteria", data={"criterion": "facts"})
    assert 'value="facts" aria-pressed="true"' in client.get(draft).text
    said = {"place": "part-2", "criterion": "facts", "text": "Нужен пример."}
    assert client.post(f"/library/{unit.id}/remarks", data=said).status_code == 303
    page = client.get(draft).text
    assert 'href="#part-2"' in page and "Нужен пример." in page
    assert 'value="facts" aria-pressed="false"' in page, "a criterion with a remark is not met"
    assert client.post(f"/library/{unit.id}/publish").location == f"{draft}#remarks"
    assert state_of(unit) is UnitState.REVIEW
    client.post(f"/library/{unit.id}/send-back", data={"note": ""})

    client.sign_in(author)
    assert "Методист просит исправить: «Сложение дробей»" in client.get("/notices").text
    page = client.get(draft).text
    assert "Нужен пример." in page and "Исправлено" in page and "Смотрите замечания." in page
    remark = only_remark()
    client.post(f"/library/{unit.id}/remarks/{remark.id}/settle", data={"answer": "Добавлен."})
    assert "Ответ: Добавлен." in client.get(draft).text
    client.post(f"/library/{unit.id}/send")
    client.sign_in(reader)
    assert client.post(f"/library/{unit.id}/publish").location == f"/library/{unit.id}"
    rounds = db.session.query(ReviewRound).order_by(ReviewRound.id).all()
    assert [(one.verdict, one.reader_id) for one in rounds] == [("returned", reader.id), ("published", reader.id)]


def test_a_moment_of_a_film_and_what_makes_no_sense(client: SchoolClient, make: Make) -> None:
    unit, _author = handed_in(make)
    client.sign_in(make.city_role("methodologist"))
    at = f"/library/{unit.id}/remarks"
    client.post(at, data={"place": "", "moment": "1:35", "criterion": "look", "text": "Темно."})
    assert (only_remark().place, only_remark().place_title) == ("film-95", "В видео, 1:35")
    client.post(f"{at}/{only_remark().id}/settle", data={})
    client.post(f"{at}/{only_remark().id}/settle", data={"open": "1"})
    assert only_remark().settled_at is None
    client.post(at, data={"place": "part-99", "criterion": "look", "text": ""})
    client.post(at, data={"place": "part-1", "criterion": "nonsense", "text": "x"})
    assert only_remark().text == "Темно."
    assert client.post(f"/library/{unit.id}/criteria", data={"criterion": "nonsense"}).status_code == 404


def test_a_second_reader_decides(client: SchoolClient, make: Make) -> None:
    unit, _author = handed_in(make, title="Спорное")
    first, second = make.city_role("methodologist"), make.city_role("methodologist")
    client.sign_in(first)
    client.post(f"/library/{unit.id}/second-reader", data={"words": "Не уверена в формуле."})
    assert client.post(f"/library/{unit.id}/publish").status_code == 403
    assert client.post(f"/library/{unit.id}/send-back", data={"note": "нет"}).status_code == 403
    assert "нужен второй читатель" in client.get("/library/review").text
    client.sign_in(second)
    assert "Не уверена в формуле." in client.get(f"/library/{unit.id}/draft").text
    assert client.post(f"/library/{unit.id}/publish").status_code == 303
    assert state_of(unit) is UnitState.PUBLISHED


def test_an_author_appeals_once_and_another_reader_answers(client: SchoolClient, make: Make) -> None:
    unit, author = handed_in(make)
    first, second = make.city_role("methodologist"), make.city_role("methodologist")
    client.sign_in(author)
    assert client.post(f"/library/{unit.id}/appeal", data={"words": "Рано"}).status_code == 404, "nothing was answered"
    client.sign_in(first)
    client.post(f"/library/{unit.id}/send-back", data={"note": "Тема не наша."})
    client.sign_in(author)
    assert "Не согласен" in client.get(f"/library/{unit.id}/draft").text
    client.post(f"/library/{unit.id}/appeal", data={"words": "Тема есть в программе."})
    assert state_of(unit) is UnitState.REVIEW
    client.sign_in(first)
    assert client.post(f"/library/{unit.id}/send-back", data={"note": "нет"}).status_code == 403
    assert "автор не согласен" in client.get("/library/review").text
    client.sign_in(second)
    assert "Тема есть в программе." in client.get(f"/library/{unit.id}/draft").text
    client.post(f"/library/{unit.id}/send-back", data={"note": "Всё же нет."})
    client.sign_in(author)
    assert client.post(f"/library/{unit.id}/appeal", data={"words": "Ещё раз"}).status_code == 409, "once a version"
    assert "Не согласен" not in client.get(f"/library/{unit.id}/draft").text


def test_who_may_read_and_answer_remarks(client: SchoolClient, make: Make) -> None:
    unit, author = handed_in(make)
    other, _ = handed_in(make)
    client.sign_in(make.city_role("methodologist"))
    client.post(f"/library/{unit.id}/remarks", data={"place": "", "criterion": "age", "text": "Трудно."})
    remark = only_remark()
    assert client.post(f"/library/{other.id}/remarks/{remark.id}/settle").status_code == 404, "of another unit"
    assert client.post(f"/library/{unit.id}/remarks/{uuid.uuid4()}/settle").status_code == 404
    client.sign_in(make.account_of(make.teacher(make.school())))
    for path in ("remarks", "criteria", "second-reader", "appeal", f"remarks/{remark.id}/settle"):
        assert client.post(f"/library/{unit.id}/{path}").status_code == 404, path
    client.sign_in(author)
    for path in ("remarks", "criteria", "second-reader"):
        assert client.post(f"/library/{unit.id}/{path}").status_code == 404, path


def test_the_gate_names_a_pale_picture_and_a_jumping_heading(client: SchoolClient, make: Make) -> None:
    teacher = make.teacher(make.school())
    unit = make.draft(by=teacher, body_markdown="## Доли\n\n#### Глубоко\n\nтекст [тут](https://a.ru)")
    client.sign_in(make.account_of(teacher))
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#cccccc").save(out, "PNG")
    sent = {"file": (io.BytesIO(out.getvalue()), "туман.png"), "purpose": "picture", "alt": "Туман"}
    assert client.post(f"/library/{unit.id}/files", data=sent, content_type="multipart/form-data").status_code == 303
    page = client.get(f"/library/{unit.id}/draft").text
    for words in ("мало контраста", "туман.png", "(Глубоко)", "(тут)"):
        assert words in page, words
    client.post(f"/library/{unit.id}/send")
    version = drafts.open_version(db.session(), unit)
    assert version is not None and version.sent_at is None


def test_the_desk_goes_page_by_page(client: SchoolClient, make: Make) -> None:
    subject = make.subject()
    topic = make.topic(subject)
    for n in range(42):
        make.handed_in(make.draft(subject=subject, topic=topic, title=f"Материал {n:02}"), clock.now())
    client.sign_in(make.city_role("methodologist"))
    first = client.get("/library/review").text
    assert "Материал 39" in first and "Материал 40" not in first
    link = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = client.get(link).text
    assert "Материал 40" in second and "Материал 41" in second and "Материал 39" not in second
    assert client.get("/library/review?after=nonsense").status_code == 200
