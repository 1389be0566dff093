"""What a message says: nothing that a locked screen may not show, alike news in one line, each line with its own link."""

from collections.abc import Hashable, Sequence

from babel.lists import format_list

from school.core.languages import gettext as _
from school.core.languages import language, ngettext
from school.notices.hooks import brief_of, detail_of, likeness, several_of
from school.notices.seen import SeenNotice

MOST_LINES = 6
ALL = "/notices"

Line = tuple[str, str]
"""Words, and the address on this site of what they speak of."""


def compose(news: Sequence[SeenNotice]) -> tuple[str, list[Line], str]:
    """Title, lines and address of a message."""
    groups: dict[Hashable, list[SeenNotice]] = {}
    for one in sorted(news, key=lambda one: (one.made_at, one.id)):
        groups.setdefault(likeness(one), []).append(one)
    several = several_of(news[0])
    if several is None or len({one.kind for one in news}) > 1:
        return _of_many_kinds(list(groups.values()))
    lines = [(_named(some[0], items), _to(some[0])) for some in groups.values() if (items := several.items(some))]
    if len(groups) == 1:
        told = [(_capital(several.items(news)), _to(news[0]))] if lines else []
        return _named(news[0], several.count(news)), told, _to(news[0])
    if len(lines) < len(groups):
        return _of_many_kinds(list(groups.values()))
    names = list(dict.fromkeys(name for some in groups.values() if (name := several.whose(some[0]))))
    count = several.count(news)
    title = f"{format_list(names, locale=language())}: {count}" if names else _capital(count)
    return title, _shortened(lines), ALL


def _of_many_kinds(groups: Sequence[list[SeenNotice]]) -> tuple[str, list[Line], str]:
    """News that stand alone; equal lines are said once."""
    lines: dict[str, list[SeenNotice]] = {}
    for some in groups:
        lines.setdefault(_line(some), []).extend(some)
    total = sum(len(some) for some in groups)
    said = list(lines.items())
    if len(said) == 1:
        words, some = said[0]
        if len(groups) == 1:
            detail = detail_of(some[0])
            return words, [(detail, _to(some[0]))] if detail else [], _to(some[0])
        return f"{words} ({total})", [], ALL
    shown = [
        (f"{words} ({len(some)})", ALL) if len(some) > 1 and several_of(some[0]) is None else (words, _to(some[0]))
        for words, some in said
    ]
    title = ngettext("%(num)s piece of news from school", "%(num)s pieces of news from school", total)
    return title, _shortened(shown), ALL


def _line(some: Sequence[SeenNotice]) -> str:
    several = several_of(some[0])
    if several is None:
        return brief_of(some[0])
    items = several.items(some)
    count = _named(some[0], several.count(some))
    return f"{count} — {items}" if items else count


def _named(one: SeenNotice, words: str) -> str:
    several = several_of(one)
    whose = several.whose(one) if several else ""
    return f"{whose}: {words}" if whose else _capital(words)


def _shortened(lines: list[Line]) -> list[Line]:
    rest = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], (_("and %(num)s more", num=rest), ALL)] if rest > 0 else lines


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _to(one: SeenNotice) -> str:
    return f"/s/{one.school_id}/notices/{one.id}"
