"""Entry point for web servers and for ``flask --app wsgi …``."""

import gc
import sys

# Nothing made while starting is ever garbage: not looked for meanwhile, and left alone afterwards, so that workers go
# on sharing its memory with the process that started them.
gc.disable()

from tracker.app import create_app  # noqa: E402
from tracker.config import SettingsError  # noqa: E402

try:
    application = create_app()
except SettingsError as error:
    sys.exit(f"tracker: {error}")
gc.freeze()
gc.enable()
