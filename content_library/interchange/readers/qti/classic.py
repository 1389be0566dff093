"""QTI 1.2: tests and item banks of Canvas, Common Cartridge and older programs."""

import re

from lxml import etree

from content_library.interchange.found import Found, Test
from content_library.interchange.markup import markdown_of_html
from content_library.interchange.media import Media, PartPictures
from content_library.interchange.question import Question
from content_library.interchange.readers.qti.classic_item import ClassicItem
from content_library.interchange.reasons import Place, Refusal, Refused, Why
from content_library.interchange.safety.archives import Archive
from content_library.interchange.safety.xml import child, children, every, line_of, local, parse_xml, words
from content_library.interchange.source import Source

_ROOT = re.compile(rb"<(?:[\w.-]+:)?questestinterop[\s>]")


class Qti1:
    """A file of QTI 1.2."""

    format = "qti-1.2"

    def recognises(self, source: Source) -> bool:
        """Its root."""
        return not source.is_folder and source.looks_like_xml and bool(_ROOT.search(source.head))

    def read(self, source: Source, media: Media) -> Found:
        """All items of the file."""
        if source.root is None:
            raise Refused(Why.UNKNOWN_FORMAT)
        test, refused = read_root(source.root, source.neighbours, source.name, media, source.stem, is_part=False)
        if not test.questions and not refused:
            raise Refused(Why.NOTHING_FOUND)
        return Found(self.format, (test,) if test.questions else (), (*refused, *media.refused))


def read_part(archive: Archive, part: str, media: Media, title: str) -> tuple[Test, list[Refusal]]:
    """The questions of a part of a package."""
    return read_root(parse_xml(archive.read(part), part), archive, part, media, title, is_part=True)


def read_root(
    root: etree._Element, archive: Archive, part: str, media: Media, title: str, *, is_part: bool
) -> tuple[Test, list[Refusal]]:
    """The questions of a document."""
    questions: list[Question] = []
    refused: list[Refusal] = []
    picture = PartPictures(media, archive, part, ("", "web_resources"))
    whole = next(iter(every(root, "assessment", "objectbank")), None)
    for number, element in enumerate(every(root, "item"), 1):
        place = Place(
            part=part if is_part else "", line=line_of(element), number=number, name=element.get("title", "")[:120]
        )
        try:
            questions.append(ClassicItem(element, media, picture, place).question(_sections(element)))
        except Refused as problem:
            refused.append(problem.at(place))
    titled = (whole.get("title") if whole is not None else "") or _bank_title(whole) or title
    intro = (
        markdown_of_html(words(child(child(whole, "presentation_material"), "flow_mat"))) if whole is not None else ""
    )
    return Test(title=titled, questions=tuple(questions), intro=intro, minutes=_minutes(whole)), refused


def _sections(item: etree._Element) -> tuple[str, ...]:
    """Titles of the sections around an item, the outermost first."""
    titles = [one.get("title", "") for one in item.iterancestors() if local(one) == "section"]
    return tuple(title for title in reversed(titles) if title)


def _bank_title(whole: etree._Element | None) -> str:
    for field in every(whole, "qtimetadatafield") if whole is not None else ():
        if words(child(field, "fieldlabel")) == "bank_title":
            return words(child(field, "fieldentry"))
    return ""


def _minutes(whole: etree._Element | None) -> int:
    for meta in children(whole, "qtimetadata") if whole is not None else ():
        for field in every(meta, "qtimetadatafield"):
            if words(child(field, "fieldlabel")) in {"qmd_timelimit", "cc_timelimit"}:
                said = words(child(field, "fieldentry"))
                return min(int(said), 600) if said.isdigit() else 0
    return 0
