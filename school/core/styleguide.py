"""The page that shows every piece of the design in its states, for those who build and look at pages."""

from flask import Blueprint, Response, request
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, MultipleFileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from school.core.access import public
from school.core.pages import page
from school.core.shell import Crumb, Place, Shell, Switch

blueprint = Blueprint("styleguide", __name__)

FRAME = Shell(
    person="Константинопольская-Римская Анастасия Вениаминовна",
    school="Школа № 1234 имени А. С. Макаренко",
    account="",
    places=(
        Place("Сегодня", "house", "#", current=True),
        Place("Дневник", "notebook-pen", "#"),
        Place("Задания", "clipboard-list", "#"),
        Place("Успехи", "chart-line", "#"),
        Place("Сообщения", "message-circle", "#"),
    ),
    where=(Crumb("Сегодня", "#"), Crumb("Образцы")),
    switches=(
        Switch("Алёна", "#", current=True, hint="7 «Б»"),
        Switch("Вениамин", "#", hint="2 «А»"),
        Switch("Учитель литературы", "#"),
    ),
    search_url="#",
)


class SampleForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """One field of each kind."""

    class Meta:
        """It is never sent."""

        csrf = False

    title = StringField("Название", [InputRequired("Напишите, как называется работа.")])
    minutes = IntegerField("Минут", default=20)
    course = SelectField("Кому", choices=[("class", "7 «Б», алгебра"), ("group", "7 «Б», первая подгруппа")])
    text = TextAreaField("Что сделать", [InputRequired("Напишите, что сделать.")])
    way = RadioField("Как сдают", choices=[("photo", "Фотография тетради"), ("tick", "Отметка «сделано»")])
    photos = MultipleFileField("Файлы")
    remind = BooleanField("Напомнить за день до срока")


@blueprint.get("/styleguide")
@public
def styleguide() -> Response:
    """All pieces; ``?errors=1`` shows the form as it comes back with errors."""
    form = SampleForm(formdata=None)
    if request.args.get("errors"):
        form.validate()
    return page("core/styleguide.html", sample_form=form, shell=FRAME)
