"""A class that joins the demo school by a roster and a timetable: seven «В», its mathematician, four pupils, a mother."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import text

from school.people.passwords import hash_password
from tests.journeys.facts import opened
from tests.living import PASSWORD, ROOT, School

TEACHER, PUPIL, CLASSMATE, MOTHER = "ivanova.m", "petrov.s", "sidorova.a", "petrova.o"

USERS = (
    ("u1", TEACHER, "Мария", "Ивановна", "Иванова", "teacher", ""),
    ("u2", PUPIL, "Степан", "Олегович", "Петров", "student", "u6"),
    ("u3", CLASSMATE, "Алёна", "Игоревна", "Сидорова", "student", ""),
    ("u4", "frolov.d", "Денис", "Павлович", "Фролов", "student", ""),
    ("u5", "yudina.k", "Кира", "Львовна", "Юдина", "student", ""),
    ("u6", MOTHER, "Ольга", "Викторовна", "Петрова", "parent", ""),
)
DAYS = ("пн", "вт", "ср", "чт", "пт")


def bring_in(school: School, folder: Path) -> None:
    """The office imports the class and its timetable; a second time nothing changes. Then the four people come in."""
    roster = write_roster(folder / "roster")
    seen = flask(school, "roster", "import", str(roster), "--school", "1", "--json")
    assert seen["bad_rows"] == []
    assert seen["new"] > 0
    flask(school, "roster", "import", str(roster), "--school", "1", "--apply", "--json")
    again = flask(school, "roster", "import", str(roster), "--school", "1", "--apply", "--json")
    assert (again["new"], again["changed"], again["gone"]) == (0, 0, 0)
    timetable = write_timetable(folder / "week.csv")
    made = flask(school, "timetable", "import", str(timetable), "--school", "1", "--apply", "--json")
    assert made["bad_rows"] == []
    let_in(school, TEACHER, PUPIL, MOTHER)


def write_roster(folder: Path) -> Path:
    """A OneRoster 1.1 set: people, the class, who learns and who teaches in it."""
    folder.mkdir()
    _table(
        folder,
        "manifest",
        ("propertyName", "value"),
        [
            ("manifest.version", "1.0"),
            ("oneroster.version", "1.1"),
            ("source.systemName", "Канцелярия"),
            *((f"file.{one}", "bulk") for one in ("orgs", "users", "classes", "enrollments")),
        ],
    )
    _table(
        folder,
        "orgs",
        ("sourcedId", "status", "name", "type", "identifier"),
        [("o1", "active", "Школа № 1147", "school", "1147")],
    )
    _table(
        folder,
        "users",
        (
            "sourcedId",
            "status",
            "enabledUser",
            "orgSourcedIds",
            "role",
            "username",
            "givenName",
            "middleName",
            "familyName",
            "agentSourcedIds",
        ),
        [
            (i, "active", "true", "o1", role, login, given, middle, family, agent)
            for i, login, given, middle, family, role, agent in USERS
        ],
    )
    _table(
        folder,
        "classes",
        ("sourcedId", "status", "title", "grades", "classType", "classCode", "schoolSourcedId"),
        [("c1", "active", "7В", "07", "homeroom", "7В", "o1")],
    )
    _table(
        folder,
        "enrollments",
        ("sourcedId", "status", "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary"),
        [
            (f"e{n}", "active", "c1", "o1", user[0], "student" if user[5] == "student" else "teacher", "")
            for n, user in enumerate(USERS[:5])
        ],
    )
    return folder


def write_timetable(path: Path) -> Path:
    """Algebra every day in the third lesson, in a room of its own."""
    with path.open("w", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(("класс", "день", "урок", "предмет", "группа", "учитель", "кабинет"))
        rows.writerows(("7В", day, 3, "Алгебра", "", TEACHER, "415") for day in DAYS)
    return path


def flask(school: School, *words: str) -> Any:
    """Run a command of the school on its data; the JSON it prints."""
    env = {**os.environ, "DATA_DIR": str(school.folder), "CLOCK": school.clock}
    if school.database_url:
        env["DATABASE_URL"] = school.database_url
    done = subprocess.run(
        [Path(sys.executable).parent / "flask", "--app", "wsgi", *words],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def let_in(school: School, *logins: str) -> None:
    """Give people the password that they would choose with the school's one-time code."""
    kept = hash_password(PASSWORD)
    with opened(school) as connection:
        for login in logins:
            connection.execute(
                text("UPDATE account SET password_hash = :kept WHERE login = :login"), {"kept": kept, "login": login}
            )


def _table(folder: Path, name: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with (folder / f"{name}.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(header)
        table.writerows(rows)
