"""Comments on their page, in the editor's tab and on the check page; forms that come back with what was typed."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_dv.enums import Role
from reports.domain import comments, contributing, filling
from reports.domain.transitions import ReturnDetails
from reports.enums import Action, Audience
from reports.models import Comment
from tests.factories.world import make_user

pytestmark = pytest.mark.django_db
TEXT = "Đoạn đầu.\nĐến nay có 41 mô hình."
ALONE = {"X-Comments": "1"}


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def author(world) -> Client:
    return client_of(world.author)


@pytest.fixture
def said(world) -> Comment:
    """The approver's word on the second paragraph."""
    world.write(text=TEXT, K4=40)
    pin = comments.pin_at(world.edition(), "S2.1", f"p2-{comments.mark_of('Đến nay có 41 mô hình.')}")
    return comments.add(world.edition(), pin, "Nêu tên <b>mô hình</b>", actor=world.approver)


def comments_url(world) -> str:
    return reverse("staff:comments", args=[world.report().pk])


def part_url(world, code="S2.1") -> str:
    return reverse("staff:part", args=[world.report().pk, code])


def on_comment(world, name: str, comment: Comment) -> str:
    return reverse(f"staff:comment_{name}", args=[world.report().pk, comment.pk])


def words(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


class TestAdding:
    def add(self, client, world, *, headers=None, **more):
        data = {"phan": "S2.1", "cho": "", "noi_dung": "Ghi rõ địa chỉ", "tu": "soan"} | more
        return client.post(comments_url(world), data, headers=headers or {})

    def test_comes_back_to_the_part_it_was_written_beside(self, author, world):
        world.write(text=TEXT)
        answer = self.add(author, world)
        made = Comment.objects.get()
        assert answer.url == f"{part_url(world)}#gop-y-{made.pk}"
        assert (made.text, made.audience, words(answer)) == (
            "Ghi rõ địa chỉ",
            Audience.UNIT,
            ["Đã thêm góp ý."],
        )

    def test_comes_back_to_the_review_or_to_the_list(self, author, world):
        world.write(text=TEXT)
        review = reverse("staff:review", args=[world.report().pk])
        made = self.add(author, world, tu="xem-xet").url
        assert made.startswith(f"{review}#gop-y-")
        assert self.add(author, world, tu="", noi_dung="khác").url.startswith(
            f"{comments_url(world)}?phan=S2.1#"
        )

    def test_a_paragraph_is_chosen_from_the_saved_text(self, author, world):
        world.write(text=TEXT)
        form = author.get(part_url(world)).context["comment_form"]
        labels = [label for _value, label in form.fields["cho"].choices]
        assert labels == ["Cả phần", "Đoạn 1: Đoạn đầu.", "Đoạn 2: Đến nay có 41 mô hình."]
        self.add(author, world, cho=form.fields["cho"].choices[2][0])
        assert (Comment.objects.get().paragraph, Comment.objects.get().quote) == (2, "Đến nay có 41 mô hình.")

    def test_a_figure_is_named_by_its_code(self, author, world):
        world.write(K4=40)
        self.add(author, world, phan="SL", cho="k4")
        assert Comment.objects.get().indicator_code == "K4"

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"noi_dung": " "}, "noi_dung"),
            ({"cho": "p1-00000000"}, "cho"),
            ({"phan": "SL", "cho": "Z9"}, "cho"),
        ],
    )
    def test_what_is_wrong_comes_back_with_everything_typed(self, author, world, more, field):
        world.write(text=TEXT)
        for headers in ({}, ALONE):
            page = self.add(author, world, headers=headers, **more)
            assert page.status_code == 422
            form = page.context["comment_form"] if headers else page.context["parts"][0]["form"]
            assert field in form.errors
            assert form["noi_dung"].value() == more.get("noi_dung", "Ghi rõ địa chỉ")
        assert not Comment.objects.exists()

    def test_the_script_gets_the_list_of_the_part_alone(self, author, world):
        world.write(text=TEXT)
        answer = self.add(author, world, headers=ALONE)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert html.lstrip().startswith('<div class="comments" data-comments="S2.1" data-open="1">')
        assert "Ghi rõ địa chỉ" in html and "Đã thêm góp ý." in html
        assert words(answer) == []

    def test_after_the_session_ended_the_words_stand_on_the_page(self, author, world):
        world.write(text=TEXT)
        author.logout()
        page = self.add(author, world)
        assert page.status_code == 401
        assert "Ghi rõ địa chỉ" in page.content.decode()
        author.force_login(world.author)
        data = {**dict(page.context["hidden"]), "noi_dung": page.context["text"]}
        assert author.post(comments_url(world), data).status_code == 302
        assert Comment.objects.get().text == "Ghi rõ địa chỉ"

    def test_the_audience_is_asked_for_where_there_is_a_choice(self, author, world):
        world.issued()
        page = author.get(f"{comments_url(world)}?phan=S2.1")
        assert "Đơn vị và cấp trên" in page.content.decode()
        self.add(author, world, ai_xem="shared")
        assert Comment.objects.get().audience == Audience.SHARED
        reviewer = client_of(world.reviewer)
        assert "Ai xem" not in reviewer.get(f"{comments_url(world)}?phan=S2.1").content.decode()
        assert "Ghi rõ địa chỉ" in reviewer.get(comments_url(world)).content.decode()


