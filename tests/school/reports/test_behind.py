"""From a figure to its rows: every number of a report that opens leads to as many rows, and only who sees the figure gets there."""

import re
from html import unescape

import pytest

from school.core.database import db
from school.people.models import AccessFact
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.reports.rooms import Room, a_room

LINK = re.compile(r'<a href="([^"]+)">(?:<[^>]+>)*([^<]+)')
ROW = re.compile(r"<tr>\s*<(?:td|th)")
ROWS = ("/reports/rows", "/reports/school/rows", "/reports/school/journals", "/reports/absences")


@pytest.fixture
def room(make: Make) -> Room:
    return a_room(make)


def openings(page: str) -> list[tuple[str, str]]:
    """Addresses and words of the figures of a page."""
    tables = "".join(re.findall(r"<(?:table|dl).*?</(?:table|dl)>", page, re.S))
    return [(unescape(url), words.strip()) for url, words in LINK.findall(tables)]


def body_rows(page: str) -> int:
    tables = re.findall(r"<table.*?</table>", page, re.S)
    return sum(len(ROW.findall(table.partition("<tbody>")[2])) for table in tables)


@pytest.mark.parametrize(("kind", "least"), [("class-teacher", 30), ("summary", 40), ("one-short", 2)])
def test_every_count_of_a_class_opens_as_many_rows(client: SchoolClient, room: Room, kind: str, least: int) -> None:
    client.sign_in(room.make.account_of(room.people["class teacher"]))
    found = openings(client.get(room.url(kind)).text)
    assert len(found) >= least
    counts = 0
    for url, words in dict.fromkeys(found):
        page = client.get(url)
        assert page.status_code == 200, url
        if words.isdigit() and ("sign=" in url or "what=" in url):
            assert body_rows(page.text) == int(words), url
            counts += 1
    assert counts >= 6 or kind == "one-short"


def test_every_figure_of_the_school_opens(client: SchoolClient, room: Room) -> None:
    client.sign_in(room.make.account_of(room.people["head"]))
    page = client.get(f"/s/{room.school_id}/reports/school/results?period=quarters-1").text
    found = openings(page)
    assert {one for one in ROWS if any(one in url for url, _words in found)} == set(ROWS[:3])
    for url, words in dict.fromkeys(found):
        opened = client.get(url)
        assert opened.status_code == 200, url
        if words.isdigit() and "/school/rows" in url and "what=pupils" not in url:
            assert body_rows(opened.text) == int(words), url
        if words.isdigit() and "/groups/" in url:
            assert body_rows(opened.text) == int(words), url
    failing = next(url for url, _words in found if "/school/rows" in url and "what=failing" in url)
    named = client.get(failing).text
    assert "Физика: 2" in named
    assert "История: н/а" in named
    assert "Антонова" not in named
    assert "Посчитано по журналам" in named, "when"
    assert "хотя бы одна «2»" in named, "what is counted"
    book = client.get(failing + "&as=xlsx")
    assert book.mimetype.endswith("sheet")
    assert "what=failing" in named, "the files are of the same rows"


def test_names_of_many_classes_leave_a_fact_for_each(client: SchoolClient, room: Room) -> None:
    client.sign_in(room.make.account_of(room.people["deputy"]))
    client.get(f"/s/{room.school_id}/reports/school/rows?what=failing&period=quarters-1")
    facts = db.session.scalars(db.select(AccessFact).where(AccessFact.school_id == room.school_id)).all()
    assert len(facts) == len({one.group_id for one in facts}) == 2, "both classes have pupils who do not pass"
    assert {one.purpose for one in facts} == {"report"}


def test_a_subject_and_a_teacher_open_their_journals_and_these_their_pupils(client: SchoolClient, room: Room) -> None:
    client.sign_in(room.make.account_of(room.people["head"]))
    physics = room.courses[1]
    school = f"/s/{room.school_id}/reports/school"
    by_subject = client.get(f"{school}/journals?subject={physics.subject_id}&sign=2&period=quarters-1").text
    (url, count), *_rest = [one for one in openings(by_subject) if "sign=2" in one[0]]
    assert count == "1"
    pupils = client.get(url).text
    assert body_rows(pupils) == 1
    assert "Дёмина" in pupils
    marks = next(one for one, _words in openings(pupils) if f"/progress/{physics.subject_id}" in one)
    assert client.get(marks).status_code == 200, "down to the marks"
    teacher = room.people["teacher"].id
    assert "Алгебра" in client.get(f"{school}/journals?teacher={teacher}&period=quarters-1").text
    for wrong in ("journals?subject=0", "journals", "rows?what=all", "journals?subject=1&sign=6"):
        assert client.get(f"{school}/{wrong}").status_code == 404, wrong


def test_absences_go_from_the_school_to_the_lessons_of_a_pupil(client: SchoolClient, room: Room) -> None:
    make, pupil = room.make, room.pupils["Васин"]
    lessons = [make.lesson(room.courses[n], days=-n - 1, slot=n) for n in range(3)]
    for one in lessons:
        make.absent(one, pupil)
    make.absent(lessons[0], room.pupils["Ежов"])
    client.sign_in(make.account_of(room.people["head"]))
    running = "quarters-" + str(make.term_of(room.courses[0]).number)
    school = client.get(f"/s/{room.school_id}/reports/school/absences?period={running}").text
    of_class = next(url for url, _words in openings(school) if str(room.group.id) in url)
    page = client.get(of_class).text
    of_pupil = next(url for url, _words in openings(page) if str(pupil.id) in url and "absences" in url)
    rows = client.get(of_pupil).text
    assert body_rows(rows) == 3
    assert "Алгебра" in rows
    diary = next(url for url, _words in openings(rows) if "/diary" in url)
    assert client.get(diary).status_code == 200
    client.sign_in(make.account_of(room.people["parent"]))
    assert client.get(of_pupil).status_code == 404, "another family's"


def test_who_opens_the_rows(client: SchoolClient, room: Room) -> None:
    course, pupil = room.courses[0], room.pupils["Антонова"]
    root = f"/s/{room.school_id}"
    urls = {
        "class": f"{root}/groups/{room.group.id}/reports/rows?what=failing&period=1",
        "school": f"{root}/reports/school/rows?what=failing&period=quarters-1",
        "journals": f"{root}/reports/school/journals?subject={course.subject_id}&period=quarters-1",
        "course": f"{root}/courses/{course.id}/reports/rows?period=1",
        "missed": f"{root}/pupils/{pupil.id}/reports/absences?period=1",
    }
    expected = {
        "class teacher": {"class", "course", "missed"},
        "teacher": {"course"},
        "another teacher": set(),
        "deputy": set(urls),
        "head": set(urls),
        "admin": set(),
        "pupil": {"missed"},
        "parent": {"missed"},
        "another parent": set(),
        "head of another school": set(),
    }
    for who, opens in expected.items():
        client.sign_in(room.make.account_of(room.people[who]))
        codes = {name: client.get(url).status_code for name, url in urls.items()}
        assert {name for name, code in codes.items() if code == 200} == opens, who
        assert set(codes.values()) <= {200, 404}, who
