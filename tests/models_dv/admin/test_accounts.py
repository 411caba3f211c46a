"""Accounts in the admin: made, given roles, locked; never deleted once they acted."""

import pytest

from models_dv.domain.audit import record
from models_dv.models import AuditEntry, UnitRole, User
from tests.factories.world import make_commune, make_province, make_user
from tests.models_dv.admin.pages import change, errors_of, messages_of, rows_of, text_of

LIST, ADD = "/quan-tri/models_dv/user/", "/quan-tri/models_dv/user/add/"
PASSWORD = "Đường lên Tây Bắc"


def page_of(user) -> str:
    return f"{LIST}{user.pk}/change/"


@pytest.fixture
def commune(db):
    return make_commune(make_province(), "Phú Lâm", code="xa-1")


@pytest.fixture
def clerk(commune):
    return make_user("van-thu", "Nguyễn Thị Đào", commune, "clerk", post="Văn thư")


def test_a_new_account_and_its_role(admin_pages, administrator, commune):
    typed = {
        "username": "soan.thao",
        "full_name": "Trần Văn Ổn",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    answer = change(admin_pages, ADD, typed)
    user = User.objects.get(username="soan.thao")
    assert answer.url == page_of(user)
    assert (user.check_password(PASSWORD), user.is_staff, user.is_superuser) == (True, False, False)
    role = {
        "unit_roles-TOTAL_FORMS": "1",
        "unit_roles-0-unit": commune.pk,
        "unit_roles-0-role": "author",
        "unit_roles-0-user": user.pk,
    }
    change(admin_pages, page_of(user), role)
    assert list(UnitRole.objects.values_list("user", "unit", "role")) == [(user.pk, commune.pk, "author")]
    given, made = AuditEntry.objects.all()
    assert (made.actor, made.action, made.after) == (
        administrator,
        "Thêm tài khoản",
        {"tên đăng nhập": "soan.thao", "họ và tên": "Trần Văn Ổn", "đang hoạt động": True},
    )
    label = "vai trò: Soạn thảo – Đảng uỷ xã Phú Lâm (xa-1)"
    assert (given.action, list(given.after)) == ("Sửa tài khoản", [label])
    assert given.after[label] == {"đơn vị": "Đảng uỷ xã Phú Lâm (xa-1)", "vai trò": "Soạn thảo"}


def test_a_role_is_taken_away(admin_pages, clerk):
    change(admin_pages, page_of(clerk), {"unit_roles-0-DELETE": "on"})
    assert UnitRole.objects.count() == 0
    (entry,) = AuditEntry.objects.all()
    assert list(entry.before) == ["vai trò: Văn thư (cấp số, phát hành) – Đảng uỷ xã Phú Lâm (xa-1)"]
    assert entry.after == {}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"password2": "Khác hẳn đi nhé"}, "Hai lần nhập mật khẩu khác nhau. Nhập lại"),
        ({"username": "VAN-THU"}, "Tên đăng nhập này đã có. Chọn tên khác."),
        ({"full_name": ""}, "Chưa nhập mục này"),
        ({"password1": "", "password2": PASSWORD}, "Chưa nhập mục này"),
    ],
)
def test_what_cannot_be_saved(admin_pages, clerk, typed, sentence):
    right = {
        "username": "soan.thao",
        "full_name": "Trần Văn Ổn",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    assert errors_of(change(admin_pages, ADD, {**right, **typed})) == [sentence]


def test_only_reading_roles_cover_below(admin_pages, clerk):
    answer = change(admin_pages, page_of(clerk), {"unit_roles-0-covers_below": "on"})
    assert errors_of(answer) == ["Chỉ vai trò Xem và Tiếp nhận mới đọc được cấp dưới."]


def test_nobody_takes_his_own_access_away(admin_pages, administrator):
    answer = change(admin_pages, page_of(administrator), without=("is_active", "is_staff"))
    assert errors_of(answer) == [
        "Không tự khoá tài khoản đang dùng. Nhờ quản trị viên khác.",
        "Không tự bỏ quyền quản trị của mình. Nhờ quản trị viên khác.",
    ]


def test_nobody_deletes_his_own_account(admin_pages, administrator):
    assert admin_pages.post(f"{LIST}{administrator.pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_account_is_locked(admin_pages, clerk):
    change(admin_pages, page_of(clerk), without=("is_active",))
    assert User.objects.get(pk=clerk.pk).is_active is False
    (entry,) = AuditEntry.objects.all()
    assert (entry.before, entry.after) == ({"đang hoạt động": True}, {"đang hoạt động": False})


def test_accounts_are_locked_and_opened_from_the_list(admin_pages, administrator, clerk, commune):
    other = make_user("duyet", "Lê Văn Duyệt", commune, "approver", is_active=False)
    admin_pages.post(LIST, {"action": "lock", "_selected_action": [clerk.pk, other.pk]})
    assert list(User.objects.filter(is_active=True)) == [administrator]
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.object_id) == ("Sửa tài khoản", str(clerk.pk))
    admin_pages.post(LIST, {"action": "unlock", "_selected_action": [clerk.pk, other.pk]})
    assert User.objects.filter(is_active=False).count() == 0
    assert AuditEntry.objects.count() == 3
    answer = admin_pages.post(LIST, {"action": "lock", "_selected_action": [administrator.pk]}, follow=True)
    assert messages_of(answer)[-1] == "Không tự khoá tài khoản đang dùng. Bỏ chọn tài khoản này."
    assert User.objects.filter(is_active=False).count() == 0


def test_a_new_password(admin_pages, clerk):
    path = f"{LIST}{clerk.pk}/password/"
    words = text_of(admin_pages.get(path))
    assert words.startswith("Đặt mật khẩu mới cho Nguyễn Thị Đào (van-thu)")
    admin_pages.post(path, {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get(pk=clerk.pk).check_password(PASSWORD)
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.object_id, entry.after) == (
        "Sửa tài khoản",
        str(clerk.pk),
        {"mật khẩu": "đã đặt mới"},
    )


def test_a_password_that_is_refused_changes_nothing(admin_pages, clerk):
    answer = admin_pages.post(f"{LIST}{clerk.pk}/password/", {"password1": PASSWORD, "password2": "khác"})
    assert errors_of(answer) == ["Hai lần nhập mật khẩu khác nhau. Nhập lại"]
    assert User.objects.get(pk=clerk.pk).password == clerk.password
    assert AuditEntry.objects.count() == 0


def test_the_password_is_written_nowhere(admin_pages, clerk):
    change(admin_pages, page_of(clerk), {"post": "Chuyên viên"})
    assert "password" not in admin_pages.get(page_of(clerk)).content.decode().replace("password/", "")
    (entry,) = AuditEntry.objects.all()
    assert entry.after == {"chức vụ": "Chuyên viên"}


def test_somebody_who_acted_is_not_deleted(admin_pages, clerk):
    record(actor=clerk, action="Phát hành, gửi", obj=clerk)
    words = text_of(admin_pages.post(f"{LIST}{clerk.pk}/delete/", {"post": "yes"}))
    assert "Nhật ký thay đổi: 1" in words
    assert "Người thôi việc thì khoá tài khoản: bỏ dấu “đang hoạt động”, không xoá." in words
    assert User.objects.filter(pk=clerk.pk).exists()


def test_somebody_who_never_acted_is_deleted_with_his_roles(admin_pages, clerk):
    admin_pages.post(f"{LIST}{clerk.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=clerk.pk).exists() and UnitRole.objects.count() == 0
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.object_label) == ("Xoá tài khoản", "Nguyễn Thị Đào")


@pytest.mark.parametrize("words", ["nguyen thi dao", "ĐÀO", "đao", "van thu", "van-thu"])
def test_search_does_not_mind_accents(admin_pages, clerk, words):
    assert [row[1] for row in rows_of(admin_pages.get(LIST, {"q": words}))] == ["van-thu"]


def test_filters_by_role_and_by_unit(admin_pages, administrator, clerk, commune):
    assert [row[1] for row in rows_of(admin_pages.get(LIST, {"vai-tro": "clerk"}))] == ["van-thu"]
    assert [row[1] for row in rows_of(admin_pages.get(LIST, {"vai-tro": "khong"}))] == ["quan-tri"]
    assert rows_of(admin_pages.get(LIST, {"vai-tro": "author"})) == []
    assert [row[1] for row in rows_of(admin_pages.get(LIST, {"don-vi": commune.pk}))] == ["van-thu"]


def test_a_row_of_the_list(admin_pages, clerk):
    assert rows_of(admin_pages.get(LIST))[1][1:] == [
        "van-thu",
        "Nguyễn Thị Đào",
        "Văn thư",
        "Văn thư (cấp số, phát hành) – Đảng uỷ xã Phú Lâm",
        "Hoạt động",
    ]


def test_the_list_takes_as_many_queries_for_three_rows_as_for_one(
    admin_pages, clerk, commune, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as one:
        admin_pages.get(LIST, {"vai-tro": "clerk"})
    for number in (2, 3):
        make_user(f"van-thu-{number}", f"Văn thư {number}", commune, "clerk", "viewer")
    with django_assert_num_queries(len(one.captured_queries)):
        assert len(rows_of(admin_pages.get(LIST, {"vai-tro": "clerk"}))) == 3
