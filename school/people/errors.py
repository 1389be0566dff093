"""Why a change to people was not made. The words for the screen are the routes'."""


class LoginTaken(Exception):
    """Another account has this login."""


class WrongPassword(Exception):
    """The present password is another one."""


class LastAdmin(Exception):
    """Nobody would be left who can manage the school."""


class AlreadyHas(Exception):
    """The person has this role, or the child this representative, at that time."""


class CardElsewhere(Exception):
    """The card lives on another device."""


class CodeSpent(Exception):
    """The code was used a moment ago."""
