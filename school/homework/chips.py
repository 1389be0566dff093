"""Short words that a teacher says often: one key each in the review."""

from school.core.languages import gettext as _


def chips() -> tuple[str, ...]:
    """At most nine, in the order of the keys Alt+1 to Alt+9."""
    return (
        _("All right, well done."),
        _("Good work, neat and clear."),
        _("Check the calculation once more."),
        _("Write down the steps of the solution."),
        _("Add the answer with its unit."),
        _("Look at the rule in the textbook and correct it."),
        _("The photo is hard to read: take it again in better light."),
        _("A part of the work is missing: add it, please."),
        _("Come to me after the lesson, we will sort it out together."),
    )
