"""Drafting, signing and opening conclusions on their pages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from models_dv.domain.conclusions import notice_of
from models_dv.domain.signing import delegate_signing
from models_dv.enums import Organ, PostRank
from models_dv.vietnamese.dates import format_date
from tests.factories import conferences as made
from tests.factories.nouns import make_official

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(world):
    return made.make_conference(world.province)


def page(conference) -> str:
    return reverse("staff:conference_part", args=[conference.pk, "ket-luan"])


def act(conference, name: str) -> str:
    return reverse(f"staff:conclusions_{name}", args=[conference.pk])


def signature(conference) -> dict:
    return {
        "number": "25-TB/BTGDVTU",
        "signed_on": format_date(timezone.localdate()),
        "signer_name": "Nguyễn Văn Mẫu",
        "signer_post": "Trưởng ban",
        "revision": str(notice_of(conference).revision),
    }


def test_written_by_the_author_signed_by_the_approver(client, world, conference):
    client.force_login(world.province_author)
    client.post(page(conference), {"text": "Tổ chức đối thoại.", "heading": "Nhiệm vụ"})
    assert "Ký, ban hành</a>" not in client.get(page(conference)).content.decode()
    assert client.get(act(conference, "sign")).status_code == 403
    client.force_login(world.province_approver)
    assert "Ký, ban hành</a>" in client.get(page(conference)).content.decode()
    wrong = client.post(act(conference, "sign"), signature(conference) | {"signer_name": ""})
    assert wrong.context["form"].errors == {"signer_name": ["Chưa nhập họ và tên người ký"]}
    assert client.post(act(conference, "sign"), signature(conference)).url == page(conference)
    signed = client.get(page(conference)).content.decode()
    conclusion = conference.conclusions.get()
    assert f"{reverse('staff:task_new')}?ket-luan={conclusion.pk}" in signed
    assert "25-TB/BTGDVTU" in signed and 'id="them"' not in signed
    row = reverse("staff:conference_row", args=[conference.pk, "ket-luan", conclusion.pk])
    changed = client.post(row, {"text": "Lời khác", "seen": "x"})
    assert changed.status_code == 422 and "đã ký, ban hành nên không sửa được" in changed.content.decode()


def test_those_who_sign_that_day_are_offered_and_their_posts_need_not_be_typed(client, world, conference):
    province = {"unit": world.province, "actor": world.province_author, "organ": Organ.MOBILISATION}
    make_official("Trần Thị Mẫu", post="Trưởng ban", rank=PostRank.HEAD, **province)
    deputy = make_official("Lê Văn Mẫu", post="Phó Trưởng ban", rank=PostRank.DEPUTY_HEAD, **province)
    today = timezone.localdate()
    delegate_signing(
        world.province, deputy, post="Phó Trưởng ban Thường trực", from_on=today, to_on=today,
        decision="05-UQ/BTGDVTU", actor=world.province_author,
    )  # fmt: skip
    client.force_login(world.province_author)
    client.post(page(conference), {"text": "một"})
    client.force_login(world.province_approver)
    shown = client.get(act(conference, "sign")).content.decode()
    assert '<option value="Trần Thị Mẫu">Trưởng ban</option>' in shown
    assert "Lê Văn Mẫu, Phó Trưởng ban Thường trực (uỷ quyền theo 05-UQ/BTGDVTU)" in shown
    unknown = client.post(act(conference, "sign"), signature(conference) | {"signer_post": ""})
    assert unknown.context["form"].errors == {"signer_post": ["Chưa nhập chức vụ người ký"]}
    known = {"signer_name": "lê văn mẫu", "signer_post": ""}
    assert client.post(act(conference, "sign"), signature(conference) | known).url == page(conference)
    assert notice_of(conference).signer_post == "Phó Trưởng ban Thường trực"


def test_what_was_added_meanwhile_is_shown_before_it_is_signed(client, world, conference):
    client.force_login(world.province_author)
    client.post(page(conference), {"text": "một"})
    values = signature(conference)
    client.post(page(conference), {"text": "hai, thêm sau"})
    client.force_login(world.province_approver)
    late = client.post(act(conference, "sign"), values)
    assert late.status_code == 422
    assert "vừa được người khác sửa" in late.content.decode() and "hai, thêm sau" in late.content.decode()
    assert client.post(act(conference, "sign"), late.context["form"].data).status_code == 302


def test_there_must_be_something_to_sign(client, world, conference):
    client.force_login(world.province_approver)
    answer = client.get(act(conference, "sign"), follow=True)
    assert "Chưa có kết luận nào để ký" in answer.content.decode()


def test_opened_again_with_a_reason(client, world, conference):
    made.sign(world, conference)
    client.force_login(world.province_approver)
    assert "Mở lại để sửa" in client.get(page(conference)).content.decode()
    values = {"revision": str(notice_of(conference).revision)}
    assert client.post(act(conference, "reopen"), values).context["form"].errors == {
        "note": ["Chưa nhập lý do mở lại"]
    }
    old = client.post(act(conference, "reopen"), {"note": "Sai số hiệu"})
    assert old.context["form"].non_field_errors() == ["Trang này đã cũ. Tải lại trang rồi làm lại."]
    assert client.post(act(conference, "reopen"), values | {"note": "Sai số hiệu"}).url == page(conference)
    assert not notice_of(conference).is_signed
    again = client.get(act(conference, "sign")).context["form"]
    assert again["number"].value() == "25-TB/BTGDVTU"
