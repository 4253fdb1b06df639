"""The frame of public pages as template tags, and what programs read of them."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from wardroom.web.everybody import PublicFrame, public_frame

register = template.Library()
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def frame_of(context: Any) -> PublicFrame:
    """The frame of this page, in its language."""
    return public_frame(context["request"], context.get("tongue"))


@register.simple_tag(takes_context=True)
def to(context: Any, name: str, *args: Any) -> str:
    """The address of a public page, in the language of this one."""
    frame: PublicFrame = context["public"]
    return reverse(name, args=args) + frame.keep


@register.simple_tag
def linked_data(data: Any) -> SafeString | str:
    """What programs read of a page (JSON-LD): data, which no browser runs."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308
