"""An office with data of its own lets its people in from the shell."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import AGENCIES
from tests.ground import Ground
from wardroom.access.actor import SYSTEM
from wardroom.access.gate import guard_pass
from wardroom.access.models import Grant, User
from wardroom.access.queries import actor_for
from wardroom.directory.queries import agency_named, email_addresses, liaison_of, people
from wardroom.jobs.cli import DONE, FAILED, USAGE, main
from wardroom.ledger.models import Entry

pytestmark = pytest.mark.django_db
PASSWORD = "walk-the-alley-twice"


@pytest.fixture
def file(tmp_path: Path) -> str:
    (tmp_path / "password").write_text(PASSWORD + "\n")
    return str(tmp_path / "password")


def add(email: str, file: str, *more: str) -> int:
    words = ["people", "add", email, "--name", "Liaison of Ward 5", "--password-file", file]
    return main([*words, *more])


def test_liaison_signs_in_and_holds_the_seat_of_the_ward(
    file: str, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add("L5@city.example", file, "--role", "liaison", "--ward", "5") == DONE
    row = people(SYSTEM, on=User.objects.get().joined_at.date())[0]
    assert (row.email, row.role, row.ward_code) == ("l5@city.example", "liaison", "5")
    assert liaison_of("5", on=row.valid_from) == "Liaison of Ward 5"
    sent = {"login": "l5@city.example", "password": PASSWORD}
    assert client.post("/account/login/", sent).status_code == 302
    assert client.get("/").wsgi_request.user == User.objects.get()
    assert main(["people", "list"]) == DONE
    assert "l5@city.example" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--role", "liaison"), "which ward"),
        (("--role", "partner"), "which agency"),
        (("--role", "partner", "--agency", "NONE"), "no agency NONE"),
    ],
)
def test_half_a_role_keeps_nothing(
    more: tuple[str, ...], sentence: str, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add("a@city.example", file, *more) == FAILED
    assert sentence in capsys.readouterr().err
    assert not User.objects.exists()
    assert not Entry.objects.exists()


def test_same_address_twice_is_refused(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert add("d@city.example", file, "--role", "director") == DONE
    assert add("D@city.example", file, "--role", "director") == FAILED
    assert "can already sign in" in capsys.readouterr().err
    assert User.objects.count() == 1


def test_password_that_is_easily_guessed_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "weak").write_text("12345\n")
    assert add("d@city.example", str(tmp_path / "weak"), "--role", "director") == FAILED
    assert "password" in capsys.readouterr().err.lower()
    assert not User.objects.exists()


def test_missing_password_file_and_unknown_role_are_told(file: str) -> None:
    assert add("d@city.example", "/no/such/file", "--role", "director") == FAILED
    with pytest.raises(SystemExit) as end:
        add("d@city.example", file, "--role", "mayor")
    assert end.value.code == USAGE


def test_agency_of_a_feed_gets_its_name_and_keeps_its_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["people", "agency", "DPW"]) == DONE
    assert main(["people", "agency", "DPW", "--name", AGENCIES["DPW"]]) == DONE
    assert f"DPW: {AGENCIES['DPW']}" in capsys.readouterr().out
    party = agency_named("DPW")
    assert party is not None
    assert party.name == AGENCIES["DPW"]
    assert Entry.objects.filter(kind="PartyRenamed").count() == 1


def test_ward_and_agency_that_do_not_exist_are_refused(
    ground: Ground, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = User.objects.count()
    assert add("l@city.example", file, "--role", "liaison", "--ward", "99") == FAILED
    assert "There is no Ward 99; the wards are 5, 7." in capsys.readouterr().err
    assert add("p@city.example", file, "--role", "partner", "--agency", "NOPE") == FAILED
    assert "There is no agency NOPE yet." in capsys.readouterr().err
    assert main(["detect", "--ward", "99"]) == FAILED
    assert "There is no Ward 99" in capsys.readouterr().err
    assert User.objects.count() == before


def test_agency_gets_a_name_and_an_address_once(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["people", "agency", "DPW", "--name", AGENCIES["DPW"], "--email", "desk@city.example"]
    assert main(words) == DONE
    lines = Entry.objects.count()
    assert main(words) == DONE
    party = agency_named("DPW")
    assert party is not None
    assert email_addresses(party.pk) == ("desk@city.example",)
    assert Entry.objects.count() == lines
    assert "desk@city.example" in capsys.readouterr().out


def test_ended_role_reaches_nothing_and_its_past_stays(
    file: str, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add("l5@city.example", file, "--role", "liaison", "--ward", "5") == DONE
    user = User.objects.get()
    today = localdate()
    with guard_pass("a start in the past"):
        Grant.objects.update(valid_from=today - timedelta(days=30))
    yesterday = today - timedelta(days=1)
    assert main(["people", "end", "L5@city.example", "--until", yesterday.isoformat()]) == DONE
    assert "is liaison until" in capsys.readouterr().out
    assert actor_for(user, on=yesterday).reach.wards == {"5"}
    assert not actor_for(user, on=today).reach.wards
    assert main(["people", "end", "l5@city.example"]) == FAILED
    assert "holds no role after" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nobody@city.example",), "holds no role after"),
        (("l5@city.example", "--until", "soon"), "is not a day such as"),
        (("l5@city.example", "--until", "2001-01-01"), "ends before it starts"),
    ],
)
def test_role_that_cannot_be_ended_stays(
    words: tuple[str, ...], sentence: str, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add("l5@city.example", file, "--role", "liaison", "--ward", "5") == DONE
    assert main(["people", "end", *words]) == FAILED
    assert sentence in capsys.readouterr().err
    assert Grant.objects.get().valid_until is None


def test_last_director_is_not_ended(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert add("d@city.example", file, "--role", "director") == DONE
    assert main(["people", "end", "d@city.example"]) == FAILED
    assert "Name another director first" in capsys.readouterr().err
