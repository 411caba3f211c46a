"""Accounts and the roles they hold in units."""

from allauth.account.models import EmailAddress
from django.contrib import admin, messages
from django.contrib.auth import admin as auth_admin
from django.db import transaction
from django.db.models import Exists, OuterRef

from models_dv.admin.base import AuditedAdmin, PageLink, is_key, titled
from models_dv.admin.changes import Change
from models_dv.admin.rows import AuditedTabular
from models_dv.admin.searching import texts_of, with_words
from models_dv.enums import Role
from models_dv.forms.admin_accounts import LABELS, NewPasswordForm, NewUserForm, UserForm
from models_dv.forms.admin_units import unit_label, units_with_names
from models_dv.models import AuditEntry, Notification, Unit, UnitRole, User

ROLES_SHOWN = 3


class RoleRows(AuditedTabular):
    """What the person may do, and where."""

    model = UnitRole
    autocomplete_fields = ["unit"]
    ordering = ["unit__code", "role"]

    def get_queryset(self, request):
        """With the names of the units."""
        return super().get_queryset(request).prefetch_related("unit__versions")

    def audit_label(self, row):
        """“vai trò: Soạn thảo – Đảng uỷ xã Phú Lâm (xa-1)”."""
        return f"vai trò: {row.get_role_display()} – {row.unit} ({row.unit.code})"


class RoleHeld(admin.SimpleListFilter):
    """By a role held somewhere, or by none."""

    title = "vai trò"
    parameter_name = "vai-tro"

    def lookups(self, request, model_admin):
        """Every role, and none."""
        return [*Role.choices, ("khong", "Chưa có vai trò")]

    def queryset(self, request, queryset):
        """Accounts as chosen."""
        rows = UnitRole.objects.filter(user=OuterRef("pk"))
        if self.value() == "khong":
            return queryset.exclude(Exists(rows))
        return queryset.filter(Exists(rows.filter(role=self.value()))) if self.value() else queryset


class InUnit(admin.SimpleListFilter):
    """The people of one unit; shown only when the unit's page led here."""

    title = "đơn vị"
    parameter_name = "don-vi"

    def lookups(self, request, model_admin):
        """The unit chosen."""
        chosen = request.GET.get(self.parameter_name, "")
        units = units_with_names().filter(pk=chosen) if is_key(chosen) else Unit.objects.none()
        return [(str(unit.pk), unit_label(unit)) for unit in units]

    def queryset(self, request, queryset):
        """Accounts with a role in the unit."""
        if not is_key(self.value()):
            return queryset
        return queryset.filter(Exists(UnitRole.objects.filter(user=OuterRef("pk"), unit=self.value())))


@admin.register(User)
class UserAdmin(AuditedAdmin, auth_admin.UserAdmin):
    """Accounts: made, locked and given roles here; nobody who acted is deleted."""

    form = UserForm
    add_form = NewUserForm
    change_password_form = NewPasswordForm
    add_form_template = None
    change_user_password_template = "admin/new_password.html"
    audit_names = LABELS
    own_parts = (EmailAddress, Notification)
    instead_of_deleting = "Người thôi việc thì khoá tài khoản: bỏ dấu “đang hoạt động”, không xoá."
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("username", "full_name"),
                    ("post", "email"),
                    ("is_active", "is_staff"),
                    "last_login",
                ]
            },
        )
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    ("username", "full_name"),
                    ("post", "email"),
                    "is_staff",
                    ("password1", "password2"),
                ]
            },
        )
    ]
    readonly_fields = ["last_login"]
    filter_horizontal = []
    inlines = [RoleRows]
    list_display = ["username", "full_name", "post", "roles", "standing"]
    list_filter = [
        RoleHeld,
        InUnit,
        ("is_active", titled(admin.BooleanFieldListFilter, "đang hoạt động")),
        ("is_staff", titled(admin.BooleanFieldListFilter, "quản trị viên")),
    ]
    search_fields = ["username"]  # get_search_results looks further
    search_help_text = "Họ tên (có dấu hoặc không dấu), tên đăng nhập, chức vụ hoặc thư điện tử."
    ordering = ["username"]
    actions = ["lock", "unlock"]

    def get_queryset(self, request):
        """With the roles and the names of their units, in a fixed number of queries."""
        return super().get_queryset(request).prefetch_related("unit_roles__unit__versions")

    def get_search_results(self, request, queryset, search_term):
        """Every word somewhere in the account."""
        texts = texts_of(queryset, "username", "full_name", "post", "email")
        return with_words(queryset, search_term, texts), False

    def has_delete_permission(self, request, obj=None):
        """Nobody deletes his own account."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.pk != request.user.pk)

    def get_form(self, request, obj=None, **kwargs):
        """The form knows who changes the account."""
        form = super().get_form(request, obj, **kwargs)
        form.editor = request.user
        return form

    def get_inlines(self, request, obj):
        """Roles are given on the second page, as the framework's own account page does."""
        return self.inlines if obj else []

    @admin.display(description="vai trò")
    def roles(self, user):
        """The first roles, then how many more."""
        rows = [f"{row.get_role_display()} – {row.unit}" for row in user.unit_roles.all()]
        more = f" và {len(rows) - ROLES_SHOWN} vai trò khác" if len(rows) > ROLES_SHOWN else ""
        return "; ".join(rows[:ROLES_SHOWN]) + more

    @admin.display(description="tình trạng", ordering="is_active")
    def standing(self, user):
        """Locked, or whether the admin is open to the person."""
        if not user.is_active:
            return "Đã khoá"
        return "Quản trị viên" if user.is_staff else "Hoạt động"

    def page_links(self, request, obj):
        """The password page, and what the person has done."""
        done = AuditEntry.objects.filter(actor=obj).exists()
        links = [PageLink("Đặt mật khẩu mới", "../password/")]
        return [*links, PageLink("Việc đã làm", f"../../../auditentry/?nguoi={obj.pk}")] if done else links

    @transaction.atomic
    def user_change_password(self, request, id, form_url=""):
        """The framework's page, with its audit row in the same transaction."""
        request.admin_change = Change()
        request.admin_change.after["mật khẩu"] = "đã đặt mới"
        return super().user_change_password(request, id, form_url)

    @admin.action(description="Khoá tài khoản đã chọn")
    def lock(self, request, queryset):
        """Lock the accounts chosen, except one's own."""
        if queryset.filter(pk=request.user.pk).exists():
            self.message_user(
                request, "Không tự khoá tài khoản đang dùng. Bỏ chọn tài khoản này.", messages.ERROR
            )
            return
        self._set_active(request, queryset, active=False)

    @admin.action(description="Mở lại tài khoản đã chọn")
    def unlock(self, request, queryset):
        """Open the accounts chosen again."""
        self._set_active(request, queryset, active=True)

    @transaction.atomic
    def _set_active(self, request, queryset, *, active: bool):
        name, changed = LABELS["is_active"], 0
        for user in queryset.filter(is_active=not active):
            user.is_active = active
            user.save(update_fields=["is_active"])
            change = Change()
            change.fields({name: not active}, {name: active})
            self.write_audit(request, "Sửa", user, change)
            changed += 1
        verb = "Đã mở lại" if active else "Đã khoá"
        self.message_user(request, f"{verb} {changed} tài khoản.", messages.SUCCESS)
