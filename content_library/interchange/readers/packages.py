"""Interactive packages: H5P, SCORM 1.2 and 2004. Recognised and looked through; whoever plays them opens them."""

import json
import re
from typing import Any

from content_library.interchange.found import Found, Package, PackagedFile, Scene
from content_library.interchange.media import Media
from content_library.interchange.readers.manifest import Manifest, find_manifest, manifest_of
from content_library.interchange.reasons import Place, Refused, Why
from content_library.interchange.safety.archives import Archive
from content_library.interchange.safety.encoding import text_of
from content_library.interchange.safety.parts import check_part, checked_names
from content_library.interchange.source import Source

MOST_FILES = 5000
"""A film in pieces of a second for a whole lesson has fewer."""
MOST_SCENES = 300
_LIBRARY = re.compile(r"[\w.-]{1,255}")


def _object_in(archive: Archive, part: str) -> dict[str, Any]:
    """A JSON object of an archive. Raises ``Refused``."""
    if part not in archive.names:
        raise Refused(Why.BAD_PACKAGE, Place(part=part))
    try:
        found = json.loads(text_of(archive.read(part)))
    except (json.JSONDecodeError, RecursionError):
        raise Refused(Why.BAD_PACKAGE, Place(part=part)) from None
    if not isinstance(found, dict):
        raise Refused(Why.BAD_PACKAGE, Place(part=part))
    return found


def files_of(archive: Archive, media: Media) -> tuple[PackagedFile, ...]:
    """All parts of a package, each put among the media. Raises ``Refused`` for the first that may not come in."""
    made = []
    for name in checked_names(archive, MOST_FILES):
        data = archive.read(name)
        check_part(name, data[:16])
        made.append(PackagedFile(name, media.whole(data, "part")))
    return tuple(made)


class H5p:
    """H5P."""

    format = "h5p"

    def recognises(self, source: Source) -> bool:
        """Its ending, or its description at the top."""
        if source.ending == "h5p":
            return True
        return source.archive is not None and "h5p.json" in source.archive.names

    def read(self, source: Source, media: Media) -> Found:
        """The package, when all it needs is in it."""
        archive = source.archive
        if archive is None:
            raise Refused(Why.BROKEN_ARCHIVE)
        about = _object_in(archive, "h5p.json")
        title, library = str(about.get("title", "")).strip(), str(about.get("mainLibrary", ""))
        needed = about.get("preloadedDependencies")
        if not title or not _LIBRARY.fullmatch(library) or not isinstance(needed, list):
            raise Refused(Why.BAD_PACKAGE, Place(part="h5p.json"))
        _object_in(archive, "content/content.json")
        folders = {name.partition("/")[0] for name in archive.names if name.endswith("/library.json")}
        for one in needed:
            if not isinstance(one, dict) or not {"machineName", "majorVersion", "minorVersion"} <= set(one):
                raise Refused(Why.BAD_PACKAGE, Place(part="h5p.json"))
            name = f"{one['machineName']}-{one['majorVersion']}.{one['minorVersion']}"
            if not {name, str(one["machineName"])} & folders:
                raise Refused(Why.MISSING_FILE, Place(part=f"{name}/library.json"[:200]))
            for folder in {name, str(one["machineName"])} & folders:
                _object_in(archive, f"{folder}/library.json")
        package = Package(
            title=title[:300],
            standard="H5P",
            launch="content/content.json",
            library=library,
            files=files_of(archive, media),
            language=str(about.get("language", ""))[:2].lower(),
        )
        return Found(self.format, (package,), (), frozenset(archive.names))


class Scorm:
    """SCORM 1.2 and 2004."""

    format = "scorm"

    def recognises(self, source: Source) -> bool:
        """A manifest that speaks of SCORM."""
        archive = source.archive
        part = find_manifest(archive) if archive is not None else None
        if archive is None or part is None:
            return False
        head = archive.read(part)[:20_000].lower()
        return b"adlcp" in head or b"adl scorm" in head

    def read(self, source: Source, media: Media) -> Found:
        """The package, when what it opens first is in it."""
        archive = source.archive
        part = find_manifest(archive) if archive is not None else None
        if archive is None or part is None:
            raise Refused(Why.BAD_PACKAGE)
        manifest = manifest_of(archive, part)
        standard = "SCORM 1.2" if manifest.version.strip() in {"", "1.2"} else "SCORM 2004"
        scenes = _scenes(manifest, has_order=standard == "SCORM 2004")
        if not scenes:
            raise Refused(Why.NO_LAUNCH, Place(part=part))
        for scene in scenes:
            if scene.address.partition("?")[0].partition("#")[0] not in archive.names:
                raise Refused(Why.MISSING_FILE, Place(part=scene.address[:200]))
        package = Package(
            title=manifest.title or source.stem,
            standard=standard,
            launch=scenes[0].address,
            scenes=scenes,
            files=files_of(archive, media),
        )
        return Found(
            "scorm-1.2" if standard.endswith("1.2") else "scorm-2004", (package,), (), frozenset(archive.names)
        )


def _scenes(manifest: Manifest, *, has_order: bool) -> tuple[Scene, ...]:
    """What the organisation opens, in its order; without one, every SCO by itself.

    What the contents leave out can be reached only where the package has an order of its own (SCORM 2004).
    """
    by_key = {resource.key: resource for resource in manifest.resources}
    made = []
    for item in [one for one in manifest.items if one.is_visible or has_order][:MOST_SCENES]:
        resource = by_key.get(item.resource)
        if resource is not None and resource.address:
            address = _with(resource.address, item.parameters)
            made.append(Scene(item.key[:200], item.title[:200], address, item.is_visible))
    if made:
        return tuple(made)
    alone = [one for one in manifest.resources if one.sort == "sco" and one.address]
    return tuple(Scene(one.key[:200], one.title[:200], one.address) for one in alone[:MOST_SCENES])


def _with(address: str, parameters: str) -> str:
    """An address with the parameters of its item (SCORM 2004 4th ed., CAM 3.4.1.11)."""
    plain = parameters.strip().lstrip("?&")
    if not plain:
        return address
    if plain.startswith("#"):
        return address + ("" if "#" in address else plain)
    return f"{address}{'&' if '?' in address else '?'}{plain}"
