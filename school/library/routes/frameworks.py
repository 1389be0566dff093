"""The topic framework: the tree of a subject, a topic with what it rests on, and both changed by a methodologist."""

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from content_library import Subject, Topic, frameworks, subjects
from school.core import clock
from school.core.access import Actor, requires
from school.core.database import db
from school.core.languages import gettext as _
from school.core.languages import language
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.library.actions import frameworks as actions
from school.library.forms.frameworks import BringTopicsForm, NewTopicForm, PlaceOfTopicForm, TopicForm
from school.library.framework_words import REASONS, place_of_row, reason_said, why_not
from school.library.policy import may_keep_framework, sees_frameworks
from school.library.queries.frameworks import (
    framework_of,
    get_subject,
    get_topic,
    needed_of,
    subject_lines,
    years_of,
)
from school.library.queries.topics import topics_to_choose
from school.library.routes.authoring import library_crumb
from school.library.routes.blueprint import blueprint


@blueprint.get("/library/topics", endpoint="frameworks")
@requires(sees_frameworks)
def all_frameworks(_actor: Actor) -> ResponseReturnValue:
    """The subjects with the size of their frameworks."""
    return page("library/frameworks.html", lines=subject_lines(), where=(library_crumb(), Crumb(_("Topics"))))


@blueprint.get("/library/topics/<int:subject_id>")
@requires(sees_frameworks, subject=get_subject)
def framework(_actor: Actor, subject: Subject) -> ResponseReturnValue:
    """The tree of a subject, whole or of one year."""
    return _framework_page(subject, NewTopicForm(formdata=None))


@blueprint.post("/library/topics/<int:subject_id>/add")
@requires(may_keep_framework, subject=get_subject)
def add_topic(actor: Actor, subject: Subject) -> ResponseReturnValue:
    """Put a new topic into the tree."""
    form = NewTopicForm()
    if form.validate_on_submit():
        parent = get_topic(actor, form.parent.data or 0)
        try:
            made = actions.add_topic(actor, subject, form.said, parent)
        except actions.CannotPlace as refusal:
            form.code.errors = [why_not(refusal)]
        else:
            toast(_("The topic is added."))
            return go_to(".framework", subject_id=subject.id, year=made.year_level, _anchor=f"topic-{made.id}")
    return _framework_page(subject, form, 422)


@blueprint.get("/library/topic/<int:topic_id>")
@requires(sees_frameworks, topic=get_topic)
def topic(_actor: Actor, topic: Topic) -> ResponseReturnValue:
    """One topic: its place, its days, what it rests on and what rests on it."""
    return _topic_page(topic, _filled(topic))


@blueprint.post("/library/topic/<int:topic_id>/change")
@requires(may_keep_framework, topic=get_topic)
def change_topic(actor: Actor, topic: Topic) -> ResponseReturnValue:
    """Name it anew, say when it is taught."""
    form = TopicForm()
    if form.validate_on_submit():
        try:
            actions.change_topic(actor, topic, form.said)
        except actions.CannotPlace as refusal:
            wrong = form.until if refusal.why is frameworks.Why.DATES else form.code
            wrong.errors = [why_not(refusal)]
        else:
            toast(_("Saved."))
            return go_to(".topic", topic_id=topic.id)
    return _topic_page(topic, form, 422)


@blueprint.post("/library/topic/<int:topic_id>/move")
@requires(may_keep_framework, topic=get_topic)
def move_topic(actor: Actor, topic: Topic) -> ResponseReturnValue:
    """Put it with all that is below it elsewhere, or one place up or down."""
    by = {"up": -1, "down": 1}.get(request.form.get("where", ""))
    if by is not None:
        actions.shift_topic(actor, topic, by)
        return go_to(".framework", subject_id=topic.subject_id, year=topic.year_level, _anchor=f"topic-{topic.id}")
    parent = get_topic(actor, request.form.get("parent", 0, type=int))
    return _tried(topic, lambda: actions.move_topic(actor, topic, parent), _("The topic is moved."))


@blueprint.post("/library/topic/<int:topic_id>/retire")
@requires(may_keep_framework, topic=get_topic)
def retire_topic(actor: Actor, topic: Topic) -> ResponseReturnValue:
    """End it and what is below it, or take it back."""
    if request.form.get("back"):
        actions.restore_topic(actor, topic)
        toast(_("The topic is taught again."))
    else:
        count = actions.retire_topic(actor, topic)
        toast(ngettext("%(num)s topic is retired.", "%(num)s topics are retired.", count))
    return go_to(".topic", topic_id=topic.id)


@blueprint.post("/library/topic/<int:topic_id>/needs")
@requires(may_keep_framework, topic=get_topic)
def need_topic(actor: Actor, topic: Topic) -> ResponseReturnValue:
    """Say that it rests on another topic; a circle is refused and shown."""
    before = get_topic(actor, request.form.get("needs", 0, type=int))
    if before is None:
        toast(_("Choose the topic that comes before."))
        return go_to(".topic", topic_id=topic.id, _anchor="needs")
    return _tried(topic, lambda: actions.need_topic(actor, topic, before), _("Saved."))


