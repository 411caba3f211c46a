"""Real workers on a real database: killed while they work, or told to end."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.db import connection

from tests.factories.mail_server import SILENT, TAKES, mail_server

PROJECT = Path(__file__).resolve().parents[3]
SECONDS_TO_WAIT = 180
#: Work is interrupted long before it has lasted so many seconds.
LONG = 20
#: Not for the tests' own database: so that this runs beside PostgreSQL too.
pytestmark = pytest.mark.django_db


class Workshop:
    """Starts processes on one database: forks of one that has imported the portal (worker_process)."""

    def __init__(self, url: str, directory: Path, **more: str):
        self.url, self.directory = url, directory
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "danvan.settings",
            "DANVAN_DEMO": "1",
            "DANVAN_DATA_DIR": str(directory),
            "DATABASE_URL": url,
            **more,
        }
        words = [sys.executable, "-m", "tests.models_dv.management.worker_process"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.stem = subprocess.Popen(words, cwd=PROJECT, env=environment, **pipes)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.stem.communicate(timeout=SECONDS_TO_WAIT)
        assert self.stem.returncode == 0

    def order(self, *words) -> int | None:
        """What the stem answers."""
        self.stem.stdin.write(f"{json.dumps(words)}\n")
        self.stem.stdin.flush()
        return json.loads(self.stem.stdout.readline())

    def start(self, *words: str) -> "Process":
        """A process that does an act of worker_process."""
        said = self.directory / uuid.uuid4().hex
        return Process(self, self.order("start", str(said), *words), said)

    def do(self, *words: str) -> str:
        """What an act prints; it must end well."""
        process = self.start(*words)
        assert process.wait() == 0, process.written("err")
        return process.written("out")

    def ask(self, *, reading: float = 0, saving: float = 0) -> str:
        """Ask for work that takes so many seconds when it is done for the first time; its id."""
        return self.do("ask", uuid.uuid4().hex[:12], str(reading), str(saving)).strip()

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
        if self.url.startswith("sqlite"):
            return sqlite3.connect(self.url.removeprefix("sqlite:///").partition("?")[0])
        return psycopg2.connect(self.url)

    def until(self, job: str, **wanted) -> dict:
        """Look until it stands as wanted."""
        deadline = time.monotonic() + SECONDS_TO_WAIT
        while True:
            found = self.look(job)
            if {name: found[name] for name in wanted} == wanted:
                return found
            assert time.monotonic() < deadline, found
            time.sleep(0.05)


@dataclass
class Process:
    """A process of a workshop; a worker goes on until it is told to end."""

    workshop: Workshop
    number: int
    said: Path

    def wait(self) -> int:
        """Its exit code, once it has ended."""
        codes = []
        wait_for(lambda: codes.append(self.workshop.order("look", self.number)) or codes[-1] is not None)
        return codes[-1]

    def written(self, where: str) -> str:
        """What it wrote as “out” or “err”."""
        return self.said.with_suffix(f".{where}").read_text()

    def kill(self) -> None:
        """Without a word; afterwards it is gone."""
        os.kill(self.number, signal.SIGKILL)
        assert self.wait() == -signal.SIGKILL

    def end(self) -> None:
        """As bin/run does it."""
        os.kill(self.number, signal.SIGTERM)
        assert self.wait() == 0, self.written("err")
        assert "Traceback" not in self.written("err")


def wait_for(happened) -> None:
    """Look again and again until it has happened."""
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture(scope="module")
def database(tmp_path_factory, django_db_setup, django_db_blocker):
    """The address of a database beside the tests' own, as empty as theirs: a file, or one more on the same server."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        file = tmp_path_factory.mktemp("database") / "workshop.sqlite3"
        with django_db_blocker.unblock(), closing(sqlite3.connect(file)) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        yield f"sqlite:///{file}"
        return
    name = f"workshop_{uuid.uuid4().hex[:8]}"
    connection.close()
    _on_server(server, f"CREATE DATABASE {name} TEMPLATE {connection.settings_dict['NAME']}")
    yield urlsplit(server)._replace(path=f"/{name}").geturl()
    _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def workshop(database, tmp_path_factory):
    """Processes on that database."""
    with Workshop(database, tmp_path_factory.mktemp("workshop")) as workshop:
        yield workshop


@pytest.fixture(scope="module")
def mailing(database, tmp_path_factory):
    """Processes on that database that know a mail server of this machine, and that server."""
    with mail_server() as server:
        set_up = {
            "DANVAN_MAIL_URL": f"smtp://127.0.0.1:{server.port}",
            "DANVAN_MAIL_FROM": "danvan@example.vn",
            "DANVAN_PORTAL_URL": "https://danvan.example.vn",
        }
        with Workshop(database, tmp_path_factory.mktemp("mailing"), **set_up) as workshop:
            yield workshop, server


