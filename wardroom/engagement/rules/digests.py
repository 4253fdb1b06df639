"""What is news, for whom, and how it reads in a letter in one of seven languages."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wardroom.city.rules import metres_between
from wardroom.engagement.rules.subscriptions import AROUND, CITY
from wardroom.engagement.rules.tongues import Tongue
from wardroom.matters.rules.news import (
    CHECK,
    EVENT,
    KEPT,
    NEWS_KINDS,
    PLAN,
    PROMISE,
    TEXT,
    PublicNews,
)

LATE_BY = timedelta(days=7)
MOST_ITEMS = 60
INDENT = "  "


@dataclass(frozen=True)
class Covered:
    """The area of one subscription, and since when it is wanted."""

    area: str
    words: str
    since_at: datetime
    kind: str = ""
    code: str = ""
    ward_code: str = ""
    district_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    metres: int = 0
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Mail:
    """A subject and a text, ready to be queued."""

    subject: str
    text: str


def is_for(news: PublicNews, area: Covered) -> bool:
    """Whether a piece of news is about an area and a topic that somebody asked for.

    What concerns the whole city concerns every area; that of which the ward alone is known
    concerns every area in it.
    """
    if area.topics and news.topics and not area.topics & news.topics:
        return False
    everywhere = news.latitude is None and not news.ward_code
    if area.area == CITY or everywhere:
        return True
    ward = area.code if area.kind == "ward" else area.ward_code
    if news.latitude is None and not news.districts:
        return news.ward_code == ward
    if area.area == AROUND:
        return _is_near(news, area)
    if area.district_id in news.districts:
        return True
    return area.kind == "ward" and news.ward_code == area.code


def _is_near(news: PublicNews, area: Covered) -> bool:
    points = (area.latitude, area.longitude, news.latitude, news.longitude)
    lat1, lon1, lat2, lon2 = points
    if lat1 is None or lon1 is None or lat2 is None or lon2 is None:
        return False
    return metres_between(lat1, lon1, lat2, lon2) <= area.metres


def fresh(
    found: Iterable[PublicNews],
    areas: Collection[Covered],
    *,
    last_at: datetime | None,
    told: Collection[str],
) -> tuple[PublicNews, ...]:
    """What is new to somebody since the last digest, each piece once, in its order.

    What was written down a week late is still told; what was told once is not told again.
    """
    known = frozenset(told)

    def wanted(news: PublicNews) -> bool:
        since = last_at - LATE_BY if last_at else None
        return news.key not in known and any(
            news.at >= max(area.since_at, since or area.since_at) and is_for(news, area)
            for area in areas
        )

    return tuple(sorted(filter(wanted, found), key=lambda news: (news.at, news.key)))


def shared_out(
    found: Collection[PublicNews],
) -> tuple[tuple[PublicNews, ...], tuple[PublicNews, ...]]:
    """What one mail tells, events first and then the oldest, and what waits for the next."""
    ordered = sorted(found, key=lambda news: (news.kind != EVENT, news.at, news.key))
    return tuple(ordered[:MOST_ITEMS]), tuple(ordered[MOST_ITEMS:])


def digest_mail(
    tongue: Tongue,
    found: Collection[PublicNews],
    areas: Collection[Covered],
    *,
    today: date,
    asked_on: date,
    link: str,
) -> Mail:
    """The digest as it goes out: headings, each piece, and the ways to change or stop it."""
    about = "; ".join(dict.fromkeys(area.words for area in areas))
    shown = sorted(found, key=lambda news: NEWS_KINDS.index(news.kind))
    parts = [tongue.counted(len(found))]
    for kind in NEWS_KINDS:
        rows = [piece_words(tongue, news) for news in shown if news.kind == kind]
        if rows:
            heading = tongue.mail.headings[kind]
            parts.append("\n\n".join([f"{heading}\n{'=' * len(heading)}", *rows]))
    parts.append(foot(tongue, asked_on=asked_on, link=link))
    subject = tongue.mail.digest_subject.format(area=about, day=tongue.day(today))
    return Mail(subject, "\n\n".join(parts) + "\n")


def foot(tongue: Tongue, *, asked_on: date, link: str) -> str:
    """Why somebody gets this, and where it is changed or stopped."""
    why = tongue.mail.why.format(day=tongue.day(asked_on))
    return f"--\n{why}\n{tongue.mail.manage.format(link=link)}"


def piece_words(tongue: Tongue, news: PublicNews) -> str:
    """One piece of news; words that exist in English only are marked as such."""
    lines = [news.label] if news.label else []
    own = _frame(tongue, news)
    if own:
        lines.append(INDENT + own)
    if news.text:
        lines.append(INDENT + in_english(tongue, news.text))
    if news.kind in (PROMISE, KEPT) and news.due_on is not None:
        lines.append(INDENT + tongue.mail.promise_by.format(day=tongue.day(news.due_on)))
    return "\n".join(lines)


def in_english(tongue: Tongue, words: str) -> str:
    """Words of the office that exist in English only, marked for readers of another language."""
    return f"{words} ({tongue.only_english})" if tongue.only_english else words


def _frame(tongue: Tongue, news: PublicNews) -> str:
    mail, day = tongue.mail, tongue.day(news.local.date())
    if news.kind == TEXT:
        return ""
    if news.kind == PLAN:
        return mail.plan.format(day=day, agencies=", ".join(news.agencies))
    if news.kind == CHECK:
        return mail.findings[news.finding].format(day=day)
    if news.kind == EVENT:
        return mail.event.format(when=tongue.instant(news.local), where=news.where)
    return mail.promise.format(who=news.who)
