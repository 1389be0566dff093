"""EPUB 3 and 2: the chapters in reading order as one text, the book itself kept beside it."""

import re

from lxml import etree

from content_library.interchange.found import Found, Text
from content_library.interchange.markup import markdown_of_html
from content_library.interchange.media import Media, PartPictures
from content_library.interchange.reasons import Place, Refusal, Refused, Why
from content_library.interchange.safety.archives import Archive, resolve
from content_library.interchange.safety.encoding import text_of
from content_library.interchange.safety.xml import child, every, local, parse_xml, words
from content_library.interchange.source import Source

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_SCRAMBLING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_BODY = re.compile(r"<(?:\w+:)?body[^>]*>(.*?)(?:</(?:\w+:)?body\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_PREFIX = re.compile(r"<(/?)[\w.-]+:(?=[a-z])")
_PAGE_BREAK = re.compile(
    r"<(span|div|hr|a|p)\b([^<>]{0,500}(?:pagebreak)[^<>]{0,500}?)(?:/>|>([^<>]{0,40})</\1\s*>)", re.IGNORECASE
)
"""Where a page of the paper book begins: ``epub:type="pagebreak"`` or ``role="doc-pagebreak"``."""
_PAGE_NUMBER = re.compile(r"""\b(?:title|aria-label)\s*=\s*["'][^"'\d]{0,20}(\d{1,4})["']""")
_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
_LONGEST = 8 * 1024 * 1024
_MOST_CHAPTERS = 3000
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class Epub:
    """EPUB."""

    format = "epub"

    def recognises(self, source: Source) -> bool:
        """A container that names a book."""
        archive = source.archive
        return archive is not None and (_CONTAINER in archive.names or (source.ending == "epub"))

    def read(self, source: Source, media: Media) -> Found:
        """One book."""
        archive = source.archive
        if archive is None or _CONTAINER not in archive.names:
            raise Refused(Why.BAD_PACKAGE, Place(part=_CONTAINER))
        _look_for_locks(archive)
        opf = _opf_of(archive)
        root = parse_xml(archive.read(opf), opf)
        book = _Book(archive, opf, root, media)
        markdown, refused = book.text()
        original = "" if source.is_folder else media.whole(source.data, "epub")
        if not markdown and not book.chapters:
            raise Refused(Why.NOTHING_FOUND)
        text = Text(
            title=book.said("title") or source.stem,
            markdown=markdown,
            pictures=media.named(markdown),
            original=original,
            language=book.language,
            author=", ".join(words(one) for one in every(root, "creator"))[:200],
        )
        return Found(self.format, (text,), (*refused, *media.refused), frozenset(archive.names))


class _Book:
    """The package document, and what it leads to."""

    def __init__(self, archive: Archive, opf: str, root: etree._Element, media: Media) -> None:
        self._archive = archive
        self._opf = opf
        self._root = root
        self._media = media
        self._items = {one.get("id", ""): one for one in every(root, "item")}
        spine = child(root, "spine")
        if spine is None:
            raise Refused(Why.BAD_PACKAGE, Place(part=opf))
        refs = [one.get("idref", "") for one in every(spine, "itemref")]
        self.chapters = [self._items[ref] for ref in refs if ref in self._items][:_MOST_CHAPTERS]
        if not self.chapters:
            raise Refused(Why.NOTHING_FOUND, Place(part=opf))

    def said(self, name: str) -> str:
        """A line of the book's description."""
        found = every(self._root, name)
        return words(found[0])[:300] if found else ""

    @property
    def language(self) -> str:
        """Two or three letters, or nothing."""
        found = _LANGUAGE.match(self.said("language").lower())
        return found[0] if found else ""

    def text(self) -> tuple[str, list[Refusal]]:
        """All chapters, and those that can't be read."""
        titles = self._titles()
        chapters: list[str] = []
        refused: list[Refusal] = []
        for number, item in enumerate(self.chapters, 1):
            href = item.get("href", "")
            place = Place(part=href[:200], number=number)
            try:
                part = resolve(self._archive, self._opf, href)
                if part is None:
                    raise Refused(Why.MISSING_FILE)
                chapter = self._chapter(part, item.get("media-type", ""), titles.get(part, ""))
            except Refused as problem:
                refused.append(problem.at(place))
                continue
            if chapter:
                chapters.append(chapter)
        if refused and len(refused) == len(self.chapters):
            raise Refused(refused[0].why, refused[0].place, **refused[0].values)
        return "\n\n".join(chapters), refused

    def _chapter(self, part: str, kind: str, title: str) -> str:
        data = self._archive.read(part, _LONGEST)
        picture = PartPictures(self._media, self._archive, part)
        if kind.startswith("image/") and "svg" not in kind:
            key = picture(part.rpartition("/")[2], title)
            return f"![{title}]({key})" if key else ""
        root = parse_xml(data, part)
        if local(root) == "svg":
            return "\n\n".join(dict.fromkeys(filter(None, map(words, every(root, "title", "text")))))
        if "html" not in kind and local(root) != "html":
            raise Refused(Why.RESOURCE_UNKNOWN, kind=kind[:60] or "?")
        source = text_of(data)
        body = _BODY.search(source)
        marked = _PAGE_BREAK.sub(self._page, body[1] if body else source)
        markdown = markdown_of_html(_PREFIX.sub(r"<\1", marked), picture)
        if title and markdown and not _HEADING.search(markdown):
            return f"## {title}\n\n{markdown}"
        return markdown

    def _page(self, found: re.Match[str]) -> str:
        """The mark of a paper page, as authors write it by hand; a page without a number is none."""
        number = _PAGE_NUMBER.search(found[2]) or re.search(r"\d{1,4}", found[3] or "")
        if number is None:
            return ""
        return f"<p>[{'стр.' if self.language == 'ru' else 'p.'} {number[number.lastindex or 0]}]</p>"

    def _titles(self) -> dict[str, str]:
        """Titles of chapters by the book's own contents."""
        titles: dict[str, str] = {}
        navigation = next((one for one in self._items.values() if "nav" in (one.get("properties") or "").split()), None)
        href = navigation.get("href", "") if navigation is not None else ""
        part = resolve(self._archive, self._opf, href) if href else None
        if part is None:
            return titles
        try:
            root = parse_xml(self._archive.read(part, _LONGEST), part)
        except Refused:
            return titles  # a book may be read without its contents
        for link in every(root, "a"):
            meant = resolve(self._archive, part, link.get("href", ""))
            if meant and "#" not in link.get("href", ""):
                titles.setdefault(meant, words(link)[:200])
        return titles


def _look_for_locks(archive: Archive) -> None:
    """Scrambled fonts hinder nobody; anything else locked does."""
    if _ENCRYPTION not in archive.names:
        return
    root = parse_xml(archive.read(_ENCRYPTION), _ENCRYPTION)
    for method in every(root, "EncryptionMethod"):
        if method.get("Algorithm") not in _FONT_SCRAMBLING:
            raise Refused(Why.ENCRYPTED)


def _opf_of(archive: Archive) -> str:
    root = parse_xml(archive.read(_CONTAINER), _CONTAINER)
    for one in every(root, "rootfile"):
        part = resolve(archive, "x", one.get("full-path", ""))
        if part is not None:
            return part
    raise Refused(Why.BAD_PACKAGE, Place(part=_CONTAINER))
