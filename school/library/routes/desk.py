"""The methodologist's desk: what waits for review, and the two answers to it."""

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from content_library import Criterion, ReviewRemark
from content_library.reviewing import Remark
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.languages import language
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.library import actions
from school.library.forms import NoteForm
from school.library.forms.review import RemarkForm, WordsForm
from school.library.places import chosen, places_of
from school.library.policy import is_methodologist, may_appeal, may_remark, may_review, may_settle
from school.library.queries import get_draft, get_remark, read_unit, review_of, waiting
from school.library.routes.blueprint import blueprint
from school.library.seen import Draft


@blueprint.get("/library/review")
@requires(is_methodologist)
def desk(_actor: Actor) -> ResponseReturnValue:
    """What waits, the longest first."""
    subject = request.args.get("subject", type=int)
    after = request.args.get("after")
    rows, next_after = waiting(subject, after)
    return page(
        "library/desk.html",
        rows=rows,
        next_url=url_for(".desk", subject=subject, after=next_after) if next_after else "",
        first_url=url_for(".desk", subject=subject) if after else "",
        where=(Crumb(_("Units to review")),),
    )


@blueprint.post("/library/<uuid:draft_id>/publish")
@requires(may_review, draft=get_draft)
def publish(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """Let schools see it."""
    try:
        actions.publish(actor, draft)
    except actions.NotReady:
        toast(_("Not yet: something needs fixing first."))
        return go_to("library.draft", draft_id=draft.unit.id)
    except actions.RemarksOpen:
        toast(_("Not yet: there are open remarks. They are mended, or taken back by those who wrote them."))
        return go_to("library.draft", draft_id=draft.unit.id, _anchor="remarks")
    toast(_("Published: every school can see it now."))
    return go_to("library.unit", unit_id=draft.unit.id)


@blueprint.post("/library/<uuid:draft_id>/send-back")
@requires(may_review, draft=get_draft)
def send_back(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """Return it to its author with a note."""
    form = NoteForm()
    note = (form.note.data or "").strip()
    if not note and review_of(draft).open_remarks:
        note = _("Look at the remarks.")  # they say it at their places
    elif not form.validate_on_submit():
        toast(_("Say in a sentence or two what to fix."))
        return go_to("library.draft", draft_id=draft.unit.id, _anchor="send-back")
    actions.send_back(actor, draft, note)
    toast(_("Sent back with your note."))
    return go_to("library.desk")


@blueprint.post("/library/<uuid:draft_id>/second-reader")
@requires(may_review, draft=get_draft)
def ask_second_reader(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """Leave the decision to another methodologist."""
    form = WordsForm()
    if not form.validate_on_submit():
        toast(_("Say in a sentence or two why."))
        return go_to("library.draft", draft_id=draft.unit.id, _anchor="decision")
    actions.ask_second_reader(actor, draft, form.words.data)
    toast(_("Another methodologist will read it and decide."))
    return go_to("library.desk")


@blueprint.post("/library/<uuid:draft_id>/appeal")
@requires(may_appeal, draft=get_draft)
def appeal(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """The author does not agree with what was asked."""
    form = WordsForm()
    if not form.validate_on_submit():
        toast(_("Say in a sentence or two why."))
        return go_to("library.draft", draft_id=draft.unit.id)
    try:
        actions.appeal(actor, draft, form.words.data)
    except actions.NotReady:
        toast(_("Not yet: something needs fixing first."))
        return go_to("library.draft", draft_id=draft.unit.id)
    toast(_("Handed in once more. Another methodologist will decide."))
    return go_to("library.mine")


@blueprint.post("/library/<uuid:draft_id>/criteria")
@requires(may_remark, draft=get_draft)
def tick_criterion(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """Say that a criterion is met, or take that back."""
    said = request.form.get("criterion", "")
    if said not in set(Criterion) or not draft.is_under_review:
        abort(404)
    actions.tick_criterion(actor, draft, Criterion(said))
    return go_to("library.draft", draft_id=draft.unit.id, _anchor="criteria")


@blueprint.post("/library/<uuid:draft_id>/remarks")
@requires(may_remark, draft=get_draft)
def remark(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """Ask to mend something at its place."""
    form = RemarkForm()
    places = places_of(read_unit(draft.unit, draft.version, language()))
    if not form.offer(places).validate_on_submit():
        toast(_("Say what to mend."))
        return go_to("library.draft", draft_id=draft.unit.id, _anchor="remarks")
    anchor, title = chosen(places, form.place.data or "", form.moment.data or "")
    said = Remark(criterion=form.criterion.data, text=form.text.data.strip(), place=anchor, place_title=title[:200])
    actions.remark(actor, draft, said)
    toast(_("The remark is kept. The author sees it when you send the unit back."))
    return go_to("library.draft", draft_id=draft.unit.id, _anchor="remarks")


@blueprint.post("/library/<uuid:draft_id>/remarks/<uuid:remark_id>/settle")
@requires(may_settle, draft=get_draft, remark=get_remark)
def settle_remark(actor: Actor, draft: Draft, remark: ReviewRemark) -> ResponseReturnValue:
    """Say that a remark is dealt with, or open it again."""
    is_settled = request.form.get("open") != "1"
    actions.settle_remark(actor, draft, remark, request.form.get("answer", "")[:2000], is_settled=is_settled)
    return go_to("library.draft", draft_id=draft.unit.id, _anchor="remarks")
