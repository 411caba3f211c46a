"""A process of its own on a database of its own: ``python -m …worker_process WHAT``, settings from the environment.

``ask KEY SECONDS`` asks for slow work and prints its id; ``retry ID`` runs it again; ``work`` is the worker,
with ``--batch`` until nothing waits.
"""

import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from models_dv.domain import jobs  # noqa: E402
from models_dv.models import Job, Unit, User  # noqa: E402

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


def main(what: str, *words: str) -> None:
    """Do what was asked for."""
    owner, _made = User.objects.get_or_create(username="owner")
    if what == "ask":
        key, seconds = words
        asked = jobs.enqueue(
            "test_slow", actor=owner, title="Việc chậm", key=key, parameters={"seconds": float(seconds)}
        )
        print(asked.pk)
    elif what == "retry":
        jobs.retry(Job.objects.get(pk=words[0]), actor=owner)
    elif what == "work":
        call_command("run_jobs", *words, interval=0.1)


main(*sys.argv[1:])
