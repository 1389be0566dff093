"""The map of topics: what it rests on, whom it leaves out, what it costs, what a teacher's word does, and its file."""

import random
import re
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from urllib.parse import urljoin

import pytest
from openpyxl import load_workbook

from content_library import shelf
from school.classes.models import Course
from school.classes.queries import get_course
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.mastery.actions import InSubject, Told, learn_answers
from school.mastery.queries import grid_of, standing_of
from school.people.models import AccessFact, Member
from school.progress.queries.topic_map import topic_map
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.statements import Statements


@dataclass
class Answered:
    """Three pupils, two topics of the subject, answers of two of them; a neighbouring class answers too."""

    make: Make
    course: Course
    pupils: list[Member]
    topics: list[int]
    items: list[object]

    def learn(self, pupil: Member, topic: int, rights: str) -> None:
        """An answer a day: «101» is right, wrong, right; the last one yesterday."""
        start = clock.now().timestamp() - 86_400.0 * len(rights)
        told = [
            Told(new_id(), self.items[k % len(self.items)], (topic,), right == "1", start + k * 86_400.0)  # type: ignore[arg-type]
            for k, right in enumerate(rights)
        ]
        with unit_of_work():
            learn_answers(None, InSubject(self.course.school_id, pupil.id, self.course.subject_id), told)

    @property
    def url(self) -> str:
        return f"/s/{self.course.school_id}/courses/{self.course.id}/topics"

    def cell(self, pupil: Member, topic: int) -> str:
        return f"{self.url}/{topic}/pupils/{pupil.id}"


@pytest.fixture
def answered(make: Make) -> Answered:
    subject = make.subject(name_ru="Алгебра", name_en="Algebra")
    course = make.course(subject=subject, pupils=3)
    pupils = make.pupils_of(course)
    topics = [make.topic(subject, title=title, year_level=7).id for title in ("Доли", "Проценты")]
    version = make.task(subject.id)
    items = [one.id for one in shelf.items_of(db.session(), version)]
    made = Answered(make, course, pupils, topics, list(items))
    made.learn(pupils[0], topics[0], "1111111")
    made.learn(pupils[1], topics[0], "00010")
    elsewhere = make.course(make.school_class(make.school_of(course), letter="В"), subject=subject, pupils=1)
    other = Answered(make, elsewhere, make.pupils_of(elsewhere), topics, list(items))
    other.learn(other.pupils[0], topics[1], "111")
    return made


def test_the_map_shows_what_is_known_and_nothing_of_other_classes(answered: Answered, make: Make) -> None:
    seen = get_course(make.actor(make.teacher_of(answered.course), "teacher"), answered.course.id)
    assert seen is not None
    found = topic_map(seen)
    assert [one.id for one in found.grid.topics] == answered.topics[:1], (
        "a topic that only the neighbours answered is not here"
    )
    assert set(found.grid.cells) == {(one.id, answered.topics[0]) for one in answered.pupils[:2]}
    assert found.grid.won(answered.topics[0]) == (1, 2)
    assert found.grid.answers == 12
    exact = standing_of(seen.school_id, [one.id for one in answered.pupils], answered.topics, clock.now())
    for key, one in found.grid.cells.items():
        assert one.standing == exact[key].standing
        assert one.estimate.chance == pytest.approx(exact[key].estimate.chance, abs=0.01), "no older than an hour"


def test_the_same_map_is_kept_until_somebody_answers(answered: Answered) -> None:
    course, ids = answered.course, [one.id for one in answered.pupils]
    now = clock.now()
    first = grid_of(course.school_id, course.subject_id, ids, now)
    counter = Statements()
    with counter.counted() as seen:
        assert grid_of(course.school_id, course.subject_id, ids, now) is first
    assert len(seen) <= 3
    answered.learn(answered.pupils[2], answered.topics[1], "11")
    later = grid_of(course.school_id, course.subject_id, ids, now)
    assert (answered.pupils[2].id, answered.topics[1]) in later.cells
    assert grid_of(course.school_id, course.subject_id, ids, now + timedelta(hours=1)) is not later


