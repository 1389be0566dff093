"""Who looked at a pupil's data: for the family, and for those who run the school."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.shell import Crumb
from school.people.hooks import rolls
from school.people.policy import sees_looks
from school.people.queries import get_holder, looks_at
from school.people.routes.blueprint import blueprint
from school.people.seen import KeyHolder
from school.people.words import purpose_word, role_word


@blueprint.get("/s/<int:school_id>/pupils/<uuid:member_id>/looks")
@requires(sees_looks, opens="looks", member=get_holder)
def looks(actor: Actor, member: KeyHolder) -> ResponseReturnValue:
    """Each opened page: who, which page, when."""
    after = request.args.get("after", "")
    lines, following = looks_at(actor, member, after)
    here = url_for("people.looks", school_id=actor.school_id, member_id=member.id)
    return page(
        "people/looks.html",
        where=(Crumb(member.short_name), Crumb(_("Who looked"))),
        member=member,
        lines=lines,
        outside=rolls().outside_words(actor, member.id) if not after else [],
        next_url=url_for("people.looks", school_id=actor.school_id, member_id=member.id, after=following)
        if following
        else "",
        first_url=here if after else "",
        role_word=role_word,
        purpose_word=purpose_word,
    )
