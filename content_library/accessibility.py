"""What keeps a text from some of its readers: headings that jump, links that say nothing, sentences beyond their years.

The measures are rough on purpose: they name what is surely wrong and leave the rest to the reader of the review.
"""

import re
from dataclasses import dataclass

from content_library.words import words_of

LEAST_WORDS = 80
"""A shorter text says too little about its difficulty."""
SPARE_YEARS = 3
"""How far a text may be above the oldest of its readers: terms of the subject count as long words and can't be avoided."""
LEAST_CONTRAST = 2.0
"""Between the darkest and the lightest of a picture; WCAG asks 3 of things to be told apart, and a picture may have a few paler ones."""

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
_NOT_TEXT = re.compile(r"^ {0,3}(?:#.*|\|.*|```.*|!\[.*|[-*_]{3,})$|[`*_~^|]|!?\[|\]\([^)]*\)", re.MULTILINE)
_SENTENCE = re.compile(r"[.!?…]+(?:\s|$)|\n\s*\n|\n\s*(?:[-*+]|\d+[.)])\s")
_NOTHING_SAID = {"тут", "здесь", "ссылка", "ссылке", "сюда", "link", "here", "this", "more", "подробнее"}
_RUSSIAN_VOWELS = frozenset("аеиоуыэюяё")
_ENGLISH_SYLLABLE = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, slots=True)
class Level:
    """How hard a text is, as the year of school whose textbooks read so."""

    year: float
    words_a_sentence: float


def jumping_heading(markdown: str) -> str | None:
    """The first heading that is more than one step below the one before: who goes by headings falls into the gap."""
    before = 0
    for marks, title in _HEADING.findall(markdown):
        depth = len(marks)
        if before and depth > before + 1:
            return str(title)
        before = depth
    return None


def dumb_link(markdown: str) -> str | None:
    """The first link whose words don't say where it leads: read out alone, «здесь» is nothing (WCAG 2.4.4)."""
    for said, address in _LINK.findall(markdown):
        words = words_of(said)
        if not words or " ".join(words) in _NOTHING_SAID or said.strip().lower().startswith(("http://", "https://")):
            return str(said.strip() or address)
    return None


def reading_level(markdown: str, language: str) -> Level | None:
    """The Flesch-Kincaid measure, for Russian with the numbers found on Russian school textbooks (Solnyshkina, Ivanov,
    Solovyev, 2018); None for a text that is too short to say and for other languages."""
    if language not in {"ru", "en"}:
        return None
    plain = _NOT_TEXT.sub(" ", markdown)
    words = [word for word in words_of(plain) if word.isalpha() and (len(word) > 1 or word in "аиоуявкс")]
    if len(words) < LEAST_WORDS:
        return None
    sentences = sum(bool(words_of(one)) for one in _SENTENCE.split(plain))
    length = len(words) / max(sentences, 1)
    syllables = sum(map(_syllables, words)) / len(words)
    if language == "ru":
        return Level(0.36 * length + 5.76 * syllables - 11.97, length)
    return Level(0.39 * length + 11.8 * syllables - 15.59, length)


def _syllables(word: str) -> int:
    if word.isascii():
        return max(1, len(_ENGLISH_SYLLABLE.findall(word)) - (word.endswith("e") and not word.endswith("le")))
    return max(1, sum(letter in _RUSSIAN_VOWELS for letter in word))
