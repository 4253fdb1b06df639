"""Users of the site and what they were granted. A user is not a party: parties are people."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from wardroom.access.actor import Role, Scope


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows that can be limited to what an actor's scope lets in."""

    def within(self, scope: Scope) -> Self:
        """Only the rows inside the scope; paths across tables never repeat a row."""
        rows = self
        for path, closed in scope.none_of:
            rows = rows.exclude(self._matching(path, closed))
        if scope.everything:
            return rows
        inside = Q(pk__in=[])
        for path, allowed in scope.any_of:
            inside |= self._matching(path, allowed)
        return rows.filter(inside)

    def _matching(self, path: str, values: frozenset[Any]) -> Q:
        if "__" in path:
            rows = self.model._base_manager.filter(**{f"{path}__in": list(values)})
            return Q(pk__in=rows.values("pk"))
        return Q(**{f"{path}__in": list(values)})


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who can sign in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Grant(models.Model):
    """A role that a user holds for a time, with the ward or agency it reaches.

    A cover is a liaison's role in a colleague's ward for some days; it always ends.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    ward_code = models.CharField(max_length=10, blank=True, default="")
    agency_code = models.CharField(max_length=20, blank=True, default="")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    cover = models.BooleanField(default=False)

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
