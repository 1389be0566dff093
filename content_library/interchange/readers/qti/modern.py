"""QTI 2.1, 2.2 and 3.0: a single item. Items of a package are read by the package's reader."""

import re

from lxml import etree

from content_library.interchange.found import Found, Test
from content_library.interchange.media import Media, PartPictures
from content_library.interchange.question import Question
from content_library.interchange.readers.qti.item import Item
from content_library.interchange.readers.qti.names import normalise
from content_library.interchange.reasons import Place, Refused, Why
from content_library.interchange.safety.archives import Archive
from content_library.interchange.safety.xml import parse_xml
from content_library.interchange.source import Source

_ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:assessmentItem|qti-assessment-item)[\s>]")
_TEST = re.compile(
    rb"<(?:[\w.-]+:)?(?:assessmentTest|qti-assessment-test|qti-assessment-section|assessmentSection)[\s>]"
)


class Qti:
    """One item in a file of its own."""

    format = "qti"

    def recognises(self, source: Source) -> bool:
        """An item."""
        return not source.is_folder and source.looks_like_xml and bool(_ITEM.search(source.head))

    def read(self, source: Source, media: Media) -> Found:
        """The question, or why it is none."""
        root = source.root
        if root is None:
            raise Refused(Why.UNKNOWN_FORMAT)
        version = normalise(root)
        item = Item(root, media, PartPictures(media, source.neighbours, source.name), Place(number=1))
        name = f"qti-{version}"
        try:
            question = item.question()
        except Refused as problem:
            return Found(name, (), (problem.at(item.place), *media.refused))
        return Found(name, (Test(title=question.name or source.stem, questions=(question,)),), media.refused)


class QtiTest:
    """A test file alone: it only names its items."""

    format = "qti-test"

    def recognises(self, source: Source) -> bool:
        """A test or a section."""
        return not source.is_folder and source.looks_like_xml and bool(_TEST.search(source.head))

    def read(self, source: Source, media: Media) -> Found:
        """Nothing can be taken without the items."""
        version = normalise(source.root) if source.root is not None else ""
        return Found(f"qti-{version}", (), ())


def item_of_part(archive: Archive, part: str, media: Media, place: Place) -> tuple[str, Question]:
    """An item of a package, with its version. Raises ``Refused``, with the item's title where it is known."""
    root = parse_xml(archive.read(part), part)
    return item_of_root(root, archive, part, media, place)


def item_of_root(root: etree._Element, archive: Archive, part: str, media: Media, place: Place) -> tuple[str, Question]:
    """The same for an item that is parsed already."""
    version = normalise(root)
    item = Item(root, media, PartPictures(media, archive, part, ("",)), place)
    try:
        return version, item.question()
    except Refused as problem:
        raise Refused(problem.why, item.place, **problem.values) from problem
