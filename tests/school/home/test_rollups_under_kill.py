"""Rollups equal a recount by loops after ten thousand random changes, and after kills -9 in the middle of their job."""

import os
import random
import signal
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import bindparam, insert, select, update

from school.classes.models import Absence, Enrolment, Lesson
from school.core.config import Settings
from school.core.database import db, new_id
from school.gradebook.models import Column, Mark
from school.home.figures import recount
from school.home.models import FigureCell
from school.homework.models import Assignment
from school.people.models import School
from tests.factories import Make
from tests.living import ROOT
from tests.school.home.rooms import NOON
from tests.school.home.test_areas import by_hand as levels_by_hand
from tests.school.home.test_areas import kept
from tests.school.home.test_figures import DAYS, a_busy_school, counted, rows_of
from tests.school.home.test_figures import by_hand as school_by_hand

A_SCHOOL = 18
"""Statements for a school, at least."""
KILLED = """
import os, signal, sys
from sqlalchemy import event
from wsgi import app
from school.core.database import write_engine
from school.home.figures import recount_last_days

left = int(sys.argv[1])

def die(*_cursor):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

with app.app_context():
    event.listen(write_engine(), "after_cursor_execute", die)
    recount_last_days()
"""
"""The job, in a process that is killed -9 after so many statements: between two schools, or within a transaction."""


@pytest.mark.usefixtures("noon")
def test_rollups_equal_a_recount_after_random_changes_and_a_kill(app: Flask, make: Make, settings: Settings) -> None:
    changes_and_kills(make, settings, schools=2, changes=300, kills=1)


@pytest.mark.slow
@pytest.mark.usefixtures("noon")
def test_rollups_equal_a_recount_after_ten_thousand_changes(app: Flask, make: Make, settings: Settings) -> None:
    changes_and_kills(make, settings, schools=8, changes=10_000, kills=5)


def changes_and_kills(make: Make, settings: Settings, *, schools: int, changes: int, kills: int) -> None:
    """Count, change, kill what counts, look that it had not ended, and again; at last count to the end."""
    chance = random.Random(schools)
    every = [a_busy_school(make) for _ in range(schools)]
    since = NOON.date() - timedelta(days=DAYS)
    recount(since)
    check(every)
    for _kill in range(kills):
        for school in every:
            shake(school, chance, changes // kills // schools)
        killed_in_the_middle(settings, chance.randrange(A_SCHOOL // 2, A_SCHOOL * (schools - 1)))
        with pytest.raises(AssertionError):
            check(every)
    recount(since)
    check(every)


def killed_in_the_middle(settings: Settings, statements: int) -> None:
    """A process of its own on the same database at the same hour."""
    db.session.rollback()
    env = {
        **os.environ,
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "CLOCK": NOON.isoformat(),
        "FLASK_RUN_FROM_CLI": "1",  # it answers no requests
    }
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(statements)], cwd=ROOT, env=env, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2000:]


def check(schools: list[School]) -> None:
    """Every day of every school and year level, and the city's tree, against loops over the facts."""
    db.session.expire_all()
    days = [NOON.date() - timedelta(n) for n in range(DAYS + 1)]
    for school in schools:
        found = counted(school)
        for day in days:
            right = school_by_hand(school, day)
            assert {name: getattr(found[day], name) for name in right} == right, (school.id, day)
        assert {key: one for key, one in kept(school).items() if key[0] in days} == levels_by_hand(school, days)
    last = NOON.date() - timedelta(1)
    week = [last - timedelta(n) for n in range(7)]
    roots = db.session.scalars(
        select(FigureCell).where(FigureCell.on_date == last, FigureCell.school_id == 0, FigureCell.district == "")
    ).all()
    assert len(roots) == 1
    by_level = [levels_by_hand(one, week) for one in schools]
    for name in ("marks", "fives", "lessons", "places", "absences", "assigned", "handed_in"):
        assert getattr(roots[0], name) == sum(counts[name] for one in by_level for counts in one.values()), name


def shake(school: School, chance: random.Random, times: int) -> None:
    """Random changes of one school, each a statement of its own kind; written together, as they are many."""
    key = (school.id,)
    marks, lessons, places, works = (
        [one.id for one in rows_of(model, school)] for model in (Mark, Lesson, Enrolment, Assignment)
    )
    columns = rows_of(Column, school)
    absences = [(one.lesson_id, one.pupil_id) for one in rows_of(Absence, school)]
    pattern = {one.id: one for one in rows_of(Mark, school)}[marks[0]]
    copied = {column.name: getattr(pattern, column.name) for column in Mark.__table__.columns}
    made: dict[str, list[dict[str, Any]]] = {}
    for _n in range(times):
        kind = chance.choice(("mark", "new", "absence", "place", "work", "lesson"))
        values: dict[str, Any] = {"of": key[0]}
        match kind:
            case "mark":
                values |= {"row": chance.choice(marks), "to": chance.choice((2, 3, 4, 5))}
            case "new":
                column = chance.choice(columns)
                of_column = {name: getattr(column, name) for name in ("course_id", "term_id", "on_date", "weight")}
                place, value = 2 + len(made.get("new", ())) % 90, chance.choice((2, 3, 4, 5))
                own = {"id": new_id(), "column_id": column.id, "place": place, "value": value, "code": None}
                values = {**copied, **of_column, **own}
            case "absence":
                lesson, pupil = chance.choice(absences)
                values |= {"row": lesson, "whose": pupil, "to": chance.choice(("absent", "late"))}
            case "place":
                left = chance.choice((None, None, NOON.date() - timedelta(days=chance.randrange(DAYS))))
                values |= {"row": chance.choice(places), "to": left}
            case "work":
                values |= {
                    "row": chance.choice(works),
                    "to": chance.choice(("given", "handed_in", "excused", "checked")),
                }
            case "lesson":
                values |= {"row": chance.choice(lessons), "to": chance.choice(("planned", "planned", "cancelled"))}
        made.setdefault(kind, []).append(values)
    write(school, made)


def write(school: School, made: dict[str, list[dict[str, Any]]]) -> None:
    """All of them, in one transaction."""
    of, row, to = bindparam("of"), bindparam("row"), bindparam("to")
    connection = db.session.connection()
    for table, name, kind in (
        (Mark.__table__, "value", "mark"),
        (Enrolment.__table__, "to_on", "place"),
        (Assignment.__table__, "state", "work"),
        (Lesson.__table__, "state", "lesson"),
    ):
        if kind in made:
            change = update(table).where(table.c.school_id == of, table.c.id == row).values({name: to})
            connection.execute(change, made[kind])
    if "absence" in made:
        table = Absence.__table__
        whose = table.c.pupil_id == bindparam("whose")
        change = update(table).where(table.c.school_id == of, table.c.lesson_id == row, whose).values(fact=to)
        connection.execute(change, made["absence"])
    new = {(one["column_id"], one["place"]): one for one in made.get("new", ())}
    for mark in rows_of(Mark, school):
        new.pop((mark.column_id, mark.place), None)
    if new:
        connection.execute(insert(Mark.__table__), list(new.values()))
    db.session.commit()
