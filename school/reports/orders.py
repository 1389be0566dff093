"""Which sets of papers can be ordered."""

from school.core.languages import gettext as _

SETS: dict[str, tuple[str, ...]] = {
    "summaries": ("summary",),
    "class-teachers": ("class-teacher",),
    "teachers": (),
    "cards": ("cards",),
    "everything": ("summary", "class-teacher", "cards"),
}
"""The papers of each class that belong to a set; "teachers" and "everything" have subject teachers' reports too."""
WITH_TEACHERS = frozenset({"teachers", "everything"})
OF_CLASS = ("cards", "everything")
"""Sets that a class teacher orders."""


def set_name(kind: str) -> str:
    """How a set is called."""
    return {
        "summaries": _("Summary sheets of all classes"),
        "class-teachers": _("Class teachers' reports"),
        "teachers": _("Subject teachers' reports"),
        "cards": _("Report cards"),
        "everything": _("All reports and report cards"),
    }[kind]
