"""The yardstick: one indexed query through SQLAlchemy Core, sixty rows, one Jinja table. Nothing of the school."""

import os

from flask import Flask
from sqlalchemy import create_engine, text

app = Flask(__name__)
engine = create_engine(os.environ["DATABASE_URL"], pool_size=4)

ROWS = text("SELECT id, title, due, value, remark FROM bare_mark WHERE pupil = :pupil ORDER BY id")
PAGE = app.jinja_env.from_string(
    """<!doctype html><html><head><title>Marks</title></head><body><h1>Marks of pupil {{ pupil }}</h1>
<table><thead><tr><th>No.</th><th>Work</th><th>Due</th><th>Mark</th><th>Remark</th></tr></thead><tbody>
{% for r in rows %}<tr><td>{{ r.id }}</td><td><a href="/marks/{{ r.id }}">{{ r.title }}</a></td><td>{{ r.due }}</td>\
<td>{{ r.value }}</td><td>{{ r.remark }}</td></tr>
{% endfor %}</tbody></table></body></html>"""
)
PUPILS, WORKS = 1000, 60


def fill() -> None:
    """Sixty rows for each of a thousand pupils, once."""
    with engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TABLE IF NOT EXISTS bare_mark"
                " (id integer PRIMARY KEY, pupil integer, title text, due text, value integer, remark text)"
            )
        )
        if connection.execute(text("SELECT count(*) FROM bare_mark")).scalar():
            return
        rows = [
            {
                "id": pupil * WORKS + n,
                "pupil": pupil,
                "title": f"Homework {n}, paragraph {n % 7}",
                "due": f"2026-11-{1 + n % 28:02}",
                "value": 2 + n % 4,
                "remark": "looked through" * (n % 3),
            }
            for pupil in range(PUPILS)
            for n in range(WORKS)
        ]
        connection.execute(text("INSERT INTO bare_mark VALUES (:id, :pupil, :title, :due, :value, :remark)"), rows)
        connection.execute(text("CREATE INDEX bare_mark_pupil ON bare_mark (pupil, id)"))


@app.get("/marks/<int:pupil>")
def marks(pupil: int) -> str:
    """The page."""
    with engine.connect() as connection:
        rows = connection.execute(ROWS, {"pupil": pupil}).all()
    return PAGE.render(pupil=pupil, rows=rows)
