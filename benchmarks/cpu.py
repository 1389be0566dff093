"""CPU time of whole process trees while requests run: the figure that other programs' load hardly moves."""

import http.client
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Request:
    """One request to repeat; ``body`` may be made anew for each."""

    path: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: Callable[[], bytes] | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What a request cost, over many."""

    cpu_ms: float
    p50_ms: float
    errors: int
    size: int


def cpu_seconds(roots: list[int]) -> float:
    """CPU seconds used so far by these processes and all below them."""
    used: dict[int, float] = {}
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            stat = (folder / "stat").read_text()
        except OSError:
            continue
        fields = stat[stat.rindex(")") + 2 :].split()
        used[int(folder.name)] = sum(map(int, fields[11:15])) / TICK
        children.setdefault(int(fields[1]), []).append(int(folder.name))
    todo, seen, total = list(roots), set(), 0.0
    while todo:
        pid = todo.pop()
        if pid not in seen:
            seen.add(pid)
            total += used.get(pid, 0)
            todo += children.get(pid, [])
    return total


def measure(port: int, request: Request, roots: list[int], *, times: int = 300, at_once: int = 2) -> Cost:
    """Warm up with a tenth, then count ``times`` requests over kept-alive connections."""
    _send(port, request, max(at_once, times // 10), at_once)
    before = cpu_seconds(roots)
    answers = _send(port, request, times, at_once)
    spent = cpu_seconds(roots) - before
    waits = sorted(wait for wait, _status, _size in answers)
    errors = sum(status >= 400 for _wait, status, _size in answers)
    return Cost(1000 * spent / len(answers), waits[len(waits) // 2], errors, answers[-1][2])


def _send(port: int, request: Request, times: int, at_once: int) -> list[tuple[float, int, int]]:
    answers: list[tuple[float, int, int]] = []

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for _ in range(times // at_once):
            body = request.body() if request.body else None
            start = time.perf_counter()
            connection.request(request.method, request.path, body=body, headers=dict(request.headers))
            answer = connection.getresponse()
            size = len(answer.read())
            answers.append((1000 * (time.perf_counter() - start), answer.status, size))

    threads = [threading.Thread(target=work) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
