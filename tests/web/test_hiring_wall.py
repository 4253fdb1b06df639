"""Nothing that was sent to a hiring stands anywhere but on its own pages.

One application of a rare name is planted in a hiring of its own. Every address of the site, with
its lists, searches, feeds, files and JSON, is read by those who read most: for the keeper too,
all of it is silent but the pages of that hiring.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import HOUSE, hire
from tests.counting import count_anew
from tests.hiring.jobs import PDF, applied, follow, opened, scored
from tests.web.addresses import address, names
from tests.web.asking import watched, worth_trying
from tests.web.conftest import ROLES, SignIn, World
from tests.web.test_planted import read
from wardroom.access.actor import Role
from wardroom.api.v1.urls import api, filters
from wardroom.casework.actions.mail import take_mail
from wardroom.directory.actions import make_key
from wardroom.hiring.actions import declare_conflict, move_application
from wardroom.hiring.models import Posting
from wardroom.ledger.queries import lines_after
from wardroom.notices.actions.outbox import give_up_message
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NAME, EMAIL, SAID = "Zyxwhistle", "rarebird@example.org", "Zyxanswered"
MARKS = (NAME, EMAIL, SAID)
# Words of it that are no mark themselves, so that a page may say what was looked for.
ASKED = ("?q=zyxwhis", "?q=rarebir")


@pytest.fixture
def planted(world: World) -> Posting:
    """A hiring under way: read, scored, moved, with a letter that failed and one that went."""
    director, liaison5 = world.cast["director"], world.cast["liaison5"]
    posting = opened(director, liaison5, title="Keeper of rare birds")
    row = applied(posting, EMAIL, name=NAME, pasted=SAID)
    declare_conflict(row, conflict=False, stamp=liaison5.stamp)
    scored(row, liaison5, 4)
    move_application(row, to="interview", reason=SAID, words=SAID, stamp=director.stamp)
    follow()
    letter = Message.objects.filter(to_address=EMAIL).order_by("pk")[0]
    give_up_message(letter, reason=f"{EMAIL} is full", stamp=HOUSE)
    answered(letter)
    follow()
    return posting


def answered(letter: Message) -> None:
    """Whoever applied writes back, with a file that bears their name."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"{NAME} <{EMAIL}>", "office@example.org"
    mail["Subject"], mail["In-Reply-To"] = f"Re: {SAID}", letter.message_id
    mail.set_content(SAID)
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename=f"{NAME}.pdf")
    assert take_mail(mail.as_bytes(), stamp=HOUSE) is not None


def said_to(world: World, client: Client, own: Posting) -> Iterator[tuple[str, str]]:
    """Every address that there is, with what it says to somebody; lists are searched as well."""
    for name in names():
        if name == "account_logout":
            continue
        path = address(world, name)
        if path.startswith(reverse("hiring", args=[own.pk])):
            continue
        bare = path == address(world, name, "7")
        count_anew()
        with watched():
            plain = client.get(path)
        yield path, read(plain)
        for more in worth_trying(plain, ASKED) if bare else ():
            count_anew()
            yield path + more, read(client.get(path + more))


HIRED = {"auditor": Role.AUDITOR, "staff": Role.STAFF}
READERS = (
    *("director", "auditor", "records", "staff", "liaison5", "liaison7"),
    *("partner_dpw", "nobody", "anonymous"),
)


def test_every_role_reads_behind_the_wall() -> None:
    assert {*READERS, "partner_ddot"} == {*ROLES, *HIRED}


@pytest.mark.parametrize("role", READERS)
def test_no_other_address_tells_of_an_application(
    world: World, planted: Posting, sign_in: SignIn, role: str
) -> None:
    client = (
        sign_in(hire(role, f"One who is {role}", HIRED[role]))
        if role in HIRED
        else world.clients[role]
    )
    told = {}
    for path, said in said_to(world, client, planted):
        found = [mark for mark in MARKS if mark.casefold() in said.casefold()]
        if found:
            told[path] = found
    assert told == {}


def test_its_own_pages_tell_it_to_its_people(world: World, planted: Posting) -> None:
    page = reverse("hiring_application", args=[planted.pk, 1])
    for role, status in (("director", 200), ("liaison5", 200), ("liaison7", 404), ("records", 404)):
        answer = world.clients[role].get(page)
        assert answer.status_code == status
        assert (EMAIL in read(answer)) == (status == 200)


def test_no_line_that_a_webhook_or_a_key_is_given_tells_of_it(
    world: World, planted: Posting
) -> None:
    for who in (world.cast["director"], world.cast["liaison5"], world.cast["partner_dpw"]):
        lines = lines_after(who.actor, line=0, most=100_000).rows
        assert lines
        assert not [line for line in lines if any(mark in str(line) for mark in MARKS)]


@pytest.mark.parametrize("role", ["director", "liaison5", "liaison7", "records"])
def test_no_answer_of_the_api_tells_of_it(world: World, planted: Posting, role: str) -> None:
    """Every address that a program reads, the first of each kind where it takes a number."""
    key = make_key(world.cast[role].user, name="A program", scopes={"read"}, stamp=HOUSE)
    client = Client(headers={"Authorization": f"Bearer {key.token}"})
    paths = api.get_openapi_schema()["paths"]
    opened = 0
    for path, methods in paths.items():
        if "get" not in methods:
            continue
        plain = re.sub(r"{\w+}", "1", path)
        for more in ("", *ASKED) if "q" in filters()[path] else ("",):
            count_anew()
            answer = client.get(plain + more)
            opened += answer.status_code == 200
            said = read(answer).casefold()
            assert not [mark for mark in MARKS if mark.casefold() in said], path
    assert opened >= 5
