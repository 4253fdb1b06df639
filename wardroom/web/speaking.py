"""What a page for everybody is said in: the language of its reader, and what stays in English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.timezone import localtime

from wardroom.engagement.rules.tongues import Tongue
from wardroom.engagement.rules.tongues.everybody import EVERYBODY
from wardroom.engagement.rules.tongues.everybody.words import EverybodyWords, ListWords
from wardroom.web.everybody import public_frame
from wardroom.web.tongues import read_in

ENGLISH = "en-US"


class Said(NamedTuple):
    """Some words, and their language where it is not that of the page."""

    text: str
    lang: str = ""


@dataclass(frozen=True)
class Speaking:
    """One reader's language; ``keep`` is what a link carries to stay in it."""

    tongue: Tongue
    keep: str

    @property
    def words(self) -> EverybodyWords:
        """The words of this language."""
        return EVERYBODY[self.tongue.code]

    @property
    def lists(self) -> ListWords:
        """The words around a list."""
        return self.words.lists

    @property
    def lang(self) -> str:
        """What marks a part in English; nothing on an English page."""
        return "" if self.tongue.code == "en" else ENGLISH

    def instant(self, at: datetime) -> str:
        """A day and a time on the office's clock."""
        return self.tongue.instant(localtime(at))

    def ward(self, code: str) -> str:
        """A ward as this language calls it."""
        return self.tongue.named["ward"].format(code=code)

    def published(self, text: str, at: datetime | None) -> Said:
        """A time as it was published in English; in another language as far as it is known."""
        if not self.lang:
            return Said(text)
        return Said(self.instant(at)) if at is not None else Said(text, self.lang)


def speaking(request: HttpRequest) -> Speaking:
    """The language that the reader chose, or the first that their browser asks for."""
    tongue = read_in(request)
    return Speaking(tongue, public_frame(request, tongue).keep)
