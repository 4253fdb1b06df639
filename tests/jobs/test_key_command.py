"""Keys are made, listed and ended from the shell."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.cast import Cast
from wardroom.access.models import ApiKey
from wardroom.access.queries.api_keys import key_presented
from wardroom.jobs.cli import DONE, FAILED, main

pytestmark = pytest.mark.django_db
Shell = pytest.CaptureFixture[str]


def test_token_is_printed_once_and_opens_until_it_is_ended(capsys: Shell) -> None:
    assert main(["key", "make", "City app", "--scope", "open311", "--publishes"]) == DONE
    token = capsys.readouterr().out.splitlines()[-1]
    key = key_presented(token, timezone.now())
    assert key is not None
    assert key.publishes
    assert main(["key", "list"]) == DONE
    listed = capsys.readouterr().out
    assert "City app, an app: open311" in listed
    assert token not in listed
    assert main(["key", "end", str(key.id)]) == DONE
    assert key_presented(token, timezone.now()) is None


def test_key_has_a_holder(liaison5: Cast) -> None:
    words = ["key", "make", "Script", "--scope", "read", "--holder", liaison5.email.upper()]
    assert main(words) == DONE
    assert ApiKey.objects.get().holder == liaison5.user


def test_what_is_not_there_is_told_apart(capsys: Shell) -> None:
    make = ["key", "make", "Script", "--scope", "read"]
    assert main([*make, "--holder", "nobody@city.example"]) == FAILED
    assert "Nobody signs in as nobody@city.example" in capsys.readouterr().err
    assert main(make) == FAILED
    assert main(["key", "end", "999999"]) == FAILED
    assert "no key 999999" in capsys.readouterr().err
