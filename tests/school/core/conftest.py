"""A table beside the school's own, where the tests' jobs leave what they did."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Column, Integer, MetaData, String, Table

from school.core.database import db, write_engine

effects = Table(
    "test_effect",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
)
"""One row a run that counted."""


@pytest.fixture
def effects_table(app: Flask) -> Iterator[Table]:
    effects.create(write_engine())
    yield effects
    db.session.rollback()
    effects.drop(write_engine())
