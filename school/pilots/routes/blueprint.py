"""Addresses of pilots are below the school's; the pool of held units is the author's own and stands below the library."""

from flask import Blueprint

blueprint = Blueprint("pilots", __name__, template_folder="../templates", url_prefix="/s/<int:school_id>")
city = Blueprint("shared_pilots", __name__, template_folder="../templates", url_prefix="/city/pilots")
pool = Blueprint("pool", __name__, template_folder="../templates", url_prefix="/library/common-tests")
