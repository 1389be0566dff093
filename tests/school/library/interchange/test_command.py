"""`flask library import`: drafts, a report, and nothing at all of a hostile file."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from content_library import Item, StoredFile, Unit, UnitKind, UnitState, UnitVersion, drafts, shelf
from school.core.database import db
from school.library.queries import draft_of, readiness_of
from tests.content_library.interchange.samples import SAMPLES, zipped
from tests.content_library.interchange.test_hostile import DEEP, LAUGHS


@pytest.fixture
def bring(app: Flask, tmp_path: Path) -> Any:
    def run(*names: str, **options: str) -> Any:
        arguments = [str(tmp_path / name) for name in names]
        extra = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", value) if part]
        return app.test_cli_runner().invoke(args=["library", "import", *arguments, "--json", *extra])

    return run


def put(folder: Path, *names: str) -> None:
    for name in names:
        file, make = SAMPLES[name]
        (folder / f"{name}-{file}").write_bytes(make())


def units() -> list[Unit]:
    return list(db.session.scalars(select(Unit).order_by(Unit.id)))


def test_drafts_of_every_kind_and_a_report(app: Flask, bring: Any, tmp_path: Path) -> None:
    put(tmp_path, "gift", "epub", "pptx", "package", "docx")
    result = bring(
        "gift-t.txt", "epub-t.epub", "pptx-t.pptx", "package-t.imscc", "docx-t.docx", subject="maths", years="5-6"
    )
    assert result.exit_code == 0
    files = json.loads(result.output)["files"]
    assert [set(one) for one in files] == [{"path", "format", "imported", "refused"}] * 5
    assert [(one["format"], one["imported"]) for one in files] == [
        ("gift", 5), ("epub", 1), ("pptx", 1), ("common-cartridge-1.1", 3), ("docx", 1),
    ]  # fmt: skip
    assert files[3]["refused"] == [
        {"where": "tool.xml", "reason": "Materials of the kind “imsbasiclti_xmlv1p0” are not known here yet."}
    ]
    made = units()
    assert [one.kind for one in made] == [
        UnitKind.TEST, UnitKind.TEXTBOOK, UnitKind.PRESENTATION, UnitKind.TEXTBOOK, UnitKind.TEST, UnitKind.TEXTBOOK, UnitKind.TEST,
    ]  # fmt: skip
    assert {one.state for one in made} == {UnitState.DRAFT} and {(one.year_from, one.year_to) for one in made} == {
        (5, 6)
    }
    book = drafts.open_version(db.session(), made[1])
    assert book is not None and "![солнце](sun.png)" in book.body_markdown
    assert [file.name for file in shelf.files_of(db.session(), book)] == ["Сказки.epub", "sun.png"]
    draft = draft_of(made[0])
    assert draft is not None and not readiness_of(draft).faults


def test_a_hostile_file_changes_nothing(app: Flask, bring: Any, tmp_path: Path) -> None:
    (tmp_path / "laughs.xml").write_text(LAUGHS)
    (tmp_path / "deep.xml").write_text(DEEP)
    (tmp_path / "slip.zip").write_bytes(zipped({"../../x": "x"}))
    (tmp_path / "bomb.zip").write_bytes(zipped({"imsmanifest.xml": b" " * 40_000_000}))
    result = bring("laughs.xml", "deep.xml", "slip.zip", "bomb.zip", "nowhere.zip", language="ru")
    assert result.exit_code == 1
    files = json.loads(result.output)["files"]
    assert [len(one["refused"]) for one in files] == [1] * 5 and not any(one["imported"] for one in files)
    assert "подстановки" in files[0]["refused"][0]["reason"]
    assert [
        db.session.scalar(select(func.count()).select_from(table)) for table in (Unit, UnitVersion, Item, StoredFile)
    ] == [0] * 4


def test_a_folder_is_read_file_by_file_and_a_package_in_it_whole(app: Flask, bring: Any, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    (folder / "package").mkdir(parents=True)
    put(folder, "aiken", "olx")
    (folder / "package" / "imsmanifest.xml").write_text("<manifest><resources/></manifest>")
    (folder / "package" / "alone.gift").write_text("Раз? {T}")
    files = json.loads(bring("all").output)["files"]
    assert [(Path(one["path"]).name, one["imported"]) for one in files] == [
        ("aiken-t.txt", 1), ("olx-t.xml", 1), ("package", 0), ("alone.gift", 1),
    ]  # fmt: skip


def test_looking_only(app: Flask, bring: Any, tmp_path: Path) -> None:
    put(tmp_path, "aiken")
    arguments = ["library", "import", str(tmp_path / "aiken-t.txt"), "--dry-run"]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 0 and "(aiken): 1" in result.output
    assert units() == []


def test_a_test_for_each_category(app: Flask, bring: Any, tmp_path: Path) -> None:
    text = "$CATEGORY: Дроби\n\nРаз? {T}\n\n$CATEGORY: Числа\n\nДва? {F}\n\nОпиши. {}\n"
    (tmp_path / "t.gift").write_text(text)
    app.test_cli_runner().invoke(args=["library", "import", str(tmp_path / "t.gift"), "--by-category"])
    made = [(unit.kind, version.title) for unit in units() if (version := drafts.open_version(db.session(), unit))]
    assert made == [(UnitKind.TEST, "Дроби"), (UnitKind.TEST, "Числа"), (UnitKind.ASSIGNMENT, "Числа")]
