"""The baseline: the smallest Django page there is, on the same servers."""

import django
from django.conf import settings
from django.http import HttpResponse
from django.urls import path

settings.configure(DEBUG=False, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="x" * 50)
django.setup()
urlpatterns = [path("", lambda request: HttpResponse("xin chào"))]

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
