"""What is said about reports in the demo: a return that was mended, comments that wait and comments that are done."""

from dataclasses import dataclass
from datetime import date

from models_dv import clock
from models_dv.enums import PeriodKind
from reports.domain import comments, filling
from reports.domain.transitions import ReturnDetails, perform
from reports.domain.word_diff import lines_of
from reports.enums import FIGURES_PART, Action, FigureSource
from reports.management.demo.acts import PROVINCE, at, days
from reports.management.demo.cast import Cast
from reports.models import Comment, ReportEdition, SectionText


@dataclass(frozen=True)
class Talk:
    """The half-year report of one commune."""

    cast: Cast
    key: str

    @property
    def edition(self) -> ReportEdition:
        """Its latest edition, fresh."""
        related = ("report__round__period", "report__round__outline_version", "report__unit_version")
        editions = ReportEdition.objects.select_related(
            *related, "report__unit", "report__parent__unit_version"
        )
        return editions.get(
            report__unit=self.cast.unit(self.key),
            report__round__period__kind=PeriodKind.HALF_YEAR,
            report__round__period__year=2026,
            replaced_by=None,
        )

    def say(
        self, actor, part: str, text: str, *, paragraph: int = 0, figure: str = "", audience=""
    ) -> Comment:
        """A comment on a paragraph, a figure or the whole part."""
        edition, spot = self.edition, figure
        if paragraph:
            line = lines_of(self._text(part).text)[paragraph - 1]
            spot = f"p{paragraph}-{comments.mark_of(line)}"
        pin = comments.pin_at(edition, part, spot)
        return comments.add(edition, pin, text, audience=audience, actor=actor)

    def step(self, action: Action, actor, note: str = "", details=None) -> None:
        """One step of the way."""
        key = f"demo-{self.key}-{action}-{clock.now():%d%H%M}"
        perform(self.edition, action, actor=actor, key=key, note=note, details=details)

    def mend(self, part: str, old: str, new: str) -> None:
        """The author puts other words in place of some."""
        stored = self._text(part)
        filling.save_section(
            self.edition,
            stored.section,
            text=stored.text.replace(old, new),
            done=True,
            base_revision=stored.revision,
            actor=self.cast.author(self.key),
        )

    def correct(self, code: str, more: int) -> None:
        """The author corrects one figure."""
        figure = self.edition.figures.get(indicator__code=code, source=FigureSource.OWN)
        entry = filling.FigureEntry(
            figure.value_state, figure.value + more, figure.qualifier, base_revision=figure.revision
        )
        filling.save_figures(self.edition, {figure.indicator_id: entry}, actor=self.cast.author(self.key))

    def _text(self, part: str) -> SectionText:
        return self.edition.texts.select_related("section").get(section__code=part)


def talk_over(cast: Cast, today: date) -> None:
    """Hoà Lạc was returned, mended and sent again; the province asks Đông Sơn; Phú Lâm's leader asked early."""
    _inside_a_commune(Talk(cast, "hoalac"), today)
    _between_the_two(Talk(cast, "dongson"), today)
    talk, author = Talk(cast, "phulam"), cast.author("phulam")
    with clock.fixed(at(today - days(1), 15)):
        asked = talk.say(cast.leader("phulam"), "S2.3", "Số lượt người đã gồm đợt tháng 5 chưa?", paragraph=1)
        talk.say(author, FIGURES_PART, "Chờ Ban Chỉ huy Quân sự xã đối chiếu.", figure="H1")
    with clock.fixed(at(today - days(1), 16)):
        comments.reply(asked, talk.edition, "Đã gồm, theo báo cáo của trạm y tế.", actor=author)
        comments.resolve(asked, talk.edition, actor=cast.leader("phulam"))


def _inside_a_commune(talk: Talk, today: date) -> None:
    author, leader = talk.cast.author(talk.key), talk.cast.leader(talk.key)
    with clock.fixed(at(today - days(3), 15)):
        words = talk.say(leader, "S2.1", "Nêu rõ văn bản nào về dân chủ ở cơ sở.", paragraph=1)
        number = talk.say(leader, FIGURES_PART, "Thiếu một cuộc đối thoại của xã.", figure="C8")
        parts = {"S2.1": "Nêu rõ văn bản về dân chủ ở cơ sở", FIGURES_PART: "Soát lại C8"}
        talk.step(Action.RETURN, leader, "Bổ sung hai chỗ đã góp ý", ReturnDetails(parts=parts))
    with clock.fixed(at(today - days(2), 9)):
        talk.mend(
            "S2.1", "công tác dân vận;", "công tác dân vận, trong đó có kế hoạch thực hiện dân chủ ở cơ sở;"
        )
        talk.correct("C8", 1)
        comments.reply(words, talk.edition, "Đã bổ sung kế hoạch thực hiện dân chủ ở cơ sở.", actor=author)
        comments.resolve(words, talk.edition, actor=author)
        comments.resolve(number, talk.edition, actor=author)
    with clock.fixed(at(today - days(2), 10)):
        talk.step(Action.SUBMIT, author)


def _between_the_two(talk: Talk, today: date) -> None:
    reviewer, author = talk.cast.author(PROVINCE), talk.cast.author(talk.key)
    with clock.fixed(at(today - days(2), 14)):
        asked = talk.say(
            reviewer, "S2.8", "Mô hình nổi bật ở tổ dân phố nào, bao nhiêu hộ tham gia?", paragraph=2
        )
        talk.say(reviewer, FIGURES_PART, "Số này đã gồm người dự trực tuyến chưa?", figure="C9")
    with clock.fixed(at(today - days(1), 10)):
        comments.reply(
            asked, talk.edition, "Ở tổ dân phố 3 và tổ dân phố 5; sẽ ghi vào báo cáo năm.", actor=author
        )
