"""A pupil's tracks in words, for the family and for staff who follow the pupil."""

from flask.typing import ResponseReturnValue

from school.classes.queries import get_pupil
from school.classes.seen import SeenPupil
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.shell import Crumb, address_of
from school.tracks import words
from school.tracks.next_step import open_step
from school.tracks.policy import may_read_tracks
from school.tracks.queries.practised import practised_of
from school.tracks.queries.walking import tracks_of_pupil
from school.tracks.routes.blueprint import blueprint


@blueprint.get("/pupils/<uuid:pupil_id>/track")
@requires(may_read_tracks, opens="tracks", pupil=get_pupil)
def read(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """Where each track leads, what is behind, what comes next and why."""
    own = address_of("progress.pupil", school_id=pupil.school_id, pupil_id=pupil.id)
    tracks = tracks_of_pupil(pupil.school_id, pupil.id, actor.locale)
    practised = practised_of(pupil.school_id, tracks).get(pupil.id, frozenset())
    return page(
        "tracks/read.html",
        pupil=pupil,
        tracks=tracks,
        coming={one.id: step.id for one in tracks if (step := open_step(one, practised)) is not None},
        words=words,
        where=(Crumb(pupil.short_name, own), Crumb(_("Way"))),
    )
