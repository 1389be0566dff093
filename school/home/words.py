"""Reasons of absence and small numbers in words."""

from school.core.languages import gettext as _
from school.core.languages import ngettext


def absence_reason(reason: str) -> str:
    """«болезнь», «по заявлению семьи»."""
    words = {
        "unknown": _("no reason yet"),
        "illness": _("illness"),
        "family": _("note from family"),
        "school": _("sent by the school"),
        "order": _("by order"),
        "truancy": _("truancy"),
    }
    return str(words.get(reason, reason))


def lessons_words(n: int) -> str:
    """«3 урока»."""
    return ngettext("%(num)s lesson", "%(num)s lessons", n)


def pupils_words(n: int) -> str:
    """«3 ученика»."""
    return ngettext("%(num)s pupil", "%(num)s pupils", n)


def tasks_words(n: int) -> str:
    """«3 работы за последние три недели»."""
    return ngettext("%(num)s task from the last three weeks", "%(num)s tasks from the last three weeks", n)
