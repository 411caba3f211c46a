"""The page after an unexpected error: it needs nothing that may be broken, and carries the id of the log."""

import logging

import pytest
from django.test import RequestFactory
from django.urls import reverse

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


@pytest.mark.parametrize("address", ["/lam-viec/bao-cao/0/", "/lam-viec/khong-co/"])
def test_who_is_signed_in_and_finds_no_page_stays_at_his_work(client, world, address):
    client.force_login(world.author)
    answer = client.get(address)
    html = answer.content.decode()
    assert answer.status_code == 404
    assert "tài khoản này không được xem" in html and "Đăng xuất" in html and "Đăng nhập cán bộ" not in html


def test_a_public_address_asks_nothing_of_the_session(client, world):
    client.force_login(world.author)
    answer = client.get("/khong-co/")
    assert answer.status_code == 404
    assert "Cache-Control" not in answer and "Đăng nhập cán bộ" in answer.content.decode()


def test_the_address_of_an_act_opened_like_a_page_says_so(client, world):
    client.force_login(world.approver)
    address = reverse("staff:approve", args=[world.report().pk])
    answer = client.get(address, headers={"Accept": "text/html,*/*"})
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Không mở trực tiếp được địa chỉ này" in answer.content.decode()
    assert client.get(address).content == b""
