"""The same call sent twice at once is done once: the second waits and gets the first's answer."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from tests.api.v1.conftest import program_of
from tests.api.v1.test_work import SAID
from tests.cast import Cast
from tests.ground import Ground
from wardroom.casework.models import Complaint

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


def test_one_call_of_four_threads_is_done_once(office: Ground, liaison5: Cast) -> None:
    program = program_of(liaison5)
    answers: list[Any] = []
    begin = threading.Barrier(4)

    def call() -> None:
        try:
            begin.wait(10)
            answers.append(program.post("/issues", SAID, Idempotency_Key="one"))
        finally:
            connection.close()

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.content for answer in answers}) == 1
    assert Complaint.objects.count() == 1
