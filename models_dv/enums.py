"""Choices shared by both apps. The stored value is English, the label is what a person reads."""

from django.db import models


class UnitLevel(models.TextChoices):
    """Tier of a reporting body; which tiers exist at a date is data (UnitVersion), see domain.md §1."""

    CENTRAL = "central", "Trung ương"
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện (trước 01/7/2025)"
    COMMUNE = "commune", "Cấp xã"


class UnitType(models.TextChoices):
    """Kind of territory or body behind a unit."""

    PROVINCE = "province", "Tỉnh"
    CITY = "city", "Thành phố trực thuộc Trung ương"
    DISTRICT = "district", "Huyện"
    TOWN = "town", "Thị xã, quận, thành phố thuộc tỉnh"
    COMMUNE = "commune", "Xã"
    WARD = "ward", "Phường"
    TOWNSHIP = "township", "Thị trấn"
    SPECIAL_ZONE = "special_zone", "Đặc khu"
    BODY = "body", "Cơ quan, đơn vị không gắn địa bàn"


class SuccessionKind(models.TextChoices):
    """How one unit came out of another; only whole edges let figures be compared (domain.md §1)."""

    MERGE = "merge", "Sáp nhập"
    SPLIT = "split", "Chia, tách"
    PARTIAL = "partial", "Nhập một phần"
    RENAME = "rename", "Đổi tên"
    RETYPE = "retype", "Đổi loại"


class SigningForm(models.TextChoices):
    """Who signs the unit's papers: the head of a Ban, or someone for a committee (domain.md §4)."""

    HEAD = "head", "Người đứng đầu ký (Trưởng ban; cấp phó ghi K/T)"
    COMMITTEE = "committee", "Ký thay mặt tập thể (T/M Ban Thường vụ)"


class Role(models.TextChoices):
    """What a user may do in a unit; no role means no access (architecture, decision 8)."""

    AUTHOR = "author", "Soạn thảo"
    APPROVER = "approver", "Duyệt, ký"
    CLERK = "clerk", "Văn thư (cấp số, phát hành)"
    REVIEWER = "reviewer", "Tiếp nhận báo cáo cấp dưới"
    PUBLISHER = "publisher", "Công bố"
    VIEWER = "viewer", "Xem"


#: Roles whose reading reaches the units below, where the role row says so.
ROLES_THAT_MAY_COVER_BELOW = (Role.REVIEWER, Role.VIEWER)


class PeriodKind(models.TextChoices):
    """Kinds of reporting period (domain.md §2)."""

    HALF_YEAR = "half_year", "6 tháng"
    ANNUAL = "annual", "Năm"
    QUARTER = "quarter", "Quý"
    NINE_MONTHS = "nine_months", "9 tháng"
    THEMATIC = "thematic", "Chuyên đề"
