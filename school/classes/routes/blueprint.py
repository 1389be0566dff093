"""The addresses of classes, lessons and timetables."""

from flask import Blueprint

blueprint = Blueprint("classes", "school.classes", template_folder="templates", url_prefix="/s/<int:school_id>")
