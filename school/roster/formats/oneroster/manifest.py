"""The manifest of a OneRoster set: the version, the program it came from, and what each file claims to be."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from school.roster.formats.headers import find_columns
from school.roster.formats.journal import Journal
from school.roster.formats.oneroster.columns import EXPECTED, READ
from school.roster.formats.records import Mode, Place, Source
from school.roster.formats.tables import Table
from school.roster.said import say

KNOWN_VERSIONS = ("1.0", "1.1", "1.2")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the set says of itself. ``promised`` are the tables named in it, with the line that names them."""

    source: Source
    modes: Mapping[str, Mode] = field(default_factory=dict)
    promised: Mapping[str, int] = field(default_factory=dict)


def read_manifest(table: Table | None, present: set[str], journal: Journal) -> Manifest:
    """Read the manifest, or stand in for the one that version 1.0 does not have; tell what is missing."""
    manifest = _without_manifest(present, journal) if table is None else _declared(table, present, journal)
    for wanted in EXPECTED:
        if wanted.name not in present and wanted.name not in manifest.promised:
            place = Place(f"{wanted.name}.csv", 0)
            journal.note(place, say("This file is missing; what it would contain is left unchanged."))
    return manifest


def _without_manifest(present: set[str], journal: Journal) -> Manifest:
    text = say("There is no manifest, as in OneRoster 1.0: every file is treated as complete.")
    journal.note(Place("manifest.csv", 0), text)
    version = "1.2" if "roles" in present else "1.0"
    return Manifest(Source("oneroster", "OneRoster", version), dict.fromkeys(present, Mode.BULK))


def _declared(table: Table, present: set[str], journal: Journal) -> Manifest:
    columns = find_columns(table, ("propertyName", "value"))
    journal.notes.extend((*table.notes, *columns.notes))
    journal.bad_rows.extend(table.bad_rows)
    values: dict[str, tuple[str, int]] = {}
    for row in table.rows(columns.names):
        values[row["propertyName"].lower().replace(" ", "")] = (row["value"], row.place.line)
    version = values.get("oneroster.version", ("", 0))[0]
    if version not in KNOWN_VERSIONS:
        text = say(
            "Unknown OneRoster version “%(version)s”; the files are read as 1.1 or 1.2.",
            version=version,
        )
        journal.note(Place(table.file, values.get("oneroster.version", ("", 0))[1]), text)
    modes: dict[str, Mode] = {}
    promised: dict[str, int] = {}
    for kind in READ:
        word, line = values.get(f"file.{kind.name.lower()}", ("", 0))
        modes[kind.name] = _mode(table.file, kind.name, word, line, kind.name in present, journal)
        if word:
            promised[kind.name] = line
    return Manifest(Source(_source_key(values), "OneRoster", version), modes, promised)


def _mode(file: str, name: str, word: str, line: int, is_present: bool, journal: Journal) -> Mode:
    """One file's mode; whatever is doubtful removes nothing."""
    said = word.strip().lower()
    if not is_present:
        if said in {"bulk", "delta"}:
            text = say(
                "The manifest (line %(line)s) lists this file as %(mode)s, but it is missing.",
                line=line,
                mode=said,
            )
            journal.refuse(Place(f"{name}.csv", 0), text)
        return Mode.ABSENT
    if said in {"bulk", "delta"}:
        return Mode(said)
    text = say(
        "The manifest says “%(word)s” for %(name)s.csv, but the file is there: it is read and ends nothing.",
        word=said,
        name=name,
    )
    journal.note(Place(file, line), text)
    return Mode.DELTA


def _source_key(values: Mapping[str, tuple[str, int]]) -> str:
    """The program's code or name, so that two programs feeding one school never close each other's rows."""
    for name in ("source.systemcode", "source.systemname"):
        value = values.get(name, ("", 0))[0].strip()
        if value and value.lower() not in {"absent", "null", "none", "-"}:
            return f"oneroster:{value.lower()}"[:100]
    return "oneroster"
