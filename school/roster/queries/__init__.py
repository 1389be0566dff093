"""Reading for imports: a school's snapshot, past imports, files that wait."""

from school.roster.queries.runs import (
    all_schools,
    can_undo,
    find_last_batch,
    get_run,
    get_school,
    get_upload,
    runs_of,
    uploads_of,
)
from school.roster.queries.snapshot import ground_of, snapshot_of
from school.roster.queries.week import week_snapshot_of

__all__ = [
    "all_schools",
    "can_undo",
    "find_last_batch",
    "get_run",
    "get_school",
    "get_upload",
    "ground_of",
    "runs_of",
    "snapshot_of",
    "uploads_of",
    "week_snapshot_of",
]
