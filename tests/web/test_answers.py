"""An agency answers by the link it was sent: without an account, for one ask, until it ends."""

from __future__ import annotations

import io
import logging
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tests.cast import HOUSE, Cast
from tests.conftest import NOON, stamp_for
from tests.ground import FRIDAY
from tests.web.conftest import SignIn
from wardroom.access.actor import SYSTEM, Stamp
from wardroom.access.gate import guard_pass
from wardroom.config.logs import HideTokens
from wardroom.documents.queries import attachments_of
from wardroom.ledger.models import Entry
from wardroom.ledger.reactions import deliver_receipt, due_receipts
from wardroom.matters.actions import repeat_ask, withdraw_ask
from wardroom.matters.models import Ask
from wardroom.notices.actions import claim_message
from wardroom.notices.models import Key, Message

pytestmark = pytest.mark.django_db
CLOSED = "This link is closed"


def links(stamp: Stamp = HOUSE) -> list[str]:
    """The links in the letters that the worker would send now, oldest first."""
    for receipt in due_receipts(at=stamp.at, most=50):
        deliver_receipt(receipt, stamp=stamp)
    found = []
    later = stamp_for(SYSTEM, stamp.at + timedelta(days=4))
    for message in Message.objects.order_by("pk"):
        letter = claim_message(message.pk, stamp=later)
        if letter is not None:
            found += re.findall(r"http\S+(/answer/\S+/)", letter.text)
    return found


@pytest.fixture
def link(requested: Ask) -> str:
    """The link in the letter by which DPW was asked."""
    (found,) = links()
    return found


@pytest.fixture
def visitor() -> Client:
    """A browser that checks its forms and is signed in nowhere."""
    return Client(enforce_csrf_checks=True)


def now(ask: Ask) -> Ask:
    return Ask.objects.get(pk=ask.pk)


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (10, 120, 30)).save(out, "JPEG")
    return SimpleUploadedFile("after.jpg", out.getvalue(), "image/jpeg")


def test_no_token_is_kept(link: str) -> None:
    token = link.split("/")[2]
    assert len(token) >= 43
    assert all(token not in m.text for m in Message.objects.all())
    assert all(token not in str(e.body) for e in Entry.objects.all())
    assert Key.objects.get().digest != token


def test_the_page_shows_the_ask_and_nothing_inner(
    link: str, requested: Ask, visitor: Client
) -> None:
    before = Entry.objects.count()
    answer = visitor.get(link)
    text = answer.content.decode()
    assert answer.status_code == 200
    for shown in ("Clear the alley", "Alley behind the 500 block", "The city works on this alley"):
        assert shown in text
    for hidden in ("Dumping in the alley of ward", "Walk the alley", "Liaison of Ward 5"):
        assert hidden not in text
    assert Entry.objects.count() == before
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies


def test_the_link_promises_moves_and_reports_done(
    link: str, requested: Ask, visitor: Client, liaison5: Cast
) -> None:
    assert visitor.post(f"{link}accept_ask/", {"promised_on": FRIDAY}).status_code == 302
    ask = now(requested)
    assert (ask.state, ask.promised_on) == ("accepted", FRIDAY)
    assert ask.answered_by == "DPW by link (dpw@example.org)"
    later = FRIDAY + timedelta(days=7)
    moved = visitor.post(f"{link}move_promise/", {"promised_on": later, "reason": "Snow"})
    assert moved.status_code == 302
    sent = {"disposition": "fixed", "photographs": picture()}
    assert visitor.post(f"{link}report_done/", sent).status_code == 302
    assert (now(requested).state, now(requested).promised_on) == ("done", later)
    (kept,) = attachments_of("ask", str(ask.pk), liaison5.actor)
    assert (kept.audience, kept.by_name) == ("partner", ask.answered_by)
    assert "nothing more to do" in visitor.get(link).content.decode()
    assert Entry.objects.filter(kind="KeySpent").count() == 3


def test_heic_picture_is_refused_with_what_to_choose(
    link: str, requested: Ask, visitor: Client
) -> None:
    visitor.post(f"{link}accept_ask/", {"promised_on": FRIDAY})
    heic = SimpleUploadedFile("alley.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1" + b"x" * 64)
    sent = {"disposition": "fixed", "photographs": heic, "text": "All gone"}
    answer = visitor.post(f"{link}report_done/", sent)
    assert answer.status_code == 422
    assert "Choose it as a JPEG, PNG or WebP." in answer.content.decode()
    assert "All gone" in answer.content.decode()
    assert now(requested).state == "accepted"


