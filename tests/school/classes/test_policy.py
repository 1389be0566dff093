"""Who stands in which relation to whom: one small school, a stranger's school beside it, and tables of answers."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from school.classes import policy
from school.classes.models import LessonState, Substitution, TeachingPost
from school.classes.queries import get_course, get_group, get_lesson, get_pupil, learners, pupil_of
from school.core import clock
from school.core.access import Actor, Refused
from school.core.database import db
from school.people.models import Guardianship
from tests.factories import Make
from tests.statements import Statements


@dataclass
class Town:
    """Everybody who asks, and what they ask about."""

    actors: dict[str, Actor]
    course: object
    group: object
    lesson: object
    pupil: object
    make: Make


@pytest.fixture
def town(make: Make) -> Town:
    school = make.school()
    group = make.school_class(school)
    other_group = make.school_class(school, letter="В")
    course = make.course(group)
    other_course = make.course(other_group)
    pupil, other_pupil = make.pupil(school), make.pupil(school)
    make.enrol(group, pupil)
    make.enrol(other_group, other_pupil)
    leader = make.teacher(school)
    make.lead(group, leader)
    substitute = make.teacher(school)
    lesson = make.lesson(course, days=0)
    make.save(
        Substitution(
            school_id=school.id,
            lesson_id=lesson.id,
            teacher_id=substitute.id,
            made_at=clock.now(),
            made_by=leader.account_id,
        )
    )
    gone = make.teacher(school)
    make.save(
        TeachingPost(
            school_id=school.id,
            course_id=course.id,
            teacher_id=gone.id,
            from_on=clock.today() - timedelta(days=50),
            to_on=clock.today() - timedelta(days=1),
        )
    )
    limited = make.member(school, "parent")
    make.save(
        Guardianship(
            school_id=school.id,
            guardian_id=limited.id,
            pupil_id=pupil.id,
            relation="father",
            sees_progress=False,
            from_on=clock.today(),
        )
    )
    abroad = make.school()
    foreign_course = make.course(make.school_class(abroad), pupils=1)
    people = {
        "teacher": (make.teacher_of(course), "teacher"),
        "other teacher": (make.teacher_of(other_course), "teacher"),
        "former teacher": (gone, "teacher"),
        "substitute": (substitute, "teacher"),
        "leader": (leader, "teacher"),
        "pupil": (pupil, "pupil"),
        "other pupil": (other_pupil, "pupil"),
        "parent": (make.parent(school, pupil), "parent"),
        "limited parent": (limited, "parent"),
        "other parent": (make.parent(school, other_pupil), "parent"),
        "deputy": (make.member(school, "deputy"), "deputy"),
        "head": (make.member(school, "head"), "head"),
        "admin": (make.member(school, "admin"), "admin"),
        "foreign teacher": (make.teacher_of(foreign_course), "teacher"),
        "foreign head": (make.member(abroad, "head"), "head"),
    }
    actors = {name: make.actor(member, kind) for name, (member, kind) in people.items()}
    return Town(actors, course, group, lesson, pupil, make)


COURSE = {
    "teaches": {"teacher"},
    "learns_in": {"pupil"},
    "sees_course": {"teacher", "leader", "pupil", "parent", "deputy", "head"},
}
GROUP = {
    "leads_class": {"leader"},
    "sees_group": {"teacher", "leader", "deputy", "head", "admin"},
    "may_edit_timetable_of": {"deputy", "admin"},
    "may_manage_group": {"admin"},
}
PUPIL = {
    "is_guardian_of": {"parent", "limited parent"},
    "sees_pupil": {"teacher", "leader", "pupil", "parent", "deputy", "head"},
}
LESSON = {
    "takes_lesson": {"teacher", "substitute"},
    "sees_lesson": {"teacher", "substitute", "leader", "pupil", "parent", "deputy", "head"},
    "sees_whole_lesson": {"teacher", "substitute", "leader", "deputy", "head"},
    "may_fill_lesson": {"teacher", "substitute"},
    "may_take_presence": {"teacher", "substitute"},
    "may_excuse": {"teacher", "substitute", "leader", "deputy", "head"},
    "may_arrange_lesson": {"deputy", "head", "admin"},
}
TABLES = (
    (get_course, "course", COURSE),
    (get_group, "group", GROUP),
    (get_pupil, "pupil", PUPIL),
    (get_lesson, "lesson", LESSON),
)


def test_the_table_of_relations(town: Town) -> None:
    with clock.stopped_at(town.lesson.starts_at + timedelta(minutes=5)):
        for load, thing, rules in TABLES:
            wanted = getattr(town, thing)
            seen = {name: load(actor, wanted.id) for name, actor in town.actors.items()}
            for rule, expected in rules.items():
                yes = {
                    name
                    for name, actor in town.actors.items()
                    if seen[name] is not None and getattr(policy, rule)(actor, seen[name])
                }
                assert yes == expected, rule


def test_another_school_finds_nothing(town: Town) -> None:
    for name in ("foreign teacher", "foreign head"):
        for load, thing, _rules in TABLES:
            assert load(town.actors[name], getattr(town, thing).id) is None


@pytest.mark.parametrize(
    ("minutes", "days", "takes"),
    [(-1, 0, False), (0, 0, True), (60, 0, True), (0, 1, True), (0, 2, False)],
    ids=["before it begins", "at its start", "later that day", "the next day", "the day after"],
)
def test_a_substitute_has_rights_from_the_start_until_the_next_days_end(
    town: Town, minutes: int, days: int, takes: bool
) -> None:
    actor = town.actors["substitute"]
    with clock.stopped_at(town.lesson.starts_at + timedelta(minutes=minutes, days=days)):
        lesson = get_lesson(actor, town.lesson.id)
        assert policy.takes_lesson(actor, lesson) is takes
        assert bool(policy.may_fill_lesson(actor, lesson)) is takes
        assert bool(policy.may_take_presence(actor, lesson)) is takes
        assert policy.sees_lesson(actor, lesson)
        assert policy.sees_whole_lesson(actor, lesson) is (days < 2), "whom it concerns, until the rights end"
        if not takes:
            refused = policy.may_fill_lesson(actor, lesson)
            assert isinstance(refused, Refused)
            assert ("с 8:30" if days == 0 else "закончилась") in refused.why


def test_nobody_fills_a_cancelled_lesson_nor_takes_presence_of_tomorrow(town: Town) -> None:
    teacher = town.actors["teacher"]
    tomorrow = town.make.lesson(town.course, days=1)
    assert policy.may_fill_lesson(teacher, get_lesson(teacher, tomorrow.id)) is True
    assert not policy.may_take_presence(teacher, get_lesson(teacher, tomorrow.id))
    town.lesson.state = LessonState.CANCELLED
    db.session.commit()
    assert not policy.may_fill_lesson(teacher, get_lesson(teacher, town.lesson.id))


def test_a_half_belongs_to_the_class_it_is_part_of(make: Make) -> None:
    school = make.school()
    whole = make.school_class(school)
    half = make.school_class(school, name="7 «Б», англ. 1", kind="part", class_id=whole.id)
    course = make.course(half)
    leader = make.teacher(school)
    make.lead(whole, leader)
    teacher, boss = make.actor(make.teacher_of(course), "teacher"), make.actor(leader, "teacher")
    assert get_course(boss, course.id).leads
    assert get_group(boss, half.id).leads
    assert get_group(teacher, whole.id).teaches
    assert get_course(teacher, course.id).class_id == whole.id


def test_each_thing_comes_by_one_statement_with_its_relations(town: Town, statements: Statements) -> None:
    actor = town.actors["teacher"]
    for load, thing, _rules in TABLES:
        wanted = getattr(town, thing).id
        with statements.counted() as seen:
            load(actor, wanted)
        assert len(seen) == 1


def test_learners_of_a_span_are_one_line_a_pupil(make: Make) -> None:
    school = make.school()
    group = make.school_class(school)
    course = make.course(group, pupils=2)
    make.course(make.school_class(school, letter="Г"), pupils=1)
    back, today = make.pupil(school), clock.today()
    make.enrol(group, back, from_on=today - timedelta(days=40))
    seen = get_course(make.actor(make.teacher_of(course), "teacher"), course.id)
    assert len(learners(seen, today)) == 3
    assert len(learners(seen, today - timedelta(days=50))) == 2
    assert pupil_of(seen, back.id).id == back.id
    assert pupil_of(seen, make.pupil(school).id) is None
