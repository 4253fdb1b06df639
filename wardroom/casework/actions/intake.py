"""Taking a complaint in: a new issue, one more voice for an open one, or a return."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.casework import facts, policy, rules
from wardroom.casework.actions.ending import settle_public_end
from wardroom.casework.actions.placing import put_ground, spot_if_known, spot_of, topic_named
from wardroom.casework.actions.returning import count_return, issue_meant, topic_closed_at
from wardroom.casework.actions.withdrawing import withdraw_waiting_letters
from wardroom.casework.actions.wording import complaint_words
from wardroom.casework.models import Complaint, Issue
from wardroom.city.actions import add_place
from wardroom.city.models import District, Place
from wardroom.directory.actions import note_person
from wardroom.directory.models import Party
from wardroom.directory.rules import check_language
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.kernel.facts import Fact
from wardroom.ledger.actions import record, record_together
from wardroom.matters.actions.following import next_working_day
from wardroom.matters.actions.keeping import begin_matter, check_title
from wardroom.matters.actions.owning import owner_in
from wardroom.matters.models import Matter
from wardroom.matters.rules import DECIDE
from wardroom.service_requests.models import ServiceRequest


@action(policy.may_take_complaint)
def take_complaint(
    place: Place | None,
    *,
    said: str,
    channel: str,
    topic_code: str = "",
    title: str = "",
    reporter: Party | None = None,
    reporter_typed: str = "",
    anonymous: bool = False,
    language: str = "en",
    interpreter: bool = False,
    may_share: bool = False,
    request_number: str = "",
    ward_code: str = "",
    onto: Matter | None = None,
    received_at: datetime | None = None,
    anywhere: bool = False,
    stamp: Stamp,
) -> Complaint:
    """Take a complaint in: it opens an issue, or is one more voice for one that is open.

    The ward is the one that the place lies in by the boundaries of today; ``ward_code`` says
    who looks after it only where the place has no point; one that may lie ``anywhere`` is the
    directors' until it is found. A report of the same topic at the
    same place soon after a closing opens a return, which counts against that closing; a
    report ``onto`` a closed issue does so too, and where its return is open already it is
    one more voice for that.
    Refuses: no words; a channel or language not in the list; a name together with anonymous;
    a time to come; a place and a ward that are both unknown; what `open_matter` refuses.
    Records: `ComplaintTaken`, and `MatterOpened`, `MatterCameBack`, `MattersLinked` where so;
    for each letter about that closing that still waited `TellingTakenBack`.
    """
    return _taken(
        place,
        said=said,
        channel=channel,
        topic_code=topic_code,
        title=title,
        reporter=reporter,
        reporter_typed=reporter_typed,
        anonymous=anonymous,
        language=language,
        interpreter=interpreter,
        may_share=may_share,
        request_number=request_number,
        ward_code=ward_code,
        onto=onto,
        received_at=received_at,
        anywhere=anywhere,
        stamp=stamp,
    )


def _taken(
    place: Place | None,
    *,
    said: str,
    channel: str,
    topic_code: str,
    title: str = "",
    reporter: Party | None,
    reporter_typed: str,
    anonymous: bool,
    language: str,
    interpreter: bool,
    may_share: bool,
    request_number: str,
    ward_code: str,
    onto: Matter | None,
    received_at: datetime | None,
    anywhere: bool = False,
    stamp: Stamp,
) -> Complaint:
    said = rules.check_said(said)
    rules.check_channel(channel)
    check_language(language)
    rules.check_who(anonymous=anonymous, known=reporter is not None, typed=reporter_typed)
    received = received_at or stamp.at
    rules.check_received(received, now=stamp.at)
    if onto is not None and onto.kind != "issue":
        raise Refused("not_an_issue", "Complaints are joined to issues only.", field="onto")
    onto = issue_meant(onto) if onto is not None else None
    opened: list[Fact] = []
    if onto is not None and onto.state == "open":
        topic_named(topic_code)
        matter = onto
    else:
        matter, opened = _open(
            place, title, said, topic_code, ward_code, onto, received, stamp, anywhere=anywhere
        )
    number = " ".join(request_number.split())[:40]
    complaint = Complaint.objects.create(
        matter=matter,
        taken_for=matter,
        reporter=reporter,
        reporter_typed=reporter_typed.strip()[:200] if reporter is None else "",
        anonymous=anonymous,
        channel=channel,
        language=language,
        interpreter=interpreter,
        may_share=may_share and not anonymous,
        said=said,
        request_number=number,
        request=_request(number),
        received_at=received,
        taken_at=stamp.at,
        taken_by=stamp.actor.name,
    )
    fact = facts.ComplaintTaken(
        **complaint_words(complaint),
        channel=channel,
        channel_label=rules.CHANNELS[channel],
        said=said,
        received_at=received,
        request_number=number,
        topic_code=topic_code,
        joined=matter is onto,
    )
    complaint.is_one_more_voice = matter is onto
    record_together([*opened, fact], stamp=stamp)
    if matter is not onto and matter.issue.return_of is not None:
        withdraw_waiting_letters(matter.issue.return_of, again=complaint, stamp=stamp)
    return complaint


@action(policy.may_take_complaint)
def take_in(
    _: None,
    *,
    spot: str,
    place_text: str,
    name: str,
    phone: str,
    email: str,
    consent: bool,
    reporter: Party | None,
    said: str,
    channel: str,
    topic_code: str,
    anonymous: bool,
    language: str,
    interpreter: bool,
    may_share: bool,
    request_number: str,
    ward_code: str,
    onto: Matter | None,
    place: Place | None,
    received_at: datetime | None = None,
    stamp: Stamp,
) -> Complaint:
    """Take a call in as it comes: note the place and the person if they are new, all or nothing.

    ``spot`` is a point as latitude and longitude with a comma, where the map was clicked.
    Refuses: what `add_place`, `note_person` and `take_complaint` refuse; nothing is kept then.
    Records: what they record.
    """
    if place is None and (place_text.strip() or spot):
        latitude, longitude = _point(spot)
        place = add_place(
            None, text=place_text, latitude=latitude, longitude=longitude, stamp=stamp
        )
    if reporter is None and not anonymous and (phone.strip() or email.strip()):
        reporter = note_person(
            None,
            name=name,
            phone=phone,
            email=email,
            language=language,
            interpreter=interpreter,
            consent=consent,
            consent_how=f"said so ({rules.CHANNELS.get(channel, channel)})" if consent else "",
            stamp=stamp,
        )
    return _taken(
        place,
        said=said,
        channel=channel,
        topic_code=topic_code,
        reporter=reporter,
        reporter_typed="" if reporter else name,
        anonymous=anonymous,
        language=language,
        interpreter=interpreter,
        may_share=may_share,
        request_number=request_number,
        ward_code=ward_code,
        onto=onto,
        received_at=received_at,
        stamp=stamp,
    )


def _point(spot: str) -> tuple[float | None, float | None]:
    if not spot:
        return None, None
    try:
        latitude, longitude = (float(part) for part in spot.split(","))
    except ValueError:
        raise Refused(
            "not_a_point", "This is not a point on the map.", field="place_text"
        ) from None
    return latitude, longitude


def _open(
    place: Place | None,
    title: str,
    said: str,
    topic_code: str,
    ward_code: str,
    onto: Matter | None,
    received: datetime,
    stamp: Stamp,
    *,
    anywhere: bool,
) -> tuple[Matter, list[Fact]]:
    """A new issue, and the line about it that is still to be recorded.

    Its owner is one who runs its ward: `owner_in` finds no other.
    """
    if not policy.may_open_issue(stamp.actor, place):
        raise NotAllowed
    today = localdate(stamp.at)
    place = place or (onto.place if onto is not None else None)
    topic, former_id = topic_closed_at(topic_code, place, received)
    ward: District | None
    if anywhere and not ward_code:
        ward, ground = spot_if_known(place, today)
    else:
        ward, ground = spot_of(place, ward_code, today)
    called = rules.title_for(topic.name if topic else "", place.label if place else "", said)
    matter, fact = begin_matter(
        place,
        kind="issue",
        title=check_title(title.strip() or called),
        owner=owner_in(ward, stamp),
        next_on=next_working_day(today),
        next_step=DECIDE,
        ward=ward,
        stamp=stamp,
    )
    issue = Issue(matter=matter, topic=topic, first_reported_at=received)
    put_ground(issue, ground)
    former_id = onto.pk if onto is not None else former_id
    if former_id is None:
        issue.save()
        return matter, [fact]
    record(fact, stamp=stamp)
    count_return(issue, former_id, received, stamp)
    issue.save()
    settle_public_end(matter, stamp=stamp)
    return matter, []


def _request(number: str) -> ServiceRequest | None:
    if not number:
        return None
    return ServiceRequest.objects.filter(external_id=number).order_by("pk").first()
