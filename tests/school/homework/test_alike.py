"""Works of a parallel that are nearly the same: the pure comparison, and the page that shows pairs to the teacher."""

import io
import random
import uuid
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from content_library import pictures
from content_library.models import Subject
from school.classes.models import StudyGroup
from school.core.database import db
from school.core.files import storage
from school.core.transactions import unit_of_work
from school.homework.actions import hand_in, keep_photo
from school.homework.alike import BITS_APART, looks_alike, marked, pairs_of
from school.homework.models import HandInWay, Homework
from school.people.models import Member, School
from tests.browsing import SchoolClient
from tests.factories import Make

AUTUMN = (
    "Осень в нашем городе начинается тихо: сначала желтеет липа у школы, потом клён во дворе, и вот уже все листья летят над "
    "мокрым асфальтом, а дворник собирает их в большие шуршащие кучи возле забора."
)
WINTER = (
    "Зимой я больше всего люблю каток: лёд скрипит, музыка играет, и папа держит меня за руку, хотя я давно катаюсь сам и могу "
    "обогнать почти всех ребят из нашего двора, кроме соседа Пети."
)
WORDS = [
    "дом",
    "река",
    "окно",
    "снег",
    "книга",
    "ветер",
    "урок",
    "море",
    "стол",
    "город",
    "голос",
    "поле",
    "камень",
    "птица",
    "вечер",
    "друг",
    "путь",
    "лес",
    "свет",
    "сад",
]


def made_up(seed: int, words: int = 120) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) + str(chance.randrange(50)) for _ in range(words))


def test_the_same_text_with_other_words_around_it_is_found_and_others_are_not() -> None:
    texts = [
        AUTUMN,
        WINTER,
        "Моё сочинение. " + AUTUMN.replace("липа", "берёза"),
        "Готово, ответ 12.",
        "Готово, ответ 12.",
    ]
    assert [(one.one, one.other) for one in pairs_of(texts)] == [(0, 2)]
    assert pairs_of([AUTUMN, AUTUMN.upper().replace("Ё", "Е")])[0].share == 1
    assert pairs_of([AUTUMN, AUTUMN.replace("а", "a").replace("о", "o")])[0].share == 1, "letters that look the same"
    assert pairs_of([]) == pairs_of([AUTUMN]) == []


def test_the_wording_of_the_task_counts_for_nobody() -> None:
    wording = "Ответьте на вопросы по тексту параграфа и приведите не меньше двух примеров из жизни нашего города. "
    texts = [wording + made_up(n, 20) for n in range(8)]
    assert pairs_of(texts) == []
    assert [(one.one, one.other) for one in pairs_of([*texts, texts[3]])] == [(3, 8)]


def test_what_is_in_common_is_marked_in_its_own_spelling() -> None:
    other = "Я думаю так. " + AUTUMN
    pieces = marked(other, AUTUMN)
    assert "".join(text for text, _shared in pieces) == other
    assert [shared for _text, shared in pieces] == [False, True, False]
    assert marked("", AUTUMN) == [] and marked("!!!", AUTUMN) == [("!!!", False)]


def test_six_hundred_long_works_take_a_bounded_number_of_comparisons() -> None:
    same = made_up(1, 400)
    texts = [made_up(n, 400) for n in range(2, 200)] + [same, same + " конец"]
    assert [(one.one, one.other) for one in pairs_of(texts)] == [(198, 199)]
    assert len(pairs_of([made_up(n % 20, 60) for n in range(120)])) == 60


@given(st.lists(st.text(alphabet="абв a1 .\n", max_size=200), max_size=6))
def test_any_text_is_compared_and_put_together_again(texts: list[str]) -> None:
    for pair in pairs_of(texts):
        assert 0 <= pair.one < pair.other < len(texts) and 0 < pair.share <= 1
    for one, other in combinations(texts, 2):
        assert "".join(text for text, _shared in marked(one, other)) == one


def notebook(seed: int, size: tuple[int, int] = (900, 1200), quality: int = 90) -> bytes:
    chance = random.Random(seed)
    page = Image.new("RGB", (900, 1200), (236, 238, 240))
    pen = ImageDraw.Draw(page)
    for row in range(60, 1140, 60):
        at = 60
        while at < 840:
            wide = chance.randrange(20, 120)
            pen.rectangle((at, row, at + wide, row + chance.randrange(10, 34)), fill=(40, 50, 110))
            at += wide + chance.randrange(12, 60)
    out = io.BytesIO()
    page.resize(size).save(out, "JPEG", quality=quality)
    return out.getvalue()


