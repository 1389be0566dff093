"""Words as the index keeps them and as people ask for them: folded letters, stems, and the other forms of a Russian word."""

import re
import unicodedata
from functools import cache, lru_cache

import pymorphy3
from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

_WORD = re.compile(r"[^\W_]+")
_FOLDED = str.maketrans({"ё": "е", "Ё": "Е", "\u0301": None, "\u00ad": None})
"""ё is е; the sign of stress and the soft hyphen are not letters."""
_LONGEST = 60
"""Letters of a word; longer ones are formulas and addresses."""
_VERBAL = {"PRTF", "PRTS", "GRND"}
"""Participles: forms of a verb that are words of their own for whoever did not ask by one."""
_FORMS_OF_A_WORD = 12

CONNECTING = frozenset(
    re.findall(
        r"\S+",
        """а без в во для до и из или к как ко на не о об от по под при про с со у что это
    a an and are as at by for from how in is of on or the to with""",
    )
)
"""Words that a wish need not have."""


def fold(text: str) -> str:
    """The text as it is indexed: composed letters, е for ё."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text).translate(_FOLDED)


def words_of(text: str) -> list[str]:
    """The words in order, folded, in small letters."""
    return _WORD.findall(fold(text).lower())


def stemming() -> TextAnalyzer:
    """Stems of Russian and English words: each stemmer leaves the letters of the other alone."""
    steps = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.remove_long(_LONGEST))
    return steps.filter(Filter.stemmer("russian")).filter(Filter.stemmer("english")).build()


def plain() -> TextAnalyzer:
    """Words as they stand, in small letters: for completion and for mending slips."""
    return (
        TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.remove_long(_LONGEST)).build()
    )


@cache
def _stemmer() -> TextAnalyzer:
    return stemming()


@lru_cache(65_536)
def stem(word: str) -> str:
    """The stem of one word; the word itself when it is nothing that is indexed."""
    found = _stemmer().analyze(fold(word))
    return found[0] if found else word


@cache
def _morphology() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(8_192)
def stems_of(word: str) -> tuple[str, ...]:
    """The stems under which the forms of a word stand in the index, its own first: «люди» is «люд» and «человек».

    A stemmer cuts endings only; the dictionary knows that «дня» is «день» and «стала» is «стать».
    """
    found = {stem(word): None}
    if word.isascii() or not word.isalpha():
        return tuple(found)
    readings = _morphology().parse(word)
    # The forms that a text would name the thing by come first: a word of many forms is cut off at its rarest ones.
    for reading in readings:
        found[stem(reading.normal_form)] = None
    for reading in readings[:3]:
        for form in reading.lexeme:
            if form.tag.POS not in _VERBAL or reading.tag.POS in _VERBAL:
                found[stem(form.word)] = None
    return tuple(found)[:_FORMS_OF_A_WORD]


_KEYS = dict(zip("`qwertyuiop[]asdfghjkl;'zxcvbnm,.", "ёйцукенгшщзхъфывапролджэячсмитьбю", strict=True))


def in_russian_layout(text: str) -> str:
    """What would have been typed with the other layout on: «lhj,b» is «дроби»."""
    return "".join(_KEYS.get(letter, letter) for letter in text.lower())
