"""Hearing PostgreSQL say that a job was committed somewhere."""

import logging
import threading

import psycopg
from flask import Flask

from school.core.database import write_engine
from school.core.jobs.bell import bell
from school.core.jobs.queue import CHANNEL

log = logging.getLogger(__name__)

LOOK_UP = 0.5
"""Seconds between looks at whether to stop."""
RECONNECT_AFTER = 5.0


def listen(app: Flask, stop: threading.Event) -> None:
    """Ring the bell at each notice until ``stop``. A lost connection only means polling until it is back."""
    with app.app_context():
        engine = write_engine()
    arguments, options = engine.dialect.create_connect_args(engine.url)
    while not stop.is_set():
        try:
            with psycopg.connect(*arguments, **{**options, "autocommit": True}) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                while not stop.is_set():
                    for _notice in connection.notifies(timeout=LOOK_UP):
                        bell.ring()
        except psycopg.Error as why:
            log.warning("not hearing of new jobs, polling instead: %s", why)
            stop.wait(RECONNECT_AFTER)
