"""Whether this process lives, and whether it can serve: for load balancers and people."""

import logging

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from school.core.access import public
from school.core.database import read_engine
from school.core.migrating import is_current

log = logging.getLogger(__name__)
blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """The database answers and is migrated. Storage is not asked: pages work without it."""
    try:
        with read_engine().connect() as connection:
            connection.execute(text("SELECT 1"))
            ready = is_current(connection)
    except Exception:
        log.exception("not ready")
        return jsonify(status="no database"), 503
    return (jsonify(status="ok"), 200) if ready else (jsonify(status="migrations are waiting"), 503)
