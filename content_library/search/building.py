"""Building the index anew, beside the one in use."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content_library import changes
from content_library.models import Unit, UnitState
from content_library.search.documents import OpenFile, UnitReader
from content_library.search.folder import Folder, State
from content_library.search.writing import BuildWriter

Connect = Callable[[], AbstractContextManager[Session]]
"""Opens a session that reads the library; each statement sees what is committed."""

_BATCH = 500
_MEMORY = 128_000_000
"""Bytes that each of the two indexes gathers before it writes a part of itself."""


def rebuild(
    folder: Folder,
    connect: Connect,
    open_file: OpenFile | None = None,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    rest: float = 0.0,
) -> Path:
    """Build the index from the database and let readers go over to it. Raises ``BeingBuilt``.

    What changes meanwhile is not lost: the build says as of which change it was begun, and is followed from there.
    ``rest`` is how long to pause after each batch, as a share of the batch's own time, for a process that also serves pages.
    """
    with folder.building(), connect() as session:
        as_of = changes.newest(session)
        total = session.scalar(select(func.count()).select_from(Unit).where(Unit.state == UnitState.PUBLISHED)) or 0
        folder.say_progress(0, total)
        progress(0, total)
        build, done = folder.begin(), 0
        with BuildWriter(build, memory=_MEMORY, fresh=True) as writer:
            began = time.monotonic()
            reader = UnitReader(session, open_file)
            for batch in reader.published(_BATCH):
                writer.put(batch)
                done += len(batch)
                folder.say_progress(done, max(done, total))
                progress(done, max(done, total))
                if rest:
                    time.sleep((time.monotonic() - began) * rest)
                    began = time.monotonic()
            writer.commit()
            writer.settle()
        folder.keep_waiting(build, reader.without_words)
        folder.reached(build, State(as_of.epoch, as_of.last))
        folder.use(build)
        return build
