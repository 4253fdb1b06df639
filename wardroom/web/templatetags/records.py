"""The words of asking for records, for a page that has only its language."""

from __future__ import annotations

from django import template

from wardroom.records.rules.tongues import RecordsTongue, tongue_of

register = template.Library()


@register.simple_tag
def records_words(code: str) -> RecordsTongue:
    """The words of asking for records in a language."""
    return tongue_of(code)
