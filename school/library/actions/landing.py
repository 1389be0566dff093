"""What was found in a file of another program, put into the library as drafts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from content_library import (
    About,
    Author,
    BadPicture,
    FileRole,
    PlacedFile,
    Purpose,
    Subject,
    Text,
    Unit,
    UnitKind,
    UploadError,
    drafts,
    interchange,
    packages,
    uploads,
)
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.files import scan, storage
from school.library.actions.placing import free_name, keep_picture
from school.library.actions.sheets import ask_for_sheets
from school.library.actions.writing import author_of
from school.library.interchange.sorting import sort_questions
from school.library.queries.reading import SLIDE_BREAK

SERVER = Author(None, "")
"""Who writes when a command brings a file: nobody of the school."""

_RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_KEY = re.compile(r"\(([0-9a-f]{64}\.\w+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Where the drafts are to stand, as the person who brings the file says."""

    subject: Subject
    year_from: int
    year_to: int
    licence: str = "own"
    by_category: bool = False
    """A test for each folder of questions, rather than one for the file."""


@dataclass(slots=True)
class Landed:
    """What became of a file."""

    units: list[Unit] = field(default_factory=list)
    imported: int = 0
    refused: list[interchange.Refusal] = field(default_factory=list)


Stored = Mapping[int, packages.SavedPackage]
"""The packages of a file by their place among its things."""


def store_packages(found: interchange.Found, folder: Path) -> Stored:
    """Store the parts of the packages that can be played, before the database is asked: they are many files."""
    return {
        place: packages.save(storage(), thing, folder)
        for place, thing in enumerate(found.things)
        if isinstance(thing, interchange.Package) and thing.files
    }


def land(
    actor: Actor | Author, found: interchange.Found, folder: Path, wanted: Wanted, stored: Stored | None = None
) -> Landed:
    """Make drafts of everything that can be held here; ``folder`` holds the pictures that were found.

    Packages that were not ``stored`` before are stored now.
    """
    stored = store_packages(found, folder) if stored is None else stored
    author = actor if isinstance(actor, Author) else author_of(actor)
    landing = _Landing(author, folder, wanted, found.format)
    landing.landed.refused.extend(found.refused)
    for place, thing in enumerate(found.things):
        landing.take(thing, stored.get(place))
    db.session.flush()
    return landing.landed


