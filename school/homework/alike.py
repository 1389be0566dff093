"""Which texts and photographs of a parallel are nearly the same. Pure, and of bounded time: it points, people judge.

Texts are compared by their runs of four words: each text keeps the smallest hashes of its runs (a bottom-k sketch), texts that
share some of those are compared in full. Runs that more than half of the texts have are the wording of the task, a proverb or
a formula, and count for nobody. Letters that only look Russian are read as Russian ones.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

RUN = 4
"""Words."""
MOST_TEXTS, MOST_WORDS, SKETCH = 600, 3000, 48
MOST_CANDIDATES = 20_000
MOST_PAIRS = 60
FEWEST_RUNS = 8
"""Shorter texts are alike by nature: «Готово, ответ 12»."""
LEAST_SHARE = 0.4
FEWEST_TO_BE_COMMON = 6
BITS_APART = 18
"""Of 256: the same shot, packed anew or smaller. Two pages of one exercise book are farther apart."""
FEWEST_BITS = 24
"""A photograph without any drawing in it is like every other."""

_WORD = re.compile(r"\w+")
_LOOKALIKE = str.maketrans("aceopxyëё", "асеорхуее")


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two texts by their places in what was given."""

    one: int
    other: int
    share: float
    """Of the shorter one's runs that are in the other too, 0 to 1."""


def pairs_of(texts: Sequence[str]) -> list[AlikePair]:
    """Pairs that share much, the most alike first; at most sixty, among the first six hundred texts."""
    runs = [_runs(_words(text)) for text in texts[:MOST_TEXTS]]
    seen: dict[int, int] = defaultdict(int)
    for some in runs:
        for run in some:
            seen[run] += 1
    long_enough = sum(len(some) >= FEWEST_RUNS for some in runs)
    common = (
        {run for run, count in seen.items() if 2 * count > long_enough} if long_enough >= FEWEST_TO_BE_COMMON else set()
    )
    own = [some - common for some in runs]
    found = []
    for one, other in _candidates(own):
        shared = len(own[one] & own[other])
        share = shared / min(len(own[one]), len(own[other]))
        if shared >= FEWEST_RUNS and share >= LEAST_SHARE:
            found.append(AlikePair(one, other, share))
    return sorted(found, key=lambda pair: (-pair.share, pair.one, pair.other))[:MOST_PAIRS]


def _candidates(own: Sequence[set[int]]) -> Iterable[tuple[int, int]]:
    """Places of texts whose sketches meet, those that meet most first."""
    holders: dict[int, list[int]] = defaultdict(list)
    for place, some in enumerate(own):
        if len(some) >= FEWEST_RUNS:
            for run in sorted(some)[:SKETCH]:
                holders[run].append(place)
    met: dict[tuple[int, int], int] = defaultdict(int)
    for places in holders.values():
        for pair in combinations(places, 2):
            met[pair] += 1
    return sorted(met, key=lambda pair: (-met[pair], pair))[:MOST_CANDIDATES]


def marked(text: str, other: str) -> list[tuple[str, bool]]:
    """The text in pieces, with whether a piece stands in the other text too."""
    words = _words(text)
    theirs = _runs(_words(other))
    is_shared = [False] * len(words)
    for at in range(len(words) - RUN + 1):
        if _run(words, at) in theirs:
            is_shared[at : at + RUN] = [True] * RUN
    pieces: list[tuple[str, bool]] = []

    def put(piece: str, shared: bool) -> None:
        if pieces and pieces[-1][1] == shared:
            pieces[-1] = (pieces[-1][0] + piece, shared)
        elif piece:
            pieces.append((piece, shared))

    end, before = 0, False
    for (_word, start, stop), shared in zip(words, is_shared, strict=True):
        put(text[end:start], before and shared)  # what stands between two words is shared where both are
        put(text[start:stop], shared)
        end, before = stop, shared
    put(text[end:], False)
    return pieces


def looks_alike(one: str, other: str) -> bool:
    """Whether two fingerprints (``content_library.pictures.look``) are of the same shot."""
    if not one or not other:
        return False
    a, b = int(one, 16), int(other, 16)
    return min(a.bit_count(), b.bit_count()) >= FEWEST_BITS and (a ^ b).bit_count() <= BITS_APART


Word = tuple[str, int, int]


def _words(text: str) -> list[Word]:
    return [
        (_plain(found[0]), found.start(), found.end())
        for found, _n in zip(_WORD.finditer(text), range(MOST_WORDS), strict=False)
    ]


def _plain(word: str) -> str:
    """As it sounds: in a text of another language the change is the same everywhere, and changes nothing."""
    return word.lower().translate(_LOOKALIKE)


def _runs(words: Sequence[Word]) -> set[int]:
    return {_run(words, at) for at in range(len(words) - RUN + 1)}


def _run(words: Sequence[Word], at: int) -> int:
    return crc32(" ".join(word for word, _start, _stop in words[at : at + RUN]).encode())
