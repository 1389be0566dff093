"""The WSGI entry."""

import os
import sys

from school.app import create_app
from school.core.config import BadSettings
from school.core.warming import warm

try:
    app = create_app()
except BadSettings as refused:
    sys.exit("The school can't start with these settings (docs/configuration.md):\n  " + "\n  ".join(refused.problems))

if "FLASK_RUN_FROM_CLI" not in os.environ:  # a command answers no requests
    warm(app)
