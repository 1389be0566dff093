"""Which questions of a file become tasks, which a teacher reads, which only tell, and which can't come in."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from content_library import WrittenItem, interchange
from school.library.interchange.specs import tasks_of


@dataclass(frozen=True, slots=True)
class Sorted:
    """The questions of a test by what becomes of them."""

    items: list[WrittenItem]
    told: list[str]
    open: list[interchange.Question]
    taken: int
    refused: list[interchange.Refusal]


def sort_questions(questions: Iterable[interchange.Question]) -> Sorted:
    """Tasks, texts between them, and tasks that a teacher reads; the rest with its reason."""
    made = Sorted([], [], [], 0, [])
    count = 0
    for question in questions:
        place = interchange.Place(question.part, question.line, question.number, question.name[:120])
        try:
            if isinstance(question.answer, interchange.Telling):
                made.told.append(question.prompt)
            elif isinstance(question.answer, interchange.Open):
                made.open.append(question)
            else:
                tasks = tasks_of(question)
                made.items.extend(WrittenItem(kind=one.kind, spec=one.spec, points=one.spec["points"]) for one in tasks)
        except interchange.Refused as problem:
            made.refused.append(problem.at(place))
            continue
        count += 1
    return replace(made, taken=count)
