"""The laptop's mode: one process with the web server's threads and the worker as a thread."""

import signal
import socket
import threading
from collections.abc import Callable
from types import FrameType

import waitress
from flask import Flask
from flask_compress import Compress

from school.core.jobs.worker import Worker

THREADS = 8


class PortTaken(Exception):
    """Another program listens on the port already."""


def serve(app: Flask, host: str, port: int, on_ready: Callable[[], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; then finish what is under way and return. Raises ``PortTaken``."""
    listener = _listen(host, port)
    app.config["COMPRESS_ALGORITHM"] = ["gzip"]
    app.config["COMPRESS_MIMETYPES"] = ["text/html", "application/json"]
    Compress(app)
    server = waitress.create_server(app, sockets=[listener], threads=THREADS, ident="school")
    stop = threading.Event()
    worker = threading.Thread(target=Worker(app).run, args=(stop,), name="worker")

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    worker.start()
    try:
        on_ready()
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        for which in (signal.SIGINT, signal.SIGTERM):
            signal.signal(which, signal.SIG_IGN)  # impatience must not cut off what is being finished; it takes seconds
        server.close()
        stop.set()
        worker.join(10)


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as why:
        listener.close()
        raise PortTaken(f"{host}:{port}: {why.strerror}") from why
    listener.listen(128)
    return listener
