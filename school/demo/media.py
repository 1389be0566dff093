"""The files of the demo library, made once: pictures are cheap, videos are kept in a folder between set-ups."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from content_library import MODEL_TYPE, interchange, packages
from content_library.drafts import PlacedFile
from content_library.models import FileRole
from content_library.storage import Storage
from content_library.uploads import keep
from school.demo.models import build
from school.demo.pictures import draw
from school.demo.unit_files import UnitFile
from school.demo.videos import FILMS, Recording, record

PACKAGES = Path(__file__).parent / "packages"
_PARTS = ("mp4", "jpg", "vtt")


@dataclass
class Media:
    """Makes what a unit shows and keeps it in the storage. ``cache`` is a folder of finished videos, or None."""

    session: Session
    storage: Storage
    at: datetime
    cache: Path | None = None
    _drawn: dict[str, str] = field(default_factory=dict)

    def files_of(self, unit: UnitFile) -> list[PlacedFile]:
        """The files of a unit in their order: the video with its poster and subtitles, a package, a solid, then the pictures."""
        return [
            *(self._film(unit.video, unit.title) if unit.video else ()),
            *(self._package(unit.package) if unit.package else ()),
            *(self._solid(unit.model, unit.alt) if unit.model else ()),
            *self._pictures(unit),
        ]

    def _pictures(self, unit: UnitFile) -> list[PlacedFile]:
        return [
            PlacedFile(
                sha256=self._drawing(picture.name),
                name=f"{picture.name}.svg",
                role=FileRole.PICTURE,
                alt=picture.alt,
            )
            for picture in unit.pictures
        ]

    def _film(self, name: str, title: str) -> list[PlacedFile]:
        recording = self._recording(name)
        parts = (
            (recording.video, "mp4", "video/mp4", FileRole.BODY, ""),
            (recording.poster, "jpg", "image/jpeg", FileRole.POSTER, title),
            (recording.subtitles, "vtt", "text/vtt", FileRole.SUBTITLES, ""),
        )
        return [
            PlacedFile(
                sha256=keep(self.session, self.storage, data, content_type, self.at).sha256,
                name=f"{name}.{ending}",
                role=role,
                alt=alt,
            )
            for data, ending, content_type, role, alt in parts
        ]

    def _package(self, name: str) -> list[PlacedFile]:
        """The package of a folder, which is written as any SCORM package is."""
        with TemporaryDirectory() as media, interchange.Workshop() as workshop:
            [thing] = workshop.read(PACKAGES / name, Path(media)).things
            assert isinstance(thing, interchange.Package)  # noqa: S101 - it is our own, and a test opens it
            saved = packages.save(self.storage, thing, Path(media))
        kept = packages.note(self.session, saved, self.at)
        return [PlacedFile(sha256=kept.sha256, name=packages.file_name(thing), role=FileRole.BODY)]

    def _solid(self, name: str, alt: str) -> list[PlacedFile]:
        kept = keep(self.session, self.storage, build(name), MODEL_TYPE, self.at)
        return [PlacedFile(sha256=kept.sha256, name=f"{name}.glb", role=FileRole.BODY, alt=alt)]

    def _drawing(self, name: str) -> str:
        """The key of a drawing in the storage; each is drawn and kept once a set-up."""
        if name not in self._drawn:
            self._drawn[name] = keep(self.session, self.storage, draw(name), "image/svg+xml", self.at).sha256
        return self._drawn[name]

    def _recording(self, name: str) -> Recording:
        """The video from the cache, or drawn now; the name there holds a hash of the program that draws it."""
        if self.cache is None:
            return record(FILMS[name])
        paths = [self.cache / f"{name}-{program_hash()}.{part}" for part in _PARTS]
        if all(path.is_file() for path in paths):
            return Recording(*(path.read_bytes() for path in paths))
        recording = record(FILMS[name])
        self.cache.mkdir(parents=True, exist_ok=True)
        for path, data in zip(paths, (recording.video, recording.poster, recording.subtitles), strict=True):
            # Written beside and renamed, so that another set-up never reads half a file.
            half = path.with_suffix(f"{path.suffix}.half")
            half.write_bytes(data)
            half.replace(path)
        return recording


def program_hash() -> str:
    """A short hash of the modules that draw the videos: another drawing is another file."""
    found = sha256()
    for module in sorted((Path(__file__).parent / "videos").glob("*.py")):
        found.update(module.read_bytes())
    return found.hexdigest()[:12]
