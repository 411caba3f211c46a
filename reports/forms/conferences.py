"""Linking a conference to what it reviewed."""

from itertools import groupby

from django import forms

from reports.domain.conference_links import TITLES, Target


class LinkForm(forms.Form):
    """One of the targets, grouped by what they are."""

    target = forms.ChoiceField(
        label="Hội nghị xem xét",
        error_messages={
            "required": "Chọn báo cáo, tư liệu hoặc đợt báo cáo",
            "invalid_choice": "Chọn một nội dung trong danh sách",
        },
    )

    def __init__(self, data=None, *, targets: list[Target]):
        super().__init__(data)
        groups = [
            (TITLES[kind], [(target.code, target.words) for target in found])
            for kind, found in groupby(targets, key=lambda target: target.kind)
        ]
        self.fields["target"].choices = [("", "Chọn nội dung"), *groups]
        self.is_empty = not targets
