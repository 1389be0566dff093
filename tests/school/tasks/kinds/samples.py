"""One honest task of every shape, each with a second key, for the tests that hold all kinds to the contract."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sample:
    kind: str
    spec: dict[str, Any]
    other_key: Any


SAMPLES = {
    "one prime": Sample(
        "single",
        {
            "version": 1,
            "prompt": "Какое число простое?",
            "options": ["91", "97", "87", "51"],
            "key": [1],
            "why": "91 = 7 · 13, 87 = 3 · 29, 51 = 3 · 17.",
            "remarks": [{"when": [0], "says": "91 делится на 7.", "misconception": "Нечётное значит простое"}],
        },
        [2],
    ),
    "kept order": Sample(
        "single",
        {
            "version": 1,
            "prompt": "Сколько сторон у ромба?",
            "options": ["3", "4", "5"],
            "keep_order": True,
            "key": [1],
        },
        [0],
    ),
    "divisors, by parts": Sample(
        "multiple",
        {
            "version": 1,
            "prompt": "Отметьте делители числа 12.",
            "options": ["2", "3", "4", "5", "8"],
            "points": 3,
            "key": [0, 1, 2],
        },
        [3, 4],
    ),
    "divisors, all at once": Sample(
        "multiple",
        {
            "version": 1,
            "prompt": "Отметьте чётные.",
            "options": ["2", "3", "4"],
            "credit": "all",
            "key": [0, 2],
        },
        [1],
    ),
    "half right": Sample(
        "single",
        {
            "version": 1,
            "prompt": "Кто написал «Каштанку»?",
            "options": ["Чехов", "Антоша Чехонте", "Бунин"],
            "key": [0],
            "shares": ["1", "1/2", "0"],
        },
        [2],
    ),
    "own shares": Sample(
        "multiple",
        {
            "version": 1,
            "prompt": "Отметьте чётные.",
            "options": ["2", "4", "5", "7"],
            "credit": "shares",
            "points": 2,
            "key": [0, 1],
            "shares": ["0.75", "0.25", "-1", "0"],
        },
        [2, 3],
    ),
    "a second root": Sample(
        "number",
        {
            "version": 1,
            "prompt": "Назовите корень x² = 4.",
            "key": {
                "value": "2",
                "also": [{"value": "-2", "share": "1"}, {"value": "2", "abs": "0.5", "share": "0.5"}],
            },
        },
        {"value": "9"},
    ),
    "a pattern": Sample(
        "text",
        {
            "version": 1,
            "prompt": "Назовите столицу.",
            "key": {"accept": ["*Москва*"], "partly": [["Моск*", "0.5"]], "patterns": True},
        },
        {"accept": ["Тверь"]},
    ),
    "a fraction": Sample(
        "number",
        {
            "version": 1,
            "prompt": "Вычислите 1/2 + 1/4.",
            "picture": {"name": "bars", "alt": "Полоса, разделённая на четыре части"},
            "key": {"value": "3/4"},
            "hints": [{"says": "Приведите к знаменателю 4.", "costs": "1/4"}, {"says": "1/2 = 2/4.", "costs": "0.5"}],
            "remarks": [{"when": {"value": "2/6"}, "misconception": "Складывает числители и знаменатели"}],
        },
        {"value": "1/6"},
    ),
    "a speed": Sample(
        "number",
        {
            "version": 1,
            "prompt": "Поезд прошёл 150 км за 2 ч. Какова его скорость?",
            "unit": "км/ч",
            "rel": "0.01",
            "key": {"value": 75},
        },
        {"value": 300},
    ),
    "a force with its unit": Sample(
        "number",
        {
            "version": 1,
            "prompt": "Найдите вес тела массой 3 кг.",
            "unit": "Н",
            "ask_unit": True,
            "abs": "0.6",
            "key": {"value": 30},
        },
        {"value": 3},
    ),
    "a word": Sample(
        "text",
        {
            "version": 1,
            "prompt": "Как называется прибор для измерения силы?",
            "typo": True,
            "key": {"accept": ["динамометр", "пружинный динамометр"]},
        },
        {"accept": ["барометр"]},
    ),
    "a spelling": Sample(
        "text",
        {
            "version": 1,
            "prompt": "Запишите слово правильно: ж…лтый.",
            "keep_yo": True,
            "keep_case": True,
            "key": {"accept": ["жёлтый"]},
        },
        {"accept": ["жолтый"]},
    ),
    "rivers and seas": Sample(
        "matching",
        {
            "version": 1,
            "prompt": "Куда впадает река?",
            "left": ["Волга", "Дон", "Нева"],
            "right": ["Каспийское море", "Азовское море", "Финский залив", "Чёрное море"],
            "points": 3,
            "key": [0, 1, 2],
            "why": "Волга — в Каспийское море, Дон — в Азовское, Нева — в Финский залив.",
        },
        [3, 0, 1],
    ),
    "pairs of unequal worth": Sample(
        "matching",
        {
            "version": 1,
            "prompt": "Соедините.",
            "left": ["2 · 2", "13 · 17"],
            "right": ["4", "221", "231"],
            "points": 4,
            "key": [0, 1],
            "shares": ["1/4", "3/4"],
        },
        [2, 0],
    ),
    "vowels": Sample(
        "grouping",
        {
            "version": 1,
            "prompt": "Разложите звуки.",
            "left": ["[а]", "[б]", "[о]", "[м’]"],
            "right": ["гласные", "согласные"],
            "credit": "all",
            "key": [0, 1, 0, 1],
        },
        [1, 0, 1, 0],
    ),
    "numbers in order": Sample(
        "ordering",
        {
            "version": 1,
            "prompt": "Расставьте по возрастанию.",
            "lines": ["0,5", "0,45", "0,405", "0,54"],
            "points": 3,
            "key": [2, 1, 0, 3],
        },
        [0, 1, 2, 3],
    ),
    "places in order": Sample(
        "ordering",
        {
            "version": 1,
            "prompt": "Расставьте этапы.",
            "lines": ["вопрос", "гипотеза", "опыт"],
            "credit": "places",
            "key": [0, 1, 2],
        },
        [2, 1, 0],
    ),
    "gaps of all sorts": Sample(
        "cloze",
        {
            "version": 1,
            "prompt": "Заполните пропуски.",
            "text": "Столица России — [[1]].\nЕё река — [[2]], длина около [[3]].",
            "gaps": [
                {"kind": "text", "typo": True},
                {"kind": "single", "options": ["Москва-река", "Нева", "Ока"], "weight": 2},
                {"kind": "number", "unit": "км", "abs": "5"},
            ],
            "points": 4,
            "key": [{"accept": ["Москва"]}, [0], {"value": "473"}],
        },
        [{"accept": ["Тверь"]}, [2], {"value": "30"}],
    ),
    "words of a bank": Sample(
        "cloze",
        {
            "version": 1,
            "prompt": "Вставьте слова.",
            "text": "Сила [[1]] направлена вниз, сила [[2]] — вверх.",
            "bank": ["тяжести", "Архимеда", "трения"],
            "gaps": [{"kind": "bank"}, {"kind": "bank"}],
            "credit": "all",
            "key": [[0], [1]],
        },
        [[2], [0]],
    ),
    "half-right drop-down": Sample(
        "cloze",
        {
            "version": 1,
            "prompt": "Выберите.",
            "text": "Написал [[1]].",
            "gaps": [{"kind": "single", "options": ["Чехов", "Чехонте", "Бунин"]}],
            "key": [[0]],
            "shares": [["1", "1/2", "0"]],
        },
        [[2]],
    ),
    "a table": Sample(
        "table",
        {
            "version": 1,
            "prompt": "Заполните таблицу.",
            "columns": ["x", "2x", "x²"],
            "rows": [["3", "[[1]]", "[[2]]"], ["5", "10", "[[3]]"]],
            "gaps": [{"kind": "number"}, {"kind": "number"}, {"kind": "number"}],
            "points": 3,
            "key": [{"value": "6"}, {"value": "9"}, {"value": "25"}],
        },
        [{"value": "1"}, {"value": "2"}, {"value": "4"}],
    ),
    "nouns": Sample(
        "highlight",
        {
            "version": 1,
            "prompt": "Отметьте существительные.",
            "text": "Мама быстро мыла раму, а папа-инженер спал.",
            "points": 3,
            "key": [0, 3, 5],
        },
        [1, 2],
    ),
    "phrases in braces": Sample(
        "highlight",
        {
            "version": 1,
            "prompt": "Где ошибка?",
            "text": "Мы {одели пальто} и {надели шапки}.",
            "credit": "all",
            "key": [0],
        },
        [1],
    ),
    "two marks": Sample(
        "number_line",
        {
            "version": 1,
            "prompt": "Отметьте A(3/4) и B(1 1/2).",
            "from": "0",
            "to": "2",
            "step": "1/4",
            "marks": ["A", "B"],
            "points": 2,
            "key": ["3/4", "1 1/2"],
        },
        ["0", "2"],
    ),
    "a product": Sample(
        "formula",
        {
            "version": 1,
            "prompt": "Разложите на множители: x² − 9.",
            "variables": ["x"],
            "form": "factored",
            "points": 2,
            "key": {"value": "(x-3)(x+3)"},
            "why": "Разность квадратов.",
        },
        {"value": "x(x-9)"},
    ),
    "a formula of physics": Sample(
        "formula",
        {
            "version": 1,
            "prompt": "Выразите скорость.",
            "variables": ["s", "t"],
            "key": {"value": r"\frac{s}{t}", "also": ["s"]},
        },
        {"value": "s*t"},
    ),
    "a walk of one's own": Sample(
        "varied",
        {
            "version": 1,
            "prompt": "{n} идёт {t} ч со скоростью {v} км/ч. Сколько километров в пути?",
            "params": {
                "n": {"one_of": ["Аня", "Оля"]},
                "t": {"from": 2, "to": 6},
                "v": {"from": "3", "to": "5", "step": "0.5"},
                "s": {"is": "v*t"},
            },
            "where": ["v > t/2", "whole s"],
            "task": {"kind": "number", "unit": "км"},
            "points": 2,
            "hints": [{"says": "Умножьте {v} на {t}.", "costs": "0.5"}],
            "key": {"value": "{s}"},
        },
        {"value": "{s+1}"},
    ),
    "an option of one's own": Sample(
        "varied",
        {
            "version": 1,
            "prompt": "Сколько будет {a} + {b}?",
            "params": {"a": {"from": 2, "to": 9}, "b": {"from": 2, "to": 9}},
            "where": ["a != b"],
            "task": {"kind": "single", "options": ["{a+b}", "{a+b+1}", "{a+b+10}"]},
            "key": [0],
        },
        [1],
    ),
    "a place": Sample(
        "hotspot",
        {
            "version": 1,
            "prompt": "Где тупой угол?",
            "picture": {"name": "angles-unnamed", "alt": "Четыре угла"},
            "areas": [
                {"shape": "rect", "numbers": [2, 5, 20, 90]},
                {"shape": "circle", "numbers": [35, 60, 9]},
                {"shape": "poly", "numbers": [45, 5, 75, 5, 75, 95]},
            ],
            "key": [2],
        },
        [0],
    ),
    "several places": Sample(
        "hotspot",
        {
            "version": 1,
            "prompt": "Отметьте оба.",
            "picture": {"name": "plan", "alt": "План"},
            "areas": [{"shape": "circle", "numbers": [20 * n, 50, 5]} for n in range(1, 5)],
            "many": True,
            "points": 2,
            "key": [0, 3],
        },
        [1, 2],
    ),
    "names of places": Sample(
        "labels",
        {
            "version": 1,
            "prompt": "Подпишите стороны горизонта.",
            "picture": {"name": "compass", "alt": "Круг"},
            "areas": [{"shape": "circle", "numbers": [50, y, 8]} for y in (10, 90)],
            "labels": ["север", "юг", "запад"],
            "points": 2,
            "key": [0, 1],
        },
        [2, 0],
    ),
    "two points": Sample(
        "plane",
        {
            "version": 1,
            "prompt": "Отметьте A(−3; 2) и B(4; 0).",
            "x": [-5, 5],
            "y": [-4, 4],
            "marks": ["A", "B"],
            "key": {"at": [["-3", "2"], ["4", "0"]]},
        },
        {"at": [["0", "0"], ["1", "1"]]},
    ),
    "a line by its property": Sample(
        "plane",
        {
            "version": 1,
            "prompt": "Постройте прямую y = 2x + 1 по двум точкам.",
            "x": [-5, 5],
            "y": [-5, 5],
            "marks": ["A", "B"],
            "draw": "line",
            "credit": "all",
            "key": {"on": "y = 2x + 1"},
        },
        {"on": "x + y = 0"},
    ),
    "regions of a map": Sample(
        "labels",
        {
            "version": 1,
            "prompt": "Подпишите части света.",
            "map": "Две области рядом",
            "areas": [
                {"shape": "poly", "numbers": [10, 10, 45, 10, 45, 80]},
                {"shape": "poly", "numbers": [45, 10, 90, 10, 45, 80]},
            ],
            "labels": ["запад", "восток", "север"],
            "points": 2,
            "key": [0, 1],
        },
        [2, 0],
    ),
    "a region to find": Sample(
        "hotspot",
        {
            "version": 1,
            "prompt": "Найдите восток.",
            "map": "Две области рядом",
            "areas": [
                {"shape": "poly", "numbers": [10, 10, 45, 10, 45, 80]},
                {"shape": "poly", "numbers": [45, 10, 90, 10, 45, 80]},
            ],
            "key": [1],
        },
        [0],
    ),
    "a graph": Sample(
        "graph",
        {
            "version": 1,
            "prompt": "Постройте график.",
            "x": [-5, 5],
            "y": [-4, 4],
            "points": 5,
            "key": {
                "properties": [
                    {"is": "domain", "from": "-4", "to": "4"},
                    {"is": "zero", "at": ["-3", "2"]},
                    {"is": "rises", "from": "-4", "to": "0"},
                    {"is": "falls", "from": "0", "to": "4"},
                    {"is": "highest", "at": ["0", "3"]},
                ],
                "graph": [["-4", "-1"], ["-3", "0"], ["0", "3"], ["2", "0"], ["4", "-3"]],
            },
        },
        {"properties": [{"is": "slope", "of": "1/2"}], "graph": [["0", "0"], ["2", "1"]]},
    ),
    "a straight line": Sample(
        "graph",
        {
            "version": 1,
            "prompt": "Постройте нечётную функцию с угловым коэффициентом 2.",
            "x": [-5, 5],
            "y": [-6, 6],
            "knots": 4,
            "credit": "all",
            "key": {
                "properties": [{"is": "odd"}, {"is": "slope", "of": "2"}, {"is": "through", "at": ["1", "2"]}],
                "graph": [["-2", "-4"], ["2", "4"]],
            },
        },
        {
            "properties": [{"is": "even"}, {"is": "lowest", "at": ["0", "0"]}],
            "graph": [["-1", "1"], ["0", "0"], ["1", "1"]],
        },
    ),
    "an essay": Sample(
        "essay",
        {
            "version": 1,
            "prompt": "Что такое совесть? Напишите сочинение-рассуждение.",
            "criteria": [
                {
                    "name": "Тезис",
                    "levels": [
                        {"says": "нет", "points": 0},
                        {"says": "неясен", "points": 1},
                        {"says": "ясен", "points": 2},
                    ],
                },
                {"name": "Примеры", "levels": [{"says": "нет", "points": 0}, {"says": "есть", "points": 3}]},
            ],
            "words": [70, 200],
            "points": 5,
            "key": {"model": "Совесть — внутренний судья; есть два примера."},
            "hints": [{"says": "Начните с определения.", "costs": "0"}, {"says": "Вспомните рассказ.", "costs": "0.2"}],
        },
        {"model": "Нечто другое."},
    ),
    **{
        name: Sample(
            kind,
            {
                "version": 1,
                "prompt": prompt,
                "criteria": [{"name": "Ход", "levels": [{"says": "нет", "points": 0}, {"says": "верно", "points": 2}]}],
                "points": 2,
                "key": {"model": model},
            },
            {"model": "Иначе."},
        )
        for name, kind, prompt, model in (
            ("a page of the notebook", "notebook", "Решите в тетради.", "Уравнение и проверка."),
            ("a poem by heart", "spoken", "Прочитайте наизусть.", "Без ошибок."),
            ("a circuit", "drawing", "Нарисуйте цепь.", "Источник, лампа и ключ по кругу."),
        )
    },
    "a source": Sample(
        "multipart",
        {
            "version": 1,
            "prompt": "Прочитайте и ответьте.",
            "material": "В 1147 году князь Юрий позвал князя Святослава: «Приди ко мне, брате, в Москов».",
            "parts": [
                {"kind": "number", "prompt": "В каком году?"},
                {"kind": "single", "prompt": "Кто позвал?", "options": ["Юрий", "Святослав", "Олег"], "points": 2},
                {"kind": "text", "prompt": "Куда?"},
                {"kind": "cloze", "prompt": "Вставьте.", "text": "Приди ко мне, [[1]].", "gaps": [{"kind": "text"}]},
                {"kind": "multiple", "prompt": "Кто здесь князь?", "options": ["Юрий", "Святослав", "Москов"]},
                {"kind": "matching", "prompt": "Соедините.", "left": ["Юрий", "Святослав"], "right": ["звал", "ехал"]},
            ],
            "points": 7,
            "key": [{"value": "1147"}, [0], {"accept": ["Москов", "Москва"]}, [{"accept": ["брате"]}], [0, 1], [0, 1]],
            "remarks": [
                {"part": 1, "when": {"value": "1174"}, "says": "Посмотрите на порядок цифр."},
                {"part": 2, "when": [1], "says": "Он приехал.", "misconception": "Путает, кто зовёт"},
            ],
        },
        [{"value": "1247"}, [1], {"accept": ["Киев"]}, [{"accept": ["друже"]}], [2, 1], [1, 0]],
    ),
}
