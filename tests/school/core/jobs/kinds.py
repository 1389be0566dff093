"""Kinds of jobs for the tests."""

import time
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from school.core.database import db
from school.core.jobs import CannotBeDone, handler, outside_database
from tests.school.core.conftest import effects


def leave(name: str) -> None:
    db.session.execute(insert(effects).values(name=name))


@handler("test.effect", lease=1.0)
def effect(payload: dict[str, Any]) -> None:
    leave(payload["name"])
    time.sleep(payload.get("seconds", 0))


@handler("test.hang_once", lease=1.0)
def hang_once(payload: dict[str, Any]) -> None:
    """Writes, shows that it has begun, and hangs when it is the first to do so."""
    leave("hang_once")
    started = Path(payload["started"])
    if not started.exists():
        started.write_text("begun")
        time.sleep(60)


@handler("test.long", lease=0.6, lane="slow")
def long(payload: dict[str, Any]) -> None:
    """Slow work outside the database, longer than the lease."""
    with outside_database():
        time.sleep(payload["seconds"])
    leave("long")


@handler("test.fail", max_tries=3)
def fail(payload: dict[str, Any]) -> None:
    leave("never kept")
    raise ValueError("no luck")


@handler("test.hopeless")
def hopeless(payload: dict[str, Any]) -> None:
    raise CannotBeDone("not a video")


@handler("test.die", max_tries=2, lease=0.3)
def die(payload: dict[str, Any]) -> None:
    leave("never kept")
