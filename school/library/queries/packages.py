"""An interactive package as its page needs it, and what it says of somebody's work."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from content_library import PACKAGE_TYPE, FileOfVersion, packages, shelf
from content_library.interchange import Scene
from school.core.access import Actor
from school.core.database import db
from school.library.models import PackageWork

WHOLE = Scene("", "", "")
"""Of a package that has no scenes."""


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A package of a version."""

    sha256: str
    name: str
    about: packages.About

    @property
    def scenes(self) -> Sequence[Scene]:
        """What is opened one after another; one without a name for a package of one page."""
        return self.about.scenes or (WHOLE,)

    @property
    def scene_keys(self) -> list[str]:
        """Their names."""
        return [scene.key for scene in self.scenes]


@dataclass(frozen=True, slots=True)
class Played:
    """What a package says of one person's work in it: its own words, neither evidence nor a mark."""

    percent: int | None
    is_complete: bool
    saved_at: datetime | None
    state: str = ""
    revision: int = 0


NOTHING_PLAYED = Played(None, is_complete=False, saved_at=None)


def package_in(files: Sequence[FileOfVersion]) -> PackageFile | None:
    """The package among the files of a version."""
    for file in files:
        if file.content_type == PACKAGE_TYPE and file.facts:
            return PackageFile(file.sha256, file.name, packages.About.from_facts(file.facts))
    return None


def played(actor: Actor, package: PackageFile) -> Played:
    """How far this person is; nothing while they look on another's behalf."""
    return NOTHING_PLAYED if actor.on_behalf_of is not None else _played(actor.account_id, package)


def played_by(account_id: uuid.UUID, version_id: uuid.UUID) -> Played | None:
    """What the package of a version says of an account's work; None when the version has no package."""
    version = shelf.get_version(db.session(), version_id)
    package = package_in(shelf.files_of(db.session(), version)) if version is not None else None
    return _played(account_id, package) if package is not None else None


def _played(account_id: uuid.UUID, package: PackageFile) -> Played:
    found = db.session.get(PackageWork, (account_id, package.sha256))
    if found is None:
        return NOTHING_PLAYED
    return Played(found.percent, found.is_complete, found.saved_at, found.state, found.revision)
