"""Choices of what flows: outlines, figures, states and actions."""

from django.db import models

#: Code of the part that holds the table of figures.
FIGURES_PART = "SL"


class Visibility(models.TextChoices):
    """Whether a part or figure may ever be chosen for the public summary (domain.md §2)."""

    INTERNAL = "internal", "Chỉ lưu hành nội bộ"
    PUBLIC_CANDIDATE = "public_candidate", "Có thể chọn công khai"


class SectionPeriods(models.TextChoices):
    """In which reports a part stands."""

    BOTH = "both", "Mọi kỳ"
    ANNUAL = "annual", "Chỉ báo cáo năm"


class IndicatorKind(models.TextChoices):
    """What is typed into the cell."""

    INTEGER = "integer", "Số nguyên"
    DECIMAL = "decimal", "Số thập phân"
    PERCENT = "percent", "Tỷ lệ %"
    TEXT = "text", "Chữ"


class IndicatorOp(models.TextChoices):
    """How a figure goes up over units and across over windows (explained in data/outline.toml)."""

    SUM = "sum", "Cộng"
    STOCK = "stock", "Số hiện có (không cộng theo thời gian)"
    OPENING = "opening", "Số đầu kỳ"
    RATIO = "ratio", "Tỷ lệ tử số trên mẫu số"
    CALC = "calc", "Tính từ chỉ tiêu khác"
    TEXT = "text", "Không cộng"


#: Operations whose cells a person types; the others are computed.
TYPED_OPS = (IndicatorOp.SUM, IndicatorOp.STOCK, IndicatorOp.OPENING, IndicatorOp.TEXT)
#: Operations whose cells add up over units.
ADDED_OPS = (IndicatorOp.SUM, IndicatorOp.STOCK, IndicatorOp.OPENING)


class RuleLevel(models.TextChoices):
    """Hard blocks handing in; soft asks one sentence."""

    HARD = "hard", "Bắt buộc"
    SOFT = "soft", "Cảnh báo"


class RuleScope(models.TextChoices):
    """On which column a rule is checked."""

    OWN = "own", "Của đơn vị"
    TOTAL = "total", "Tổng"


class RoundState(models.TextChoices):
    """A round is laid out, then opened (which creates the expected reports), then closed."""

    PLANNED = "planned", "Chưa mở"
    OPEN = "open", "Đang mở"
    CLOSED = "closed", "Đã khoá sổ"


class State(models.TextChoices):
    """States of an edition; “Quá hạn” is a flag, never a state (domain.md §3)."""

    NOT_STARTED = "not_started", "Chưa soạn"
    DRAFTING = "drafting", "Đang soạn"
    IN_REVIEW = "in_review", "Chờ duyệt"
    RETURNED = "returned", "Được trả lại để bổ sung"
    APPROVED = "approved", "Đã duyệt, chờ phát hành"
    ISSUED = "issued", "Đã gửi, chờ tiếp nhận"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    SENT_BACK = "sent_back", "Đã gửi, bị trả lại"
    RECALLED = "recalled", "Đã thu hồi"
    CORRECTED = "corrected", "Đã đính chính"


#: States in which the unit's authors may write.
WRITABLE_STATES = (State.NOT_STARTED, State.DRAFTING, State.RETURNED)
#: States in which the report is still with the unit: it can be overdue.
WAITING_STATES = (State.NOT_STARTED, State.DRAFTING, State.IN_REVIEW, State.RETURNED, State.APPROVED)
#: States of an edition that has left the unit; its text is open to the body above.
SENT_STATES = (State.ISSUED, State.ACCEPTED, State.SENT_BACK, State.RECALLED, State.CORRECTED)


class Action(models.TextChoices):
    """Steps of an edition; the labels stand on buttons."""

    BEGIN = "begin", "Bắt đầu soạn"
    SUBMIT = "submit", "Trình duyệt"
    WITHDRAW = "withdraw", "Rút lại để sửa"
    RETURN = "return", "Trả lại để bổ sung"
    APPROVE = "approve", "Duyệt"
    ISSUE = "issue", "Phát hành, gửi"
    RECALL = "recall", "Thu hồi báo cáo"
    ACCEPT = "accept", "Tiếp nhận"
    SEND_BACK = "send_back", "Trả lại để bổ sung"
    CORRECT = "correct", "Đính chính"
    REPLACE = "replace", "Được thay thế bằng bản mới"


class FigureSource(models.TextChoices):
    """Whose number it is: the unit's own, or an adjustment of the total with a reason."""

    OWN = "own", "Của đơn vị"
    ADJUSTMENT = "adjustment", "Điều chỉnh"


class ValueState(models.TextChoices):
    """The four states of a cell (domain.md §2); an empty cell has no row or this state."""

    EMPTY = "empty", "Chưa nhập"
    NUMBER = "number", "Có số liệu"
    NONE = "none", "Không phát sinh"
    NO_DATA = "no_data", "Chưa có số liệu"


class Qualifier(models.TextChoices):
    """The word in front of a number."""

    EXACT = "", "đúng"
    NEARLY = "gan", "gần"
    MORE = "hon", "hơn"
    ABOVE = "tren", "trên"
    ESTIMATED = "uoc", "ước"


class PublicationState(models.TextChoices):
    """States of a version of a publication."""

    DRAFT = "draft", "Dự thảo"
    IN_REVIEW = "in_review", "Chờ duyệt"
    PUBLISHED = "published", "Đã công bố"
    SUPERSEDED = "superseded", "Đã đính chính"
    WITHDRAWN = "withdrawn", "Đã gỡ khỏi trang công khai"
    DISCARDED = "discarded", "Đã huỷ dự thảo"


class PublicationAction(models.TextChoices):
    """Steps of a version of a publication."""

    ASK = "ask", "Gửi duyệt công bố"
    RETURN = "return", "Trả lại để bổ sung"
    PUBLISH = "publish", "Công bố"
    SUPERSEDE = "supersede", "Thay bằng bản đính chính"
    WITHDRAW = "withdraw", "Gỡ khỏi trang công khai"
    DISCARD = "discard", "Huỷ dự thảo"


class AttachmentPurpose(models.TextChoices):
    """Why a file is kept with an edition."""

    IMPORTED_WORD = "imported_word", "Tệp Word đã nhập"
    IMPORTED_EXCEL = "imported_excel", "Tệp Excel đã nhập"
    MARKED_UP = "marked_up", "Bản góp ý của lãnh đạo"
    OTHER = "other", "Tài liệu kèm theo"


class ImportKind(models.TextChoices):
    """What a report is read from."""

    WORD = "word", "Word"
    EXCEL = "excel", "Excel"


class ImportState(models.TextChoices):
    """A file is read, then saved of it what was chosen, then perhaps taken back."""

    READ = "read", "Chưa nhập"
    SAVED = "saved", "Đã nhập"
    UNDONE = "undone", "Đã hoàn tác"


class Audience(models.TextChoices):
    """Who reads a comment."""

    UNIT = "unit", "Trong đơn vị"
    SHARED = "shared", "Đơn vị và cấp trên"


class ShareScope(models.TextChoices):
    """What of a draft the body above may read before it is signed."""

    ALL = "all", "Cả bản dự thảo"
    FIGURES = "figures", "Chỉ bảng số liệu"
