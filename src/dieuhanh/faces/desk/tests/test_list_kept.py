"""What a person keeps of a list: saved views, columns, height of rows; and an address that is wrong."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Succession, Unit
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.personal.models import SavedView

pytestmark = pytest.mark.django_db
LIST, KEPT, LAYOUT = "/van-ban-den/", "/van-ban-den/danh-sach/", "/van-ban-den/cach-bay/"


def faults(answer):
    assert answer.status_code == 200
    return [one.words for one in answer.context["faults"]]


def labels(answer):
    return [str(column["label"]) for column in answer.context["columns"]]


@pytest.fixture
def clerk(sign_in, van_thu):
    return sign_in(van_thu)


@pytest.fixture
def saved(clerk, unit):
    """A list that the clerk saved: address under which it opens."""
    query = f"q=n%C6%B0%E1%BB%9Bc&loai=local&don-vi={unit.pk}&tu=01%2F5%2F2024&evil=1"
    answer = clerk.post(KEPT, {"act": "save", "name": " Nước  sạch ", "query": query})
    assert answer.status_code == 302
    return answer.url


# Saved views ---------------------------------------------------------------------------------------


def test_a_saved_list_opens_with_its_conditions(clerk, saved, unit):
    view = SavedView.objects.get()
    assert (view.name, view.address) == ("Nước sạch", LIST)
    assert "evil" not in view.query, "Only conditions of the list are kept."
    answer = clerk.get(saved)
    assert answer.context["views"]["open"] == view and not answer.context["views"]["changed"]
    assert [one["name"] for one in clerk.get(LIST).context["views"]["saved"]] == ["Nước sạch"]
    found = Entry.objects.filter(unit=unit, kind="local", opened_on__gte="2024-05-01")
    shown = [int(row["url"].split("/")[-2]) for row in answer.context["rows"]]
    assert set(shown) <= set(found.values_list("pk", flat=True)) and shown
    assert faults(answer) == []


def test_saving_tells_the_journal_nothing(clerk, saved):
    before = Line.objects.count()
    clerk.post(KEPT, {"act": "rename", "view": SavedView.objects.get().pk, "name": "Khác"})
    clerk.post(LAYOUT, {"hien": ["symbol"], "gon": "1"})
    assert Line.objects.count() == before


def test_a_changed_list_can_be_saved_again_under_its_name(clerk, saved):
    view = SavedView.objects.get()
    changed = clerk.get(f"{saved}&trang-thai=open_late")
    assert changed.context["views"]["changed"]
    sent = {"act": "overwrite", "view": view.pk, "query": changed.context["views"]["query"]}
    again = clerk.get(clerk.post(KEPT, sent).url)
    assert not again.context["views"]["changed"]
    view.refresh_from_db()
    assert "open_late" in view.query


def test_renaming_and_removing(clerk, saved):
    view = SavedView.objects.get()
    clerk.post(KEPT, {"act": "rename", "view": view.pk, "name": "Tên khác"})
    view.refresh_from_db()
    assert view.name == "Tên khác"
    assert "Tên khác" in clerk.get(KEPT).content.decode()
    assert clerk.post(KEPT, {"act": "remove", "view": view.pk}).status_code == 302
    assert not SavedView.objects.exists()
    said = faults(clerk.get(saved))
    assert said == ["Danh sách đã lưu này không còn; điều kiện trong địa chỉ vẫn dùng."]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"act": "save", "name": " ", "query": "q=a"}, "Xin đặt tên"),
        ({"act": "save", "name": "x" * 81, "query": "q=a"}, "Tên dài quá 80 chữ"),
        ({"act": "save", "name": "x", "query": "q=" + "a" * 2500}, "Điều kiện lọc quá dài"),
        ({"act": "rename", "view": "12345678901234567890123", "name": "x"}, "không còn"),
        ({"act": "overwrite", "view": "x", "query": ""}, "không còn"),
        ({"act": "remove"}, "không còn"),
        ({}, "Chưa rõ ông/bà muốn làm gì"),
    ],
)
def test_what_was_not_saved_says_why_and_keeps_what_was_typed(clerk, saved, sent, words):
    answer = clerk.post(KEPT, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    if sent.get("act") == "save":
        assert f'value="{sent["name"]}"' in page and f'value="{sent["query"]}"' in page
    assert SavedView.objects.count() == 1


def test_two_lists_have_two_names(clerk, saved):
    clerk.post(KEPT, {"act": "save", "name": "Hai", "query": "q=b"})
    other = SavedView.objects.get(name="Hai")
    answer = clerk.post(KEPT, {"act": "rename", "view": other.pk, "name": "Nước sạch"})
    assert answer.status_code == 422
    assert "đã có danh sách tên “Nước sạch”" in answer.content.decode()


def test_nobody_reaches_the_lists_of_others(sign_in, saved, chuyen_vien):
    view = SavedView.objects.get()
    client = sign_in(chuyen_vien)
    assert client.get(LIST).context["views"]["saved"] == []
    for act in ("rename", "overwrite", "remove"):
        answer = client.post(KEPT, {"act": act, "view": view.pk, "name": "x", "query": "q=x"})
        assert answer.status_code == 422
    view.refresh_from_db()
    assert view.name == "Nước sạch"


def test_a_saved_list_whose_unit_was_dissolved_names_what_was_left_out(clerk, saved, unit):
    """The other conditions stay; the heirs and the unit's own time are a click away."""
    heir = Unit.objects.exclude(pk=unit.pk).filter(valid_to=None)[0]
    Unit.objects.filter(pk=unit.pk).update(valid_to=dt.date(2024, 6, 10))
    Succession.objects.create(predecessor=unit, successor=heir, since=dt.date(2024, 6, 11))
    answer = clerk.get(saved)
    (said,) = answer.context["faults"]
    assert f"Đơn vị “{unit.name}” đã kết thúc hoạt động ngày 10/6/2024" in said.words
    assert [label for label, _url in said.links] == [heir.name, "đơn vị cũ, đến ngày 10/6/2024"]
    words = [one["label"] for one in answer.context["filters"]["words"]]
    assert words == ["Tìm: nước", "Từ 01/5/2024"]
    assert answer.context["tabs"][0]["current"] is False, "The kind still holds."
    for _label, url in said.links:
        assert faults(clerk.get(url)) == []
    then = clerk.get(said.links[1][1])
    assert unit.name in [one["label"] for one in then.context["filters"]["words"]]