def test_teachers_see_the_map_and_open_the_evidence(client: SchoolClient, answered: Answered, make: Make) -> None:
    client.sign_in(make.account_of(make.teacher_of(answered.course)))
    text = client.get(answered.url).text
    links = re.findall(r'href="(topics/[^"]+)"', text)
    assert len(links) == 2
    assert client.get(urljoin(answered.url, links[0])).status_code == 200, "a cell leads to its evidence"
    assert "●" in text, "what is said by colour is said by a sign too"
    assert "1/2" in text
    behind = client.get(answered.cell(answered.pupils[1], answered.topics[0])).text
    assert behind.count("неверно") == 4
    assert behind.count(">верно<") + behind.count("верно</") >= 1
    facts = db.session.scalars(db.select(AccessFact).where(AccessFact.school_id == answered.course.school_id)).all()
    assert {one.pupil_id for one in facts} >= {None, answered.pupils[1].id}


def test_who_opens_the_map(client: SchoolClient, answered: Answered, make: Make) -> None:
    school = make.school_of(answered.course)
    people = {
        200: (make.teacher_of(answered.course), make.member(school, "deputy"), make.member(school, "head")),
        404: (answered.pupils[0], make.parent(school, answered.pupils[0]), make.teacher(school), make.member(make.school(), "head")),
    }  # fmt: skip
    for code, members in people.items():
        for member in members:
            client.sign_in(make.account_of(member))
            for url in (answered.url, answered.cell(answered.pupils[0], answered.topics[0])):
                assert client.get(url).status_code == code
            stranger = make.pupil(school)
            assert client.get(answered.cell(stranger, answered.topics[0])).status_code == 404


def test_the_teachers_word_counts_and_can_be_taken_back(client: SchoolClient, answered: Answered, make: Make) -> None:
    pupil, topic = answered.pupils[1], answered.topics[0]
    url = answered.cell(pupil, topic)

    def standing() -> tuple[str, bool | None]:
        found = standing_of(answered.course.school_id, [pupil.id], [topic], clock.now())[pupil.id, topic]
        return found.standing, found.teacher_says

    assert standing() == ("learning", None)
    client.sign_in(make.account_of(make.member(make.school_of(answered.course), "head")))
    assert client.post(url, data={"says": "can"}).status_code == 404, "the word is the teacher's"
    client.sign_in(make.account_of(make.teacher_of(answered.course)))
    assert client.post(url, data={"says": "can", "reason": "решал у доски"}).status_code == 303
    assert standing() == ("mastered", True)
    assert "✓" in client.get(answered.url).text, "the map that was kept is drawn anew"
    client.post(url, data={"says": "lift"})
    assert standing() == ("learning", None)


def test_the_file_has_numbers_as_numbers(client: SchoolClient, answered: Answered, make: Make) -> None:
    client.sign_in(make.account_of(make.teacher_of(answered.course)))
    book = load_workbook(BytesIO(client.get(answered.url + "?as=xlsx").data))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert rows[0] == ("Ученик", "Доли")
    assert len(rows) == 4
    numbers = [row[1] for row in rows[1:]]
    assert sorted(isinstance(one, int) for one in numbers) == [False, True, True]
    assert any("держится" in str(row[1]) for row in book.worksheets[1].iter_rows(min_row=3, values_only=True))


def test_a_big_map_opens_by_few_statements(client: SchoolClient, make: Make) -> None:
    subject = make.subject()
    course = make.course(subject=subject, pupils=4)
    topics = [make.topic(subject, title=f"Тема {n}", year_level=7).id for n in range(65)]
    items = [one.id for one in shelf.items_of(db.session(), make.task(subject.id))]
    chance = random.Random(5)
    with unit_of_work():
        for pupil in make.pupils_of(course):
            start = clock.now().timestamp() - 90 * 86_400
            told = [Told(new_id(), items[n % len(items)], (topic,), chance.random() < 0.7, start + n * 86_400) for n, topic in enumerate(topics)]  # fmt: skip
            learn_answers(None, InSubject(course.school_id, pupil.id, subject.id), told)
    client.sign_in(make.account_of(make.teacher_of(course)))
    url = f"/s/{course.school_id}/courses/{course.id}/topics"
    text = client.get(url).text
    assert text.count("/pupils/") >= 4 * 60
    assert "Тема 4<" not in text, "of more than sixty topics those answered last are shown"
    counter = Statements()
    with counter.counted() as seen:
        client.get(url)
    assert len(seen) <= 10
