"""Rows of personal things that cannot be."""

import pytest
from django.db import IntegrityError, transaction

from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.personal.models import SavedView, UnsentForm


def test_a_saved_view_has_a_name_and_an_unsent_form_an_address(van_thu):
    now = clock.now()
    with pytest.raises(IntegrityError, match="saved_view_has_name"), transaction.atomic():
        SavedView.objects.create(person=van_thu, address="/don/", name="", made_at=now)
    with pytest.raises(IntegrityError, match="unsent_form_has_address"), transaction.atomic():
        UnsentForm.objects.create(person=van_thu, title="Vào sổ", sealed=b"x", saved_at=now)
