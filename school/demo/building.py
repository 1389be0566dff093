"""Builds the whole demo school in one transaction; the same day always gives the same school."""

import random
from datetime import date, datetime, time, timedelta

from flask import current_app
from sqlalchemy import select

from content_library.models import Item, Subject, Topic, Unit, UnitKind, UnitTopic, UnitVersion
from school.asks.actions.counting import count_everybodys as count_open_asks
from school.core import clock
from school.core.database import db
from school.core.files import storage
from school.demo.accounts import Accounts, Printed
from school.demo.answers import learn_from_tasks
from school.demo.calendar import YearPlan, first_year_of, history_start, plan_year
from school.demo.classes import DemoClass, DemoCourse, build_class, build_courses, build_house, build_lessons
from school.demo.clinic import write_clinic
from school.demo.diagnostics import write_diagnostics
from school.demo.examples import write_examples
from school.demo.extras import write_extras
from school.demo.games import write_aims, write_games
from school.demo.heavy import write_heavy
from school.demo.homework import Exercise, HomeworkOfSchool
from school.demo.journal import Journal, Talent, write_default_act
from school.demo.letters import write_letters
from school.demo.library import load_library, send_one_for_review
from school.demo.morning import take_presence
from school.demo.people import Cast, Person
from school.demo.pilot_sets import give_sets
from school.demo.pilots import write_pilot
from school.demo.plans import write_plans
from school.demo.rows import Rows
from school.demo.small_schools import write_small_schools
from school.demo.term_marks import set_term_marks
from school.demo.today import cover_lessons, put_marks_of_today
from school.messages.actions.counting import count_everybodys as count_unread_messages
from school.people.models import School
from school.pilots.actions import count_shared

SEED = 1147
SCHOOL_ID = 1
CLASSES = ((5, "А", 27), (5, "Б", 26), (6, "А", 27), (7, "А", 26), (7, "Б", 30), (10, "А", 24))
LEADERS = (0, 2, 3, 1, 7, 8)
"""Which teacher leads which class: its Monday talk is theirs."""


def build(today: date | None = None) -> list[Printed]:
    """Fill an empty database with the demo school, in the caller's transaction; the accounts to print."""
    now = clock.now() if today is None else clock.moscow(today, datetime.min.time().replace(hour=12))
    return _Building(now).build()


def is_empty() -> bool:
    """Whether there is no school yet."""
    return db.session.scalar(select(School.id).limit(1)) is None


