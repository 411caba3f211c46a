"""What every page knows."""

from django.conf import settings

TEXT_SIZE_COOKIE = "text_size"
TEXT_SIZES = ("vua", "lon", "rat-lon")


def portal(request):
    """``portal`` (title, owner, responsible, address, phone, email), ``text_size``, ``is_demo``, ``mail_is_set``."""
    text_size = request.COOKIES.get(TEXT_SIZE_COOKIE)
    return {
        "portal": settings.PORTAL,
        "text_size": text_size if text_size in TEXT_SIZES else TEXT_SIZES[0],
        "is_demo": settings.DEMO,
        "mail_is_set": settings.MAIL_IS_SET,
    }
