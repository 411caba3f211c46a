"""What happens to a task: progress, more time, done, cancelled, opened again. Each is a page with one form."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_safe

from models_dv import clock
from models_dv.domain import tasks as domain
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.forms.tasks import CancelForm, CompleteForm, ExtendForm, ProgressForm, ReopenForm
from models_dv.models import Task, TaskFile
from models_dv.views.files import answers_uploads, send_private
from models_dv.views.staff.answers import say
from models_dv.views.staff.refusals import refusals_as_page
from models_dv.views.staff.task_words import (
    CANCEL,
    COMPLETE,
    EXTEND,
    REOPEN,
    REPORT,
    due_badge,
    task_badge,
)
from models_dv.views.staff.tasks import NAV, units_to_report_for, visible_task


@method_decorator(answers_uploads, name="dispatch")
@method_decorator(refusals_as_page(NAV), name="dispatch")
class TaskStep(View):
    """GET shows the form; a wrong POST shows it again with everything typed."""

    http_method_names = ["get", "head", "post"]
    form_class: type
    label: str
    kind = "primary"
    question = ""
    done = ""
    #: What cannot be done with a task that has ended; "" where it is meant for such a one.
    doing = ""

    def load(self, request, pk):
        """Fetch the task; refuse whom the step is not for."""
        self.task = visible_task(request, pk)
        if not self.is_allowed():
            raise NotAllowed(f"Tài khoản này không có quyền “{self.label}” với nhiệm vụ này.")

    def is_allowed(self) -> bool:
        """Whether the person may take the step."""
        return domain.may_steer(self.request.user, self.task)

    def not_now(self) -> str:
        """Why the step cannot be taken in this state; "" where it can."""
        return "" if self.task.is_open else domain.TaskClosed(self.task, self.doing).message

    def get(self, request, pk):
        """The form; in a wrong state, back to the task with a sentence."""
        self.load(request, pk)
        sentence = self.not_now()
        if sentence:
            messages.error(request, sentence)
            return redirect(self.task)
        return self.show(self.make_form(initial={"revision": self.task.revision, **self.first_values()}))

    def post(self, request, pk):
        """Read the form and take the step."""
        self.load(request, pk)
        form = self.make_form(data=request.POST, files=request.FILES)
        if form.is_valid():
            try:
                self.take(form)
            except ExpectedError as error:
                say(form, error, revision=Task.objects.values_list("revision", flat=True).get(pk=pk))
            else:
                messages.success(request, self.done)
                return redirect(self.task)
        return self.show(form, status=422)

    def take(self, form) -> None:
        """The one call into the domain."""
        raise NotImplementedError

    def first_values(self) -> dict:
        """What can be suggested."""
        return {}

    def make_form(self, **options):
        """The form of the step."""
        return self.form_class(**options)

    def show(self, form, status=200):
        """The page with the form."""
        context = {
            "nav": NAV,
            "task": self.task,
            "form": form,
            "step": self,
            "state": task_badge(self.task),
            "due": due_badge(self.task, clock.today()),
        }
        return render(self.request, "staff/tasks/step.html", context, status=status)


class Progress(TaskStep):
    """Báo tiến độ, by a unit that leads or joins."""

    form_class, label, done, doing = ProgressForm, REPORT, "Đã báo tiến độ.", "báo tiến độ"

    def is_allowed(self):
        """Who keeps a unit that leads or joins."""
        self.units = units_to_report_for(self.request.user, self.task)
        return bool(self.units)

    def make_form(self, **options):
        """With the units for which the person reports."""
        return ProgressForm(units=self.units, **options)

    def take(self, form):
        """One row more."""
        domain.add_progress(self.task, actor=self.request.user, **form.values)


class Extend(TaskStep):
    """Gia hạn, by the giving unit."""

    form_class, label, done, doing = ExtendForm, EXTEND, "Đã gia hạn.", "gia hạn"

    def take(self, form):
        """The later due date."""
        domain.extend_task(self.task, actor=self.request.user, **form.cleaned_data)


class Complete(TaskStep):
    """Hoàn thành, by the giving unit or the approver of the leading one."""

    form_class, label, done, doing = CompleteForm, COMPLETE, "Đã ghi nhận hoàn thành.", "kết thúc"

    def is_allowed(self):
        """Who says that it is done."""
        return domain.may_close(self.request.user, self.task)

    def first_values(self):
        """Today, and what was reported last."""
        last = self.task.progress.first()
        return {"ended_on": clock.today(), "result": last.text if last else ""}

    def take(self, form):
        """Done, with its result."""
        domain.complete_task(self.task, actor=self.request.user, **form.cleaned_data)


class Cancel(TaskStep):
    """Huỷ nhiệm vụ, by the giving unit."""

    form_class, label, done, doing = CancelForm, CANCEL, "Đã huỷ nhiệm vụ.", "huỷ"
    kind = "danger"
    question = "Nhiệm vụ đã huỷ vẫn còn trong danh sách, kèm lý do; cần thì mở lại được."

    def take(self, form):
        """Cancelled, with the reason."""
        domain.cancel_task(self.task, actor=self.request.user, **form.cleaned_data)


class Reopen(TaskStep):
    """Mở lại, by the giving unit."""

    form_class, label, done = ReopenForm, REOPEN, "Đã mở lại nhiệm vụ."

    def not_now(self):
        """Only what has ended is opened again."""
        return "Nhiệm vụ đang mở, không phải mở lại." if self.task.is_open else ""

    def take(self, form):
        """Open again, with the reason."""
        domain.reopen_task(self.task, actor=self.request.user, **form.cleaned_data)


@require_safe
def task_file(request, pk, row):
    """A file of evidence, for those who see the task; a PDF opens in the browser."""
    visible = Task.objects.visible_to(request.user)
    found = get_object_or_404(TaskFile, pk=row, progress__task__in=visible.filter(pk=pk))
    return send_private(request, found, as_attachment=False)
