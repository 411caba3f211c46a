"""Where a page may send a person back to."""

from django.utils.http import url_has_allowed_host_and_scheme


def is_own_path(url: str) -> bool:
    """Whether ``url`` is an absolute path of this portal: “/bao-cao/”, never “//elsewhere” or “bao-cao”."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
