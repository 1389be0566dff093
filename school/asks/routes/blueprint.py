"""The addresses of what a school asks."""

from flask import Blueprint

blueprint = Blueprint("asks", "school.asks", template_folder="templates")
