"""The portal for an ASGI server. The views are synchronous: WSGI is faster here."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danvan.settings")

application = get_asgi_application()
