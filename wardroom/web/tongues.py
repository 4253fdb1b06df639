"""Pages in the reader's own language: which one it is, and forms that refuse in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from wardroom.engagement.rules.tongues import TONGUES, Tongue, tongue_of
from wardroom.kernel.errors import Refused
from wardroom.web.ui.forms import Form


def read_in(request: HttpRequest) -> Tongue:
    """The language of a page: the one in its address, else the first that the browser asks for."""
    chosen = request.GET.get("language", "")
    if chosen in TONGUES:
        return TONGUES[chosen]
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    bare = (tag.partition("-")[0] for tag, weight in asked if weight)
    return tongue_of(next((code for code in bare if code in TONGUES), ""))


class TongueForm(Form):
    """A form in the reader's own language, as far as that language has the sentences."""

    def __init__(self, *args: Any, tongue: Tongue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tongue = tongue
        for field in self.fields.values():
            field.error_messages["required"] = tongue.pages.fill_in

    def said(self) -> Mapping[str, str]:
        """The sentences of refusals, by their codes."""
        return {}

    def refuse(self, no: Refused) -> None:
        """Say it in the reader's language where that language has the sentence."""
        super().refuse(Refused(no.code, self.said().get(no.code, no.sentence), field=no.field))
