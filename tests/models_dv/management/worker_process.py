"""Processes of their own on a database of their own: ``python -m …worker_process``, settings from the environment.

It imports the portal once and forks a process for each act; imports take two seconds, a fork takes none. It reads
one order after another, each a line of JSON, and answers with a line: ``["start", FILE, WHAT, …]`` begins an act,
which writes into FILE.out and FILE.err, and answers with its process; ``["look", PROCESS]`` answers with the exit
code, negative for a signal, or null while it runs. With the end of the orders all ends.

Acts: ``ask KEY READING SAVING`` asks for work that takes so many seconds and prints its id; ``bring ROWS``
takes a file of models in and prints the id of its batch; ``save BATCH`` asks for its rows to be saved and
prints the id of the job; ``export ROWS`` takes so many models away, in a worker of its own, and prints the id
of the job; ``retry ID`` runs a job again; ``tell`` leaves a notification that goes out by mail; ``work`` is
the worker, with ``--batch`` until nothing waits; ``post`` is the worker too, which looks for mail at once.
"""

import gc
import json
import os
import signal
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from models_dv.domain import jobs, notify  # noqa: E402
from models_dv.domain.patience import patiently  # noqa: E402
from models_dv.domain.sheets import sheet_kind  # noqa: E402
from models_dv.enums import MailHabit, NotificationKind, Role  # noqa: E402
from models_dv.importers import batches  # noqa: E402
from models_dv.management.commands import run_jobs  # noqa: E402
from models_dv.models import DanVanKheo, ImportBatch, Job, Unit, UnitRole, User  # noqa: E402
from tests.models_dv.importers.workbooks import models, upload, xlsx  # noqa: E402

ROWS = 20


@jobs.job("test_slow")
def slow(job, report):
    """Reads for a while, then writes ROWS units in one transaction, slowly too; quickly when it is run again."""
    seconds = job.parameters if job.attempt == 1 else {"reading": 0, "saving": 0}
    report.stage("Đang đọc dòng {n}/{m}", total=100)
    for row in range(100):
        time.sleep(seconds["reading"] / 100)
        report.advance(row)
    report.stage("Đang lưu")
    with transaction.atomic():
        for number in range(ROWS):
            Unit.objects.create(code=f"{job.key}-{number}")
            time.sleep(seconds["saving"] / ROWS)
    return jobs.Result("Đã lưu")


def bring(rows: int, owner: User) -> int:
    """A file of models for a unit that the owner keeps."""
    unit, _made = Unit.objects.get_or_create(code="xa-1")
    UnitRole.objects.get_or_create(user=owner, unit=unit, role=Role.AUTHOR)
    file = upload(xlsx(models(rows)))
    return batches.take_in(file, kind=sheet_kind("dan-van-kheo"), unit=unit, actor=owner, key="k").pk


def tell(owner: User) -> None:
    """Something for the owner that goes out by mail at once."""
    User.objects.filter(pk=owner.pk).update(email="owner@tinh.vn", mail_habit=MailHabit.EACH)
    notify.notify(
        [owner],
        kind=NotificationKind.OPENED,
        title="Mở đợt báo cáo",
        url="/lam-viec/",
        obj=owner,
        unit=None,
        actor=None,
    )


def export(rows: int, owner: User) -> int:
    """Take away so many models of the owner's unit, saying at each how far it is."""
    unit, _made = Unit.objects.get_or_create(code="xa-2")
    UnitRole.objects.get_or_create(user=owner, unit=unit, role=Role.AUTHOR)
    place = {"unit": unit, "year": 2026, "address": "Thôn Đông"}
    DanVanKheo.objects.bulk_create(DanVanKheo(name=f"Mô hình {row}", **place) for row in range(rows))
    wanted = {"name": "dan-van-kheo", "query": f"don_vi={unit.code}", "kind": "csv"}
    asked = jobs.enqueue("export_list", actor=owner, title="Xuất", key=unit.code, parameters=wanted)
    jobs.SECONDS_BETWEEN_REPORTS = 0
    call_command("run_jobs", "--batch", interval=0.1)
    return asked.pk


def ask(key: str, reading: str, saving: str, owner: User) -> int:
    """Ask for slow work."""
    seconds = {"reading": float(reading), "saving": float(saving)}
    return jobs.enqueue("test_slow", actor=owner, title="Việc chậm", key=key, parameters=seconds).pk


def act(what: str, *words: str) -> None:
    """Do what was asked for."""
    owner, _made = patiently(lambda: User.objects.get_or_create(username="owner"))
    if what == "ask":
        print(ask(*words, owner))
    elif what == "bring":
        print(bring(int(words[0]), owner))
    elif what == "save":
        print(batches.ask_to_commit(ImportBatch.objects.get(pk=words[0]), actor=owner).job_id)
    elif what == "export":
        print(export(int(words[0]), owner))
    elif what == "tell":
        tell(owner)
    elif what == "retry":
        jobs.retry(Job.objects.get(pk=words[0]), actor=owner)
    elif what == "work":
        call_command("run_jobs", *words, interval=0.1)
    elif what == "post":
        run_jobs.SECONDS_BETWEEN_POSTS = 0.2
        call_command("run_jobs", interval=0.1)


def take_orders() -> list[str]:
    """Answer orders. Only a process begun here returns, with its act; it ends as any process of Python does."""
    running = set()
    gc.freeze()  # a process that ends does not look through what all share
    for line in sys.stdin:
        order, *words = json.loads(line)
        if order == "start":
            answer = os.fork()
            if not answer:
                write_into(words[0])
                return words[1:]
            running.add(answer)
        else:
            ended, status = os.waitpid(words[0], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if ended else None
            running.discard(ended)
        print(json.dumps(answer), flush=True)
    for left in running:
        os.kill(left, signal.SIGKILL)
    sys.exit()


def write_into(file: str) -> None:
    """From here on this process hears nothing and writes into files of its own."""
    for number, name in enumerate((os.devnull, f"{file}.out", f"{file}.err")):
        opened = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)


act(*take_orders())
