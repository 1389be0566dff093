"""One press: a fitting set for each pupil, neighbours apart, quick for a class; swapped, pinned, the same for all; set as homework."""

import re
import uuid
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from content_library.models import UnitTopic
from school.classes.models import StudyGroup
from school.classes.queries import get_course, learners
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.homework.actions import begin_task
from school.homework.fit import OLD, Place, Plan, PupilPlan, as_text, from_text, shortage
from school.homework.models import Homework
from school.homework.queries import homework_between
from school.homework.queries.fitting import on_offer, plan_for, same_for_all, swapped
from school.mastery.estimate.weights import DAY_0
from school.mastery.models import ItemStanding, ModelVersion, PupilLevel, PupilTopic
from school.tasks.models import ItemWatch
from school.tasks.queries import items_asked, shown_items
from tests.browsing import SchoolClient
from tests.cpu import within
from tests.factories import Make

VARIED = {
    "kind": "varied", "prompt": "Сколько будет {a} + 1?", "params": {"a": {"from": 1, "to": 90}}, "task": {"kind": "number"}, "key": {"value": "{a+1}"},
}  # fmt: skip


def numbers(n: int, name: str = "") -> list[dict[str, Any]]:
    return [{"kind": "number", "prompt": f"{name}{k} + 1", "key": {"value": str(k + 1)}} for k in range(n)]


class Room:
    """A course whose pupils know an older topic badly; ``n`` questions on the new one, from easy to hard."""

    def __init__(self, make: Make, n: int, pupils: int = 4, items: Any = None) -> None:
        self.make = make
        self.course = make.course(pupils=pupils)
        self.lesson, self.next = make.lesson(self.course), make.lesson(self.course, days=2)
        self.teacher = make.actor(make.teacher_of(self.course), "teacher")
        self.old = make.task(self.course.subject_id, numbers(10, "старое "))
        self.task = make.task(self.course.subject_id, items or numbers(n), title="Новое", minutes=min(200, 2 * n))
        self.seen = make_seen(make, self)
        self.topic, self.old_topic = (
            db.session.scalars(select(UnitTopic.topic_id).where(UnitTopic.unit_id == one.unit_id)).one()
            for one in (self.task, self.old)
        )
        offer = on_offer(self.seen, self.topic)
        fresh = [one.id for one in offer.values() if one.topic_id == self.topic]
        now = clock.now().timestamp()
        make.save(
            ModelVersion(
                id=1,
                made_at=clock.now(),
                base_id=0,
                in_use=True,
                weights=list(DAY_0),
                answers=0,
                learned_until=clock.now(),
            )
        )
        for k, item_id in enumerate(fresh):
            d = -6.0 + 8.0 * k / max(1, len(fresh) - 1)
            db.session.add(
                ItemStanding(
                    item_id=item_id, version_id=1, n=40, wins=20, d=d, strength=0, squares=0, error=0, product=0
                )
            )
        for n_, pupil in enumerate(self.pupils):
            theta = -0.8 + 1.6 * n_ / max(1, len(self.pupils) - 1)
            common = {
                "school_id": pupil.school_id,
                "pupil_id": pupil.id,
                "subject_id": self.course.subject_id,
                "n": 30,
                "wins": 18,
                "at": now - 9e5,
            }
            db.session.add(PupilLevel(theta=theta, **common))
            db.session.flush()
            db.session.add(
                PupilTopic(
                    topic_id=self.old_topic, delta=-0.5, step=0, kept=0, stability=3.0, **common | {"n": 6, "wins": 2}
                )
            )
        db.session.commit()

    @property
    def pupils(self) -> list[Any]:
        return learners(self.seen, clock.today())

    def plan(self, minutes: int = 20) -> tuple[Plan, Any]:
        offer = on_offer(self.seen, self.topic)
        return plan_for(self.pupils, self.seen, offer, (self.topic, minutes), clock.now()), offer


def make_seen(_make: Make, room: Room) -> Any:
    return get_course(room.teacher, room.course.id)


def test_each_pupil_gets_a_likely_success_an_old_topic_and_nothing_of_the_neighbours(make: Make) -> None:
    room = Room(make, 60)
    plan, offer = room.plan()
    assert [one.pupil_id for one in plan.pupils] == [one.id for one in room.pupils]
    for one in plan.pupils:
        assert one.fits, one.chance
        old = [p for p in one.places if p.why == OLD]
        assert len(one.places) == plan.count and len(old) == 1
        assert offer[old[0].item_id].topic_id == room.old_topic
    for left, right in pairwise(plan.pupils):
        assert not set(left.items) & set(right.items)
    assert shortage(plan, 60) is None


