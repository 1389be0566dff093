"""The commands say the same as the pages, and in JSON exactly what is promised."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from school.core.database import db
from school.people.models import Member, School
from tests.factories import Make
from tests.school.roster.formats.sets import MOODLE, ONEROSTER_11


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def as_json(app: Flask, *words: str) -> dict[str, Any]:
    result = run(app, *words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in ONEROSTER_11.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def members() -> int:
    found = db.session.scalar(
        select(func.count()).select_from(Member).where(Member.school_id.in_(select(School.id).scalar_subquery()))
    )
    return found or 0


def test_preview_apply_again_and_undo(app: Flask, folder: Path) -> None:
    shown = as_json(app, "roster", "import", str(folder))
    assert shown == {"new": 13, "changed": 0, "gone": 0, "conflicts": [], "bad_rows": []}
    assert as_json(app, "roster", "import", str(folder), "--apply") == shown
    nothing = {"new": 0, "changed": 0, "gone": 0, "conflicts": [], "bad_rows": []}
    assert as_json(app, "roster", "import", str(folder), "--apply") == nothing
    assert as_json(app, "roster", "import", "--undo") == {"undone": 1, "new": 13, "changed": 0, "gone": 0}
    again = as_json(app, "roster", "import", str(folder))
    assert again["new"] == 12, "the school itself stays"


def test_in_words(app: Flask, make: Make, tmp_path: Path) -> None:
    make.school()
    file = tmp_path / "users.csv"
    file.write_text(MOODLE + "x,,,,,,,,,,,,\n", encoding="utf-8")
    shown = run(app, "roster", "import", str(file))
    assert "Nothing was changed; add --apply to do it." in shown.output
    assert "users.csv:5  The person has no name." in shown.output
    assert "person 3" in shown.output
    assert "Done." in run(app, "roster", "import", str(file), "--apply").output
    assert "undone" in run(app, "roster", "import", "--undo").output


def test_a_bad_row_in_json(app: Flask, folder: Path) -> None:
    users = folder / "users.csv"
    users.write_text(users.read_text(encoding="utf-8").replace("student,misha", "wizard,misha"), encoding="utf-8")
    found = as_json(app, "roster", "import", str(folder))
    assert {"file": "users.csv", "line": 4, "reason": "“wizard” is not a OneRoster role."} in found["bad_rows"]


def test_what_cannot_be_read(app: Flask, tmp_path: Path) -> None:
    missing = run(app, "roster", "import", str(tmp_path / "nowhere"), "--json")
    assert missing.exit_code == 1
    assert json.loads(missing.stdout)["bad_rows"][0]["reason"] == "There is no such file or folder."
    assert run(app, "roster", "import").exit_code == 2
    assert run(app, "roster", "import", str(tmp_path), "--school", "77").exit_code != 0


def test_undo_without_an_import(app: Flask, make: Make) -> None:
    make.school()
    result = run(app, "roster", "import", "--undo", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {"undone": 0, "reason": "There is no import to undo.", "facts": {}}


def test_a_chosen_school(app: Flask, make: Make, folder: Path) -> None:
    make.school()
    chosen = make.school()
    as_json(app, "roster", "import", str(folder), "--school", str(chosen.id), "--apply")
    there = select(func.count()).select_from(Member).where(Member.school_id == chosen.id)
    assert db.session.scalar(there) == 4
