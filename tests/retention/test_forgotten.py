"""What is no record is forgotten by itself: a sign-in whose time is over leaves no trace."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from wardroom.jobs.routines import forget_what_forms_held
from wardroom.jobs.stamps import worker_stamp

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_sign_ins_are_forgotten_once_their_time_is_over() -> None:
    now = worker_stamp().at
    for key, left in (("over", -timedelta(minutes=1)), ("runs", timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=now + left)
    assert forget_what_forms_held() >= 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["runs"]
