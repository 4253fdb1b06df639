"""Matters, asks, the links between matters, and what waits for whom."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from wardroom.access.models import ScopedQuerySet
from wardroom.city.models import District, Place
from wardroom.directory.models import Party
from wardroom.matters.rules.steps import LOOK


class Read(models.Model):
    """Something that remembers how it was read, so that its line can say what changed."""

    was: dict[str, Any]

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls,
        db: str | None,
        field_names: Collection[str],
        values: Collection[Any],
        **options: Any,
    ) -> Self:
        made = super().from_db(db, field_names, values, **options)
        made.was = dict(zip(field_names, values, strict=False))
        return made


class Matter(Read):
    """Something the office owns until it has an outcome.

    `standing` is the pinned paragraph that says where it stands. `version` counts the
    changes, so that a page which was open too long is told. `told_at` says when everybody
    who reported had been told: without it an issue does not close. Of what was `destroyed_at`
    an instant no word is left.
    """

    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="open")
    outcome = models.CharField(max_length=30, blank=True, default="")
    owner = models.ForeignKey(Party, models.PROTECT, related_name="owned_matters")
    next_on = models.DateField(null=True, blank=True)
    next_step = models.CharField(max_length=200, blank=True, default="")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="matters")
    ward = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    ward_code = models.CharField(max_length=10, blank=True, default="", db_index=True)
    public_text = models.TextField(blank=True, default="")
    standing = models.TextField(blank=True, default="")
    standing_by = models.CharField(max_length=120, blank=True, default="")
    standing_at = models.DateTimeField(null=True, blank=True)
    standing_version = models.PositiveIntegerField(default=0)
    restricted = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    came_back_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="matter_state_is_known", condition=Q(state__in=["open", "closed"])
            ),
            models.CheckConstraint(
                name="open_matter_has_a_next_date",
                condition=~Q(state="open") | Q(next_on__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_matter_has_an_outcome",
                condition=~Q(state="closed") | (~Q(outcome="") & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="only_telling_closes_an_issue",
                condition=~Q(kind="issue", state="closed")
                | Q(told_at__isnull=False)
                | Q(merged_into__isnull=False),
            ),
            models.CheckConstraint(
                name="merged_matter_is_closed",
                condition=Q(merged_into__isnull=True) | Q(state="closed"),
            ),
            models.CheckConstraint(
                name="standing_says_by_whom_and_when",
                condition=Q(standing="") | (~Q(standing_by="") & Q(standing_at__isnull=False)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["ward_code", "kind", "state", "next_on", "id"], name="matters_of_a_ward"
            ),
            models.Index(fields=["owner", "state", "next_on"], name="matters_of_an_owner"),
            models.Index(fields=["place", "kind", "state", "closed_at"], name="matters_at_a_place"),
            models.Index(fields=["kind", "state", "next_on", "id"], name="matters_by_next_date"),
            models.Index(
                fields=["kind", "opened_at", "id", "ward_code", "merged_into", "outcome"],
                name="matters_by_opening",
            ),
            models.Index(
                fields=["next_on", "id", "ward_code", "kind", "place"],
                condition=Q(state="open", next_step=LOOK),
                name="matters_to_look_at",
            ),
            models.Index(
                fields=["ward_code", "next_on", "id", "kind", "place"],
                condition=Q(state="open", next_step=LOOK),
                name="matters_to_look_at_in_a_ward",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Ask(Read):
    """One thing, asked of one party, by one date, with one answer.

    A referral asks an agency; a to-do, an approval and a legal deadline ask one of ours.
    `agency_code` says whom we mean to ask; `asked_agency` is the same code from the day it
    was really asked, and is what lets a partner see the ask. `where_text` says where, for a
    matter that has no place of its own. `why_due` is the arithmetic of
    the date where a clock gave it. `rung` is how far its silence has climbed, `rung_on` the
    day of the next step.
    """

    kind = models.CharField(max_length=20, default="referral")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="asks")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    party = models.ForeignKey(Party, models.PROTECT, related_name="asks")
    agency_code = models.CharField(max_length=20, blank=True, default="")
    asked_agency = models.CharField(max_length=20, blank=True, default="")
    wording = models.CharField(max_length=300)
    where_text = models.CharField(max_length=200, blank=True, default="")
    authority = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=12, default="proposed")
    due_on = models.DateField()
    asked_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True, default="")
    decline_code = models.CharField(max_length=30, blank=True, default="")
    answer_text = models.CharField(max_length=500, blank=True, default="")
    counter_on = models.DateField(null=True, blank=True)
    first_promised_on = models.DateField(null=True, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    disposition = models.CharField(max_length=30, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)
    rule_code = models.CharField(max_length=40, blank=True, default="")
    started_at = models.DateTimeField(null=True, blank=True)
    why_due = models.JSONField(null=True, blank=True)
    pauses = models.JSONField(default=list, blank=True)
    rung = models.PositiveSmallIntegerField(default=0)
    rung_on = models.DateField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="ask_kind_is_known",
                condition=Q(kind__in=["referral", "todo", "approval", "legal_deadline"]),
            ),
            models.CheckConstraint(
                name="referral_belongs_to_a_matter",
                condition=~Q(kind="referral") | Q(matter__isnull=False),
            ),
            models.CheckConstraint(
                name="ask_state_is_known",
                condition=Q(
                    state__in=[
                        "proposed",
                        "requested",
                        "accepted",
                        "declined",
                        "countered",
                        "done",
                        "withdrawn",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="asked_ask_says_whom_and_when",
                condition=Q(asked_at__isnull=True, asked_agency="")
                | (Q(asked_at__isnull=False) & Q(asked_agency=models.F("agency_code"))),
            ),
            models.CheckConstraint(
                name="answered_ask_was_asked",
                condition=Q(state__in=["proposed", "withdrawn"]) | Q(asked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="accepted_ask_has_a_promise",
                condition=~Q(kind="referral", state__in=["accepted", "done"])
                | Q(promised_on__isnull=False),
            ),
            models.CheckConstraint(
                name="promise_keeps_its_first_date",
                condition=Q(promised_on__isnull=True) | Q(first_promised_on__isnull=False),
            ),
            models.CheckConstraint(
                name="declined_ask_has_a_reason",
                condition=~Q(state="declined") | ~Q(decline_code=""),
            ),
            models.CheckConstraint(
                name="countered_ask_has_a_date",
                condition=~Q(state="countered") | Q(counter_on__isnull=False),
            ),
            models.CheckConstraint(
                name="done_ask_says_what_was_done",
                condition=~Q(state="done") | (~Q(disposition="") & Q(done_at__isnull=False)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["asked_agency", "state", "due_on"], name="asks_of_an_agency"),
            models.Index(fields=["state", "due_on"], name="asks_by_state_and_date"),
            # With all that the first page counts, ward by ward.
            models.Index(
                fields=[
                    *("ward_code", "state", "due_on", "promised_on", "matter", "party", "kind")
                ],
                name="asks_of_a_ward",
            ),
            models.Index(
                fields=["rung_on"], condition=Q(rung_on__isnull=False), name="asks_that_climb"
            ),
            # The list of asks begins with the day each is expected, and says how many there are.
            # Of all kinds: by an index of most rows a database would read the rest one by one.
            models.Index(
                Coalesce("promised_on", "due_on"),
                "id",
                "kind",
                name="asks_by_expected_day",
            ),
            models.Index(
                "ward_code",
                Coalesce("promised_on", "due_on"),
                "id",
                "kind",
                name="asks_of_a_ward_by_day",
            ),
            models.Index(
                fields=["rule_code", "due_on"],
                condition=Q(kind="legal_deadline"),
                name="clocks_by_rule",
            ),
        ]

    def __str__(self) -> str:
        return self.wording

    @property
    def case(self) -> Matter:
        """The matter that a referral belongs to."""
        if self.matter is None:
            raise LookupError("this is a task of its own, without a matter")
        return self.matter

    @property
    def clock_is_paused(self) -> bool:
        """Whether the last pause of its clock still runs."""
        return bool(self.pauses) and self.pauses[-1].get("until") is None


class MatterLink(models.Model):
    """Two matters that have to do with each other; a link that was undone says when."""

    of = models.ForeignKey(Matter, models.PROTECT, related_name="links_from")
    to = models.ForeignKey(Matter, models.PROTECT, related_name="links_to")
    kind = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="link_joins_two_matters", condition=~Q(of=models.F("to"))),
            models.UniqueConstraint(
                fields=["of", "to", "kind"],
                condition=Q(ended_at__isnull=True),
                name="one_link_a_kind",
            ),
        ]


class Waiting(models.Model):
    """One row of the worklist: a thing, whom it waits for, why, and until when.

    Kept in the same commit as the thing itself. `noun` and `key` say what it is.
    """

    noun = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    party = models.ForeignKey(Party, models.PROTECT, related_name="waiting")
    reason = models.CharField(max_length=20)
    due_on = models.DateField()
    title = models.CharField(max_length=300)
    place_label = models.CharField(max_length=200, blank=True, default="")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    agency_code = models.CharField(max_length=20, blank=True, default="")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="waiting")
    since_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["noun", "key"], name="one_row_a_thing_that_waits")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["party", "due_on", "id", "matter", "ward_code"],
                name="waiting_for_a_person",
            ),
            models.Index(fields=["ward_code", "due_on", "id", "matter"], name="waiting_in_a_ward"),
            models.Index(fields=["due_on", "id"], name="waiting_anywhere"),
            models.Index(
                fields=["party", "agency_code", "due_on", "id", "matter", "ward_code"],
                name="waiting_party_by_agency",
            ),
            models.Index(
                fields=["ward_code", "agency_code", "due_on", "id", "matter"],
                name="waiting_ward_by_agency",
            ),
            models.Index(fields=["agency_code", "due_on", "id"], name="waiting_by_agency"),
        ]


class Handover(models.Model):
    """Somebody leaves, or gives up a ward, and what is theirs goes to others piece by piece.

    `ward_code` names the ward that is given up by somebody who stays; empty where the person
    goes altogether. `begun_by` is who started it, and hears what is sent back. `only_left` is
    what the house began: of somebody who still works here it takes what they left behind only.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="handovers")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    why = models.CharField(max_length=300)
    state = models.CharField(max_length=12, default="running")
    last_on = models.DateField()
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=120)
    begun_by = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    only_left = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="handover_state_is_known",
                condition=Q(state__in=["running", "ended", "called_off"]),
            ),
            models.CheckConstraint(
                name="handover_that_is_over_says_when",
                condition=Q(state="running", ended_at__isnull=True)
                | (~Q(state="running") & Q(ended_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["party"], condition=Q(state="running"), name="one_handover_at_a_time"
            ),
        ]


class HandoverItem(models.Model):
    """One thing that is handed over: what it is, who is to take it, and how that went."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=30)
    noun = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    needs = models.CharField(max_length=10)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, default="gathered")
    successor = models.ForeignKey(Party, models.PROTECT, null=True, related_name="handed_items")
    proposed_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    note = models.TextField(blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["handover", "kind", "noun", "key"], name="one_item_a_thing"
            ),
            models.CheckConstraint(
                name="item_state_is_known",
                condition=Q(
                    state__in=["gathered", "proposed", "accepted", "sent_back", "overtaken"]
                ),
            ),
            models.CheckConstraint(
                name="proposed_item_has_a_successor",
                condition=~Q(state__in=["proposed", "accepted"]) | Q(successor__isnull=False),
            ),
            models.CheckConstraint(
                name="sent_back_item_says_why", condition=~Q(state="sent_back") | ~Q(reason="")
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["handover", "state", "id"], name="items_of_a_handover")
        ]


class HandoverNote(models.Model):
    """What a successor needs to know of a ward, or, without one, of the whole work."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="notes")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    text = models.TextField()
    written_by = models.CharField(max_length=120)
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["handover", "ward_code"], name="one_note_a_ward")
        ]
