"""A campaign as the planner opens it: the half-year report, asked for on 03/5/2024."""

import pytest
from django.test import Client

from dieuhanh.reports.review.models import Campaign

PAGE = "/dot-bao-cao/"


@pytest.fixture
def asked():
    """As the planner types the request of 03/5/2024; the deadline is still to come."""
    return {
        "report": "socioeconomic",
        "period": "2024-H1",
        "request_symbol": "1897/KHĐT-THQH",
        "opened_on": "3/5/2024",
        "due_on": "20/6/2024",
        "as_of": "15/6/2024",
        "asked": ["departments", "districts"],
        "unit": "KHDT",
    }


@pytest.fixture
def sign_in():
    """``sign_in(person)`` is a browser of that person's own: several people act in one test."""

    def as_person(person):
        client = Client()
        client.force_login(person)
        return client

    return as_person


@pytest.fixture
def planner(sign_in, ke_hoach):
    return sign_in(ke_hoach)


@pytest.fixture
def head(sign_in, giam_doc_so):
    """The head of Sở Tài nguyên và Môi trường."""
    return sign_in(giam_doc_so)


@pytest.fixture
def open_campaign(planner, asked):
    def enter(**changes):
        answer = planner.post(f"{PAGE}them/", asked | changes)
        assert answer.status_code == 302, answer.context["form"].errors
        return Campaign.objects.get(pk=answer.url.strip("/").split("/")[-1])

    return enter


@pytest.fixture
def campaign(open_campaign):
    return open_campaign()


@pytest.fixture
def url(campaign):
    return f"{PAGE}{campaign.pk}/"


@pytest.fixture
def draft(planner, campaign, url):
    """The first draft, a copy of the template."""
    assert planner.post(f"{url}ban/", {"note": "Tổng hợp lần đầu"}).status_code == 302
    return campaign.drafts.get()
