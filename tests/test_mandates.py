"""Work while somebody is away (VT-21): another has the list for that time, within that content, and
the journal names both; nothing is passed on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.actions import (
    MandateRefused,
    create_person,
    give_mandate,
    revoke_mandate,
)
from dieuhanh.kernel.identity.models import Appointment, Mandate, Person
from dieuhanh.kernel.journal.models import Line

pytestmark = pytest.mark.django_db
FEEDBACK, TASKS = "/phan-anh-kien-nghi/", "/nhiem-vu-giao/"
GIVEN = {"stand_in": "Trần Thị Hà", "kind": "substitution", "starts_on": "17/6/2024",
         "ends_on": "21/6/2024", "basis": "15/GUQ-STNMT", "reason": "Nghỉ phép"}  # fmt: skip
FIRST, LAST = dt.date(2024, 6, 17), dt.date(2024, 6, 21)


@pytest.fixture
def ha(db) -> Person:
    """Trần Thị Hà, clerk of the head's unit: opens no feedback of her own right."""
    return create_person(username="tran-ha", full_name="Trần Thị Hà", unit_code="STNMT",
                         role="clerk", password="mat-khau-dai-2024")  # fmt: skip


@pytest.fixture
def give(giam_doc_so, ha):
    """``give(registers=…)``: what the head hands over to Hà this week."""

    def mandate(**changes) -> Mandate:
        values = {"actor": giam_doc_so, "giver": giam_doc_so, "stand_in": ha,
                  "kind": "substitution", "starts_on": FIRST, "ends_on": LAST,
                  "basis": "15/GUQ-STNMT", "reason": "Nghỉ phép"}  # fmt: skip
        return give_mandate(**values | changes)

    return mandate


@pytest.fixture
def entry(client, chuyen_vien) -> Entry:
    """A feedback that the head's unit must answer."""
    client.force_login(chuyen_vien)
    typed = {"opened_on": "10/6/2024", "about": "regulation", "channel": "portal",
             "title": "Phản ánh mức thu phí tại bến bãi", "unit": "STNMT"}  # fmt: skip
    answer = client.post(f"{FEEDBACK}them/", typed)
    client.logout()
    return Entry.objects.get(pk=answer.url.strip("/").split("/")[-1])


def acting(client: Client, mandate: Mandate) -> Client:
    client.force_login(Person.objects.get(pk=mandate.stand_in_id))
    answer = client.post(f"/lam-thay/{mandate.pk}/")
    assert (answer.status_code, answer.url) == (302, "/")
    return client


def shown(answer) -> str:
    return answer.content.decode()


# A week of leave -----------------------------------------------------------------------------------


def test_another_does_the_work_and_the_journal_names_both(client, giam_doc_so, ha, entry):
    client.force_login(giam_doc_so)
    assert "Trần Thị Hà" in shown(client.get("/uy-quyen/them/")), "Offer the people of the unit."
    answer = client.post("/uy-quyen/them/", GIVEN)
    assert (answer.status_code, answer.url) == (302, "/uy-quyen/")
    line = Line.objects.latest("pk")
    assert (line.verb, line.for_name, line.details["basis"]) == (
        "mandate.given",
        "",
        "15/GUQ-STNMT",
    )

    client.force_login(ha)
    assert client.get(f"{FEEDBACK}{entry.pk}/").status_code == 404
    assert "Làm thay ông/bà Phạm Quốc Bảo" in shown(client.get("/uy-quyen/"))
    home = shown(acting(client, Mandate.objects.get()).get("/"))
    assert "Đang làm thay <b>Phạm Quốc Bảo</b>, đến hết ngày 21/6/2024" in home
    assert entry.title in home, "My work must be the giver's while one acts for him."

    url = f"{FEEDBACK}{entry.pk}/"
    answer = client.post(f"{url}ket-thuc/", {"on": "17/6/2024", "outcome": "Văn bản số 12"})
    assert (answer.status_code, answer.url) == (302, url)
    line = Line.objects.filter(entry_id=entry.pk).latest("pk")
    assert (line.actor_id, line.actor_name) == (ha.pk, "Trần Thị Hà")
    assert (line.for_id, line.for_name) == (giam_doc_so.pk, "Phạm Quốc Bảo")
    assert "Trần Thị Hà, làm thay Phạm Quốc Bảo" in shown(client.get(url))

    client.post("/lam-thay/thoi/")
    assert "Đang làm thay" not in shown(client.get("/"))
    assert client.get(url).status_code == 404


def test_one_hat_at_a_time(client, give, entry):
    acting(client, give())
    assert client.get("/van-ban-den/").status_code == 200
    assert client.get("/van-ban-den/them/").status_code == 404, "A head keeps no book of documents."
    client.post("/lam-thay/thoi/")
    assert client.get("/van-ban-den/them/").status_code == 200, "Her own right as a clerk is back."