def test_a_class_of_thirty_from_five_hundred_in_two_seconds(make: Make) -> None:
    room = Room(make, 500, pupils=30)
    with within(2):
        plan, offer = room.plan(minutes=5)
    assert plan.count == 10
    assert len(plan.pupils) == 30 and len(offer) == 510
    assert all(one.fits for one in plan.pupils)
    for left, right in pairwise(plan.pupils):
        assert not set(left.items) & set(right.items)


def test_too_few_questions_are_said_and_one_template_gives_different_numbers(make: Make, client: SchoolClient) -> None:
    room = Room(make, 2, items=[VARIED, *numbers(1)])
    plan, _offer = room.plan()
    short = shortage(plan, 2)
    assert short is not None and short.needed == 2 * plan.count and short.alike
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    url = f"/s/{room.course.school_id}/lessons/{room.lesson.id}/homework/fitting"
    page = client.get(f"{url}?topic={room.topic}&minutes=20")
    assert "Вопросов мало" in page.text and "2 вопроса" in page.text
    form = {
        "client_id": str(new_id()),
        "topic": room.topic,
        "plan": as_text(plan),
        "due": str(room.next.id),
        "verb": "set",
    }
    assert client.post(url, data=form).status_code == 303
    prompts = []
    for pupil in make.pupils_of(room.course):
        me = make.actor(pupil, "pupil")
        with unit_of_work():
            attempt = begin_task(
                me, make.seen(me, db.session.get_one(Homework, (room.course.school_id, uuid.UUID(form["client_id"]))))
            )
        prompts.append(
            next(one.variant["prompt"] for one in shown_items(attempt) if "Сколько будет" in one.variant["prompt"])
        )
    assert all(left != right for left, right in pairwise(prompts))


def test_swap_pin_anew_and_the_same_for_all(make: Make) -> None:
    room = Room(make, 60)
    plan, offer = room.plan()
    second = plan.pupils[1]
    changed = swapped(room.seen, offer, plan, (second.pupil_id, second.items[0]), clock.now())
    assert changed is not None
    other = changed.pupils[1]
    assert (
        second.items[0] not in other.items and len(other.items) == len(second.items) and second.items[0] in other.gone
    )
    assert not set(other.items) & changed.neighbours(second.pupil_id)
    assert changed.pupils[0] == plan.pupils[0]
    assert swapped(room.seen, offer, plan, (second.pupil_id, new_id()), clock.now()) is None

    places = tuple(Place(p.item_id, p.chance, p.why, n == 0) for n, p in enumerate(second.places))
    pinned = plan.with_pupil(PupilPlan(second.pupil_id, second.seed, places))
    anew = plan_for(room.pupils, room.seen, offer, (room.topic, 20), clock.now(), pinned)
    assert anew.round == 1 and anew.pupils[1].items[0] == second.items[0]
    assert set(anew.pupils[1].items[1:]).isdisjoint(second.items)

    same = same_for_all(room.seen, offer, plan, clock.now())
    assert same.is_same and len({tuple(one.items) for one in same.pupils}) == 1
    assert same.pupils[0].chance < same.pupils[-1].chance
    assert shortage(same, 60) is None


def test_from_the_table_to_the_pupil(make: Make, client: SchoolClient) -> None:
    room = Room(make, 60)
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    url = f"/s/{room.course.school_id}/lessons/{room.lesson.id}/homework/fitting"
    assert "Набор каждому" in client.get(url).text
    page = client.get(f"{url}?topic={room.topic}&minutes=20").text
    text = re.search(r'name="plan" value="([^"]+)"', page)
    assert text is not None
    form = {
        "client_id": str(new_id()),
        "topic": room.topic,
        "plan": text[1].replace("&#34;", '"'),
        "due": str(room.next.id),
        "text": "Дроби каждому",
    }
    plan = from_text(form["plan"], {one.id for one in room.pupils}, on_offer(room.seen, room.topic))
    assert plan is not None
    first = plan.pupils[0]
    part = client.post(
        url, data=form | {"verb": f"swap:{first.pupil_id}:{first.items[0]}"}, headers={"HX-Request": "true"}
    )
    assert part.status_code == 200 and "<h1" not in part.text and str(first.items[0]) not in part.text.split("</tr>")[1]
    for _press in range(2):
        assert client.post(url, data=form | {"verb": "set"}).status_code == 303
    (pupil, *_rest) = make.pupils_of(room.course)
    lines = homework_between(pupil.school_id, pupil.id, clock.today(), room.next.on_date)
    (line,) = [one for one in lines if one.text == "Дроби каждому"]
    row = db.session.get_one(Homework, (room.course.school_id, line.id))
    me = make.actor(pupil, "pupil")
    with unit_of_work():
        attempt = begin_task(me, make.seen(me, row))
    assert [one.id for one in items_asked(attempt)] == first.items
    client.sign_in(make.account_of(pupil))
    assert "Свой набор" in client.get(f"/s/{room.course.school_id}/homework/{row.id}").text
    assert client.get(f"/s/{room.course.school_id}/attempts/{attempt.id}").status_code == 200