class TestInTheEditor:
    def test_it_stands_above_the_text_and_in_the_tab_with_its_place(self, author, world, said):
        page = author.get(part_url(world))
        html = page.content.decode()
        assert [row.target for row in page.context["comments"]] == ["Đoạn 2: “Đến nay có 41 mô hình.”"]
        assert html.count(f'href="{part_url(world)}#p2-{said.pk}"') == 2
        assert 'data-quote="Đến nay có 41 mô hình."' in html
        assert "Nêu tên &lt;b&gt;mô hình&lt;/b&gt;" in html
        assert "Còn 1 góp ý chưa xử lý" in html
        assert "1 góp ý" in html

    def test_a_figure_leads_to_its_cell(self, author, world):
        world.write(K4=40)
        comments.add(world.edition(), comments.Pin("SL", "K4"), "Soát lại", actor=world.approver)
        html = author.get(part_url(world, "SL")).content.decode()
        assert f'href="{part_url(world, "SL")}#ct-K4"' in html
        assert "id=ct-K4 " in html.replace('"', "")

    def test_answered_mended_and_open_again(self, author, world, said):
        answer = author.post(on_comment(world, "reply", said), {"noi_dung": "Đã nêu", "tu": "soan"})
        assert answer.url == f"{part_url(world)}#gop-y-{said.pk}"
        assert "Đã nêu" in author.get(part_url(world)).content.decode()
        author.post(on_comment(world, "resolve", said), {"tu": "soan"})
        page = author.get(part_url(world))
        assert (page.context["comments_open"], page.context["open_comments"]) == (0, [])
        assert f"{world.author}, " in page.context["comments"][0].settled_words
        author.post(on_comment(world, "reopen", said), {"tu": "soan"})
        assert author.get(part_url(world)).context["comments_open"] == 1

    def test_said_twice_it_tells_who_was_first(self, author, world, said):
        comments.resolve(said, world.edition(), actor=world.approver)
        answer = author.post(on_comment(world, "resolve", said))
        assert words(answer) == [f"{world.approver} đã đánh dấu góp ý này là đã sửa xong trước đó."]

    def test_an_empty_answer_comes_back(self, author, world, said):
        page = author.post(on_comment(world, "reply", said), {"noi_dung": ""})
        assert page.status_code == 422
        assert "Chưa nhập góp ý" in page.content.decode()

    def test_returns_stand_in_the_same_list(self, author, world, said):
        world.do(Action.SUBMIT, world.author)
        world.do(Action.RETURN, world.approver, note="Sửa", details=ReturnDetails({"S2.1": "Ghi rõ"}))
        page = author.get(part_url(world))
        assert [row.text for row in page.context["comments"]] == ["Nêu tên <b>mô hình</b>", "Ghi rõ"]
        assert page.context["comments_waiting"] == 1

    def test_a_returned_part_is_not_done_until_it_is_written_in_and_said_to_be_mended(
        self, author, world, said
    ):
        comments.resolve(said, world.edition(), actor=world.author)
        world.do(Action.SUBMIT, world.author)
        world.do(Action.RETURN, world.approver, note="Sửa", details=ReturnDetails({"S2.1": "Nêu số"}))
        page = author.get(part_url(world))
        assert (page.context["parts_done"], page.context["form"]["xong"].value()) == (0, False)
        listed = author.get(comments_url(world)).content.decode()
        assert "Còn 1 góp ý chưa xử lý" in listed and "Không còn góp ý" not in listed
        form = page.context["form"]
        data = {name: form[name].value() for name in ("noi_dung", "base_revision", "base_hash")}
        assert '<button class="button button--small" name="xong" value="on">' in page.content.decode()
        author.post(part_url(world), data | {"xong": "on"})
        page = author.get(part_url(world))
        assert (page.context["parts_done"], page.context["comments_waiting"]) == (1, 0)
        changes = f"{reverse('staff:review', args=[world.report().pk])}#phan-S2.1"
        assert f'href="{changes}">Xem chỗ đã sửa</a>' in page.content.decode()
        assert "Không còn góp ý nào" in author.get(comments_url(world)).content.decode()

    def test_milestones_stand_in_the_tab_of_the_history(self, author, world, said):
        world.do(Action.SUBMIT, world.author)
        world.do(Action.RETURN, world.approver, note="Sửa")
        page = author.get(part_url(world))
        assert [step.what for step in page.context["milestones"]] == ["Trả lại để bổ sung", "Trình duyệt"]
        assert [step.wrote for step in page.context["milestones"]] == [(), (str(world.author),)]
        event = world.edition().events.get(action=Action.SUBMIT)
        address = reverse("staff:history_changes", args=[world.report().pk, event.pk])
        assert f"{address}?phan=S2.1" in page.content.decode()

    def test_who_wrote_a_part_is_told_by_the_submission_it_went_into(self, author, world, said):
        other = make_user("hai", "Soạn hai", world.communes[0], Role.AUTHOR)
        for person, text in ((world.author, "Một"), (other, "Hai"), (other, "Ba")):
            stored = world.edition().texts.get()
            filling.save_section(
                world.edition(),
                stored.section,
                text=text,
                done=True,
                base_revision=stored.revision,
                actor=person,
            )
            if text != "Một":
                world.do(Action.SUBMIT, world.author)
                world.do(Action.RETURN, world.approver, note="Sửa")
        milestones = author.get(part_url(world)).context["milestones"]
        wrote = [step.wrote for step in milestones if step.has_content]
        assert wrote == [("Soạn hai",), ("Soạn hai", str(world.author))]
        assert len(milestones) == 4

    def test_opening_a_returned_part_takes_at_most_twelve_queries(self, author, world, said):
        world.do(Action.SUBMIT, world.author)
        world.do(Action.RETURN, world.approver, note="Sửa", details=ReturnDetails({"S2.1": "", "SL": ""}))
        for address in (part_url(world), part_url(world, "SL")):
            author.get(address)
            with CaptureQueriesContext(connection) as captured:
                author.get(address)
            assert len(captured) <= 12

    def test_a_contributor_answers_in_his_part(self, world, said):
        other = world.communes[1]
        contributing.assign(
            world.report(), contributing.Task(parts=("S2.1",)), unit=other, actor=world.author
        )
        contributor = client_of(world.author_of(other))
        assert "Nêu tên" in contributor.get(part_url(world)).content.decode()
        contributor.post(on_comment(world, "reply", said), {"noi_dung": "Đã nêu", "tu": "soan"})
        assert Comment.objects.get(parent=said).unit_id == other.pk
        assert contributor.get(f"{comments_url(world)}?phan=S2.1").status_code == 200
        assert contributor.get(f"{comments_url(world)}?phan=S2.2").status_code == 404


