"""cmi5: a course structure in a zip or in a file of its own, held to the rules of the standard (sections 13 and 14)."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from content_library.interchange.found import Found, Package, Scene
from content_library.interchange.media import Media
from content_library.interchange.readers.packages import files_of
from content_library.interchange.reasons import Place, Refusal, Refused, Why
from content_library.interchange.safety.archives import Archive, resolve
from content_library.interchange.safety.xml import child, every, local, parse_xml, words
from content_library.interchange.source import Source

MOST_UNITS = 1000
STRUCTURE = "cmi5.xml"
_OWN_WORDS = {"endpoint", "fetch", "actor", "registration", "activityid"}
"""Of the address that a unit is opened by: whoever opens it says these (section 8.1)."""
_CHOICES = {
    "moveOn": {"NotApplicable", "Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed"},
    "launchMethod": {"OwnWindow", "AnyWindow"},
}


class Cmi5:
    """cmi5."""

    format = "cmi5"

    def recognises(self, source: Source) -> bool:
        """A course structure."""
        if source.archive is not None:
            return STRUCTURE in source.archive.names
        return source.looks_like_xml and b"<courseStructure" in source.data[:20_000]

    def read(self, source: Source, media: Media) -> Found:
        """The course, with those of its units that lie in the file; the others are named."""
        archive = source.archive
        root = parse_xml(archive.read(STRUCTURE), STRUCTURE) if archive is not None else source.root
        if root is None or local(root) != "courseStructure":
            raise Refused(Why.BAD_PACKAGE, Place(part=STRUCTURE))
        course = child(root, "course")
        if course is None or not _is_iri(course.get("id", "")):
            raise Refused(Why.BAD_PACKAGE, Place(name=course.get("id", "")[:120] if course is not None else "course"))
        units = every(root, "au")
        if not units:
            raise Refused(Why.NO_LAUNCH)
        if len(units) > MOST_UNITS:
            raise Refused(Why.TOO_MANY_PARTS)
        _no_doubles(units, every(root, "block"), every(root, "objective"))
        _are_whole([course, *units, *every(root, "block")])
        scenes, refused, launch = [], [], ""
        for number, unit in enumerate(units, 1):
            address = words(child(unit, "url"))
            path = _can_open(unit, address, archive)
            launch = launch or address
            if path is None:
                refused.append(Refusal(Place(name=_title(unit)[:120]), Why.PACKAGE_ELSEWHERE))
            else:
                query = urlsplit(address).query
                scenes.append(Scene(str(number), _title(unit)[:200], f"{path}?{query}" if query else path))
        package = Package(
            title=(_title(course) or source.stem)[:300],
            standard="cmi5",
            launch=scenes[0].address if scenes else launch,
            scenes=tuple(scenes),
            files=files_of(archive, media) if archive is not None and scenes else (),
        )
        # Where nothing of it lies in the file, the whole says so once.
        return Found(
            self.format,
            (package,),
            tuple(refused) if scenes else (),
            frozenset(archive.names) if archive is not None else frozenset(),
        )


def _title(one: etree._Element) -> str:
    title = child(one, "title")
    said = every(title, "langstring") if title is not None else []
    return words(said[0]) if said else ""


def _is_iri(text: str) -> bool:
    parts = urlsplit(text.strip())
    return bool(parts.scheme and (parts.netloc or parts.path) and re.fullmatch(r"[A-Za-z][\w+.-]*:\S+", text.strip()))


def _no_doubles(*groups: Sequence[etree._Element]) -> None:
    for group in groups:
        seen: set[str] = set()
        for one in group:
            name = one.get("id", "")
            if not name and one.get("idref"):  # an objective that is only pointed to
                continue
            if name in seen or not _is_iri(name):
                raise Refused(Why.BAD_PACKAGE, Place(name=name[:120]))
            seen.add(name)


def _are_whole(parts: Sequence[etree._Element]) -> None:
    """What the schema of the structure asks of each: a title and a description, and words that it knows."""
    for one in parts:
        place = Place(name=one.get("id", "")[:120])
        if child(one, "title") is None or child(one, "description") is None:
            raise Refused(Why.BAD_PACKAGE, place)
        if any(one.get(name, next(iter(known))) not in known for name, known in _CHOICES.items()):
            raise Refused(Why.BAD_PACKAGE, place)
        score = one.get("masteryScore")
        if score is not None and not re.fullmatch(r"0(\.\d+)?|1(\.0+)?|\.\d+", score.strip()):
            raise Refused(Why.BAD_PACKAGE, place)


def _can_open(unit: etree._Element, address: str, archive: Archive | None) -> str | None:
    """The part that a unit opens; None for a page of another site. Raises ``Refused`` for what can't be opened."""
    place = Place(name=unit.get("id", "")[:120])
    try:
        parts = urlsplit(address)
    except ValueError:
        raise Refused(Why.NO_LAUNCH, place) from None
    if any(name.lower() in _OWN_WORDS for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        raise Refused(Why.BAD_PACKAGE, place)
    if parts.scheme in {"http", "https"} and parts.netloc:
        return None
    if parts.scheme or archive is None or not address:
        raise Refused(Why.NO_LAUNCH, place)
    path = resolve(archive, STRUCTURE, parts.path)
    if path is None:
        raise Refused(Why.MISSING_FILE, Place(part=address[:200], name=place.name))
    return path
