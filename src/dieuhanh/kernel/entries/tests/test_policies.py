"""Who may see what: the list and the single row always agree (architecture rule 4)."""

import pytest
from django.http import Http404

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.registry import CHANGE
from dieuhanh.kernel.identity.models import Appointment, Person, Unit
from dieuhanh.kernel.journal import clock

pytestmark = pytest.mark.django_db

CAST = [
    "van-thu", "van-thu-mat", "chuyen-vien", "tiep-dan", "giam-doc-so", "lanh-dao", "ke-hoach",
    "thanh-tra", "quan-tri",
]  # fmt: skip
REGISTERS = [
    "documents.incoming", "documents.outgoing", "complaints.visits", "complaints.letters",
    "complaints.cases", "complaints.reviews", "feedback",
]  # fmt: skip
#: who may read at all, and who may write
READ = {
    "documents.incoming": "van-thu van-thu-mat chuyen-vien giam-doc-so lanh-dao ke-hoach thanh-tra",
    "documents.outgoing": "van-thu van-thu-mat chuyen-vien giam-doc-so lanh-dao ke-hoach thanh-tra",
    "complaints.visits": "tiep-dan giam-doc-so lanh-dao ke-hoach thanh-tra",
    "complaints.letters": "tiep-dan giam-doc-so lanh-dao ke-hoach thanh-tra",
    "complaints.cases": "tiep-dan giam-doc-so lanh-dao ke-hoach thanh-tra",
    "complaints.reviews": "tiep-dan lanh-dao thanh-tra",
    "feedback": "chuyen-vien tiep-dan giam-doc-so lanh-dao ke-hoach thanh-tra",
}
WRITE = {
    "documents.incoming": "van-thu van-thu-mat",
    "documents.outgoing": "van-thu van-thu-mat",
    "complaints.visits": "tiep-dan",
    "complaints.letters": "tiep-dan",
    "complaints.cases": "tiep-dan",
    "complaints.reviews": "tiep-dan",
    "feedback": "chuyen-vien giam-doc-so",
}


def sample(register):
    """Two entries of each kind and secrecy, one of them of the head's own unit where it can be."""
    found = set()
    rows = Entry.objects.filter(register=register.code)
    for kind, _label in register.kinds:
        for part in (rows.filter(kind=kind), rows.filter(kind=kind, unit__code="STNMT")):
            found |= set(part.values_list("pk", flat=True)[:2])
    assert found
    return found


@pytest.mark.parametrize("username", CAST)
@pytest.mark.parametrize("code", REGISTERS)
def test_the_list_and_the_single_row_agree(code, username):
    person, register = Person.objects.get(username=username), registry.get(code)
    pks = sample(register)
    listed = set(
        Entry.objects.filter(policies.visible_in(person, register), pk__in=pks)
        .values_list("pk", flat=True)
    )  # fmt: skip
    anywhere = set(
        Entry.objects.filter(policies.visible(person), pk__in=pks).values_list("pk", flat=True)
    )
    writable = set(
        Entry.objects.filter(policies.allowed(person, CHANGE, register), pk__in=pks)
        .values_list("pk", flat=True)
    )  # fmt: skip
    assert listed == anywhere
    assert writable <= listed
    assert policies.may_read(person, register) == (username in READ[code].split())
    assert policies.may_enter(person, register) == (username in WRITE[code].split())
    if not policies.may_read(person, register):
        assert not listed
    for pk in pks:
        try:
            opened = policies.get_visible_or_404(person, register, pk).pk == pk
        except Http404:
            opened = False
        assert opened == (pk in listed)
        assert policies.may_change(person, Entry.objects.get(pk=pk)) == (pk in writable)


@pytest.mark.parametrize("username", CAST)
@pytest.mark.parametrize("code", REGISTERS)
def test_the_pages_and_the_api_say_the_same(client, code, username):
    person, register = Person.objects.get(username=username), registry.get(code)
    client.force_login(person)
    may = policies.may_read(person, register)
    days = "tu=13/6/2024&den=13/6/2024"
    assert client.get(f"/{register.slug}/?{days}").status_code == (200 if may else 404)
    assert client.get(f"/{register.slug}/xuat.csv?{days}").status_code == (200 if may else 404)
    listed = client.get(f"/api/v1/registers/{code}/entries?size=1")
    assert listed.status_code == (200 if may else 404)
    codes = {one["code"] for one in client.get("/api/v1/registers").json()}
    assert (code in codes) == may
    for pk in list(sample(register))[:3]:
        visible = Entry.objects.filter(policies.visible_in(person, register), pk=pk).exists()
        expected = 200 if visible else 404
        assert client.get(f"/{register.slug}/{pk}/").status_code == expected
        assert client.get(f"/api/v1/registers/{code}/entries/{pk}").status_code == expected
        assert client.get(f"/{register.slug}/{pk}/tep/1/").status_code == 404


def test_a_head_sees_the_own_unit_alone(giam_doc_so):
    for code in ("documents.incoming", "complaints.letters", "feedback"):
        found = Entry.objects.filter(policies.visible_in(giam_doc_so, registry.get(code)))
        assert set(found.values_list("unit__code", flat=True).distinct()) == {"STNMT"}


@pytest.mark.parametrize("username", ["lanh-dao", "ke-hoach", "giam-doc-so"])
def test_guarded_letters_are_closed_to_the_unprivileged(username):
    """TC-20."""
    person = Person.objects.get(username=username)
    for code in ("complaints.letters", "complaints.cases"):
        found = Entry.objects.filter(policies.visible_in(person, registry.get(code)))
        assert not found.filter(confidentiality="guarded").exists()
        assert found.exists()


def test_an_entry_of_one_register_is_no_entry_of_another(ke_hoach):
    pk = Entry.objects.filter(register="feedback").values_list("pk", flat=True).first()
    with pytest.raises(Http404):
        policies.get_visible_or_404(ke_hoach, registry.get("documents.incoming"), pk)


def test_two_appointments_open_two_units(giam_doc_so):
    """ĐV: one person may hold two posts at once."""
    second = Unit.objects.get(code="STP")
    Appointment.objects.create(
        person=giam_doc_so, unit=second, role="head", valid_from=clock.today()
    )
    person = Person.objects.get(pk=giam_doc_so.pk)
    found = Entry.objects.filter(policies.visible_in(person, registry.get("documents.incoming")))
    assert set(found.values_list("unit__code", flat=True).distinct()) == {"STNMT", "STP"}
    assert policies.may_enter(person, registry.get("feedback"), second.pk)


def test_an_appointment_that_ended_opens_nothing(van_thu):
    Appointment.objects.filter(person=van_thu).update(valid_to=clock.today().replace(day=16))
    person = Person.objects.get(pk=van_thu.pk)
    register = registry.get("documents.incoming")
    assert not policies.may_read(person, register)
    assert not policies.may_enter(person, register)
    assert not Entry.objects.filter(policies.visible(person)).exists()


def test_a_unit_that_takes_part_reads_and_does_not_write(giam_doc_so):
    """NV-04: one unit leads, others co-ordinate."""
    register = registry.get("feedback")
    entry = Entry.objects.filter(register="feedback").exclude(unit__code="STNMT").first()
    assert not policies.may_see(giam_doc_so, register, entry.pk)
    entry.co_units.add(Unit.objects.get(code="STNMT"))
    assert policies.may_see(giam_doc_so, register, entry.pk)
    assert policies.get_visible_or_404(giam_doc_so, register, entry.pk).pk == entry.pk
    assert not policies.may_change(giam_doc_so, entry)
