"""The text of one part as a person types it."""

from hashlib import sha256

from django import forms
from django.core.exceptions import ValidationError

from models_dv.vietnamese.fold import normalize
from models_dv.vietnamese.numbers import format_number

#: Longer than the longest whole report seen; a part is a page of the editor.
LONGEST_TEXT = 100_000
LONGEST_REVISION = 9


def fingerprint(text: str, done: bool) -> str:
    """A short mark of what a form was opened with, so that a form sent back unchanged is known as such."""
    return sha256(f"{int(done)}\n{normalize(text)}".encode()).hexdigest()[:16]


class NarrativeField(forms.CharField):
    """Plain structured text, in the form that is stored (NFC, “\\n” line ends); spaces are the person's."""

    widget = forms.Textarea(attrs={"class": "narrative", "spellcheck": "false", "rows": 12})

    def __init__(self, **options):
        super().__init__(strip=False, **options)

    def to_python(self, value) -> str:
        """Normalise before anything is checked."""
        return normalize(super().to_python(value))


class SectionForm(forms.Form):
    """One part: text, “Phần này đã xong”, and where the form came from (base_…)."""

    noi_dung = NarrativeField(label="Nội dung", required=False)
    xong = forms.BooleanField(label="Phần này đã xong", required=False)
    base_revision = forms.CharField(required=False, widget=forms.HiddenInput)
    base_hash = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def showing(cls, text: str, done: bool, revision: int) -> "SectionForm":
        """The form that shows what is stored; ``revision`` 0 = nothing stored yet."""
        return cls(
            initial={
                "noi_dung": text,
                "xong": done,
                "base_revision": str(revision),
                "base_hash": fingerprint(text, done),
            }
        )

    def clean_noi_dung(self) -> str:
        """The text; too long a one is refused with what to do."""
        text = self.cleaned_data["noi_dung"]
        if len(text) > LONGEST_TEXT:
            raise ValidationError(
                f"Phần này dài {format_number(len(text))} chữ cái, nhiều nhất {format_number(LONGEST_TEXT)}. "
                "Chuyển bớt sang phần khác rồi lưu"
            )
        return text

    def clean_base_revision(self) -> int:
        """The revision that the person saw; whatever is not one counts as none, so that nothing is overwritten."""
        given = self.cleaned_data["base_revision"]
        return int(given) if given.isascii() and given.isdecimal() and len(given) <= LONGEST_REVISION else 0

    @property
    def is_untouched(self) -> bool:
        """Whether the form came back as it was shown: there is nothing to save, however old it is."""
        cleaned = self.cleaned_data
        return cleaned["base_hash"] == fingerprint(cleaned["noi_dung"], cleaned["xong"])


def joined(text: str, earlier: str) -> str:
    """``earlier`` where nothing is written yet, else after what is written."""
    return f"{text.rstrip()}\n\n{earlier}" if text.strip() else earlier