def test_the_api_follows_the_hat(client, give, entry):
    address = f"/api/v1/registers/feedback/entries/{entry.pk}"
    mandate = give()
    client.force_login(mandate.stand_in)
    assert client.get(address).status_code == 404
    acting(client, mandate)
    assert client.get(address).json()["id"] == entry.pk


# The end of it -------------------------------------------------------------------------------------


@pytest.fixture
def after_the_last_day(settings):
    def move() -> None:
        settings.FIXED_NOW = "2024-06-22T00:00"

    return move


def test_after_the_last_day_the_hat_is_gone(client, settings, give, entry):
    acting(client, give())
    settings.FIXED_NOW = "2024-06-21T23:59"
    assert client.get(f"{FEEDBACK}{entry.pk}/").status_code == 200, "The last day is included."
    settings.FIXED_NOW = "2024-06-22T00:00"
    answer = client.get(f"{FEEDBACK}{entry.pk}/")
    assert (answer.status_code, answer.url) == (302, "/")
    home = shown(client.get("/"))
    assert "Thời gian làm thay Phạm Quốc Bảo đã hết ngày 21/6/2024" in home
    assert "Đang làm thay" not in home
    assert client.get(f"{FEEDBACK}{entry.pk}/").status_code == 404


def test_what_was_typed_when_it_ended_is_not_lost(client, give, entry, after_the_last_day):
    acting(client, give())
    after_the_last_day()
    lines = Line.objects.count()
    typed = {"on": "21/6/2024", "outcome": "Trả lời tại văn bản số 12"}

    answer = client.post(f"{FEEDBACK}{entry.pk}/ket-thuc/", typed)

    page = shown(answer)
    assert answer.status_code == 422
    assert "Thời gian làm thay Phạm Quốc Bảo đã hết ngày 21/6/2024" in page
    assert 'value="21/6/2024"' in page and "Trả lời tại văn bản số 12" in page
    assert "Phản ánh mức thu phí" not in page, "Nothing of the entry is shown after the end."
    entry.refresh_from_db()
    assert (entry.closed_on, Line.objects.count()) == (None, lines)


def test_what_was_typed_in_any_form_is_shown_again(client, give, after_the_last_day):
    acting(client, give())
    after_the_last_day()
    answer = client.post("/dot-bao-cao/1/ban/", {"note": "Bản ba", "text": "Dòng một\nDòng hai"})
    assert answer.status_code == 422
    assert "Bản ba" in shown(answer) and "Dòng một\nDòng hai" in shown(answer)


def test_the_api_says_that_it_ended(client, give, after_the_last_day):
    acting(client, give())
    after_the_last_day()
    answer = client.get("/api/v1/registers")
    assert answer.status_code == 403
    assert "đã hết ngày 21/6/2024" in answer.json()["faults"][0]["message"]
    assert client.get("/api/v1/registers").status_code == 200


def test_revoked_at_once(client, give, giam_doc_so, entry):
    mandate = give()
    acting(client, mandate)
    head = Client()
    head.force_login(giam_doc_so)
    url = f"/uy-quyen/{mandate.pk}/thu-hoi/"
    assert head.post(url, {"reason": ""}).status_code == 422
    assert head.post(url, {"reason": "Về sớm"}).status_code == 302
    line = Line.objects.latest("pk")
    assert (line.verb, line.reason, line.actor_id) == ("mandate.revoked", "Về sớm", giam_doc_so.pk)

    assert client.post(f"{FEEDBACK}{entry.pk}/ket-thuc/", {"on": "17/6/2024"}).status_code == 422
    assert "đã được thu hồi ngày 17/6/2024" in shown(
        client.post(f"/lam-thay/{mandate.pk}/", follow=True)
    )
    assert head.post(url, {"reason": "Lần nữa"}).status_code == 422


def test_signing_out_forgets_it_even_after_the_end(client, give, entry, after_the_last_day):
    mandate = give()
    acting(client, mandate).post("/dang-xuat/")
    client.force_login(mandate.stand_in)
    assert client.get(f"{FEEDBACK}{entry.pk}/").status_code == 404
    acting(client, mandate)
    after_the_last_day()
    assert client.post("/dang-xuat/").url == "/dang-nhap/"


def test_not_before_the_first_day_nor_for_a_closed_account(client, give, giam_doc_so):
    later = give(starts_on=dt.date(2024, 6, 18))
    client.force_login(later.stand_in)
    page = shown(client.post(f"/lam-thay/{later.pk}/", follow=True))
    assert "bắt đầu từ ngày 18/6/2024" in page and "Đang làm thay <b>" not in page
    now = give(ends_on=FIRST)
    Person.objects.filter(pk=giam_doc_so.pk).update(is_active=False)
    page = shown(client.post(f"/lam-thay/{now.pk}/", follow=True))
    assert "Tài khoản của Phạm Quốc Bảo đã khóa" in page


