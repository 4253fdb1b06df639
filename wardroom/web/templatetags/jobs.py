"""The words of applying, for a page that has only its language."""

from __future__ import annotations

from django import template

from wardroom.hiring.rules.tongues import JobTongue, tongue_of

register = template.Library()


@register.simple_tag
def job_words(code: str) -> JobTongue:
    """The words of applying in a language."""
    return tongue_of(code)
