"""What a person enters for a publication: words and choices of a draft, and the reason of a step."""

from dataclasses import dataclass
from itertools import groupby

from django import forms

from models_dv.forms.fields import WordsField
from models_dv.vietnamese.fold import normalize
from models_dv.vietnamese.numbers import format_number
from reports.domain.publication_content import KEY_FIGURES, FigureChoice, SectionChoice
from reports.domain.publication_offer import FigureOffer, Offer, SectionOffer
from reports.enums import PublicationAction, PublicationState
from reports.forms.steps import STALE_FORM, KeyField, StepForm, reason_field
from reports.models import PublicationVersion, PublishedFigure

LONGEST_TITLE, LONGEST_LEAD, LONGEST_NOTE = 250, 1000, 500
LONGEST_HEADING, LONGEST_TEXT, LONGEST_FIGURE_NOTE = 200, 30_000, 300
#: Steps whose form asks for a reason.
WITH_REASON = (PublicationAction.RETURN, PublicationAction.WITHDRAW)


@dataclass(frozen=True)
class SectionRow:
    """A part in the form: what is offered, and its bound fields."""

    offer: SectionOffer
    chosen: forms.BoundField
    title: forms.BoundField
    text: forms.BoundField

    @property
    def anchor(self) -> str:
        """Where the checklist leads to."""
        return f"section-{self.offer.code}"


@dataclass(frozen=True)
class FigureRow:
    """An indicator in the form."""

    offer: FigureOffer
    chosen: forms.BoundField
    is_key: forms.BoundField
    note: forms.BoundField


@dataclass(frozen=True)
class FigureGroup:
    """Indicators under the name of their group; ``chosen`` counts the boxes that are ticked on the page."""

    name: str
    rows: list[FigureRow]

    @property
    def chosen(self) -> int:
        """How many are ticked, in what was typed or stored."""
        return sum(bool(row.chosen.value()) for row in self.rows)


