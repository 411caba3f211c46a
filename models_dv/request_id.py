"""A short id per request: in the log, in the answer's header and on the error page, so that they meet."""

import logging
import secrets
from contextvars import ContextVar

current: ContextVar[str] = ContextVar("request_id", default="-")


def new() -> str:
    """Ten hexadecimal digits: short enough to be read out on the telephone."""
    return secrets.token_hex(5)


class RequestIdFilter(logging.Filter):
    """Gives every log record the id of the request it belongs to, or “-” outside a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        record.request_id = getattr(request, "id", None) or current.get()
        return True
