"""What a paper consists of, whatever it is shown on: leaves with words, facts, tables and lines for signatures."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from school.reports import scale


@dataclass(frozen=True, slots=True)
class Percent:
    """A share of one, written with one digit: «87,5 %»."""

    share: Fraction


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of marks, written with two digits: «4,38»."""

    number: Fraction


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark, or a code in its place."""

    value: int | str
    is_sure: bool = True
    """False for what the marks so far would give: it is not set yet."""


Plain = str | int | Percent | Mean | Sign | None


@dataclass(frozen=True, slots=True)
class Opening:
    """A value that opens the rows it was made of: a page and its values. In files the value stands alone."""

    value: Plain
    endpoint: str
    values: dict[str, Any]


Value = Plain | Opening


def opening(value: Value, endpoint: str, **values: Any) -> Value:
    """The value as a way to its rows; what is nothing has none."""
    if isinstance(value, Opening) or value in (None, 0, "", "–"):
        return value
    return Opening(value, endpoint, values)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; ``width`` in letters."""

    title: str
    width: int = 6
    align: Literal["start", "center", "end"] = "center"
    upright: bool = False
    """The title stands on its side, so that twenty subjects fit."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line; the first cell is its name."""

    cells: tuple[Value, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """``caption`` is its name, for the eye above it and for who listens."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str
    tone: Literal["plain", "note", "heading"] = "plain"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values."""

    pairs: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign: who, and the name where it is known."""

    lines: tuple[tuple[str, str], ...]


Block = Table | Words | Facts | Signatures


@dataclass(frozen=True, slots=True)
class Leaf:
    """What begins on a new page, or, of slips, is never torn apart."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report. ``name`` is the file's, without its ending."""

    name: str
    title: str
    school: str
    leaves: tuple[Leaf, ...]
    is_wide: bool = False
    """Landscape."""
    are_slips: bool = False
    """Leaves share a page and are cut apart."""
    locale: str = "ru"
    is_sheet: bool = False
    """A table that schools reckon on with: an order of many papers has it as XLSX too."""


def text_of(value: Value, locale: str) -> str:
    """A value as it is read: «87,5 %», «4,38», «5»."""
    match value:
        case Opening(value=inner):
            return text_of(inner, locale)
        case None:
            return ""
        case Percent(share):
            return _local(scale.percent(share), locale) + " %"
        case Mean(number):
            return _local(scale.decimal(number), locale)
        case Sign(value=mark, is_sure=is_sure):
            return str(mark) if is_sure else f"({mark})"
        case int() if not isinstance(value, bool):
            return grouped(value, locale)
        case _:
            return str(value)


def grouped(number: int, locale: str) -> str:
    """«28 332», «−1 482»: thousands apart, and a real minus."""
    return f"{number:,}".replace(",", "," if locale == "en" else "\u00a0").replace("-", "−")


def _local(number: str, locale: str) -> str:
    return number if locale == "en" else number.replace(".", ",")
