"""The school's acts of marking: read by everybody, prepared, rehearsed and approved by those who run the school."""

from datetime import date
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.core.access import Actor, Refused, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.gradebook.actions.drafting import approve_draft, ask_rehearsal, begin_draft, drop_draft, write_draft
from school.gradebook.codes import code_words
from school.gradebook.days import full_day
from school.gradebook.drafting import HOURS, MARKS, MOST_WORKS, POINTS, Line, fields_of, read_act
from school.gradebook.errors import NotNow
from school.gradebook.models import ActDraft
from school.gradebook.policy import (
    may_approve_act,
    may_read_act,
    may_read_acts,
    may_write_acts,
    may_write_draft,
)
from school.gradebook.queries.drafts import SeenAct, acts_of, changes_of, drafts_of, get_act, get_draft
from school.gradebook.routes.blueprint import blueprint
from school.gradebook.scale import Rules
from school.gradebook.wording import act_words, system_name, table_words

MOST_NAME = 200


@blueprint.get("/acts")
@requires(may_read_acts)
def acts(actor: Actor) -> ResponseReturnValue:
    """All acts; drafts for those who prepare them."""
    assert actor.school_id is not None  # noqa: S101 - the rule has seen to it
    writes = may_write_acts(actor)
    return page(
        "gradebook/acts.html",
        acts=acts_of(actor.school_id),
        drafts=drafts_of(actor.school_id) if writes else [],
        writes=writes,
        day=lambda on: full_day(on, actor.locale),
        school_id=actor.school_id,
        where=(Crumb(_("Rules of marking")),),
    )


@blueprint.get("/acts/<uuid:act_id>")
@requires(may_read_act, act=get_act)
def act(actor: Actor, act: SeenAct) -> ResponseReturnValue:
    """One act, line by line."""
    rules = act.act.rules
    return page(
        "gradebook/act.html",
        seen=act,
        day=lambda on: full_day(on, actor.locale),
        lines=act_words(rules, actor.locale),
        tables=[(system_name(name), table_words(name, rules)) for name in POINTS],
        where=_trail(actor, act.act.name),
    )


@blueprint.post("/acts/drafts", endpoint="begin_draft")
@requires(may_write_acts)
def begin_draft_view(actor: Actor) -> ResponseReturnValue:
    """A draft of a new act, from the one in force."""
    draft = begin_draft(actor)
    return go_to("gradebook.draft", school_id=actor.school_id, draft_id=draft.id)


@blueprint.route("/acts/drafts/<uuid:draft_id>", methods=["GET", "POST"], endpoint="draft")
@requires(may_write_draft, draft=get_draft)
def draft_view(actor: Actor, draft: ActDraft) -> ResponseReturnValue:
    """The form of a draft, its rehearsal and its approval."""
    if request.method == "GET":
        rules, works = Rules.from_data(draft.rules), Line.all_of(draft.works)
        return _screen(
            actor, draft, fields_of(rules, works) | {"name": draft.name, "from_on": draft.from_on.isoformat()}
        )
    typed = request.form.to_dict()
    written = read_act(typed)
    name, from_on = typed.get("name", "").strip()[:MOST_NAME], request.form.get("from_on", type=date.fromisoformat)
    if not name:
        written.errors["name"] = _("An act has a name: families read it beside each mark.")
    if from_on is None:
        written.errors["from_on"] = _("From which day does it hold?")
    if written.errors or from_on is None:
        return _screen(actor, draft, typed, written.errors)
    write_draft(actor, draft, name, from_on, written)
    ask_rehearsal(actor, draft)
    toast(_("Kept. The rehearsal is being counted."))
    return go_to("gradebook.draft", school_id=actor.school_id, draft_id=draft.id, _anchor="rehearsal")


@blueprint.get("/acts/drafts/<uuid:draft_id>/rehearsal")
@requires(may_write_draft, draft=get_draft)
def rehearsal(actor: Actor, draft: ActDraft) -> ResponseReturnValue:
    """The part of the page that waits for the rehearsal."""
    return page("gradebook/draft.html", block="rehearsal", **_told(actor, draft))


@blueprint.post("/acts/drafts/<uuid:draft_id>/approve", endpoint="approve_draft")
@requires(may_approve_act, draft=get_draft)
def approve_draft_view(actor: Actor, draft: ActDraft) -> ResponseReturnValue:
    """Put it in force."""
    try:
        made = approve_draft(actor, draft)
    except NotNow as why:
        toast(why.why)
        return go_to("gradebook.draft", school_id=actor.school_id, draft_id=draft.id)
    return go_to("gradebook.act", school_id=actor.school_id, act_id=made.id)


@blueprint.post("/acts/drafts/<uuid:draft_id>/delete", endpoint="drop_draft")
@requires(may_write_draft, draft=get_draft)
def drop_draft_view(actor: Actor, draft: ActDraft) -> ResponseReturnValue:
    """Forget it."""
    drop_draft(actor, draft)
    return go_to("gradebook.acts", school_id=actor.school_id)


def _screen(
    actor: Actor, draft: ActDraft, fields: dict[str, str], errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    return page(
        "gradebook/draft.html",
        status=422 if errors else 200,
        fields=fields,
        errors=errors or {},
        marks=MARKS,
        hours=HOURS,
        points={name: system_name(name) for name in POINTS},
        codes=code_words(),
        places=range(min(MOST_WORKS, 3 + sum(bool(fields.get(f"work-{n}")) for n in range(MOST_WORKS)))),
        where=_trail(actor, _("A new act")),
        **_told(actor, draft),
    )


def _told(actor: Actor, draft: ActDraft) -> dict[str, Any]:
    allowed = may_approve_act(actor, draft)
    return {
        "draft": draft,
        "changes": changes_of(draft, actor.locale) if draft.is_rehearsed else [],
        "why_not": allowed.why if isinstance(allowed, Refused) else "",
    }


def _trail(actor: Actor, title: str) -> tuple[Crumb, ...]:
    return (Crumb(_("Rules of marking"), url_for("gradebook.acts", school_id=actor.school_id)), Crumb(title))
