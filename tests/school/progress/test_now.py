"""What a pupil can do now: words for pupils, percentages for adults, the week's change told by the answers, never a rank."""

import re
from datetime import timedelta

import pytest

from content_library import shelf
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.mastery.actions import InSubject, Told, learn_answers
from school.mastery.estimate.learner import mastery
from school.mastery.estimate.state import SkillLevel
from school.mastery.queries import lately, model_in_use, pupil_of
from school.people.models import Member
from school.progress.queries import get_learning, own_learning
from school.progress.queries.now import now_of
from school.tracks.models import Source, Track, TrackState
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.statements import Statements

DAY = 86_400.0


class Child:
    """A pupil with topics of one subject."""

    def __init__(self, make: Make, titles: tuple[str, ...] = ("Доли", "Проценты", "Углы")) -> None:
        self.subject = make.subject(name_ru="Алгебра", name_en="Algebra")
        self.course = make.course(subject=self.subject, pupils=2)
        self.pupil: Member = make.pupils_of(self.course)[0]
        self.topics = {title: make.topic(self.subject, title=title, year_level=7).id for title in titles}
        self.items = [one.id for one in shelf.items_of(db.session(), make.task(self.subject.id))]

    def learn(self, title: str, rights: str, days_ago: float) -> None:
        """An answer a day, the first so many days ago."""
        start = clock.now().timestamp() - days_ago * DAY
        told = [
            Told(new_id(), self.items[k % len(self.items)], (self.topics[title],), one == "1", start + k * DAY)
            for k, one in enumerate(rights)
        ]
        with unit_of_work():
            learn_answers(None, InSubject(self.pupil.school_id, self.pupil.id, self.subject.id), told)


@pytest.fixture
def child(make: Make) -> Child:
    made = Child(make)
    made.learn("Доли", "1111111", 40)
    made.learn("Проценты", "111111", 5.5)
    made.learn("Углы", "0010", 20)
    return made


def test_the_week_is_told_by_its_answers(child: Child, make: Make) -> None:
    me = make.actor(child.pupil, "pupil")
    learning = own_learning(me)
    assert learning is not None
    found = now_of(me, learning)
    assert [one.topic.title for one in found.won_lately] == ["Проценты"], (
        "what was won before is no change of this week"
    )
    assert (found.answers, found.right) == (6, 6)
    assert {one.topic.title for one in found.practising} == {"Углы"}
    assert "Проценты" in {one.topic.title for one in found.can}


def test_the_chance_before_the_week_is_what_the_model_thought_then(child: Child, make: Make) -> None:
    """Held against a pupil stopped in time: the state before the first answer of the week, asked for a medium task."""
    other = Child(make)
    other.learn("Доли", "1011", 30)
    state = pupil_of(other.pupil.school_id, other.pupil.id, other.subject.id)
    at = clock.now().timestamp() - 2 * DAY
    topic = other.topics["Доли"]
    thought = mastery(model_in_use().weights, state, topic, SkillLevel(), at)
    other.learn("Доли", "1", 2)
    week = lately(other.pupil.school_id, other.pupil.id, clock.now() - timedelta(days=7))
    assert week.before[topic] == pytest.approx(thought, abs=2e-3)
    assert week.of_topic[topic] == 1


def test_pupils_read_words_and_adults_also_per_cent(client: SchoolClient, child: Child, make: Make) -> None:
    school = make.school_of(child.course)
    client.sign_in(make.account_of(child.pupil))
    text = client.get(f"/s/{school.id}/progress").text
    assert "Что я уже умею" in text
    assert "Теперь умею: «Проценты»." in text
    assert "умеет" not in text, "a child reads of itself in its own voice"
    assert "Потренируйся: «Углы»" in text
    main = text[text.index("<main") : text.index("</main")]
    assert not re.search(r"\d\s*%", main), "percentages are for adults"
    assert "из класса" not in main
    client.sign_in(make.account_of(make.parent(school, child.pupil)))
    text = client.get(f"/s/{school.id}/pupils/{child.pupil.id}/progress").text
    assert "Чем помочь дома" in text
    assert "Новое: «Проценты»." in text
    assert "умеет" in text
    assert re.search(r"\d+\s*%", text[text.index("<main") : text.index("</main")])


def test_a_teacher_of_another_subject_sees_nothing_of_this_one(child: Child, make: Make) -> None:
    group = make.group_of(child.course)
    other = make.course(group, subject=make.subject(name_ru="Физика"))
    me = make.actor(make.teacher_of(other), "teacher")
    learning = get_learning(me, child.pupil.id)
    assert learning is not None
    assert now_of(me, learning).topics == []


def test_goals_count_what_is_won(child: Child, make: Make) -> None:
    with unit_of_work():
        db.session.add(
            Track(
                school_id=child.pupil.school_id, id=new_id(), pupil_id=child.pupil.id, course_id=child.course.id,
                topics=[child.topics["Проценты"], child.topics["Углы"]], goal="Проценты и углы", source=Source.GOAL.value,
                by_on=clock.today() + timedelta(30), state=TrackState.APPROVED.value, made_at=clock.now(),
            )
        )  # fmt: skip
    me = make.actor(child.pupil, "pupil")
    learning = own_learning(me)
    assert learning is not None
    goals = now_of(me, learning).goals
    assert (goals[0].name, goals[0].won, goals[0].of) == ("Проценты и углы", 1, 2)
    assert goals[1].name == "Алгебра"
    assert goals[1].of == 3


def test_the_page_costs_few_statements(client: SchoolClient, child: Child, make: Make, statements: Statements) -> None:
    client.sign_in(make.account_of(child.pupil))
    url = f"/s/{child.pupil.school_id}/progress"
    client.get(url)
    with statements.counted() as sent:
        client.get(url)
    assert len(sent) <= 8, sent
