"""The one place that commits: an unsafe request that succeeded, or a unit of work outside requests."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response, g, request

from school.core.database import SAFE_METHODS, db

log = logging.getLogger(__name__)

_WAITING = "after_commit"


def on_commit(act: Callable[[], Any]) -> None:
    """Do ``act`` once the current transaction is committed; never, if it is rolled back."""
    db.session.info.setdefault(_WAITING, []).append(act)


def commit() -> None:
    """Commit, then do what waited for it. A failure of a waiting act is logged: the commit has already happened."""
    db.session.commit()
    for act in db.session.info.pop(_WAITING, []):
        try:
            act()
        except Exception:
            log.exception("an act after the commit failed")


def roll_back() -> None:
    """Undo everything since the last commit."""
    db.session.info.pop(_WAITING, None)
    db.session.rollback()


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Commit when the block ends well, roll back when it raises. For commands, jobs and tests, inside an app context."""
    try:
        yield
        commit()
    except BaseException:
        roll_back()
        raise


def init_app(app: Flask) -> None:
    """Commit after every unsafe request whose answer is not an error, and never after a safe one."""

    @app.after_request
    def commit_or_roll_back(response: Response) -> Response:
        if request.method in SAFE_METHODS:
            return response
        if response.status_code < 400 or g.get("keep_despite_error", False):
            commit()
        else:
            roll_back()
        return response


def keep_despite_error() -> None:
    """Commit although the answer will be an error: for failed sign-ins that must be counted."""
    g.keep_despite_error = True
