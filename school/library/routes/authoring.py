"""Writing units: one's own list, the beginning, the page of the draft, and how it will look."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from content_library import Criterion, Unit, UnitKind, copies, quality, reports, shelf, subjects
from school.core.access import Actor, requires
from school.core.database import db
from school.core.languages import gettext as _
from school.core.languages import language
from school.core.pages import go_to, page, toast
from school.core.prose import prose
from school.core.shell import Crumb
from school.library import actions
from school.library.actions.writing import Begun, Said
from school.library.forms import BeginForm, DraftForm, FileForm, NoteForm
from school.library.forms.review import RemarkForm, WordsForm
from school.library.places import address_at, has_film, places_of
from school.library.policy import may_author, may_renew, may_retire, may_see_draft, may_take_back, may_write
from school.library.queries import (
    films_of,
    get_draft,
    get_unit,
    my_units,
    previews_of,
    read_unit,
    readiness_of,
    review_of,
    topics_to_choose,
    uploads_of,
)
from school.library.queries.films import NOTHING_SEEN
from school.library.queries.packages import NOTHING_PLAYED, package_in
from school.library.queries.reading import LESSON_MINUTES, SLIDE_BREAK, picture_addresses
from school.library.queries.reports import reports_waiting
from school.library.routes.blueprint import blueprint
from school.library.routes.stage import stage
from school.library.routes.units import STAGE_PARTS, PlayedFilm
from school.library.seen import Draft


@blueprint.get("/library/mine")
@requires(may_author)
def mine(actor: Actor) -> ResponseReturnValue:
    """What I have written, and where each of it stands."""
    return page(
        "library/mine.html",
        units=(units := my_units(actor)),
        news=copies.with_news(db.session(), [one.unit for one in units]),
        reports=reports_waiting(actor),
        facts=quality.facts_of_author(db.session(), actor.account_id),
        where=(library_crumb(), Crumb(_("My units"))),
    )


@blueprint.route("/library/new", methods=["GET", "POST"])
@requires(may_author)
def new(actor: Actor) -> ResponseReturnValue:
    """Begin a unit."""
    form = BeginForm()
    all_subjects = subjects.all_subjects(db.session())
    form.offer(all_subjects, language())
    if not form.is_submitted():
        form.suggest(my_units(actor))
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        where = (library_crumb(), mine_crumb(), Crumb(_("New unit")))
        return page("library/new.html", form=form, status=status, where=where)
    first, last = form.years
    subject = next(one for one in all_subjects if one.id == form.subject.data)
    begun = Begun(kind=form.kind.data, title=form.title.data.strip(), subject=subject, year_from=first, year_to=last)
    unit = actions.begin_unit(actor, begun, usual_stages() if begun.kind is UnitKind.SCENARIO else ())
    return go_to("library.edit", draft_id=unit.id)


@blueprint.route("/library/<uuid:draft_id>/edit", methods=["GET", "POST"])
@requires(may_write, draft=get_draft)
def edit(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """Write the draft. ``then`` says where the author goes after saving: on writing, or to look at it."""
    form = _draft_form(draft)
    if not form.is_submitted():
        form.show(draft, [topic.id for topic in shelf.topics_of_unit(db.session(), draft.unit)])
    elif form.validate():
        actions.rewrite(actor, draft, _said(form))
        then = request.form.get("then", "")
        if then == "look":
            return go_to("library.draft", draft_id=draft.unit.id)
        toast(_("Saved."))
        return go_to("library.edit", draft_id=draft.unit.id, _anchor="new-stage" if then == "stage" else None)
    if draft.unit.kind is UnitKind.SCENARIO and len(form.stages) < form.stages.max_entries:
        form.stages.append_entry()
    files = FileForm(formdata=None)
    files.offer(draft.unit.kind)
    kept = shelf.files_of(db.session(), draft.version)
    return page(
        "library/edit.html",
        status=422 if form.errors else 200,
        draft=draft,
        form=form,
        file_form=files,
        files=kept,
        package=package_in(kept),
        items=shelf.items_of(db.session(), draft.version),
        films=films_of(draft),
        uploads=uploads_of(draft),
        smalls=previews_of(draft),
        readiness=readiness_of(draft),
        chain=copies.chain_of(db.session(), draft.unit),
        news=copies.with_news(db.session(), [draft.unit]),
        to_mend=reports.accepted_on(db.session(), draft.unit),
        address_at=address_at,
        is_edited=True,
        lesson_minutes=LESSON_MINUTES,
        where=(library_crumb(), mine_crumb(), Crumb(draft.version.title)),
    )


@blueprint.get("/library/<uuid:draft_id>/draft")
@requires(may_see_draft, draft=get_draft)
def draft(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """The draft as its readers will see it, with what is still to be mended and the next step."""
    reading = read_unit(draft.unit, draft.version, language())
    return page(
        "library/draft.html",
        draft=draft,
        unit=draft.unit,
        reading=reading,
        stage=stage(actor, reading.package, NOTHING_PLAYED) if reading.package else None,
        readiness=readiness_of(draft),
        note_form=NoteForm(formdata=None),
        review=review_of(draft),
        criteria=Criterion,
        chain=copies.chain_of(db.session(), draft.unit),
        remark_form=RemarkForm(formdata=None).offer(places_of(reading)),
        words_form=WordsForm(formdata=None),
        has_film=has_film(reading),
        address_at=address_at,
        stage_parts=STAGE_PARTS,
        file_address=lambda file: url_for(".draft_file", draft_id=draft.unit.id, position=file.position),
        film=PlayedFilm(url_for(".draft_film", draft_id=draft.unit.id), NOTHING_SEEN),
        lesson_minutes=LESSON_MINUTES,
        where=(library_crumb(), mine_crumb(), Crumb(draft.version.title)),
    )


@blueprint.post("/library/<uuid:draft_id>/preview")
@requires(may_see_draft, draft=get_draft)
def preview(_actor: Actor, draft: Draft) -> ResponseReturnValue:
    """The text as it will look, while it is being typed. Changes nothing; a POST because texts are long."""
    body = request.form.get("body", "").replace("\r\n", "\n")
    is_slides = draft.unit.kind is UnitKind.PRESENTATION
    addresses = picture_addresses(draft.version)
    texts = [
        prose(text, addresses, anchor=f"preview-{n}")
        for n, text in enumerate(body.split(SLIDE_BREAK) if is_slides else [body])
    ]
    return page("library/_preview.html", texts=texts)


@blueprint.get("/library/<uuid:draft_id>/topics")
@requires(may_write, draft=get_draft)
def topics(_actor: Actor, draft: Draft) -> ResponseReturnValue:
    """The topics of the subject and years that were just chosen in the form."""
    form = DraftForm(formdata=request.args, meta={"csrf": False})
    form.offer(subjects.all_subjects(db.session()), _topics(form, draft), draft.unit.licence, language())
    return page("library/_topics.html", form=form)


@blueprint.post("/library/<uuid:draft_id>/send")
@requires(may_write, draft=get_draft)
def send_for_review(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """Hand the draft in."""
    try:
        actions.send_for_review(actor, draft)
    except actions.NotReady:
        toast(_("Not yet: something needs fixing first."))
        return go_to("library.draft", draft_id=draft.unit.id)
    toast(_("Sent for review. A methodologist will publish it or write to you."))
    return go_to("library.mine")


@blueprint.post("/library/<uuid:draft_id>/take-back")
@requires(may_take_back, draft=get_draft)
def take_back(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """Take the draft back from review and write on."""
    actions.take_back(actor, draft)
    return go_to("library.edit", draft_id=draft.unit.id)


@blueprint.post("/library/<uuid:unit_id>/next-version")
@requires(may_renew, unit=get_unit)
def next_version(actor: Actor, unit: Unit) -> ResponseReturnValue:
    """Begin the next version; schools keep the published one meanwhile."""
    actions.begin_next_version(actor, unit)
    return go_to("library.edit", draft_id=unit.id)


@blueprint.post("/library/<uuid:unit_id>/retire")
@requires(may_retire, unit=get_unit)
def retire(actor: Actor, unit: Unit) -> ResponseReturnValue:
    """Take the unit out of the catalogue."""
    actions.retire(actor, unit)
    toast(_("Removed from the catalogue. Homework that uses it keeps it."))
    return go_to("library.unit", unit_id=unit.id)


def usual_stages() -> list[tuple[str, int]]:
    """The stages of an ordinary lesson of 45 minutes, for the author to change."""
    return [
        (_("Beginning of the lesson"), 3),
        (_("Recalling what is known"), 7),
        (_("Something new"), 15),
        (_("Practice"), 13),
        (_("What we have learnt"), 5),
        (_("What is set for home"), 2),
    ]


def _draft_form(draft: Draft) -> DraftForm:
    form = DraftForm()
    form.offer(subjects.all_subjects(db.session()), _topics(form, draft), draft.unit.licence, language())
    kept = copies.licence_kept(db.session(), draft.unit)
    if kept is not None:  # what is made of a unit is as free as the unit
        form.licence.choices = [one for one in form.licence.choices if one[0] == kept]
    return form


def _topics(form: DraftForm, draft: Draft) -> list[tuple[int, str]]:
    """The topics of the subject and years in the form, or of the draft when it has just been opened."""
    subject_id, first, last = form.subject.data, form.year_from.data, form.year_to.data
    if not (subject_id and first and last):
        subject_id, first, last = draft.unit.subject_id, draft.unit.year_from, draft.unit.year_to
    chosen = [topic.id for topic in shelf.topics_of_unit(db.session(), draft.unit)]
    return topics_to_choose(subject_id, min(first, last), max(first, last), chosen=chosen)


def _said(form: DraftForm) -> Said:
    all_subjects = subjects.all_subjects(db.session())
    subject = next(one for one in all_subjects if one.id == form.subject.data)
    first, last = form.years
    chosen = set(form.topics.data or ())
    return Said(
        title=form.title.data.strip(),
        summary=(form.summary.data or "").strip(),
        minutes=form.minutes.data or 0,
        body_markdown=form.body.data or "",
        subject=subject,
        year_from=first,
        year_to=last,
        topics=[one for one in subjects.topics_of(db.session(), subject.id) if one.id in chosen],
        language=form.language.data,
        licence=form.licence.data,
        stages=form.stages_said(),
        silent=(form.silent.data or "").strip(),
        keyboard=form.keyboard.data or "",
    )


def library_crumb() -> Crumb:
    """The way back to the shelves."""
    return Crumb(_("Library"), url_for("library.shelves"))


def mine_crumb() -> Crumb:
    """The way back to one's own units."""
    return Crumb(_("My units"), url_for("library.mine"))
