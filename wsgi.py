"""The WSGI entry."""

import sys

from school.app import create_app
from school.core.config import BadSettings

try:
    app = create_app()
except BadSettings as refused:
    sys.exit("The school can't start with these settings (docs/configuration.md):\n  " + "\n  ".join(refused.problems))
