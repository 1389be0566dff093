"""The worker: threads that do jobs and periodic tasks. A thread of the web process when embedded, ``flask worker`` in the city."""

import logging
import random
import threading
import time
import traceback
from collections.abc import Callable

from flask import Flask

from school.core.database import write_engine
from school.core.jobs import claims, turns
from school.core.jobs.bell import bell
from school.core.jobs.claims import Claim, LeaseLost
from school.core.jobs.listening import listen
from school.core.jobs.registry import HANDLERS, PERIODIC, Lane, Periodic
from school.core.jobs.slow_work import CannotBeDone
from school.core.transactions import roll_back, unit_of_work

log = logging.getLogger(__name__)

POLL = 1.0
"""Seconds between looks at the queue when nothing has rung."""
STOP_WITHIN = 1.3
"""Seconds a stop waits for running jobs before it hands them back."""
HAND_BACK_WITHIN = 0.5
LONGEST_SLEEP = 60.0


class Worker:
    """Does jobs in two lanes (a video never delays a notice) and periodic tasks, until told to stop."""

    def __init__(self, app: Flask, *, lanes: tuple[Lane, ...] = ("quick", "slow"), periodic: bool = True) -> None:
        self._app = app
        self._lanes = lanes
        self._periodic = periodic
        self._stop = threading.Event()
        self._active: dict[str, Claim] = {}
        self._active_lock = threading.Lock()

    def run(self, stop: threading.Event) -> None:
        """Work until ``stop`` is set; then come back within 2 seconds, handing unfinished jobs to the next worker."""
        threads = [self._thread(f"jobs-{lane}", self._work, lane) for lane in self._lanes]
        threads.append(self._thread("jobs-heartbeat", self._keep_leases))
        if self._periodic:
            threads += [self._thread(task.name, self._repeat, task) for task in PERIODIC.values()]
        with self._app.app_context():
            is_postgres = write_engine().dialect.name == "postgresql"
        if is_postgres:
            threads.append(self._thread("jobs-listen", listen, self._app, self._stop))
        stop.wait()
        self._stop.set()
        bell.ring()
        deadline = time.monotonic() + STOP_WITHIN
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._hand_back()

    def run_until_empty(self) -> int:
        """Do every job that is due now in the calling thread, for commands and tests; the answer is how many were taken."""
        kinds = [handler.kind for handler in HANDLERS.values() if handler.lane in self._lanes]
        taken = 0
        while (claim := self._take(kinds)) is not None:
            self._perform(claim)
            taken += 1
        return taken

    def _thread(self, name: str, do: Callable[..., None], *things: object) -> threading.Thread:
        thread = threading.Thread(target=do, args=things, name=name, daemon=True)
        thread.start()
        return thread

    def _work(self, lane: Lane) -> None:
        while not self._stop.is_set():
            heard = bell.rings
            kinds = [handler.kind for handler in HANDLERS.values() if handler.lane == lane]
            try:
                claim = self._take(kinds)
                if claim is not None:
                    self._perform(claim)
                    continue
            except Exception:
                # The database may be away: the lease brings the job back, the worker must outlive it.
                log.exception("the queue could not be served")
                self._stop.wait(POLL)
            bell.wait(heard, POLL)

    def _take(self, kinds: list[str]) -> Claim | None:
        if not kinds:
            return None
        with self._app.app_context():
            claim = claims.take(kinds)
        if claim is not None:
            with self._active_lock:
                self._active[claim.holder] = claim
        return claim

    def _perform(self, claim: Claim) -> None:
        try:
            with self._app.app_context():
                self._perform_in_context(claim)
        finally:
            with self._active_lock:
                self._active.pop(claim.holder, None)

    def _perform_in_context(self, claim: Claim) -> None:
        try:
            with unit_of_work():
                HANDLERS[claim.kind].do(claim.payload)
                claims.finish(claim)
        except LeaseLost:
            log.warning("job %s %s was taken by another worker meanwhile; undone here", claim.kind, claim.id)
        except CannotBeDone as why:
            claims.fail(claim, f"cannot be done: {why}", hopeless=True)
            log.warning("job %s %s cannot be done: %s", claim.kind, claim.id, why)
        except Exception:
            dead = claims.fail(claim, traceback.format_exc())
            log.exception("job %s %s failed%s", claim.kind, claim.id, " for the last time" if dead else "")

    def _keep_leases(self) -> None:
        renewed: dict[str, float] = {}
        while not self._stop.wait(0.25):
            with self._active_lock:
                active = list(self._active.values())
            moment = time.monotonic()
            renewed = {claim.holder: renewed.get(claim.holder, moment) for claim in active}
            for claim in active:
                if moment - renewed[claim.holder] < claim.lease / 3:
                    continue
                try:
                    with self._app.app_context():
                        claims.renew(claim)
                    renewed[claim.holder] = moment
                except Exception as why:
                    # On SQLite the job itself may hold the write lock; then nobody else can take the job either.
                    log.info("lease of %s %s not renewed: %s", claim.kind, claim.id, why)

    def _repeat(self, task: Periodic) -> None:
        pause = random.uniform(0, min(task.seconds, 1.0))
        while not self._stop.wait(pause):
            pause = min(task.seconds, LONGEST_SLEEP)
            try:
                with self._app.app_context():
                    self._have_turn(task)
            except Exception:
                log.exception("periodic task %s failed", task.name)

    def _have_turn(self, task: Periodic) -> None:
        if task.when is not None:
            needed = task.when()
            roll_back()  # what it read must hold no transaction while the turn is taken
            if not needed:
                return
        holder = turns.take_turn(task)
        if holder is None:
            return
        try:
            with unit_of_work():
                task.do()
        except Exception:
            turns.end_turn(task, holder, traceback.format_exc()[-claims.ERROR_LENGTH :])
            raise
        turns.end_turn(task, holder, None)

    def _hand_back(self) -> None:
        with self._active_lock:
            active = list(self._active.values())
        if not active:
            return

        def give_up() -> None:
            with self._app.app_context():
                try:
                    claims.hand_back(active)
                except Exception as why:
                    log.warning("unfinished jobs come back when their lease ends: %s", why)

        self._thread("jobs-hand-back", give_up).join(HAND_BACK_WITHIN)