def test_only_the_receiver_acts(client, give, chuyen_vien):
    client.force_login(chuyen_vien)
    mandate = give()
    assert client.post(f"/lam-thay/{mandate.pk}/").status_code == 404
    session = client.session
    session["mandate"] = mandate.pk
    session.save()
    assert "Đang làm thay" not in shown(client.get("/"))


# Content -------------------------------------------------------------------------------------------


def test_outside_the_content_nothing_exists(client, give, entry, giam_doc_so):
    acting(client, give(kind="authorisation", registers=["assignments.tasks"]))
    assert client.get(TASKS).status_code == 200
    assert client.get(FEEDBACK).status_code == 404
    assert client.get(f"{FEEDBACK}{entry.pk}/").status_code == 404
    assert client.post(f"{FEEDBACK}{entry.pk}/ket-thuc/", {"on": "17/6/2024"}).status_code == 404
    assert client.get(f"{FEEDBACK}them/").status_code == 404
    assert client.get(f"/api/v1/registers/feedback/entries/{entry.pk}").status_code == 404
    assert entry.title not in shown(client.get("/tim/?q=ben+bai"))
    home = shown(client.get("/"))
    assert entry.title not in home and f'href="{FEEDBACK}"' not in home

    within = Entry.objects.filter(policies.visible(giam_doc_so), register="assignments.tasks")
    acting_ha = Person.objects.get(username="tran-ha")
    acting_ha.act_under(Mandate.objects.get())
    seen = Entry.objects.filter(policies.visible(acting_ha))
    assert within.exists() and set(seen.values_list("pk")) == set(within.values_list("pk")), (
        "Acting shows what the giver sees in these registers, no more and no less."
    )
    assert not policies.may_enter(acting_ha, registry.get("feedback"))


def test_what_is_entrusted_by_name_stays(ha, van_thu_mat, tiep_dan, thanh_tra, quan_tri):
    """The charge of secrets and of the system, and what protects a denouncer, are never handed
    over (TC-20)."""
    letters = registry.get("complaints.letters")
    for giver in (van_thu_mat, tiep_dan, thanh_tra, quan_tri):
        ha.act_under(
            give_mandate(actor=giver, giver=giver, stand_in=ha, kind="substitution",
                         starts_on=FIRST, ends_on=LAST, basis="1/QĐ")
        )  # fmt: skip
        opened = Entry.objects.filter(policies.visible(ha))
        assert not opened.filter(confidentiality="guarded").exists(), giver
        assert not ha.has_role("secret_clerk", "administrator"), giver
        assert policies.may_read(ha, letters) == (giver in (tiep_dan, thanh_tra)), giver
    assert Entry.objects.filter(policies.visible(tiep_dan), confidentiality="guarded").exists()


def test_published_figures_are_no_register_of_a_limited_mandate(ha, ke_hoach, lanh_dao):
    from dieuhanh.registers.indicators.policies import may_write
    from dieuhanh.reports.review.policies import may_approve

    def under(giver: Person, **changes) -> Person:
        values = {"actor": giver, "giver": giver, "stand_in": ha, "starts_on": FIRST,
                  "ends_on": LAST, "basis": "1/QĐ", "kind": "substitution"}  # fmt: skip
        mandate = give_mandate(**values | changes)
        ha.act_under(mandate)
        Mandate.objects.filter(pk=mandate.pk).update(revoked_on=FIRST)
        return ha

    limited = {"kind": "authorisation", "registers": ["assignments.tasks"]}
    assert may_write(under(ke_hoach)) and not may_write(under(ke_hoach, **limited))
    assert may_approve(under(lanh_dao)) and not may_approve(under(lanh_dao, **limited))


# Who may give --------------------------------------------------------------------------------------


def test_nothing_received_is_passed_on(client, give, chuyen_vien, giam_doc_so, ha):
    mandate = give()
    acting(client, mandate)
    assert "Giao việc cho người khác" not in shown(client.get("/uy-quyen/"))
    page = client.post("/uy-quyen/them/", GIVEN | {"stand_in": "chuyen-vien"})
    assert page.status_code == 422 and "không được ủy quyền lại" in shown(page)
    assert client.get(f"/uy-quyen/{mandate.pk}/thu-hoi/").status_code == 404
    ha.act_under(mandate)
    for giver in (giam_doc_so, ha):
        with pytest.raises(MandateRefused, match="không được ủy quyền lại"):
            give(actor=ha, giver=giver, stand_in=chuyen_vien)
    with pytest.raises(MandateRefused, match="Chỉ người giao"):
        revoke_mandate(mandate.pk, actor=ha, reason="x")
    ha.act_under(None)
    with pytest.raises(MandateRefused, match="Chỉ chính người vắng"):
        give(actor=ha, stand_in=chuyen_vien)
    assert Mandate.objects.count() == 1


