"""Wrong settings stop the portal with a clear message, right ones make it safe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
STRONG_KEY = "k9!" * 20 + "xyz"


def start(tmp_path, code="print('started')", **values) -> subprocess.CompletedProcess:
    """Load the settings in a process of its own with these environment values only."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "danvan.settings",
        "DANVAN_DATA_DIR": str(tmp_path),
        **values,
    }
    return subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings; settings.DEBUG; {code}"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def production(tmp_path, code="print('started')", **values) -> subprocess.CompletedProcess:
    return start(tmp_path, code, **{"SECRET_KEY": STRONG_KEY, "ALLOWED_HOSTS": "danvan.example.vn", **values})


def test_nothing_set_names_every_missing_setting(tmp_path):
    result = start(tmp_path)
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "Cấu hình chưa đúng, cổng chưa chạy (wrong settings, not started):",
        "  - SECRET_KEY: chưa đặt. Đặt một chuỗi ngẫu nhiên từ 50 ký tự, hoặc DANVAN_DEMO=1 để xem thử. "
        "(missing; set 50+ random characters, or DANVAN_DEMO=1 for a demo)",
        "  - ALLOWED_HOSTS: chưa đặt. Ghi tên miền của cổng, ví dụ danvan.tinh.gov.vn. "
        "(missing; set the portal's host names, separated by commas)",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "django-insecure-" + "k9!" * 20),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", " , "),
        ("DATABASE_URL", "somewhere"),
        ("DATABASE_URL", "mysql://user:s3cr3t@host/name"),
        ("DATABASE_URL", "postgres://user:s3cr3t@host:port/name"),
        ("DATABASE_URL", "postgres://host"),
        ("DATABASE_URL", "sqlite:////no/such/directory/x.sqlite3"),
        ("CACHE_URL", "nonsense://x"),
        ("DANVAN_HTTPS", "flase"),
        ("DANVAN_DEMO", "maybe"),
        ("DEBUG", "2"),
        ("DANVAN_PROXIES", "-1"),
        ("DANVAN_HSTS_SECONDS", "a year"),
        ("DANVAN_LOG_LEVEL", "LOUD"),
        ("DANVAN_DATA_DIR", "/dev/null/data"),
        ("DANVAN_MAIL_URL", "mail.tinh.gov.vn"),
        ("DANVAN_MAIL_URL", "http://user:s3cr3t@mail.tinh.gov.vn"),
        ("DANVAN_MAIL_URL", "smtp+tls://user:s3cr3t@mail.tinh.gov.vn:port"),
        ("DANVAN_MAIL_URL", "smtp://user:s3cr3t@:25"),
        ("DANVAN_PORTAL_URL", "danvan.example.vn"),
        ("DANVAN_PORTAL_URL", "ftp://danvan.example.vn"),
        ("DANVAN_PORTAL_URL", "https://danvan.example.vn/cong"),
    ],
)
def test_a_wrong_value_is_named_and_stops(tmp_path, name, value):
    result = production(tmp_path, **{name: value})
    assert result.returncode == 1
    assert f"  - {name}: " in result.stderr
    assert "Traceback" not in result.stderr
    assert "s3cr3t" not in result.stderr


def test_production_is_safe(tmp_path):
    code = (
        "print(settings.DEBUG, settings.DEMO, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME,"
        " settings.SECURE_SSL_REDIRECT, settings.SECURE_PROXY_SSL_HEADER, repr(settings.DEMO_PASSWORD))"
    )
    result = production(tmp_path, code)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.split() == ["False", "False", "__Host-session", "__Host-csrf", "True", "None", "''"]
    assert list(tmp_path.iterdir()) == []


def test_a_demo_keeps_its_random_key_and_password(tmp_path):
    code = "print(settings.SECRET_KEY, settings.DEMO_PASSWORD)"
    first, second = (start(tmp_path, code, DANVAN_DEMO="1") for _ in range(2))
    key, password = first.stdout.split()
    assert len(key) >= 50
    assert len(password) >= 12
    assert second.stdout == first.stdout
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {"demo_secret_key": 0o600, "demo_password": 0o600}


def test_a_demo_takes_the_password_it_is_given(tmp_path):
    code = "print(settings.DEMO_PASSWORD)"
    start(tmp_path, code, DANVAN_DEMO="1")
    assert start(tmp_path, code, DANVAN_DEMO="1", DANVAN_DEMO_PASSWORD="chosen-one").stdout == "chosen-one\n"
    assert start(tmp_path, code, DANVAN_DEMO="1").stdout == "chosen-one\n"


def test_sqlite_waits_for_its_turn_and_syncs_fully(tmp_path):
    result = start(tmp_path, "print(settings.DATABASES['default']['OPTIONS'])", DANVAN_DEMO="1")
    assert "'transaction_mode': 'IMMEDIATE'" in result.stdout
    assert "'timeout': 20" in result.stdout
    assert "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;" in result.stdout


def test_postgresql_connections_are_kept_and_checked(tmp_path):
    code = "d = settings.DATABASES['default']; print(d['ENGINE'], d['CONN_MAX_AGE'], d['CONN_HEALTH_CHECKS'])"
    result = production(tmp_path, code, DATABASE_URL="postgres://user:pw@db.example.vn/danvan")
    assert result.stdout == "django.db.backends.postgresql 60 True\n"


MAIL = {
    "DANVAN_MAIL_URL": "smtp+tls://thu%40tinh:m%E1%BA%ADt@mail.tinh.gov.vn",
    "DANVAN_MAIL_FROM": "danvan@tinh.gov.vn",
    "DANVAN_PORTAL_URL": "https://danvan.tinh.gov.vn/",
}
TELL = (
    "print(settings.MAIL_IS_SET, settings.EMAIL_BACKEND.split('.')[-2], settings.EMAIL_HOST, settings.EMAIL_PORT,"
    " settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL,"
    " settings.EMAIL_TIMEOUT, settings.PORTAL_URL)"
)


def test_without_a_mail_server_no_mail_goes_out(tmp_path):
    assert production(tmp_path, TELL).stdout == "False dummy  0   False False 10 \n"


def test_a_mail_server_with_name_and_password(tmp_path):
    expected = "True smtp mail.tinh.gov.vn 587 thu@tinh mật True False 10 https://danvan.tinh.gov.vn\n"
    assert production(tmp_path, TELL, **MAIL).stdout == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail", "25   False False"),
        ("smtp+ssl://mail", "465   False True"),
        ("smtp://mail:2525", "2525 "),
    ],
)
def test_other_ways_to_the_mail_server(tmp_path, url, expected):
    assert (
        f"True smtp mail {expected}" in production(tmp_path, TELL, **{**MAIL, "DANVAN_MAIL_URL": url}).stdout
    )


def test_mail_needs_a_sender_and_the_address_of_the_portal(tmp_path):
    result = production(tmp_path, DANVAN_MAIL_URL="smtp://mail")
    assert result.returncode == 1
    assert [line.split(":")[0].strip(" -") for line in result.stderr.splitlines()[1:]] == [
        "DANVAN_MAIL_FROM",
        "DANVAN_PORTAL_URL",
    ]


@pytest.mark.parametrize("sender", ["danvan", "a@b\r\nBcc: c@d", "Cổng <a@b.vn>"])
def test_a_sender_is_one_plain_address(tmp_path, sender):
    result = production(tmp_path, **{**MAIL, "DANVAN_MAIL_FROM": sender})
    assert "DANVAN_MAIL_FROM: " in result.stderr
