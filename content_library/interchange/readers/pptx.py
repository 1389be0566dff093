"""PPTX: each slide as text, lists, tables and pictures, in our own slides."""

import io
import zipfile

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.shapes.base import BaseShape
from pptx.slide import Slide

from content_library.interchange.found import Found, Slides
from content_library.interchange.markup import markdown_of_text
from content_library.interchange.media import Media
from content_library.interchange.readers.office import check_office
from content_library.interchange.reasons import Place, Refusal, Refused, Why
from content_library.interchange.source import Source

_DEEPEST = 8
_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
_FURNITURE = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}


class Pptx:
    """PPTX."""

    format = "pptx"

    def recognises(self, source: Source) -> bool:
        """A presentation in a zip."""
        return not source.is_folder and source.archive is not None and "ppt/presentation.xml" in source.archive.names

    def read(self, source: Source, media: Media) -> Found:
        """One presentation."""
        return read_pptx(source.data, source.stem, media)


def read_pptx(data: bytes, title: str, media: Media) -> Found:
    """A presentation. Raises ``Refused``."""
    check_office(data)
    try:
        deck = Presentation(io.BytesIO(data))
        slides, refused = [], []
        for number, slide in enumerate(deck.slides, 1):
            text = _slide(slide, media, number)
            if text:
                slides.append(text)
            else:
                refused.append(Refusal(Place(number=number), Why.NOTHING_FOUND))
        said = deck.core_properties.title or ""
    except (PythonPptxError, KeyError, ValueError, AttributeError, TypeError, zipfile.BadZipFile, RecursionError):
        raise Refused(Why.UNREADABLE) from None
    if not slides:
        raise Refused(Why.NOTHING_FOUND)
    pictures = media.named("\n".join(slides))
    generic = said.strip().lower() in {"", "powerpoint presentation", "презентация powerpoint"}
    made = Slides(title=title if generic else said.strip()[:300], slides=tuple(slides), pictures=pictures)
    return Found("pptx", (made,), (*refused, *media.refused))


def _slide(slide: Slide, media: Media, number: int) -> str:
    heading = slide.shapes.title
    parts = [
        f"## {' '.join(heading.text_frame.text.split())}"
        if heading is not None and heading.text_frame.text.strip()
        else ""
    ]
    shapes = sorted(
        (one for one in slide.shapes if one.shape_id != (heading.shape_id if heading is not None else -1)), key=_place
    )
    parts += [_shape(one, media, number, 0) for one in shapes]
    return "\n\n".join(part for part in parts if part.strip())


def _place(shape: BaseShape) -> tuple[int, int]:
    """As people read: from the top, then from the left."""
    return (int(shape.top or 0) // 500_000, int(shape.left or 0))


def _shape(shape: BaseShape, media: Media, number: int, depth: int) -> str:
    if shape.is_placeholder and shape.placeholder_format.type in _FURNITURE:
        return ""
    if shape.shape_type == MSO_SHAPE_TYPE.GROUP and depth < _DEEPEST:
        return "\n\n".join(filter(None, (_shape(one, media, number, depth + 1) for one in shape.shapes)))  # type: ignore[attr-defined]
    if shape.has_text_frame:
        return _text(shape)
    if getattr(shape, "has_table", False):
        return _table(shape)
    image = (
        getattr(shape, "image", None)
        if shape.shape_type in {MSO_SHAPE_TYPE.PICTURE, MSO_SHAPE_TYPE.PLACEHOLDER}
        else None
    )
    if image is None:
        return ""
    alt = " ".join((shape._element._nvXxPr.cNvPr.get("descr") or "").split())  # noqa: SLF001 - there is no other door to it
    key = media.keep(image.blob, image.filename or f"slide-{number}", alt, Place(number=number))
    return f"![{alt.replace('[', '(').replace(']', ')')}]({key})" if key else ""


def _text(shape: BaseShape) -> str:
    """Paragraphs; several of a body are a list, as they look on the slide."""
    paragraphs = [(one.level, markdown_of_text(" ".join(one.text.split()))) for one in shape.text_frame.paragraphs]  # type: ignore[attr-defined]
    said = [(level, text) for level, text in paragraphs if text]
    is_list = len(said) > 1 and shape.is_placeholder and shape.placeholder_format.type not in _TITLES
    if not is_list:
        return "\n\n".join(text for _, text in said)
    return "\n".join(f"{'  ' * min(level, 4)}- {text}" for level, text in said)


def _table(shape: BaseShape) -> str:
    rows = [[" ".join(cell.text.split()).replace("|", "\\|") for cell in row.cells] for row in shape.table.rows]  # type: ignore[attr-defined]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    if lines:
        lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)
