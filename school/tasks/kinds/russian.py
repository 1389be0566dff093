"""When two short texts are the same answer in a Russian school: case, spaces, ё, quotes, dashes, stress."""

import re
import unicodedata

_QUOTES = dict.fromkeys("«»„“”‟″‹›‘’‚`´'ʼ\"", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−﹣-", "-")
_UNSEEN = dict.fromkeys("\u0301\u00ad\u200b\ufeff")  # stress, soft hyphen, zero width, byte order mark
_SIGNS = str.maketrans(_QUOTES | _DASHES | _UNSEEN | {"…": "..."})
_EDGES = " .,;:!?"
MIN_LENGTH_FOR_TYPO = 5


def normalise(text: str, *, keep_case: bool = False, keep_yo: bool = False) -> str:
    """One spelling for all equal answers: applying it again changes nothing.

    Case and «ё» are kept on demand, for tasks of spelling. Quotes around the whole and stops at its ends go away.
    """
    text = unicodedata.normalize("NFC", text)
    if not keep_case:
        text = unicodedata.normalize("NFC", text.casefold())
    if not keep_yo:
        text = text.replace("ё", "е").replace("Ё", "Е")
    text = unicodedata.normalize("NFC", text.translate(_SIGNS))
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?- ?", "-", text) if re.search(r"\w ?- ?\w", text) else text
    return _strip_edges(text)


def _strip_edges(text: str) -> str:
    while True:
        shorter = text.strip(_EDGES)
        if len(shorter) > 1 and shorter[0] == shorter[-1] == '"' and '"' not in shorter[1:-1]:
            shorter = shorter[1:-1]
        if shorter == text:
            return text
        text = shorter


def is_one_typo_away(given: str, wanted: str) -> bool:
    """Whether one letter is missing, extra, changed or swapped with the next; short words forgive nothing."""
    if given == wanted or len(wanted) < MIN_LENGTH_FOR_TYPO or abs(len(given) - len(wanted)) > 1:
        return False
    start = 0
    while start < min(len(given), len(wanted)) and given[start] == wanted[start]:
        start += 1
    one, other = given[start:], wanted[start:]
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (one[:2] == other[:2][::-1] and one[2:] == other[2:])
    )
