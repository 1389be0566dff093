"""What can be taught: units, versions, topics, files. Knows no school and no web framework.

This is the front door: the school imports from here, and from ``database``, ``ids`` and ``storage``, which its core needs.
The verbs are called with the name of their module: ``catalogue.search``, ``publishing.publish``, ``uploads.accept``.
"""

from content_library import (
    catalogue,
    drafts,
    finding,
    frameworks,
    interchange,
    orphans,
    packages,
    pictures,
    previews,
    publishing,
    quality,
    renditions,
    reports,
    reviewing,
    search,
    shelf,
    subjects,
    uploads,
    video,
)
from content_library.catalogue import Card, CataloguePage
from content_library.drafts import About, Author, PlacedFile, Text, WrittenItem, WrongState
from content_library.finding import FoundPage, Why
from content_library.kinds import MODEL_TYPE, PACKAGE_TYPE, Problem
from content_library.models import (
    Criterion,
    ErrorReport,
    FileRole,
    Item,
    PreviewState,
    PublishedVersionIsFixed,
    ReportState,
    ReviewRemark,
    ReviewRound,
    StoredFile,
    Subject,
    Topic,
    Unit,
    UnitFacts,
    UnitKind,
    UnitState,
    UnitVersion,
    Verdict,
    WhyOther,
)
from content_library.pictures import BadPicture
from content_library.publishing import NotReady
from content_library.renditions import Rendition
from content_library.scanning import Infected, NotScanned
from content_library.search import Filters, FoundPlace
from content_library.shelf import FileOfVersion, UnitWithVersion
from content_library.storage import NoSuchFile, StorageUnavailable
from content_library.uploads import Damaged, EmptyFile, FileTooLarge, Purpose, UploadError, WrongType
from content_library.video import BadVideo

__all__ = [
    "MODEL_TYPE",
    "PACKAGE_TYPE",
    "About",
    "Author",
    "BadPicture",
    "BadVideo",
    "Card",
    "CataloguePage",
    "Criterion",
    "Damaged",
    "EmptyFile",
    "ErrorReport",
    "FileOfVersion",
    "FileRole",
    "FileTooLarge",
    "Filters",
    "FoundPage",
    "FoundPlace",
    "Infected",
    "Item",
    "NoSuchFile",
    "NotReady",
    "NotScanned",
    "PlacedFile",
    "PreviewState",
    "Problem",
    "PublishedVersionIsFixed",
    "Purpose",
    "Rendition",
    "ReportState",
    "ReviewRemark",
    "ReviewRound",
    "StorageUnavailable",
    "StoredFile",
    "Subject",
    "Text",
    "Topic",
    "Unit",
    "UnitFacts",
    "UnitKind",
    "UnitState",
    "UnitVersion",
    "UnitWithVersion",
    "UploadError",
    "Verdict",
    "Why",
    "WhyOther",
    "WrittenItem",
    "WrongState",
    "WrongType",
    "catalogue",
    "drafts",
    "finding",
    "frameworks",
    "interchange",
    "orphans",
    "packages",
    "pictures",
    "previews",
    "publishing",
    "quality",
    "renditions",
    "reports",
    "reviewing",
    "search",
    "shelf",
    "subjects",
    "uploads",
    "video",
]
