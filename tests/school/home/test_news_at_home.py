"""What is new at home goes by the moment a family could see it; announced absences are said, not alarming."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from school.classes.actions.notes import announce_absence
from school.classes.models import AbsenceReason
from school.classes.queries import get_pupil
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor
from school.core.transactions import unit_of_work
from school.gradebook.entries import Status
from school.people.models import Member
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.gradebook.rooms import later, room
from tests.school.home.rooms import NOON, take_presence
from tests.statements import Statements


@pytest.fixture
def home(make: Make, client: SchoolClient, noon: None) -> SimpleNamespace:
    """A family of one child, whose lesson of last week gets its mark today."""
    at = room(make, days=-6)
    child = at.pupils[0]
    school = make.school_of(at.course)
    parent, second = make.parent(school, child), make.parent(school, child)
    client.sign_in(make.account_of(parent))
    return SimpleNamespace(at=at, make=make, child=child, parent=parent, second=second, client=client)


def pages(home: SimpleNamespace) -> tuple[str, str]:
    """The first pages of the parent and of the pupil."""
    family = home.client.get("/family").text
    home.client.sign_in(home.make.account_of(home.child))
    own = home.client.get(f"/s/{home.child.school_id}/pupil").text
    home.client.sign_in(home.make.account_of(home.parent))
    return family, own


def test_a_mark_of_an_old_lesson_is_new_when_it_is_released(home: SimpleNamespace) -> None:
    puts(home, 2)
    assert not any("Новые отметки" in page for page in pages(home))
    assert "Стоит поговорить" not in pages(home)[0]
    with later(minutes=11):
        assert all("Новые отметки" in page for page in pages(home))
        assert "всё спокойно" not in home.client.get("/family").text
    with later(days=6):
        assert "Новые отметки" not in home.client.get("/family").text


def test_a_dot_is_work_owed_and_no_new_mark(home: SimpleNamespace) -> None:
    home.make.mark(home.at.column, home.child, None, code="•", released_since=clock.now() - timedelta(days=1))
    assert not any("Новые отметки" in page for page in pages(home))
    home.make.mark(home.at.column, home.child, 4, place=1, released_since=clock.now() - timedelta(days=1))
    assert all("Новые отметки" in page for page in pages(home))


def test_a_slip_makes_nothing_new(home: SimpleNamespace) -> None:
    puts(home, 5)
    with later(days=6):
        puts(home, 2, seen=1)
        assert "Новые отметки" not in home.client.get("/family").text
        with later(minutes=2):
            puts(home, 5, seen=2)
        with later(minutes=30):
            page = home.client.get("/family").text
            assert "Новые отметки" not in page, "what the family sees is what it saw"
            marks = home.client.get(
                f"/s/{home.child.school_id}/pupils/{home.child.id}/diary?week={home.at.lesson.on_date:%G-W%V}"
            )
            assert 'class="d-mark"' in marks.text
            assert "data-fresh" not in marks.text
            puts(home, 4, seen=3)
            with later(minutes=5):
                assert "Новые отметки" not in home.client.get("/family").text
            with later(minutes=11):
                assert "Новые отметки" in home.client.get("/family").text


def puts(home: SimpleNamespace, value: int, seen: int = 0) -> None:
    [answer] = home.at.save(home.at.entry(value, seen=seen))
    assert answer.status == Status.SAVED


def announces(home: SimpleNamespace, who: Member, first: int, last: int, **how: object) -> None:
    actor: Actor = home.make.actor(who, "parent")
    pupil: SeenPupil | None = get_pupil(actor, home.child.id)
    assert pupil is not None
    today = clock.today()
    reason = how.pop("reason", AbsenceReason.ILLNESS)
    with unit_of_work():
        announce_absence(actor, pupil, today + timedelta(first), today + timedelta(last), reason, **how)  # type: ignore[arg-type]


def test_what_was_announced_is_said(home: SimpleNamespace, statements: Statements) -> None:
    before = home.client.get("/family").text
    assert "предупредили" not in before
    announces(home, home.parent, 0, 0)
    announces(home, home.second, 1, 1, slots=[1, 2], reason=AbsenceReason.FAMILY)
    announces(home, home.parent, 4, 6)
    home.make.lesson(home.at.course, days=1)
    with statements.counted() as seen:
        page = home.client.get("/family").text
    assert len(seen) <= 6
    assert "всё спокойно" in page
    assert "Не придёт на уроки сегодня" in page
    assert "вы предупредили школу: болезнь" in page
    assert "Не придёт на уроки завтра" in page
    assert "школа предупреждена: по семейным причинам, уроки 1, 2" in page
    assert "Не придёт на уроки с 28\N{NO-BREAK SPACE}нояб. по 30\N{NO-BREAK SPACE}нояб." in page
    assert page.count('id="child-') == 1


def test_an_announced_absence_is_no_alarm_and_no_next_lesson(home: SimpleNamespace) -> None:
    lesson = home.make.lesson(home.at.course, slot=3, room="111")
    home.make.lesson(home.at.course, slot=6, room="222")
    home.make.lesson(home.at.course, slot=1, room="333", days=1)
    assert "каб. 222" in home.client.get("/family").text
    take_presence(home.make, lesson, home.child)
    assert "сегодня нет на уроках" in home.client.get("/family").text
    announces(home, home.second, 0, 0)
    page = home.client.get("/family").text
    assert "сегодня нет на уроках" not in page
    assert "каб. 333" in page
    assert "каб. 222" not in page


def test_a_withdrawn_word_and_another_child_say_nothing(home: SimpleNamespace) -> None:
    other = home.at.pupils[1]
    parent = home.make.parent(home.make.school_of(home.at.course), other)
    home.child, own = other, home.child
    announces(home, parent, 0, 0)
    home.child = own
    assert "Не придёт на уроки сегодня" not in home.client.get("/family").text
    assert NOON.date() == clock.today()
