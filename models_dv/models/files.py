"""Where files of the nouns are kept: outside the web root, under names that nobody can guess."""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import models

from models_dv import clock
from models_dv.enums import FileKind

#: Sides, in px, into which the two sizes of a photo are fitted. Of an upright one the width counts.
SMALL_BOX = (720, 1440)
LARGE_BOX = (1200, 2400)


def private_files():
    """Storage outside the web root; only views that ask for the right hand a file out."""
    return storages["private"]


def random_name(directory: str, extension: str) -> str:
    """“viec-chay/2026/11/5f0c….xlsx”: nothing of the name that a person gave."""
    return f"{directory}/{clock.today():%Y/%m}/{secrets.token_hex(16)}{extension}"


class StoredDocument(models.Model):
    """A file that somebody brought: kept whole, with what it was called and what it is."""

    file = models.CharField("tệp", max_length=200, editable=False)
    original_name = models.CharField("tên tệp", max_length=200, editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField("dung lượng (byte)", editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    uploaded_at = models.DateTimeField("tải lên lúc", default=clock.now, editable=False)

    class Meta:
        abstract = True

    @property
    def kind(self) -> FileKind:
        """What it is, for its mark in a list of files."""
        return FileKind.of_content_type(self.content_type)


class Photo(models.Model):
    """A photo, re-encoded in two sizes; the public sees it only with consent and when it was chosen."""

    small = models.CharField(max_length=200, editable=False)  # 720 px wide at most, WebP
    large = models.CharField(max_length=200, editable=False)  # 1200 px wide at most, WebP
    width = models.PositiveSmallIntegerField(editable=False)  # of the large one, in px
    height = models.PositiveSmallIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)  # of what was brought
    caption = models.CharField("chú thích", max_length=300, blank=True)
    alt = models.CharField(
        "mô tả ảnh cho người không xem được", max_length=300, help_text="Trong ảnh có gì; khác với chú thích."
    )
    credit = models.CharField("nguồn ảnh, người chụp", max_length=150, blank=True)
    consent = models.BooleanField("người trong ảnh đồng ý cho công bố", default=False)
    consent_note = models.CharField(
        "căn cứ đồng ý", max_length=200, blank=True, help_text="Ví dụ: đồng ý bằng văn bản ngày 02/6/2026."
    )
    order = models.PositiveSmallIntegerField("thứ tự", default=1)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    uploaded_at = models.DateTimeField("tải lên lúc", default=clock.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        return self.caption or self.alt

    def clean(self):
        """The description says what is seen; the caption says what it is about."""
        if self.alt and self.alt.strip().casefold() == self.caption.strip().casefold():
            raise ValidationError(
                {"alt": "Mô tả ảnh đang giống hệt chú thích. Ghi trong ảnh có ai, đang làm gì, ở đâu"}
            )

    @property
    def small_width(self) -> int:
        """Width in px of the small one."""
        return fitted((self.width, self.height), SMALL_BOX)[0]

    @property
    def missing_for_publication(self) -> list[str]:
        """What must still be given before the public may see it, in words; empty when nothing is."""
        needed = {
            "chú thích": self.caption,
            "mô tả ảnh": self.alt,
            "người trong ảnh đồng ý cho công bố": self.consent,
        }
        return [name for name, given in needed.items() if not given]


def fitted(size: tuple[int, int], box: tuple[int, int]) -> tuple[int, int]:
    """The size in px, made smaller where needed so that it fits into the box, never larger."""
    scale = min(1, box[0] / size[0], box[1] / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
