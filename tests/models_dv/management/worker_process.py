"""A process of its own on a database of its own: ``python -m …worker_process WHAT``, settings from the environment.

``ask KEY SECONDS`` asks for slow work and prints its id; ``bring ROWS`` takes a file of models in and prints
the id of its batch; ``save BATCH`` asks for its rows to be saved and prints the id of the job; ``retry ID``
runs a job again; ``tell`` leaves a notification that goes out by mail; ``work`` is the worker, with
``--batch`` until nothing waits.
"""

import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from models_dv.domain import jobs, notify  # noqa: E402
from models_dv.domain.sheets import sheet_kind  # noqa: E402
from models_dv.enums import MailHabit, NotificationKind, Role  # noqa: E402
from models_dv.importers import batches  # noqa: E402
from models_dv.models import ImportBatch, Job, Unit, UnitRole, User  # noqa: E402
from tests.models_dv.importers.workbooks import models, upload, xlsx  # noqa: E402

ROWS = 20


@jobs.job("test_slow")
def slow(job, report):
    """Reads for a while, then writes ROWS units in one transaction, slowly too."""
    seconds = job.parameters["seconds"]
    report.stage("Đang đọc dòng {n}/{m}", total=100)
    for row in range(100):
        time.sleep(seconds / 100)
        report.advance(row)
    report.stage("Đang lưu")
    with transaction.atomic():
        for number in range(ROWS):
            Unit.objects.create(code=f"{job.key}-{number}")
            time.sleep(seconds / ROWS)
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


def main(what: str, *words: str) -> None:
    """Do what was asked for."""
    owner, _made = User.objects.get_or_create(username="owner")
    if what == "ask":
        key, seconds = words
        asked = jobs.enqueue(
            "test_slow", actor=owner, title="Việc chậm", key=key, parameters={"seconds": float(seconds)}
        )
        print(asked.pk)
    elif what == "bring":
        print(bring(int(words[0]), owner))
    elif what == "save":
        print(batches.ask_to_commit(ImportBatch.objects.get(pk=words[0]), actor=owner).job_id)
    elif what == "tell":
        tell(owner)
    elif what == "retry":
        jobs.retry(Job.objects.get(pk=words[0]), actor=owner)
    elif what == "work":
        call_command("run_jobs", *words, interval=0.1)


main(*sys.argv[1:])
