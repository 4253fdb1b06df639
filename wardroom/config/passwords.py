"""What a new password must be, for Django: the rules of the directory with the city's words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from wardroom.directory.rules.passwords import LONGEST, is_guessed, shortest


class LongEnough:
    """Twelve characters beside a second factor, fifteen without."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuses: one that is too short, or longer than any password need be."""
        least = self._least(user)
        if len(password) < least:
            say = f"This password is too short. It needs at least {least} characters."
            raise ValidationError(say, code="password_too_short")
        if len(password) > LONGEST:
            say = f"This password is too long. Keep it within {LONGEST} characters."
            raise ValidationError(say, code="password_too_long")

    def get_help_text(self, user: Any = None) -> str:
        """The rule in a sentence, as it is for somebody."""
        least = self._least(user)
        return f"At least {least} characters. A few words in a row are easy to remember."

    def _least(self, user: Any) -> int:
        has = bool(getattr(user, "second_factor", False))
        return shortest(second_factor=has or settings.SECOND_FACTOR == "required")


class NotGuessed(CommonPasswordValidator):
    """Neither common, nor a pattern, nor made of the names of the office and the person."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuses: one that somebody would try first."""
        own = (getattr(user, "email", "") or "", getattr(user, "name", "") or "")
        words = (*settings.PASSWORD_WORDS, *own)
        if is_guessed(password, words=words, common=self.passwords):
            say = (
                "This password is too common or too easy to guess. "
                "Take a few words that have nothing to do with you or the office."
            )
            raise ValidationError(say, code="password_too_common")

    def get_help_text(self, user: Any = None) -> str:
        """The rule in a sentence."""
        return "Not a common password, and not made of your name or the office's."
