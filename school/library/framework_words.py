"""What the framework's refusals are called on the screen."""

from flask_babel import lazy_gettext as _l

from content_library import frameworks
from content_library.frameworks import CannotPlace, Reason, Why
from school.core.languages import gettext as _

REASONS = {
    Reason.TOO_LARGE: _l("the file is larger than 2 MB"),
    Reason.NOT_TEXT: _l("the file is not text in UTF-8"),
    Reason.BROKEN: _l("the file can't be read: neither JSON nor TOML nor a table"),
    Reason.NO_ROWS: _l("no topics were found in the file"),
    Reason.NO_CODE: _l("there is no code"),
    Reason.LONG_CODE: _l("the code is longer than 64 characters"),
    Reason.NO_TITLE: _l("the topic has no title"),
    Reason.LONG_TITLE: _l("the title is longer than 300 characters"),
    Reason.NO_YEAR: _l("there is no year level from 1 to 11"),
    Reason.NO_SUBJECT: _l("there is no such subject"),
    Reason.BAD_DATE: _l("a date can't be read"),
    Reason.DATES: _l("it ends before it begins"),
    Reason.TWICE: _l("the code stands in the file twice"),
    Reason.NO_PARENT: _l("the wider topic is not there"),
    Reason.NO_NEED: _l("the topic it rests on is not there"),
    Reason.LATER_YEAR: _l("it would rest on a topic of a later year"),
    Reason.CIRCLE: _l("a circle: that topic already rests on this one"),
}


def why_not(refusal: CannotPlace) -> str:
    """Why the framework does not take a change, with the topics that are in the way."""
    titles = [f"«{title}»" for title in refusal.titles]
    if refusal.why is Why.CIRCLE:
        chain = " → ".join(titles)
        return str(
            _("That would be a circle, each topic resting on the next: %(chain)s. Nothing was changed.", chain=chain)
        )
    if refusal.why is Why.PART_OF_IT:
        return str(_("%(one)s and %(other)s are parts of each other: one can't come before the other.", one=titles[0], other=titles[1]))  # fmt: skip
    if refusal.why is Why.LATER_YEAR:
        return str(_("%(other)s is taught in a later year than %(one)s.", one=titles[0], other=titles[1]))
    if refusal.why is Why.BELOW_ITSELF:
        return str(_("A topic can't move into itself or into a part of it."))
    if refusal.why is Why.CODE_TAKEN:
        return str(_("The code belongs to %(one)s already.", one=titles[0]))
    if refusal.why is Why.DATES:
        return str(_("The last day is before the first one."))
    return str(_("%(one)s is a topic of another subject.", one=titles[0]))


def reason_said(one: frameworks.NotTaken) -> str:
    """Why a row is left out."""
    said = str(REASONS[one.reason])
    return f"{said}: {one.detail}" if one.detail else said


def place_of_row(one: frameworks.NotTaken) -> str:
    """Which row it is."""
    if not one.number:
        return one.code
    return (
        str(_("row %(n)s (%(code)s)", n=one.number, code=one.code)) if one.code else str(_("row %(n)s", n=one.number))
    )
