"""Work outside requests: ``enqueue`` writes a job with the fact that causes it, a worker does it once to effect.

Decided in docs/decisions/0006-own-job-table.md.
"""

from school.core.jobs.queue import enqueue
from school.core.jobs.registry import every, handler

__all__ = ["enqueue", "every", "handler"]
