"""Waking the worker threads of this process: by a commit here, by PostgreSQL's notice, or because it is time to stop."""

import threading


class Bell:
    """Counts its rings, so that one between a look at the queue and the wait is not missed, whoever else has heard it."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._rings = 0

    @property
    def rings(self) -> int:
        """How often it has rung; read it before looking at the queue."""
        return self._rings

    def ring(self) -> None:
        """Wake everyone who waits."""
        with self._condition:
            self._rings += 1
            self._condition.notify_all()

    def wait(self, since: int, seconds: float) -> None:
        """Wait for a ring after ``since``, at most ``seconds``."""
        with self._condition:
            self._condition.wait_for(lambda: self._rings != since, seconds)


bell = Bell()
