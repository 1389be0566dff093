"""What notices of the library say to those who read them."""

from flask import url_for

from school.core.languages import gettext as _
from school.library.actions.telling import ANSWERED, ERROR, MENDED, PUBLISHED, RETURNED
from school.notices.hooks import Said, Topic, says
from school.notices.seen import SeenNotice


@says(ERROR, Topic.LIBRARY, brief=lambda _notice: _("A reader has found an error"))
def error(notice: SeenNotice) -> Said:
    """To the author."""
    title = _("A reader has found an error: “%(title)s”", title=notice.about["title"])
    return Said(title, notice.about["place"], url_for("library.errors", which="mine"), _("Errors"))


@says(ANSWERED, Topic.LIBRARY, brief=lambda _notice: _("An answer to your report of an error"))
def answered(notice: SeenNotice) -> Said:
    """To the reader who has found it."""
    words = _("The author agrees and will mend it.") if notice.about["accepted"] else _("The author has answered.")
    title = _("Your report of an error: “%(title)s”", title=notice.about["title"])
    return Said(title, words, url_for("library.errors", which="sent"), _("Errors"))


@says(MENDED, Topic.LIBRARY, brief=lambda _notice: _("What you reported is mended"))
def mended(notice: SeenNotice) -> Said:
    """To the same reader."""
    title = _("What you reported is mended: “%(title)s”", title=notice.about["title"])
    return Said(title, "", url_for("library.unit", unit_id=notice.thing_id), _("Open"))


@says(RETURNED, Topic.LIBRARY, brief=lambda _notice: _("The methodologist asks for changes"))
def returned(notice: SeenNotice) -> Said:
    """To the author."""
    title = _("The methodologist asks for changes: “%(title)s”", title=notice.about["title"])
    return Said(title, "", url_for("library.draft", draft_id=notice.thing_id), _("What to fix"))


@says(PUBLISHED, Topic.LIBRARY, brief=lambda _notice: _("Your unit is published"))
def published(notice: SeenNotice) -> Said:
    """To the author."""
    title = _("Published: “%(title)s”", title=notice.about["title"])
    return Said(
        title, _("Teachers find it in the library now."), url_for("library.unit", unit_id=notice.thing_id), _("Open")
    )
