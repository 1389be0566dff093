"""Letting the database learn the sizes of its tables, for it chooses its ways by them.

Every table begins with ``school_id``; without figures SQLite takes that column alone for selective and walks a whole school where
an index by day would do: a day's marks took a hundred times as long. PostgreSQL learns by itself, but not at once after a big load.
"""

from sqlalchemy import text

from school.core.database import write_engine
from school.core.jobs import every

LOOKED_AT = 1000
"""Rows of an index SQLite looks at: enough for its choice, and the writing lock is held for a tenth of a second."""


def is_sqlite() -> bool:
    """Whether the database has to be asked to learn."""
    return write_engine().dialect.name == "sqlite"


@every(6 * 3600, "database.statistics", when=is_sqlite)
def refresh() -> None:
    """Learn now."""
    with write_engine().begin() as connection:
        if is_sqlite():
            connection.execute(text(f"PRAGMA analysis_limit = {LOOKED_AT}"))
        connection.execute(text("ANALYZE"))
