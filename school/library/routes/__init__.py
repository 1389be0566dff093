"""The library's pages. Importing this registers every view on `blueprint`."""

from school.library.routes import (
    authoring,
    books,
    bringing,
    desk,
    files,
    films,
    frameworks,
    frameworks_command,
    importing_command,
    items,
    lessons,
    reindexing,
    reports,
    sending,
    shelves,
    sweeping,
    units,
)
from school.library.routes.blueprint import blueprint

__all__ = [
    "authoring",
    "blueprint",
    "books",
    "bringing",
    "desk",
    "files",
    "films",
    "frameworks",
    "frameworks_command",
    "importing_command",
    "items",
    "lessons",
    "reindexing",
    "reports",
    "sending",
    "shelves",
    "sweeping",
    "units",
]
