"""Keeping a node's index at the newest change of the library."""

import logging
import os
import time
import uuid
from pathlib import Path
from threading import Event

from content_library import changes
from content_library.search.building import Connect, rebuild
from content_library.search.documents import OpenFile, UnitReader
from content_library.search.folder import BeingBuilt, Folder, State
from content_library.search.writing import BuildWriter

log = logging.getLogger(__name__)

EVERY = 0.5
"""Seconds between looks at the change number: half of a second's delay is what a person does not notice."""
STAND_BY = 2.0
"""Seconds between tries of a process that is not the node's follower."""
_BATCH = 200
_MEMORY = 16_000_000
_TRY_WORDS_AGAIN = 60.0


class Follower:
    """One process of a node follows the database; the others stand by and take over when it dies, for the system frees its lock."""

    def __init__(
        self, folder: Folder, connect: Connect, open_file: OpenFile | None = None, *, rest: float = 0.0
    ) -> None:
        self._folder = folder
        self._connect = connect
        self._open_file = open_file
        self._rest = rest
        self._lock: int | None = None
        self._build: Path | None = None
        self._writer: BuildWriter | None = None
        self._try_words_at = 0.0

    def run(self, stop: Event) -> None:
        """Follow until told to stop. Whatever goes wrong is logged and tried again: search must come back by itself."""
        pause, said = 0.0, ""
        try:
            while not stop.wait(pause):
                try:
                    pause = EVERY if self.step() else STAND_BY
                except BeingBuilt:
                    pause = STAND_BY
                except Exception as why:
                    if str(why) != said:  # a database that is away for an hour is told of once
                        said = str(why)
                        log.exception("the search index could not follow the library")
                    self._let_go()
                    pause = STAND_BY
        finally:
            self.close()

    def step(self) -> bool:
        """Bring the index to the newest change if this process is the node's follower; whether it is."""
        if self._lock is None:
            self._lock = self._folder.try_lock("writer")
            if self._lock is None:
                return False
        self._catch_up()
        return True

    def close(self) -> None:
        """Leave the index to another process."""
        self._let_go()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _catch_up(self) -> None:
        with self._connect() as session:
            newest = changes.newest(session)
            build = self._folder.current()
            state = None if build is None else self._folder.state(build)
            # A restored backup is behind its index: what the index knows and the database forgot must go.
            is_of_here = state is not None and state.epoch == newest.epoch and 0 <= state.number <= newest.last
            if build is None or state is None or not is_of_here:
                self._let_go()
                log.info("the search index is built anew")
                rebuild(self._folder, self._connect, self._open_file, rest=self._rest)
                self._folder.sweep()
                return
            waiting = self._waiting(build)
            if state.number == newest.last and not waiting:
                return
            writer, reader = self._writer_of(build), UnitReader(session, self._open_file)
            number = state.number
            while batch := reader.since(number, _BATCH):
                writer.put(batch)
                number = batch[-1].number
                self._commit(build, writer, State(newest.epoch, number))
            if number < newest.last:
                self._commit(build, writer, State(newest.epoch, newest.last))
            if waiting or reader.without_words:
                self._read_words_again(build, writer, reader, waiting)

    def _commit(self, build: Path, writer: BuildWriter, state: State) -> None:
        writer.commit()
        self._folder.reached(build, state)

    def _waiting(self, build: Path) -> set[uuid.UUID]:
        """Units whose subtitles a storage away could not give, once a while; they are found by their titles meanwhile."""
        if time.monotonic() < self._try_words_at:
            return set()
        self._try_words_at = time.monotonic() + _TRY_WORDS_AGAIN
        return self._folder.waiting(build)

    def _read_words_again(self, build: Path, writer: BuildWriter, reader: UnitReader, waiting: set[uuid.UUID]) -> None:
        still = self._folder.waiting(build) - waiting | reader.without_words
        reader.without_words.clear()
        if waiting:
            writer.put(reader.these(waiting))
            writer.commit()
        self._folder.keep_waiting(build, still | reader.without_words)

    def _writer_of(self, build: Path) -> BuildWriter:
        if self._writer is None or self._build != build:
            self._let_go()
            self._folder.sweep()
            self._writer, self._build = BuildWriter(build, memory=_MEMORY), build
        return self._writer

    def _let_go(self) -> None:
        writer, self._writer, self._build = self._writer, None, None
        if writer is not None:
            writer.close()
