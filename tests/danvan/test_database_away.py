"""While the database does not answer: a page that says so, and a health address that names it."""

import json
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

ASK = """
import django, json, sys
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
client.cookies["session"] = "a" * 32
response = client.get(sys.argv[1])
print(json.dumps([response.status_code, response.get("Retry-After"), response.content.decode()]))
"""


def ask(address: str) -> list:
    """GET ``address`` in a process whose database nobody serves."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
    }
    result = subprocess.run(
        [sys.executable, "-c", ASK, address],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return json.loads(result.stdout)


def test_a_page_that_needs_it_says_when_to_come_back():
    status, retry_after, page = ask("/lam-viec/")
    assert (status, retry_after) == (503, "10")
    assert "Cơ sở dữ liệu chưa trả lời" in page


def test_the_process_still_says_that_it_lives():
    assert ask("/healthz") == [200, None, "ok\n"]


def test_readyz_names_it_and_what_waits_for_it():
    status, _, body = ask("/readyz")
    assert status == 503
    failed = {check["name"]: check["mend"] for check in json.loads(body)["checks"] if not check["ok"]}
    assert failed["database"] == "Không kết nối được cơ sở dữ liệu. Kiểm tra DATABASE_URL và máy chủ."
    assert failed["migrations"] == failed["cache"] == "Khôi phục cơ sở dữ liệu trước."
