"""A worker as a process of its own, to be killed: ``python -m tests.school.core.jobs.worker_process URL DATA_DIR POLL``."""

import signal
import sys
import threading
from pathlib import Path

from school.app import create_app
from school.core.config import Settings
from school.core.jobs import Worker, worker
from tests.school.core.jobs import kinds

if __name__ == "__main__":
    assert kinds
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stop.set())
    worker.POLL = float(sys.argv[3])
    app = create_app(Settings(data_dir=Path(sys.argv[2]), database_url=sys.argv[1], secret_key="x" * 32))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    Worker(app, periodic=False).run(stop)
