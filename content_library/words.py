"""Words of Russian and English texts in the form that the simple search compares."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_RUSSIAN = """
    иями ями ами иям иях ях ах ям ам ией ией ей ой ий ый ая яя ое ее ые ие ого его ому ему ым им ыми ими ую юю ою ею
    ия ие ию ии ов ев ом ем ет ют ут ат ят ит ешь ишь ете ите л ла ло ли ть ться тся лся лась лось лись
 ью а я о е ы и у ю ь й
"""
_RUSSIAN_ENDINGS = tuple(sorted(set(_RUSSIAN.split()), key=len, reverse=True))
_ENGLISH_ENDINGS = ("ing", "ies", "es", "ed", "s", "y")
_SHORTEST_STEM = 3
_INDEXED = 50_000
"""Letters of a text that are looked at; the rest of a very long textbook adds few new words."""


def words_of(text: str) -> list[str]:
    """The words in order: small letters, ё as е, composed accents, no punctuation."""
    plain = unicodedata.normalize("NFC", text).lower().replace("ё", "е")
    return _WORD.findall(plain)


def stem(word: str) -> str:
    """The part of a word that its forms share, roughly: the longest known ending is cut, three letters stay."""
    endings = _ENGLISH_ENDINGS if word.isascii() else _RUSSIAN_ENDINGS
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def indexed(*texts: str) -> str:
    """The different words of texts, each after a space, ready for ``LIKE '% stem%'``."""
    found = dict.fromkeys(word for text in texts for word in words_of(text[:_INDEXED]))
    return "".join(f" {word}" for word in found)


def wished(text: str, most: int = 8) -> list[str]:
    """Stems of what a person typed; short connecting words are left out unless there is nothing else."""
    words = words_of(text)
    telling = [word for word in words if len(word) >= _SHORTEST_STEM or word.isdigit()]
    return [stem(word) for word in (telling or words)[:most]]
