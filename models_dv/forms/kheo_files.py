"""Evidence, photos and the choice of what the public reads of a model."""

from django import forms

from models_dv.domain.changes import fingerprint
from models_dv.domain.kheo_publishing import LONGEST_LEAD, Choice, Offer
from models_dv.forms.fields import CleanField, WordsField, name_missing_fields
from models_dv.forms.uploads import DocumentField, PhotoField
from models_dv.models import KheoPhoto


class EvidenceForm(forms.Form):
    """A file that shows what was done."""

    title = WordsField(longest=250, one_line=True, label="Tên minh chứng", required=True)
    file = DocumentField(label="Tệp")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].error_messages["required"] = "Chưa nhập tên minh chứng"


class PhotoWordsForm(forms.ModelForm):
    """What is said of a photo. ``seen`` says which state of it the person saw."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = KheoPhoto
        fields = ["caption", "alt", "credit", "consent", "consent_note"]
        field_classes = dict.fromkeys(["caption", "alt", "credit", "consent_note"], CleanField)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_missing_fields(self)
        if self.instance.pk:
            self.fields["seen"].initial = fingerprint(self.instance)

    @property
    def values(self) -> dict:
        """What the domain takes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def see_again(self, stored: KheoPhoto | None) -> None:
        """After a change by somebody else: what is typed stays, a second press counts."""
        self.data = self.data.copy()
        self.data["seen"] = fingerprint(stored) if stored else ""


class NewPhotoForm(PhotoWordsForm):
    """A photo with its words."""

    file = PhotoField(label="Ảnh")
    field_order = ["file"]


class PublishForm(forms.Form):
    """What the public reads: parts and photos ticked one by one, nothing by default.

    ``seen`` is the mark of the offer that the person looked at.
    """

    lead = WordsField(
        longest=LONGEST_LEAD,
        label="Lời dẫn",
        help_text=f"Một, hai câu nêu kết quả chính, nhiều nhất {LONGEST_LEAD} chữ cái; để trống cũng được.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    parts = forms.MultipleChoiceField(
        label="Nội dung công khai",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Có phần không còn nội dung. Chọn lại"},
    )
    photos = forms.MultipleChoiceField(
        label="Ảnh công khai",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Có ảnh vừa bị gỡ hoặc chưa đủ điều kiện công bố. Chọn lại"},
    )
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, offer: Offer, choice: Choice):
        offered = [part.code for part in offer.parts]
        ready = [photo.pk for photo in offer.publishable_photos]
        super().__init__(
            data,
            initial={
                "lead": choice.lead,
                "parts": [code for code in choice.parts if code in offered],
                "photos": [str(pk) for pk in choice.photos if pk in ready],
                "seen": offer.mark,
            },
        )
        self.offer = offer
        self.fields["parts"].choices = [(part.code, part.title) for part in offer.parts]
        self.fields["photos"].choices = [(str(pk), str(pk)) for pk in ready]

    @property
    def part_rows(self):
        """(box, part) of everything in words that is offered."""
        return list(zip(self["parts"].subwidgets, self.offer.parts, strict=True))

    @property
    def photo_rows(self):
        """(box, photo) of the photos that lack nothing."""
        return list(zip(self["photos"].subwidgets, self.offer.publishable_photos, strict=True))

    @property
    def refused_photos(self):
        """(photo, what is missing) of the others."""
        return [
            (photo, ", ".join(photo.missing_for_publication))
            for photo in self.offer.photos
            if photo.missing_for_publication
        ]

    def look_again(self) -> None:
        """The page that comes now shows the present offer, so the next press is about it."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data["seen"] = self.offer.mark

    @property
    def choice(self) -> Choice:
        """What is ticked and written, as far as it can be read: of a form not sent, what was chosen before."""
        if not self.is_bound:
            return Choice(
                self.initial["parts"], [int(pk) for pk in self.initial["photos"]], self.initial["lead"]
            )
        self.is_valid()
        values = self.cleaned_data
        photos = [int(pk) for pk in values.get("photos", ())]
        return Choice(tuple(values.get("parts", ())), photos, values.get("lead", ""))
