"""Invented mail: an answer on an issue, mail that waits for a person, mail nobody wrote."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.casework.actions import place_message, put_mail_aside, take_mail, write_to_person
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.matters.models import Matter
from wardroom.notices.models import Received

OFFICE = "office@wardroom.example"
ADVERTISER = "offers@advertiser.example"


def show_mail(plan: Plan) -> int:
    """Let some mail come in about the open issues; returns how much."""
    issues: dict[str, Matter] = {}
    for matter in Matter.objects.filter(kind="issue", state="open").order_by("pk"):
        issues.setdefault(matter.ward_code, matter)
    for ward, matter in sorted(issues.items()):
        _answered(plan, ward, matter)
        _seems(plan, ward, matter)
    _new(plan)
    _of_no_person(plan)
    return Received.objects.count()


def _answered(plan: Plan, ward: str, matter: Matter) -> None:
    """The neighbor answers, and somebody of the office said where it belongs."""
    sender = f"A neighbor in Ward {ward} <neighbor{ward}@wardroom.example>"
    text = (
        "They came on Tuesday and took some of it. The rest is still behind the fence.\n\n"
        "On Monday the office wrote:\n> Thank you for telling us.\n> We wrote it down.\n"
    )
    at = plan.now - timedelta(hours=30)
    mail = _come(f"answer{ward}", sender, f"Re: {matter.title}", text, at, files=True)
    liaison = f"liaison{ward}@wardroom.example"
    if mail is None:
        return
    place_message(mail, matter=matter, stamp=stamp_of(liaison, at + timedelta(hours=1)))
    if ward != "5":
        write_to_person(
            matter,
            to_address=f"neighbor{ward}@wardroom.example",
            subject=f"Re: {matter.title}",
            text="Thank you. The crew comes back on Friday for the rest.",
            stamp=stamp_of(liaison, at + timedelta(hours=2)),
        )


def _seems(plan: Plan, ward: str, matter: Matter) -> None:
    """Somebody else names the number, which is only a suggestion."""
    sender = f"Another neighbor <second{ward}@wardroom.example>"
    text = "I see it from my window too. It is worst on Sunday evenings.\n"
    subject = f"About [W-{matter.pk}]"
    _come(f"second{ward}", sender, subject, text, plan.now - timedelta(hours=20))


def _new(plan: Plan) -> None:
    """Mail that fits nowhere: a new trouble, and one that wants nothing."""
    text = "The bench at the bus stop is broken and a nail sticks out. Who mends it?\n"
    sender = "A rider <rider@wardroom.example>"
    _come("bench", sender, "Broken bench", text, plan.now - timedelta(hours=6))
    offer = _come(
        "offer",
        ADVERTISER,
        "Banners at half the price",
        "Call now.\n",
        plan.now - timedelta(days=2),
    )
    if offer is not None:
        stamp = stamp_of("director@wardroom.example", plan.now - timedelta(days=1))
        put_mail_aside(offer, reason="An advertisement", stamp=stamp)


def _of_no_person(plan: Plan) -> None:
    text = "I am out of the office until Monday.\n"
    at = plan.now - timedelta(hours=28)
    _come("away", "desk@agency.example", "Out of office", text, at, automatic=True)


def _come(
    word: str,
    sender: str,
    subject: str,
    text: str,
    at: datetime,
    *,
    files: bool = False,
    automatic: bool = False,
) -> Received | None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, OFFICE, subject
    mail["Message-ID"] = f"<{word}@wardroom.example>"
    mail["Date"] = format_datetime(at)
    if automatic:
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(text)
    if files:
        note = b"Sunday: four bags. Monday: seven bags and a chair.\n"
        mail.add_attachment(note, maintype="text", subtype="plain", filename="what I counted.txt")
        mail.add_attachment(
            b"PK\3\4 photos", maintype="application", subtype="zip", filename="a.zip"
        )
    return take_mail(mail.as_bytes(), stamp=Stamp(actor=SYSTEM, at=at, window=Window.SHELL))
