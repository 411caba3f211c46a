"""Long work: asked for once, run with progress, cancelled, interrupted, run again."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from models_dv import clock
from models_dv.domain import jobs
from models_dv.domain.jobs import Progress, Result
from models_dv.enums import JobState
from models_dv.errors import ExpectedError
from models_dv.management.commands import run_jobs
from models_dv.models import Job
from tests.factories.world import make_user

pytestmark = pytest.mark.django_db
DEAD_PROCESS = 2**22 + 1


@jobs.job("test_counting")
def count(job, report):
    """Counts, then does what the test asks for."""
    report.stage("Đang đọc dòng {n}/{m}", total=3, counted="dòng")
    parameters = job.parameters
    if parameters.get("cancel"):
        jobs.cancel(job, actor=job.owner)
    if parameters.get("take away"):
        Job.objects.filter(pk=job.pk).update(attempt=9)
    report.written_at = 0
    report.advance(2)
    if parameters.get("refuse"):
        raise ExpectedError("Tệp lớn hơn 10 MB. Giảm dung lượng rồi tải lại")
    if parameters.get("break"):
        raise ZeroDivisionError("hỏng")
    file = ContentFile(b"ket qua") if parameters.get("file") else None
    return Result("Đã đọc 3 dòng", url="/lam-viec/", file=file, file_name="kết quả.xlsx" if file else "")


@pytest.fixture
def owner():
    return make_user("owner", "Người yêu cầu")


@pytest.fixture
def ask(owner):
    """Asks for a job: ``ask(refuse=True)``."""
    return lambda key="k", **parameters: jobs.enqueue(
        "test_counting", actor=owner, title="Đếm", key=key, parameters=parameters
    )


def running(job, **values) -> Job:
    """The job as a worker that runs it has left it."""
    values = {"worker": jobs.worker_name(), "heartbeat_at": timezone.now(), **values}
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, **values)
    job.refresh_from_db()
    return job


def test_a_job_runs_and_its_result_waits(ask):
    job = ask(file=True)
    assert (job.state, job.message, job.result_url) == (JobState.DONE, "Đã đọc 3 dòng", "/lam-viec/")
    assert (job.done, job.total, job.counted) == (3, 3, "dòng")
    with job.result.open() as file:
        assert (file.read(), job.result_name) == (b"ket qua", "kết quả.xlsx")
    assert job.result.name.startswith("viec-chay/")
    assert "kết" not in job.result.name
    assert job.finished_at >= job.started_at >= job.created_at


def test_the_same_key_is_the_same_job(ask):
    assert ask().pk == ask().pk
    assert Job.objects.count() == 1


def test_another_person_may_use_the_same_key(ask):
    ask()
    other = jobs.enqueue("test_counting", actor=make_user("other", "Khác"), title="Đếm", key="k")
    assert other.state == JobState.DONE
    assert Job.objects.count() == 2


def test_an_unknown_kind_is_a_mistake_of_the_program(owner):
    with pytest.raises(ValueError, match="no work is registered"):
        jobs.enqueue("khong-co", actor=owner, title="Việc", key="k")


def test_one_kind_has_one_function():
    with pytest.raises(ValueError, match="two functions"):
        jobs.job("test_counting")(lambda job, report: Result(""))


def test_what_a_person_can_mend_is_said_in_its_words(ask):
    job = ask(refuse=True)
    assert (job.state, job.error) == (
        JobState.FAILED,
        "Tệp lớn hơn 10 MB. Giảm dung lượng rồi tải lại",
    )
    assert job.done == 2


def test_any_other_error_gets_a_code_that_stands_in_the_log(ask, caplog):
    job = ask(**{"break": True})
    words, _colon, code = job.error.rpartition(": ")
    assert job.state == JobState.FAILED
    assert words == "Hệ thống gặp lỗi. Nội dung đã lưu không bị mất. Mã lỗi"
    assert len(code) == 10
    (record,) = caplog.records
    assert "hỏng" in record.exc_text


def test_a_running_job_stops_at_its_next_report(ask):
    job = ask(cancel=True)
    assert (job.state, job.message, job.cancel_requested) == (JobState.CANCELLED, "", True)


def test_a_waiting_job_is_cancelled_at_once_and_its_order_does_nothing(ask, owner):
    job = ask()
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    jobs.cancel(job, actor=owner)
    assert job.state == JobState.CANCELLED
    jobs.run_job.enqueue(job.pk, job.attempt)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_an_ended_job_is_not_cancelled(ask, owner):
    with pytest.raises(ExpectedError, match="đã kết thúc"):
        jobs.cancel(ask(), actor=owner)


def test_nobody_else_cancels_or_retries(ask):
    stranger = make_user("stranger", "Người khác")
    job = running(ask())
    with pytest.raises(ExpectedError):
        jobs.cancel(job, actor=stranger)
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED)
    with pytest.raises(ExpectedError):
        jobs.retry(job, actor=stranger)
    job.refresh_from_db()
    assert (job.state, job.cancel_requested) == (JobState.FAILED, False)


def test_a_run_that_no_longer_counts_writes_nothing_more(ask, caplog):
    job = ask(**{"take away": True})
    assert (job.state, job.attempt, job.done, job.message) == (JobState.RUNNING, 9, 0, "")


def test_a_result_that_comes_too_late_leaves_no_file(ask, owner):
    job = running(ask("late", file=True), attempt=1)
    Job.objects.filter(pk=job.pk).update(state=JobState.INTERRUPTED)
    before = job.result.name
    jobs._finish(job, Result("Muộn", file=ContentFile(b"muon"), file_name="muon.xlsx"))
    assert not job.result.storage.exists(job.result.name)
    job.refresh_from_db()
    assert (job.state, job.result.name) == (JobState.INTERRUPTED, before)


# --- progress ----------------------------------------------------------------------------------------


def test_progress_is_written_at_most_twice_a_second(ask, django_assert_num_queries):
    job = running(ask())
    report = Progress(job.pk, job.attempt)
    report.stage("Đang đọc dòng {n}/{m}", total=10_000)
    with django_assert_num_queries(0):
        for done in range(1000):
            report.advance(done)
    report.written_at = 0
    with django_assert_num_queries(1):
        report.advance(3000)
    job.refresh_from_db()
    assert job.progress_words == "Đang đọc dòng 3.000/10.000"


# --- workers that die --------------------------------------------------------------------------------


def test_a_job_whose_process_is_gone_is_interrupted(ask):
    host = jobs.worker_name().rpartition(":")[0]
    dead, living = running(ask("a"), worker=f"{host}:{DEAD_PROCESS}"), running(ask("b"))
    assert (jobs.is_abandoned(dead), jobs.is_abandoned(living)) == (True, False)
    assert jobs.mark_abandoned() == 1
    dead.refresh_from_db()
    living.refresh_from_db()
    assert (dead.state, living.state) == (JobState.INTERRUPTED, JobState.RUNNING)


def test_a_worker_elsewhere_counts_as_dead_after_a_silence(ask):
    job = running(ask(), worker="may-khac:1")
    assert jobs.mark_abandoned() == 0
    with clock.fixed(timezone.now() + timedelta(seconds=61)):
        assert jobs.mark_abandoned() == 1
    job.refresh_from_db()
    assert job.state == JobState.INTERRUPTED


def test_a_worker_that_begins_again_under_its_name_has_nothing_in_hand(ask):
    job = running(ask())
    assert jobs.mark_abandoned(restarted=jobs.worker_name()) == 1
    job.refresh_from_db()
    assert job.state == JobState.INTERRUPTED


def test_an_interrupted_job_is_run_again_once(ask, owner):
    job = running(ask())
    jobs.mark_abandoned(restarted=jobs.worker_name())
    job.refresh_from_db()
    jobs.retry(job, actor=owner)
    assert (job.state, job.attempt, job.message) == (JobState.DONE, 2, "Đã đọc 3 dòng")
    with pytest.raises(ExpectedError, match="không cần chạy lại"):
        jobs.retry(job, actor=owner)


def test_a_worker_that_ends_in_good_order_puts_its_job_back(ask):
    """Ended at the first report; the order put back is run at once here, and finds the worker still ending."""
    job = running(ask())
    jobs.stopping.set()
    try:
        with pytest.raises(jobs.Stopped):
            Progress(job.pk, job.attempt).advance(1)
    finally:
        jobs.stopping.clear()
    jobs._put_back(job)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.DONE, 2)


def test_waiting_jobs_are_ordered_again_when_a_worker_begins(ask):
    job = ask()
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED, message="")
    jobs.order_again()
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.DONE, "Đã đọc 3 dòng")


@pytest.mark.django_db(transaction=True)
def test_an_order_lost_while_the_database_was_away_is_made_again(ask, monkeypatch):
    job = ask()
    rounds = iter([OperationalError("database is locked"), None])

    def look(_worker):
        """First the order is taken and lost, then all is well."""
        error = next(rounds)
        if error:
            Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
            raise error

    monkeypatch.setattr(run_jobs.Worker, "run", look)
    monkeypatch.setattr(run_jobs, "SECONDS_OF_REST", 0)
    run_jobs.JobWorker(name=jobs.worker_name()).run()
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_an_order_rolled_back_is_no_order(owner):
    with pytest.raises(ZeroDivisionError), jobs.transaction.atomic():
        jobs.enqueue("test_counting", actor=owner, title="Đếm", key="k")
        raise ZeroDivisionError
    assert not Job.objects.exists()


def test_old_jobs_are_forgotten_with_their_files(ask):
    old, young = ask("old", file=True), ask("young", file=True)
    Job.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=91))
    call_command("tidy_jobs", verbosity=0, stdout=StringIO())
    assert list(Job.objects.all()) == [young]
    assert not old.result.storage.exists(old.result.name)
    assert young.result.storage.exists(young.result.name)
