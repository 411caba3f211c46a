"""Steps of a report: each fetches, asks the form, calls the domain once, says what happened, goes back.

Trình duyệt stands on the check page. ``key`` makes a repeated act answer with the first receipt.
"""

from functools import cached_property

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_http_methods

from models_dv import clock
from models_dv.domain.signing import Signer, signers_on
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.vietnamese.fold import fold
from models_dv.views.staff.answers import posted
from reports import permissions
from reports.documents.issuing import issue
from reports.domain import numbering, rounds
from reports.domain.last_change import last_step
from reports.domain.transitions import ReturnDetails, perform
from reports.enums import Action, RoundState
from reports.errors import StaleEdition
from reports.forms import steps as forms
from reports.models import EditionEvent
from reports.views.staff.access import (
    edition_numbered,
    latest_edition,
    new_key,
    refusals_as_page,
    require_duty,
    visible_report,
)
from reports.views.staff.base import say_done
from reports.views.staff.words import clock_words, due_words


@method_decorator(refusals_as_page, name="dispatch")
class Step(View):
    """What all steps share: the report, the edition that the person saw, the right."""

    action: Action

    def load(self, request, pk: int):
        """Fetch the report and the edition named in the form (else the latest); refuse whom it is not for."""
        self.report = visible_report(request.user, pk)
        number = request.POST.get("edition", "")
        named = int(number) if number.isdecimal() and len(number) < 5 else None
        latest = latest_edition(self.report)
        self.edition = edition_numbered(self.report, named) if named else latest
        require_duty(request.user, self.get_action(request), self.report)

    def get_action(self, request) -> Action:
        """The action to take; one address may serve two."""
        return self.action

    def done_message(self, event: EditionEvent) -> str:
        """What is said after the step."""
        raise NotImplementedError

    def back(self, event: EditionEvent | None = None) -> HttpResponseRedirect:
        """Back to the report."""
        return redirect(self.report)


class ConfirmedStep(Step):
    """A step that needs nothing but the press of a button."""

    http_method_names = ["post"]

    def post(self, request, pk):
        """Take the step; whatever stands in the way is said on the report's page."""
        self.load(request, pk)
        form = forms.StepForm(request.POST)
        if not form.is_valid():
            messages.error(request, forms.STALE_FORM)
            return self.back()
        self.edition.revision = form.cleaned_data["revision"]
        try:
            event = perform(self.edition, self.action, actor=request.user, key=form.cleaned_data["key"])
        except NotAllowed:
            raise
        except ExpectedError as error:
            messages.error(request, error.message)
        else:
            say_done(request, event, self.done_message(event))
        return self.back()


class Withdraw(ConfirmedStep):
    """Rút lại để sửa: the author takes back what was not yet approved."""

    action = Action.WITHDRAW

    def done_message(self, event):
        """The report may be written again."""
        return "Đã rút lại báo cáo. Sửa xong thì trình duyệt lại."


class Approve(ConfirmedStep):
    """Duyệt."""

    action = Action.APPROVE

    def done_message(self, event):
        """Now it is the clerk's."""
        at, day = clock_words(event.at)
        return f"Đã duyệt lúc {at} ngày {day}. Văn thư cấp số và phát hành."


class Accept(ConfirmedStep):
    """Tiếp nhận, by the body above."""

    action = Action.ACCEPT

    def done_message(self, event):
        """With its receipt."""
        at, day = clock_words(event.at)
        return f"Đã tiếp nhận lúc {at} ngày {day}. Mã tiếp nhận {event.receipt}"