def test_a_full_evening_is_said_before_the_sets_are_given(make: Make, client: SchoolClient) -> None:
    room = Room(make, 10)
    later = make.lesson(room.course, days=3)
    group = db.session.get_one(StudyGroup, (room.course.school_id, room.course.group_id))
    make.homework(make.course(group, subject=make.subject(name_ru="Физика")), minutes=230, due_on=room.next.on_date)
    plan, _offer = room.plan()
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    url = f"/s/{room.course.school_id}/lessons/{room.lesson.id}/homework/fitting"
    form = {"client_id": str(new_id()), "topic": room.topic, "plan": as_text(plan), "due": str(room.next.id)}
    seen = client.get(f"{url}?topic={room.topic}&minutes={plan.minutes}").text
    assert "больше нормы" in seen and "Всё равно задать" not in seen, "before anybody presses; nothing is asked yet"
    full = client.post(url, data=form | {"verb": "set"})
    assert full.status_code == 422 and "больше нормы" in full.text and "Всё равно задать" in full.text
    assert db.session.get(Homework, (room.course.school_id, uuid.UUID(form["client_id"]))) is None
    assert client.post(url, data=form | {"verb": "set", "due": str(later.id)}).status_code == 303
    again = form | {"client_id": str(new_id()), "verb": "set", "anyway": "1"}
    assert client.post(url, data=again).status_code == 303


def test_a_foreign_plan_is_not_believed(make: Make, client: SchoolClient) -> None:
    room = Room(make, 10)
    plan, offer = room.plan()
    pupils = {one.id for one in room.pupils}
    assert from_text(as_text(plan), pupils, offer) == from_text(as_text(plan), pupils, offer) is not None
    assert from_text(as_text(plan), set(list(pupils)[1:]), offer) is None
    assert from_text(as_text(plan), pupils, [new_id()]) is None
    for text in ("", "[]", "{}", '{"topic": 1}', "x" * 50):
        assert from_text(text, pupils, offer) is None
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    url = f"/s/{room.course.school_id}/lessons/{room.lesson.id}/homework/fitting"
    assert client.post(url, data={"topic": room.topic, "plan": "{}", "verb": "set"}).status_code == 303
    client.sign_in(make.account_of(make.pupils_of(room.course)[0]))
    assert client.get(url).status_code == 404


def test_leaked_questions_are_not_on_offer(make: Make) -> None:
    room = Room(make, 6)
    offer = on_offer(room.seen, room.topic)
    leaked = next(one.id for one in offer.values() if one.topic_id == room.topic)
    make.save(
        ItemWatch(
            item_id=leaked,
            burnt_at=clock.now(),
            n_before=50,
            n_since=30,
            share_before=0.5,
            share_since=0.95,
            seconds_before=60,
            seconds_since=8,
        )
    )
    assert leaked not in on_offer(room.seen, room.topic)


IDS = [uuid.UUID(int=n + 1) for n in range(6)]


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from(IDS), unique=True, max_size=4), min_size=1, max_size=6))
def test_neighbours_who_share_something_are_always_named(sets: list[list[uuid.UUID]]) -> None:
    pupils = tuple(
        PupilPlan(uuid.UUID(int=100 + n), n, tuple(Place(item, 0.8, OLD) for item in items))
        for n, items in enumerate(sets)
    )
    plan = Plan(1, 20, 4, 0, pupils)
    alike = {one.pupil_id for pair in pairwise(pupils) if set(pair[0].items) & set(pair[1].items) for one in pair}
    found = shortage(plan, 6)
    assert set(found.alike if found else ()) == alike
    assert from_text(as_text(plan), {one.pupil_id for one in pupils}, IDS) == plan
