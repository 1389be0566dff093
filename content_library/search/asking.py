"""From what a person typed to questions of the index: the other forms of each word, its ends while typing, slips of one letter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from tantivy import Occur, Query, Searcher

from content_library.search.analysis import CONNECTING, stem, stems_of, words_of
from content_library.search.schema import PLACES, TEXTS, UNITS

MOST_WORDS = 8
_WEIGHTS = {"title": 2.0, "tags": 3.0, "topics": 1.0, "about": 1.5, "body": 1.0}
_TIE = 0.3
"""How much the weaker fields of a word add to its best one."""
_WHOLE = 20.0
"""What a title that is exactly the wish is worth more."""
_EVERYWHERE = 20_000
"""Units that have a word which says little by itself."""
_ENDS = 8
"""Endings tried for a word that is being typed."""
_SHORTEST_SLIP = 4
"""Letters of a word that may hold a slip: shorter ones become any other word."""
_RUSSIAN, _LATIN = "абвгдежзийклмнопрстуфхцчшщъыьэюя", "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a wish and the stems that answer it."""

    typed: str
    stems: tuple[str, ...]
    mended: str = ""
    """The word that was searched instead, where the typed one is nowhere."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish in words."""

    words: tuple[Word, ...] = field(default=())

    @property
    def mended(self) -> str:
        """The wish as it was understood, if that is another one than what was typed."""
        if not any(word.mended for word in self.words):
            return ""
        return " ".join(word.mended or word.typed for word in self.words)

    @property
    def is_known(self) -> bool:
        """Whether every word is somewhere in the library."""
        return all(word.stems for word in self.words)


def telling(text: str) -> list[str]:
    """The words of a wish that it is about; connecting ones only if there are no others."""
    words = words_of(text)
    kept = [word for word in words if word not in CONNECTING]
    return list(dict.fromkeys(kept or words))[:MOST_WORDS]


def ask(searcher: Searcher, text: str) -> Asked:
    """Understand a wish by the words that the library has."""
    typed = telling(text)
    # A space or a full stop after the last word says that it is whole.
    is_open = bool(text) and text[-1].isalnum()
    return Asked(
        tuple(_word(searcher, word, is_last=is_open and at == len(typed) - 1) for at, word in enumerate(typed))
    )


def _word(searcher: Searcher, typed: str, *, is_last: bool) -> Word:
    stems = _known(searcher, stems_of(typed))
    if stems:
        return Word(typed, stems)
    if is_last and len(typed) > 1:
        ends = searcher.terms_with_prefix("words", typed, limit=_ENDS)
        if ends:
            return Word(typed, tuple(dict.fromkeys(stem(end) for end, _count in ends)))
    mended = _mend(searcher, typed)
    if mended:
        return Word(typed, _known(searcher, stems_of(mended)), mended)
    return Word(typed, ())


def _known(searcher: Searcher, stems: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in stems if any(searcher.doc_freq(name, one) for name in TEXTS))


def _mend(searcher: Searcher, typed: str) -> str:
    """The most used word at one slip from a word that is nowhere: a letter more, less or other, two exchanged."""
    if len(typed) < _SHORTEST_SLIP:
        return ""
    best, most = "", 0
    for near in _near(typed):
        count = searcher.doc_freq("words", near)
        if count > most:
            best, most = near, count
    if best:
        return best
    # Titles may have another form of it: «дрббями» is near «дробями», whose stem is there.
    for near in _near(typed):
        count = max(searcher.doc_freq("title", stem(near)), searcher.doc_freq("body", stem(near)))
        if count > most:
            best, most = near, count
    return best


def _near(word: str) -> Iterator[str]:
    letters = _LATIN if word.isascii() else _RUSSIAN
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    lost = (a + b[1:] for a, b in splits if b)
    swapped = (a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1)
    other = (a + c + b[1:] for a, b in splits if b for c in letters)
    more = (a + c + b for a, b in splits for c in letters)
    return chain(swapped, lost, other, more)


def matching(asked: Asked) -> Query:
    """Units that have every word, the better the field the higher."""
    parts = [(Occur.Must, _best_field(word)) for word in asked.words]
    return Query.boolean_query([*parts, *_together(asked)])


def loosely(searcher: Searcher, asked: Asked) -> Query:
    """Units that have some of the words, the more and the rarer the higher. Words that are everywhere only lift, unless
    there are no others: looking through all that has them would cost much and find nothing telling."""
    common = {
        word: max(searcher.doc_freq(name, one) for name in TEXTS for one in word.stems)
        for word in asked.words
        if word.stems
    }
    rare = [word for word, count in common.items() if count <= _EVERYWHERE] or [min(common, key=common.__getitem__)]
    needed = Query.boolean_query([(Occur.Should, _best_field(word)) for word in rare])
    others = [(Occur.Should, _best_field(word)) for word in common if word not in rare]
    return Query.boolean_query([(Occur.Must, needed), *others, *_together(asked)])


def _best_field(word: Word) -> Query:
    # Never one query a field and stem where a field has no such stem: the index answers that at once.
    return Query.disjunction_max_query(
        [
            Query.boost_query(Query.term_query(UNITS, name, one, "freq"), weight)
            for name, weight in _WEIGHTS.items()
            for one in word.stems
        ],
        _TIE,
    )


def _together(asked: Asked) -> list[tuple[Occur, Query]]:
    """What lifts a unit further: the words one after another, or a title that is exactly the wish."""
    first = [word.stems[0] for word in asked.words if word.stems]
    lifted: list[Query] = []
    if len(asked.words) == 1:
        lifted = [Query.term_query(UNITS, "whole", one, "basic") for one in asked.words[0].stems]
    elif first:
        lifted = [Query.term_query(UNITS, "whole", " ".join(first), "basic")]
    made = [(Occur.Should, Query.boost_query(Query.const_score_query(one, 1.0), _WHOLE)) for one in lifted]
    if len(first) > 1:
        made += [
            (Occur.Should, Query.boost_query(Query.phrase_query(UNITS, name, list(first), slop=1), weight))
            for name, weight in _WEIGHTS.items()
        ]
    return made


def only(name: str, value: int) -> Query:
    """A filter: it takes away and lifts nothing."""
    return Query.const_score_query(Query.term_query(UNITS, name, value, "basic"), 0.0)


def places_of(unit_keys: Sequence[str], asked: Asked) -> Query:
    """Passages of these units, those with more of the words first; such as have none of them score nothing."""
    made = Query.const_score_query(Query.term_set_query(PLACES, "unit", list(unit_keys)), 0.0)
    # One word in another: few passages are looked up in each word's list, while lists put together would be gone through
    # in windows of thousands of passages around each.
    for one in dict.fromkeys(one for word in asked.words for one in word.stems):
        word = Query.term_query(PLACES, "text", one, "freq")
        made = Query.boolean_query([(Occur.Must, made), (Occur.Should, word)])
    return made
