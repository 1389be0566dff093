"""Forms are drawn once for all who get the same question, and hold nothing of whoever had them first."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import update

from content_library import shelf
from content_library.models import Item
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.tasks.actions import start_attempt
from school.tasks.kinds import kind_of
from school.tasks.queries import find_attempt, last_answers
from school.tasks.routes import drawn
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.tasks.kinds.samples import SAMPLES

KINDS = list(SAMPLES.values())


class Desks:
    """Two pupils at the same questions with the same seed."""

    def __init__(self, make: Make, client: SchoolClient) -> None:
        self.make, self.client = make, client
        course = make.course(pupils=2)
        self.pupils = make.pupils_of(course)
        self.version = make.task(course.subject_id, [{"kind": one.kind, **one.spec} for one in KINDS])
        with unit_of_work():
            rows = [start_attempt(make.actor(one, "pupil"), self.version, one) for one in self.pupils]
            for row in rows:
                row.seed = 7
        self.ids = [row.id for row in rows]
        self.urls = [f"/s/{row.school_id}/attempts/{row.id}" for row in rows]
        self.items = [(one.id, one.kind, one.spec) for one in shelf.items_of(db.session(), self.version)]

    def page(self, n: int) -> str:
        self.client.sign_in(self.make.account_of(self.pupils[n]))
        return self.client.get(self.urls[n]).text

    def answer(self, n: int, place: int, values: list[str], number: int = 1) -> None:
        self.client.sign_in(self.make.account_of(self.pupils[n]))
        data = {"client_id": str(new_id()), "number": number, "answer": values}
        path = f"{self.urls[n]}/items/{self.items[place][0]}/answers"
        assert self.client.post(path, data=data, headers={"Accept": "application/json"}).status_code == 200

    def place_of(self, kind: str) -> int:
        return [one for _id, one, _spec in self.items].index(kind)


@pytest.fixture
def desks(app: Flask, make: Make, client: SchoolClient) -> Iterator[Desks]:
    drawn._kept.cache_clear()
    yield Desks(make, client)
    drawn._kept.cache_clear()


def _same(page: str, attempt_id: object) -> str:
    """A page without what is of one pupil or of one request: the attempt, its keys, tokens, the person's name."""
    content = page[page.index('<div class="player"') : page.index("data-finish>")]
    content = content.replace(str(attempt_id), "ATTEMPT")
    return re.sub(r'(name="(csrf_token|client_id)" value|src|data-(file|link)[a-z-]*)="[^"]*"', "", content)


def test_a_kept_form_is_what_is_drawn_anew(desks: Desks) -> None:
    for place, (_id, kind, spec) in enumerate(desks.items):
        right = kind_of(kind).examples(spec, 7).right["answer"]
        for n in (0, 1) if place % 2 else ():
            desks.answer(n, place, [right] if isinstance(right, str) else list(right))
    first, second = desks.page(0), desks.page(1)
    assert drawn._kept.cache_info().hits > len(KINDS) // 2
    drawn._kept.cache_clear()
    anew = desks.page(1)
    assert _same(first, desks.ids[0]) == _same(second, desks.ids[1]) == _same(anew, desks.ids[1])
    assert str(desks.ids[0]) not in second and drawn._MARK not in second and str(drawn._ATTEMPT) not in second
    assert str(drawn._NUMBER) not in second and str(drawn._POSITION) not in second
    assert second.count('name="client_id"') == len(set(re.findall(r'name="client_id" value="([^"]+)"', second)))


def test_what_one_pupil_wrote_is_never_on_the_page_of_another_nor_kept(desks: Desks) -> None:
    place = desks.place_of("text")
    desks.answer(0, place, ['Мои слова "<b>'])
    assert 'value="Мои слова &#34;&lt;b&gt;"' in desks.page(0)
    assert "Мои слова" not in desks.page(1)
    desks.answer(1, place, ["Другие"])
    second = desks.page(1)
    assert 'value="Другие"' in second and "Мои слова" not in second


def test_a_mended_wording_is_shown_at_once(desks: Desks) -> None:
    place = desks.place_of("single")
    assert "Заново" not in desks.page(0)
    with unit_of_work():
        item_id, _kind, spec = desks.items[place]
        db.session.execute(update(Item).where(Item.id == item_id).values(spec={**spec, "prompt": "Заново спрошено"}))
    assert "Заново спрошено" in desks.page(0)


def test_the_answer_with_the_highest_number_counts_and_a_read_copy_is_never_written(desks: Desks) -> None:
    place = desks.place_of("text")
    for number, words in ((1, "раз"), (3, "три"), (2, "два")):
        desks.answer(0, place, [words], number)
    seen = find_attempt(desks.make.actor(desks.pupils[0], "pupil"), desks.ids[0])
    assert seen is not None and seen.row not in db.session
    assert last_answers(seen.row)[desks.items[place][0]][2] == 3
    assert find_attempt(desks.make.actor(desks.pupils[0], "pupil"), new_id()) is None
