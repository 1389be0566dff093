"""Who hears of tracks, what families read, and the class's own track."""

from sqlalchemy import select, update

from school.classes.queries import learners
from school.core import clock
from school.core.database import db, new_id
from school.mastery.models import PupilTopic
from school.notices.models import Notice
from school.plans.models import PlanHour, PlanTopic
from school.tracks.actions.telling import tell_proposed
from school.tracks.queries.class_track import class_track
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.tracks.rooms import Room
from tests.school.tracks.test_making import only, propose


def test_pupil_and_family_hear_of_an_approved_track_and_read_it(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=2)
    room.knows(0, room.old, -3)
    school = make.school_of(room.course)
    parent = make.parent(school, room.pupils[0])
    other = make.parent(school, room.pupils[1])
    blind = make.parent(school, room.pupils[0], sees_progress=False)
    url = propose(room, client)
    for _twice in range(2):
        client.post(f"{url}/approve", data={"track": [str(only(room).id)]})
    told = db.session.execute(select(Notice.account_id, Notice.kind).where(Notice.school_id == school.id)).all()
    assert sorted(told) == sorted(
        [(room.pupils[0].account_id, "track.approved"), (parent.account_id, "track.approved.family")]
    )
    client.sign_in(make.account_of(parent))
    news = client.get("/notices").text
    assert "новый маршрут" in news
    page = client.get(f"/s/{school.id}/pupils/{room.pupils[0].id}/track").text
    assert "Шагов: 0 из 3" in page
    assert "следующий" in page
    assert "опирается" in page
    assert "%" not in page.split("<main")[1].split("</main")[0], "families read words"
    db.session.execute(update(PupilTopic).where(PupilTopic.school_id == school.id).values(at=clock.now().timestamp()))
    db.session.commit()  # it had its question today: the same next step as on the pupil's page
    now = client.get(f"/s/{school.id}/pupils/{room.pupils[0].id}/track").text.partition('aria-current="step"')
    assert now[0].count("<li") - page.partition('aria-current="step"')[0].count("<li") == 1
    for stranger in (other, blind):
        client.sign_in(make.account_of(stranger))
        assert client.get(f"/s/{school.id}/pupils/{room.pupils[0].id}/track").status_code == 404


def test_the_teacher_hears_of_proposals_that_made_themselves(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=2)
    for _twice in range(2):
        tell_proposed(room.course, {one.id for one in room.pupils})
    db.session.commit()
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    news = client.get("/notices").text
    assert news.count("Маршруты ждут вашего решения") == 1
    assert "Для 2 учеников, после долгого отсутствия." in news
    assert f"/courses/{room.course.id}/tracks#proposed" in news


def test_the_track_of_the_class_moves_with_its_plan(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=3)
    room.knows(0, room.old, -3)
    room.knows(1, room.old, 3)
    first, later = make.lesson(room.course, days=2), make.lesson(room.course, days=9)
    own = {"school_id": room.course.school_id, "course_id": room.course.id}
    topics = [PlanTopic(**own, id=new_id(), number=n, title=title, hours=1, topic_id=topic) for n, title, topic in ((1, "Старое", room.old), (2, "Новое", room.new))]  # fmt: skip
    make.save(*topics)
    hours = [PlanHour(**own, id=new_id(), plan_topic_id=topic.id, number=n, planned_on=lesson.on_date, lesson_id=lesson.id) for n, (topic, lesson) in enumerate(zip(topics, (first, later), strict=True), 1)]  # fmt: skip
    make.save(*hours)
    steps = class_track(room.seen, learners(room.seen, clock.today()))
    assert [(one.topic_id, one.on) for one in steps] == [(room.old, first.on_date), (room.new, later.on_date)]
    assert [(one.holds, one.known) for one in steps] == [(1, 2), (0, 0)]
    assert [(one.holds, one.known) for one in steps[1].basis] == [(1, 2)]
    hours[0].lesson_id, hours[1].lesson_id = None, first.id
    db.session.commit()
    moved = class_track(room.seen, learners(room.seen, clock.today()))
    assert [(one.topic_id, one.on) for one in moved] == [(room.new, first.on_date)]
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    page = client.get(f"/s/{room.course.school_id}/courses/{room.course.id}/tracks").text
    assert "Маршрут класса" in page
    assert "держат 1 из 2" in page
