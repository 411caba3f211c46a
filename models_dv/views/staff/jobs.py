"""Long work as its owner follows it: the list, one job with its progress, cancelling, the result."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from models_dv.domain import jobs as domain
from models_dv.enums import JobState
from models_dv.errors import ExpectedError
from models_dv.models import Job
from models_dv.models.jobs import ENDED, RETRIED
from models_dv.views.lists import page_of

BADGES = {
    JobState.QUEUED: ("info", "clock"),
    JobState.RUNNING: ("info", "refresh"),
    JobState.DONE: ("ok", "check"),
    JobState.FAILED: ("error", "error"),
    JobState.CANCELLED: ("", "close"),
    JobState.INTERRUPTED: ("warn", "warning"),
}
CANCELLING = "Đang huỷ"
NO_WORKER = (
    "Chưa có tiến trình nào nhận việc. Việc vẫn được giữ và chạy khi tiến trình hoạt động lại; "
    "chờ lâu thì báo người quản trị."
)
FILE_LOST = "Tệp kết quả không còn trong kho lưu trữ. Bấm “Thử lại” ở trang đã yêu cầu để tạo tệp mới."


@dataclass(frozen=True)
class Standing:
    """How a job stands in words: state (a dead worker counts), badge, what is counted."""

    state: JobState
    text: str
    kind: str
    icon: str
    doing: str

    @property
    def is_ended(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.state in ENDED

    @property
    def may_retry(self) -> bool:
        """Whether “Thử lại” is offered."""
        return self.state in RETRIED


def standing(job: Job) -> Standing:
    """How the job stands now."""
    state = JobState.INTERRUPTED if domain.is_abandoned(job) else JobState(job.state)
    kind, icon = BADGES[state]
    is_cancelling = job.cancel_requested and state == JobState.RUNNING
    text = CANCELLING if is_cancelling else state.label
    doing = job.progress_words if job.total or "{" not in job.doing else ""
    return Standing(state, text, kind, icon, doing)


@require_safe
def jobs(request):
    """The person's own jobs, newest first."""
    page = page_of(request, Job.objects.visible_to(request.user).select_related("unit"))
    rows = [(job, standing(job)) for job in page.page]
    return render(request, "staff/jobs/list.html", {"nav": "jobs", "shown": page, "rows": rows})


@require_safe
def job(request, pk):
    """One job: where it stands, what came out, what can be done."""
    found = own_job(request, pk)
    now = standing(found)
    context = {"nav": "jobs", "job": found, "standing": now, "notice": notice_of(now)}
    return render(request, "staff/jobs/job.html", context)


def notice_of(now: Standing) -> str:
    """What is said beside a job that waits while no worker is heard."""
    return NO_WORKER if now.state == JobState.QUEUED and not domain.worker_is_seen() else ""


@require_safe
def job_state(request, pk):
    """The same for the script of the page, as JSON."""
    found = own_job(request, pk)
    now = standing(found)
    answer = JsonResponse(
        {
            "state": now.text,
            "ended": now.is_ended,
            "doing": now.doing,
            "done": found.done,
            "total": found.total,
        }
    )
    add_never_cache_headers(answer)
    return answer


@require_POST
def job_cancel(request, pk):
    """Stop it."""
    found = own_job(request, pk)
    try:
        domain.cancel(found, actor=request.user)
    except ExpectedError as error:
        messages.error(request, error.message)
    else:
        stopped = found.state == JobState.CANCELLED
        messages.success(request, "Đã huỷ việc." if stopped else "Đã yêu cầu huỷ. Việc dừng trong giây lát.")
    return redirect(found)


@require_POST
def job_retry(request, pk):
    """Run it again."""
    found = own_job(request, pk)
    try:
        domain.retry(found, actor=request.user)
    except ExpectedError as error:
        messages.error(request, error.message)
    return redirect(found)


@require_safe
def job_file(request, pk):
    """The file that came out, as a download."""
    found = own_job(request, pk)
    if not found.result:
        raise Http404
    try:
        file = found.result.open("rb")
    except FileNotFoundError:
        context = {"nav": "jobs", "title": "Không mở được tệp kết quả", "reason": FILE_LOST}
        return render(request, "staff/refused.html", context, status=404)
    answer = FileResponse(file, as_attachment=True, filename=found.result_name)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def own_job(request, pk: int) -> Job:
    """The job, for who asked for it; Http404 for everybody else."""
    return get_object_or_404(Job.objects.visible_to(request.user).select_related("unit"), pk=pk)