class FormStep(Step):
    """A step with a form: GET shows it, a wrong POST shows it again with everything typed."""

    http_method_names = ["get", "head", "post"]
    form_class = forms.RecallForm
    template_name = "staff/steps/reason.html"
    #: Domain field → form field, where the names differ.
    field_names: dict[str, str] = {}

    def get(self, request, pk):
        """The empty form; in a wrong state, back to the report with a sentence."""
        self.load(request, pk)
        action = self.get_action(request)
        if action not in [move.action for move in permissions.available_moves(request.user, self.edition)]:
            messages.error(request, self.not_now(action))
            return self.back()
        return self.show(self.make_form(initial=self.first_values()))

    def post(self, request, pk):
        """Read the form and take the step."""
        self.load(request, pk)
        form = self.make_form(data=posted(request), files=request.FILES)
        if not form.is_valid():
            return self.show(form)
        self.edition.revision = form.cleaned_data["revision"]
        try:
            event = self.take(form, form.cleaned_data["key"])
        except NotAllowed:
            raise
        except ExpectedError as error:
            return self.show_refused(form, error)
        say_done(request, event, self.done_message(event))
        return self.back(event)

    def take(self, form, key: str) -> EditionEvent:
        """The one call into the domain."""
        return perform(
            self.edition,
            self.get_action(self.request),
            actor=self.request.user,
            key=key,
            note=form.cleaned_data["note"],
            details=self.details(form),
        )

    def details(self, form) -> ReturnDetails | None:
        """What the step needs besides the reason."""
        return None

    def make_form(self, **options):
        """The form of the step."""
        return self.form_class(**options)

    def first_values(self) -> dict:
        """Hidden fields (and whatever can be suggested)."""
        return {"key": new_key(), "revision": self.edition.revision, "edition": self.edition.number}

    def not_now(self, action) -> str:
        """Why the step cannot be taken in this state: who took which one, and when."""
        return (
            f"{last_step(self.edition)} Báo cáo đang ở tình trạng “{self.edition.get_state_display()}” "
            f"nên không làm được việc “{action.label}”."
        ).strip()

    def show(self, form):
        """The page with the form."""
        context = {
            "nav": "reports",
            "report": self.report,
            "edition": self.edition,
            "form": form,
            "step": self,
        }
        return render(self.request, self.template_name, context | self.extra_context(form))

    def extra_context(self, form) -> dict:
        """What the template of one step needs besides."""
        return {}

    def show_refused(self, form, error: ExpectedError):
        """The form again: the message at its field where it names one, everything typed still there.

        After a change by somebody else the form goes on with the present revision, so that a second
        press counts once the person has looked again.
        """
        name = self.field_names.get(getattr(error, "field", ""), getattr(error, "field", ""))
        form.add_error(name if name in form.fields else None, error.message)
        if isinstance(error, StaleEdition):
            self.edition.refresh_from_db(fields=["revision", "state"])
            form.data = form.data.copy()
            form.data["revision"] = str(self.edition.revision)
        return self.show(form)

    @property
    def label(self) -> str:
        """Words of the button."""
        return self.get_action(self.request).label


class Recall(FormStep):
    """Thu hồi báo cáo, by the unit, until it is accepted."""

    action = Action.RECALL

    def done_message(self, event):
        """A new edition is open."""
        return f"Đã thu hồi báo cáo. Bản {self.edition.number + 1} đã mở để sửa."

    def extra_context(self, form):
        """The question that the dialog asks."""
        above = " Đơn vị cấp trên sẽ được thông báo" if self.report.parent_id else ""
        return {"question": f"Thu hồi để sửa?{above}", "kind": "danger"}


class Correct(FormStep):
    """Đính chính: opens the next edition, the present one stays in force."""

    action = Action.CORRECT
    form_class = forms.CorrectForm

    def done_message(self, event):
        """A new edition is open."""
        return (
            f"Đã mở bản {self.edition.number + 1} để đính chính. "
            f"Bản {self.edition.number} vẫn có hiệu lực đến khi bản mới được tiếp nhận hoặc phát hành."
        )

    def extra_context(self, form):
        """What will happen."""
        return {
            "question": f"Mở bản {self.edition.number + 1} để đính chính? Bản mới có số riêng và thay cho "
            f"văn bản số {self.edition.full_number}.",
        }


