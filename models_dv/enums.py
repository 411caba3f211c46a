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


class ReorganisationState(models.TextChoices):
    """Where a plan to merge, split or rename units stands."""

    DRAFT = "draft", "Dự thảo"
    APPLIED = "applied", "Đã áp dụng"
    UNDONE = "undone", "Đã hoàn tác"


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


# --- officials (domain.md §6) ------------------------------------------------------------------------


class Organ(models.TextChoices):
    """The organ in which a post is held; one person may hold posts in several."""

    COMMITTEE = "committee", "Cấp uỷ"
    MOBILISATION = "mobilisation", "Ban Dân vận; Ban Tuyên giáo và Dân vận"
    PARTY_BODY = "party_body", "Cơ quan khác của Đảng"
    COUNCIL = "council", "Hội đồng nhân dân"
    GOVERNMENT = "government", "Uỷ ban nhân dân và cơ quan chính quyền"
    FRONT = "front", "Mặt trận Tổ quốc"
    UNION = "union", "Đoàn thể, hội quần chúng"
    FORCES = "forces", "Lực lượng vũ trang"
    OTHER = "other", "Cơ quan khác"


class PostRank(models.IntegerChoices):
    """Where a post stands in a list; the smaller, the higher."""

    SECRETARY = 10, "Bí thư"
    STANDING_DEPUTY = 20, "Phó Bí thư Thường trực"
    DEPUTY_SECRETARY = 30, "Phó Bí thư"
    STANDING_MEMBER = 40, "Uỷ viên Ban Thường vụ"
    COMMITTEE_MEMBER = 50, "Uỷ viên Ban Chấp hành"
    HEAD = 60, "Trưởng ban, người đứng đầu cơ quan"
    DEPUTY_HEAD = 70, "Phó Trưởng ban, cấp phó cơ quan"
    DIVISION = 80, "Trưởng phòng, phó trưởng phòng"
    SPECIALIST = 90, "Chuyên viên"
    OTHER = 99, "Chức vụ khác"


# --- conferences (domain.md §7) ----------------------------------------------------------------------


class ConferenceKind(models.TextChoices):
    """What a conference is for. A review of activity stands beside them: it was told without a meeting."""

    SO_KET = "so_ket", "Sơ kết"
    TONG_KET = "tong_ket", "Tổng kết"
    GIAO_BAN = "giao_ban", "Giao ban"
    TRIEN_KHAI = "trien_khai", "Triển khai"
    TAP_HUAN = "tap_huan", "Tập huấn"
    DOI_THOAI = "doi_thoai", "Đối thoại"
    BIEU_DUONG = "bieu_duong", "Biểu dương"
    ACTIVITY = "activity", "Điểm lại hoạt động (không có hội nghị)"


class ConferenceForm(models.TextChoices):
    """How people met; empty when the source does not say."""

    IN_PERSON = "in_person", "Trực tiếp"
    ONLINE = "online", "Trực tuyến"
    MIXED = "mixed", "Trực tiếp kết hợp trực tuyến"


class ConferenceState(models.TextChoices):
    """Whether it took place."""

    PLANNED = "planned", "Dự kiến"
    HELD = "held", "Đã tổ chức"
    CANCELLED = "cancelled", "Đã huỷ"


class Duty(models.TextChoices):
    """What somebody does at a conference, in the order in which the page names them."""

    CHAIR = "chair", "Chủ trì"
    KEYNOTE = "keynote", "Phát biểu chỉ đạo"
    CONCLUDE = "conclude", "Kết luận"
    DIRECT = "direct", "Dự và chỉ đạo"
    PRESENT = "present", "Trình bày báo cáo"
    PLAN = "plan", "Triển khai nhiệm vụ"
    PAPER = "paper", "Tham luận"
    SPEAK = "speak", "Phát biểu"
    RESPOND = "respond", "Tiếp thu"
    AWARD = "award", "Trao khen"
    SECRETARY = "secretary", "Thư ký"
    ATTEND = "attend", "Dự"


class PaperKind(models.TextChoices):
    """Papers of a conference."""

    INVITATION = "invitation", "Giấy mời"
    PROGRAMME = "programme", "Chương trình"
    REPORT = "report", "Báo cáo"
    APPENDIX = "appendix", "Phụ lục"
    SPEECH = "speech", "Bài phát biểu, tham luận"
    AWARD_DECISION = "award_decision", "Quyết định khen thưởng"
    DELEGATES = "delegates", "Danh sách đại biểu"
    MINUTES = "minutes", "Biên bản"
    CONCLUSION = "conclusion", "Thông báo kết luận"
    OTHER = "other", "Tài liệu khác"


class PaperStage(models.TextChoices):
    """The paper put before the conference is not the final one."""

    PRESENTED = "presented", "Bản trình hội nghị"
    FINAL = "final", "Bản chính thức"


class NoticeState(models.TextChoices):
    """Conclusions bind once they are signed and numbered."""

    DRAFT = "draft", "Dự thảo"
    SIGNED = "signed", "Đã ký, ban hành"


class DifficultyState(models.TextChoices):
    """A difficulty is followed until it is settled."""

    OPEN = "open", "Đang theo dõi"
    SETTLED = "settled", "Đã giải quyết"


