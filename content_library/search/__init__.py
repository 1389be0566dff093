"""Finding units by their words: an index in process on every node, which follows the database.

The database is the truth. ``Follower`` keeps the node's index at its newest change, ``Reader`` finds, ``rebuild`` makes the
index anew. Decided in docs/decisions/0019-search-in-process.md.
"""

from content_library.search.asking import Asked
from content_library.search.building import Connect, rebuild
from content_library.search.documents import OpenFile, UnitText
from content_library.search.folder import BeingBuilt, Folder
from content_library.search.following import Follower
from content_library.search.marking import Marked
from content_library.search.reading import Filters, Found, FoundPlace, NoIndex, Reader

__all__ = [
    "Asked",
    "BeingBuilt",
    "Connect",
    "Filters",
    "Folder",
    "Follower",
    "Found",
    "FoundPlace",
    "Marked",
    "NoIndex",
    "OpenFile",
    "Reader",
    "UnitText",
    "rebuild",
]
