"""Forms for people without an account: counted by the hour, and closed to machines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest

from wardroom.api.limits import few_enough, sending
from wardroom.web.ui.forms import SLOW_DOWN, Form, submit

HOURLY = 20
REACHED_BY = ("email", "phone")
TOO_MANY = "Too many asked from here within an hour. Try again later."


class StrangerForm(Form):
    """A form for everybody. The last field is for machines only.

    Its name means nothing to a browser that fills in what it knows of somebody.
    """

    leave_empty = forms.CharField(
        required=False,
        label="Leave this empty",
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return [bound for bound in self if bound.name != "leave_empty"]


def taken(
    request: HttpRequest,
    form: StrangerForm,
    act: Callable[[dict[str, Any]], object],
    *,
    counted_as: str,
    too_many: str = TOO_MANY,
) -> bool:
    """Do what a stranger asks; a machine that fills in every field is thanked and forgotten.

    False where the form stays open: too many were sent from here, or a field is wrong.
    """
    if not few_enough(request, f"tried_{counted_as}", HOURLY):
        form.add_error(None, too_many)
        form.status = SLOW_DOWN
        return False

    def once(given: dict[str, Any]) -> bool:
        if not given.pop("leave_empty"):
            contacts = (str(given.get(name, "")) for name in REACHED_BY)
            with sending(request, counted_as, *contacts, too_often=too_many):
                act(given)
        return True

    return submit(form, once) is not None
