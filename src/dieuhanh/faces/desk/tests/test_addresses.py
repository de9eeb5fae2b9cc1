"""Old, mistyped and hostile addresses are answered, never with a trace; strangers sign in first."""

import pytest
from django.test import Client

from dieuhanh.kernel.entries.models import Entry

pytestmark = pytest.mark.django_db

LIST = "/van-ban-den/"
FIGURE = "/so-lieu/reception.citizen_visits.total/"
TOLERATED = [
    f"{LIST}?sau=x", f"{LIST}?truoc=2024-06-31.5", f"{LIST}?sau=2024-06-15.{'9' * 30}",
    f"{LIST}?truoc=0001-01-01.-1", f"{LIST}?tu=hôm nay", f"{LIST}?den=31/02/2024",
    f"{LIST}?tu=15/6/2024&den=01/01/2024", f"{LIST}?tu=15/7/2024", f"{LIST}?tu=01/01/0001",
    f"{LIST}?tinh-den=01/01/0001", f"{LIST}?tinh-den=31/12/9999", f"{LIST}?tinh-den=abc",
    f"{LIST}?don-vi=x", f"{LIST}?don-vi=²", f"{LIST}?don-vi={'9' * 30}", f"{LIST}?don-vi=-1",
    f"{LIST}?trang-thai=x", f"{LIST}?loai=x", f"{LIST}?q=%00", f"{LIST}?q={'a' * 3000}",
    f"{LIST}?q='&q=\\", "/tim/?q=", "/tim/?q=%00", "/tim/?q=a%26b&sau=x", "/?tinh-den=01/01/0001",
    f"{LIST}xuat.csv?tu=15/6/2024&den=01/01/2024",
    f"{FIGURE}?tu=15/6/2024&den=01/01/2024", f"{FIGURE}?tu=01/01/0001&den=02/01/0001",
    f"{FIGURE}?ky=²-H1", f"{FIGURE}?ky=2024-Qx", f"{FIGURE}?ky=x", f"{FIGURE}?tinh-den=01/01/2020",
    f"{FIGURE}muc/?sau=x", f"{FIGURE}muc/?tu=15/6/2024&den=01/01/2024",
]  # fmt: skip


@pytest.mark.parametrize("address", TOLERATED)
def test_an_odd_address_shows_a_page(sign_in, ke_hoach, address):
    assert sign_in(ke_hoach).get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        f"{LIST}999999999999/", f"{LIST}{'9' * 30}/", f"{LIST}1/khong-co/", "/so-lieu/khong.co/",
        "/so-lieu/khong.co/muc/", "/so-lieu/documents.incoming.total/khac/", f"{LIST}xuat.pdf",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(sign_in, ke_hoach, address):
    assert sign_in(ke_hoach).get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/", LIST, f"{LIST}1/", f"{LIST}them/", f"{LIST}nhap/", f"{LIST}xuat.csv", f"{LIST}xuat.xlsx",
     "/tim/?q=a", FIGURE, f"{FIGURE}muc/", "/chi-tieu/", "/bao-cao/"],
)  # fmt: skip
def test_a_stranger_signs_in_first(client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.url.startswith("/dang-nhap/?next=")


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(sign_in, van_thu, method):
    pk = Entry.objects.filter(register="documents.incoming").values_list("pk", flat=True).first()
    client = sign_in(van_thu)
    for address in (f"{LIST}them/", f"{LIST}nhap/", f"{LIST}{pk}/dinh-chinh/", f"{LIST}{pk}/"):
        assert getattr(client, method)(address).status_code == 405


def test_older_results_of_a_search_keep_the_whole_query(sign_in, ke_hoach):
    page = sign_in(ke_hoach).get("/tim/", {"q": "nước & sạch"})
    older = page.context["pager"]["older_url"]
    assert older
    again = page.client.get(older)
    assert again.context["query"] == "nước & sạch"


def test_a_form_needs_its_token(van_thu, db):
    client = Client(enforce_csrf_checks=True)
    client.force_login(van_thu)
    assert client.post(f"{LIST}them/", {"title": "x"}).status_code == 403
