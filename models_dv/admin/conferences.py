"""Conferences: looked up and mended here; people, papers and conclusions are kept on the staff pages."""

from django import forms
from django.contrib import admin
from django.db.models import Count, F
from django.utils.html import format_html

from models_dv import clock
from models_dv.admin.base import AuditedAdmin, ReadOnlyAdmin, titled
from models_dv.admin.rows import AuditedTabular, ReadOnlyTabular
from models_dv.admin.searching import by_words_or_unit, texts_of, with_words
from models_dv.domain.unit_names import unit_name
from models_dv.enums import ConferenceKind
from models_dv.forms.conferences import WITH_POINTS
from models_dv.models import (
    Conclusion,
    Conference,
    ConferenceAward,
    ConferencePaper,
    ConferencePerson,
    ConferencePhoto,
    ConferencePublication,
    Difficulty,
    DifficultyTopic,
)


class ConferenceAdminForm(forms.ModelForm):
    """The conference itself, checked as on its staff page."""

    def clean(self):
        """A review of activity has no form; points only online."""
        cleaned = super().clean()
        if cleaned.get("kind") == ConferenceKind.ACTIVITY and (
            cleaned.get("form") or cleaned.get("starts_at")
        ):
            self.add_error("form", "Điểm lại hoạt động không có hình thức và giờ họp. Bỏ trống hai ô này.")
        if cleaned.get("online_points") and cleaned.get("form") not in WITH_POINTS:
            self.add_error("online_points", "Số điểm cầu chỉ ghi khi hình thức là trực tuyến hoặc kết hợp.")
        return cleaned


class PersonRows(AuditedTabular):
    """Who was there: names, posts and order are mended here, duties on the staff page."""

    model = ConferencePerson
    fields = ["name", "posts", "rank", "order"]
    max_num = 0
    sizes = {
        "name": {"size": 22, "class": ""},
        "posts": {"rows": 2, "cols": 26, "class": ""},
        "order": {"size": 3},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Posts stand one a line, in few lines; the columns are as narrow as the page asks."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in self.sizes:
            field.widget.attrs.update(self.sizes[db_field.name])
        return field


class ConclusionRows(ReadOnlyTabular):
    """Conclusions; signed ones bind, so they are changed on the staff page only."""

    model = Conclusion
    fields = ["heading", "text"]


class AwardRows(ReadOnlyTabular):
    """What was given there."""

    model = ConferenceAward
    fields = ["kind", "issuer", "subject", "count", "decision"]


class PaperRows(ReadOnlyTabular):
    """Papers that are kept; the files are had on the staff page, by those who may see it."""

    model = ConferencePaper
    fields = readonly_fields = ["title", "paper_kind", "stage", "number", "dated", "original_name"]


class PhotoRows(ReadOnlyTabular):
    """Photos, and whether those in them agreed."""

    model = ConferencePhoto
    fields = ["caption", "credit", "consent", "consent_note"]


class DifficultyRows(ReadOnlyTabular):
    """What was raised there."""

    model = Difficulty
    fields = ["text", "raised_by", "state"]
    show_change_link = True


@admin.register(Conference)
class ConferenceAdmin(AuditedAdmin):
    """Conferences; what hangs on papers, photos and signed conclusions stays on the staff pages."""

    form = ConferenceAdminForm
    fields = [
        "unit",
        ("kind", "state"),
        "title",
        ("period", "year"),
        ("held_on", "starts_at"),
        ("form", "online_points"),
        "place",
        "organiser",
        "agenda",
        "summary",
    ]
    autocomplete_fields = ["unit"]
    inlines = [PersonRows, ConclusionRows, DifficultyRows, AwardRows, PaperRows, PhotoRows]
    own_parts = (Conclusion, ConferenceAward)
    instead_of_deleting = (
        "Hội nghị không tổ chức thì đặt tình trạng “Đã huỷ”; đã công bố thì gỡ khỏi trang công khai."
    )
    list_display = ["title", "kind", "unit_today", "held_on", "form", "state"]
    list_filter = ["kind", "state", "form", "year"]
    search_fields = ["title"]  # get_search_results looks further
    search_help_text = "Tên, địa điểm, nội dung hội nghị hoặc tên đơn vị, có dấu hoặc không dấu."
    show_full_result_count = False
    ordering = ["-year", F("held_on").desc(nulls_last=True), "-pk"]

    def get_queryset(self, request):
        """With the name of the unit."""
        return super().get_queryset(request).annotate(unit_name=unit_name("unit", clock.today()))

    @admin.display(description="đơn vị", ordering="unit_name")
    def unit_today(self, conference):
        """The organising unit under its last name."""
        return conference.unit_name

    def get_readonly_fields(self, request, obj=None):
        """The unit of a conference does not change: papers, tasks and its address hang on it."""
        return ["unit"] if obj else []

    def get_search_results(self, request, queryset, search_term):
        """Every word in the conference, through the index, or in the unit's name."""
        return by_words_or_unit(queryset, search_term), False

    def save_model(self, request, obj, form, change):
        """A page open elsewhere must notice the change."""
        if change:
            obj.revision += 1
        super().save_model(request, obj, form, change)


@admin.register(ConferencePublication)
class ConferencePublicationAdmin(ReadOnlyAdmin):
    """What the public reads of conferences; published and taken down on the staff pages."""

    list_display = ["title", "unit_name", "held_on", "published_at", "withdrawn_at"]
    list_filter = [("withdrawn_at", titled(admin.EmptyFieldListFilter, "đã gỡ")), "year"]
    search_fields = ["title"]  # get_search_results looks further
    search_help_text = "Tên, nội dung hội nghị hoặc tên đơn vị, có dấu hoặc không dấu."
    show_full_result_count = False
    fields = [
        "title",
        "unit_name",
        "held_on",
        "address",
        "version",
        "lead",
        "published_at",
        "published_by",
        "withdrawn_at",
    ]

    @admin.display(description="trang công khai")
    def address(self, publication):
        """Where the public reads it."""
        return format_html('<a href="{0}">{0}</a>', publication.get_absolute_url())

    def get_search_results(self, request, queryset, search_term):
        """Every word in what is public, through the index, or in the unit's name."""
        return by_words_or_unit(queryset, search_term), False


@admin.register(DifficultyTopic)
class DifficultyTopicAdmin(AuditedAdmin):
    """Topics of difficulties; one in use is renamed, not deleted."""

    fields = ["name", "order"]
    list_display = ["name", "order", "used"]
    list_display_links = ["name"]
    search_fields = ["name"]
    search_help_text = "Tên chủ đề, có dấu hoặc không dấu."
    ordering = ["order", "name"]
    instead_of_deleting = "Chủ đề đã dùng thì đổi tên hoặc giữ nguyên."

    def get_queryset(self, request):
        """With how many difficulties carry it."""
        return super().get_queryset(request).annotate(count=Count("difficulties"))

    @admin.display(description="số vướng mắc", ordering="count")
    def used(self, topic):
        """How many difficulties carry it."""
        return topic.count

    def get_search_results(self, request, queryset, search_term):
        """By its words; there are few."""
        return with_words(queryset, search_term, texts_of(queryset, "name")), False

    def get_deleted_objects(self, objs, request):
        """Difficulties that carry it stand against deleting."""
        gone, counts, needed, protected = super().get_deleted_objects(objs, request)
        used = objs[0].difficulties.count()
        if used:
            protected = [*protected, f"Khó khăn, vướng mắc: {used}"]
        return gone, counts, needed, protected
