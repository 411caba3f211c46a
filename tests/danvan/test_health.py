"""Both health addresses: what they say when all is well and when something is missing."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from models_dv.domain import jobs
from models_dv.enums import MailState, NotificationKind
from models_dv.models import Notification
from tests.factories.world import make_user


@pytest.fixture
def worker(empty_cache):
    """A worker for long work that was heard just now."""
    jobs.beat()


@pytest.fixture
def built(tmp_path, settings, worker):
    """Static files and fonts as the set-up leaves them, and a worker."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.FONTS_DIR = tmp_path / "fonts"
    for path in (
        settings.STATIC_ROOT / "staticfiles.json",
        settings.FONTS_DIR / "noto-sans.woff2",
        settings.FONTS_DIR / "source-serif-4-bold.woff2",
    ):
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}")


def failed(response) -> dict:
    return {check["name"]: check["mend"] for check in response.json()["checks"] if not check["ok"]}


def test_alive_asks_neither_database_nor_session(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]
    assert "Vary" not in response


def test_ready_when_all_is_there(client, db, built):
    response = client.get("/readyz")
    assert response.status_code == 200
    *others, mail = response.json()["checks"]
    assert response.json()["ready"] is True
    assert others == [
        {"name": name, "ok": True}
        for name in (
            "database",
            "migrations",
            "cache",
            "static",
            "data_dir",
            "fonts",
            "paper_font",
            "worker",
        )
    ]
    assert mail == {
        "name": "mail",
        "ok": True,
        "note": "Chưa đặt DANVAN_MAIL_URL: thông báo chỉ hiện trong cổng.",
    }
    assert "no-store" in response["Cache-Control"]


def test_a_worker_not_heard_is_named_and_the_pages_are_ready_all_the_same(client, db, built):
    cache.clear()
    response = client.get("/readyz")
    assert (response.status_code, response.json()["ready"]) == (200, True)
    assert failed(response) == {
        "worker": "Chưa nghe thấy tiến trình chạy việc nền; các việc lâu đang chờ. "
        "Chạy: manage.py run_jobs, hoặc khởi động lại bin/run."
    }


def test_mail_that_goes_out_is_well_and_mail_tried_in_vain_is_named(client, db, built, settings):
    settings.MAIL_IS_SET = True
    assert client.get("/readyz").json()["checks"][-1] == {"name": "mail", "ok": True}
    Notification.objects.create(
        recipient=make_user("a", "Nguyễn Văn A"),
        kind=NotificationKind.OPENED,
        title="Mở đợt báo cáo",
        url="/",
        object_type="reports.Report",
        object_id=1,
        mail=MailState.QUEUED,
        tries=3,
    )
    response = client.get("/readyz")
    assert (response.status_code, response.json()["ready"]) == (200, True)
    assert failed(response) == {
        "mail": "Máy chủ thư không nhận thư; các thư đang chờ và được gửi lại. "
        "Kiểm tra DANVAN_MAIL_URL, DANVAN_MAIL_FROM và máy chủ thư."
    }


def test_missing_static_files_and_fonts_are_named_with_their_mend(client, worker, settings, tmp_path):
    settings.STATIC_ROOT = settings.FONTS_DIR = tmp_path
    response = client.get("/readyz")
    assert response.status_code == 503
    assert failed(response) == {
        "static": "Thiếu tệp tĩnh. Chạy: manage.py collectstatic",
        "fonts": "Thiếu phông chữ. Chạy: bin/build_fonts.py",
    }


def test_a_migration_not_applied_is_named(client, db, built):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'models_dv'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert failed(response) == {"migrations": "Cơ sở dữ liệu chưa đúng phiên bản. Chạy: manage.py migrate"}


def test_a_missing_data_directory_is_named(client, db, built, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "gone"
    response = client.get("/readyz")
    assert response.status_code == 503
    assert list(failed(response)) == ["data_dir"]


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_only_reading_is_allowed(client, db, address):
    assert client.post(address).status_code == 405


def test_nothing_private_is_told(client, db, built):
    body = client.get("/readyz").content.decode()
    for private in (settings.SECRET_KEY, str(settings.BASE_DIR), str(settings.DATABASES["default"]["NAME"])):
        assert private not in body
