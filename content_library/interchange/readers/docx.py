"""DOCX: tests written in Word (numbered questions, lettered options, the right ones marked), or else a text to read.

A right option is marked by a plus or an asterisk before it, by bold, underlined, coloured or highlighted letters, or by a
line «Ответ: б»; a list of answers may also stand at the end of the document.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from docx import Document
from docx.document import Document as DocumentType
from docx.opc.exceptions import OpcError, PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from content_library.interchange.figures import number_in
from content_library.interchange.found import Found, Test, Text
from content_library.interchange.markup import markdown_of_text
from content_library.interchange.media import Media
from content_library.interchange.question import (
    FULL,
    NONE,
    Accepted,
    Answer,
    Choice,
    Number,
    Open,
    Option,
    Question,
    Span,
    Words,
)
from content_library.interchange.readers.office import check_office
from content_library.interchange.reasons import Place, Refusal, Refused, Why
from content_library.interchange.source import Source

_NUMBERED = re.compile(
    r"(?:(?:Вопрос|Задание|Question)\s*(?:№\s*)?)?(\d{1,3})\s*[.)](?!\d)\s*(.*)|(?:Вопрос|Задание|Question)\s*(?:№\s*)?(\d{1,3})\s*[.:]?\s*(.*)",
    re.DOTALL,
)
_LETTERED = re.compile(r"([+*✓✔]?)\s*([A-Za-zА-Яа-яЁё])\s*[.)]\s+(.*)|([+*✓✔])\s*(.+)|[-–•]\s+(.*)", re.DOTALL)
_ANSWER = re.compile(r"(?:Правильн\w+\s+)?(?:Ответы?|Answers?|Key)\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
_KEYS = re.compile(r"(?:Ответы|Ключи?|Answers|Keys?)\s*[:.]?\s*(.*)", re.IGNORECASE | re.DOTALL)
_KEY_PAIR = re.compile(r"(\d{1,3})\s*[-–—.):]\s*([^,;\n]+)")
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"


class Docx:
    """DOCX."""

    format = "docx"

    def recognises(self, source: Source) -> bool:
        """A text document in a zip."""
        return not source.is_folder and source.archive is not None and "word/document.xml" in source.archive.names

    def read(self, source: Source, media: Media) -> Found:
        """A test when the document is one, else a text."""
        return read_docx(source.data, source.stem, media)


@dataclass
class _Line:
    """One paragraph as a test sees it."""

    text: str
    level: int
    """Level of its automatic number; -1 without one."""
    is_marked: bool
    pictures: str = ""


@dataclass
class _Draft:
    """A question being gathered."""

    number: int
    prompt: list[str]
    options: list[tuple[str, str, bool]] = field(default_factory=list)
    key: str = ""
    is_by_hand: bool = False
    """Its number is typed, so automatic lists are its options."""


def read_docx(data: bytes, title: str, media: Media) -> Found:
    """A document. Raises ``Refused``."""
    check_office(data)
    try:
        document = Document(io.BytesIO(data))
        lines = list(_lines(document, media))
        title = (document.core_properties.title or "").strip()[:300] or title
        drafts = _drafts(lines)
        if sum(bool(draft.options or draft.key) for draft in drafts) >= max(1, len(drafts) // 2):
            return _test(drafts, title, media)
        markdown = _markdown(document, media)
    except (
        OpcError,
        PackageNotFoundError,
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        zipfile.BadZipFile,
        RecursionError,
    ):
        raise Refused(Why.UNREADABLE) from None
    if not markdown:
        raise Refused(Why.NOTHING_FOUND)
    return Found("docx", (Text(title=title, markdown=markdown, pictures=media.named(markdown)),), media.refused)


def _lines(document: DocumentType, media: Media) -> Iterator[_Line]:
    common = _common_look(document)
    for number, paragraph in enumerate(document.paragraphs, 1):
        pictures = _pictures(document, paragraph, media, number)
        for at, text in enumerate(paragraph.text.split("\n")):
            if text.strip() or (pictures and not at):
                yield _Line(
                    " ".join(text.split()), _level(paragraph), _is_marked(paragraph, common), pictures if not at else ""
                )


def _level(paragraph: Paragraph) -> int:
    numbers = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")  # noqa: SLF001 - the library does not show lists
    if numbers is None:
        return -1
    level = numbers.find(qn("w:ilvl"))
    return int(level.get(qn("w:val"), "0")) if level is not None else 0


def _looks(paragraph: Paragraph) -> set[str]:
    """How all the letters of a paragraph look."""
    runs = [run for run in paragraph.runs if re.search(r"\w", run.text)]
    looks: set[str] = set()
    if runs:
        looks |= {"bold"} if all(run.bold for run in runs) else set()
        looks |= {"underline"} if all(run.underline for run in runs) else set()
        looks |= {"highlight"} if all(run.font.highlight_color is not None for run in runs) else set()
        colours = {
            str(run.font.color.rgb) for run in runs if run.font.color is not None and run.font.color.type is not None
        }
        looks |= {"colour"} if colours and not colours & {"000000", "None", "auto"} else set()
    return looks


def _common_look(document: DocumentType) -> set[str]:
    """Looks of most paragraphs: what everything has marks nothing."""
    counted: dict[str, int] = {}
    paragraphs = [one for one in document.paragraphs if one.text.strip()]
    for paragraph in paragraphs:
        for look in _looks(paragraph):
            counted[look] = counted.get(look, 0) + 1
    return {look for look, count in counted.items() if count * 2 > len(paragraphs)}


def _is_marked(paragraph: Paragraph, common: set[str]) -> bool:
    return bool(_looks(paragraph) - common)


def _drafts(lines: list[_Line]) -> list[_Draft]:
    """Questions in their order; the keys at the end of the document are put to them."""
    drafts: list[_Draft] = []
    for at, line in enumerate(lines):
        answer, keys = _ANSWER.fullmatch(line.text), _KEYS.fullmatch(line.text)
        if drafts and keys and (_KEY_PAIR.search(keys[1]) or not keys[1]) and _has_keys(lines[at:], drafts):
            _put_keys("\n".join(one.text for one in lines[at:]), drafts)
            break
        if drafts and answer:
            drafts[-1].key = answer[1].strip()
            continue
        _take(line, drafts)
    return drafts


def _take(line: _Line, drafts: list[_Draft]) -> None:
    numbered, lettered = _NUMBERED.fullmatch(line.text), _LETTERED.fullmatch(line.text)
    by_hand = bool(drafts) and drafts[0].is_by_hand
    is_option = bool(lettered) or line.level > 0 or (line.level == 0 and by_hand)
    if numbered and line.level < 0 and not (lettered and lettered[4]):
        number, text = numbered[1] or numbered[3], numbered[2] if numbered[1] else numbered[4]
        drafts.append(_Draft(int(number), [text, line.pictures], is_by_hand=True))
    elif drafts and is_option:
        mark, letter, text = ("", "", line.text)
        if lettered:
            mark, letter = lettered[1] or lettered[4] or "", (lettered[2] or "").lower()
            text = lettered[3] or lettered[5] or lettered[6] or ""
        drafts[-1].options.append(
            (letter or "абвгдежзиклмн"[len(drafts[-1].options) % 13], text, bool(mark) or line.is_marked)
        )
    elif line.level == 0:
        drafts.append(_Draft(len(drafts) + 1, [line.text, line.pictures]))
    elif drafts and not drafts[-1].options:
        drafts[-1].prompt += [line.text, line.pictures]


def _has_keys(lines: list[_Line], drafts: list[_Draft]) -> bool:
    found = {int(number) for number, _ in _KEY_PAIR.findall("\n".join(line.text for line in lines))}
    return len(found & {draft.number for draft in drafts}) * 2 > len(drafts)


def _put_keys(text: str, drafts: list[_Draft]) -> None:
    by_number = {draft.number: draft for draft in drafts}
    for number, key in _KEY_PAIR.findall(text):
        if int(number) in by_number:
            by_number[int(number)].key = key.strip(" .")


def _test(drafts: list[_Draft], title: str, media: Media) -> Found:
    questions: list[Question] = []
    refused: list[Refusal] = []
    for draft in drafts:
        prompt = "\n\n".join(
            markdown_of_text(part) if not part.startswith("![") else part for part in draft.prompt if part
        )
        place = Place(number=draft.number, name=prompt[:80])
        try:
            if not prompt:
                raise Refused(Why.NO_PROMPT)
            answer = _answer(draft)
            questions.append(Question(prompt=prompt, answer=answer, number=draft.number, pictures=media.named(prompt)))
        except Refused as problem:
            refused.append(problem.at(place))
    tests = (Test(title=title, questions=tuple(questions)),) if questions else ()
    return Found("docx", tests, (*refused, *media.refused))


def _answer(draft: _Draft) -> Answer:
    if draft.options:
        named = set(re.findall(r"[a-zа-яё]", draft.key.lower())) if draft.key else set()
        right = [
            letter in named or text == draft.key or (marked and not draft.key) for letter, text, marked in draft.options
        ]
        count = sum(right)
        if not count:
            raise Refused(Why.NO_KEY)
        if count == len(right):
            raise Refused(Why.ALL_RIGHT)
        options = tuple(
            Option(text=text, share=FULL / count if is_right else NONE)
            for (_, text, _), is_right in zip(draft.options, right, strict=True)
        )
        return Choice(options=options, many=count > 1, all_or_nothing=count > 1)
    if not draft.key:
        return Open()
    value = number_in(draft.key)
    if value is not None:
        return Number(spans=(Span(value=value),))
    return Words(accepted=tuple(Accepted(text=part.strip()) for part in re.split(r"[;|/]", draft.key) if part.strip()))


def _markdown(document: DocumentType, media: Media) -> str:
    """The document as a text to read."""
    blocks: list[str] = []
    for number, block in enumerate(document.iter_inner_content(), 1):
        if isinstance(block, Table):
            blocks.append(_table(block))
            continue
        text, style = (
            markdown_of_text(" ".join(block.text.split())),
            (block.style.name or "") if block.style is not None else "",
        )
        heading = re.fullmatch(r"(?:Heading|Заголовок) (\d)", style)
        level = _level(block)
        if text and (heading or style == "Title"):
            blocks.append(f"{'#' * (min(int(heading[1]) + 1, 6) if heading else 2)} {text}")
        elif text and level >= 0:
            blocks.append(f"{'  ' * level}- {text}")
        elif text:
            blocks.append(text)
        blocks.append(_pictures(document, block, media, number))
    return re.sub(r"(?m)^(\s*- .*)\n\n(?=\s*- )", r"\1\n", "\n\n".join(block for block in blocks if block))


def _table(table: Table) -> str:
    rows = [[" ".join(cell.text.split()).replace("|", "\\|") for cell in row.cells] for row in table.rows]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    if lines:
        lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def _pictures(document: DocumentType, paragraph: Paragraph, media: Media, number: int) -> str:
    made = []
    for blip in paragraph._p.iter(_PICTURE):  # noqa: SLF001 - the library shows pictures only by the whole document
        part = document.part.related_parts.get(blip.get(qn("r:embed"), ""))
        if part is None:
            continue
        described = [one.get("descr") for one in paragraph._p.iter(qn("wp:docPr"))]  # noqa: SLF001
        alt = " ".join((next((one for one in described if one), "") or "").replace("[", "(").replace("]", ")").split())
        key = media.keep(part.blob, part.partname.rpartition("/")[2], alt, Place(number=number))
        if key:
            made.append(f"![{alt}]({key})")
    return "\n\n".join(made)
