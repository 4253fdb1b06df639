"""How a number of a thing is read from an address."""

from __future__ import annotations

from django.urls.converters import IntConverter


class IdConverter(IntConverter):
    """The number of a thing; one too long for any database names nothing."""

    regex = "[0-9]{1,18}"
