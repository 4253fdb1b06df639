"""What becomes of a message in: whose thread it is, or why nobody has to read it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wardroom.notices.rules.reading import bare_subject, number_in
from wardroom.notices.rules.sending import one_line

THREADED, WAITING, IGNORED, BOUNCE = "threaded", "waiting", "ignored", "bounce"
LEAST_TITLE = 6
_COLON = re.compile("[:\N{FULLWIDTH COLON}\N{ETHIOPIC PREFACE COLON}]")
LIKE_WITHIN = timedelta(days=14)
ACKNOWLEDGE_AFTER = timedelta(hours=24)
HOWS = {
    "token": "It answers this matter, but the sender is new there",
    "subject": "Its subject names this number",
    "same": "The same person wrote about the same thing within 14 days",
}
NOBODY = "somebody who gave no address"
_CAMPAIGN = ("bulk", "junk", "list", "auto_reply")


@dataclass(frozen=True)
class File:
    """One file that came with a message."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Returned:
    """What a mail server says of one address that it could not, or could, deliver to."""

    address: str
    original: str
    action: str
    status: str
    reason: str

    @property
    def hard(self) -> bool:
        """Whether the address is no good for ever."""
        return self.action == "failed" and not self.status.startswith("4")


@dataclass(frozen=True)
class Mail:
    """One message in, as far as it can be read; every word of it is somebody else's."""

    fingerprint: str
    size: int
    message_id: str = ""
    from_name: str = ""
    from_address: str = ""
    to_addresses: tuple[str, ...] = ()
    subject: str = ""
    said_at: datetime | None = None
    text: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    auto_submitted: str = ""
    precedence: str = ""
    suppressed: bool = False
    loops: tuple[str, ...] = ()
    listed: bool = False
    null_sender: bool = False
    report: bool = False
    returned: tuple[Returned, ...] = ()
    returned_id: str = ""
    files: tuple[File, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """The Message-IDs that this answers, the likeliest first."""
        named = (self.returned_id, self.in_reply_to, *reversed(self.references))
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def is_bounce(self) -> bool:
        """Whether a mail server wrote this, and no person."""
        local = self.from_address.partition("@")[0].casefold()
        return self.report or (
            (self.null_sender or local in ("mailer-daemon", "postmaster"))
            and self.auto_submitted != "auto-replied"
        )


@dataclass(frozen=True)
class Looked:
    """What the house knows that bears on a message: our own message that it answers, and more.

    ``by_header`` and ``by_token`` are threads, such as matter:412; ``same`` is the thread of
    earlier mail of the same person under the same subject.
    """

    own: Collection[str] = frozenset()
    answers_ours: bool = False
    by_header: str = ""
    by_token: str = ""
    knows_sender: bool = False
    same: str = ""


@dataclass(frozen=True)
class Verdict:
    """What becomes of a message; ``like`` is the thread that a person is asked about."""

    state: str
    reason: str = ""
    thread: str = ""
    like: str = ""
    how: str = ""


# To whom a letter went of which every word was taken out; nobody answers it any more.
NOBODY = "gone@example.invalid"


def verdict(mail: Mail, looked: Looked) -> Verdict:
    """Whose thread a message belongs to, or why it does not belong to any.

    A header of ours decides, then the token in the address where the sender is one of the
    thread's people. All else is only suggested, and a person says.
    """
    thread = looked.by_header or (looked.by_token if looked.knows_sender else "")
    if mail.is_bounce:
        return _bounce(mail, looked.by_header, ours=looked.answers_ours)
    why = why_ignored(mail, looked.own)
    if why:
        return Verdict(IGNORED, why, thread=thread)
    if thread:
        return Verdict(THREADED, thread=thread)
    number = number_in(mail.subject)
    if looked.by_token:
        return Verdict(WAITING, like=looked.by_token, how="token")
    if number is not None:
        return Verdict(WAITING, like=f"matter:{number}", how="subject")
    if looked.same:
        return Verdict(WAITING, like=looked.same, how="same")
    return Verdict(WAITING)


def _bounce(mail: Mail, thread: str, *, ours: bool) -> Verdict:
    if not ours:
        return Verdict(IGNORED, "A mail server's notice about a message that is not ours")
    if mail.returned and all(r.action not in ("failed", "delayed") for r in mail.returned):
        return Verdict(IGNORED, "A mail server's receipt", thread=thread)
    why = next((r.reason or r.status for r in mail.returned), "")
    return Verdict(BOUNCE, why or "It came back without a report that says why", thread=thread)


def why_ignored(mail: Mail, own: Collection[str]) -> str:
    """Why no person wrote this to us; empty where one did."""
    if {mail.from_address.casefold(), without_tag(mail.from_address)} & set(own):
        return "It came from our own address"
    if set(mail.loops) & set(own):
        return "It is one of our own messages that came back to us"
    if mail.auto_submitted not in ("", "no"):
        return "A program answered, not a person"
    if mail.precedence in _CAMPAIGN:
        return "Mail to many, or an automatic answer"
    if mail.listed:
        return "Mail of a list"
    return "A program wrote it, not a person" if mail.suppressed else ""


def bounced_of(mail: Mail, to_address: str) -> Returned | None:
    """What a notice says of the address that our message went to; none of any other address."""
    meant = to_address.casefold()
    return next(
        (r for r in mail.returned if meant in (r.address.casefold(), r.original.casefold())), None
    )


def without_tag(address: str) -> str:
    """An address without what stands behind its plus, in small letters."""
    local, at, domain = address.casefold().rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def tag_of(address: str, inbound: str) -> str:
    """What stands behind the plus where an address is one of our answer addresses."""
    if not inbound or without_tag(address) != without_tag(inbound):
        return ""
    return address.casefold().rpartition("@")[0].partition("+")[2]


def same_subject(first: str, second: str) -> bool:
    """Whether two subjects are of one conversation; an empty one is of none."""
    bare = bare_subject(first)
    return bool(bare) and bare == bare_subject(second)


def speaks_of(letter: str, subject: str, said: str) -> bool:
    """Whether a message in is about a letter of ours: its subject, or the title that stood in it.

    The title is what stands behind the first colon of the letter's subject.
    """
    if same_subject(letter, subject):
        return True
    title = _COLON.split(letter, maxsplit=1)[-1].strip().casefold()
    return len(title) >= LEAST_TITLE and title in " ".join(said.split()).casefold()


def written_by(name: str, address: str) -> str:
    """Whoever wrote, by name and address as far as they gave them."""
    return f"{name} <{address}>" if name and address else name or address or NOBODY


def mail_title(name: str, address: str, subject: str) -> str:
    """A message in as a row of the worklist."""
    who = name or address or NOBODY
    return one_line(f"{who} wrote: {subject or 'no subject'}", most=300)
