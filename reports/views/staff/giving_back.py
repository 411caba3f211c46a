"""Trả lại để bổ sung: which parts, what to mend in each, until when; a leader's marked-up file goes along."""

from django.utils.decorators import method_decorator

from models_dv.views.files import answers_uploads
from reports.domain.review import give_back, words_to_mend
from reports.domain.transitions import ReturnDetails
from reports.enums import Action, State
from reports.forms import steps as forms
from reports.views.staff.access import has_duty
from reports.views.staff.parts import parts_of
from reports.views.staff.steps import FormStep
from reports.views.staff.words import due_words


@method_decorator(answers_uploads, name="dispatch")
class Return(FormStep):
    """Trả lại để bổ sung: by the unit's approver, or after issue by the body above.

    Parts chosen while looking the report over (``?tra_lai=``) are ticked, with the words of the open comments on
    them; where none was chosen, those that have open comments of the person's own side.
    """

    form_class = forms.ReturnForm
    template_name = "staff/steps/return.html"
    field_names = {"due_at": "due_date"}

    def get_action(self, request) -> Action:
        """As the form says (a repeated act finds a later state), else as the state asks."""
        if request.POST.get("action") in (Action.RETURN, Action.SEND_BACK):
            return Action(request.POST["action"])
        if self.edition.state == State.ISSUED or has_duty(request.user, Action.SEND_BACK, self.report):
            return Action.SEND_BACK
        return Action.RETURN

    def make_form(self, **options):
        """With the parts of this report."""
        needs_due = self.get_action(self.request) == Action.SEND_BACK
        return self.form_class(parts=parts_of(self.report), needs_due=needs_due, **options)

    def first_values(self):
        """Which of the two acts the form is for, and what was found while looking the report over."""
        found = words_to_mend(self.request.user, self.edition)
        chosen = self.request.GET.getlist("tra_lai") or list(found)
        words = {forms.word_name(code): found[code] for code in chosen if code in found}
        return super().first_values() | {
            "action": self.get_action(self.request).value,
            "parts": chosen,
            **words,
        }

    def take(self, form, key):
        """With the leader's file, where there is one."""
        return give_back(
            self.edition,
            self.get_action(self.request),
            actor=self.request.user,
            key=key,
            note=form.cleaned_data["note"],
            details=self.details(form),
            uploaded=form.cleaned_data["file"],
        )

    def details(self, form):
        """The parts, and the new due date."""
        return ReturnDetails(parts=form.cleaned_data["parts_to_mend"], due_at=form.due_at)

    def done_message(self, event):
        """How many parts, to whom, until when."""
        name = self.report.unit_version.name
        what = f"{len(event.parts)} phần" if event.parts else "báo cáo"
        due = f", hạn nộp lại {due_words(event.due_at)}" if event.due_at else ""
        return f"Đã trả lại {what} cho {name}{due}."
