"""Errors that readers report: the exact place, the author's answer, and the count of what is mended."""

from content_library import ErrorReport, ReportState, Unit, drafts, publishing
from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from tests.browsing import SchoolClient
from tests.factories import Make

BODY = "## Доли\n\nДоли складывают.\n\n## Правило\n\nЧислители вычитают.\n\n[стр. 45]\n\nИтог."


def only_report() -> ErrorReport:
    db.session.expire_all()
    return db.session.query(ErrorReport).one()


def renew(unit: Unit, make: Make) -> None:
    with unit_of_work():
        unit = db.session.merge(unit)
        publishing.new_version(db.session(), unit, make.author(), clock.now())
        assert drafts.open_version(db.session(), unit)
        publishing.publish(db.session(), unit, clock.now())


def test_a_pupil_reports_and_the_author_mends(client: SchoolClient, make: Make) -> None:
    school = make.school()
    author, pupil = make.teacher(school), make.pupil(school)
    unit = make.unit(by=author, title="Доли", body_markdown=BODY)
    client.sign_in(make.account_of(pupil))
    page = client.get(f"/library/{unit.id}").text
    assert "Сообщить об ошибке" in page and "стр. 45" in page
    said = {"place": "part-2", "error": "Числители складывают!"}
    answer = client.post(f"/library/{unit.id}/errors?version=1", data=said)
    assert answer.location.endswith("#part-2")
    client.post(f"/library/{unit.id}/errors?version=1", data=said)
    report = only_report()
    assert (report.place, report.place_title, report.made_as) == ("part-2", "Раздел «Правило»", "pupil")
    assert "ждёт ответа" in client.get(f"/library/{unit.id}").text
    assert client.post(f"/library/errors/{report.id}/answer", data={"then": "accept"}).status_code == 404

    client.sign_in(make.account_of(author))
    news = client.get("/notices").text
    assert news.count("Читатель нашёл ошибку: «Доли»") == 1 and "Раздел «Правило»" in news
    assert "нашли 1 ошибку" in client.get("/library/mine").text
    assert "1 ошибка ждёт ответа" in client.get("/library").text
    assert "ошибка ждёт" not in client.get("/library?q=доли").text, "who looks for something sees what is found"
    page = client.get("/library/errors?which=mine").text
    assert "Числители складывают!" in page and "ученик" in page and pupil.family_name not in page
    assert f"/library/{unit.id}?version=1#part-2" in page
    client.post(f"/library/errors/{report.id}/answer", data={"then": "decline", "answer": ""})
    assert only_report().state is ReportState.NEW, "an answer without words is none"
    client.post(f"/library/errors/{report.id}/answer", data={"then": "accept", "answer": "Спасибо."})
    client.post(f"/library/{unit.id}/next-version")
    assert "Исправить в этой версии" in client.get(f"/library/{unit.id}/edit").text
    client.post(f"/library/{unit.id}/send")
    client.sign_in(make.city_role("methodologist"))
    client.post(f"/library/{unit.id}/publish")
    client.sign_in(make.account_of(author))
    assert "Опубликовано: «Доли»" in client.get("/notices").text

    client.sign_in(make.account_of(pupil))
    news = client.get("/notices").text
    assert "Ваше сообщение об ошибке: «Доли»" in news and "Исправлено по вашему сообщению: «Доли»" in news
    page = client.get("/library/errors").text
    assert "исправлено" in page and "в версии 2" in page and "Спасибо." in page
    assert only_report().fixed_in == 2


def test_a_moment_of_a_film_a_declined_report_and_strangers(client: SchoolClient, make: Make) -> None:
    school = make.school()
    author = make.teacher(school)
    unit, noise = make.unit(by=author, title="Доли", body_markdown=BODY), make.unit(title="Чужое")
    client.sign_in(make.account_of(make.teacher(school)))
    client.post(f"/library/{unit.id}/errors", data={"place": "nonsense", "moment": "1:05", "error": "Звук пропал"})
    assert only_report().place == "film-65"
    assert client.post(f"/library/{unit.id}/errors", data={"error": ""}).status_code == 303
    assert "Звук пропал" not in client.get("/library/errors?which=mine").text, "not a report on my units"
    assert client.post(f"/library/errors/{only_report().id}/answer", data={"then": "accept"}).status_code == 404
    client.sign_in(make.city_role("methodologist"))
    assert "Звук пропал" in client.get("/library/errors?which=all").text
    client.post(f"/library/errors/{only_report().id}/answer", data={"then": "decline", "answer": "Звук на месте."})
    renew(unit, make)
    renew(noise, make)
    assert only_report().state is ReportState.DECLINED, "only what was accepted is mended by a new version"
    draft = make.draft(by=author)
    assert client.post(f"/library/{draft.id}/errors", data={"error": "x"}).status_code == 404
