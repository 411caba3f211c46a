"""Real workers on a real database: killed while they work, or told to end."""

import os
import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.factories.mail_server import SILENT, mail_server

PROJECT = Path(__file__).resolve().parents[3]
SECONDS_TO_WAIT = 180
#: Not for the tests' own database: so that this runs beside PostgreSQL too.
pytestmark = pytest.mark.django_db


class Workshop:
    """Starts processes on one database."""

    def __init__(self, url: str, directory):
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "danvan.settings",
            "DANVAN_DEMO": "1",
            "DANVAN_DATA_DIR": str(directory),
            "DATABASE_URL": url,
        }
        self.run("-m", "django", "migrate", "--verbosity", "0")
        self.run("-m", "django", "createcachetable")

    def run(self, *words: str) -> str:
        """What a process prints; it must end well."""
        ended = subprocess.run(
            [sys.executable, *words],
            cwd=PROJECT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS_TO_WAIT,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def do(self, *words: str) -> str:
        """One act of worker_process."""
        return self.run("-m", "tests.models_dv.management.worker_process", *words)

    def ask(self, seconds: float) -> str:
        """Ask for slow work; its id."""
        return self.do("ask", uuid.uuid4().hex[:12], str(seconds)).strip()

    def look(self, job: str) -> dict:
        """How it stands, and how much of its work is in the database."""
        with closing(self.connect()) as connection:
            cursor = connection.cursor()
            cursor.execute(
                "SELECT state, doing, attempt, message, (SELECT COUNT(*) FROM models_dv_unit"
                f" WHERE code LIKE job.key || '-%') AS saved FROM models_dv_job AS job WHERE id = {int(job)}"
            )
            names = [column[0] for column in cursor.description]
            return dict(zip(names, cursor.fetchone(), strict=True))

    def count(self, table: str) -> int:
        """Rows of a table."""
        with closing(self.connect()) as connection:
            cursor = connection.cursor()
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            return cursor.fetchone()[0]

    def connect(self):
        """A connection past Django, which starts slowly."""
        url = self.environment["DATABASE_URL"]
        if url.startswith("sqlite"):
            return sqlite3.connect(url.removeprefix("sqlite:///"))
        return psycopg2.connect(url)

    def until(self, job: str, **wanted) -> dict:
        """Look until it stands as wanted."""
        deadline = time.monotonic() + SECONDS_TO_WAIT
        while True:
            found = self.look(job)
            if {name: found[name] for name in wanted} == wanted:
                return found
            assert time.monotonic() < deadline, found
            time.sleep(0.05)

    def worker(self) -> subprocess.Popen:
        """A worker that goes on until it is told to end."""
        words = [sys.executable, "-m", "tests.models_dv.management.worker_process", "work"]
        return subprocess.Popen(words, cwd=PROJECT, env=self.environment, stderr=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    """An empty database beside the tests' own: a file, or one more database of the same server."""
    directory, server = tmp_path_factory.mktemp("workshop"), os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield Workshop(f"sqlite:///{directory / 'workshop.sqlite3'}", directory)
        return
    name = f"workshop_{uuid.uuid4().hex[:8]}"
    url = urlsplit(server)._replace(path=f"/{name}").geturl()
    _on_server(server, f"CREATE DATABASE {name}")
    yield Workshop(url, directory)
    _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(server: str, statement: str) -> None:
    parts = urlsplit(server)
    connection = psycopg2.connect(parts._replace(path="/postgres").geturl())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def end(worker: subprocess.Popen) -> str:
    """End a worker as bin/run does; what it wrote."""
    worker.terminate()
    _out, written = worker.communicate(timeout=SECONDS_TO_WAIT)
    assert worker.returncode == 0, written
    return written


@pytest.mark.parametrize("doing", ["Đang đọc dòng {n}/{m}", "Đang lưu"])
def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_next_one_says_so(workshop, doing):
    job = workshop.ask(3)
    first = workshop.worker()
    workshop.until(job, doing=doing)
    first.kill()
    first.communicate()
    found = workshop.look(job)
    assert (found["state"], found["saved"]) == ("running", 0)
    workshop.do("work", "--batch")
    found = workshop.look(job)
    assert (found["state"], found["saved"], found["message"]) == ("interrupted", 0, "")


def test_what_was_interrupted_runs_again_to_its_end(workshop):
    job = workshop.ask(2)
    first = workshop.worker()
    workshop.until(job, state="running")
    first.kill()
    first.communicate()
    workshop.do("retry", job)
    workshop.do("work", "--batch")
    assert workshop.look(job) == {
        "state": "done",
        "doing": "Đang lưu",
        "attempt": 2,
        "message": "Đã lưu",
        "saved": 20,
    }


def test_a_worker_told_to_end_puts_its_job_back_and_the_next_one_does_it(workshop):
    job = workshop.ask(3)
    first = workshop.worker()
    workshop.until(job, doing="Đang đọc dòng {n}/{m}")
    assert "Traceback" not in end(first)
    found = workshop.look(job)
    assert (found["state"], found["attempt"], found["saved"]) == ("queued", 2, 0)
    workshop.do("work", "--batch")
    found = workshop.look(job)
    assert (found["state"], found["saved"]) == ("done", 20)


def test_a_worker_killed_while_it_saves_an_import_leaves_all_or_nothing(workshop):
    """And what is asked for again afterwards is there once."""
    rows = 8_000
    batch = workshop.do("bring", str(rows)).strip()
    workshop.do("work", "--batch")
    job = workshop.do("save", batch).strip()
    worker = workshop.worker()
    workshop.until(job, doing=f"Đang lưu {rows:,} dòng".replace(",", "."))
    time.sleep(0.2)
    worker.kill()
    worker.communicate()
    assert workshop.count("models_dv_danvankheo") in (0, rows)
    workshop.do("work", "--batch")
    if workshop.look(job)["state"] == "interrupted":
        workshop.do("retry", job)
        workshop.do("work", "--batch")
    found = workshop.look(job)
    assert (found["state"], found["message"]) == ("done", "Đã nhập 8.000 mô hình")
    assert workshop.count("models_dv_danvankheo") == workshop.count("models_dv_kheofact") == rows


def test_an_idle_worker_ends_at_once(workshop):
    job = workshop.ask(0)
    worker = workshop.worker()
    workshop.until(job, state="done")
    began = time.monotonic()
    assert "Traceback" not in end(worker)
    assert time.monotonic() - began < 10


@pytest.fixture
def post(workshop):
    """A mail server of this machine, known to the processes of the workshop."""
    with mail_server() as server:
        set_up = {
            "DANVAN_MAIL_URL": f"smtp://127.0.0.1:{server.port}",
            "DANVAN_MAIL_FROM": "danvan@example.vn",
            "DANVAN_PORTAL_URL": "https://danvan.example.vn",
        }
        workshop.environment |= set_up
        yield server
        for name in set_up:
            del workshop.environment[name]


def wait_for(happened) -> None:
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_mail_server_that_never_answers_holds_up_no_work_and_no_end(workshop, post):
    post.behaves = SILENT
    workshop.do("tell")
    worker = workshop.worker()
    wait_for(lambda: post.connections)
    job = workshop.ask(0.1)
    workshop.until(job, state="done")
    began = time.monotonic()
    assert "Traceback" not in end(worker)
    assert time.monotonic() - began < 10


def test_the_worker_sends_the_mail_that_waits(workshop, post):
    workshop.do("tell")
    worker = workshop.worker()
    wait_for(lambda: post.taken)
    assert "Traceback" not in end(worker)
    assert post.taken[-1]["To"] == "owner@tinh.vn"
    assert (
        "https://danvan.example.vn/lam-viec/thong-bao/" in post.taken[-1].get_body(("plain",)).get_content()
    )
