"""The workbook in which the figures of one report are filled in: what makes it that report's and no other's."""

from dataclasses import dataclass

from models_dv.vietnamese.fold import slugify_vi

VALUE_HEADER, NOTE_HEADER, MARK_HEADER = "Số liệu", "Ghi chú, lý do", "Đối chiếu"


@dataclass(frozen=True)
class Stamp:
    """Whose workbook it is: period, unit, version of the outline. ``str`` is how it stands in the sheet."""

    period: str
    unit: str
    outline: str

    @classmethod
    def of(cls, report) -> "Stamp":
        """That of a report."""
        period = report.round.period
        return cls(
            f"{period.kind}-{period.year}-{period.number}",
            report.unit.code,
            f"v{report.round.outline_version_id}",
        )

    def __str__(self):
        return f"Mã mẫu: {self.period} {self.unit} {self.outline}"


def file_name(report) -> str:
    """“so-lieu-6-thang-dau-nam-2026-xa-phu-lam.xlsx”."""
    return (
        f"so-lieu-{slugify_vi(report.round.period.label)}-{slugify_vi(report.unit_version.short_name)}.xlsx"
    )