class TestLists:
    def test_the_check_page_names_what_waits_with_its_place(self, author, world, said):
        page = author.get(reverse("staff:check", args=[world.report().pk]))
        (row,) = page.context["open_comments"]
        assert row.url == f"{part_url(world)}#p2-{said.pk}"
        assert (row.author, row.text) == (str(world.approver), said.text)
        assert "1 góp ý chưa xử lý" in page.content.decode()
        comments.resolve(said, world.edition(), actor=world.author)
        assert author.get(reverse("staff:check", args=[world.report().pk])).context["open_comments"] == []

    def test_the_page_of_a_report_lists_them_by_part(self, author, world, said):
        comments.add(world.edition(), comments.Pin("SL", "K4"), "Soát lại", actor=world.approver)
        page = author.get(comments_url(world))
        assert [part["code"] for part in page.context["parts"]] == ["S2.1", "SL"]
        assert "Còn 2 góp ý chưa xử lý." in page.content.decode()
        place = reverse("staff:part", args=[world.report().pk, "SL"])
        assert [part["url"] for part in page.context["parts"]][1] == place
        assert f'<a href="{place}#ct-K4" data-place>' in page.content.decode()

    def test_what_is_said_in_the_unit_is_not_there_for_those_above(self, world, said):
        for action, actor in ((Action.SUBMIT, world.author), (Action.APPROVE, world.approver)):
            world.do(action, actor)
        world.issue()
        reviewer = client_of(world.reviewer)
        assert "Nêu tên" not in reviewer.get(comments_url(world)).content.decode()
        for name in ("reply", "resolve", "reopen"):
            assert reviewer.post(on_comment(world, name, said), {"noi_dung": "a"}).status_code == 404
