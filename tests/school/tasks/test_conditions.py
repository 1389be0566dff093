"""Tests with conditions: the server's clock, draws, shuffles, when answers are told; late answers are kept and not counted."""

import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st

from content_library import shelf
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.tasks import sheets
from school.tasks.actions import Finished, Given, closing, finish_attempt, save_answer, start_attempt
from school.tasks.models import Answer, Attempt, Conditions
from school.tasks.queries import get_attempt, last_answers, shown_items
from tests.browsing import SchoolClient
from tests.factories import Make

MINUTE = timedelta(minutes=1)
JSON = {"Accept": "application/json"}


class Sitting:
    """A pupil at a test of ten numbers, 20 minutes."""

    def __init__(self, make: Make, client: SchoolClient, **says: Any) -> None:
        self.make, self.client = make, client
        course = make.course(pupils=1)
        (self.pupil,) = make.pupils_of(course)
        self.me = make.actor(self.pupil, "pupil")
        items = [{"kind": "number", "prompt": f"{n} + 1", "key": {"value": str(n + 1)}} for n in range(10)]
        self.version = make.task(course.subject_id, items)
        self.ids = [one.id for one in shelf.items_of(db.session(), self.version)]
        self.conditions = make.save(
            Conditions(
                **{
                    "school_id": course.school_id,
                    "id": new_id(),
                    "minutes": 20,
                    "attempts": 1,
                    "shows": "finish",
                    "layout": "one",
                    "is_shuffled": False,
                    **says,
                }
            )
        )
        with unit_of_work():
            self.row = start_attempt(self.me, self.version, self.pupil, Given(conditions=self.conditions))
        self.url = f"/s/{course.school_id}/attempts/{self.row.id}"
        self.client.sign_in(make.account_of(self.pupil))

    def seen(self) -> Any:
        found = get_attempt(self.me, self.row.id)
        assert found is not None
        return found

    def save(self, n: int, text: str, number: int = 1, age: float = 0) -> Answer:
        item = shelf.get_item(db.session(), self.ids[n])
        assert item is not None
        with unit_of_work():
            return save_answer(self.me, self.seen(), item, new_id(), {"answer": text}, number, age)


def test_the_servers_clock_closes_the_attempt_whatever_the_device_shows(make: Make, client: SchoolClient) -> None:
    sitting = Sitting(make, client)
    assert sitting.row.closes_at == sitting.row.started_at + 20 * MINUTE
    sitting.save(0, "1")
    end = sitting.row.closes_at
    with clock.stopped_at(end + timedelta(seconds=20)):
        assert sitting.save(1, "2").late is False  # on its way when the bell rang
    with clock.stopped_at(end + 5 * MINUTE):
        with pytest.raises(Finished):
            sitting.save(2, "3", age=10)
        kept = sitting.save(3, "4", age=360)
        assert kept.late is True
        assert set(last_answers(sitting.seen().row)) == {sitting.ids[0], sitting.ids[1]}
        closing.close_attempt({"school_id": sitting.row.school_id, "attempt_id": str(sitting.row.id)})
        db.session.commit()
        assert sitting.seen().row.points == 2
        closing.close_attempt({"school_id": sitting.row.school_id, "attempt_id": str(sitting.row.id)})


def test_before_its_time_nothing_closes_it(make: Make, client: SchoolClient) -> None:
    sitting = Sitting(make, client)
    closing.close_attempt({"school_id": sitting.row.school_id, "attempt_id": str(sitting.row.id)})
    assert sitting.seen().row.finished_at is None


def test_the_page_counts_down_and_then_says_it_is_over(make: Make, client: SchoolClient) -> None:
    sitting = Sitting(make, client)
    with clock.stopped_at(sitting.row.started_at + 5 * MINUTE):
        page = client.get(sitting.url).text
        assert 'data-ends="900000"' in page and "Осталось 15:00" in page
        data = {"answer": "1", "number": 1, "client_id": str(new_id())}
        said = client.post(f"{sitting.url}/items/{sitting.ids[0]}/answers", data=data, headers=JSON).json
        assert said == {"saved": True, "left": 900000}
        data = {"answer": "7", "number": 9, "client_id": str(new_id())}
        client.post(f"{sitting.url}/items/{sitting.ids[0]}/answers", data=data, headers=JSON)
        data = {"answer": "8", "number": 2, "client_id": str(new_id())}
        assert client.post(f"{sitting.url}/items/{sitting.ids[0]}/answers", data=data, headers=JSON).json["number"] == 9
    with clock.stopped_at(sitting.row.closes_at + MINUTE):
        assert "Время вышло" in client.get(sitting.url).text
        late = client.post(
            f"{sitting.url}/items/{sitting.ids[1]}/answers",
            data=data | {"age": "3600", "client_id": str(new_id())},
            headers=JSON,
        )
        assert late.json["late"] is True
        assert client.post(f"{sitting.url}/finish").status_code == 303
        page = client.get(sitting.url).text
        assert "Верно: " in page and "Время вышло. Всё, что успело сохраниться" in page


