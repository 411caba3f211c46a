"""Long work in the background: asking for it, running it with real progress, cancelling, running it again.

A kind of work is a function, registered under a name and looked up by the worker::

    @job("khoa_viec")
    def work(job: Job, report: Progress) -> Result: ...

Pattern of such a function: read, count and check **outside** a transaction and report on the way; then
write everything in **one short transaction at the end**. So a worker that is killed leaves all or nothing,
and progress, written on the same connection, is seen by others at once and waits for no lock (SQLite lets
one writer in at a time; inside a transaction a report would be unseen until the end). A function must be
safe to run twice: between its commit and the note that it is done a worker may die. It finds out by itself,
under compare-and-set, whether its work stands already.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.cache import cache
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import F
from django_tasks import task

from models_dv import clock, request_id
from models_dv.domain.patience import patiently
from models_dv.enums import JobState
from models_dv.errors import ExpectedError
from models_dv.models import Job, Unit, User
from models_dv.models.jobs import ENDED, RETRIED, SILENCE

logger = logging.getLogger(__name__)

#: Between two writes of the same progress.
SECONDS_BETWEEN_REPORTS = 0.5
#: Cache key: a worker was here.
WORKER_SEEN = "job_worker_seen"
SYSTEM_ERROR = "Hệ thống gặp lỗi. Nội dung đã lưu không bị mất. Mã lỗi: {code}"
ENDED_ALREADY = "Việc này đã kết thúc nên không huỷ được. Xem kết quả ở trang của việc."
NOT_TO_RETRY = "Việc này đang chờ hoặc đã xong nên không cần chạy lại."

#: Set when the worker is asked to end: the work in hand goes back into the queue at its next report.
stopping = threading.Event()


class Cancelled(Exception):
    """The owner asked to stop; raised by Progress inside the work, caught by the runner."""


class Stopped(Exception):
    """The worker is ending; raised by Progress inside the work, caught by the runner."""


class Superseded(Exception):
    """The job has been taken for dead or is run again elsewhere: this run must write nothing more."""


@dataclass
class Result:
    """What a job leaves: a sentence, and where wanted a file under a name, or a page."""

    message: str
    url: str = ""
    file: File | None = None
    file_name: str = ""


@dataclass
class Progress:
    """Says how far one run is. To be called outside transactions (see the top of this file)."""

    pk: int
    attempt: int
    written_at: float = field(default=0.0)

    def stage(self, doing: str, *, total: int = 0, counted: str = "") -> None:
        """Begin something: ``doing`` with {n} and {m} (“Đang đọc dòng {n}/{m}”). Written at once.

        Raises Cancelled, Stopped or Superseded, as ``advance`` does.
        """
        self._write(doing=doing, done=0, total=total, counted=counted)

    def advance(self, done: int, total: int | None = None) -> None:
        """``done`` of ``total`` are through; written at most twice a second, so call it as often as you like."""
        if time.monotonic() - self.written_at < SECONDS_BETWEEN_REPORTS:
            return
        self._write(done=done, **({} if total is None else {"total": total}))

    def _write(self, **values) -> None:
        """One UPDATE that counts only while this run is the one that counts."""
        if stopping.is_set():
            raise Stopped
        mine = Job.objects.filter(pk=self.pk, attempt=self.attempt, state=JobState.RUNNING)
        if not patiently(
            lambda: mine.filter(cancel_requested=False).update(heartbeat_at=clock.now(), **values)
        ):
            raise Cancelled if mine.exists() else Superseded
        self.written_at = time.monotonic()


Work = Callable[[Job, Progress], Result]
_kinds: dict[str, Work] = {}
#: (job, attempt) that this process runs now.
_in_hand: list[tuple[int, int]] = []


def job(kind: str) -> Callable[[Work], Work]:
    """Register a function as the work of a kind. Its module is imported by the app's ``ready``."""

    def register(work: Work) -> Work:
        if _kinds.get(kind, work) is not work:
            raise ValueError(f"two functions for jobs of the kind {kind}")
        _kinds[kind] = work
        return work

    return register


