"""Work outside requests: ``enqueue`` writes a job with the fact that causes it, a worker does it once to effect.

Decided in docs/decisions/0006-own-job-table.md.
"""

from flask import Flask

from school.core.jobs import commands, upkeep
from school.core.jobs.queue import enqueue
from school.core.jobs.registry import every, handler
from school.core.jobs.slow_work import CannotBeDone, outside_database
from school.core.jobs.worker import Worker

__all__ = ["CannotBeDone", "Worker", "enqueue", "every", "handler", "init_app", "outside_database", "upkeep"]


def init_app(app: Flask) -> None:
    """Give the application ``flask worker`` and ``flask jobs``."""
    commands.init_app(app)
