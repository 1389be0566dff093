"""Interactive packages as homework: what the teacher is told of the practice, and that it is told as the package's word."""

from pathlib import Path

import pytest
from flask import Flask

from content_library import FileRole, PlacedFile, UnitKind, packages
from content_library.interchange import Package, PackagedFile
from school.core import clock
from school.core.database import db
from school.core.files import storage
from school.core.transactions import unit_of_work
from school.homework.models import HandInWay
from school.homework.routes.blueprint import unit_kind
from school.library.models import PackageWork
from tests.browsing import SchoolClient
from tests.factories import Make


@pytest.mark.parametrize("kind", UnitKind)
def test_homework_has_a_word_for_every_kind(app: Flask, kind: UnitKind) -> None:
    with app.test_request_context():
        assert unit_kind(kind.value)


def test_the_teacher_sees_what_a_package_reports(client: SchoolClient, make: Make, tmp_path: Path) -> None:
    (tmp_path / "page").write_bytes(b"<p>1</p>")
    package = Package(title="Рычаг", standard="H5P", launch="", files=(PackagedFile("h5p.json", "page"),))
    with unit_of_work():
        file = packages.note(db.session(), packages.save(storage(), package, tmp_path), clock.now())
    course = make.course(pupils=2)
    pupil, other = make.pupils_of(course)
    placed = PlacedFile(sha256=file.sha256, name="рычаг.h5p", role=FileRole.BODY)
    unit = make.task(course.subject_id, (), kind=UnitKind.PACKAGE, files=[placed], body_markdown="Пройдите.")
    homework = make.homework(course, task=unit, way=HandInWay.TICK, text="Потренироваться")
    client.sign_in(make.account_of(make.teacher_of(course)))
    address = f"/s/{course.school_id}/homework/{homework.id}/review?pupil="
    assert "Пакет из этого задания ещё не открывали." in client.get(f"{address}{pupil.id}").text
    account = make.account_of(pupil)
    make.save(
        PackageWork(
            account_id=account.id,
            package=file.sha256,
            state="{}",
            percent=80,
            is_complete=True,
            revision=1,
            saved_at=clock.now(),
        )
    )
    seen = client.get(f"{address}{pupil.id}").text
    assert "Пакет сообщает: 80 %" in seen and "не основание для отметки" in seen
    assert "80 %" not in client.get(f"{address}{other.id}").text
