"""Words at places of photographed pages: put and taken away by the teacher, read by the pupil when the work comes back."""

import io
import re

import pytest
from sqlalchemy import select

from school.core.database import db, new_id
from school.core.files import storage
from school.core.transactions import unit_of_work
from school.homework.actions import hand_in, keep_photo, return_work
from school.homework.models import HandInWay, Homework, PhotoNote, SubmissionPhoto
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.homework.test_routes import Room, picture

ON_PAGE = "Здесь потерян знак"


class Pages(Room):
    """A homework of photos that two pupils have handed in."""

    def __init__(self, make: Make, client: SchoolClient) -> None:
        super().__init__(make, client)
        self.homework: Homework = make.homework(self.course, text="№ 7", way=HandInWay.PHOTO)
        for pupil in (self.pupil, self.other):
            actor = make.actor(pupil, "pupil")
            with unit_of_work():
                page = keep_photo(actor, storage(), io.BytesIO(picture()))
                hand_in(actor, make.seen(actor, self.homework), new_id(), photos=[page])
        self.review = f"{self.base}/homework/{self.homework.id}/review"

    def photo_url(self, member_id: object) -> str:
        page = self.client.get(f"{self.review}?pupil={member_id}").text
        found = re.search(r'action="([^"]+/photos/[^"]+/notes)"', page)
        assert found is not None
        return found[1]


@pytest.fixture
def pages(make: Make, client: SchoolClient) -> Pages:
    return Pages(make, client)


def test_put_read_and_taken_away(pages: Pages) -> None:
    pages.sign_in(pages.teacher)
    url = pages.photo_url(pages.pupil.id)
    assert pages.client.post(url, data={"place": "250,750", "text": ON_PAGE}).status_code == 303
    shown = pages.client.get(f"{pages.review}?pupil={pages.pupil.id}").text
    assert ON_PAGE in shown and re.search(r'<circle cx="200" cy="450"', shown), "800 x 600 pixels"
    pages.sign_in(pages.pupil)
    mine = f"{pages.base}/homework/{pages.homework.id}"
    assert ON_PAGE not in pages.client.get(mine).text, "not before the teacher has come to an end"
    teacher = pages.make.actor(pages.teacher, "teacher")
    with unit_of_work():
        work = pages.make.work(pages.homework, pages.pupil, teacher)
        return_work(teacher, work, "Исправьте знак.", version=work.state.version)
    pages.sign_in(pages.pupil)
    back = pages.client.get(mine).text
    assert ON_PAGE in back and "Убрать пометку" not in back
    pages.sign_in(pages.teacher)
    remove = re.search(r'action="([^"]+/remove)"', pages.client.get(f"{pages.review}?pupil={pages.pupil.id}").text)
    assert remove is not None
    assert pages.client.post(remove[1]).status_code == 303
    assert ON_PAGE not in pages.client.get(f"{pages.review}?pupil={pages.pupil.id}").text


@pytest.mark.parametrize("bad", [{"text": " "}, {"place": "1001,5"}, {"place": "left"}, {"text": "а" * 301}])
def test_a_note_without_words_or_place_is_none(pages: Pages, bad: dict[str, str]) -> None:
    pages.sign_in(pages.teacher)
    url = pages.photo_url(pages.pupil.id)
    assert pages.client.post(url, data={"place": "1,1", "text": "Да", **bad}).status_code == 303
    assert not db.session.scalars(select(PhotoNote).where(PhotoNote.school_id == pages.school.id)).all()


def test_only_on_the_works_page_by_its_teacher(pages: Pages) -> None:
    pages.sign_in(pages.teacher)
    url = pages.photo_url(pages.pupil.id)
    assert pages.client.post(url.replace(str(pages.pupil.id), str(pages.other.id)), data={}).status_code == 404
    photo = db.session.scalars(select(SubmissionPhoto).where(SubmissionPhoto.school_id == pages.school.id)).first()
    assert photo is not None
    for stranger in (pages.pupil, pages.make.parent(pages.school, pages.pupil)):
        pages.sign_in(stranger)
        assert pages.client.post(url, data={"place": "1,1", "text": "Да"}).status_code == 404
