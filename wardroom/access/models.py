"""Users of the site and what they were granted. A user is not a party: parties are people."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignObject, Lookup, Model, Q, Subquery
from django.db.models.expressions import RawSQL
from django.utils.crypto import salted_hmac

from wardroom.access.actor import Role, Scope

FEW = 10


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup):
    """Whether a column holds one of many values, which go to the database as one."""

    lookup_name = "among"

    def get_prep_lookup(self) -> list[Any]:
        return sorted(self.lhs.output_field.get_prep_value(value) for value in self.rhs)

    def get_db_prep_lookup(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        sql, given = among(value, connection.vendor)
        return sql, [given]

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        if not self.rhs:
            raise EmptyResultSet
        column, before = self.process_lhs(compiler, connection)
        sql, given = self.process_rhs(compiler, connection)
        return f"{column} {sql}", [*before, *given]


def among(values: Iterable[Any], vendor: str) -> tuple[str, Any]:
    """What follows a column in SQL to say that it holds one of these, and the one parameter.

    A list of its own is looked up by hash, however it is negated; PostgreSQL's ANY is not.
    """
    some = list(values)
    if vendor == "postgresql":
        kind = "bigint" if all(isinstance(value, int) for value in some) else "text"
        return f"IN (SELECT unnest(%s::{kind}[]))", some
    return "IN (SELECT value FROM json_each(%s))", json.dumps(some)


def holds_any(path: str, values: Iterable[Any]) -> Q:
    """A condition that a column holds one of these values, however many they are."""
    some = list(values)
    return Q(**{f"{path}__{'in' if len(some) <= FEW else 'among'}": some})


@functools.cache
def pointing_at(
    model: type[models.Model], *, but: tuple[type[models.Model], ...] = ()
) -> tuple[tuple[type[models.Model], str], ...]:
    """Every table of the house that points at rows of this one, each with its column."""
    links: list[Any] = [
        field
        for field in model._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and field.related_model not in but
    ]
    return tuple((link.related_model, link.field.name) for link in links)


def in_pieces(rows: Any, *, by: str, size: int = 1_000) -> Iterator[list[Any]]:
    """The rows of a list of any length, some at a time, in the order of a column without twins.

    Each piece is a question of its own that goes on behind the last row: so no more than one
    piece is ever held, and what comes in meanwhile moves nothing.
    """
    column, way = by.removeprefix("-"), "lt" if by.startswith("-") else "gt"
    ordered = part = rows.order_by(by)
    while piece := list(part[:size]):
        yield piece
        if len(piece) < size:
            return
        last = piece[-1]
        behind = last[column] if isinstance(last, dict) else getattr(last, column)
        part = ordered.filter(**{f"{column}__{way}": behind})


def with_words(rows: Any, words: Iterable[str], *fields: str) -> Any:
    """The rows of a short table in which every word stands in one of the fields."""
    for word in words:
        either = Q()
        for field in fields:
            either |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(either)
    return rows


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows that can be limited to what an actor's scope lets in."""

    def within(self, scope: Scope) -> Self:
        """Only the rows inside the scope; paths across tables never repeat a row."""
        rows = self._open(scope)
        if scope.everything:
            return rows
        inside = Q(pk__in=[])
        for path, allowed in scope.any_of:
            inside |= self._matching(path, allowed)
        return rows.filter(inside)

    def parts_within(self, scope: Scope) -> tuple[Self, ...]:
        """The same rows as parts that share none, each of which one index can walk in order.

        A part is all rows that hold one value; a database that has to look for one thing or
        another sorts everything that it finds.
        """
        rows = self._open(scope)
        if scope.everything:
            return (rows,)
        parts: list[Self] = []
        before = Q()
        for path, allowed in scope.any_of:
            left = rows.exclude(before)
            parts += [left.filter(self._holding(path, value)) for value in sorted(allowed)]
            before |= self._matching(path, allowed)
        return tuple(parts)

    def page_of(
        self, parts: Sequence[Self], order: Sequence[Any], *, start: int, size: int
    ) -> Self:
        """A page of the rows of some parts in an order: whole rows are read for it alone.

        Each part is walked no further than the end of the page, and where a database has to
        sort, it sorts numbers only.
        """
        end = start + size
        first, last = (start, end) if len(parts) == 1 else (0, end)
        numbers = (part.order_by(*order).values("pk")[first:last] for part in parts)
        found, given = statements_of(numbers)
        if not found:
            return self.none()
        sql = " UNION ALL ".join(f"SELECT * FROM ({s}) AS part_{n}" for n, s in enumerate(found))  # noqa: S608
        rows = self.filter(pk__in=RawSQL(sql, [v for values in given for v in values]))  # noqa: S611
        rows = rows.order_by(*order)
        return rows if len(parts) == 1 else rows[start:end]

    def _open(self, scope: Scope) -> Self:
        rows = self
        for path, closed in scope.none_of:
            rows = rows.exclude(self._matching(path, closed))
        return rows

    def _matching(self, path: str, values: frozenset[Any]) -> Q:
        if _may_repeat(self.model, path):
            rows = self.model._base_manager.filter(holds_any(path, values))
            return Q(pk__in=rows.values("pk"))
        return holds_any(path, values)

    def _holding(self, path: str, value: Any) -> Q:
        """One value; where the path leads to the one row that holds it, by that row's number."""
        first, _, rest = path.partition("__")
        other: Any = self.model._meta.get_field(first).related_model if rest else None
        if other is None or "__" in rest:
            return self._matching(path, frozenset({value}))
        if not getattr(other._meta.get_field(rest.removesuffix("_id")), "unique", False):
            return self._matching(path, frozenset({value}))
        return Q(**{first: Subquery(other._base_manager.filter(**{rest: value}).values("pk")[:1])})


