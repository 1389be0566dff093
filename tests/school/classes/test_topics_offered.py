"""The topics that a lesson's form offers."""

from flask import Flask

from content_library.models import Topic
from school.classes.forms import TopicForm


def test_topics_stand_in_the_order_of_their_codes(app: Flask) -> None:
    codes = ["7.1", "7.1.2", "7.10", "7.3.1", "7.2", "7.3"]
    with app.test_request_context():
        form = TopicForm()
        form.offer([Topic(id=n, code=code, title="Т") for n, code in enumerate(codes)])
    offered = [said.removesuffix(". Т") for _value, said in form.topic.choices[1:]]
    assert offered == ["7.1", "7.1.2", "7.2", "7.3", "7.3.1", "7.10"]