# --- what a person does ------------------------------------------------------------------------------


def enqueue(
    kind: str,
    *,
    actor: User,
    title: str,
    key: str,
    unit: Unit | None = None,
    parameters: dict | None = None,
    doing: str = "",
) -> Job:
    """Ask for work of a kind; the same ``key`` of the same actor is the same job, however often it is sent.

    The order for the worker stands in the same database and is written in the same transaction: what was
    promised to a person is in the queue, and what was rolled back is not. Call it last in a transaction.
    """
    if kind not in _kinds:
        raise ValueError(f"no work is registered for jobs of the kind {kind}")
    known = Job.objects.filter(owner=actor, key=key).first()
    if known:
        return known
    try:
        with transaction.atomic():
            asked = Job.objects.create(
                kind=kind,
                title=title,
                owner=actor,
                unit=unit,
                key=key,
                parameters=parameters or {},
                doing=doing,
            )
            run_job.enqueue(asked.pk, asked.attempt)
    except IntegrityError:
        return Job.objects.get(owner=actor, key=key)
    asked.refresh_from_db()
    return asked


def cancel(job: Job, *, actor: User) -> Job:
    """Stop a job: at once while it waits or its worker is dead, else at its next report.

    Raises ExpectedError when it has ended. Whoever may see a job may cancel it, so only its owner.
    """
    mine = Job.objects.filter(pk=job.pk, owner=actor)
    mark_abandoned(mine)
    waiting, running = mine.filter(state=JobState.QUEUED), mine.filter(state=JobState.RUNNING)
    stopped = waiting.update(state=JobState.CANCELLED, finished_at=clock.now(), cancel_requested=True)
    if not stopped and not running.update(cancel_requested=True):
        raise ExpectedError(ENDED_ALREADY)
    job.refresh_from_db()
    return job


def retry(job: Job, *, actor: User) -> Job:
    """Run a job again that ended without what was asked for; a second press changes nothing.

    Raises ExpectedError when it waits, runs or is done.
    """
    mark_abandoned(Job.objects.filter(pk=job.pk))
    with transaction.atomic():
        ended = Job.objects.filter(pk=job.pk, owner=actor, state__in=RETRIED, attempt=job.attempt)
        if not ended.update(**_fresh()):
            job.refresh_from_db()
            if job.state in (JobState.QUEUED, JobState.RUNNING):
                return job
            raise ExpectedError(NOT_TO_RETRY)
        job.refresh_from_db()
        run_job.enqueue(job.pk, job.attempt)
    job.refresh_from_db()
    return job


def _fresh() -> dict:
    return {
        "state": JobState.QUEUED,
        "attempt": F("attempt") + 1,
        "done": 0,
        "total": 0,
        "message": "",
        "error": "",
        "cancel_requested": False,
        "worker": "",
        "started_at": None,
        "heartbeat_at": None,
        "finished_at": None,
    }


# --- what the worker does ----------------------------------------------------------------------------


def worker_name() -> str:
    """“host:process” of the process that asks."""
    return f"{socket.gethostname()}:{os.getpid()}"


@task()
def run_job(pk: int, attempt: int) -> None:
    """Run a job once; an order that is out of date (cancelled, run again) does nothing."""
    now = clock.now()
    waiting = Job.objects.filter(pk=pk, attempt=attempt, state=JobState.QUEUED)
    begun = {"state": JobState.RUNNING, "started_at": now, "heartbeat_at": now, "worker": worker_name()}
    if not patiently(lambda: waiting.update(cancel_requested=False, **begun)):
        return
    code = request_id.new()
    token = request_id.current.set(code)
    _in_hand.append((pk, attempt))
    try:
        _run(Job.objects.select_related("owner").get(pk=pk), Progress(pk, attempt), code)
    finally:
        _in_hand.remove((pk, attempt))
        request_id.current.reset(token)


