"""OLX: courses and libraries of Open edX. Problems and pages come in; Python of a problem is never run."""

import re

from lxml import etree

from content_library.interchange.found import Found, Test, Text, Thing
from content_library.interchange.media import Media, PartPictures
from content_library.interchange.question import Question
from content_library.interchange.readers.olx_problem import problem_questions
from content_library.interchange.readers.pages import page_of, page_of_html
from content_library.interchange.reasons import Place, Refusal, Refused, Why
from content_library.interchange.safety.archives import Archive, Below
from content_library.interchange.safety.xml import line_of, local, parse_xml
from content_library.interchange.source import Source

_FOLDERS = {
    "course",
    "chapter",
    "sequential",
    "vertical",
    "wrapper",
    "library",
    "split_test",
    "conditional",
    "randomize",
    "library_content",
}
_QUIET = {"wiki_slug", "wiki", "textbook", "about", "policies", "grading_policy"}
_PROBLEM = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<problem[\s>]", re.DOTALL)
_MOST_BLOCKS = 20_000
_DEEPEST = 12


class Olx:
    """A course, a library, or a single problem."""

    format = "olx"

    def recognises(self, source: Source) -> bool:
        """A course or a library at the top of an archive, or a problem."""
        if source.archive is not None:
            return _top(source.archive) is not None
        return source.looks_like_xml and bool(_PROBLEM.search(source.head))

    def read(self, source: Source, media: Media) -> Found:
        """Problems by their place in the course, and pages."""
        if source.archive is None:
            if source.root is None:
                raise Refused(Why.UNKNOWN_FORMAT)
            return self._alone(source.root, source, media)
        top = _top(source.archive)
        if top is None:
            raise Refused(Why.UNKNOWN_FORMAT)
        folder, name = top
        course = _Course(Below(source.archive, folder), media)
        course.walk(name, source.stem)
        return course.found(self.format, source.archive.names)

    def _alone(self, root: etree._Element, source: Source, media: Media) -> Found:
        title = root.get("display_name") or source.stem
        picture = PartPictures(media, source.neighbours, source.name)
        try:
            questions = problem_questions(root, picture, media, Place(number=1, line=line_of(root), name=title[:120]))
        except Refused as problem:
            return Found(self.format, (), (problem.at(Place(number=1, name=title[:120])), *media.refused))
        return Found(self.format, (Test(title=title, questions=tuple(questions)),), media.refused)


def _top(archive: Archive) -> tuple[str, str] | None:
    """The folder of the course and the name of its first file."""
    for name in ("course.xml", "library.xml"):
        found = [one for one in archive.names if one.rpartition("/")[2] == name and one.count("/") <= 2]
        for one in sorted(found, key=len):
            head = archive.read(one)[:4000]
            if re.search(rb"<(course|library)[\s>][^>]*(url_name|org|xblock-family)", head):
                return one.rpartition("/")[0], name
    return None


class _Course:
    """One course being read."""

    def __init__(self, archive: Archive, media: Media) -> None:
        self._archive = archive
        self._media = media
        self._tests: dict[str, list[Question]] = {}
        self._pages: list[Text] = []
        self._refused: list[Refusal] = []
        self._problems = 0
        self._seen: set[tuple[str, str]] = set()

    def walk(self, name: str, title: str) -> None:
        """From the first file down."""
        root = parse_xml(self._archive.read(name), name)
        self._title = root.get("display_name") or title
        self._block(root, name, (), 0)

    def found(self, name: str, names: list[str]) -> Found:
        """All of it."""
        things: list[Thing] = [
            Test(title=title, questions=tuple(questions)) for title, questions in self._tests.items()
        ]
        things += self._pages
        if not things and not self._refused:
            raise Refused(Why.NOTHING_FOUND)
        return Found(name, tuple(things), (*self._refused, *self._media.refused), frozenset(names))

    def _block(self, element: etree._Element, part: str, path: tuple[str, ...], depth: int) -> None:
        kind, key = local(element), element.get("url_name", "")
        if kind in _QUIET or depth > _DEEPEST or len(self._seen) > _MOST_BLOCKS:
            return
        element, part = self._pointed(element, part, kind, key)
        if (kind, key) in self._seen and key:
            return
        self._seen.add((kind, key or f"{part}:{line_of(element)}"))
        title = element.get("display_name") or ""
        place = Place(part=part, line=line_of(element), name=(title or key)[:120])
        if kind in _FOLDERS:
            self._title = title if title and not depth else self._title
            for one in element:
                if local(one):
                    self._block(one, part, (*path, title) if title and kind != "vertical" else path, depth + 1)
            return
        try:
            self._leaf(kind, element, part, path, place)
        except Refused as problem:
            self._refused.append(problem.at(place))

    def _pointed(self, element: etree._Element, part: str, kind: str, key: str) -> tuple[etree._Element, str]:
        """A block may stand in a file of its own, named after it."""
        own = f"{kind}/{key}.xml"
        if not key or len(element) or (element.text or "").strip() or own not in self._archive.names:
            return element, part
        try:
            return parse_xml(self._archive.read(own), own), own
        except Refused as problem:
            self._refused.append(problem.at(Place(part=own, name=key[:120])))
            return etree.Element("wrapper"), own

    def _leaf(self, kind: str, element: etree._Element, part: str, path: tuple[str, ...], place: Place) -> None:
        if kind == "problem":
            self._problems += 1
            picture = PartPictures(self._media, self._archive, part, ("", "static"))
            where = Place(part=place.part, line=place.line, number=self._problems, name=place.name)
            questions = problem_questions(element, picture, self._media, where)
            self._tests.setdefault(path[-1] if path else self._title, []).extend(questions)
        elif kind == "html":
            self._pages.append(self._page(element, part, place))
        else:
            raise Refused(Why.RESOURCE_UNKNOWN, kind=kind[:40])

    def _page(self, element: etree._Element, part: str, place: Place) -> Text:
        title = element.get("display_name") or self._title
        file = element.get("filename")
        if file and f"html/{file}.html" in self._archive.names:
            return page_of(self._archive, f"html/{file}.html", self._media, title)
        inner = "".join(etree.tostring(one, encoding="unicode") for one in element)
        return page_of_html(f"{element.text or ''}{inner}", self._archive, part, self._media, title)