def test_somebody_absent_is_stood_in_for(client, give, giam_doc_so, quan_tri, chuyen_vien, ha):
    client.force_login(giam_doc_so)
    typed = GIVEN | {"giver": "tran-ha", "stand_in": "chuyen-vien"}
    assert client.post("/uy-quyen/them/", typed).status_code == 302
    made = Mandate.objects.get()
    assert (made.giver, made.stand_in) == (ha, chuyen_vien)
    client.force_login(quan_tri)
    typed |= {"giver": "giam-doc-so"}
    assert client.post("/uy-quyen/them/", typed).status_code == 302
    page = client.post("/uy-quyen/them/", typed | {"stand_in": "quan-tri"})
    assert page.status_code == 422 and "tự cử mình" in shown(page)
    with pytest.raises(MandateRefused, match="do chính người ủy quyền lập"):
        give(actor=quan_tri, kind="authorisation", registers=["feedback"])
    with pytest.raises(MandateRefused, match="Chỉ chính người vắng"):
        give(actor=giam_doc_so, giver=chuyen_vien)
    client.force_login(ha)
    assert client.post("/uy-quyen/them/", typed | {"stand_in": "van-thu"}).status_code == 302
    assert Mandate.objects.latest("pk").giver == ha, (
        "A field that is not offered counts for nothing."
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "authorisation"}, "phải giới hạn nội dung"),
        ({"registers": ["none"]}, "none"),
        ({"ends_on": ""}, "bắt buộc"),
        ({"ends_on": "16/6/2024"}, "Ngày cuối không được trước ngày đầu"),
        ({"starts_on": "3/6/2024", "ends_on": "14/6/2024"}, "Thời gian này đã qua"),
        ({"basis": " "}, "bắt buộc"),
        ({"stand_in": "giam-doc-so"}, "Người nhận phải là người khác"),
        ({"stand_in": "Không Có Ai"}, "Không có người dùng “Không Có Ai”"),
        ({"starts_on": "21/6/2024", "ends_on": "25/6/2024"}, "đã được giao việc"),
    ],
)
def test_a_faulty_form_says_what_to_change(client, give, giam_doc_so, changes, words):
    give()
    client.force_login(giam_doc_so)
    page = client.post("/uy-quyen/them/", GIVEN | changes)
    assert page.status_code == 422
    assert (words in shown(page) and "15/GUQ" in shown(page)) or "basis" in changes
    assert Mandate.objects.count() == 1


def test_two_people_of_one_name_are_told_apart(client, giam_doc_so, ha):
    create_person(username="tran-ha-2", full_name="Trần Thị Hà", unit_code="STNMT",
                  role="officer", password="mat-khau-dai-2024")  # fmt: skip
    client.force_login(giam_doc_so)
    page = client.post("/uy-quyen/them/", GIVEN)
    assert page.status_code == 422 and "xin ghi tên đăng nhập" in shown(page)
    assert client.post("/uy-quyen/them/", GIVEN | {"stand_in": "tran-ha-2"}).status_code == 302


def test_another_pair_or_other_days_may_be_given(give, chuyen_vien):
    first = give()
    give(starts_on=dt.date(2024, 6, 22), ends_on=dt.date(2024, 6, 25))
    give(stand_in=chuyen_vien)
    revoke_mandate(first.pk, actor=first.giver, reason="Đổi người")
    give()
    assert Mandate.objects.count() == 4


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("mandate_dates_in_order", {"ends_on": dt.date(2024, 6, 16)}),
        ("mandate_to_another", {"stand_in": "giver"}),
        ("mandate_is_written", {"basis": ""}),
        ("mandate_authorisation_has_content", {"kind": "authorisation"}),
        ("mandate_authorisation_has_content", {"kind": "other"}),
    ],
)
def test_the_database_refuses(give, name, changes):
    mandate = give()
    if "stand_in" in changes:
        changes = {"stand_in": mandate.giver}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(**changes)


def test_acting_costs_two_queries_more(client, give, giam_doc_so):
    def cost() -> int:
        client.get(TASKS)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(TASKS).status_code == 200
        return len(captured)

    client.force_login(giam_doc_so)
    own = cost()
    acting(client, give())
    assert cost() == own + 2, "Acting reads the mandate and the giver's appointments, no more."


def test_the_giver_who_lost_the_post_hands_over_nothing(client, give, giam_doc_so, entry):
    acting(client, give())
    Appointment.objects.filter(person=giam_doc_so).update(valid_to=dt.date(2024, 6, 16))
    assert client.get(f"{FEEDBACK}{entry.pk}/").status_code == 404
