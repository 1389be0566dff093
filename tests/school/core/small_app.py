"""The least application that has a database; also what worker processes of the tests run."""

from pathlib import Path
from typing import cast

from flask import Flask
from sqlalchemy import Column, Integer, MetaData, String, Table

from school.core import database, jobs
from school.core.config import read_settings
from school.core.database import metadata, write_engine
from school.core.jobs.models import Job, PeriodicTurn
from school.core.records import models as records
from school.people.models import School

effects = Table(
    "test_effect",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
)
"""What the tests' jobs leave behind: one row a run that counted."""

TABLES = [
    effects,
    *(
        cast("Table", model.__table__)
        for model in (
            Job,
            PeriodicTurn,
            records.RecordEvent,
            records.RecordHead,
            records.DayRoot,
            records.CityRoot,
            records.RecordKey,
            records.RecordSalt,
            School,
        )
    ),
]


def small_app(database_url: str, data_dir: Path) -> Flask:
    app = Flask("school")
    settings = read_settings({"DATABASE_URL": database_url, "DATA_DIR": str(data_dir)})
    database.init_app(app, settings)
    jobs.init_app(app)
    return app


def make_tables(app: Flask) -> None:
    with app.app_context():
        metadata.create_all(write_engine(), tables=TABLES[1:])
        effects.metadata.create_all(write_engine())
