"""How the library's kinds, states and problems are called on the screen."""

from datetime import date, datetime

from flask_babel import format_date
from flask_babel import lazy_gettext as _l

from content_library import Criterion, Problem, UnitFacts, UnitKind
from school.core.languages import gettext as _
from school.core.languages import ngettext

KINDS = {
    UnitKind.TEXTBOOK: (_l("Textbook"), _l("Textbooks"), "book-open-text"),
    UnitKind.ASSIGNMENT: (_l("Assignment"), _l("Assignments"), "notebook-pen"),
    UnitKind.TEST: (_l("Test"), _l("Tests"), "clipboard-check"),
    UnitKind.PRESENTATION: (_l("Presentation"), _l("Presentations"), "presentation"),
    UnitKind.VIDEO: (_l("Video"), _l("Videos"), "video"),
    UnitKind.SCENARIO: (_l("Lesson scenario"), _l("Lesson scenarios"), "clipboard-list"),
    UnitKind.PACKAGE: (_l("Interactive"), _l("Interactives"), "shapes"),
    UnitKind.MODEL: (_l("3D model"), _l("3D models"), "box"),
}
"""One, many, icon."""

KIND_HINTS = {
    UnitKind.TEXTBOOK: _l("A text with pictures that a pupil reads alone"),
    UnitKind.ASSIGNMENT: _l("Something to do: a text of the task, questions, or both"),
    UnitKind.TEST: _l("Questions that the machine checks"),
    UnitKind.PRESENTATION: _l("Slides for the panel in class"),
    UnitKind.VIDEO: _l("A short film with words beside it"),
    UnitKind.SCENARIO: _l("A lesson by stages, with minutes for each"),
    UnitKind.PACKAGE: _l("A package of another program (H5P, SCORM, cmi5): practice without marks"),
    UnitKind.MODEL: _l("A thing to turn around and to look at from all sides"),
}

ITEM_KINDS = {
    "single": (_l("One right answer"), "circle-dot"),
    "multiple": (_l("Several right answers"), "list-checks"),
    "number": (_l("A number"), "calculator"),
    "text": (_l("A word or a phrase"), "pencil"),
    "matching": (_l("Pairs"), "link"),
    "grouping": (_l("Sorting into groups"), "folder"),
    "ordering": (_l("Order"), "arrow-up-down"),
    "cloze": (_l("Text with gaps"), "file-text"),
    "table": (_l("Table with gaps"), "table-2"),
    "highlight": (_l("Words in a text"), "scan-line"),
    "number_line": (_l("Number line"), "maximize"),
    "formula": (_l("A formula"), "puzzle"),
    "hotspot": (_l("Places of a picture"), "map-pin"),
    "labels": (_l("Names on a picture"), "image"),
    "plane": (_l("Coordinate plane"), "chart-line"),
    "graph": (_l("Graph by its properties"), "chart-line"),
    "essay": (_l("Long text with a rubric"), "file-text"),
    "notebook": (_l("Photos of the notebook"), "camera"),
    "spoken": (_l("Spoken answer"), "mic"),
    "drawing": (_l("A drawing"), "brush"),
    "multipart": (_l("Several questions about one material"), "layers"),
    "varied": (_l("Own numbers for each pupil"), "refresh-cw"),
}

ITEM_ASKS = {
    "single": _l("Choose one option"),
    "multiple": _l("Choose all that are right"),
    "number": _l("Answer: a number"),
    "text": _l("Answer: a word or a phrase"),
    "matching": _l("Choose a partner for each"),
    "grouping": _l("Choose a group for each"),
    "ordering": _l("Put in order"),
    "cloze": _l("Fill in the gaps"),
    "table": _l("Fill in the table"),
    "highlight": _l("Mark in the text"),
    "number_line": _l("Mark on the line"),
    "formula": _l("Answer: a formula"),
    "hotspot": _l("Mark the places on the picture"),
    "labels": _l("Give each number its name"),
    "plane": _l("Set the points on the plane"),
    "graph": _l("Draw a graph with these properties"),
    "essay": _l("Write a text"),
    "notebook": _l("Take photos of the notebook"),
    "spoken": _l("Record your answer"),
    "drawing": _l("Draw"),
    "multipart": _l("Read and answer the questions"),
    "varied": _l("Each pupil gets numbers of their own"),
}

