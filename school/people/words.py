"""How roles, family ties and the reasons of a look are called on the screen."""

from school.core.languages import gettext as _

GIVEN_HERE = ("pupil", "parent", "teacher", "deputy", "head", "admin")
"""Roles that a school gives; the others are the city's."""
STAFF = frozenset({"teacher", "deputy", "head", "admin", "methodologist", "analyst"})


def role_word(kind: str) -> str:
    """«учитель»: a role in a line of text."""
    words = {
        "pupil": _("pupil"),
        "parent": _("parent"),
        "teacher": _("teacher"),
        "deputy": _("deputy head"),
        "head": _("head"),
        "admin": _("school administrator"),
        "methodologist": _("methodologist"),
        "analyst": _("city analyst"),
        "staff": _("member of staff"),
    }
    return str(words.get(kind, kind))


def relation_word(relation: str) -> str:
    """«мама»: who a representative is to the child."""
    words = {"mother": _("mother"), "father": _("father"), "guardian": _("guardian"), "other": _("relative")}
    return str(words.get(relation, relation))


def purpose_word(purpose: str) -> str:
    """Which page was opened, by the word under which its view leaves access facts."""
    words = {
        "gradebook": _("Class journal"),
        "journal": _("Class journal"),
        "diary": _("Diary"),
        "progress": _("Progress"),
        "extra": _("Extra lessons"),
        "pilot": _("Pilots"),
        "report": _("Reports of the class"),
        "report card": _("Report card"),
        "homework": _("Homework"),
        "review": _("Homework review"),
        "submission": _("Homework that was handed in"),
        "lesson": _("Lesson"),
        "presence": _("Attendance"),
        "roster": _("Class list"),
        "class": _("Class list"),
        "group": _("Class list"),
        "pupil": _("Pupil's page"),
        "access": _("Pupil sign-in"),
        "people": _("Personal page"),
        "looks": _("This list"),
        "messages": _("Messages"),
        "asks": _("Answers of the families"),
        "game": _("Game"),
        "marks": _("Marks"),
        "term marks": _("Marks of the term"),
        "absences": _("Absences"),
        "class_morning": _("Who is missing"),
        "task": _("Answers in a test"),
        "tracks": _("Tracks"),
        "accommodations": _("Conditions of tasks"),
    }
    return str(words.get(purpose, _("Another page of the school")))


def how_word(how: str) -> str:
    """How a device was signed in."""
    words = {"password": _("by password"), "qr": _("by card"), "code": _("by one-time code")}
    return str(words.get(how, how))