def _on_server(server: str, statement: str) -> None:
    parts = urlsplit(server)
    connection = psycopg2.connect(parts._replace(path="/postgres").geturl())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("taking", "doing"),
    [({"reading": LONG}, "Đang đọc dòng {n}/{m}"), ({"saving": LONG}, "Đang lưu")],
    ids=["reading", "saving"],
)
def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_next_one_says_so(workshop, taking, doing):
    job = workshop.ask(**taking)
    first = workshop.start("work")
    workshop.until(job, doing=doing)
    first.kill()
    found = workshop.look(job)
    assert (found["state"], found["saved"]) == ("running", 0)
    workshop.do("work", "--batch")
    found = workshop.look(job)
    assert (found["state"], found["saved"], found["message"]) == ("interrupted", 0, "")


def test_what_was_interrupted_runs_again_to_its_end(workshop):
    job = workshop.ask(reading=LONG)
    first = workshop.start("work")
    workshop.until(job, state="running")
    first.kill()
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
    job = workshop.ask(reading=LONG)
    first = workshop.start("work")
    workshop.until(job, doing="Đang đọc dòng {n}/{m}")
    first.end()
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
    worker = workshop.start("work")
    workshop.until(job, doing=f"Đang lưu {rows:,} dòng".replace(",", "."))
    time.sleep(0.2)
    worker.kill()
    assert workshop.count("models_dv_danvankheo") in (0, rows)
    workshop.do("work", "--batch")
    if workshop.look(job)["state"] == "interrupted":
        workshop.do("retry", job)
        workshop.do("work", "--batch")
    found = workshop.look(job)
    assert (found["state"], found["message"]) == ("done", "Đã nhập 8.000 mô hình")
    assert workshop.count("models_dv_danvankheo") == workshop.count("models_dv_kheofact") == rows


def test_a_long_list_is_taken_away_while_others_write(workshop):
    """SQLite takes no word of progress from a connection that still reads from before somebody else wrote."""
    ended = threading.Event()
    writing = threading.Thread(target=write_again_and_again, args=(workshop, ended))
    writing.start()
    try:
        job = workshop.do("export", "1200").strip()
    finally:
        ended.set()
        writing.join()
    found = workshop.look(job)
    assert (found["state"], found["message"]) == ("done", "Đã ghi 1.200 dòng")


def write_again_and_again(workshop, ended) -> None:
    """As people do who save meanwhile."""
    with closing(workshop.connect()) as connection:
        cursor = connection.cursor()
        while not ended.wait(0.01):
            cursor.execute("UPDATE models_dv_user SET post = 'Người ghi' WHERE username = 'owner'")
            connection.commit()


def test_a_database_that_is_locked_for_a_while_ends_no_worker_and_no_work(workshop, database, tmp_path):
    """Neither while it looks for work nor when it says how far it is."""
    is_file = database.startswith("sqlite")
    with Workshop(f"{database}?timeout=0" if is_file else database, tmp_path) as impatient:
        job = workshop.ask(reading=0.6)
        worker = impatient.start("work")
        workshop.until(job, doing="Đang đọc dòng {n}/{m}")
        for _time in range(2):  # at work, then idle
            with closing(workshop.connect()) as connection:
                connection.cursor().execute("BEGIN IMMEDIATE" if is_file else "LOCK TABLE models_dv_job")
                time.sleep(0.8)
                connection.rollback()
            found = workshop.until(job, state="done")
        assert (found["attempt"], found["saved"]) == (1, 20)
        worker.end()


def test_an_idle_worker_ends_at_once(workshop):
    job = workshop.ask()
    worker = workshop.start("work")
    workshop.until(job, state="done")
    began = time.monotonic()
    worker.end()
    assert time.monotonic() - began < 10


def test_a_mail_server_that_never_answers_holds_up_no_work_and_no_end(mailing):
    workshop, server = mailing
    server.behaves = SILENT
    workshop.do("tell")
    worker = workshop.start("post")
    wait_for(lambda: server.connections)
    job = workshop.ask()
    workshop.until(job, state="done")
    began = time.monotonic()
    worker.end()
    assert time.monotonic() - began < 10


def test_the_worker_sends_the_mail_that_waits(mailing):
    workshop, server = mailing
    server.behaves = TAKES
    workshop.do("tell")
    worker = workshop.start("post")
    wait_for(lambda: server.taken)
    worker.end()
    mail = server.taken[-1]
    assert mail["To"] == "owner@tinh.vn"
    assert "https://danvan.example.vn/lam-viec/thong-bao/" in mail.get_body(("plain",)).get_content()
