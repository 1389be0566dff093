"""The record's tables for Core statements."""

from typing import cast

from sqlalchemy import Table

from school.core.database import metadata
from school.core.records.models import CityRoot, DayRoot, RecordEvent, RecordHead, RecordKey

event = cast("Table", RecordEvent.__table__)
head = cast("Table", RecordHead.__table__)
day_root = cast("Table", DayRoot.__table__)
city_root = cast("Table", CityRoot.__table__)
record_key = cast("Table", RecordKey.__table__)


def school() -> Table:
    """The city's table of schools; it belongs to a feature above, and the core needs only its ``id``."""
    return metadata.tables["school"]
