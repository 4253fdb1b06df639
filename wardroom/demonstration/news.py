"""Neighbors who get news in several languages, and a letter to many that waits for its approval."""

from __future__ import annotations

from datetime import timedelta

from wardroom.access.actor import NOBODY, SYSTEM, Stamp, Window
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.engagement.actions import (
    add_subscriber,
    ask_for_news,
    confirm_news,
    reword_circular,
    write_circular,
)
from wardroom.engagement.actions.links import confirm_key
from wardroom.engagement.models import Circular, Subscriber
from wardroom.engagement.rules.subscriptions import CITY, DAILY, MONTHLY, NAMED, WEEKLY, Wanted
from wardroom.notices.gateways import key_token

LIAISON = "liaison5@wardroom.example"
NEIGHBORS = (
    ("neighbor.one@wardroom.example", "es", Wanted(NAMED, code="Ward 5", frequency=WEEKLY)),
    ("neighbor.two@wardroom.example", "am", Wanted(NAMED, code="Ward 5", frequency=DAILY)),
    ("neighbor.three@wardroom.example", "en", Wanted(CITY, frequency=MONTHLY)),
    ("neighbor.four@wardroom.example", "zh", Wanted(NAMED, code="Ward 1", frequency=WEEKLY)),
    ("neighbor.five@wardroom.example", "ko", Wanted(NAMED, code="Ward 6", frequency=WEEKLY)),
)


def show_news(plan: Plan) -> int:
    """Four neighbors who confirmed, one who has not yet, and a draft; how many get news."""
    if Subscriber.objects.exists():
        return Subscriber.objects.count()
    for number, (address, language, wanted) in enumerate(NEIGHBORS):
        _confirmed(plan, address, language, wanted, days=20 - number)
    add_subscriber(
        None,
        address="neighbor.six@wardroom.example",
        language="vi",
        wanted=Wanted(NAMED, code="Ward 5"),
        how="On the sheet at the commission's meeting",
        stamp=stamp_of(LIAISON, plan.now - timedelta(days=2)),
    )
    if not Circular.objects.exists():
        _draft(plan)
    return Subscriber.objects.count()


def _confirmed(plan: Plan, address: str, language: str, wanted: Wanted, *, days: int) -> None:
    at = plan.now - timedelta(days=days)
    visitor = Stamp(actor=NOBODY, at=at, window=Window.WEB)
    house = Stamp(actor=SYSTEM, at=at, window=Window.WORKER)
    wish = ask_for_news(None, address=address, language=language, wanted=wanted, stamp=visitor)
    key = confirm_key(wish, stamp=house)
    token = key_token(key.purpose, key.pk, key.nonce)
    confirm_news(None, token=token, stamp=visitor)


def _draft(plan: Plan) -> None:
    at = plan.now - timedelta(days=1)
    letter = write_circular(
        None,
        subject="Leaves are collected from Monday",
        text=(
            "Rake leaves to the edge of the street by Sunday evening. Crews pass once a week "
            "until the middle of January. Bags are not needed."
        ),
        area_kind="ward",
        area_code="5",
        stamp=stamp_of(LIAISON, at),
    )
    reword_circular(
        letter,
        language="es",
        subject="La recolección de hojas comienza el lunes",
        text=(
            "Deje las hojas al borde de la calle antes del domingo por la noche. Los equipos "
            "pasan una vez por semana hasta mediados de enero. No hacen falta bolsas."
        ),
        stamp=stamp_of(LIAISON, at),
    )
