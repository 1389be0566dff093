"""The shape of what people enter about classes and lessons."""

from school.classes.forms.lessons import MoveForm, PresenceForm, SubstituteForm, TopicForm

__all__ = ["MoveForm", "PresenceForm", "SubstituteForm", "TopicForm"]
