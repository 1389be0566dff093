"""The library's tables: subjects and their topics, units and their versions, files and items of a version."""

from content_library.models.changes import LibraryChange
from content_library.models.facts import UnitFacts
from content_library.models.files import (
    FilePage,
    FilePreview,
    FileRole,
    PackagePart,
    PreviewState,
    StoredFile,
    VersionFile,
)
from content_library.models.fixed import PublishedVersionIsFixed
from content_library.models.items import Item
from content_library.models.reports import ErrorReport, ReportState
from content_library.models.reviews import Criterion, ReviewRemark, ReviewRound, Verdict, WhyOther
from content_library.models.subjects import Subject, Topic, TopicNeed
from content_library.models.units import Unit, UnitKind, UnitState, UnitTopic, UnitVersion

__all__ = [
    "Criterion",
    "ErrorReport",
    "FilePage",
    "FilePreview",
    "FileRole",
    "Item",
    "LibraryChange",
    "PackagePart",
    "PreviewState",
    "PublishedVersionIsFixed",
    "ReportState",
    "ReviewRemark",
    "ReviewRound",
    "StoredFile",
    "Subject",
    "Topic",
    "TopicNeed",
    "Unit",
    "UnitFacts",
    "UnitKind",
    "UnitState",
    "UnitTopic",
    "UnitVersion",
    "Verdict",
    "VersionFile",
    "WhyOther",
]