class _Landing:
    """One file on its way into the library."""

    def __init__(self, author: Author, folder: Path, wanted: Wanted, form: str) -> None:
        self._author = author
        self._folder = folder
        self._wanted = wanted
        self._format = form
        self.landed = Landed()

    def take(self, thing: interchange.Thing, stored: packages.SavedPackage | None = None) -> None:
        """One thing, as the unit that suits it."""
        if isinstance(thing, interchange.Test):
            for test in _split(thing) if self._wanted.by_category else [thing]:
                self._test(test)
        elif isinstance(thing, interchange.Text):
            self._text(thing)
        elif isinstance(thing, interchange.Slides):
            self._slides(thing)
        elif stored is not None:
            self._package(thing, stored)
        else:
            self._refuse(interchange.Why.PACKAGE_ELSEWHERE, thing.title)

    def _test(self, test: interchange.Test) -> None:
        sorted_ = sort_questions(test.questions)
        self.landed.refused.extend(sorted_.refused)
        self.landed.imported += sorted_.taken
        pictures = {one.key: one for question in test.questions for one in question.pictures}
        told = "\n\n".join(filter(None, (test.intro, *sorted_.told)))
        if sorted_.items:
            text = Text(title=test.title[:300] or "?", minutes=test.minutes, body_markdown=told, items=sorted_.items)
            self._write(UnitKind.TEST, text, pictures.values())
        elif told and not sorted_.open:
            self._write(UnitKind.TEXTBOOK, Text(title=test.title[:300] or "?", body_markdown=told), pictures.values())
        if sorted_.open:
            self._tasks(test.title, "" if sorted_.items else told, sorted_.open, pictures.values())

    def _tasks(
        self, title: str, told: str, questions: Sequence[interchange.Question], pictures: Iterable[interchange.Picture]
    ) -> None:
        """Questions that a teacher reads are an assignment: pupils answer with a text, a photo or a file."""
        numbered = len(questions) > 1
        parts = [
            f"### {n}\n\n{question.prompt}" if numbered else question.prompt for n, question in enumerate(questions, 1)
        ]
        rubrics = [question.answer.rubric for question in questions if isinstance(question.answer, interchange.Open)]
        details: dict[str, Any] = {"rubrics": rubrics} if any(rubrics) else {}
        body = "\n\n".join(filter(None, (told, *parts)))
        self._write(UnitKind.ASSIGNMENT, Text(title=title[:300] or "?", body_markdown=body, details=details), pictures)

    def _text(self, thing: interchange.Text) -> None:
        kind = UnitKind.ASSIGNMENT if thing.is_task else UnitKind.TEXTBOOK
        files = self._original(thing.original, thing.title, FileRole.ATTACHMENT if thing.markdown else FileRole.BODY)
        text = Text(title=thing.title[:300] or "?", body_markdown=thing.markdown, files=files)
        self._write(kind, text, thing.pictures, language=thing.language, author=thing.author)
        self.landed.imported += thing.parts

    def _slides(self, thing: interchange.Slides) -> None:
        files = self._original(thing.original, thing.title, FileRole.BODY)
        text = Text(
            title=thing.title[:300] or "?",
            body_markdown=SLIDE_BREAK.join(thing.slides),
            details={"slides": list(thing.slides)} if thing.slides else {},
            files=files,
        )
        self._write(UnitKind.PRESENTATION, text, thing.pictures, author=thing.author)
        self.landed.imported += 1

    def _package(self, thing: interchange.Package, stored: packages.SavedPackage) -> None:
        file = packages.note(db.session(), stored, clock.now())
        placed = PlacedFile(sha256=file.sha256, name=packages.file_name(thing), role=FileRole.BODY)
        text = Text(title=thing.title[:300] or "?", files=[placed])
        self._write(UnitKind.PACKAGE, text, (), language=thing.language)
        self.landed.imported += 1

    def _original(self, key: str, title: str, role: FileRole) -> list[PlacedFile]:
        """The file as it came, kept beside what was read of it."""
        if not key:
            return []
        ending = key.rpartition(".")[2]
        try:
            with (self._folder / key).open("rb") as source:
                name = f"{title}.{ending}"
                kept = uploads.accept(db.session(), storage(), source, name, Purpose.DOCUMENT, clock.now(), scan=scan())
        except (UploadError, OSError):
            self._refuse(interchange.Why.TOO_LARGE, title, limit=str(uploads.RULES[Purpose.DOCUMENT].limit // 1024**2))
            return []
        return [PlacedFile(sha256=kept.file.sha256, name=free_name(kept.name, set()), role=role)]

    def _write(
        self,
        kind: UnitKind,
        text: Text,
        pictures: Iterable[interchange.Picture],
        *,
        language: str = "",
        author: str = "",
    ) -> None:
        names, files = self._pictures(pictures, {file.name for file in text.files})
        said = _named(text.body_markdown, names)
        items = [replace(item, spec=_with_names(item.spec, names)) for item in text.items]
        details: dict[str, Any] = {key: [_named(one, names) for one in value] for key, value in text.details.items()}
        details["imported"] = {"format": self._format, "author": author}
        whole = f"{text.title} {said} {' '.join(str(item.spec.get('prompt', '')) for item in items)}"
        about = About(
            kind=kind,
            subject_id=self._wanted.subject.id,
            year_from=self._wanted.year_from,
            year_to=self._wanted.year_to,
            language=language if language in {"ru", "en"} else _language(whole),
            licence=self._wanted.licence,
        )
        written = replace(text, body_markdown=said, items=items, details=details, files=[*text.files, *files])
        writer = self._author if self._author.name else replace(self._author, name=author or "?")
        ask_for_sheets(written.files)
        self.landed.units.append(drafts.draft(db.session(), writer, about, written, clock.now()))

    def _pictures(
        self, pictures: Iterable[interchange.Picture], taken: set[str]
    ) -> tuple[dict[str, str], list[PlacedFile]]:
        """Names that the texts will call the pictures by, and the kept files."""
        names: dict[str, str] = {}
        files: list[PlacedFile] = []
        for picture in pictures:
            try:
                with (self._folder / picture.key).open("rb") as source:
                    kept = keep_picture(source, picture.name)
            except (UploadError, BadPicture, OSError):
                self._refuse(interchange.Why.BAD_PICTURE, picture.name)
                continue
            name = free_name(re.sub(r"[^\w.-]+", "-", kept.name), taken)
            taken.add(name)
            names[picture.key] = name
            files.append(PlacedFile(sha256=kept.file.sha256, name=name, role=FileRole.PICTURE, alt=picture.alt))
        return names, files

    def _refuse(self, why: interchange.Why, name: str, **values: str) -> None:
        self.landed.refused.append(interchange.Refusal(interchange.Place(name=name[:120]), why, values))


def _split(test: interchange.Test) -> list[interchange.Test]:
    """A test for each folder of questions, named after it."""
    folders: dict[tuple[str, ...], list[interchange.Question]] = {}
    for question in test.questions:
        folders.setdefault(question.category, []).append(question)
    return [
        replace(test, title=category[-1] if category else test.title, questions=tuple(questions))
        for category, questions in folders.items()
    ]


def _named(text: str, names: dict[str, str]) -> str:
    """Pictures by the names they got; one that was not kept leaves its words."""
    return _KEY.sub(lambda found: f"({names.get(found[1], 'picture')})", text)


def _with_names(spec: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """A task whose pictures are called by the names they got."""
    made: dict[str, Any] = {
        key: _named(value, names) if isinstance(value, str) else value for key, value in spec.items()
    }
    picture = made.get("picture")
    if picture:
        if picture["name"] in names:
            made["picture"] = picture | {"name": names[picture["name"]]}
        else:
            del made["picture"]
    return made


def _language(text: str) -> str:
    """Russian, or English when most letters are Latin."""
    return "en" if len(_LATIN.findall(text)) > len(_RUSSIAN.findall(text)) else "ru"
