"""Messages out and in, each with what became of it, and the one-off links that messages carry."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet, User
from wardroom.documents.models import Document
from wardroom.ledger.models import Entry


class Message(models.Model):
    """One message to one address.

    ``key`` names it for ever: the same key is never queued twice. ``thread`` is the thing
    it is about, as noun:key. The text may hold the marks of keys, never the keys.
    `calendar` is an invitation that goes along, for the reader's calendar, and
    `calendar_method` what it does there. Mail that goes to many has ``on_list``, who of the
    list gets it as noun:key, and in ``unsubscribe`` the address at which one click ends it.
    What is ``quick`` goes before all others, and is tried again a minute later. ``by`` caused
    it: whose word its line in the ledger is.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        RECALLED = "recalled"
        SET_ASIDE = "set_aside"
        BOUNCED = "bounced"

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="messages")
    by = models.ForeignKey(User, models.PROTECT, null=True, db_index=False, related_name="+")
    key = models.CharField(max_length=250, unique=True)
    thread = models.CharField(max_length=80, blank=True, default="", db_index=True)
    to_name = models.CharField(max_length=200)
    to_address = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    calendar = models.TextField(blank=True, default="")
    calendar_method = models.CharField(max_length=10, blank=True, default="")
    enclosures = models.ManyToManyField(Document, related_name="+")
    message_id = models.CharField(max_length=200, unique=True)
    in_reply_to = models.CharField(max_length=250, blank=True, default="")
    references = models.TextField(blank=True, default="")
    reply_digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    urgent = models.BooleanField(default=False)
    quick = models.BooleanField(default=False)
    automatic = models.CharField(max_length=20, default="auto-generated")
    on_list = models.CharField(max_length=60, blank=True, default="")
    unsubscribe = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="sent_message_says_when",
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="mail_of_a_list_can_be_ended",
                condition=Q(on_list="") | ~Q(unsubscribe=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], condition=Q(state="queued"), name="messages_waiting"
            ),
            models.Index(fields=["-queued_at"]),
            models.Index(fields=["state", "due_at"], name="messages_by_state"),
            models.Index(fields=["to_address", "-queued_at"]),
            models.Index(fields=["by", "-queued_at"], name="messages_of_a_person"),
        ]


class Key(models.Model):
    """A one-off link: what it opens, for whom, and until when.

    The link's token is computed from the house's secret and the nonce; only its hash is kept.
    """

    purpose = models.CharField(max_length=40)
    noun = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    holder = models.CharField(max_length=254)
    digest = models.CharField(max_length=64, unique=True)
    nonce = models.CharField(max_length=32)
    single_use = models.BooleanField(default=False)
    uses = models.PositiveIntegerField(default=0)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="key_ends_after_it_starts",
                condition=Q(expires_at__gt=models.F("issued_at")),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["noun", "key"])]


class Received(models.Model):
    """One message in, kept as it came.

    ``fingerprint`` makes a second delivery of the same message no second message; a broken
    mailer that gives two messages one Message-ID still loses neither. ``ward_code`` is that
    of the thing it is about, or seems to be about; ``about`` names that thing, and is empty
    where it names none. ``like`` is the thread that it seems to belong to, while a person
    is asked, and ``how`` why it seems so. ``left_out`` says what was not kept of it.
    """

    class State(models.TextChoices):
        THREADED = "threaded"
        WAITING = "waiting"
        IGNORED = "ignored"
        BOUNCE = "bounce"
        SET_ASIDE = "set_aside"

    fingerprint = models.CharField(max_length=64, unique=True)
    message_id = models.CharField(max_length=250, db_index=True)
    from_name = models.CharField(max_length=200, blank=True, default="")
    from_address = models.CharField(max_length=254, blank=True, default="", db_index=True)
    to_addresses = models.TextField(blank=True, default="")
    subject = models.CharField(max_length=200, blank=True, default="")
    said_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    text = models.TextField(blank=True, default="")
    in_reply_to = models.CharField(max_length=250, blank=True, default="")
    references = models.TextField(blank=True, default="")
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.TextField(blank=True, default="")
    thread = models.CharField(max_length=80, blank=True, default="", db_index=True)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    like = models.CharField(max_length=80, blank=True, default="")
    how = models.CharField(max_length=10, blank=True, default="")
    about = models.CharField(max_length=80, blank=True, default="")
    left_out = models.TextField(blank=True, default="")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.CharField(max_length=120, blank=True, default="")
    answers = models.ForeignKey(Message, models.PROTECT, null=True, related_name="answered_by")
    raw = models.ForeignKey(Document, models.PROTECT, related_name="+")
    enclosures = models.ManyToManyField(Document, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="threaded_mail_has_its_thread",
                condition=~Q(state="threaded") | ~Q(thread=""),
            ),
            models.CheckConstraint(
                name="waiting_mail_has_no_thread_yet",
                condition=~Q(state="waiting") | Q(thread=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-received_at"])]


class MailHold(models.Model):
    """Since when nothing goes out that the house writes by itself: it was restored.

    ``taken_at`` is the moment of the backup; what came after it is not known here. Once a
    person said when the old house stopped, at ``stopped_at``, the time between the two is
    lived through again by whoever has the lease, ``lived_until`` so far, and then mail is
    released.
    """

    since = models.DateTimeField()
    taken_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    lived_until = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)


class Mailbox(models.Model):
    """A mailbox that is looked into, and whether that worked the last time."""

    name = models.CharField(max_length=250, unique=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")


class Hook(models.Model):
    """A webhook: where lines of some kinds are sent that its holder may read.

    ``kinds`` are kinds of fact, none for all but noise. ``position`` is the line of the chain
    up to which all were looked at. After failures it ``rests_until`` a later instant. Its
    secret is computed from the secret of the house and the nonce.
    """

    holder = models.ForeignKey(User, models.PROTECT, related_name="hooks")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=500)
    kinds = models.JSONField(default=list)
    nonce = models.CharField(max_length=32)
    position = models.BigIntegerField()
    failures = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["position"], condition=Q(ended_at=None), name="hooks_live")
        ]

    def __str__(self) -> str:
        return self.name


class HookDelivery(models.Model):
    """One line for one webhook, and what became of it. ``line`` is its place in the chain."""

    class State(models.TextChoices):
        DUE = "due"
        SENT = "sent"
        DEAD = "dead"

    hook = models.ForeignKey(Hook, models.PROTECT, related_name="deliveries")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    line = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hook", "entry"], name="one_delivery_a_line")
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at"], condition=Q(state="due"), name="deliveries_due"),
            models.Index(fields=["hook", "-line"]),
        ]
