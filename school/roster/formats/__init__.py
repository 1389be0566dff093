"""Readers of roster files: from a folder, a file or a zip to neutral records and the rows not taken."""

from collections.abc import Mapping
from pathlib import Path

from school.roster.formats.bundle import LIMITS, Limits, read_bundle, read_upload
from school.roster.formats.oneroster import is_oneroster, read_oneroster
from school.roster.formats.records import Roster, UnreadableError
from school.roster.formats.tables import read_table
from school.roster.formats.userlist import read_user_lists

__all__ = [
    "LIMITS",
    "Limits",
    "Roster",
    "UnreadableError",
    "read_files",
    "read_roster",
    "read_uploaded_roster",
]


def read_roster(path: Path, limits: Limits = LIMITS) -> Roster:
    """Read a folder, a CSV file or a zip. Raises :class:`UnreadableError` when nothing of it can be read."""
    return read_files(read_bundle(path, limits))


def read_uploaded_roster(name: str, content: bytes, limits: Limits = LIMITS) -> Roster:
    """The same for a file that came through a page."""
    return read_files(read_upload(name, content, limits))


def read_files(files: Mapping[str, bytes]) -> Roster:
    """Read the files of a set, by their names inside it, in whatever format they are."""
    tables = {file: read_table(file, files[file]) for file in sorted(files)}
    return read_oneroster(tables) if is_oneroster(tables) else read_user_lists(tables)
