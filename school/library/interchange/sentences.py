"""Why something did not come in, in plain words, and where it stands."""

from flask_babel import lazy_gettext as _l

from content_library.interchange import Place, Refusal, Why
from school.core.languages import gettext as _

SENTENCES = {
    Why.MISSING: _l("There is no such file."),
    Why.EMPTY: _l("The file is empty."),
    Why.UNKNOWN_FORMAT: _l("The file is of no format that is known here."),
    Why.MEDIA_ALONE: _l("A picture, a sound or a film by itself is no learning material; add it to a unit."),
    Why.TOO_LARGE: _l("It is too large: more than %(limit)s MB."),
    Why.TOO_MANY_PARTS: _l("It has too many parts: more than %(limit)s."),
    Why.TOO_DEEP: _l("It is nested too deep: more than %(limit)s levels. Honest files are not."),
    Why.BOMB: _l("Unpacked it would be absurdly large: such archives are made to do harm."),
    Why.ESCAPES: _l("The archive tries to put a file outside its own folder: such archives are made to do harm."),
    Why.ENCRYPTED: _l("It is locked with a password or a copy protection."),
    Why.INFECTED: _l("The virus scanner does not let it in."),
    Why.BROKEN_ARCHIVE: _l("The archive is damaged and can't be opened."),
    Why.ENTITIES: _l("The file declares substitutions of its own (entities): they can do harm and are not taken."),
    Why.NOT_WELL_FORMED: _l("The XML is written with a mistake, so it can't be read further."),
    Why.WRONG_ENCODING: _l("The letters can't be read: the encoding is unknown or damaged. Save the file as UTF-8."),
    Why.TOO_SLOW: _l("Reading it took more than %(seconds)s seconds and was stopped."),
    Why.TOO_HUNGRY: _l("Reading it took too much memory and was stopped."),
    Why.READER_FAILED: _l("The program did not manage to read it (%(error)s). Please send us this file."),
    Why.NOTHING_FOUND: _l("There is nothing in it that could be taken."),
    Why.MISSING_FILE: _l("The file that is named here is missing."),
    Why.NOT_IN_MANIFEST: _l("The list of contents does not name it."),
    Why.UNSAFE_PICTURE: _l("SVG pictures can hold programs and are not taken; save it as PNG."),
    Why.BAD_PICTURE: _l("It is not a PNG, JPEG, GIF or WebP picture, or it is larger than 10 MB."),
    Why.KIND_UNKNOWN: _l("Questions of the kind “%(kind)s” are not known here yet."),
    Why.RESOURCE_UNKNOWN: _l("Materials of the kind “%(kind)s” are not known here yet."),
    Why.NOT_LEARNING: _l("It holds settings of another program, not learning material."),
    Why.NO_PROMPT: _l("There is no text of the question."),
    Why.NO_KEY: _l("It is not said which answer is right."),
    Why.UNCLOSED: _l("The brace { is never closed."),
    Why.UNREADABLE: _l("It is written in a way that can't be understood."),
    Why.NO_OPTIONS: _l("An option has no text, or there are fewer than two options."),
    Why.SAME_OPTIONS: _l("Two options are the same: “%(text)s”."),
    Why.ALL_RIGHT: _l("All options are right: there is nothing to choose."),
    Why.PICTURE_OPTIONS: _l("The options are pictures without words; here options are texts so far."),
    Why.PARAMETERS: _l(
        "The numbers of the question are made up anew each time; such questions are not known here yet."
    ),
    Why.ONE_DRAW: _l("The numbers of this question were made up anew each time; it has come in with one set of them."),
    Why.ADAPTIVE: _l("The question changes with the answers given; such questions are not known here."),
    Why.PROGRAM: _l("The answer is checked by a program inside the file; programs of others are never run."),
    Why.RANDOM: _l("It stands for a question drawn at random, and is none itself."),
    Why.SEVERAL_PARTS: _l("The question has %(count)s different places for answers; that is not known here yet."),
    Why.NOT_A_NUMBER: _l("“%(text)s” is not a number."),
    Why.NOT_HELD: _l("Questions of this kind (%(kind)s) can't be asked here yet."),
    Why.NOT_SAID: _l("The file does not say enough about it."),
    Why.FAULT: "%(what)s",
    Why.LACKS_KIND: _l("This format has no such kind of question."),
    Why.LACKS_CASE: _l("This format can't say that capital letters matter."),
    Why.LACKS_WHOLE: _l("This format can't give points only for all the right options together."),
    Why.LACKS_PATTERNS: _l("This format can't say that a part of the answer may be anything."),
    Why.PACKAGE_ELSEWHERE: _l(
        "It lies on another site; nothing of a pupil is sent there, so only packages with all their files are opened here."
    ),
    Why.NO_LAUNCH: _l("It is not said what the package opens first, or that can't be opened."),
    Why.HARMFUL_PART: _l("There is a program for a computer or a server in the package: such packages are not taken."),
    Why.NOT_A_PACKAGE: _l("It is no H5P, SCORM or cmi5 package."),
    Why.BAD_PACKAGE: _l("The description of the package is missing or breaks the rules of its standard."),
}


def sentence(refusal: Refusal) -> str:
    """The reason. What the mistake of a task says is a sentence of its own."""
    if refusal.why is Why.FAULT:
        values = {name: value for name, value in refusal.values.items() if name != "what"}
        mistake = refusal.values["what"]
        return str(_(mistake, **values))
    template = str(SENTENCES[refusal.why])
    return template % _Values(refusal.values) if refusal.values or "%(" in template else template


def place_said(place: Place) -> str:
    """Where it is: «quiz.xml, строка 14, № 3, «Дроби»»; nothing for the file as a whole."""
    parts = [place.part]
    parts += [_("line %(n)s", n=place.line)] if place.line else []
    parts += [_("no. %(n)s", n=place.number)] if place.number else []
    parts += [f"«{place.name}»"] if place.name else []
    return ", ".join(part for part in parts if part)


class _Values(dict[str, str]):
    """What a sentence names; a word that nobody gave is a dash."""

    def __missing__(self, key: str) -> str:
        return "—"
