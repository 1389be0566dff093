"""Prerequisites instead of failing twice: what is asked first, counted over days, in whatever subject the pupil learns."""

import pytest
from sqlalchemy import select, update

from content_library import Topic, shelf
from content_library.models import Subject, TopicNeed
from school.classes.models import StudyGroup
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.mastery.actions import InSubject, Told, learn_answers
from school.mastery.estimate.standing import NOT_STARTED, Standing, TopicEstimate
from school.mastery.models import PupilLevel, PupilTopic
from school.mastery.queries import KnownTopic, NamedTopic, Seen
from school.tracks.actions import begin_ten
from school.tracks.basis import bases
from school.tracks.models import Practice
from school.tracks.queries.drawing import ten_minutes
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.tracks.rooms import DAY, Room, numbers, topic_of

NAMED = {n: NamedTopic(n, f"тема {n}", 1, 7, n) for n in range(1, 6)}


def seen(topic: int, chance: float, *, fails: bool = False, says: bool | None = None) -> KnownTopic:
    estimate = TopicEstimate(Standing.LEARNING, chance, 4, 2, 0.0, 0.0, 1.0, fails)
    return KnownTopic(NAMED[topic], "Алгебра", 1, Seen(estimate, says))


@pytest.mark.parametrize(
    ("known", "needs", "expected"),
    [
        ([seen(1, 0.3, fails=True), seen(2, 0.4)], {1: (2,)}, {1: 2}),
        ([seen(1, 0.3), seen(2, 0.4)], {1: (2,)}, {}),  # it did not go wrong twice
        ([seen(1, 0.3, fails=True), seen(2, 0.7)], {1: (2,)}, {}),  # the basis holds
        ([seen(1, 0.3, fails=True), seen(2, 0.4), seen(3, 0.2)], {1: (2, 3)}, {1: 3}),  # the weakest
        ([seen(1, 0.3, fails=True)], {1: (2,)}, {1: 2}),  # nothing known: look
        ([seen(1, 0.3, fails=True), seen(3, 0.5)], {1: (2, 3)}, {1: 3}),  # known to be weak before unknown
        (
            [seen(1, 0.7, fails=True), seen(2, 0.7, fails=True)],
            {1: (2,)},
            {1: 2},
        ),  # it goes wrong itself, whatever its chance
        ([seen(1, 0.3, fails=True)], {1: (5,)}, {}),  # no questions
        ([seen(1, 0.3, fails=True), seen(2, 0.4)], {1: (5,), 5: (2,)}, {1: 2}),  # seen through
        ([seen(1, 0.3, fails=True), seen(2, 0.4, says=True)], {1: (2,)}, {}),  # the teacher's word counts
        ([seen(1, 0.3, fails=True), seen(2, 0.9, says=False)], {1: (2,)}, {1: 2}),
        ([seen(1, 0.3, fails=True, says=True), seen(2, 0.4)], {1: (2,)}, {}),
        ([seen(1, 0.3, fails=True), seen(2, 0.4, fails=True), seen(3, 0.4)], {1: (2,), 2: (3,)}, {1: 3, 2: 3}),  # down
        ([seen(1, 0.3, fails=True), seen(2, 0.4, fails=True)], {1: (2,), 2: (1,)}, {1: 2, 2: 1}),  # a circle ends
        ([seen(1, 0.4, fails=True), seen(2, 0.1, fails=True), seen(3, 0.4)], {1: (3,), 2: (3,)}, {2: 3, 1: 3}),
    ],
)
def test_what_comes_first(known: list[KnownTopic], needs: dict[int, tuple[int, ...]], expected: dict[int, int]) -> None:
    found = bases({one.topic.id: one for one in known}, needs, NAMED, {1, 2, 3, 4})
    assert [(topic, one.topic.id, one.waiting.id) for topic, one in found.items()] == [
        (topic, first, topic) for topic, first in expected.items()
    ]


def test_what_nothing_is_known_of_does_not_fail() -> None:
    assert not NOT_STARTED.is_failing


def answered(room: Room, days: list[tuple[float, bool]], n: int = 0) -> None:
    """Answers of a pupil to the new topic, each on a question of its own, so many days ago."""
    items = [one.id for one in shelf.items_of(db.session(), room.task)]
    now = clock.now().timestamp()
    told = [Told(new_id(), items[k], (room.new,), right, now - ago * DAY) for k, (ago, right) in enumerate(days)]
    with unit_of_work():
        learn_answers(None, InSubject(room.seen.school_id, room.pupils[n].id, room.course.subject_id), told)


KNOWN_LONG = [(40.0 - k, True) for k in range(6)]
"""A topic that went well for a week: ``recent`` is high, and falls slowly."""


def drawn(room: Room) -> list[tuple[int, str]]:
    picks = ten_minutes(room.seen.school_id, room.pupils[0].id, room.course.subject_id, clock.now())
    return [(one.question.topic_id, one.why) for one in picks]


@pytest.mark.parametrize(
    ("wrong", "gives_way"),
    [
        ([(3, False), (2, False)], True),
        ([(3, False), (2, True), (1, False)], False),  # it went right between
        ([(2.01, False), (2, False)], False),  # twice in one sitting is one day
    ],
)
def test_failures_are_counted_over_days(make: Make, wrong: list[tuple[float, bool]], *, gives_way: bool) -> None:
    room = Room(make, pupils=1, items=12)
    answered(room, [*KNOWN_LONG, *wrong])
    room.knows(0, room.old, -2.5, days_ago=2, answers=5)
    found = drawn(room)
    if gives_way:
        assert found == [(room.old, "basis")]  # and what failed is not asked meanwhile
    else:
        assert room.new in [topic for topic, _why in found]


