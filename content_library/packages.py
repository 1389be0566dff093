"""Interactive packages: kept part by part, found again by the path that the package itself uses."""

import json
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content_library import uploads
from content_library.interchange.found import Package, Scene
from content_library.kinds import PACKAGE_TYPE
from content_library.models import PackagePart, StoredFile
from content_library.storage import Saved, Storage

_PLAIN = "application/octet-stream"
_TYPES = {
    **dict.fromkeys(("html", "htm", "xhtml"), "text/html"),
    **dict.fromkeys(("js", "mjs"), "text/javascript"),
    **dict.fromkeys(("jpg", "jpeg", "jpe"), "image/jpeg"),
    **dict.fromkeys(("mp4", "m4v"), "video/mp4"),
    **dict.fromkeys(("oga", "ogg", "opus"), "audio/ogg"),
    "css": "text/css",
    "json": "application/json",
    "xml": "text/xml",
    "xsd": "text/xml",
    "xsl": "text/xml",
    "txt": "text/plain",
    "md": "text/plain",
    "csv": "text/csv",
    "vtt": "text/vtt",
    "srt": "text/plain",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "bmp": "image/bmp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "cur": "image/x-icon",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "wav": "audio/wav",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
    "pdf": "application/pdf",
    "wasm": "application/wasm",
    "glb": "model/gltf-binary",
    "gltf": "model/gltf+json",
}


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a package without opening it."""

    standard: str
    library: str
    scenes: tuple[Scene, ...]
    size: int
    """Bytes of all parts."""

    def facts(self) -> dict[str, Any]:
        """As plain JSON values, kept beside the row of its list of parts."""
        scenes = [[one.key, one.title, one.address, one.is_listed] for one in self.scenes]
        return {"standard": self.standard, "library": self.library, "scenes": scenes, "size": self.size}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> "About":
        """The opposite of ``facts``."""
        return cls(facts["standard"], facts["library"], tuple(Scene(*one) for one in facts["scenes"]), facts["size"])


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it is served."""

    sha256: str
    content_type: str


@dataclass(frozen=True, slots=True)
class SavedPackage:
    """Bytes of a package that are stored and have no rows yet."""

    index: Saved
    parts: Sequence[tuple[str, Saved]]
    about: About


def type_of(path: str) -> str:
    """What a part is served as, by its ending; what is not known is only ever downloaded."""
    return _TYPES.get(posixpath.basename(path).rpartition(".")[2].lower(), _PLAIN)


def file_name(package: Package) -> str:
    """What a package is called among the files of a unit."""
    title = " ".join(re.sub(r"[^\w .,-]+", " ", package.title).split())[:100]
    return f"{title or 'package'}.{'h5p' if package.standard == 'H5P' else 'zip'}"


def save(storage: Storage, package: Package, folder: Path) -> SavedPackage:
    """Store the parts that lie in ``folder``. Touches no database: a package is many files, ``note`` comes after."""
    parts: dict[str, Saved] = {}
    for file in package.files:
        with (folder / file.key).open("rb") as source:
            parts.setdefault(file.path.lower(), storage.save(source))
    size = sum(saved.size for saved in parts.values())
    about = About(package.standard, package.library, package.scenes, size)
    listed = {path: saved.key for path, saved in sorted(parts.items())}
    index = json.dumps({**about.facts(), "parts": listed}, ensure_ascii=False, sort_keys=True)
    return SavedPackage(storage.save(index.encode()), list(parts.items()), about)


def note(session: Session, saved: SavedPackage, at: datetime) -> StoredFile:
    """The rows of a stored package; the same package is one, however often it comes."""
    there = session.get(StoredFile, saved.index.key)
    if there is not None and there.content_type == PACKAGE_TYPE:
        return there
    for one in {part.key: part for _, part in saved.parts}.values():
        uploads.note(session, one, _PLAIN, at)
    made = uploads.note(session, saved.index, PACKAGE_TYPE, at, saved.about.facts())
    session.add_all(
        PackagePart(package_sha256=made.sha256, path=path, sha256=part.key, content_type=type_of(path))
        for path, part in saved.parts
    )
    session.flush()
    return made


def part_of(session: Session, package: str, path: str) -> Part | None:
    """The part at this path."""
    found = session.execute(
        select(PackagePart.sha256, PackagePart.content_type).where(
            PackagePart.package_sha256 == package, PackagePart.path == path.lower()
        )
    ).first()
    return Part(*found) if found else None