def _run(job: Job, report: Progress, code: str) -> None:
    try:
        _finish(job, _kinds[job.kind](job, report))
    except Cancelled:
        _end(job, JobState.CANCELLED)
    except Stopped:
        _put_back(job)
    except Superseded:
        logger.warning("job %s: this run no longer counts", job.pk)
    except ExpectedError as error:
        _end(job, JobState.FAILED, error=error.message)
    except Exception:  # the one place where all is caught: nothing a job does may end the worker
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        _end(job, JobState.FAILED, error=SYSTEM_ERROR.format(code=code))


def _end(job: Job, state: JobState, **values) -> bool:
    """Write the end of this run; False when it no longer counts."""
    mine = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING)
    return bool(patiently(lambda: mine.update(state=state, finished_at=clock.now(), **values)))


def _finish(job: Job, result: Result) -> None:
    values = {"message": result.message[:300], "result_url": result.url, "done": F("total")}
    stored = ""
    if result.file is not None:
        with result.file:
            job.result.save(result.file_name, result.file, save=False)
        stored = job.result.name
        values |= {"result": stored, "result_name": result.file_name}
    if not _end(job, JobState.DONE, **values) and stored:
        job.result.storage.delete(stored)


def _put_back(job: Job) -> None:
    """The worker ends in good order: the next one takes the job from the beginning."""

    @transaction.atomic
    def put_back() -> None:
        mine = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING)
        if mine.update(**_fresh()):
            run_job.enqueue(job.pk, job.attempt + 1)

    patiently(put_back)


def beat() -> None:
    """The worker lives, and so does what it has in hand. Called every few seconds beside the work."""
    cache.set(WORKER_SEEN, True, SILENCE.total_seconds())
    for pk, attempt in list(_in_hand):
        mine = Job.objects.filter(pk=pk, attempt=attempt, state=JobState.RUNNING)
        mine.update(heartbeat_at=clock.now())


def worker_is_seen() -> bool:
    """Whether some worker has been heard lately."""
    return bool(cache.get(WORKER_SEEN))


def is_abandoned(job: Job) -> bool:
    """Whether the job counts as running but no living worker runs it.

    A worker of this machine is asked for by its process; one elsewhere counts as dead after a silence.
    """
    return job.state == JobState.RUNNING and (job.is_silent or _is_dead(job.worker))


def mark_abandoned(jobs=None, *, restarted: str = "") -> int:
    """Mark abandoned jobs (of ``jobs``, else all) as interrupted; how many there were.

    ``restarted``: a worker that has just begun under this name, so that nothing can be in its hands.
    """
    running = (Job.objects.all() if jobs is None else jobs).filter(state=JobState.RUNNING)
    gone = [found.pk for found in running if found.worker == restarted or is_abandoned(found)]
    if not gone:
        return 0
    still = Job.objects.filter(pk__in=gone, state=JobState.RUNNING)
    return still.update(state=JobState.INTERRUPTED, finished_at=clock.now())


def order_again() -> None:
    """Order every waiting job once more: a worker may have died with the order in its hands.

    An order too many does nothing. Called when a worker begins.
    """
    for pk, attempt in Job.objects.filter(state=JobState.QUEUED).values_list("pk", "attempt"):
        run_job.enqueue(pk, attempt)


def forget_old(age: timedelta) -> int:
    """Delete jobs that ended longer ago than ``age``, with their files; how many."""
    old = Job.objects.filter(state__in=ENDED, finished_at__lt=clock.now() - age)
    count = 0
    for job in list(old):
        stored = job.result.name
        job.delete()
        if stored:
            job.result.storage.delete(stored)
        count += 1
    return count


def _is_dead(worker: str) -> bool:
    """Whether the worker ran on this machine and its process is there no more."""
    host, _colon, process = worker.rpartition(":")
    if host != socket.gethostname() or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
