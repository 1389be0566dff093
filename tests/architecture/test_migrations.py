"""The migrated database is what the models say, and every migration goes both ways."""

from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, inspect

from school.core import migrating
from school.core.config import Settings
from school.core.database import read_engine
from school.registry import load_models


def test_models_and_migrations_agree(app: Flask) -> None:
    load_models()
    assert migrating.differences(read_engine()) == []


def test_every_migration_goes_both_ways(tmp_path: Path) -> None:
    settings = Settings(tmp_path, f"sqlite:///{tmp_path / 'there-and-back.sqlite3'}", "secret")
    migrating.upgrade(settings)
    migrating.downgrade(settings, "base")
    engine = create_engine(settings.database_url)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrating.upgrade(settings)
    assert "mark" in inspect(engine).get_table_names()
    engine.dispose()


def test_migrations_are_numbered_and_named() -> None:
    names = sorted(path.name for path in (migrating.FOLDER / "versions").glob("*.py"))
    assert [name[:4] for name in names] == [f"{n:04d}" for n in range(1, len(names) + 1)]
