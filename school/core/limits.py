"""Rate limits: shared by all processes through Redis where there is one, else counted in this process."""

from flask import Flask, current_app
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from school.core.config import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Choose where hits are counted."""
    where = settings.redis_url or "memory://"
    if where.startswith("unix://"):
        where = f"redis+{where}"  # the library's own word for a socket
    app.extensions["limits"] = MovingWindowRateLimiter(storage_from_string(where))


def allow(limit: str, *key: str) -> bool:
    """Count one hit against ``limit`` («10 per 5 minute») for this key; False when it is used up."""
    limiter: MovingWindowRateLimiter = current_app.extensions["limits"]
    return limiter.hit(parse(limit), *key)


def is_open(limit: str, *key: str) -> bool:
    """Whether a hit would still be allowed; counts nothing."""
    limiter: MovingWindowRateLimiter = current_app.extensions["limits"]
    return limiter.test(parse(limit), *key)
