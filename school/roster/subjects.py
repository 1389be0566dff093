"""Which subject of the city's list a course is, from the words that programs and teachers use for it. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from school.roster.titles import same


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A subject of the city's list, with every name it goes by."""

    id: int
    code: str
    names: tuple[str, ...]


OTHER = "other"
"""Code of the subject that stands for what the list does not have; the course keeps its own name."""

SHORT_WORDS = {
    "russian": ("русский", "рус", "rus"),
    "literature": ("лит", "lit"),
    "english": ("английский", "англ", "иностранный язык", "ин. яз.", "eng"),
    "german": ("немецкий", "нем"),
    "french": ("французский", "франц"),
    "chinese": ("китайский", "кит"),
    "maths": ("math", "maths", "mathematics", "матем", "mat"),
    "algebra": ("алг", "alg", "алгебра и начала математического анализа"),
    "geometry": ("геом", "geom"),
    "statistics": ("вероятность", "статистика", "тервер", "вис"),
    "informatics": ("информ", "икт", "информатика и икт", "computing", "computer science", "informatics"),
    "world": ("окружающий", "окр мир"),
    "history": ("ист", "hist", "история россии", "всеобщая история"),
    "society": ("общество", "общ", "social science"),
    "geography": ("геогр", "geo"),
    "biology": ("биол", "bio"),
    "physics": ("физ", "phys", "phy"),
    "chemistry": ("хим", "chem"),
    "art": ("изо", "arts"),
    "music": ("муз",),
    "technology": ("технология", "труд", "tech"),
    "sport": ("физкультура", "физра", "пе", "physical education", "pe"),
    "safety": ("обж", "обзр"),
    "talks": ("разговор о важном", "разговоры о важном", "ров"),
    "homeroom": ("классный час", "кл час"),
}


def find_subject(subjects: Sequence[SubjectRow], *titles: str) -> SubjectRow | None:
    """The subject that the first telling title names: whole, by a usual short word, or inside a longer title."""
    whole = {same(name): subject for subject in subjects for name in subject.names}
    by_code = {subject.code: subject for subject in subjects}
    for code, words in SHORT_WORDS.items():
        if code in by_code:
            for word in words:
                whole.setdefault(same(word), by_code[code])
    for title in titles:
        if found := whole.get(same(title)):
            return found
    for title in titles:
        if found := _inside(whole, title):
            return found
    return None


def _inside(whole: dict[str, SubjectRow], title: str) -> SubjectRow | None:
    """The longest known name among the words of a title such as «7 «Б» английский язык, группа 1» or «alg7»."""
    words = re.findall(r"[^\W\d_]+", title)
    spans = (
        "".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + 5, len(words)) + 1)
    )
    known: Iterable[str] = (key for span in spans if (key := same(span)) in whole and len(key) > 2)
    best = max(known, key=len, default=None)
    return whole[best] if best else None
