"""The pages on which a person follows long work."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from models_dv.domain import jobs
from models_dv.enums import JobState
from models_dv.models import Job
from tests.access.addresses import let_go
from tests.factories.world import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    user = make_user("owner", "Người yêu cầu")
    client.force_login(user)
    return user


@pytest.fixture
def job(owner, empty_cache):
    """A job that a worker runs: 3.000 of 10.000 rows."""
    jobs.beat()
    return Job.objects.create(
        kind="test_pages",
        title="Nhập 10.000 mô hình",
        owner=owner,
        key="k",
        state=JobState.RUNNING,
        worker=jobs.worker_name(),
        heartbeat_at=timezone.now(),
        doing="Đang đọc dòng {n}/{m}",
        done=3000,
        total=10_000,
        counted="dòng",
    )


@jobs.job("test_pages")
def again(job, report):
    return jobs.Result("Xong 10.000 dòng", url="/lam-viec/")


def put(job, **values) -> Job:
    Job.objects.filter(pk=job.pk).update(**values)
    job.refresh_from_db()
    return job


def test_the_list_shows_how_far_each_is(client, job):
    page = client.get("/lam-viec/viec-chay/").content.decode()
    assert "Nhập 10.000 mô hình" in page
    assert "3.000/10.000 dòng" in page


def test_an_empty_list_says_what_comes_here(client, owner):
    assert "Chưa có việc nào" in client.get("/lam-viec/viec-chay/").content.decode()


def test_a_running_job_has_a_real_progress_bar_and_can_be_cancelled(client, job):
    page = client.get(job.get_absolute_url()).content.decode()
    assert '<progress id="job-progress" value="3000" max="10000">' in page
    assert "Đang đọc dòng 3.000/10.000" in page
    assert f'data-job="/lam-viec/viec-chay/{job.pk}/tinh-trang.json"' in page
    assert 'role="status"' in page
    assert "Tải lại trang" in page
    answer = client.post(f"/lam-viec/viec-chay/{job.pk}/huy/")
    assert answer["Location"] == job.get_absolute_url()
    job.refresh_from_db()
    assert job.cancel_requested
    assert "Đang huỷ" in client.get(job.get_absolute_url()).content.decode()


def test_its_state_for_the_script(client, job):
    answer = client.get(f"/lam-viec/viec-chay/{job.pk}/tinh-trang.json")
    assert answer.json() == {
        "state": "Đang chạy",
        "ended": False,
        "doing": "Đang đọc dòng 3.000/10.000",
        "done": 3000,
        "total": 10_000,
    }
    assert "no-store" in answer["Cache-Control"]


def test_a_job_whose_worker_died_says_so_and_is_run_again(client, job):
    put(job, worker=f"{jobs.worker_name().rpartition(':')[0]}:{2**22 + 1}")
    assert client.get(f"/lam-viec/viec-chay/{job.pk}/tinh-trang.json").json()["ended"]
    page = client.get(job.get_absolute_url()).content.decode()
    assert "Bị ngắt giữa chừng" in page
    assert "Thử lại" in page
    assert "data-job=" not in page
    assert "job.js" not in page
    client.post(f"/lam-viec/viec-chay/{job.pk}/thu-lai/")
    page = client.get(job.get_absolute_url()).content.decode()
    assert "Xong 10.000 dòng" in page
    assert 'href="/lam-viec/">Xem kết quả' in page


def test_a_job_that_waits_without_a_worker_says_whom_to_tell(client, job, empty_cache):
    put(job, state=JobState.QUEUED, total=0, done=0)
    assert "Chưa có tiến trình nào" not in client.get(job.get_absolute_url()).content.decode()
    jobs.cache.clear()
    assert "Chưa có tiến trình nào nhận việc" in client.get(job.get_absolute_url()).content.decode()


def test_the_file_is_a_download_for_its_owner_alone(client, job):
    job.result.save("ket-qua.xlsx", ContentFile(b"ket qua"), save=False)
    put(job, state=JobState.DONE, message="Xong", result=job.result.name, result_name="Kết quả.xlsx")
    url = f"/lam-viec/viec-chay/{job.pk}/tep/"
    assert f'href="{url}"' in client.get(job.get_absolute_url()).content.decode()
    answer = client.get(url)
    assert answer.getvalue() == b"ket qua"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''K%E1%BA%BFt%20qu%E1%BA%A3.xlsx"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    let_go(answer)
    client.force_login(make_user("other", "Người khác"))
    assert client.get(url).status_code == 404


def test_a_file_that_the_storage_lost_is_said_in_words(client, job):
    put(job, state=JobState.DONE, result="viec-chay/mat.xlsx", result_name="mat.xlsx")
    answer = client.get(f"/lam-viec/viec-chay/{job.pk}/tep/")
    assert answer.status_code == 404
    assert "không còn trong kho lưu trữ" in answer.content.decode()


def test_an_ended_job_is_neither_cancelled_nor_run_again(client, job):
    put(job, state=JobState.DONE, message="Xong")
    client.post(f"/lam-viec/viec-chay/{job.pk}/huy/")
    assert "đã kết thúc nên không huỷ được" in client.get(job.get_absolute_url()).content.decode()
    client.post(f"/lam-viec/viec-chay/{job.pk}/thu-lai/")
    assert "không cần chạy lại" in client.get(job.get_absolute_url()).content.decode()
