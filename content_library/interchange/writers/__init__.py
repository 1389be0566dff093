"""Tests as files of other programs: QTI 3.0, GIFT, Moodle XML. What a format can't say is refused, never bent."""

from collections.abc import Callable
from dataclasses import dataclass

from content_library.interchange.found import Test
from content_library.interchange.reasons import Refusal
from content_library.interchange.writers.gift import write_gift
from content_library.interchange.writers.moodle_xml import write_moodle_xml
from content_library.interchange.writers.qti3 import write_qti3
from content_library.interchange.writers.written import PictureBytes


@dataclass(frozen=True, slots=True)
class Format:
    """A format that tests can be saved in."""

    name: str
    ending: str
    content_type: str
    write: Callable[[Test, PictureBytes], tuple[bytes, list[Refusal]]]
    """The file, and the questions that it can't hold."""


FORMATS = {
    one.name: one
    for one in (
        Format("qti", "zip", "application/zip", write_qti3),
        Format("gift", "txt", "text/plain", write_gift),
        Format("moodle_xml", "xml", "application/xml", write_moodle_xml),
    )
}

__all__ = ["FORMATS", "Format"]
