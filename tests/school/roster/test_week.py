"""A week's timetable goes in, its lessons are made, it changes and is taken back."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from school.classes.models import Course, Lesson, StudyGroup, TeachingPost, TimetableSlot
from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from school.people.models import School
from school.roster.actions import CannotUndo, apply_timetable, preview_timetable, undo_timetable
from school.roster.models import RosterRun
from school.roster.planning.steps import Preview, Verb
from school.roster.server import SERVER
from school.roster.timetable import read_timetable
from tests.factories import Make
from tests.school.roster.real_sets import needs_week, week_as_csv

AUTUMN = datetime(2026, 9, 16, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 10, 7, 9, 0, tzinfo=UTC)
HEAD = "класс;день;урок;предмет;группа;учитель;кабинет\n"
WEEK = """7Б;пн;1;Алгебра;;Петрова О. С.;204
7Б;ср;2;Алгебра;;Петрова О. С.;204
7Б;пн;2;Английский язык;англ. 1;Смирнова Анна;310
7Б;пн;2;Английский язык;англ. 2;d.kotov;311
7Б;пт;1;Шахматы;;Петрова Ольга Сергеевна;
"""


@pytest.fixture
def school(make: Make) -> School:
    """A school with one class, three teachers and no timetable; and a second one as noise."""
    school = make.school()
    with clock.stopped_at(AUTUMN):
        make.year(school, starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 31))
    make.school_class(school, 7, "Б")
    make.teacher(school, family_name="Петрова", given_name="Ольга", patronymic="Сергеевна")
    make.teacher(school, family_name="Смирнова", given_name="Анна", patronymic="")
    kotov = make.account(login="d.kotov")
    make.teacher(school, account=kotov, family_name="Котов", given_name="Денис", patronymic="")
    make.teacher(make.school(), family_name="Петрова", given_name="Ольга", patronymic="Сергеевна")
    return school


def apply(school: School, text: str, at: datetime = AUTUMN) -> Preview:
    with clock.stopped_at(at), unit_of_work():
        return apply_timetable(SERVER, read_timetable("week.csv", text.encode()), "week.csv", school)[0]


def look(school: School, text: str, at: datetime = AUTUMN) -> Preview:
    with clock.stopped_at(at):
        return preview_timetable(read_timetable("week.csv", text.encode()), school)


def counts(preview: Preview) -> tuple[int, int, int]:
    return preview.count(Verb.NEW), preview.count(Verb.CHANGED), preview.count(Verb.GONE)


def how_many(model: type, school: School) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(model.school_id == school.id)) or 0  # type: ignore[attr-defined]


def lessons(school: School, subject_id: int) -> list[Lesson]:
    where = (Lesson.school_id == school.id, Lesson.subject_id == subject_id)
    return list(db.session.scalars(select(Lesson).where(*where).order_by(Lesson.on_date, Lesson.slot)))


def reasons(preview: Preview) -> list[str]:
    return [str(row.reason) for row in preview.all_bad_rows]


ALGEBRA = 9


def test_shown_first_then_applied_and_the_lessons_are_made(school: School) -> None:
    preview = look(school, HEAD + WEEK)
    assert reasons(preview) == []
    assert preview.plans[0].by_kind(Verb.NEW) == {"slot": 5, "course": 4, "group": 2}
    assert how_many(TimetableSlot, school) == 0
    apply(school, HEAD + WEEK)
    assert how_many(TimetableSlot, school) == 5
    algebra = lessons(school, ALGEBRA)
    assert algebra[0].on_date == date(2026, 9, 2), "a school that starts late has its whole autumn"
    assert {lesson.on_date.isoweekday() for lesson in algebra} == {1, 3}
    assert algebra[-1].on_date == date(2026, 12, 30)
    assert clock.local(algebra[0].starts_at).time() == time(9, 30)
    parts = db.session.scalars(
        select(StudyGroup.name).where(StudyGroup.school_id == school.id, StudyGroup.kind == "part")
    ).all()
    assert sorted(parts) == ["7 «Б», англ. 1", "7 «Б», англ. 2"]
    chess = db.session.scalars(select(Course).where(Course.school_id == school.id, Course.name == "Шахматы")).one()
    assert chess.subject_id == 31
    assert how_many(TeachingPost, school) == 4


def test_the_same_file_again_changes_nothing(school: School) -> None:
    apply(school, HEAD + WEEK)
    before = {model: how_many(model, school) for model in (Lesson, TimetableSlot, Course, StudyGroup, TeachingPost)}
    for at in (AUTUMN, LATER):
        assert counts(apply(school, HEAD + WEEK, at)) == (0, 0, 0)
    assert before == {model: how_many(model, school) for model in before}
    assert how_many(RosterRun, school) == 1


def test_another_room_counts_from_today(school: School) -> None:
    apply(school, HEAD + WEEK)
    changed = apply(
        school, (HEAD + WEEK).replace("7Б;пн;1;Алгебра;;Петрова О. С.;204", "7Б;пн;1;Алгебра;;Петрова О. С.;112"), LATER
    )
    assert counts(changed) == (0, 1, 0)
    rooms = {lesson.on_date: lesson.room for lesson in lessons(school, ALGEBRA) if lesson.on_date.isoweekday() == 1}
    assert rooms[date(2026, 10, 5)] == "204"
    assert rooms[date(2026, 10, 12)] == "112"


def test_what_the_file_no_longer_has_ends(school: School, make: Make) -> None:
    apply(school, HEAD + WEEK)
    fewer = HEAD + "".join(line + "\n" for line in WEEK.splitlines() if "Шахматы" not in line)
    gone = apply(school, fewer, LATER)
    assert counts(gone) == (0, 0, 1)
    chess = lessons(school, 31)
    assert chess[-1].on_date < date(2026, 10, 7)
    assert counts(apply(school, fewer, LATER)) == (0, 0, 0)
    make.school_class(school, 8, "А")
    other_class = HEAD + "8А;вт;1;Алгебра;;Петрова О. С.;\n"
    assert counts(look(school, other_class, LATER))[2] == 0, "a file of another class ends nothing here"


def test_a_doubtful_row_ends_nothing_of_its_class(school: School) -> None:
    apply(school, HEAD + WEEK)
    doubtful = HEAD + WEEK.replace("Шахматы;;Петрова Ольга Сергеевна", "Шахматы;;Никто Н. Н.")
    assert counts(look(school, doubtful, LATER))[2] == 0
    unread = HEAD + WEEK.replace("7Б;пт;1", "7Б;завтра;1")
    assert counts(look(school, unread, LATER))[2] == 0


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("9Ж;пн;1;Алгебра;;Петрова О. С.;", "There is no class “9Ж” this year."),
        ("7Б;пн;5;Алгебра;;Иванов И. И.;", "The school has no teacher “Иванов И. И.”."),
        ("7Б;пн;5;Физика;;;", "No single teacher of “Физика” was found here: name the teacher."),
        ("7Б;пн;5;Физика;;Котов Д.;", "There are several teachers “Котов Д.”: give the login."),
    ],
)
def test_what_the_school_lacks(school: School, make: Make, row: str, reason: str) -> None:
    make.teacher(school, family_name="Котов", given_name="Дмитрий", patronymic="")
    assert reasons(look(school, HEAD + row + "\n")) == [reason]


def test_whoever_teaches_the_course_is_taken_when_no_teacher_is_named(school: School) -> None:
    apply(school, HEAD + WEEK)
    more = HEAD + WEEK + "7Б;чт;1;Алгебра;;;204\n"
    assert reasons(look(school, more)) == []
    assert counts(look(school, more)) == (1, 0, 0)


def test_a_school_without_a_year(make: Make) -> None:
    assert "no school year yet" in reasons(look(make.school(), HEAD + WEEK))[0]


def test_clashes_are_shown_and_not_refused(school: School, make: Make) -> None:
    make.school_class(school, 7, "А")
    text = HEAD + WEEK + "7А;пн;1;История;;Петрова О. С.;204\n"
    preview = apply(school, text)
    found = preview.as_json()
    assert [(clash["kind"], clash["lines"]) for clash in found["clashes"]] == [("teacher", [2, 7]), ("room", [2, 7])]
    assert found["conflicts"][0]["reason"] == "Петрова О. С. is booked twice on Monday, lesson 1 (lines 2, 7)."
    assert how_many(TimetableSlot, school) == 6


def test_a_clash_with_what_is_there_already(school: School, make: Make) -> None:
    apply(school, HEAD + WEEK)
    make.school_class(school, 7, "А")
    preview = look(school, HEAD + "7А;пн;1;История;;Смирнова А.;204\n")
    assert [clash["lines"] for clash in preview.as_json()["clashes"]] == [[2, 0]]


class TestUndo:
    def run(self, school: School) -> RosterRun:
        newest = select(RosterRun).where(RosterRun.school_id == school.id).order_by(RosterRun.id.desc()).limit(1)
        return db.session.scalars(newest).one()

    def test_the_lessons_go_with_it(self, school: School) -> None:
        apply(school, HEAD + WEEK)
        with clock.stopped_at(AUTUMN), unit_of_work():
            undo_timetable(SERVER, self.run(school))
        for model in (Lesson, TimetableSlot, Course, TeachingPost):
            assert how_many(model, school) == 0, model

    def test_the_week_before_comes_back(self, school: School) -> None:
        apply(school, HEAD + WEEK)
        before = [(lesson.on_date, lesson.slot, lesson.room) for lesson in lessons(school, ALGEBRA)]
        apply(school, HEAD + WEEK.replace(";204", ";112"), LATER)
        with clock.stopped_at(LATER), unit_of_work():
            undo_timetable(SERVER, self.run(school))
        assert [(lesson.on_date, lesson.slot, lesson.room) for lesson in lessons(school, ALGEBRA)] == before

    def test_not_where_something_hangs_on_a_lesson(self, school: School) -> None:
        apply(school, HEAD + WEEK)
        with unit_of_work():
            lessons(school, ALGEBRA)[0].topic = "Линейные уравнения"
        with pytest.raises(CannotUndo) as refusal, clock.stopped_at(AUTUMN), unit_of_work():
            undo_timetable(SERVER, self.run(school))
        assert [fact.count for fact in refusal.value.facts] == [1]
        assert how_many(TimetableSlot, school) == 5


def test_the_command(app: Flask, school: School, tmp_path: Path) -> None:
    file = tmp_path / "week.csv"
    file.write_text(HEAD + WEEK, encoding="utf-8")
    words = ["timetable", "import", str(file), "--school", str(school.id)]
    with clock.stopped_at(AUTUMN):
        runner = app.test_cli_runner()
        shown = json.loads(runner.invoke(args=[*words, "--json"]).stdout)
        assert (shown["new"], shown["conflicts"], shown["clashes"]) == (11, [], [])
        assert "Nothing was changed" in runner.invoke(args=words).output
        assert json.loads(runner.invoke(args=[*words, "--apply", "--json"]).stdout)["new"] == 11
        assert json.loads(runner.invoke(args=[*words, "--apply", "--json"]).stdout)["new"] == 0
        undone = runner.invoke(args=["timetable", "import", "--undo", "--school", str(school.id)])
        assert "undone" in undone.output
        unclear = runner.invoke(args=["timetable", "import", str(file)])
        assert "choose one with --school" in unclear.output
    assert how_many(Lesson, school) == 0


@needs_week
def test_a_real_week_is_shown_with_its_clashes_even_where_nothing_fits(school: School) -> None:
    preview = look(school, week_as_csv().decode())
    found = preview.as_json()
    assert found["new"] == 0
    assert len(found["bad_rows"]) == len(read_timetable("week.csv", week_as_csv()).rows)
    assert any(clash["kind"] == "room" for clash in found["clashes"])