LICENCES = {
    "CC-BY-4.0": _l("CC BY 4.0: may be used and changed, naming the author"),
    "CC-BY-SA-4.0": _l("CC BY-SA 4.0: the same, and what is made of it stays as free"),
    "CC-BY-NC-4.0": _l("CC BY-NC 4.0: naming the author, not for sale"),
    "CC0-1.0": _l("CC0: free for everything"),
    "own": _l("All rights stay with the author"),
}
LANGUAGES = {"ru": _l("Russian"), "en": _l("English")}

PROBLEMS = {
    Problem.NO_TITLE: _l("There is no title."),
    Problem.NO_SUMMARY: _l("The summary is missing: two sentences for the catalogue."),
    Problem.NO_TOPIC: _l("No topic is chosen: without one the unit can't be found from the curriculum."),
    Problem.NO_MINUTES: _l("The time it takes is missing."),
    Problem.PICTURE_WITHOUT_ALT: _l("A picture has no description in words."),
    Problem.NO_TEXT: _l("There is no text."),
    Problem.NO_TASK: _l("There is no task: write a text, add questions or a file."),
    Problem.NO_ITEMS: _l("There are no questions."),
    Problem.NO_POINTS: _l("All questions are worth nothing."),
    Problem.NO_SLIDES: _l("There are no slides."),
    Problem.NO_VIDEO: _l("There is no film yet."),
    Problem.VIDEO_WITHOUT_SUBTITLES: _l(
        "The film has no subtitles: send a VTT file, or say why it needs none if nobody speaks in it."
    ),
    Problem.SILENT_WITHOUT_TEXT: _l(
        "Nobody speaks in the film: say in the text what it shows, for those who can't see it."
    ),
    Problem.NO_STAGES: _l("The lesson has no stages."),
    Problem.STAGE_WITHOUT_TITLE: _l("A stage of the lesson has no title."),
    Problem.STAGE_WITHOUT_MINUTES: _l("A stage of the lesson has no minutes."),
    Problem.PALE_PICTURE: _l("A picture has too little contrast: grey on grey is not seen by everybody."),
    Problem.JUMPING_HEADING: _l(
        "A heading is more than one step smaller than the one before: who goes by headings loses the way."
    ),
    Problem.DUMB_LINK: _l("The words of a link don't say where it leads."),
    Problem.TOO_HARD: _l("The text is too hard for its years: shorter sentences and plainer words help."),
    Problem.NO_PACKAGE: _l("There is no package yet: an H5P, SCORM or cmi5 file."),
    Problem.KEYBOARD_NOT_SAID: _l(
        "It is not said whether the package can be gone through without a mouse: try the Tab key, arrows, Enter and the space bar."
    ),
    Problem.KEYBOARD_WITHOUT_TEXT: _l(
        "Not everything in the package can be done by keyboard: say in the text what to do instead."
    ),
    Problem.NO_MODEL: _l("There is no 3D model yet: a GLB file."),
    Problem.MODEL_WITHOUT_WORDS: _l("It is not said in words what the model shows."),
}

FAILURES = {
    "empty": _l("the file is empty"),
    "too_large": _l("the file is too large"),
    "wrong_type": _l("the file is not of a type that can be taken here"),
    "bad_model": _l(
        "the file is no 3D model that shows by itself; save it as GLB with everything inside and without compression"
    ),
    "bad_film": _l("the file can't be read as a film; save it as MP4 and send it again"),
    "gone": _l("the file did not arrive whole; send it again"),
    "closed": _l("the version was published meanwhile; begin a new version and send the film again"),
    "server": _l("the server did not manage it"),
    "damaged": _l("the file was damaged on its way; send it again"),
    "infected": _l("the virus scanner found something in the file"),
    "not_scanned": _l("the file is too large for the virus scanner; ask the administrator"),
    "storage": _l("the file storage does not answer; the work goes on by itself when it is back"),
}


