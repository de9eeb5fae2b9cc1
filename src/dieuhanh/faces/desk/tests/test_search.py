"""The page of the search, its suggestions and its face for programs (X-04)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def find(sign_in):
    """``find(person, q, …)``: the answer of the page."""

    def ask(person, q, **conditions):
        answer = sign_in(person).get("/tim/", {"q": q} | conditions)
        assert answer.status_code == 200
        return answer

    return ask


def registers(answer):
    return {row["url"].split("/")[1] for row in answer.context["rows"]}


def test_a_search_reads_every_register_one_may_read(find, chuyen_vien, tiep_dan, lanh_dao):
    found = {person: registers(find(person, "nước sạch")) for person in
             (chuyen_vien, tiep_dan, lanh_dao)}  # fmt: skip
    for person, slugs in found.items():
        readable = {one.slug for one in registry.all_registers() if policies.may_read(person, one)}
        assert slugs and slugs <= readable
    assert not {"don-thu", "tiep-cong-dan", "vu-viec"} & found[chuyen_vien]
    assert not {"van-ban-den", "van-ban-di"} & found[tiep_dan]


def test_an_exact_number_stands_on_top_and_words_are_marked(find, van_thu):
    answer = find(van_thu, "văn bản đến 22014")
    assert answer.context["exact"][0]["number"] == "22.014"
    assert "Đúng số, ký hiệu" in answer.content.decode()
    assert "<mark>Vành đai 4</mark>" in find(van_thu, "vanh dai 4").content.decode()


def test_it_says_in_which_column_it_was_found(find, van_thu):
    page = find(van_thu, "4200/CTCP-TH").content.decode()
    assert "Số, ký hiệu và nơi gửi" in page and "<mark>4200/CTCP-TH</mark>" in page


def test_a_snippet_never_shows_a_citizens_own_data(find, tiep_dan):
    register = registry.get("complaints.letters")
    letter = register.rows().filter(entry__confidentiality="personal").order_by("pk")[0]
    personal = [str(one.read(letter)) for one in register.columns if one.personal]
    assert any(personal)
    Entry.objects.filter(pk=letter.pk).update(folded="tulathucap", title="x")
    answer = find(tiep_dan, "tulathucap")
    assert [row["url"] for row in answer.context["rows"]] == [f"/don-thu/{letter.pk}/"]
    shown = answer.content.decode()
    assert not [value for value in personal if value and value in shown]


def test_facets_narrow_and_are_taken_off_again(find, van_thu):
    answer = find(van_thu, "vanh dai 4")
    assert "Hơn 1.000 mục khớp" in answer.context["line"]
    options = answer.context["facets"][0]["options"]
    assert options[0]["count"] == "hơn 1.000"
    narrowed = answer.client.get(next(one["url"] for one in options if "cuoc-hop" in one["url"]))
    assert registers(narrowed) and len(registers(narrowed)) == 1
    again = narrowed.client.get(narrowed.context["words"][0]["remove_url"])
    assert again.context["line"] == answer.context["line"]


def test_facets_count_only_what_one_may_read(find, van_thu, tiep_dan):
    def offered(person):
        groups = find(person, "nước sạch").context["facets"]
        return {one["url"] for group in groups for one in group["options"] if "so=" in one["url"]}

    assert not any("don-thu" in url for url in offered(van_thu))
    assert not any("van-ban" in url for url in offered(tiep_dan))


@pytest.mark.parametrize(
    "conditions",
    [{"so": "khong-co"}, {"nam": "x"}, {"nam": "99999999999999999999"}, {"don-vi": "²"},
     {"don-vi": "9" * 40}, {"sau": "c.x"}, {"truoc": "2024-06-31.1"}, {"sau": "t.2024-06-01.5"}],
)  # fmt: skip
def test_an_address_edited_by_hand_shows_a_page(find, van_thu, conditions):
    find(van_thu, "nước sạch", **conditions)


def test_a_unit_alone_lists_what_it_leads(find, van_thu):
    unit = Unit.objects.get(code="SYT")
    answer = find(van_thu, "", **{"don-vi": unit.pk})
    assert {row["unit"] for row in answer.context["rows"]} == {"Sở Y tế"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Gõ số, ký hiệu"), ("…, !", "chỉ có dấu câu"), ("qzqzqz", "Không có mục nào khớp"),
        ("nước sạch " * 50, "Chỉ tìm theo 24 chữ đầu"), ("x", "Không có mục nào khớp"),
    ],
)  # fmt: skip
def test_what_finds_nothing_says_why(find, van_thu, typed, words):
    assert words in find(van_thu, typed).content.decode()


def test_no_match_tells_which_word_has_matches(find, van_thu):
    answer = find(van_thu, "nước qzqzqz")
    assert [one["label"] for one in answer.context["empty"]["alone"]] == ["nuoc"]
    assert answer.client.get(answer.context["empty"]["alone"][0]["url"]).context["rows"]


def test_figures_functions_units_and_people_are_found(find, ke_hoach, van_thu):
    def places(typed):
        return [one.url for one in find(ke_hoach, typed).context["places"]]

    assert any("/so-lieu/petitions.resolved_pct" in url for url in places("97,6 %"))
    assert any("/so-lieu/" in url for url in places("đơn thư"))
    assert "/lich-lam-viec/" in places("lịch làm việc")
    unit = Unit.objects.get(code="SYT")
    assert f"/tim/?don-vi={unit.pk}" in places("so y te")
    assert places(van_thu.full_name)


@pytest.mark.parametrize(
    "typed", ["vanh dai 4", "so khdt", "22014", "4200/CTCP-TH", "nuoc qzqzqz", "báo cáo kế hoạch"]
)
def test_a_search_costs_few_queries(sign_in, ke_hoach, typed):
    client = sign_in(ke_hoach)
    client.get("/tim/", {"q": typed})
    for address in ("/tim/", "/tim/goi-y/"):
        with CaptureQueriesContext(connection, ) as made:  # fmt: skip
            assert client.get(address, {"q": typed}).status_code == 200
        sql = "\n".join(one["sql"][:150] for one in made.captured_queries)
        assert len(made) <= MOST_QUERIES, f"{address} makes {len(made)} queries:\n{sql}"


def test_suggestions_are_options_of_a_list(sign_in, van_thu):
    client = sign_in(van_thu)
    text = client.get("/tim/goi-y/", {"q": "báo cáo"}).content.decode()
    assert 1 < len(re.findall(r'role="option" id="find-\d+" href="/', text)) <= 8
    assert "<html" not in text and 'href="/bao-cao/"' in text
    assert "option" not in client.get("/tim/goi-y/", {"q": "…"}).content.decode()
    exact = client.get("/tim/goi-y/", {"q": "văn bản đến 22014"}).content.decode()
    assert exact.index("/van-ban-den/") and "22.014" in exact


def test_a_program_finds_the_same(sign_in, van_thu):
    client = sign_in(van_thu)
    found = client.get("/api/v1/search", {"q": "vanh dai 4", "size": 5}).json()
    assert len(found["entries"]) == 5 and found["total"] == {
        "value": "", "count": 1001, "at_least": True,
    }  # fmt: skip
    further = client.get("/api/v1/search", {"q": "vanh dai 4", "size": 5, "after": found["next"]})
    ids = {one["id"] for one in found["entries"]}
    assert not ids & {one["id"] for one in further.json()["entries"]}
    exact = client.get("/api/v1/search", {"q": "22014"}).json()
    assert exact["exact"][0]["number"] == 22014
    assert client.get("/api/v1/search", {"q": "x", "register_code": "none"}).status_code == 404
    assert client.get("/api/v1/search", {"q": "x", "year": "x"}).status_code == 422
    assert client.get("/api/v1/search", {"q": "so y te"}).json()["units"][0]["name"] == "Sở Y tế"
