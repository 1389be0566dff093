"""Frameworks as files: the codifier of an exam (JSON), our own JSON and TOML, and a table (CSV)."""

import csv
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

LARGEST = 2_000_000
"""Bytes; the framework of all subjects and years takes a tenth of it."""
MOST_ROWS = 5_000
LONGEST_CODE, LONGEST_TITLE = 64, 300
_CODIFIER = "ЕГЭ "
"""Codes of a codifier begin so: its 5.1 is not the 5.1 of year 5."""


class Reason(StrEnum):
    """Why a row, or a whole file, is not taken; the sentence is the screen's business."""

    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    BROKEN = "broken"
    NO_ROWS = "no_rows"
    NO_CODE = "no_code"
    LONG_CODE = "long_code"
    NO_TITLE = "no_title"
    LONG_TITLE = "long_title"
    NO_YEAR = "no_year"
    NO_SUBJECT = "no_subject"
    BAD_DATE = "bad_date"
    DATES = "dates"
    TWICE = "twice"
    NO_PARENT = "no_parent"
    NO_NEED = "no_need"
    LATER_YEAR = "later_year"
    CIRCLE = "circle"


class Unreadable(Exception):
    """The file is not a framework."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One topic as a file says it; nothing is checked yet."""

    number: int
    """Of the row, from 1."""
    code: str
    title: str
    subject: str = ""
    year_level: str = ""
    parent: str | None = None
    """Code of the wider topic; None when the file does not say."""
    needs: tuple[str, ...] | None = None
    """Codes, of another subject as ``maths:5.2``; None when the file does not say."""
    valid_from: str = ""
    valid_to: str = ""


_COLUMNS = {
    "code": ("code", "код", "kes_code", "кэс"),
    "title": ("title", "тема", "название", "kes_description"),
    "subject": ("subject", "предмет"),
    "year_level": ("year_level", "year", "класс"),
    "parent": ("parent", "выше", "раздел"),
    "needs": ("needs", "опирается на", "опирается"),
    "valid_from": ("valid_from", "с", "действует с"),
    "valid_to": ("valid_to", "по", "действует по"),
}


def read_rows(name: str, data: bytes) -> list[Row]:
    """The topics of a file, in its order; its ending tells the format. Raises ``Unreadable``."""
    if len(data) > LARGEST:
        raise Unreadable(Reason.TOO_LARGE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise Unreadable(Reason.NOT_TEXT) from why
    try:
        rows, is_codifier = _found(name.lower(), text)
    except (ValueError, RecursionError, csv.Error) as why:
        raise Unreadable(Reason.BROKEN) from why
    made = [_row(number, row, is_codifier) for number, row in enumerate(rows, 1) if number <= MOST_ROWS]
    if not made:
        raise Unreadable(Reason.NO_ROWS)
    return made


def _found(name: str, text: str) -> tuple[Iterable[Mapping[str, Any]], bool]:
    if name.endswith(".toml"):
        return _listed(tomllib.loads(text).get("topics")), False
    if name.endswith((".csv", ".tsv", ".txt")):
        first = text.split("\n", 1)[0]
        delimiter = max(";,\t", key=first.count)
        return list(csv.DictReader(text.splitlines(), delimiter=delimiter)), False
    whole = json.loads(text)
    if isinstance(whole, dict) and "mapping" in whole:
        return _once(_listed(whole["mapping"])), True
    return _listed(whole.get("topics") if isinstance(whole, dict) else whole), False


def _listed(rows: object) -> list[Mapping[str, Any]]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _once(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """A codifier names an element of contents once with each requirement."""
    return list({(row.get("kes_code"), row.get("kes_description")): row for row in rows}.values())


def _row(number: int, said: Mapping[str, Any], is_codifier: bool) -> Row:
    plain = {str(name).strip().lower(): value for name, value in said.items() if name is not None}
    found: dict[str, Any] = {}
    for field, names in _COLUMNS.items():
        found[field] = next((plain[name] for name in names if plain.get(name) is not None), None)
    needs = found["needs"]
    if isinstance(needs, str):
        needs = needs.replace(";", ",").split(",")
    code = _text(found["code"])
    return Row(
        number=number,
        code=f"{_CODIFIER}{code}" if is_codifier and code else code,
        title=_text(found["title"]),
        subject=_text(found["subject"]),
        year_level=_text(found["year_level"]),
        parent=_text(found["parent"]) if found["parent"] is not None else None,
        needs=tuple(filter(None, map(_text, needs))) if isinstance(needs, list) else None,
        valid_from=_text(found["valid_from"]),
        valid_to=_text(found["valid_to"]),
    )


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).split()) if isinstance(value, (str, int)) else ""


def day_of(text: str) -> date | None:
    """A day as files write it: 2026-09-01 or 01.09.2026; None for nothing. Raises ``ValueError``."""
    if not text:
        return None
    if text.count(".") == 2:
        text = "-".join(reversed(text.split(".")))
    return date.fromisoformat(text)
