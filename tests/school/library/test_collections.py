"""Collections and who opens them; what could stand in for a unit; the map of gaps."""

from content_library import Subject, UnitKind
from school.core.database import db
from school.library.models import UnitCollection
from school.people.models import Account, School
from tests.browsing import SchoolClient
from tests.factories import Make


def only_collection() -> UnitCollection:
    db.session.expire_all()
    return db.session.query(UnitCollection).order_by(UnitCollection.id).first()  # type: ignore[return-value]


def teacher_of(make: Make, school: School, subject: Subject, letter: str = "А") -> Account:
    teacher = make.teacher(school)
    make.course(make.school_class(school, 5, letter), teacher=teacher, subject=subject)
    return make.account_of(teacher)


def test_a_collection_is_shared_in_one_act_with_the_right_people(client: SchoolClient, make: Make) -> None:
    school, other_school = make.school(), make.school()
    maths, physics = make.subject(name_ru="Математика"), make.subject(name_ru="Физика")
    anna, boris = (teacher_of(make, school, maths, letter) for letter in "АБ")
    vera = teacher_of(make, school, physics, "В")
    stranger = teacher_of(make, other_school, maths)
    units = [make.unit(subject=maths, title=f"Материал {n}") for n in range(2)]
    client.sign_in(anna)
    client.post(f"/library/{units[0].id}/collect", data={"title": "К контрольной"})
    at = f"/library/collections/{only_collection().id}"
    client.post(f"/library/{units[1].id}/collect", data={"in": [str(only_collection().id)], "title": ""})
    page = client.get(at).text
    assert page.index("Материал 0") < page.index("Материал 1") and "Только вы" in page
    client.sign_in(boris)
    assert client.get(at).status_code == 404, "one's own is one's own"

    client.sign_in(anna)
    client.post(f"{at}/share", data={"with": f"{school.id}-{maths.id}"})
    for account, status in ((boris, 200), (vera, 404), (stranger, 404), (anna, 200)):
        client.sign_in(account)
        assert client.get(at).status_code == status
        assert ("К контрольной" in client.get("/library/collections").text) == (status == 200)
    client.post(f"{at}/share", data={"with": f"{school.id}-"})
    client.sign_in(vera)
    assert client.get(at).status_code == 200, "the whole school"
    for path in ("rename", "share", "drop", f"units/{units[0].id}/drop"):
        assert client.post(f"{at}/{path}").status_code == 404, path
    copied = client.post(f"{at}/copy").location
    assert "Материал 1" in client.get(copied).text and copied != at

    client.sign_in(anna)
    client.post(f"{at}/share", data={"with": f"{other_school.id}-"})
    assert "Только вы" in client.get(at).text, "a school that is not mine is no circle"
    client.post(f"{at}/rename", data={"title": "К самостоятельной"})
    client.post(f"{at}/units/{units[0].id}/drop")
    assert client.post(f"{at}/units/{units[0].id}/drop").status_code == 404
    page = client.get(at).text
    assert "К самостоятельной" in page and "Материал 0" not in page
    client.post(f"/library/{units[1].id}/collect", data={"title": ""})
    assert "Пока ничего нет" in client.get(at).text
    client.post(f"{at}/drop")
    assert client.get(at).status_code == 404


def test_pupils_keep_no_collections(client: SchoolClient, make: Make) -> None:
    client.sign_in(make.account_of(make.pupil(make.school())))
    unit = make.unit()
    assert client.get("/library/collections").status_code == 404
    assert client.post(f"/library/{unit.id}/collect").status_code == 404
    assert "В подборку" not in client.get(f"/library/{unit.id}").text


def test_three_equal_units_the_most_alike_first(client: SchoolClient, make: Make) -> None:
    maths = make.subject()
    topic, other = make.topic(maths, "Дроби"), make.topic(maths, "Углы")
    text = {"subject": maths, "topic": topic}
    unit = make.unit(title="Исходный", **text)
    make.unit(title="Длинный", minutes=40, **text)
    make.unit(title="Похожий", minutes=17, **text)
    make.unit(UnitKind.ASSIGNMENT, title="Задание", body_markdown="Решите.", **text)
    make.unit(title="Для старших", years=(9, 9), **text)
    make.unit(title="Не по теме", subject=maths, topic=other)
    client.sign_in(make.account())
    page = client.get(f"/library/{unit.id}/instead").text
    assert page.index("Похожий") < page.index("Длинный") < page.index("Для старших")
    assert "Задание" not in page and "Не по теме" not in page
    assert "та же тема: Дроби" in page and "такой же длины" in page
    lonely = make.unit(title="Один", subject=maths, topic=make.topic(maths, "Пустая"))
    assert "Похожего нет" in client.get(f"/library/{lonely.id}/instead").text


def test_the_map_of_gaps_counts_by_topic_kind_and_year(client: SchoolClient, make: Make) -> None:
    maths = make.subject(name_ru="Математика")
    topic, empty = make.topic(maths, "Дроби"), make.topic(maths, "Углы")
    make.topic(maths, "Корни", 8)
    for n in range(2):
        make.unit(title=f"Текст {n}", subject=maths, topic=topic)
    make.draft(title="Черновик", subject=maths, topic=empty)
    client.sign_in(make.city_role("methodologist"))
    page = client.get(f"/library/gaps/{maths.id}").text
    assert "У 2 тем нет ни одного материала" in page
    assert f"topic={topic.id}&amp;kind=textbook" in page
    eighth = client.get(f"/library/gaps/{maths.id}?year=8").text
    assert "Корни" in eighth and "Дроби" not in eighth and "У 1 темы нет" in eighth
    assert client.get("/library/gaps").status_code == 200
    client.sign_in(make.account_of(make.pupil(make.school())))
    assert client.get("/library/gaps").status_code == 404
