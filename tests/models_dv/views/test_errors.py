"""The page after an unexpected error: it needs nothing that may be broken, and carries the id of the log."""

import logging

from django.test import RequestFactory

from models_dv import request_id
from models_dv.request_id import RequestIdFilter
from models_dv.views.errors import server_error
from models_dv.views.middleware import RequestIdMiddleware


def test_the_error_page_names_the_id_that_the_log_has(db):
    seen = {}

    def view(request):
        record = logging.LogRecord("x", logging.ERROR, "", 0, "failed", None, None)
        RequestIdFilter().filter(record)
        seen["log"] = record.request_id
        return server_error(request)

    response = RequestIdMiddleware(view)(RequestFactory().get("/"))
    assert response.status_code == 500
    assert response["X-Request-ID"] == seen["log"]
    assert f"Mã lỗi: <b>{seen['log']}</b>" in response.content.decode()
    assert request_id.current.get() == "-"


def test_the_error_page_asks_the_session_nothing(db):
    assert server_error(None).status_code == 500
