"""The two indexes: units, which are found, counted and ordered; and places, which say where in a unit the words stand."""

from pathlib import Path

from tantivy import Index, Schema, SchemaBuilder

from content_library.search import analysis

VERSION = 4
"""Changes with the schemas and with the analysis: an index of another version is not read but built anew."""

_STEMS, _WORDS = "stems", "words"
TEXTS = ("title", "tags", "topics", "about", "body")
"""Fields of a unit that have stems, the most telling first."""
LIFT = "lift"
_STEP = 0.02
"""What each of the five steps of use lifts a unit by: of equals, what teachers set comes first, and no word is outweighed."""


def lift(liked: int) -> float:
    """The number that lets Tantivy multiply a score by 1 for a unit nobody sets and by up to 1.1: it takes log2(2 + number)."""
    return float(2 ** (1 + _STEP * liked) - 2)


def _units() -> Schema:
    made = SchemaBuilder()
    made.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in TEXTS:
        made.add_text_field(name, tokenizer_name=_STEMS)
    made.add_text_field("whole", tokenizer_name="raw", index_option="basic")  # the stems of a short title, as one term
    made.add_text_field("words", tokenizer_name=_WORDS, index_option="basic")
    for name in ("subject", "kind", "topic", "language"):
        made.add_unsigned_field(name, indexed=True, fast=True)
    made.add_unsigned_field("year", indexed=True)
    made.add_float_field(LIFT, fast=True)  # by use: what multiplies the score, see ``lift``
    # Counting a field of several values costs ten times as much as one of one: years are counted by their spans.
    made.add_unsigned_field("span", fast=True)
    made.add_unsigned_field("born", fast=True)
    made.add_bytes_field("topic_titles", stored=True)  # as they are written, for showing
    return made.build()


def _places() -> Schema:
    made = SchemaBuilder()
    made.add_text_field("unit", stored=True, tokenizer_name="raw", index_option="basic")
    made.add_text_field("text", tokenizer_name=_STEMS, index_option="freq")
    made.add_bytes_field("said", stored=True)  # the text as it is written, for showing
    made.add_text_field("anchor", stored=True, tokenizer_name="raw", index_option="basic")
    made.add_bytes_field("title", stored=True)
    made.add_unsigned_field("second", stored=True)
    return made.build()


UNITS, PLACES = _units(), _places()


def create(folder: Path) -> tuple[Index, Index]:
    """Empty indexes in an empty folder."""
    for name in ("units", "places"):
        (folder / name).mkdir(parents=True)
    return _ready(Index(UNITS, path=str(folder / "units"))), _ready(Index(PLACES, path=str(folder / "places")))


def open_both(folder: Path) -> tuple[Index, Index]:
    """The indexes of units and of places in a folder. Raises ``ValueError`` when they can't be read."""
    return _ready(Index.open(str(folder / "units"))), _ready(Index.open(str(folder / "places")))


def _ready(index: Index) -> Index:
    # Analysis lives in the program, not in the index: it must be told anew at each opening.
    index.register_tokenizer(_STEMS, analysis.stemming())
    index.register_tokenizer(_WORDS, analysis.plain())
    index.config_reader("manual")
    return index


def span_number(year_from: int, year_to: int) -> int:
    """A span of year levels as a number, for counting."""
    return year_from * 16 + year_to


def years_of(span: int) -> range:
    """The year levels of such a number."""
    return range(span // 16, span % 16 + 1)


def language_number(code: str) -> int:
    """A language as a number, for counting: its letters one after another."""
    return int.from_bytes(code.encode()[:8], "big")


def language_code(number: int) -> str:
    """The language of a number."""
    return number.to_bytes(8, "big").lstrip(b"\0").decode()
