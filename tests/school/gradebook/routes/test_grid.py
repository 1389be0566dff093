"""The journal's page and what its grid sends, as a teacher, a colleague, a deputy head and a family meet them."""

import re
from typing import Any

import pytest

from school.classes.models import Absence
from school.core.database import db, new_id
from school.gradebook.models import Column, Mark, answer_column_id
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.gradebook.rooms import Room, room
from tests.statements import Statements


def url_of(at: Room, rest: str = "") -> str:
    return f"/s/{at.course.school_id}/courses/{at.course.id}/journal{rest}"


def as_teacher(at: Room, client: SchoolClient) -> SchoolClient:
    return client.sign_in(at.make.account_of(at.teacher))


def mark_of(at: Room, value: int | None = 5, **other: Any) -> dict[str, Any]:
    default = {
        "id": str(new_id()),
        "lesson": str(at.lesson.id),
        "column": str(at.column.id),
        "pupil": str(at.pupils[0].id),
        "value": value,
        "code": None,
        "comment": "",
        "seen": 0,
    }
    return {**default, **other}


def test_the_grid_shows_names_columns_and_marks(make: Make, client: SchoolClient) -> None:
    at = room(make)
    make.mark(at.column, at.pupils[1], 4)
    text = as_teacher(at, client).get(url_of(at)).text
    for pupil in at.pupils:
        assert pupil.family_name in text
    assert '<td data-m="4">4</td>' in text
    assert "4,00" in text
    account = make.account_of(at.teacher)
    account.locale = "en"
    make.save(account)
    assert "4.00" in client.get(url_of(at)).text


def test_the_grid_takes_ten_statements_whatever_its_size(
    make: Make, client: SchoolClient, statements: Statements
) -> None:
    at = room(make, pupils=12)
    for n in range(8):
        column = make.column(make.lesson(at.course, days=-10 + n, slot=2))
        for pupil in at.pupils:
            make.mark(column, pupil, 2 + n % 4)
    as_teacher(at, client)
    url = url_of(at)
    with statements.counted() as sent:
        assert client.get(url).status_code == 200
    assert len(sent) <= 10, "\n\n".join(sent)


def test_saving_one_mark_takes_at_most_ten_statements(make: Make, client: SchoolClient, statements: Statements) -> None:
    at = room(make)
    as_teacher(at, client)
    url, mark = url_of(at, "/marks"), mark_of(at)
    with statements.counted() as sent:
        response = client.post(url, json={"marks": [mark]})
    assert response.status_code == 200
    assert len(sent) <= 8, "\n\n".join(sent)


def test_a_queue_is_answered_mark_by_mark(make: Make, client: SchoolClient) -> None:
    at = room(make)
    as_teacher(at, client)
    good, stale = mark_of(at), mark_of(at, 4, pupil=str(at.pupils[1].id), seen=3)
    response = client.post(url_of(at, "/marks"), json={"marks": [good, stale]})
    assert response.status_code == 200
    [first, second] = response.json["marks"]
    assert (first["status"], first["version"], first["value"]) == ("saved", 1, 5)
    assert (second["status"], second["wanted"]) == ("conflict", "4")
    again = client.post(url_of(at, "/marks"), json={"marks": [good]})
    assert (again.status_code, again.json["marks"][0]["version"]) == (200, 1)


def test_conflicts_alone_answer_409_with_both_values(make: Make, client: SchoolClient) -> None:
    at = room(make)
    as_teacher(at, client)
    first = mark_of(at)
    client.post(url_of(at, "/marks"), json={"marks": [first]})
    other = client.post(url_of(at, "/marks"), json={"marks": [mark_of(at, 2)]})
    assert other.status_code == 409
    assert (other.json["marks"][0]["value"], other.json["marks"][0]["wanted"]) == (5, "2")
    reused = client.post(url_of(at, "/marks"), json={"marks": [{**first, "value": 3}]})
    assert reused.status_code == 409


@pytest.mark.parametrize(
    "body",
    [
        {"marks": [{}]},
        {"marks": "all"},
        {"marks": [{"id": "x"}]},
        [],
        {"marks": [{"id": 1}] * 300},
        {"presence": [{"id": 5}]},
    ],
)
def test_nonsense_is_a_bad_request(make: Make, client: SchoolClient, body: object) -> None:
    at = room(make)
    assert as_teacher(at, client).post(url_of(at, "/marks"), json=body).status_code == 400


