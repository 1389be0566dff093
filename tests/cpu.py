"""The processor's time of one piece of work: what it takes of this thread, whatever else this process is doing."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """The block takes at most so much of this thread.

    Not the process's time: a browser's driver and servers of other tests run beside. Without the collector of garbage: it
    walks all that six thousand tests have left, a second at a time, and its turn comes by chance.
    """
    gc.disable()
    began = time.thread_time()
    try:
        yield
    finally:
        took = time.thread_time() - began
        gc.enable()
    assert took < seconds, f"took {took:.2f} s of the processor"
