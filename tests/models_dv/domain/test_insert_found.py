"""INSERT … SELECT: what a query finds becomes rows, on both databases."""

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat

from models_dv.domain.insert_found import insert_found
from models_dv.models import Notification, User
from tests.factories.world import local, make_user

pytestmark = pytest.mark.django_db


def columns(**values) -> dict:
    return {
        "recipient": F("pk"),
        "kind": "opened",
        "title": "Tiêu đề “có ngoặc”, 100 % và 'nháy'",
        "text": Concat(Value("Gửi "), F("full_name")),
        "note": "",
        "url": "/lam-viec/",
        "object_type": "reports.Report",
        "object_id": 7,
        "once": "",
        "created_at": local(2026, 11, 22, 9, 30),
        "mail": "none",
        "tries": 0,
        **values,
    }


def test_a_row_for_each_row_found_in_one_statement(django_assert_num_queries):
    first, second = make_user("a", "Nguyễn Văn Đ"), make_user("b", "Lê Thị Ê")
    make_user("c", "Người khác")
    found = User.objects.filter(username__in=["a", "b"])
    with django_assert_num_queries(1):
        assert insert_found(Notification, found, columns()) == 2
    rows = Notification.objects.order_by("recipient_id")
    assert [(row.recipient, row.text) for row in rows] == [
        (first, "Gửi Nguyễn Văn Đ"),
        (second, "Gửi Lê Thị Ê"),
    ]
    assert rows[0].title == "Tiêu đề “có ngoặc”, 100 % và 'nháy'"
    assert rows[0].created_at == local(2026, 11, 22, 9, 30)
    assert (rows[0].unit, rows[0].read_at, rows[0].object_id) == (None, None, 7)


def test_nobody_found_is_no_row():
    assert insert_found(Notification, User.objects.filter(username="nobody"), columns()) == 0
    assert insert_found(Notification, User.objects.none(), columns()) == 0
    assert not Notification.objects.exists()


def test_what_is_known_stays_as_it_is():
    make_user("a", "Nguyễn Văn Đ")
    assert insert_found(Notification, User.objects.all(), columns(once="x")) == 1
    make_user("b", "Lê Thị Ê")
    assert insert_found(Notification, User.objects.all(), columns(once="x", title="Khác")) == 1
    assert sorted(Notification.objects.values_list("recipient__username", "title")) == [
        ("a", "Tiêu đề “có ngoặc”, 100 % và 'nháy'"),
        ("b", "Khác"),
    ]
