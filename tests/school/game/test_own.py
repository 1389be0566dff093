"""The pupil's pages: points out of answers, the wardrobe paid once, nothing of it where it is off."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from content_library.models import Item
from school.classes.actions.transfers import transfer_pupil
from school.classes.models import Absence, AbsenceReason
from school.classes.queries import get_pupil
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import roll_back, unit_of_work
from school.game.actions import CannotHave, have_part, keep_school, switch_pupil, wear
from school.game.models import Badge, BoughtPart, PupilDay, Side
from school.game.queries.earning import badges_of, calendar_of, holding_of, ledger_of, purse_of
from school.game.queries.playing import play_of
from school.game.routes.keeping import keep_days
from school.game.scale import Feat, points_for
from school.game.seen import Play, Purse
from school.game.wardrobe import BY_CODE
from school.people.models import School
from school.tracks.models import Track, TrackStep
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.game.rooms import Playground
from tests.statements import Statements


def rich(room: Playground, n: int = 0, days: int = 3) -> None:
    """Some days of useful steps on three topics."""
    for day in range(days):
        for topic in range(3):
            room.judged(n, topic=topic, item=day, days_ago=day * 15)


def purse_at(play: Play) -> Purse:
    return purse_of(play, holding_of(play, ledger_of(play.school_id, play.pupil_id)))


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
    purse = purse_at(play)
    assert (purse.earned, purse.left, purse.worn["hand"]) == (earned, earned - 60, "book")
    assert client.post(animal, data={"part": "helmet"}).status_code == 303  # too dear: nothing changes
    assert client.post(animal, data={"part": "nothing"}).status_code == 303
    assert purse_at(play) == purse
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
    purse = purse_at(play)
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
    purse = purse_at(play_of(room.school_id, room.pupils[0].id))
    assert purse.earned >= kept
    badges = db.session.scalars(select(Badge).where(Badge.school_id == room.school_id)).all()
    assert {one.kind for one in badges} == {"back"}


def test_what_is_older_than_the_log_that_is_read_stays(make: Make) -> None:
    room = Playground(make)
    room.judged(0, days_ago=390)
    room.judged(0, days_ago=370)
    keep_days()
    play = play_of(room.school_id, room.pupils[0].id)
    before = purse_at(play).earned
    assert before > points_for(1.0)
    for later in (15, 31):  # the first is no longer read, and the second looks like the first
        with clock.stopped_at(clock.now() + timedelta(later)):
            keep_days()
            assert purse_at(play).earned == before
    with clock.stopped_at(clock.now() + timedelta(31)):
        assert ledger_of(room.school_id, play.pupil_id).points == 0


def test_cut_off_it_is_done_again(make: Make) -> None:
    room = Playground(make)
    rich(room)
    school = db.session.get_one(School, room.school_id)

    def kept() -> int:
        return db.session.scalar(select(func.count()).select_from(PupilDay).where(PupilDay.school_id == school.id)) or 0

    keep_school(school)
    roll_back()
    assert kept() == 0
    keep_days()
    assert kept() == 3
    late = clock.now() - timedelta(minutes=5)  # committed only now, though it carries a moment before the last keeping
    room.judged(1, learned=late)
    keep_days()
    assert kept() == 4


def test_explanations_and_tracks_walked_to_their_end(make: Make) -> None:
    room = Playground(make, pupils=2)
    criteria = [{"name": "Мысль", "levels": [{"says": "нет", "points": 0}, {"says": "есть", "points": 2}]}]
    essay = make.task(room.course.subject_id, [{"kind": "essay", "prompt": "Объясни.", "criteria": criteria, "points": 2, "key": {"model": "Мысль."}}])  # fmt: skip
    room.items[0] = list(db.session.scalars(select(Item.id).where(Item.version_id == essay.id)))
    own = {"school_id": room.school_id, "made_at": clock.now(), "by_on": clock.today(), "topics": room.topics, "source": "goal"}  # fmt: skip
    walked, begun, proposed = (
        Track(**own, id=new_id(), pupil_id=room.pupils[0].id, course_id=room.course.id, goal=goal, state=state)
        for goal, state in (("Дойти до конца", "ended"), ("Начать", "approved"), ("Когда-нибудь", "proposed"))
    )
    make.save(walked, begun, proposed)
    for track, done in ((walked, True), (walked, True), (begun, True), (begun, False), (proposed, True)):
        make.save(TrackStep(school_id=room.school_id, id=new_id(), track_id=track.id, position=1, kind="task", title="Шаг", why="goal", done_at=clock.now() if done else None))  # fmt: skip
    room.judged(0)
    play = play_of(room.school_id, room.pupils[0].id)
    ledger = ledger_of(room.school_id, play.pupil_id)
    found = badges_of(play, ledger, ledger.useful_days, calendar_of(play))
    assert {one.feat: one.things for one in found} == {
        Feat.WORDS: ("Дроби",),
        Feat.WAY: ("Дойти до конца",),
    }
    other = play_of(room.school_id, room.pupils[1].id)
    assert badges_of(other, ledger_of(room.school_id, other.pupil_id), frozenset(), calendar_of(other)) == []


def test_it_goes_to_another_school_and_so_does_the_familys_off(make: Make) -> None:
    room, there = Playground(make), Playground(make)
    rich(room, days=4)
    keep_days()
    pupil, parent = room.pupils[0], room.parent()
    before = purse_at(play_of(room.school_id, pupil.id))
    seen = get_pupil(make.actor(parent, "parent"), pupil.id)
    assert seen is not None
    with unit_of_work():
        have_part(room.actor(), play_of(room.school_id, pupil.id), BY_CODE["book"])
        switch_pupil(make.actor(parent, "parent"), seen, Side.FAMILY, is_on=False)
        moved = transfer_pupil(room.teacher, seen, db.session.get_one(School, there.school_id), make.group_of(there.course), clock.today())  # fmt: skip
    play = play_of(there.school_id, moved.member_id)
    assert (play.off_by_family, play.off_by_school) == (True, False)
    purse = purse_at(play)
    assert (purse.earned, purse.spent, purse.worn["hand"]) == (before.earned, 60, "book")


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


def test_errors_are_not_called_known_well(make: Make, client: SchoolClient) -> None:
    room = Playground(make)
    client.sign_in(make.account_of(room.pupils[0]))
    begun = client.post(f"/s/{room.school_id}/versions/{room.task.id}/attempts").location
    client.post(f"{begun}/finish")
    page = client.get(begun).text
    assert 'data-gained="0"' in page and "На этот раз без очков" in page
    assert "хорошо известно" not in page
