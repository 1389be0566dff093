"""Pictures of a file on their way into the library: looked at, named by their bytes, put into one folder."""

import base64
import binascii
import hashlib
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

from content_library.file_types import type_of_head
from content_library.interchange.question import Picture
from content_library.interchange.reasons import Place, Refusal, Refused, Why
from content_library.interchange.safety.archives import Archive, resolve

_ENDINGS = {"image/gif": "gif", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
_LARGEST = 10 * 1024 * 1024
_MOST = 500
_DATA = re.compile(r"data:image/[\w.+-]+;base64,(.*)", re.DOTALL)
_SVG = re.compile(rb"<(?:[\w-]+:)?svg[\s>]")


class Media:
    """Takes pictures of one file into a folder. What can't be taken is noted once for each picture."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[str, Picture] = {}
        self._refused: dict[str, Refusal] = {}

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """Pictures that did not come in, and what else of a part that came in did not."""
        return tuple(self._refused.values())

    def keep(self, data: bytes, name: str, alt: str, place: Place) -> str:
        """The key of a picture that is kept, or nothing when it can't be."""
        kind = type_of_head(data[:64])
        ending = _ENDINGS.get(kind or "")
        if ending is None or len(data) > _LARGEST or len(self._kept) >= _MOST:
            why = Why.UNSAFE_PICTURE if _SVG.search(data[:4096]) else Why.BAD_PICTURE
            self.refuse(why, place, name)
            return ""
        key = f"{hashlib.sha256(data).hexdigest()}.{ending}"
        if key not in self._kept:
            (self._folder / key).write_bytes(data)
        self._kept[key] = Picture(key=key, name=name[:120] or key, alt=alt[:1000])
        return key

    def read(self, key: str) -> bytes:
        """The bytes of a kept picture."""
        return (self._folder / key).read_bytes()

    def whole(self, data: bytes, ending: str) -> str:
        """Keep the file itself, to stand beside what was read of it."""
        key = f"{hashlib.sha256(data).hexdigest()}.{ending}"
        (self._folder / key).write_bytes(data)
        return key

    def refuse(self, why: Why, place: Place, name: str) -> None:
        """Note a picture that is missing or no picture."""
        where = Place(part=place.part, line=place.line, number=place.number, name=name[:120])
        self._refused.setdefault(f"{place.part}:{name}", Refusal(where, why))

    def named(self, markdown: str) -> tuple[Picture, ...]:
        """The kept pictures that a text shows, in its order."""
        keys = dict.fromkeys(re.findall(r"!\[[^\]]*\]\(([0-9a-f]{64}\.\w+)\)", markdown))
        return tuple(self._kept[key] for key in keys if key in self._kept)


class PartPictures:
    """Pictures that the text of one part of an archive names by addresses."""

    def __init__(self, media: Media, archive: Archive, part: str, folders: tuple[str, ...] = ()) -> None:
        self._media = media
        self._archive = archive
        self._part = part
        self._folders = folders
        """Where else addresses may begin: the root, a folder of web resources."""

    def __call__(self, address: str, alt: str) -> str:
        """The key of the picture at an address."""
        place = Place(part=self._part)
        inline = _DATA.match(address)
        if inline:
            return keep_base64(self._media, inline[1], "picture", alt, place)
        plain = re.sub(r"^[%$]?\$?IMS[-_]CC[-_]FILE_?BASE[%$]?\$?/?", "web_resources/", unquote(address))
        name = posixpath.basename(plain.partition("?")[0])
        found = resolve(self._archive, self._part, plain)
        for folder in self._folders:
            found = found or resolve(self._archive, f"{folder}/x" if folder else "x", plain)
        found = found or _only_ending(self._archive, plain.removeprefix("web_resources/"))
        if found is None:
            self._media.refuse(Why.MISSING_FILE, place, name or address)
            return ""
        try:
            return self._media.keep(self._archive.read(found, _LARGEST), name, alt, place)
        except Refused as refused:
            self._media.refuse(refused.why, place, name)
            return ""


def _only_ending(archive: Archive, address: str) -> str | None:
    """The one part whose path ends in this address: exports leave out the folder that the old course stood in."""
    plain = posixpath.normpath(address.partition("?")[0]).lstrip("/")
    ends = [name for name in archive.names if name.endswith(f"/{plain}")]
    return ends[0] if len(ends) == 1 and not plain.startswith("..") else None


def keep_base64(media: Media, text: str, name: str, alt: str, place: Place) -> str:
    """A picture that came inside a text."""
    try:
        return media.keep(base64.b64decode(re.sub(r"\s+", "", text), validate=True), name, alt, place)
    except (binascii.Error, ValueError):
        media.refuse(Why.BAD_PICTURE, place, name)
        return ""
