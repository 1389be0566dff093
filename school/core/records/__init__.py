"""The append-only record of what was done to marks, presence and period marks; nobody can change it in silence.

Decided in docs/decisions/0005-records-and-their-sealer.md.
"""

from flask import Flask

from school.core.records import commands, routes
from school.core.records.closing import seal
from school.core.records.receipts import NotSealedYet, RecordBroken, as_file, receipt_for
from school.core.records.salting import erase_salts, is_text_of, salted
from school.core.records.sealing import SEAL_EVERY
from school.core.records.writing import PROGRAM, Happening, Who, record, record_many

__all__ = [
    "PROGRAM",
    "SEAL_EVERY",
    "Happening",
    "NotSealedYet",
    "RecordBroken",
    "Who",
    "as_file",
    "erase_salts",
    "init_app",
    "is_text_of",
    "receipt_for",
    "record",
    "record_many",
    "salted",
    "seal",
]


def init_app(app: Flask) -> None:
    """Give the application ``flask records`` and the page of published roots."""
    commands.init_app(app)
    app.register_blueprint(routes.blueprint)
