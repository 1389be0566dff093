"""Import and export: files of other programs as tests, texts, slides and packages of the library, and tests as their files.

Knows no school and no database. ``Workshop`` reads a stranger's file in a process of its own; what it found is plain
values (``found``, ``question``, ``reasons``), which the school turns into drafts and sentences.
"""

from content_library.interchange.found import Found, Package, Slides, Test, Text
from content_library.interchange.question import Question
from content_library.interchange.reasons import Place, Refusal, Refused, Why
from content_library.interchange.workshop import Workshop

__all__ = ["Found", "Package", "Place", "Question", "Refusal", "Refused", "Slides", "Test", "Text", "Why", "Workshop"]