@pytest.mark.parametrize(
    ("shows", "after", "told"), [("finish", 0, True), ("close", 30, False), ("close", 90, True), ("never", 900, False)]
)
def test_right_answers_are_told_when_the_test_says_so(
    make: Make, client: SchoolClient, shows: str, after: int, told: bool
) -> None:
    now = clock.now()
    sitting = Sitting(make, client, shows=shows, minutes=None, closes_at=now + 60 * MINUTE)
    sitting.save(0, "5")
    with unit_of_work():
        finish_attempt(sitting.me, sitting.seen())
    with clock.stopped_at(now + after * MINUTE):
        page = client.get(sitting.url).text
        assert ("Верный ответ" in page) is told
        assert "0 из 10" in page  # the points, in either case


def test_all_on_one_page_and_in_sections(make: Make, client: SchoolClient) -> None:
    sitting = Sitting(make, client, layout="all")
    ids = [str(one) for one in sitting.ids]
    sitting.conditions = make.save(
        Conditions(
            school_id=sitting.row.school_id, id=new_id(), attempts=1, shows="finish", layout="all", is_shuffled=True,
            sections=[{"title": "Часть 1", "draws": [{"count": 2, "from": ids[:5]}]}, {"title": "Часть 2", "draws": [{"count": 3, "from": ids[5:]}]}],
        )
    )  # fmt: skip
    with unit_of_work():
        row = start_attempt(sitting.me, sitting.version, sitting.pupil, Given(conditions=sitting.conditions))
    page = client.get(f"/s/{row.school_id}/attempts/{row.id}").text
    assert page.count("data-item=") == 5 and "Часть 1" in page and "Часть 2" in page
    assert not re.search(r"<section[^>]* hidden", page) and "5 вопросов" in page
    assert row.max_points == 5
    assert [one.section for one in shown_items(row)] == ["Часть 1", "", "Часть 2", "", ""]
    stranger = next(one for one in ids if one not in str(row.sheet))
    answer = client.post(
        f"/s/{row.school_id}/attempts/{row.id}/items/{stranger}/answers",
        data={"answer": "1", "number": 1, "client_id": str(new_id())},
    )
    assert answer.status_code == 404
    assert db.session.get_one(Attempt, (row.school_id, row.id)).closes_at is None


@given_by(st.integers(0, 2**31), st.lists(st.integers(0, 6), min_size=1, max_size=4), st.booleans())
def test_a_draw_keeps_its_quotas_and_asks_nothing_twice(seed: int, counts: list[int], is_shuffled: bool) -> None:
    pool = [f"{n:032x}" for n in range(12)]
    sections = [
        {"title": str(n), "draws": [{"count": count, "from": pool[n : n + 8]}]} for n, count in enumerate(counts)
    ]
    sheet = sheets.drawn(sections, seed, is_shuffled=is_shuffled)
    assert sheet == sheets.drawn(sections, seed, is_shuffled=is_shuffled)
    asked = sheets.asked(sheet)
    assert len(asked) == len(set(asked)) <= sum(counts)
    for section in sheet["sections"]:
        n = int(section["title"])
        assert set(section["items"]) <= set(pool[n : n + 8])
        assert len(section["items"]) <= counts[n]
    if sum(counts) <= 8:
        assert len(asked) == sum(counts)


def test_seeds_draw_different_questions() -> None:
    sections = [{"title": "", "draws": [{"count": 3, "from": [f"{n:032x}" for n in range(10)]}]}]
    assert len({tuple(sheets.asked(sheets.drawn(sections, seed, is_shuffled=True))) for seed in range(20)}) > 15
