"""The portal for a WSGI server (granian, see bin/run)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danvan.settings")

application = get_wsgi_application()

# The first paper after a start is not the slow one.
from reports.documents import layout  # noqa: E402, F401