# Addresses edited by hand --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("loai=abc", "loại “abc”"),
        ("trang-thai=abc", "tình trạng thời hạn “abc”"),
        ("don-vi=999999999", "Không có đơn vị “999999999”"),
        ("don-vi=99999999999999999999999", "Không có đơn vị"),
        ("don-vi=x%00y", "Không có đơn vị “xy”"),
        ("don-vi=Sở", "“Sở” chưa rõ là đơn vị nào"),
        ("tu=32/1/2024", "Không đọc được ngày “32/1/2024”"),
        ("den=mai", "Không đọc được ngày “mai”"),
        ("tinh-den=0001-01-01", "Không đọc được ngày"),
        ("tinh-den=18/6/2024", "Ngày 18/6/2024 chưa đến"),
        ("sau=abc", "Không đọc được vị trí trang"),
        ("truoc=2024-06-01.x", "Không đọc được vị trí trang"),
        ("tu=10/6/2024&den=01/6/2024", "sau ngày cuối"),
        ("mau=do", "không có điều kiện “mau”"),
        ("danh-sach=77777", "Danh sách đã lưu này không còn"),
    ],
)
def test_what_of_an_address_was_not_understood_is_said(clerk, query, words):
    answer = clerk.get(f"{LIST}?{query}")
    (said,) = faults(answer)
    assert words in said
    assert words in answer.content.decode() or "“" in words
    tab = answer.context["tabs"][1]["url"]
    assert query not in tab or "den=" in query, "Links of the page do without what was left out."


