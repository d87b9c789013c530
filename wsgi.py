"""Entry point for web servers and for ``flask --app wsgi …``."""

import sys

from tracker.app import create_app
from tracker.config import SettingsError

try:
    application = create_app()
except SettingsError as error:
    sys.exit(f"tracker: {error}")
