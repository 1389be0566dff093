"""How the names of classes, subjects and teachers are compared when different hands wrote them."""

import re

_LATIN_TWINS = str.maketrans("abcehkmoptxy", "авсенкмортху")
_CLASS = re.compile(r"\s*(1[01]|[1-9])\s*[-–—]?\s*[«\"“„(]?\s*([А-ЯЁA-Zа-яёa-z])(?![А-ЯЁA-Zа-яёa-z])")


def same(title: str) -> str:
    """A key under which ``5а``, ``5 «А»`` and ``5-A`` typed in Latin are one."""
    return re.sub(r"[^0-9a-zа-я]", "", title.lower().replace("ё", "е")).translate(_LATIN_TWINS)


def class_parts(title: str) -> tuple[int, str] | None:
    """Year level and letter of a class's name: ``10 «А» инж`` is (10, «А»); nothing for another name."""
    found = _CLASS.match(title)
    return (int(found[1]), found[2].upper()) if found else None