class VersionForm(forms.Form):
    """Words and choices of one draft, over what its ``offer`` lets be chosen.

    ``base_revision`` is the revision that the person saw, ``key`` the idempotency key of asking.
    """

    base_revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = KeyField()
    title = WordsField(
        label="Tiêu đề",
        longest=LONGEST_TITLE,
        one_line=True,
        help_text=f"Một câu nêu kết quả chính, nên dưới 120 chữ cái, nhiều nhất {LONGEST_TITLE}.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    lead = WordsField(
        label="Lời dẫn",
        longest=LONGEST_LEAD,
        help_text="Hai, ba câu để người đọc nắm được nội dung, nên dưới 400 chữ cái, "
        f"nhiều nhất {format_number(LONGEST_LEAD)}.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    correction_note = WordsField(
        label="Nội dung đính chính",
        longest=LONGEST_NOTE,
        one_line=True,
        help_text="Nêu chỗ sai và chỗ sửa; người đọc thấy câu này ở đầu trang. "
        f"Nhiều nhất {LONGEST_NOTE} chữ cái.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data=None, *, version: PublicationVersion, offer: Offer, correction: bool, **options):
        self.offer = offer
        initial = {
            "base_revision": version.revision,
            "title": version.title,
            "lead": version.lead,
            "correction_note": version.correction_note,
            **options.pop("initial", {}),
        }
        super().__init__(data, initial=initial, auto_id="%s", **options)
        if not correction:
            del self.fields["correction_note"]
        self.sections = [self._add_section(section) for section in offer.sections]
        self.figures = [] if offer.figures_fixed else [self._add_figure(figure) for figure in offer.figures]

    def _add_section(self, section: SectionOffer) -> SectionRow:
        name = f"s_{section.code}"
        self.fields[name] = forms.BooleanField(
            label="Công khai phần này", required=False, initial=section.is_chosen, widget=_box()
        )
        self.fields[f"{name}_title"] = WordsField(
            label="Tiêu đề công khai", longest=LONGEST_HEADING, one_line=True, initial=section.title
        )
        self.fields[f"{name}_text"] = WordsField(
            label="Nội dung công khai",
            longest=LONGEST_TEXT,
            initial=section.text,
            help_text="Viết lại cho người đọc; lời trong báo cáo không đổi.",
            widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        )
        return SectionRow(section, self[name], self[f"{name}_title"], self[f"{name}_text"])

    def _add_figure(self, figure: FigureOffer) -> FigureRow:
        code, name = figure.code, figure.figure.name
        self.fields[f"f_{code}"] = forms.BooleanField(
            label=name, required=False, initial=figure.is_chosen, widget=_box()
        )
        self.fields[f"k_{code}"] = forms.BooleanField(
            label=f"{name}: con số chính", required=False, initial=figure.figure.is_key
        )
        self.fields[f"n_{code}"] = WordsField(
            label=f"{name}: chú thích", longest=LONGEST_FIGURE_NOTE, one_line=True, initial=figure.figure.note
        )
        return FigureRow(figure, self[f"f_{code}"], self[f"k_{code}"], self[f"n_{code}"])

    @property
    def figure_groups(self) -> list[FigureGroup]:
        """The groups of indicators, in the order of the outline."""
        return [
            FigureGroup(name, list(rows))
            for name, rows in groupby(self.figures, key=lambda row: row.offer.group)
        ]

    def clean(self):
        """A chosen part has words; at most four main figures; hidden fields as the page wrote them."""
        cleaned = super().clean()
        for name in ("base_revision", "key"):
            if name in self.errors:
                del self.errors[name]
                self.add_error(None, STALE_FORM)
        for section in self.offer.sections:
            name = f"s_{section.code}"
            for part, words in (("title", "tiêu đề"), ("text", "nội dung")):
                if cleaned.get(name) and cleaned.get(f"{name}_{part}") == "":
                    message = f"Nhập {words} công khai của phần “{section.heading}”, hoặc bỏ chọn phần này"
                    self.add_error(f"{name}_{part}", message)
        count = sum(choice.is_key for choice in self.figure_choices)
        if count > KEY_FIGURES:
            self.add_error(None, f"Chọn nhiều nhất {KEY_FIGURES} con số chính; đang chọn {count}.")
        return cleaned

    @property
    def section_choices(self) -> list[SectionChoice]:
        """The parts chosen, in the order of the outline."""
        values = self.cleaned_data
        return [
            SectionChoice(s.code, values.get(f"s_{s.code}_title", ""), values.get(f"s_{s.code}_text", ""))
            for s in self.offer.sections
            if values.get(f"s_{s.code}")
        ]

    @property
    def figure_choices(self) -> list[FigureChoice]:
        """The indicators chosen; a main figure or a note without its indicator counts for nothing."""
        if self.offer.figures_fixed:
            return []
        values = self.cleaned_data
        codes = [figure.code for figure in self.offer.figures if values.get(f"f_{figure.code}")]
        return [
            FigureChoice(code, bool(values.get(f"k_{code}")), values.get(f"n_{code}", "")) for code in codes
        ]

    @property
    def chosen_figures(self) -> list[PublishedFigure]:
        """The figures chosen, with their values, as they would be published."""
        if self.offer.figures_fixed:
            return [figure.figure for figure in self.offer.figures]
        choices = {choice.code: choice for choice in self.figure_choices}
        chosen = [figure.figure for figure in self.offer.figures if figure.code in choices]
        for figure in chosen:
            figure.is_key, figure.note = choices[figure.code].is_key, choices[figure.code].note
        return chosen


def _box() -> forms.CheckboxInput:
    """The box that opens the words of a part or figure (class for the stylesheet)."""
    return forms.CheckboxInput(attrs={"class": "choice__box"})


class ReasonForm(StepForm):
    """A step that asks for a reason: Trả lại để bổ sung, Gỡ khỏi trang công khai."""

    note = reason_field("Lý do")

    def __init__(self, *args, action: str, **options):
        super().__init__(*args, **options)
        if action == PublicationAction.WITHDRAW:
            self.fields["note"].help_text = "Lý do được lưu lại; người đọc chỉ thấy thông báo đã gỡ."
        else:
            self.fields["note"].help_text = "Nêu việc phải sửa để người soạn làm được ngay."

    def clean_note(self) -> str:
        """The reason as it is stored."""
        return normalize(self.cleaned_data["note"]).strip()


def step_form(action: str, data=None, **options) -> StepForm:
    """The form of a step: with a reason where the step asks for one."""
    return ReasonForm(data, action=action, **options) if action in WITH_REASON else StepForm(data, **options)


class StateFilter(forms.Form):
    """Which publications a list shows."""

    tinh_trang = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("", "Mọi tình trạng"), *PublicationState.choices],
    )

    @property
    def state(self) -> str:
        """The state asked for; "" for all, and for what is no state."""
        return self.cleaned_data.get("tinh_trang", "") if self.is_valid() else ""
