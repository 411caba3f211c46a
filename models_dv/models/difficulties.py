"""Difficulties (khó khăn, vướng mắc) raised at conferences and followed from one to the next (domain.md §7)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from models_dv.enums import DifficultyState
from models_dv.models.search_text import SearchTextField
from models_dv.scopes import units_readable
from models_dv.vietnamese.search_text import search_text


class DifficultyTopic(models.Model):
    """A tag of difficulties (lĩnh vực vướng mắc), kept by administrators."""

    name = models.CharField("chủ đề", max_length=80, unique=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=100)

    class Meta:
        verbose_name = "chủ đề vướng mắc"
        verbose_name_plural = "chủ đề vướng mắc"
        ordering = ["order", "name"]

    def __str__(self):
        return self.name


class DifficultyQuerySet(models.QuerySet):
    """Reads of difficulties."""

    def visible_to(self, user):
        """Those of the user's units and of the units below a covering reader."""
        return self.filter(units_readable(user))


class Difficulty(models.Model):
    """A difficulty (khó khăn, vướng mắc) raised at a conference; ``continues`` leads to the earlier time."""

    unit = models.ForeignKey("models_dv.Unit", models.PROTECT, related_name="difficulties")
    conference = models.ForeignKey(
        "models_dv.Conference",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="difficulties",
        verbose_name="hội nghị",
    )
    text = models.CharField("khó khăn, vướng mắc", max_length=500)
    raised_by = models.CharField("đơn vị nêu", max_length=200, blank=True)
    topics = models.ManyToManyField(
        DifficultyTopic, blank=True, related_name="difficulties", verbose_name="chủ đề"
    )
    #: Of the conference, kept so by ``domain.conferences``; empty where it is unknown.
    raised_on = models.DateField("ngày nêu", null=True, blank=True)
    state = models.CharField(
        "tình trạng", max_length=8, choices=DifficultyState.choices, default=DifficultyState.OPEN
    )
    settled_on = models.DateField("ngày giải quyết", null=True, blank=True)
    settled_note = models.CharField("cách giải quyết", max_length=500, blank=True)
    continues = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name="tiếp theo vướng mắc đã nêu",
    )
    #: The first of a line of difficulties that continue each other; empty on the first one itself.
    first = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="all_later"
    )
    order = models.PositiveSmallIntegerField("thứ tự", default=100)
    search_text = SearchTextField(editable=False, blank=True)

    objects = DifficultyQuerySet.as_manager()

    class Meta:
        verbose_name = "khó khăn, vướng mắc"
        verbose_name_plural = "khó khăn, vướng mắc"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(continues__isnull=True) | ~Q(continues=F("id")),
                name="difficulty_not_continuing_itself",
            )
        ]

    def __str__(self):
        return self.text

    def save(self, *args, **kwargs):
        """Fill the search text."""
        self.set_keys()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        """The staff page of the line in which it stands."""
        return reverse("staff:difficulty", args=[self.pk])

    def set_keys(self):
        """Compute the search text (bulk writers call this themselves)."""
        self.search_text = search_text(self.text, self.raised_by, self.settled_note)

    @property
    def is_open(self) -> bool:
        """Whether it is still followed."""
        return self.state == DifficultyState.OPEN
