"""The search index of this node: the reader of each process, and the one process that keeps it at the library's newest change.

The index lies in ``DATA_DIR/search`` and can be made anew from the database at any time.
"""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

from flask import Flask, current_app
from sqlalchemy.orm import Session

from content_library.search import Folder, Follower, Reader
from school.core.config import Settings
from school.core.database import read_engine
from school.core.files import storage

REST = 1.0
"""A web process that builds an index pauses after each batch as long as it took: pages come first."""
STOP_WITHIN = 2.0


def reader() -> Reader:
    """This process's reader of the index."""
    found: Reader = current_app.extensions["library_reader"]
    return found


def index_folder() -> Folder:
    """Where the index of this node lies."""
    found: Folder = current_app.extensions["library_index"]
    return found


@contextmanager
def reading() -> Iterator[Session]:
    """A session beside the request's, of which each statement sees what is committed."""
    with Session(read_engine()) as session:
        yield session


class _FollowerThread:
    """Follows in a thread of this process, from its first request on: threads do not survive the fork of a server's workers."""

    def __init__(self, app: Flask, folder: Folder) -> None:
        self._app = app
        self._folder = folder
        self._lock = Lock()
        self._process = 0

    def ensure(self) -> None:
        """Begin, if this process has not begun."""
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process != os.getpid():
                self._process = os.getpid()
                self._begin()

    def _begin(self) -> None:
        stop = Event()
        thread = Thread(target=self._follow, args=(stop,), name="library-index", daemon=True)
        thread.start()

        def end() -> None:
            stop.set()
            thread.join(STOP_WITHIN)

        atexit.register(end)

    def _follow(self, stop: Event) -> None:
        with self._app.app_context():
            Follower(self._folder, reading, storage().open, rest=REST).run(stop)


def init_app(app: Flask, settings: Settings) -> None:
    """Give the application its reader, and let serving processes follow the library."""
    folder = Folder(settings.data_dir)
    app.extensions["library_index"] = folder
    app.extensions["library_reader"] = Reader(folder)
    thread = _FollowerThread(app, folder)

    @app.before_request
    def follow() -> None:
        if not app.testing:
            thread.ensure()
