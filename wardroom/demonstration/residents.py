"""Neighbors who report on the public page: several voices at a dozen places, and how it went on."""

from __future__ import annotations

from datetime import datetime, timedelta

from wardroom.access.actor import NOBODY, SYSTEM, Stamp, Window
from wardroom.casework.actions import (
    answer_office,
    ask_reporter,
    close_issue,
    learn_topics,
    rate_outcome,
    take_report,
)
from wardroom.casework.facts import ReporterTold
from wardroom.casework.models import Report, TopicLesson
from wardroom.casework.queries import follow_token
from wardroom.casework.rules import ReportDraft
from wardroom.city.models import Place
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.ledger.models import Entry
from wardroom.ledger.reactions import deliver_receipt, due_receipts
from wardroom.library.queries import public_topic
from wardroom.notices.actions import mark_message_sent
from wardroom.notices.models import Message
from wardroom.problems.models import Candidate

LIAISON, WARD = "liaison5@wardroom.example", "5"
# What neighbors say of each topic, each in a language of theirs.
VOICES: dict[str, tuple[tuple[str, str], ...]] = {
    "rodents": (
        ("en", "Rats run out of the alley at night and sit on the steps."),
        ("en", "There is a burrow under the fence, and rats come out of it."),
        ("es", "Hay ratas en el callejón todas las noches."),
        ("en", "Fresh rat droppings beside the trash cans every morning."),
        ("fr", "Des rats sortent du mur derrière la maison."),
        ("en", "I counted seven rats by the dumpster, and more burrows."),
    ),
    "streetlights": (
        ("en", "The street light at the corner has been dark for two weeks."),
        ("en", "Three lamps in a row are out, and nobody walks there any more."),
        ("es", "La luz de la esquina está apagada desde hace días."),
        ("ko", "가로등이 꺼져서 길이 어두워요."),
        ("en", "The lamp goes on and off all night."),
        ("en", "No street light in the alley; it is pitch dark."),
    ),
    "dumping": (
        ("en", "Somebody dumped a mattress and tires in the alley again."),
        ("en", "A truck came at night and dumped construction debris."),
        ("es", "Tiraron un colchón y llantas en el callejón."),
        ("en", "A couch, paint cans and a mattress lie behind the garage."),
        ("am", "በመተላለፊያው ውስጥ ፍራሽ ጥለዋል።"),
        ("en", "Old tires were dumped beside the lot."),
    ),
    "trash": (
        ("en", "The trash cans run over and bags lie on the sidewalk."),
        ("en", "Litter blows all over the block, every week the same."),
        ("zh", "人行道上到处都是垃圾。"),
        ("es", "Los botes de basura están llenos y nadie los recoge."),
        ("en", "Torn bags of garbage, and food all over the alley."),
        ("en", "The recycling was not picked up and the litter spreads."),
    ),
    "sidewalks": (
        ("en", "The sidewalk is broken, and my mother tripped on it."),
        ("en", "Bricks are loose in the sidewalk beside the bus stop."),
        ("vi", "Vỉa hè bị vỡ, người già dễ ngã."),
        ("en", "A root has lifted the sidewalk; wheelchairs cannot pass."),
        ("es", "La acera está rota y es peligrosa."),
        ("en", "There is a hole in the sidewalk in front of the school."),
    ),
    "roadway": (
        ("en", "A pothole as wide as a tire, right in the lane."),
        ("en", "The pothole is back where it was filled in spring."),
        ("es", "Hay un bache muy grande en la calle."),
        ("en", "The asphalt breaks away and the road is full of potholes."),
        ("fr", "Un nid-de-poule au milieu de la rue."),
        ("en", "Cars swerve around the pothole into the bike lane."),
    ),
    "vacant": (
        ("en", "The vacant house is open at the back and people go in."),
        ("en", "Boards came off the windows of the vacant building."),
        ("es", "La casa vacía tiene la puerta abierta."),
        ("en", "Nobody has lived in this building for years; it is boarded badly."),
        ("en", "The abandoned house has a hole in its roof."),
        ("en", "The vacant lot and the house on it belong to nobody, it seems."),
    ),
    "trees": (
        ("en", "A big branch hangs over the sidewalk and will fall."),
        ("en", "The tree in front of the house is dead."),
        ("es", "Una rama grande está por caer."),
        ("en", "Branches of the tree touch the wires."),
        ("en", "The stump of the old tree was never taken out."),
        ("ko", "나무 가지가 부러져 있어요."),
    ),
    "graffiti": (
        ("en", "New graffiti on the wall of the corner store."),
        ("en", "Somebody spray painted the whole fence."),
        ("es", "Hay grafitis nuevos en la pared."),
        ("en", "The wall was cleaned and has graffiti again."),
        ("en", "Posters and graffiti on every pole of the block."),
        ("zh", "墙上有新的涂鸦。"),
    ),
    "noise": (
        ("en", "Loud music from the bar until three every night."),
        ("en", "The bar leaves its doors open, and the noise is unbearable."),
        ("es", "La música del bar es muy fuerte por la noche."),
        ("en", "Shouting and loud music outside the club after closing."),
        ("en", "The noise wakes our children, every weekend."),
        ("fr", "Trop de bruit la nuit devant le bar."),
    ),
    "water": (
        ("en", "The drain is blocked, and the corner floods when it rains."),
        ("en", "Water runs down the street from a leak, day and night."),
        ("es", "El desagüe está tapado y se inunda la esquina."),
        ("en", "The catch basin is full of leaves and water stands in the road."),
        ("en", "A hydrant leaks and the water freezes."),
        ("vi", "Cống bị nghẹt, nước ngập đường."),
    ),
    "vehicles": (
        ("en", "A car without plates has stood here for a month."),
        ("en", "An abandoned car with flat tires blocks the alley."),
        ("es", "Hay un carro abandonado sin placas."),
        ("en", "The junk car leaks oil into the drain."),
        ("en", "Nobody moves the abandoned van; its windows are broken."),
        ("am", "የተተወ መኪና እዚህ ቆሟል።"),
    ),
}


