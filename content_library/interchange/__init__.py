"""Import and export: files of other programs as tests, texts, slides and packages of the library, and tests as their files.

Knows no school and no database. ``Workshop`` reads a stranger's file in a process of its own, so nothing here loads a
parser into the process that asks; what it found is plain values, which the school turns into drafts and sentences.
"""

from content_library.interchange.codec import dump, load
from content_library.interchange.figures import number_in, written
from content_library.interchange.found import Found, Package, PackagedFile, Scene, Slides, Test, Text, Thing
from content_library.interchange.markup import plain_of_markdown
from content_library.interchange.paths import Entry, entries, rest_of
from content_library.interchange.question import (
    FULL,
    NONE,
    Accepted,
    Answer,
    Area,
    Choice,
    Cloze,
    Gap,
    Hotspot,
    Matching,
    Number,
    Open,
    Option,
    Ordering,
    Pair,
    Picture,
    Question,
    Span,
    Telling,
    Words,
    right_options,
)
from content_library.interchange.reasons import Place, Refusal, Refused, Why
from content_library.interchange.workshop import Workshop
from content_library.interchange.writers import FORMATS, Format

__all__ = [
    "FORMATS",
    "FULL",
    "NONE",
    "Accepted",
    "Answer",
    "Area",
    "Choice",
    "Cloze",
    "Entry",
    "Format",
    "Found",
    "Gap",
    "Hotspot",
    "Matching",
    "Number",
    "Open",
    "Option",
    "Ordering",
    "Package",
    "PackagedFile",
    "Pair",
    "Picture",
    "Place",
    "Question",
    "Refusal",
    "Refused",
    "Scene",
    "Slides",
    "Span",
    "Telling",
    "Test",
    "Text",
    "Thing",
    "Why",
    "Words",
    "Workshop",
    "dump",
    "entries",
    "load",
    "number_in",
    "plain_of_markdown",
    "rest_of",
    "right_options",
    "written",
]