def test_presence_is_typed_into_the_same_grid(make: Make, client: SchoolClient) -> None:
    at = room(make)
    as_teacher(at, client)
    letter = {"id": str(new_id()), "lesson": str(at.lesson.id), "pupil": str(at.pupils[0].id), "letter": "б"}
    for _ in range(2):
        assert client.post(url_of(at, "/marks"), json={"presence": [letter]}).json["presence"][0]["status"] == "saved"
    [absence] = db.session.scalars(db.select(Absence).where(Absence.school_id == at.course.school_id)).all()
    assert (absence.fact, absence.reason) == ("absent", "illness")
    assert 'data-p="б"' in client.get(url_of(at)).text
    client.post(url_of(at, "/marks"), json={"presence": [{**letter, "id": str(new_id()), "letter": ""}]})
    assert 'data-p="б"' not in client.get(url_of(at)).text
    wrong = client.post(url_of(at, "/marks"), json={"presence": [{**letter, "letter": "ы"}]})
    assert wrong.json["presence"][0]["status"] == "refused"


def test_one_mark_without_javascript(make: Make, client: SchoolClient) -> None:
    at = room(make)
    as_teacher(at, client)
    form = {
        "client_id": str(new_id()),
        "pupil": str(at.pupils[0].id),
        "column": f"{at.lesson.id}.{at.column.id}",
        "sign": "4",
        "comment": "Верный ход решения",
    }
    for _ in range(2):  # a double click
        response = client.post(url_of(at, "/marks"), data=form, follow_redirects=True)
        assert ": 4" in response.text
    mark = at.mark()
    assert (mark.value, mark.version, mark.comment) == (4, 1, "Верный ход решения")
    client.post(url_of(at, "/marks"), data={**form, "client_id": str(new_id()), "sign": "н/а", "comment": ""})
    assert at.mark().code == "н/а"
    assert client.post(url_of(at, "/marks"), data={"pupil": "x"}).status_code == 400


def test_undo_by_script_and_by_form(make: Make, client: SchoolClient) -> None:
    at = room(make)
    as_teacher(at, client)
    client.post(url_of(at, "/marks"), json={"marks": [mark_of(at)]})
    client.post(url_of(at, "/marks"), json={"marks": [mark_of(at, 3, seen=1)]})
    response = client.post(url_of(at, "/undo"), json={"id": str(new_id())})
    assert (response.json["marks"][0]["value"], response.json["marks"][0]["version"]) == (5, 3)
    client.post(url_of(at, "/redo"), json={"id": str(new_id())})
    assert at.mark().value == 3
    client.post(url_of(at, "/undo"))
    assert at.mark().value == 5
    assert client.post(url_of(at, "/undo"), json={"id": "?"}).status_code == 400
    client.post(url_of(at, "/undo"))
    nothing = client.post(url_of(at, "/undo"), json={"id": str(new_id())})
    assert nothing.json["marks"] == []
    assert nothing.json["why"]
    assert client.post(url_of(at, "/redo"), follow_redirects=True).status_code == 200


def test_columns_are_added_named_moved_and_removed_while_empty(make: Make, client: SchoolClient) -> None:
    at = room(make)
    as_teacher(at, client)
    work = make.work_type(at.course.school_id, "Диктант")
    client_id = new_id()
    data = {"client_id": str(client_id), "lesson": str(at.lesson.id), "work": str(work.id), "title": "Осень"}
    assert "Диктант" in client.get(url_of(at, "/columns")).text
    for _ in range(2):
        assert client.post(url_of(at, "/columns"), data=data).status_code == 303
    column = db.session.get(Column, (at.course.school_id, client_id))
    assert column is not None
    assert (column.weight, column.title, column.position) == (2, "Осень", 1)
    other = make.lesson(at.course, days=-3)
    own = url_of(at, f"/columns/{client_id}")
    assert "Осень" in client.get(own).text
    assert client.post(own, data={**data, "lesson": str(other.id), "title": "Зима"}).status_code == 303
    db.session.expire_all()
    assert (column.lesson_id, column.on_date, column.title) == (other.id, other.on_date, "Зима")
    make.mark(at.column, at.pupils[0])
    for which, stays in ((at.column.id, True), (client_id, False)):
        client.post(url_of(at, f"/columns/{which}/delete"))
        db.session.expire_all()
        assert (db.session.get(Column, (at.course.school_id, which)) is not None) is stays
    assert client.post(url_of(at, "/columns"), data={**data, "lesson": "x"}).status_code == 422


def test_a_lesson_has_only_so_many_columns(make: Make, client: SchoolClient) -> None:
    at = room(make)
    as_teacher(at, client)
    work = make.work_type(at.course.school_id, "Диктант")
    data = {"lesson": str(at.lesson.id), "work": str(work.id), "title": ""}
    answers = [client.post(url_of(at, "/columns"), data={**data, "client_id": str(new_id())}) for _ in range(6)]
    assert [one.status_code for one in answers] == [303] * 5 + [422]


