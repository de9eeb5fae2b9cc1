import io, zipfile
import pytest
from openpyxl import Workbook
from django.core.files.uploadedfile import SimpleUploadedFile
from dieuhanh.kernel.entries.models import Entry
from django.db import connection

pytestmark = pytest.mark.django_db

GETS = [
    "/van-ban-den/?tu=15/6/2024&den=01/01/2024",
    "/van-ban-den/?tu=15/7/2024",
    "/van-ban-den/?don-vi=²",
    "/van-ban-den/?don-vi=99999999999999999999999",
    "/van-ban-den/?sau=2024-06-15.99999999999999999999999",
    "/van-ban-den/?truoc=0001-01-01.-1",
    "/van-ban-den/?q=" + "a" * 3000,
    "/van-ban-den/?q=%00",
    "/van-ban-den/?tinh-den=01/01/0001",
    "/van-ban-den/?tu=01/01/0001",
    "/so-lieu/documents.incoming.total/?tu=15/6/2024&den=01/01/2024",
    "/so-lieu/reception.citizen_visits.total/?tu=01/01/0001&den=02/01/0001",
    "/so-lieu/reception.citizen_visits.total/?ky=²-H1",
    "/so-lieu/grdp.growth/?ky=2024-Qx",
    "/so-lieu/documents.incoming.total/muc/?sau=x",
    "/van-ban-den/99999999999999999999999/",
    "/tim/?q=" + "a" * 3000,
    "/?tinh-den=01/01/0001",
    "/so-lieu/documents.incoming.total/?tinh-den=01/01/2023",
    "/api/v1/registers/documents.incoming/entries?after=2024-06-15.99999999999999999999999",
    "/api/v1/registers/documents.incoming/entries/999999999999999999999999",
    "/api/v1/measures/documents.incoming.total?tu=15/6/2024&den=01/01/2024",
    "/van-ban-den/xuat.csv?tu=15/6/2024&den=01/01/2024",
]


@pytest.mark.parametrize("url", GETS)
def test_get(sign_in, ke_hoach, url):
    r = sign_in(ke_hoach).get(url)
    print(url[:80], r.status_code)
    assert r.status_code < 500


def test_tokens(db):
    with connection.cursor() as c:
        for s in (
            "1897/khdt-thqh",
            "01/bc-stnmt",
            "v/v giai phong mat bang",
            "duong vanh dai 4 - vung",
            "5.280 abc.com x/y",
            "a_b vanh-dai",
        ):
            c.execute("select to_tsvector('simple', %s)", [s])
            print(s, c.fetchone())
    e = (
        Entry.objects.filter(register="documents.incoming", folded__contains="/khdt").first()
        or Entry.objects.filter(register="documents.incoming").exclude(folded="").first()
    )
    print(e.folded)
    assert 0


def test_seal(db):
    from dieuhanh.kernel.journal.actions import seal

    seal()


def xlsx(rows):
    b = Workbook()
    s = b.active
    for r in rows:
        s.append(r)
    o = io.BytesIO()
    b.save(o)
    return o.getvalue()


def test_broken_xlsx(sign_in, chuyen_vien):
    good = xlsx([["a"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as z, zipfile.ZipFile(out, "w") as w:
        for n in z.namelist():
            d = z.read(n)
            if "sheet1" in n:
                d = d[: len(d) // 2]
            w.writestr(n, d)
    r = sign_in(chuyen_vien).post(
        "/phan-anh-kien-nghi/nhap/", {"table": SimpleUploadedFile("a.xlsx", out.getvalue())}
    )
    assert r.status_code == 422


def test_old_date(sign_in, tiep_dan):
    r = sign_in(tiep_dan).post(
        "/don-thu/them/",
        {
            "opened_on": "01/01/2020",
            "letter_class": "complaint",
            "title": "x",
            "field": "land",
            "unit": "STNMT",
        },
    )
    assert r.status_code == 422


def test_control(sign_in, chuyen_vien):
    c = sign_in(chuyen_vien)
    r = c.post(
        "/phan-anh-kien-nghi/them/",
        {
            "opened_on": "10/6/2024",
            "about": "conduct",
            "channel": "phone",
            "title": "a\x0bb",
            "unit": "STNMT",
        },
    )
    assert r.status_code == 302
    assert c.get("/phan-anh-kien-nghi/xuat.xlsx?tu=10/6/2024").status_code == 200


def test_correct_past_close(sign_in, chuyen_vien):
    c = sign_in(chuyen_vien)
    base = {
        "opened_on": "10/6/2024",
        "about": "conduct",
        "channel": "phone",
        "title": "ab",
        "unit": "STNMT",
    }
    r = c.post("/phan-anh-kien-nghi/them/", base)
    url = r.headers["Location"]
    assert c.post(url + "ket-thuc/", {"on": "12/6/2024"}).status_code == 302
    r = c.post(url + "dinh-chinh/", base | {"opened_on": "14/6/2024", "version": 2, "reason": "x"})
    assert r.status_code == 422


def test_correct_to_close(sign_in, chuyen_vien):
    c = sign_in(chuyen_vien)
    base = {
        "opened_on": "10/6/2024",
        "about": "conduct",
        "channel": "phone",
        "title": "ab",
        "unit": "STNMT",
    }
    r = c.post("/phan-anh-kien-nghi/them/", base)
    url = r.headers["Location"]
    assert c.post(url + "ket-thuc/", {"on": "12/6/2024"}).status_code == 302
    r = c.post(url + "dinh-chinh/", base | {"opened_on": "12/6/2024", "version": 2, "reason": "x"})
    assert r.status_code == 302


def test_api_stranger(client, db):
    r = client.get("/api/v1/registers")
    print(r.status_code)
    assert r.status_code == 401
