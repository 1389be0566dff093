"""Moodle backups (.mbz): questions of the bank, pages, books, labels and assignments. Nothing of a pupil is read."""

import re
from collections.abc import Callable

from lxml import etree

from content_library.interchange.found import Found, Test, Text, Thing
from content_library.interchange.markup import markdown_of_html
from content_library.interchange.media import Media
from content_library.interchange.question import Question
from content_library.interchange.readers.moodle_bank import bank_questions
from content_library.interchange.reasons import Place, Refusal, Refused, Why
from content_library.interchange.safety.archives import Archive
from content_library.interchange.safety.xml import child, every, local, parse_xml, words
from content_library.interchange.source import Source

_MAIN = "moodle_backup.xml"
_ACTIVITY = re.compile(r"activities/([a-z_]+)_(\d+)/\1\.xml")
_MOST_FILES = 20_000


class MoodleBackup:
    """A backup of a course or of an activity."""

    format = "moodle_backup"

    def recognises(self, source: Source) -> bool:
        """Its main file."""
        return source.archive is not None and _MAIN in source.archive.names

    def read(self, source: Source, media: Media) -> Found:
        """Questions into one test for each of their categories' trees, pages one by one, the rest by name."""
        archive = source.archive
        if archive is None:
            raise Refused(Why.UNKNOWN_FORMAT)
        return _Backup(archive, media, source.stem).found()


class BackupFiles:
    """Pictures of a backup: by the part of Moodle they belong to and their name."""

    def __init__(self, archive: Archive, media: Media) -> None:
        self._archive = archive
        self._media = media
        self._hashes: dict[str, list[tuple[str, str]]] = {}
        if "files.xml" in archive.names:
            for one in every(parse_xml(archive.read("files.xml"), "files.xml"), "file")[:_MOST_FILES]:
                name = words(child(one, "filename"))
                self._hashes.setdefault(name, []).append(
                    (words(child(one, "itemid")), words(child(one, "contenthash")))
                )

    def namer(self, place: Place, item: str) -> Callable[[str, str], str]:
        """Keeps pictures of one text; ``item`` chooses among files of one name."""

        def picture(address: str, alt: str) -> str:
            name = address.rpartition("/")[2].partition("?")[0]
            found = self._hashes.get(name, [])
            digest = next((digest for its, digest in found if its == item), found[0][1] if found else "")
            part = f"files/{digest[:2]}/{digest}"
            if not re.fullmatch(r"[0-9a-f]{40}", digest) or part not in self._archive.names:
                self._media.refuse(Why.MISSING_FILE, place, name or address)
                return ""
            return self._media.keep(self._archive.read(part), name, alt, place)

        return picture


class _Backup:
    """One backup being read."""

    def __init__(self, archive: Archive, media: Media, title: str) -> None:
        self._archive = archive
        self._media = media
        main = parse_xml(archive.read(_MAIN), _MAIN)
        said = next(iter(every(main, "original_course_fullname")), None)
        self._title = words(said) or title
        self._files = BackupFiles(archive, media)
        self._things: list[Thing] = []
        self._refused: list[Refusal] = []

    def found(self) -> Found:
        """All of it."""
        self._take_questions()
        for name in sorted(self._archive.names):
            activity = _ACTIVITY.fullmatch(name)
            if activity:
                self._take_activity(name, activity[1])
        if not self._things and not self._refused:
            raise Refused(Why.NOTHING_FOUND)
        return Found(
            "moodle_backup", tuple(self._things), (*self._refused, *self._media.refused), frozenset(self._archive.names)
        )

    def _take_questions(self) -> None:
        if "questions.xml" not in self._archive.names:
            return
        root = parse_xml(self._archive.read("questions.xml"), "questions.xml")
        questions: list[Question] = []
        for number, (one, path) in enumerate(bank_questions(root), 1):
            place = Place(part="questions.xml", line=one.line, number=number, name=one.name)
            try:
                questions.append(one.question(self._files.namer(place, one.key), self._media, place, path))
            except Refused as problem:
                self._refused.append(problem.at(place))
        if questions:
            self._things.append(Test(title=self._title, questions=tuple(questions)))

    def _take_activity(self, part: str, kind: str) -> None:
        if kind == "quiz":
            return  # its questions are in the bank; a list of random ones is no question
        place = Place(part=part)
        try:
            root = parse_xml(self._archive.read(part), part)
            inner = next((one for one in root if local(one) == kind), None)
            read = _ACTIVITIES.get(kind)
            place = Place(part=part, name=words(child(inner, "name"))[:120])
            if inner is None or read is None:
                raise Refused(Why.RESOURCE_UNKNOWN, kind=kind)
            read(self, inner, part)
        except Refused as problem:
            self._refused.append(problem.at(place))

    def _text(self, element: etree._Element | None, part: str) -> str:
        source = "".join(element.itertext()) if element is not None else ""
        return markdown_of_html(source, self._files.namer(Place(part=part), "0"))

    def _add(self, title: str, markdown: str, *, is_task: bool = False) -> None:
        if not markdown.strip():
            raise Refused(Why.NOTHING_FOUND)
        pictures = self._media.named(markdown)
        self._things.append(Text(title=title or self._title, markdown=markdown, pictures=pictures, is_task=is_task))

    def page(self, element: etree._Element, part: str) -> None:
        """A page."""
        self._add(words(child(element, "name")), self._text(child(element, "content"), part))

    def label(self, element: etree._Element, part: str) -> None:
        """A text on the course's page."""
        self._add(words(child(element, "name")), self._text(child(element, "intro"), part))

    def assignment(self, element: etree._Element, part: str) -> None:
        """Something to do."""
        self._add(words(child(element, "name")), self._text(child(element, "intro"), part), is_task=True)

    def book(self, element: etree._Element, part: str) -> None:
        """Chapters in their order."""
        chapters = []
        for one in every(element, "chapter"):
            title = words(child(one, "title"))
            chapters.append(f"## {title}\n\n{self._text(child(one, 'content'), part)}")
        self._add(words(child(element, "name")), "\n\n".join(chapters))

    def link(self, element: etree._Element, part: str) -> None:
        """An address of the net."""
        address = words(child(element, "externalurl"))
        if not re.fullmatch(r"https?://[^\s()<>]+", address):
            raise Refused(Why.UNREADABLE)
        title = words(child(element, "name")).replace("[", "(").replace("]", ")")
        self._add(title, f"[{title}]({address})\n\n{self._text(child(element, 'intro'), part)}")


_ACTIVITIES: dict[str, Callable[[_Backup, etree._Element, str], None]] = {
    "page": _Backup.page,
    "label": _Backup.label,
    "assign": _Backup.assignment,
    "book": _Backup.book,
    "url": _Backup.link,
}
