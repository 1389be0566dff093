"""The pupil's pages: points out of answers, the wardrobe paid once, nothing of it where it is off."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from content_library.models import Item
from school.classes.models import Absence, AbsenceReason
from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from school.game.actions import CannotHave, have_part, wear
from school.game.models import Badge, BoughtPart, PupilDay
from school.game.queries.earning import calendar_of, ledger_of, purse_of
from school.game.queries.playing import play_of
from school.game.routes.keeping import keep_days
from school.game.scale import points_for
from school.game.wardrobe import BY_CODE
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.game.rooms import Playground
from tests.statements import Statements


def rich(room: Playground, n: int = 0, days: int = 3) -> None:
    """Some days of useful steps on three topics."""
    for day in range(days):
        for topic in range(3):
            room.judged(n, topic=topic, item=day, days_ago=day * 15)


def test_points_come_out_of_the_log_and_of_nobody_elses(make: Make) -> None:
    room = Playground(make)
    room.judged(0)
    room.judged(0, topic=1, right=False)
    room.judged(1, topic=2)
    assert ledger_of(room.school_id, room.pupils[0].id).points == points_for(1.5)
    assert ledger_of(room.school_id, room.pupils[1].id).points == points_for(1.0)
    assert ledger_of(room.school_id, room.pupils[2].id).points == 0
    room.judged(0, topic=2)  # what is kept in memory follows a new answer
    assert ledger_of(room.school_id, room.pupils[0].id).points == points_for(2.5)


def test_the_page(make: Make, client: SchoolClient, statements: Statements) -> None:
    room = Playground(make)
    rich(room)
    client.sign_in(make.account_of(room.pupils[0]))
    with statements.counted() as first:
        page = client.get(room.game).text
    assert len(first) <= 12, first
    assert f"{points_for(3)} " in page
    assert 'data-badge="back"' in page
    assert "%" not in re.sub(r"<head.*?</head>", "", page, flags=re.S)
    assert page.count("data-day=") == 7
    assert room.pupils[1].family_name not in page
    assert f'href="{room.game}"' in client.get(f"/s/{room.school_id}/track").text
    with statements.counted() as seen:
        client.get(room.game)
    assert len(seen) <= 11, seen


def test_the_wardrobe_is_paid_once(make: Make, client: SchoolClient) -> None:
    room = Playground(make)
    rich(room, days=4)
    pupil = room.pupils[0]
    client.sign_in(make.account_of(pupil))
    animal = f"{room.game}/animal"
    assert client.get(animal).text.count("data-part=") >= 20
    earned = ledger_of(room.school_id, pupil.id).points
    for _press in range(2):
        assert client.post(animal, data={"part": "book"}).status_code == 303
    play = play_of(room.school_id, pupil.id)
    purse = purse_of(play, ledger_of(room.school_id, pupil.id))
    assert (purse.earned, purse.left, purse.worn["hand"]) == (earned, earned - 60, "book")
    assert client.post(animal, data={"part": "helmet"}).status_code == 303  # too dear: nothing changes
    assert client.post(animal, data={"part": "nothing"}).status_code == 303
    assert purse_of(play, ledger_of(room.school_id, pupil.id)) == purse
    with unit_of_work(), pytest.raises(CannotHave):
        wear(room.actor(), play, BY_CODE["helmet"])
    client.post(animal, data={"part": "owl"})  # what is everybody's costs nothing
    assert db.session.scalar(select(func.count()).select_from(BoughtPart).where(BoughtPart.school_id == room.school_id)) == 1  # fmt: skip
    stranger = make.actor(room.pupils[1], "pupil")
    with unit_of_work(), pytest.raises(CannotHave):
        have_part(stranger, play_of(room.school_id, room.pupils[1].id), BY_CODE["book"])


def test_two_presses_at_once_pay_once(make: Make, app: Flask) -> None:
    room = Playground(make)
    rich(room)  # for the book and not for two
    play, actor = play_of(room.school_id, room.pupils[0].id), room.actor()

    def press(_n: int) -> bool:
        with app.app_context(), unit_of_work():
            return have_part(actor, play, BY_CODE["book"])

    db.session.rollback()
    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(press, range(2))) == [False, True]
    purse = purse_of(play, ledger_of(room.school_id, play.pupil_id))
    assert (purse.spent, purse.owned) == (60, {"book"})


def test_illness_and_holidays_stop_the_streak_for_this_pupil_only(make: Make) -> None:
    room = Playground(make)
    day = room.lesson.on_date
    for n, reason in ((0, AbsenceReason.ILLNESS), (1, AbsenceReason.TRUANCY)):
        make.save(Absence(school_id=room.school_id, lesson_id=room.lesson.id, pupil_id=room.pupils[n].id, on_date=day, fact="absent", reason=reason, noted_at=clock.now(), noted_by=room.teacher.account_id))  # fmt: skip
    pauses = [calendar_of(play_of(room.school_id, one.id)).away for one in room.pupils]
    assert pauses == [((day, day),), (), ()]


def test_days_are_kept_once_and_never_fall(make: Make) -> None:
    room = Playground(make)
    rich(room)
    for _again in range(2):  # as after a worker that was killed
        keep_days()
    rows = db.session.scalars(select(PupilDay).where(PupilDay.school_id == room.school_id)).all()
    ledger = ledger_of(room.school_id, room.pupils[0].id)
    assert {row.on_date: (row.points, row.topics) for row in rows} == {
        on: (day.points, sorted(day.won)) for on, day in ledger.days.items()
    }
    kept = sum(row.points for row in rows)
    room.judged(
        0, topic=0, item=1, days_ago=16
    )  # an answer that comes late: the same question of the day after is a repetition
    keep_days()
    db.session.expire_all()
    purse = purse_of(play_of(room.school_id, room.pupils[0].id), ledger_of(room.school_id, room.pupils[0].id))
    assert purse.earned >= kept
    badges = db.session.scalars(select(Badge).where(Badge.school_id == room.school_id)).all()
    assert {one.kind for one in badges} == {"back"}


@pytest.mark.parametrize("who", ["family", "class", "pupil"])
def test_off_means_nothing_of_it(make: Make, client: SchoolClient, who: str) -> None:
    room = Playground(make)
    rich(room)
    keep_days()
    parent, teacher = room.parent(), make.teacher_of(room.course)
    group = make.group_of(room.course)
    make.lead(group, teacher)

    def switch(says: str) -> None:
        client.sign_in(make.account_of(parent if who == "family" else teacher))
        where = {"family": room.of_child(), "class": room.of_class, "pupil": f"{room.of_class}/pupils/{room.pupils[0].id}"}  # fmt: skip
        assert client.post(where[who], data={"what": "switch", "says": says}).status_code == 303

    switch("no")
    client.sign_in(make.account_of(room.pupils[0]))
    assert client.get(room.game).status_code == 404
    assert client.get(f"{room.game}/animal").status_code == 404
    assert client.post(f"{room.game}/animal", data={"part": "owl"}).status_code == 404
    assert client.post(f"{room.game}/list", data={"says": "yes"}).status_code == 404
    assert "/game" not in client.get(f"/s/{room.school_id}/track").text
    client.sign_in(make.account_of(room.pupils[1]))
    assert client.get(room.game).status_code == (404 if who == "class" else 200)
    switch("yes")
    client.sign_in(make.account_of(room.pupils[0]))
    assert 'data-badge="back"' in client.get(room.game).text  # all that was earned came back


def test_what_an_attempt_brought_stands_on_its_results(make: Make, client: SchoolClient) -> None:
    room = Playground(make)
    pupil = room.pupils[0]
    client.sign_in(make.account_of(pupil))
    begun = client.post(f"/s/{room.school_id}/versions/{room.task.id}/attempts").location
    item = db.session.scalars(select(Item).where(Item.version_id == room.task.id)).first()
    assert item is not None
    sent = {
        "answer": str(item.spec["key"]["value"]),
        "client_id": "00000000-0000-7000-8000-000000000001",
        "number": "1",
    }
    client.post(f"{begun}/items/{item.id}/answers", data=sent, headers={"Accept": "application/json"})
    client.post(f"{begun}/finish")
    page = client.get(begun).text
    points = ledger_of(room.school_id, pupil.id).points
    assert points > 0
    assert f'data-gained="{points}"' in page
    client.sign_in(make.account_of(room.parent()))
    client.post(room.of_child(), data={"what": "switch", "says": "no"})
    client.sign_in(make.account_of(pupil))
    assert "data-gained" not in client.get(begun).text