@pytest.mark.parametrize("query", ["sau=2024-06-10.99999999999999999999999", "sau=0001-01-01.1"])
def test_a_page_beyond_all_entries_is_no_failure(clerk, query):
    assert clerk.get(f"{LIST}?{query}").status_code == 200


def test_the_rest_of_a_wrong_address_holds(clerk, unit):
    answer = clerk.get(f"{LIST}?loai=abc&don-vi={unit.name}&tu=13/6/2024&den=13/6/2024")
    assert len(faults(answer)) == 1
    expected = Entry.objects.filter(
        register="documents.incoming", unit=unit, opened_on="2024-06-13"
    )
    assert answer.context["tabs"][0]["count"] == expected.count() > 0


# Layout --------------------------------------------------------------------------------------------


def test_columns_and_height_are_kept_for_the_person(clerk, sign_in, chuyen_vien):
    assert "Độ mật" not in labels(clerk.get(LIST))
    sent = {"hien": ["symbol", "secrecy", "issued_on", "@due"], "gon": "1", "query": "q=nước&x=1"}
    answer = clerk.post(LAYOUT, sent)
    assert answer.url == f"{LIST}?q=n%C6%B0%E1%BB%9Bc", "Back to where one was."
    page = clerk.get(LIST)
    assert labels(page) == [
        "Chọn cả trang", "Số", "Số, ký hiệu và nơi gửi", "Trích yếu", "Độ mật", "Ngày văn bản",
        "Thời hạn",
    ]  # fmt: skip
    assert "ledger docs dense" in page.content.decode()
    assert {len(row["cells"]) for row in page.context["rows"]} == {7}
    assert "Đơn vị" in labels(sign_in(chuyen_vien).get(LIST)), "Others see their own layout."


def test_a_column_that_is_gone_does_not_matter(clerk):
    clerk.post(LAYOUT, {"hien": ["no-such-column"]})
    assert labels(clerk.get(LIST)) == ["Chọn cả trang", "Số", "Trích yếu"]


@pytest.mark.parametrize("slug", [one.slug for one in registry.all_registers()])
def test_every_column_of_every_register_can_be_shown(
    sign_in, thanh_tra, slug, django_assert_max_num_queries
):
    client = sign_in(thanh_tra)
    keys = [one.key for one in registry.by_slug(slug).columns]
    client.post(f"/{slug}/cach-bay/", {"hien": [*keys, "@opened", "@unit", "@due"]})
    with django_assert_max_num_queries(12):
        answer = client.get(f"/{slug}/")
    own = len(answer.context["columns"])
    assert own == len(keys) + 4 + bool(answer.context["rows"])
    assert {len(row["cells"]) for row in answer.context["rows"]} <= {own}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_takes_the_columns_on_the_page_or_all(clerk, kind):
    from dieuhanh.faces.desk.tests.test_export import table

    clerk.post(LAYOUT, {"hien": ["symbol", "secrecy", "@unit"]})
    query = "tu=14/6/2024&den=14/6/2024"
    narrow = table(clerk.get(f"/van-ban-den/xuat.{kind}?{query}&cot=xem"))
    whole = table(clerk.get(f"/van-ban-den/xuat.{kind}?{query}"))
    assert narrow[0] == ["Số", "Năm", "Số, ký hiệu và nơi gửi", "Trích yếu", "Độ mật", "Đơn vị"]
    assert len(narrow) == len(whole) and len(whole[0]) > len(narrow[0])
    place = whole[0].index("Đơn vị")
    assert [row[-1] for row in narrow] == [row[place] for row in whole]


# Words ---------------------------------------------------------------------------------------------


def test_every_noun_can_be_counted_in_english():
    from dieuhanh.faces.desk.ledger.nouns import NOUNS

    told = {str(one) for one in NOUNS}
    missing = {one.code: str(one.noun) for one in registry.all_registers()}
    missing = {code: noun for code, noun in missing.items() if noun not in told}
    assert not missing, f"Write these into faces/desk/ledger/nouns.NOUNS: {missing}"