def test_the_same_shot_smaller_and_packed_anew_looks_alike_and_another_page_does_not() -> None:
    one, again = (pictures.look(pictures.shrunk(notebook(1, *how), 1600)) for how in ((), ((630, 840), 60)))
    assert looks_alike(one, again)
    others = [pictures.look(notebook(n)) for n in range(2, 12)]
    assert not any(looks_alike(one, other) for other in others)
    blank = io.BytesIO()
    Image.new("RGB", (900, 1200), "white").save(blank, "JPEG")
    assert not looks_alike(pictures.look(blank.getvalue()), pictures.look(blank.getvalue()))
    assert not looks_alike("", one) and BITS_APART < 32
    with pytest.raises(pictures.BadPicture):
        pictures.look(b"no picture")


class Parallel:
    """Two classes of one year with an essay; the teacher has the first."""

    def __init__(self, make: Make, way: HandInWay) -> None:
        self.make = make
        self.course = make.course(pupils=3)
        self.way = way

    def give(self, homework: Homework, pupil: Member, text: str = "", photos: tuple[bytes, ...] = ()) -> None:
        actor = self.make.actor(pupil, "pupil")
        with unit_of_work():
            ready = [keep_photo(actor, storage(), io.BytesIO(one)) for one in photos]
            hand_in(actor, self.make.seen(actor, homework), uuid.uuid4(), text=text, photos=ready)


def parallel(make: Make, course: Any, **where: Any) -> Any:
    """Another class of the year in the same subject."""
    school = db.session.get_one(School, course.school_id)
    year_id = db.session.get_one(StudyGroup, (course.school_id, course.group_id)).year_id
    group = make.school_class(school, year_id=year_id, **where)
    return make.course(group, subject=db.session.get_one(Subject, course.subject_id), pupils=2)


def test_the_teacher_sees_pairs_of_the_parallel(make: Make, client: SchoolClient) -> None:
    room = Parallel(make, HandInWay.TEXT)
    other_course = parallel(make, room.course, letter="В")
    far = parallel(make, room.course, year_level=8, letter="В")
    mine, theirs, older = (
        make.homework(one, text="Сочинение", way=HandInWay.TEXT) for one in (room.course, other_course, far)
    )
    first, second, third = make.pupils_of(room.course)
    room.give(mine, first, AUTUMN)
    room.give(mine, second, "Начну так. " + AUTUMN)
    room.give(mine, third, WINTER)
    room.give(theirs, make.pupils_of(other_course)[0], WINTER + " Вот и всё.")
    room.give(older, make.pupils_of(far)[0], WINTER)
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    url = f"/s/{room.course.school_id}/homework/{mine.id}"
    assert f"{url}/alike" in client.get(f"{url}/review").text
    page = client.get(f"{url}/alike").text
    assert page.count('id="pair-') == 2 and "решает разговор" in page
    assert "<mark>Осень" in page and page.count("обогнать почти всех") == 1, "the other teacher's work is not opened"
    client.sign_in(make.account_of(make.teacher_of(other_course)))
    assert client.get(f"{url}/alike").status_code == 404
    assert client.get(f"/s/{room.course.school_id}/homework/{theirs.id}/alike").text.count('id="pair-') == 1
    client.sign_in(make.account_of(first))
    assert client.get(f"{url}/alike").status_code == 404


def test_the_same_photo_of_two_pupils_is_a_pair(make: Make, client: SchoolClient) -> None:
    room = Parallel(make, HandInWay.PHOTO)
    homework = make.homework(room.course, text="№ 7", way=HandInWay.PHOTO)
    first, second, third = make.pupils_of(room.course)
    room.give(homework, first, photos=(notebook(1), notebook(2)))
    room.give(homework, second, photos=(notebook(3), notebook(1, (630, 840), 60)))
    room.give(homework, third, photos=(notebook(4),))
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    page = client.get(f"/s/{room.course.school_id}/homework/{homework.id}/alike").text
    assert page.count('id="pair-') == 1
    assert "Совпадает 1 фото" in page, page[page.index("pair-1") :][:600]
