"""Who reads and who writes tasks, programmes and submissions."""

import pytest

pytestmark = pytest.mark.django_db
SLUGS = ("nhiem-vu-giao", "chuong-trinh-hanh-dong", "chuong-trinh-cong-tac", "noi-dung-trinh")


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("who", ["lanh_dao", "ke_hoach", "thanh_tra"])
def test_some_read_all_and_write_nothing(sign_in, request, enter, typed, written, slug, who):
    entry = enter(slug, unit="STP")
    before = written()
    client = sign_in(request.getfixturevalue(who))
    assert client.get(f"/{slug}/{entry.pk}/").status_code == 200
    assert client.get(f"/{slug}/them/").status_code == 404
    assert client.post(f"/{slug}/them/", typed(slug)).status_code == 404
    assert client.post(f"/{slug}/{entry.pk}/ket-thuc/", {"on": "14/6/2024"}).status_code == 404
    assert written() == before


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("who", ["van_thu", "van_thu_mat", "tiep_dan", "quan_tri"])
def test_others_find_nothing(sign_in, request, enter, slug, who):
    entry = enter(slug)
    client = sign_in(request.getfixturevalue(who))
    assert client.get(f"/{slug}/").status_code == 404
    assert client.get(f"/{slug}/{entry.pk}/").status_code == 404


@pytest.mark.parametrize("slug", SLUGS)
def test_a_head_reads_what_the_own_unit_leads_or_takes_part_in(sign_in, giam_doc_so, enter, slug):
    """NV-04: the one who leads, and those who co-operate."""
    leads, helps = enter(slug), enter(slug, unit="STP", co_units="STNMT")
    others = enter(slug, unit="STP", co_units="")
    client = sign_in(giam_doc_so)
    assert client.get(f"/{slug}/{leads.pk}/").status_code == 200
    assert client.get(f"/{slug}/{helps.pk}/").status_code == 200
    assert client.get(f"/{slug}/{others.pk}/").status_code == 404
    assert client.get(f"/{slug}/{leads.pk}/dinh-chinh/").status_code == 404


def test_the_story_of_a_task_needs_a_right(client, enter, quan_tri):
    entry = enter("nhiem-vu-giao")
    address = f"/api/v1/registers/assignments.tasks/entries/{entry.pk}"
    assert client.get(address).status_code == 200
    client.force_login(quan_tri)
    assert client.get(address).status_code == 404