CRITERIA = {
    Criterion.FACTS: _l("No mistakes of fact"),
    Criterion.PROGRAMME: _l("Fits the curriculum"),
    Criterion.LANGUAGE: _l("Language and spelling"),
    Criterion.AGE: _l("Fits the age"),
    Criterion.LOOK: _l("Looks tidy"),
    Criterion.ACCESS: _l("Open to everyone"),
    Criterion.RIGHTS: _l("Rights and sources"),
}
"""What a reader of the review looks at."""


def problem_said(problem: Problem, about: str) -> str:
    """Why a unit can't be published yet, with the place it is about."""
    said = str(PROBLEMS[problem])
    if not about:
        return said
    if problem is Problem.TOO_HARD:
        return f"{said} {_('Textbooks of year %(year)s read so.', year=about)}"
    return f"{said} ({about})"


def uses_said(facts: UnitFacts) -> str:
    """How often a unit was set and by how many: «Задан 14 раз: 5 учителей из 2 школ, 12 уроков»."""
    said = [ngettext("%(num)s teacher", "%(num)s teachers", facts.teachers)]
    if facts.schools > 1:
        said.append(ngettext("%(num)s school", "%(num)s schools", facts.schools))
    if facts.lessons:
        said.append(ngettext("%(num)s lesson", "%(num)s lessons", facts.lessons))
    return f"{ngettext('Set %(num)s time', 'Set %(num)s times', facts.homeworks)}: {', '.join(said)}"


ROLES_OF_READERS = {
    "pupil": _l("a pupil"),
    "parent": _l("a parent"),
    "teacher": _l("a teacher"),
}


def role_of_reader(role: str) -> str:
    """Who has found an error, without the name."""
    return str(ROLES_OF_READERS.get(role, _("a reader")))


def kind_name(kind: UnitKind) -> str:
    """What a unit of this kind is called."""
    return str(KINDS[kind][0])


def kind_names(kind: UnitKind) -> str:
    """What units of this kind are called."""
    return str(KINDS[kind][1])


def kind_icon(kind: UnitKind) -> str:
    """The icon of a kind."""
    return KINDS[kind][2]


def licence_name(licence: str) -> str:
    """What a licence allows; a licence that is not in the list stands by its own name."""
    return str(LICENCES.get(licence, licence))


def language_name(code: str) -> str:
    """The language of a unit."""
    return str(LANGUAGES.get(code, code))


def years(first: int, last: int) -> str:
    """Year levels: «5 класс», «5–7 классы»."""
    if first == last:
        return str(_("Year %(year)s", year=first))
    return str(_("Years %(first)s–%(last)s", first=first, last=last))


def bytes_said(size: int) -> str:
    """A file's size as people say it."""
    if size >= 1024 * 1024:
        return str(_("%(size)s MB", size=f"{size / 1024 / 1024:.1f}".replace(".", ",")))
    return str(_("%(size)s KB", size=max(1, size // 1024)))


def length_said(seconds: int) -> str:
    """How long a film is: «3:05», «1:02:10»."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def lesson_day(on: date) -> str:
    """The day of a lesson: «вторник, 24 ноября»."""
    return str(format_date(on, "EEEE, d MMMM", rebase=False))


def day(moment: datetime) -> str:
    """A day with its year: «24 ноября 2026»."""
    return str(format_date(moment, "d MMMM y"))


def film_time(second: int) -> str:
    """A moment of a film: «1:05», «1:02:05»."""
    hours, minutes = divmod(second // 60, 60)
    return f"{hours}:{minutes:02}:{second % 60:02}" if hours else f"{minutes}:{second % 60:02}"


def date_said(on: date) -> str:
    """A day with its year: «24 ноября 2026»."""
    return str(format_date(on, "d MMMM y", rebase=False))
