"""Controls of forms, drawn without a template each: a page has dozens of them.

They are letter for letter what Django's own templates say; what is not here, these draw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

FOLDER = "django/forms/widgets/"
INPUTS = ("input", "text", "number", "email", "hidden", "date", "datetime", "checkbox")


class QuickRenderer(DjangoTemplates):
    """Draws the common controls itself."""

    def render(
        self, template_name: str, context: Mapping[str, Any], request: Any = None
    ) -> SafeString:
        """The control as HTML.

        A browser cuts a longer text that is pasted in; the server says so instead.
        """
        context.get("widget", {}).get("attrs", {}).pop("maxlength", None)
        drawn = DRAWN.get(template_name)
        if drawn is None:
            return mark_safe(super().render(template_name, dict(context), request))  # noqa: S308
        return mark_safe(drawn(context["widget"]))  # noqa: S308


def _text(value: object) -> str:
    return conditional_escape(value if isinstance(value, SafeString) else str(value))


def _attrs(widget: Mapping[str, Any]) -> str:
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget: Mapping[str, Any]) -> str:
    value = widget["value"]
    given = "" if value is None else f' value="{_text(value)}"'
    name = _text(widget["name"])
    return f'<input type="{_text(widget["type"])}" name="{name}"{given}{_attrs(widget)}>'


def _textarea(widget: Mapping[str, Any]) -> str:
    written = _text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attrs(widget)}>\n{written}</textarea>'


def _select(widget: Mapping[str, Any]) -> str:
    parts = [f'<select name="{_text(widget["name"])}"{_attrs(widget)}>']
    for group, options, _ in widget["optgroups"]:
        parts += [f'\n  <optgroup label="{_text(group)}">'] if group else []
        parts += [
            f'\n  <option value="{_text(o["value"])}"{_attrs(o)}>{_text(o["label"])}</option>\n'
            for o in options
        ]
        parts += ["\n  </optgroup>"] if group else []
    return "".join([*parts, "\n</select>"])


DRAWN: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    **{f"{FOLDER}{name}.html": _input for name in INPUTS},
    f"{FOLDER}textarea.html": _textarea,
    f"{FOLDER}select.html": _select,
}
