"""What new boundaries do to somebody who gets news about a district, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wardroom.engagement.rules.digests import Mail, foot
from wardroom.engagement.rules.subscriptions import MINE
from wardroom.engagement.rules.tongues import Tongue

MOVED, REDRAWN, GONE, LOST = "moved", "redrawn", "gone", "lost"
EFFECTS = {
    MOVED: "Moved to another district",
    REDRAWN: "Same district, new borders",
    GONE: "District is no more; has to choose",
    LOST: "Address lies in none; has to choose",
}
SHARE = 0.01


def effect_of(area: str, before: str, after: str | None) -> str:
    """What happens to a subscription whose district of old was drawn anew.

    ``before`` and ``after`` are codes. Somebody who named a district is never put into
    another one; somebody who asked for the district of an address goes with the address.
    """
    if after is None:
        return LOST if area == MINE else GONE
    return REDRAWN if after == before else MOVED


def is_told(area: str, effect: str, *, changed: bool) -> bool:
    """Whether somebody is written to: not where their own address stays where it was."""
    return effect != REDRAWN or (area != MINE and changed)


def moved_mail(
    tongue: Tongue,
    *,
    effect: str,
    kind: str,
    before: str,
    after: str,
    became: Sequence[str],
    valid_from: date,
    asked_on: date,
    link: str,
) -> Mail:
    """The one letter about a boundary: the old name and the new one, or what became of it."""
    old, new = _name(tongue, kind, before), _name(tongue, kind, after)
    day = tongue.day(valid_from)
    parts = [getattr(tongue.mail, effect).format(old=old, new=new, day=day)]
    names = [_name(tongue, kind, code) for code in became]
    if effect in (GONE, REDRAWN) and became and list(became) != [before]:
        parts.append(tongue.mail.gone_to.format(old=old, new=", ".join(names)))
    parts.append(foot(tongue, asked_on=asked_on, link=link))
    subject = tongue.mail.moved_subject if effect == MOVED else tongue.mail.changed_subject
    return Mail(subject.format(old=old, new=new), "\n\n".join(parts) + "\n")


def back_mail(tongue: Tongue, *, kind: str, before: str, asked_on: date, link: str) -> Mail:
    """The letter that says the boundaries were a mistake."""
    old = _name(tongue, kind, before)
    text = tongue.mail.moved_back.format(old=old)
    subject = tongue.mail.welcome_subject.format(area=old)
    return Mail(subject, f"{text}\n\n{foot(tongue, asked_on=asked_on, link=link)}\n")


def _name(tongue: Tongue, kind: str, code: str) -> str:
    return tongue.named[kind].format(code=code) if code else ""