@blueprint.post("/library/topic/<int:topic_id>/needs/<int:needed_id>/drop")
@requires(may_keep_framework, topic=get_topic, needed=needed_of)
def drop_need(actor: Actor, topic: Topic, needed: Topic) -> ResponseReturnValue:
    """Say that it does not."""
    actions.drop_need(actor, topic, needed)
    toast(_("Taken out."))
    return go_to(".topic", topic_id=topic.id, _anchor="needs")


@blueprint.route("/library/topics/import", methods=["GET", "POST"])
@requires(may_keep_framework)
def bring_topics(actor: Actor) -> ResponseReturnValue:
    """A framework from a file: first what it would change, then, by another press, the change."""
    form = BringTopicsForm().offer(subjects.all_subjects(db.session()), language())
    plan, text, status = None, "", 200
    if form.is_submitted():
        sent = form.sent()
        status = 422
        if sent is None:
            form.file.errors = [_("Choose a file.")]
        elif form.validate():
            plan, text, status = _looked_at(form, *sent)
            if plan is not None and request.form.get("then") == "apply":
                count = actions.bring_framework(actor, plan)
                toast(ngettext("%(num)s topic is brought in.", "%(num)s topics are brought in.", count))
                return go_to(".frameworks")
    return page(
        "library/bring_topics.html",
        status=status,
        form=form,
        plan=plan,
        text=text,
        words_of=reason_said,
        place_of=place_of_row,
        where=(library_crumb(), Crumb(_("Topics"), url_for(".frameworks")), Crumb(_("From a file"))),
    )


def _looked_at(form: BringTopicsForm, name: str, data: bytes) -> tuple[frameworks.Plan | None, str, int]:
    try:
        rows = frameworks.read_rows(name, data)
    except frameworks.Unreadable as why:
        form.file.errors = [str(REASONS[why.reason])]
        return None, "", 422
    form.name.data = name
    subject = subjects.get_subject(db.session(), form.subject.data)
    return frameworks.plan(db.session(), rows, subject, form.year_level.data), data.decode("utf-8-sig"), 200


def _tried(topic: Topic, act: object, done: str) -> ResponseReturnValue:
    """Do it, or show why the framework does not take it."""
    try:
        act()  # type: ignore[operator]
    except actions.CannotPlace as refusal:
        return _topic_page(topic, _filled(topic), 422, refusal=why_not(refusal))
    toast(done)
    return go_to(".topic", topic_id=topic.id)


def _filled(topic: Topic) -> TopicForm:
    said = {"since": topic.valid_from, "until": topic.valid_to}
    return TopicForm(formdata=None, obj=topic, data=said)


def _framework_page(subject: Subject, form: NewTopicForm, status: int = 200) -> ResponseReturnValue:
    years = years_of(subject)
    year = request.args.get("year", type=int)
    year = year if year in years else None
    if not form.is_submitted():
        form.year_level.data = year or (years[0] if years else 5)
    return page(
        "library/framework.html",
        status=status,
        subject=subject,
        today=clock.today(),
        year=year,
        years=years,
        nodes=framework_of(subject, year),
        form=form.offer(topics_to_choose(subject.id, year, year)),
        where=(library_crumb(), Crumb(_("Topics"), url_for(".frameworks")), Crumb(_subject_name(subject))),
        name=_subject_name(subject),
    )


def _topic_page(topic: Topic, form: TopicForm, status: int = 200, refusal: str = "") -> ResponseReturnValue:
    subject = subjects.get_subject(db.session(), topic.subject_id) or abort(404)
    asked = subjects.get_subject(db.session(), request.args.get("of", 0, type=int)) or subject
    parent = db.session.get(Topic, topic.parent_id) if topic.parent_id else None
    place = PlaceOfTopicForm(formdata=None, data={"parent": topic.parent_id or 0})
    tree = url_for(".framework", subject_id=subject.id, year=topic.year_level)
    return page(
        "library/topic.html",
        status=status,
        topic=topic,
        today=clock.today(),
        subject=subject,
        parent=parent,
        form=form,
        place_form=place.offer(topics_to_choose(subject.id, chosen=(topic.parent_id or 0,)), topic),
        needs=frameworks.needs_of(db.session(), [topic.id]).get(topic.id, []),
        needed_by=frameworks.needed_by(db.session(), topic),
        asked=asked,
        subjects=[(one.id, _subject_name(one)) for one in subjects.all_subjects(db.session())],
        choices=[one for one in topics_to_choose(asked.id, 1, topic.year_level) if one[0] != topic.id],
        refusal=refusal,
        where=(
            library_crumb(),
            Crumb(_("Topics"), url_for(".frameworks")),
            Crumb(_subject_name(subject), tree),
            Crumb(topic.title),
        ),
    )


def _subject_name(subject: Subject) -> str:
    return subject.name_en if language() == "en" else subject.name_ru
