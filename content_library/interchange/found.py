"""What a reader finds in a file: tests, pages, books, slides, packages, and what it could not take."""

from dataclasses import dataclass, field

from content_library.interchange.question import Picture, Question
from content_library.interchange.reasons import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """Questions that belong together."""

    __test__ = False  # pytest takes every class of this name for its own

    title: str
    questions: tuple[Question, ...]
    intro: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text to read: a page of a course, or a book whose chapters are its headings."""

    title: str
    markdown: str
    pictures: tuple[Picture, ...] = ()
    is_task: bool = False
    """Something to do rather than to read."""
    original: str = ""
    """Key among the media of the file as it came, to be kept beside the text."""
    language: str = ""
    author: str = ""
    parts: int = 1
    """How many things of the file stand in it: links gathered on one page count each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slides:
    """A presentation: Markdown slides, or a document shown as it is."""

    title: str
    slides: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    original: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """A file of a package."""

    path: str
    """Inside the package."""
    key: str
    """Among the media."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A part of a package that is opened by itself: SCORM calls it an activity."""

    key: str
    title: str
    address: str
    """Path inside the package, with its question mark and what follows."""
    is_listed: bool = True
    """Whether it stands in the contents; one that doesn't is opened only by the order of the package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An interactive package that was recognised and found whole."""

    title: str
    standard: str
    """``H5P``, ``SCORM 1.2``, ``SCORM 2004``, ``cmi5``."""
    launch: str
    """What is opened first: a path inside the package, or an address."""
    library: str = ""
    scenes: tuple[Scene, ...] = ()
    """What is opened one after another; the first of them is ``launch``. Empty for H5P, which has one page."""
    files: tuple[PackagedFile, ...] = ()
    """All of it; empty for what only comes from elsewhere."""
    language: str = ""


Thing = Test | Text | Slides | Package


@dataclass(frozen=True, slots=True)
class Found:
    """All of one file."""

    format: str
    things: tuple[Thing, ...] = ()
    refused: tuple[Refusal, ...] = ()
    consumed: frozenset[str] = field(default=frozenset())
    """Parts of an unpacked package that were read or named; the rest is looked at file by file."""