class AwardKind(models.TextChoices):
    """What is given."""

    MERIT = "bang_khen", "Bằng khen"
    PRAISE = "giay_khen", "Giấy khen"
    OTHER = "other", "Hình thức khác"


class Subject(models.TextChoices):
    """Whether a group or a person is meant."""

    COLLECTIVE = "collective", "Tập thể"
    INDIVIDUAL = "individual", "Cá nhân"


# --- tasks -------------------------------------------------------------------------------------------


class TaskState(models.TextChoices):
    """Overdue is computed, not a state."""

    OPEN = "open", "Đang thực hiện"
    DONE = "done", "Hoàn thành"
    CANCELLED = "cancelled", "Đã huỷ"


# --- “Dân vận khéo” (domain.md §5) -------------------------------------------------------------------


class KheoKind(models.TextChoices):
    """A way of organising that can be repeated, or an exemplary collective or person."""

    MODEL = "mo_hinh", "Mô hình"
    EXAMPLE = "dien_hinh", "Điển hình"


class KheoField(models.TextChoices):
    """The four fields of the movement."""

    ECONOMY = "economy", "Kinh tế"
    CULTURE = "culture", "Văn hoá – xã hội"
    SECURITY = "security", "Quốc phòng – an ninh"
    POLITICS = "politics", "Xây dựng hệ thống chính trị"


class FactKind(models.TextChoices):
    """Separate dated facts of a model, never one status."""

    REGISTERED = "registered", "Đăng ký"
    APPROVED = "approved", "Được duyệt vào danh mục"
    LAUNCHED = "launched", "Ra mắt"
    EFFECTIVE = "effective", "Đạt hiệu quả"
    RECOGNISED = "recognised", "Được công nhận"
    TYPICAL = "typical", "Tiêu biểu"
    AWARDED = "awarded", "Được khen thưởng"
    REPLICATED = "replicated", "Được nhân rộng"
    STOPPED = "stopped", "Dừng hoạt động"


class JobState(models.TextChoices):
    """Where long work in the background stands (architecture, decision 13)."""

    QUEUED = "queued", "Đang chờ"
    RUNNING = "running", "Đang chạy"
    DONE = "done", "Xong"
    FAILED = "failed", "Không làm được"
    CANCELLED = "cancelled", "Đã huỷ"
    INTERRUPTED = "interrupted", "Bị ngắt giữa chừng"


class BatchState(models.TextChoices):
    """Where an Excel file that was taken in stands: read, looked at, saved, taken back."""

    UPLOADED = "uploaded", "Đang kiểm tra"
    CHECKED = "checked", "Đã kiểm tra, chờ nhập"
    COMMITTED = "committed", "Đã nhập"
    UNDONE = "undone", "Đã hoàn tác"


# --- notifications -----------------------------------------------------------------------------------


class NotificationKind(models.TextChoices):
    """What somebody is told; where a report is in a state by it, the words of the state."""

    SUBMITTED = "submitted", "Chờ duyệt"
    RETURNED = "returned", "Được trả lại để bổ sung"
    APPROVED = "approved", "Đã duyệt, chờ phát hành"
    ISSUED = "issued", "Đã gửi, chờ tiếp nhận"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    RECALLED = "recalled", "Đã thu hồi"
    CORRECTED = "corrected", "Đính chính"
    EXTENDED = "extended", "Gia hạn"
    OPENED = "opened", "Mở đợt báo cáo"
    COMMENTED = "commented", "Góp ý"
    ASSIGNED = "assigned", "Giao phần"
    HANDED_IN = "handed_in", "Báo xong phần được giao"
    ADVICE = "advice", "Xin ý kiến dự thảo"
    TASK = "task", "Nhiệm vụ"
    DUE_SOON = "due_soon", "Sắp đến hạn"
    OVERDUE = "overdue", "Quá hạn"


class MailState(models.TextChoices):
    """What became of a notification as mail."""

    NONE = "none", "Không gửi thư"
    QUEUED = "queued", "Chờ gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Không gửi được"


class MailHabit(models.TextChoices):
    """How somebody wants his notifications by mail."""

    EACH = "each", "Từng việc"
    DAILY = "daily", "Tổng hợp mỗi ngày"
    NEVER = "never", "Không"


class FileKind(models.TextChoices):
    """What a file that was brought is, by its content; the value is its extension."""

    DOCX = "docx", "Word (.docx)"
    XLSX = "xlsx", "Excel (.xlsx)"
    PDF = "pdf", "PDF"
    JPEG = "jpg", "ảnh JPEG"
    PNG = "png", "ảnh PNG"
    WEBP = "webp", "ảnh WebP"

    @property
    def content_type(self) -> str:
        """The media type it is handed out with."""
        return CONTENT_TYPES[self]

    @classmethod
    def of_content_type(cls, content_type: str) -> "FileKind":
        """The kind that is handed out with this media type."""
        return cls(next(kind for kind, known in CONTENT_TYPES.items() if known == content_type))


CONTENT_TYPES = {
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
}
PHOTO_KINDS = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
DOCUMENT_KINDS = frozenset(FileKind)
