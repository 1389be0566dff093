"""Structured logs: one line a request, with an id that the error page shows too. No names, no marks, no query strings."""

import json
import logging
import secrets
import sys
import time
from typing import Any

from flask import Flask, Response, g, has_request_context, request

from school.core.config import Settings

log = logging.getLogger("school.requests")


class _Lines(logging.Formatter):
    """Human-readable lines for a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        extra = " ".join(f"{name}={value}" for name, value in _fields(record).items())
        line = (
            f"{self.formatTime(record, '%H:%M:%S')} {record.levelname.lower():7} {record.getMessage()} {extra}".rstrip()
        )
        return line + ("\n" + self.formatException(record.exc_info) if record.exc_info else "")


class _Json(logging.Formatter):
    """One JSON object a line, for collectors."""

    def format(self, record: logging.LogRecord) -> str:
        made: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info:
            made["exception"] = self.formatException(record.exc_info)
        return _encode(made)


_encode = json.JSONEncoder(ensure_ascii=False, default=str).encode


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    found: dict[str, Any] = dict(getattr(record, "fields", {}))
    if has_request_context():
        found.setdefault("request", request_id())
    return found


def request_id() -> str:
    """The id of this request: what a person reads from an error page to the support."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(6)
    made: str = g.request_id
    return made


def init_app(app: Flask, settings: Settings) -> None:
    """Log to standard error, in the format the settings ask for."""
    root = logging.getLogger("school")
    if not root.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_Json() if settings.log_format == "json" else _Lines())
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        root.propagate = False
    app.jinja_env.globals["request_id"] = request_id

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def write(response: Response) -> Response:
        response.headers["X-Request-Id"] = request_id()
        if log.isEnabledFor(logging.INFO) and not request.path.startswith("/static/"):
            took = 1000 * (time.perf_counter() - g.get("started", time.perf_counter()))
            rule = request.url_rule.rule if request.url_rule else "-"
            fields = {"status": response.status_code, "ms": round(took, 1)}
            # Made by hand: the logger's own way walks the stack to find who calls, at every request.
            line = logging.LogRecord(log.name, logging.INFO, __file__, 0, f"{request.method} {rule}", None, None)
            line.fields = fields
            log.handle(line)
        return response