class Issue(FormStep):
    """Phát hành, gửi: number, date and signer; the file is made and frozen.

    The head, the deputies and the delegates of the day are suggested; whatever is typed counts.
    """

    action = Action.ISSUE
    form_class = forms.IssueForm
    template_name = "staff/steps/issue.html"

    def make_form(self, **options):
        """With the posts of the day of the report."""
        return self.form_class(
            unit_version=self.report.unit_version, portal_numbers=self.report.unit.portal_numbers, **options
        )

    def first_values(self):
        """The next number, today, and who approved."""
        today = clock.today()
        values = {"issued_on": today, "signer_rank": forms.HEAD}
        try:
            values["number"] = numbering.next_number(self.report.unit, today)
        except ExpectedError as error:
            messages.warning(self.request, error.message)
        approval = (
            EditionEvent.objects.filter(edition=self.edition, action=Action.APPROVE)
            .select_related("actor")
            .last()
        )
        if approval:
            values["signer_name"] = approval.actor.full_name
            if self._signs_as_deputy(approval.actor):
                values["signer_rank"] = forms.DEPUTY
        return super().first_values() | values

    def _signs_as_deputy(self, user) -> bool:
        """As the posts of today say; for somebody who stands in none of them, as his account does."""
        for signer in self.signers_today:
            if fold(signer.name) == fold(user.full_name):
                return signer.is_deputy
        return user.post.lower().startswith("phó")

    @cached_property
    def signers_today(self) -> list[Signer]:
        """Who signs for the unit today."""
        return signers_on(self.report.unit, clock.today())

    def take(self, form, key):
        """Render, freeze, issue."""
        return issue(
            self.edition,
            number=form.cleaned_data["number"],
            issued_on=form.cleaned_data["issued_on"],
            signer_name=form.cleaned_data["signer_name"],
            signer_post=form.post,
            signer_is_deputy=form.is_deputy,
            actor=self.request.user,
            key=key,
        )

    def done_message(self, event):
        """The receipt in words."""
        at, day = clock_words(event.at)
        return f"Đã gửi lúc {at} ngày {day}. Mã gửi {event.receipt}"

    def extra_context(self, form):
        """Symbol after the number, to whom it goes, and who signs on the day that stands in the form."""
        parent = self.report.parent
        today = clock.today()
        day = (form.is_bound and form.cleaned_data.get("issued_on")) or today
        return {
            "signers": self.signers_today if day == today else signers_on(self.report.unit, day),
            "signing_day": day,
            "symbol": f"-{numbering.DOCUMENT_TYPE}/{self.report.unit_version.symbol}",
            "above": parent.unit_version.issuer_full_name if parent else "",
        }


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page
def extend(request, pk):
    """Gia hạn: the body above gives one unit a later due date, with a reason."""
    report = visible_report(request.user, pk)
    if not permissions.may_extend(request.user, report):
        raise NotAllowed("Chỉ người tiếp nhận báo cáo của đơn vị cấp trên được gia hạn.")
    if not can_extend(report):
        messages.error(request, "Báo cáo đã gửi hoặc đợt đã khoá sổ nên không gia hạn.")
        return redirect(report)
    form = forms.ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rounds.extend(report, due_at=form.due_at, reason=form.cleaned_data["reason"], actor=request.user)
        except ExpectedError as error:
            field = {"due_at": "due_date"}.get(getattr(error, "field", ""), getattr(error, "field", ""))
            form.add_error(field if field in form.fields else None, error.message)
        else:
            messages.success(request, f"Đã gia hạn đến {due_words(report.due_at)}.")
            return redirect(report)
    context = {"nav": "reports", "report": report, "form": form, "due": due_words(report.due_at)}
    return render(request, "staff/steps/extend.html", context)


def can_extend(report) -> bool:
    """Whether the report is still with its unit, in an open round."""
    return report.round.state == RoundState.OPEN and report.is_owed