@pytest.mark.parametrize(
    ("who", "page", "save"),
    [
        ("teacher", 200, 200),
        ("colleague", 404, 404),
        ("class teacher", 200, 403),
        ("deputy", 200, 200),
        ("head", 200, 200),
        ("pupil", 404, 404),
        ("parent", 404, 404),
        ("other school", 404, 404),
        ("visitor", 302, 401),
    ],
)
def test_who_opens_a_journal(make: Make, client: SchoolClient, who: str, page: int, save: int) -> None:
    at = room(make)
    school = make.school_of(at.course)
    if who != "visitor":
        client.sign_in(make.account_of(somebody(make, at, who)))
    school.id  # noqa: B018 - stays loaded
    seen = client.get(url_of(at))
    assert seen.status_code == page if page != 302 else seen.status_code in {302, 303}
    sent = client.post(url_of(at, "/marks"), json={"marks": []}, headers={"Accept": "application/json"})
    assert sent.status_code == save


def somebody(make: Make, at: Room, who: str) -> Any:
    school = make.school_of(at.course)
    if who == "class teacher":
        leader = make.teacher(school)
        make.lead(make.group_of(at.course), leader)
        return leader
    return {
        "teacher": lambda: at.teacher,
        "colleague": lambda: make.teacher(school),
        "deputy": lambda: make.member(school, "deputy"),
        "head": lambda: make.member(school, "head"),
        "pupil": lambda: at.pupils[0],
        "parent": lambda: make.parent(school, at.pupils[0]),
        "other school": lambda: make.member(make.school(), "head"),
    }[who]()


def test_journals_are_listed_for_those_who_keep_them(make: Make, client: SchoolClient) -> None:
    at = room(make)
    mine = as_teacher(at, client).get(f"/s/{at.course.school_id}/journals").text
    assert str(at.course.id) in mine
    assert mine.count("/journal") >= 1
    client.sign_in(make.account_of(make.member(make.school_of(at.course), "deputy")))
    every = client.get(f"/s/{at.course.school_id}/journals").text
    assert every.count('/journal"') > mine.count('/journal"')
    client.sign_in(make.account_of(at.pupils[0]))
    assert client.get(f"/s/{at.course.school_id}/journals").status_code == 404


def test_a_cell_of_the_first_mark_of_a_lesson(make: Make, client: SchoolClient) -> None:
    at = room(make)
    lesson = make.lesson(at.course, days=-2)
    as_teacher(at, client)
    column = str(answer_column_id(lesson.id))
    assert f'data-c="{column}"' in client.get(url_of(at)).text
    sent = client.post(url_of(at, "/marks"), json={"marks": [mark_of(at, lesson=str(lesson.id), column=column)]})
    assert sent.json["marks"][0]["status"] == "saved"
    assert (
        db.session.scalar(
            db.select(db.func.count()).select_from(Mark).where(Mark.school_id == at.course.school_id, Mark.value == 5)
        )
        == 1
    )


def test_a_school_without_terms_or_lessons_says_so(make: Make, client: SchoolClient) -> None:
    course = make.course(pupils=1)
    client.sign_in(make.account_of(make.teacher_of(course)))
    url = f"/s/{course.school_id}/courses/{course.id}/journal"
    assert client.get(url).status_code == 200
    assert client.get(f"{url}?term=9").status_code == 200
    assert client.get(f"{url}/columns").status_code == 200


def test_the_grid_leads_only_to_pages_that_open(make: Make, client: SchoolClient) -> None:
    """A deputy head puts marks but keeps no columns: the heads lead to the lessons."""
    at = room(make)
    assert url_of(at, "/columns") in as_teacher(at, client).get(url_of(at)).text
    deputy = make.member(make.school_of(at.course), "deputy")
    text = client.sign_in(make.account_of(deputy)).get(url_of(at)).text
    assert url_of(at, "/columns") not in text
    lesson_url = f"/s/{at.course.school_id}/lessons/{at.lesson.id}"
    assert lesson_url in text
    assert client.get(lesson_url).status_code == 200


def test_a_substitute_is_led_nowhere_but_to_what_opens(make: Make, client: SchoolClient) -> None:
    """Who stands in for one lesson opens neither the others nor the pupils' pages."""
    at = room(make)
    colleague = make.teacher(make.school_of(at.course))
    lesson = make.lesson(at.course, days=0, slot=3)
    make.substitute(lesson, colleague)
    client.sign_in(make.account_of(colleague))
    text = client.get(url_of(at)).text
    assert "g-head" in text
    links = set(re.findall(r'href="(/s/[^"]+)"', text))
    assert links
    assert [one for one in links if client.get(one.replace("&amp;", "&")).status_code != 200] == []


def test_a_mark_leads_everybody_who_sees_it_to_its_receipt(make: Make, client: SchoolClient) -> None:
    at = room(make)
    mark = make.mark(at.column, at.pupils[0], 4)
    url = f"/s/{at.course.school_id}/pupils/{at.pupils[0].id}/marks"
    for who in (at.teacher, at.pupils[0]):
        assert f"{mark.id}/receipt" in client.sign_in(make.account_of(who)).get(url).text
        assert client.get(f"{url}/{mark.id}/receipt").status_code == 200