class _Building:
    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = clock.local(now).date()
        self.rows = Rows(SEED, SCHOOL_ID)

    def build(self) -> list[Printed]:
        school = "Школа № 1147 имени А. П. Чехова"
        db.session.add(School(id=SCHOOL_ID, name=school, short_name="Школа № 1147", district="ЮЗАО"))
        db.session.flush()
        first = first_year_of(self.today)
        years = [plan_year(self.rows, first - 1, self.today), plan_year(self.rows, first, self.today)]
        since = history_start(years, self.today)
        cast = Cast(self.rows, years[0].starts_on, self.now)
        teachers = cast.teachers()
        self._library(min(years[1].starts_on, self.today - timedelta(days=7)), teachers)
        pupils, families = self._pupils(cast)
        house = build_house(self.rows, years[0].starts_on)
        self.homework = HomeworkOfSchool(self.rows, _exercises(), _maths(), since, self.now)
        journal = self._journal(since, [pupil for group in pupils for pupil in group])
        for back, year in ((1, years[0]), (0, years[1])):
            classes = [
                build_class(
                    self.rows,
                    year,
                    house,
                    year_level=level - back,
                    letter=letter,
                    pupils=pupils[n],
                    leader=LEADERS[n],
                    leader_person=teachers[LEADERS[n]],
                )
                for n, (level, letter, _) in enumerate(CLASSES)
                if level - back >= 5
            ]
            courses = self._year(year, classes, teachers, since, journal)
        write_plans(self.rows, courses)
        for course in courses:
            self.homework.practise(course)
        accounts = Accounts(cast)
        accounts.make_staff()
        small = pupils[0][0]
        pupil = next(one for one in pupils[4] if any(one in kids and len(kids) > 1 for kids, _ in families))
        accounts.choose(teachers[1], teachers[LEADERS[4]], pupil, self._parent_of(pupil, families), small)
        put_marks_of_today(journal, courses, teachers[1], pupil)
        journal.write_totals()
        write_extras(self.rows, courses, house.id, pupil, self.homework)
        here = {small.member, *(one.member for kids, _ in families if pupil in kids for one in kids)}
        write_diagnostics(self.rows, courses, journal, self.today, random.Random(SEED + 5))
        parents = {kid.member: some[0] for kids, some in families for kid in kids}
        algebra = db.session.scalars(select(Subject.id).where(Subject.code == "algebra")).one()
        pilot = write_pilot(
            self.rows, db.session(), courses, _topics()[algebra, 7], accounts.staff["head"], parents, self.now
        )
        leader, deputy = teachers[LEADERS[4]], accounts.staff["deputy"]
        staying = [teachers[0], teachers[1], leader]
        instead = cover_lessons(self.rows, courses, pupil, staying, deputy, self.now)
        chance = random.Random(SEED + 2)
        ill = take_presence(self.rows, classes, courses, self.now, here, parents, instead, chance)
        write_examples(self.rows, courses, self.homework.exercises, teachers[1], pupil, self.now)
        write_letters(self.rows, classes[4], teachers[LEADERS[4]], pupil, parents, self.now)
        self.rows.write(db.session())
        learn_from_tasks(self.rows, self.now)
        if pilot is not None:
            give_sets(self.rows, pilot, self.homework.exercises.get((algebra, 7), []))
        self.rows.write(db.session())
        count_shared(db.session.get_one(School, SCHOOL_ID))
        write_games(self.rows, classes[4], teachers[LEADERS[4]], pupil, self.now)
        write_aims(self.rows, courses, pupil, self.now)
        write_heavy(self.rows, accounts.staff["deputy"], self.today - timedelta(days=60))
        write_clinic(self.rows, classes[4], ill, accounts.staff["admin"], self.now)
        self.rows.write(db.session())
        accounts.write()
        cast.write_visits()
        self.rows.write(db.session())
        write_small_schools(db.session(), self.now)
        count_unread_messages()
        count_open_asks()
        return accounts.printed

    def _library(self, day: date, teachers: list[Person]) -> None:
        """The units of the demo, signed by the school's own teachers; drawn videos wait in the folder of the data."""
        published = clock.moscow(day, time(9))
        signed_by = {teacher.whole_name: teacher.account for teacher in teachers}
        cache = current_app.config["SETTINGS"].data_dir / "cache" / "videos"
        load_library(db.session(), storage(), signed_by, published, cache=cache)
        send_one_for_review(db.session(), signed_by, self.now - timedelta(days=2))

    @staticmethod
    def _parent_of(pupil: Person, families: list[tuple[list[Person], list[Person]]]) -> Person:
        return next(parents[0] for kids, parents in families if pupil in kids)

    def _pupils(self, cast: Cast) -> tuple[list[list[Person]], list[tuple[list[Person], list[Person]]]]:
        """Pupils by class, and the parents of each family; some families have two children in the school."""
        chance = random.Random(SEED + 1)
        places = [[n] * size for n, (_, _, size) in enumerate(CLASSES)]
        groups: list[list[Person]] = [[] for _ in CLASSES]
        families: list[tuple[list[Person], list[Person]]] = []
        left = [n for group in places for n in group]
        while left:
            n = left.pop(0)
            others = [m for m in set(left) if m != n]
            with_sibling = bool(others) and chance.random() < 0.1
            kids, parents = cast.family(2 if with_sibling else 1)
            groups[n].append(kids[0])
            if with_sibling:
                m = chance.choice(sorted(others))
                left.remove(m)
                groups[m].append(kids[1])
            families.append((kids, parents))
        return groups, families

    def _journal(self, since: date, pupils: list[Person]) -> Journal:
        works = write_default_act(self.rows, since)
        return Journal(self.rows, works, Talent(self.rows.chance, pupils), since, self.now)

    def _year(
        self, year: YearPlan, classes: list[DemoClass], teachers: list[Person], since: date, journal: Journal
    ) -> list[DemoCourse]:
        ids = {subject.code: subject.id for subject in db.session.scalars(select(Subject))}
        courses, loads = build_courses(self.rows, year, classes, teachers, ids)
        build_lessons(self.rows, year, courses, loads, since, _nodes(), self.today)
        for one in classes:
            days = sorted(
                {
                    lesson.day
                    for of in courses
                    if of.school_class is one
                    for lesson in of.lessons
                    if lesson.day < self.today
                }
            )
            journal.plan_absences(one.pupils, days)
        for course in courses:
            journal.fill(course)
            self.homework.fill(course)
        set_term_marks(self.rows, year, courses, journal, self.today)
        return courses


def _maths() -> int:
    return db.session.scalars(select(Subject.id).where(Subject.code == "maths")).one()


def _nodes() -> dict[tuple[str, str], int]:
    """The framework's topics by subject and code."""
    found = db.session.execute(select(Subject.code, Topic.code, Topic.id).join(Topic, Topic.subject_id == Subject.id))
    return {(subject, code): topic_id for subject, code, topic_id in found}


def _topics() -> dict[tuple[int, int], list[tuple[int, str]]]:
    """The framework's lowest topics by subject and year level."""
    parents = set(db.session.scalars(select(Topic.parent_id)))
    found: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for topic in db.session.scalars(select(Topic).order_by(Topic.subject_id, Topic.position, Topic.id)):
        if topic.id not in parents:
            found.setdefault((topic.subject_id, topic.year_level), []).append((topic.id, topic.title))
    return found


def _exercises() -> dict[tuple[int, int], list[Exercise]]:
    """The library's assignments and tests by subject and year level."""
    found: dict[tuple[int, int], list[Exercise]] = {}
    units = db.session.execute(
        select(Unit, UnitVersion)
        .join(UnitVersion, UnitVersion.id == Unit.published_version_id)
        .where(Unit.kind.in_((UnitKind.ASSIGNMENT, UnitKind.TEST)))
        .order_by(Unit.id)
    )
    for unit, version in units:
        about = frozenset(db.session.scalars(select(UnitTopic.topic_id).where(UnitTopic.unit_id == unit.id)))
        items = tuple(db.session.scalars(select(Item).where(Item.version_id == version.id).order_by(Item.position)))
        for year_level in range(unit.year_from, unit.year_to + 1):
            exercise = Exercise(version.id, version.title, version.minutes, items, about)
            found.setdefault((unit.subject_id, year_level), []).append(exercise)
    return found
