"""Reasons of absence in words."""

from school.core.languages import gettext as _


def absence_reason(reason: str) -> str:
    """«болезнь», «по заявлению семьи»."""
    words = {
        "unknown": _("no reason yet"),
        "illness": _("illness"),
        "family": _("family's note"),
        "school": _("sent by the school"),
        "order": _("by order"),
        "truancy": _("truancy"),
    }
    return str(words.get(reason, reason))