def show_residents(plan: Plan) -> int:
    """Seventy-two voices at twelve places, one place closed and rated; how many reports."""
    if not Report.objects.exists():
        places = _places()
        for number, (topic, voices) in enumerate(VOICES.items()):
            _told(plan, places[number % len(places)], number, topic, voices)
        _went_on(plan)
    if not TopicLesson.objects.exists() and Report.objects.count() >= len(VOICES):
        learn_topics(None, stamp=Stamp(actor=SYSTEM, at=plan.now, window=Window.WORKER))
    return Report.objects.count()


def _places() -> list[Place]:
    """A place with a point for each topic, from as many wards as there are; Ward 5 comes first."""
    rows = Candidate.objects.filter(place__latitude__isnull=False).exclude(ward_code="")
    by_ward: dict[str, list[Place]] = {}
    for row in rows.select_related("place").order_by("-detection_id", "rank"):
        several = by_ward.setdefault(row.ward_code, [])
        if row.place not in several:
            several.append(row.place)
    wards = sorted(by_ward, key=lambda code: (code != WARD, code))
    deep = max((len(several) for several in by_ward.values()), default=0)
    return [by_ward[w][n] for n in range(deep) for w in wards if n < len(by_ward[w])]


def _told(
    plan: Plan, place: Place, number: int, topic: str, voices: tuple[tuple[str, str], ...]
) -> None:
    """One place, told of by several neighbors on different days."""
    begins = plan.now - timedelta(days=40 - 2 * number)
    onto = None
    for nth, (language, said) in enumerate(voices):
        draft = _draft(place, topic, language, said, onto, number, nth)
        report = take_report(None, draft=draft, stamp=_visitor(begins + timedelta(days=2 * nth)))
        assert report.complaint is not None
        onto = report.complaint.matter_id


def _draft(
    place: Place, topic: str, language: str, said: str, onto: int | None, number: int, nth: int
) -> ReportDraft:
    public = public_topic(topic)
    needed = [q for q in public.questions if q.required] if public is not None else []
    first = nth == 0
    return ReportDraft(
        channel="web",
        topic_code=topic,
        said=said,
        answers={q.code: (q.choices[0].key if q.choices else "yes",) for q in needed},
        latitude=place.latitude,
        longitude=place.longitude,
        address=place.label,
        name=f"Neighbor {number + 1}" if first else "",
        email=f"reporter{number + 1}@wardroom.example" if first else "",
        may_write=first,
        language=language,
        onto=onto,
    )


def _went_on(plan: Plan) -> None:
    """In Ward 5 a first report was asked about and answered, closed and rated."""
    rows = Report.objects.filter(
        complaint__matter__ward_code=WARD, link__holder__contains="@", complaint__isnull=False
    )
    report = rows.select_related("complaint__matter", "link").order_by("pk").first()
    if report is None or report.complaint is None:
        return
    complaint, token = report.complaint, follow_token(report)
    asked = ask_reporter(
        complaint.matter,
        complaint_id=complaint.pk,
        text="Is it on the side of the school, or on the side of the houses?",
        stamp=stamp_of(LIAISON, plan.now - timedelta(days=20)),
    )
    answer_office(
        None,
        token=token,
        question_id=asked.pk,
        text="On the side of the houses, behind number 14.",
        stamp=_visitor(plan.now - timedelta(days=19)),
    )
    closed_at = plan.now - timedelta(days=6)
    close_issue(
        complaint.matter,
        outcome="fixed",
        text="The burrows were treated twice, and nothing has moved since.",
        stamp=stamp_of(LIAISON, closed_at),
    )
    _delivered(closed_at, plan.now - timedelta(days=5))
    words = "It is better, but I saw one again."
    stamp = _visitor(plan.now - timedelta(days=4))
    rate_outcome(None, token=token, rating="partly", text=words, stamp=stamp)


def _delivered(since: datetime, at: datetime) -> None:
    """The letters of a closing went out by an instant; nobody can rate it before."""
    house = Stamp(actor=SYSTEM, at=at, window=Window.WORKER)
    for line in Entry.objects.filter(kind=ReporterTold.__name__, at__gte=since, at__lt=at):
        for receipt in due_receipts(at=at, most=len(VOICES), entry_id=line.pk):
            deliver_receipt(receipt, stamp=house)
        for message in Message.objects.filter(entry=line, state=Message.State.QUEUED):
            mark_message_sent(message, stamp=house)


def _visitor(at: datetime) -> Stamp:
    return Stamp(actor=NOBODY, at=at, window=Window.WEB)
