"""The anchors of places are those that the page of a unit gives its headings."""

from content_library.search.places import cues, sections, slides, stages
from school.core.prose import prose

NASTY = """Вступление.

# Верх

текст

Подчёркнутый
============

Ещё один
---

- список
---

> ## В цитате
> слова

1. # В списке

````
# не заголовок
```
## и это нет
````

    # и код с отступом

##Слитно не заголовок

#### С решёткой ####

~~~python
# нет
~~~

###### Шестой *со* `знаками` и [ссылкой](https://example.org/#a)
конец
"""


def test_anchors_agree_with_the_page() -> None:
    shown = [(one.anchor, one.title) for one in prose(NASTY).contents]
    made: dict[str, str] = {}
    for place in sections(NASTY):
        if place.anchor:
            made.setdefault(place.anchor, place.title)
    assert list(made.items()) == shown


def test_long_sections_are_several_places() -> None:
    found = sections("## Долго\n\n" + "Слово за слово. " * 400)
    assert len(found) > 3 and {one.anchor for one in found} == {"part-1"}
    assert all(len(one.text) <= 1200 for one in found)
    assert " ".join(one.text for one in found).count("Слово") == 400
    assert len(sections("б" * 5000)) == 5


def test_slides_stages_and_cues() -> None:
    found = slides(["# Первый\nслова", "", {"body": "Второй"}])
    assert [(one.anchor, one.title) for one in found] == [("slide-1", "Первый"), ("slide-2", "")]
    details = {"stages": [{"title": "Разминка", "minutes": 5, "teacher": "Спросить", "pupils": "Ответить"}]}
    assert [(one.anchor, one.title, one.text) for one in stages(details)] == [
        ("stage-1", "Разминка", "Разминка Спросить Ответить")
    ]
    srt = "1\n00:00:01,000 --> 00:00:02,000\nРаз\n\n2\n00:00:20,000 --> 00:00:22,000\nДва\n"
    assert [(one.second, one.text) for one in cues(srt)] == [(1, "Раз"), (20, "Два")]
    assert cues("не субтитры") == []