def statements_of(parts: Iterable[Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The SQL of some lists and its parameters; one that can hold nothing is left out."""
    found: list[str] = []
    given: list[tuple[Any, ...]] = []
    for part in parts:
        try:
            sql, values = part.query.sql_with_params()
        except EmptyResultSet:
            continue
        found.append(sql)
        given.append(tuple(values))
    return found, given


def _may_repeat(model: type[Model], path: str) -> bool:
    """Whether a path goes to many rows somewhere, so that a join would repeat the first."""
    for name in path.split("__")[:-1]:
        field = model._meta.get_field(name)
        if not (field.many_to_one or field.one_to_one) or not field.concrete:
            return True
        model = field.related_model  # type: ignore[assignment]
    return False


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who can sign in; nobody lets them in after ``ends_on``, where there is one.

    ``second_factor`` says that a password alone does not open this sign-in. ``sign_in_version``
    goes up with every change of factors: what was open before is closed then.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    ends_on = models.DateField(null=True, blank=True)
    second_factor = models.BooleanField(default=False)
    sign_in_version = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every open session of this user carries: another password, or factor, ends it."""
        of = f"{self.sign_in_version} {self.password}"
        salt = "wardroom.access.models.User"
        return salted_hmac(salt, of, secret=secret, algorithm="sha256").hexdigest()

    def is_let_in(self, on: date) -> bool:
        """Whether this sign-in opens anything on a day: it is not closed, and has not ended."""
        return self.is_active and (self.ends_on is None or on <= self.ends_on)


class StandingGrants(models.Manager["Grant"]):
    """The grants that stand: one that was called off before it began never held."""

    def get_queryset(self) -> models.QuerySet[Grant]:
        return super().get_queryset().filter(called_off=False)


class Grant(models.Model):
    """A role that a user holds for a time, with the ward or agency it reaches.

    A cover is a liaison's role in a colleague's ward for some days; it always ends. A role is
    ``bounded`` where the end of the whole sign-in cut it short; it ends on ``own_until`` else.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    ward_code = models.CharField(max_length=10, blank=True, default="")
    agency_code = models.CharField(max_length=20, blank=True, default="")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    bounded = models.BooleanField(default=False)
    own_until = models.DateField(null=True, blank=True)
    cover = models.BooleanField(default=False)
    called_off = models.BooleanField(default=False)

    objects = StandingGrants()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="cover_is_a_liaisons_and_ends",
                condition=Q(cover=False) | Q(role=Role.LIAISON.value, valid_until__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_ends_after_it_starts",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="grant_partner_has_agency",
                condition=~Q(role=Role.PARTNER.value) | ~Q(agency_code=""),
            ),
        ]


class Seal(models.Model):
    """Something restricted: only the people it names see it, in any list, count or search."""

    noun = models.CharField(max_length=30)
    key = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["noun", "key"], name="one_seal_a_thing")
        ]


class SealReader(models.Model):
    """Somebody to whom a sealed thing is open."""

    seal = models.ForeignKey(Seal, models.CASCADE, related_name="readers")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seal", "user"], name="one_reader_a_seal")
        ]


class ApiKey(models.Model):
    """What a program shows to be let in: for an app, or in the place of a user.

    Of its token only the hash is kept, and the first letters as a hint. ``publishes`` says
    that the app tells its users that what they send is public. ``last_used_on`` is a day.
    """

    name = models.CharField(max_length=120)
    holder = models.ForeignKey(User, models.PROTECT, null=True, related_name="api_keys")
    scopes = models.JSONField(default=list)
    publishes = models.BooleanField(default=False)
    jurisdiction = models.CharField(max_length=120, blank=True, default="")
    hourly_limit = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=6)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="api_key_ends_after_it_starts",
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("made_at")),
            ),
            models.CheckConstraint(
                name="api_key_lets_something_through", condition=Q(hourly_limit__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ApiCall(models.Model):
    """A call of a program that it gave a name: sent again, it is not done again.

    ``call`` is that name, ``digest`` the hash of what was sent, ``made`` the numbers of what
    came of it: the answer is told anew from them. The row stands with what the call did, or
    neither does.
    """

    key = models.ForeignKey(ApiKey, models.PROTECT, related_name="calls")
    call = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    made = models.CharField(max_length=60, blank=True, default="")
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "call"], name="one_row_a_call")
        ]


class SentForm(models.Model):
    """A form of a page that did something: sent once more as it is, it does nothing.

    ``digest`` is the hash of who sent it, where to, and all that was in it, the mark of its page
    too; ``sending`` tells the first time from all others. The row stands with what the form did,
    or neither does.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    sending = models.CharField(max_length=32)
    sent_at = models.DateTimeField(db_index=True)


class Tally(models.Model):
    """How often somebody did something of late, for each part of an hour.

    ``name`` is a keyed hash of what and who: no address and no contact stands here. ``until``
    is when the row counts for nothing any more.
    """

    name = models.CharField(max_length=64, primary_key=True)
    parts = models.JSONField(default=dict)
    until = models.DateTimeField(db_index=True)
