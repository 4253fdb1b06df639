"""The words of reporting and following, for pages that no view of theirs draws."""

from __future__ import annotations

from typing import Any

from django import template

from wardroom.casework.rules.tongues import Told, told_in
from wardroom.web.tongues import read_in

register = template.Library()


@register.simple_tag(takes_context=True)
def told_here(context: Any) -> Told:
    """The words in the language of the reader."""
    return told_in(read_in(context["request"]).code)