def test_evidence_stands_on_the_page_of_the_ask_for_the_office_and_that_agency(
    link: str,
    requested: Ask,
    visitor: Client,
    liaison5: Cast,
    liaison7: Cast,
    partner_dpw: Cast,
    partner_ddot: Cast,
    sign_in: SignIn,
) -> None:
    visitor.post(f"{link}accept_ask/", {"promised_on": FRIDAY})
    visitor.post(f"{link}report_done/", {"disposition": "fixed", "photographs": picture()})
    for who in (liaison5, partner_dpw):
        client = sign_in(who)
        page = client.get(f"/asks/{requested.pk}/").content.decode()
        (shown,) = set(re.findall(r'src="(/documents/\d+/thumbnail/)"', page))
        assert client.get(shown).status_code == 200
    for other in (liaison7, partner_ddot, None):
        assert sign_in(other).get(shown).status_code == 404
    assert "dpw@example.org" in sign_in(liaison5).get(f"/asks/{requested.pk}/").content.decode()
    partner_reads = sign_in(partner_dpw).get(f"/asks/{requested.pk}/").content.decode()
    assert "Links to answer by" not in partner_reads


@pytest.mark.parametrize(
    ("verb", "sent", "state"),
    [
        ("counter_ask", {"counter_on": FRIDAY, "text": "Crew is away"}, "countered"),
        ("decline_ask", {"code": "not_ours", "text": "It is federal"}, "declined"),
    ],
)
def test_the_link_offers_another_day_or_declines(
    verb: str, sent: dict[str, str], state: str, link: str, requested: Ask, visitor: Client
) -> None:
    assert visitor.post(f"{link}{verb}/", sent).status_code == 302
    assert now(requested).state == state


def test_a_bad_answer_keeps_the_form_open_and_changes_nothing(
    link: str, requested: Ask, visitor: Client
) -> None:
    before = Entry.objects.count()
    assert visitor.post(f"{link}accept_ask/", {"promised_on": "2020-01-01"}).status_code == 422
    assert visitor.post(f"{link}report_done/", {"disposition": "fixed"}).status_code == 409
    assert Entry.objects.count() == before
    assert now(requested).state == "requested"


def test_the_link_does_nothing_of_ours(link: str, requested: Ask, visitor: Client) -> None:
    for verb in ("withdraw_ask", "repeat_ask", "agree_counter", "request_ask", "x"):
        assert visitor.post(f"{link}{verb}/", {"reason": "x"}).status_code == 404, verb
    assert visitor.get("/asks/").status_code == 302
    assert visitor.get(f"/asks/{requested.pk}/").status_code == 302
    assert now(requested).state == "requested"


def test_unknown_taken_back_and_expired_links_answer_alike(
    link: str,
    requested: Ask,
    visitor: Client,
    liaison5: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unknown = visitor.get("/answer/no-such-link/")
    withdraw_ask(requested, reason="The lot was sold", stamp=liaison5.stamp)
    taken = visitor.get(link)
    assert (unknown.status_code, taken.status_code) == (404, 404)
    assert unknown.content == taken.content
    assert CLOSED in taken.content.decode()
    sent = visitor.post(f"{link}accept_ask/", {"promised_on": FRIDAY})
    assert sent.status_code == 404
    assert now(requested).state == "withdrawn"


def test_a_link_that_ran_out_says_so(link: str, visitor: Client) -> None:
    key = Key.objects.get()
    with guard_pass("a test"):
        Key.objects.filter(pk=key.pk).update(
            issued_at=NOON - timedelta(days=90), expires_at=NOON - timedelta(days=1)
        )
    answer = visitor.get(link)
    assert answer.status_code == 404
    assert "ran out" in answer.content.decode()


def test_asking_again_takes_the_old_link_back_and_sends_a_new_one(
    link: str, requested: Ask, visitor: Client, liaison5: Cast
) -> None:
    visitor.post(f"{link}counter_ask/", {"counter_on": FRIDAY})
    repeat_ask(requested, due_on=FRIDAY, reason="Too late", stamp=liaison5.stamp)
    assert visitor.get(link).status_code == 404
    newer = [path for path in links() if path != link]
    assert visitor.get(newer[-1]).status_code == 200


def test_who_tries_many_links_is_asked_to_wait_and_a_real_link_still_opens(
    link: str, visitor: Client
) -> None:
    codes = [visitor.get(f"/answer/guess-{n}/").status_code for n in range(32)]
    assert codes == [404] * 30 + [429] * 2
    assert visitor.get(link).status_code == 200


def test_no_log_line_holds_a_token(link: str) -> None:
    line = logging.LogRecord("x", 30, "", 0, "Not Found: %s", (link,), None)
    assert HideTokens().filter(line)
    assert line.getMessage() == "Not Found: /answer/(link)/"
    assert any(isinstance(f, HideTokens) for h in logging.getLogger().handlers for f in h.filters)


def test_the_page_takes_few_statements(link: str, visitor: Client) -> None:
    with CaptureQueriesContext(connection) as seen:
        visitor.get(link)
    assert len(seen) <= 4