def test_what_failed_waits_on_the_day_its_basis_was_asked(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=1)
    answered(room, [*KNOWN_LONG[:4], (3, False), (2, False)])
    room.knows(0, room.old, -2.5, days_ago=0, answers=5)
    assert drawn(room) == []
    client.sign_in(make.account_of(room.pupils[0]))
    page = client.get(f"/s/{room.seen.school_id}/track").text
    assert "На сегодня всё" in page


def test_a_basis_of_another_subject_is_drawn_when_the_pupil_learns_it(make: Make) -> None:
    room = Room(make, pupils=1)
    maths = make.subject(name_ru="Математика")
    below = topic_of(make.task(maths.id, numbers(4, "дроби "), title="Дроби"))
    db.session.execute(update(TopicNeed).where(TopicNeed.topic_id == room.new).values(needs_id=below))
    db.session.commit()
    answered(room, [(3, False), (2, False)])
    assert drawn(room)[0][0] == room.new  # nobody has taught it maths
    make.course(pupils=1, subject=maths)  # another class learns it: that says nothing
    assert drawn(room)[0][0] == room.new
    make.course(db.session.get_one(StudyGroup, (room.course.school_id, room.course.group_id)), subject=maths)
    assert drawn(room) == [(below, "basis")]
    with unit_of_work():
        subject = db.session.get_one(Subject, room.course.subject_id)
        made = begin_ten(room.actor(), room.pupils[0], subject)
        assert made.subject_id == room.course.subject_id  # it serves the subject it was begun in


def test_the_page_says_why(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=1)
    for topic, title in ((room.old, "Дроби и проценты"), (room.new, "Уравнения <2>")):
        db.session.execute(update(Topic).where(Topic.id == topic).values(title=title))
    db.session.commit()
    room.knows(0, room.old, -2.5, days_ago=2, answers=5)
    client.sign_in(make.account_of(room.pupils[0]))
    way = f"/s/{room.seen.school_id}/track"
    assert "Сначала основа" not in client.get(way).text
    answered(room, [*KNOWN_LONG, (3, False), (2, False)])
    sentence = "Сначала основа: «Дроби и проценты» — без неё «Уравнения &lt;2&gt;» не идёт."
    assert sentence in client.get(way).text
    gone_to = client.post(f"{way}/ten", data={"subject": room.course.subject_id}).location
    client.post(f"{gone_to}/finish")
    practice = db.session.scalars(select(Practice).where(Practice.school_id == room.seen.school_id)).one()
    assert [(one["topic"], one["for"]) for one in practice.topics] == [(room.old, room.new)]
    changed = client.get(f"/s/{room.seen.school_id}/practice/{practice.id}").text
    assert "сначала основа: без неё «Уравнения &lt;2&gt;» не идёт" in changed


def test_days_are_kept_with_the_topic(make: Make) -> None:
    room = Room(make, pupils=1, items=12)
    own = select(PupilTopic.failed_days).where(PupilTopic.school_id == room.seen.school_id, PupilTopic.topic_id == room.new)  # fmt: skip
    answered(room, [(9, False), (8.9, False), (7, False), (6, False)])
    assert db.session.scalars(own).one() == 3
    answered(room, [(9, False), (8.9, False), (7, False), (6, False), (5, True)])
    assert db.session.scalars(own).one() == 0


def test_the_teacher_sees_what_waits_and_how_its_basis_stands(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=1)
    maths = make.subject(name_ru="Математика")
    below = topic_of(make.task(maths.id, numbers(4, "дроби "), title="Дроби"))
    own = {"school_id": room.seen.school_id, "pupil_id": room.pupils[0].id, "subject_id": maths.id}
    numbers_of = {"n": 3, "wins": 0, "recent": -0.4, "steady": -0.4, "last": -1, "at": 1.0}
    make.save(PupilLevel(**own, theta=-2.0, **numbers_of))
    make.save(PupilTopic(**own, topic_id=below, delta=-2.0, step=3, kept=0, stability=3.0, **numbers_of))
    db.session.execute(update(TopicNeed).where(TopicNeed.topic_id == room.new).values(needs_id=below))
    db.session.execute(update(Topic).where(Topic.id == below).values(title="Пропорции"))
    db.session.commit()
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    address = f"/s/{room.seen.school_id}/courses/{room.course.id}/tracks/of/{room.pupils[0].id}"
    assert "Пропорции" not in client.get(address).text
    answered(room, [(3, False), (2, False)])
    page = client.get(address).text
    assert "дважды не вышло: сначала спросим «Пропорции»" in page
    assert 'Пропорции <span class="text-2 text-s">Математика</span>' in page
    assert page.count(f'name="topic" value="{below}"') == 0  # no word on another teacher's subject
    assert f'name="topic" value="{room.new}"' in page


def test_a_basis_whose_own_turn_it_is_says_what_waits_for_it(make: Make) -> None:
    room = Room(make, pupils=1)
    answered(room, [(3, False), (2, False)])
    room.knows(0, room.old, -2.5, days_ago=900, answers=5)  # due for long: it comes first by itself
    assert drawn(room) == [(room.old, "basis")]
