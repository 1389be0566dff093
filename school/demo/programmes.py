"""What is taught in a year: sections and themes of the demo's own programmes, laid out over the lessons of a course. Pure but for its files.

A file of `curricula` holds years (`== 7`; in `practical.txt` `== art 5`, `== sport` for all years). A line is a section: its name, then
its themes; `@7.1.2` after a theme is its node in the framework of the demo library.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PLACE = Path(__file__).parent / "curricula"
MIXED = "practical"
MORE = {
    "maths": ("решение задач", "закрепление"), "algebra": ("решение упражнений", "закрепление"), "geometry": ("решение задач", "закрепление"),
    "statistics": ("практикум", "решение задач"), "informatics": ("практикум", "решение задач"),
    "physics": ("решение задач", "опыты и объяснения"), "chemistry": ("решение задач", "опыты и объяснения"),
    "biology": ("практикум", "обобщение"), "geography": ("работа с картой", "практикум"), "history": ("работа с источниками", "обобщение"),
    "society": ("разбор ситуаций", "обобщение"), "russian": ("упражнения", "работа с текстом"),
    "literature": ("работа с текстом", "развитие речи"), "english": ("speaking and listening", "reading and writing"),
    "technology": ("практическая работа", "завершение работы"), "sport": ("отработка", "зачёт"),
}  # fmt: skip
"""What the further hours of a theme are called, by subject."""
ANY_MORE = ("практикум", "обобщение")
RESERVE = "Резерв: повторение пройденного"
RESERVED = 2
"""Hours at the end of the year, in courses of so many lessons:"""
LONG = 60


@dataclass(frozen=True, slots=True)
class Theme:
    """A line of a programme."""

    section: str
    title: str
    code: str | None
    """Its node in the framework."""


@dataclass(frozen=True, slots=True)
class TaughtHour:
    """What one lesson of a year is for."""

    title: str
    code: str | None = None
    is_control: bool = False
    is_reserve: bool = False


@cache
def programme(subject: str, year_level: int) -> tuple[Theme, ...]:
    """The themes of a subject in a year. Raises ``KeyError`` where none are written."""
    books = _books()
    return books.get(f"{subject} {year_level}") or books[subject]


def lay_out(subject: str, year_level: int, lessons: int, controls: Collection[int]) -> list[TaughtHour]:
    """An hour for each of so many lessons; ``controls`` are the places of control works, counted from 0; none takes a reserve hour."""
    kept = RESERVED if lessons > LONG else 0
    controls = {place for place in controls if place < lessons - kept}
    analysed = {place + 1 for place in controls} - controls if lessons > LONG + LONG // 2 else set()
    analysed &= set(range(lessons - kept))
    themes = _spread(subject, programme(subject, year_level), lessons - kept - len(analysed) - len(controls))
    laid: list[TaughtHour] = []
    section, about, number = "", "", 0
    checked: set[str] = set()
    for place in range(lessons - kept):
        if place in controls:
            number += 1
            name = about if section in checked else section
            checked.add(section)
            laid.append(TaughtHour(f"{_test(subject, number)}. {name}", is_control=True))
        elif place in analysed:
            laid.append(TaughtHour(f"Работа над ошибками № {number}"))
        else:
            theme, title = next(themes)
            section, about = theme.section, theme.title
            laid.append(TaughtHour(title, theme.code))
    return laid + [TaughtHour(RESERVE, is_reserve=True)] * kept


def _test(subject: str, number: int) -> str:
    name = "Контрольный диктант" if subject == "russian" and number % 2 else "Контрольная работа"
    return f"{name} № {number}"


def _spread(subject: str, themes: Sequence[Theme], hours: int) -> Iterator[tuple[Theme, str]]:
    """Theme and title of each hour: every theme gets its share, further hours have a name of their own."""
    more = MORE.get(subject, ANY_MORE)
    for n, theme in enumerate(themes):
        share = (n + 1) * hours // len(themes) - n * hours // len(themes)
        first = -(-share // 2)
        second = share - first if share < 5 else share - first - 1
        mark = ", " if ": " in theme.title else ": "
        titles = [theme.title] * first + [theme.title + mark + more[0]] * second
        titles += [theme.title + mark + more[1]] * (share - len(titles))
        for title in titles:
            yield theme, title


@cache
def _books() -> dict[str, tuple[Theme, ...]]:
    found: dict[str, list[Theme]] = {}
    for path in sorted(PLACE.glob("*.txt")):
        year = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                year = line[3:] if path.stem == MIXED else f"{path.stem} {line[3:]}"
            else:
                section, *themes = line.split(" | ")
                found.setdefault(year, []).extend(_theme(section, theme) for theme in themes)
    return {year: tuple(themes) for year, themes in found.items()}


def _theme(section: str, text: str) -> Theme:
    title, _, code = text.partition(" @")
    return Theme(section, title, code or None)
