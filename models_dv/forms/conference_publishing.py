"""Choosing what the public reads of a conference: row by row, nothing by default."""

from dataclasses import dataclass

from django import forms

from models_dv.domain.conference_content import ROW_PARTS, TEXT_PARTS, Choice, Offer
from models_dv.enums import Duty, PaperStage
from models_dv.forms.conferences import lines
from models_dv.forms.fields import WordsField
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.numbers import format_number

LONGEST_LEAD = 500
TITLES = {
    "texts": "Chương trình, nội dung",
    "people": "Người dự",
    "difficulties": "Khó khăn, vướng mắc",
    "conclusions": "Kết luận",
    "tasks": "Nhiệm vụ giao từ kết luận",
    "awards": "Khen thưởng",
    "papers": "Tài liệu",
    "photos": "Ảnh",
}


@dataclass(frozen=True)
class ChoiceRow:
    """One box: its widget, words, and the photo to show beside it."""

    box: object
    label: str
    note: str
    photo: object = None


@dataclass(frozen=True)
class ChoiceGroup:
    """A part of the form; ``refused`` are (label, why) of rows that may not be chosen."""

    part: str
    title: str
    field: forms.BoundField
    rows: list[ChoiceRow]
    refused: list[tuple[str, str]]


class PublishForm(forms.Form):
    """Lead and choice over what the conference offers; ``seen`` names the preview that was looked at."""

    lead = WordsField(
        label="Lời dẫn",
        longest=LONGEST_LEAD,
        widget=lines(3),
        help_text=f"Một, hai câu nêu nội dung chính, nhiều nhất {LONGEST_LEAD} chữ cái. Để trống cũng được.",
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data=None, *, offer: Offer, choice: Choice):
        super().__init__(data, initial={"lead": choice.lead})
        self.offer = offer
        self._add("texts", {code: TEXT_PARTS[code] for code in offer.texts}, choice.texts)
        for part in ROW_PARTS:
            rows = {
                str(row.pk): label_of(part, row)
                for row in getattr(offer, part)
                if (part, row.pk) not in offer.why_not
            }
            self._add(part, rows, [str(pk) for pk in getattr(choice, part)])

    def _add(self, part: str, choices: dict[str, str], chosen) -> None:
        self.fields[part] = forms.MultipleChoiceField(
            label=TITLES[part],
            required=False,
            choices=list(choices.items()),
            initial=[code for code in chosen if code in choices],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Có dòng vừa được gỡ khỏi hội nghị. Chọn lại phần này"},
        )

    @property
    def groups(self) -> list[ChoiceGroup]:
        """The parts that have something to choose from, in the order of the page."""
        return [group for part in ("texts", *ROW_PARTS) if (group := self._group(part)).rows or group.refused]

    def _group(self, part: str) -> ChoiceGroup:
        stored = {} if part == "texts" else {str(row.pk): row for row in getattr(self.offer, part)}
        rows = [
            ChoiceRow(
                box,
                box.choice_label,
                note_of(part, stored.get(box.data["value"])),
                stored.get(box.data["value"]) if part == "photos" else None,
            )
            for box in self[part]
        ]
        refused = [
            (label_of(part, row), self.offer.why_not[part, row.pk])
            for row in stored.values()
            if (part, row.pk) in self.offer.why_not
        ]
        return ChoiceGroup(part, TITLES[part], self[part], rows, refused)

    @property
    def choice(self) -> Choice:
        """What was chosen."""
        values = self.cleaned_data
        rows = {part: tuple(int(pk) for pk in values.get(part, ())) for part in ROW_PARTS}
        return Choice(lead=values.get("lead", ""), texts=tuple(values.get("texts", ())), **rows)


def label_of(part: str, row) -> str:
    """How a row is named beside its box."""
    if part == "people":
        duties = ", ".join(Duty(code).label for code in row.duties)
        return f"{row.name} ({duties})"
    if part == "awards":
        count = f"{format_number(row.count)} " if row.count else ""
        return f"{row}: {count}{row.get_subject_display().lower()}"
    if part == "tasks":
        return row.title
    if part == "papers":
        return row.title if row.stage == PaperStage.FINAL else f"{row.title} ({row.get_stage_display()})"
    if part == "photos":
        return row.caption or row.alt
    return row.text if part in ("difficulties", "conclusions") else str(row)


def note_of(part: str, row) -> str:
    """A second line under the label."""
    if row is None:
        return ""
    if part == "people":
        return "; ".join(row.post_lines)
    if part == "tasks":
        due = f", hạn {format_date(row.due_on)}" if row.due_on else ""
        return f"{row.lead_unit.version_on(row.given_on).name}{due}"
    if part == "papers":
        return row.original_name
    return getattr(row, "heading", "") or getattr(row, "raised_by", "")
