"""The database learns the sizes of its tables when it is asked to."""

from flask import Flask
from sqlalchemy import text

from school.core import statistics
from school.core.database import write_engine
from tests.factories import Make


def test_the_database_learns(app: Flask, make: Make) -> None:
    make.course(pupils=3)
    statistics.refresh()
    known = (
        "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'enrolment'"
        if statistics.is_sqlite()
        else "SELECT count(*) FROM pg_class WHERE relname = 'enrolment' AND reltuples > 0"
    )
    with write_engine().connect() as connection:
        assert connection.execute(text(known)).scalar_one() > 0


def test_the_command_says_so(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["db", "analyze"])
    assert answer.output == "The database has learned the sizes of its tables.\n"
