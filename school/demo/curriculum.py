"""What the demo school teaches in which year, how many hours a week, and what is set for home."""

TALKS = "talks"

HOURS: dict[int, dict[str, int]] = {
    5: {
        "russian": 5, "literature": 3, "english": 3, "maths": 5, "history": 2, "geography": 1, "biology": 1,
        "art": 1, "music": 1, "technology": 2, "sport": 2, "talks": 1,
    },
    6: {
        "russian": 5, "literature": 3, "english": 3, "maths": 5, "history": 2, "society": 1, "geography": 1, "biology": 1,
        "art": 1, "music": 1, "technology": 2, "sport": 2, "talks": 1,
    },
    7: {
        "russian": 4, "literature": 2, "english": 3, "algebra": 3, "geometry": 2, "statistics": 1, "informatics": 1,
        "physics": 2, "history": 2, "society": 1, "geography": 2, "biology": 1, "technology": 2, "sport": 2, "talks": 1,
    },
    9: {
        "russian": 3, "literature": 3, "english": 3, "algebra": 3, "geometry": 2, "statistics": 1, "informatics": 1,
        "physics": 3, "chemistry": 2, "history": 2, "society": 1, "geography": 2, "biology": 2, "sport": 2, "talks": 1,
    },
    10: {
        "russian": 2, "literature": 3, "english": 3, "algebra": 4, "geometry": 3, "statistics": 1, "informatics": 1,
        "physics": 4, "chemistry": 1, "history": 2, "society": 2, "geography": 1, "biology": 1, "safety": 1, "sport": 2, "talks": 1,
    },
}  # fmt: skip
"""Hours a week by year level, close to the federal curriculum for a five-day week."""

IN_GROUPS = ("english",)
"""Subjects taught to the halves of a class at the same time by two teachers."""

TEACHERS: tuple[tuple[str, ...], ...] = (
    ("maths",),
    ("algebra", "geometry", "statistics"),
    ("russian", "literature"),
    ("russian", "literature"),
    ("russian", "literature"),
    ("english",),
    ("english",),
    ("physics",),
    ("history", "society"),
    ("geography",),
    ("biology", "chemistry"),
    ("informatics",),
    ("technology", "safety"),
    ("sport",),
    ("art", "music"),
)
"""Each line is one teacher and what they teach; the class teacher gives the Monday talk."""

ROOMS = {
    "maths": "301", "algebra": "302", "geometry": "302", "statistics": "302", "russian": "20", "literature": "20",
    "english": "40", "physics": "312", "history": "208", "society": "208", "geography": "305", "biology": "310",
    "chemistry": "311", "informatics": "112", "technology": "мастерская", "safety": "110", "sport": "спортзал",
    "art": "105", "music": "106", "talks": "2",
}  # fmt: skip

HOMEWORK: dict[str, tuple[str, ...]] = {
    "russian": ("Выучить правило, упражнение из учебника письменно", "Подготовиться к диктанту", "Составить пять предложений по теме"),
    "literature": ("Прочитать главу, ответить на вопросы", "Выучить отрывок наизусть", "Написать отзыв, полстраницы"),
    "english": ("Выучить слова урока", "Составить рассказ о своём дне", "Прочитать текст и выписать глаголы"),
    "maths": ("Решить шесть примеров и задачу из учебника", "Повторить правило, решить четыре уравнения", "Закончить карточку"),
    "algebra": ("Решить пять примеров на тему урока", "Задача на составление уравнения", "Повторить правила урока, решить по карточке"),
    "geometry": ("Выучить теорему урока с доказательством", "Две задачи с чертежом", "Построить по описанию"),
    "physics": ("Прочитать параграф, ответить на вопросы", "Решить три задачи на формулу урока", "Домашний опыт с описанием"),
    "history": ("Прочитать параграф, составить план", "Подписать контурную карту", "Подготовить сообщение на две минуты"),
}  # fmt: skip
ANY_HOMEWORK = (
    "Прочитать параграф и ответить на вопросы",
    "Повторить записи в тетради",
    "Подготовить короткое сообщение",
)
