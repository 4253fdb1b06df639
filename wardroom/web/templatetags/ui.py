"""The components as template tags."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.core.serializers.json import DjangoJSONEncoder
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wardroom.web.history.lens import lens
from wardroom.web.ui.bars import Bars
from wardroom.web.ui.filters import Filters
from wardroom.web.ui.keys import HELP, OF_ISSUE
from wardroom.web.ui.plots import Plot
from wardroom.web.ui.tables import Table, Tag
from wardroom.web.ui.words import STATES, state_tag

register = template.Library()

CLASSES = {
    forms.Textarea: "usa-textarea",
    forms.Select: "usa-select",
}


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """A day as people write it, marked up as a date."""
    if value is None or value == "":
        return "-"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return format_html(
        '<time datetime="{}" class="nowrap">{}</time>', value.isoformat(), date_format(value)
    )


@register.filter
def plainly(value: object) -> str:
    """A value as JSON, for an attribute that a script of the page reads."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def instant(value: datetime | None) -> SafeString | str:
    """A day and a time on the office's clock."""
    if value is None or value == "":
        return "-"
    here = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>',
        here.isoformat(),
        date_format(here, "DATETIME_FORMAT"),
    )


@register.filter
def thousands(value: float | None) -> str:
    """A whole number with its commas."""
    return "-" if value is None else f"{value:,.0f}"


@register.filter
def rounded(value: float | None, places: int = 1) -> str:
    """A number to so many places."""
    return "-" if value is None else f"{value:,.{places}f}"


@register.filter
def unlocalized(value: float) -> str:
    """A coordinate as programs write it."""
    return f"{value:.6f}"


@register.filter
def plain_state(value: str) -> str:
    """A state's word without its tag."""
    return STATES[value].text if value in STATES else value.replace("_", " ")


@register.inclusion_tag("ui/tag.html")
def tag(text: str, tone: str = "") -> dict[str, Any]:
    """A short word on a coloured ground; the colour never stands alone."""
    return {"tag": Tag(str(text), tone)}


@register.inclusion_tag("ui/tag.html")
def state(value: str) -> dict[str, Any]:
    """The tag of a state."""
    return {"tag": state_tag(value)}


@register.simple_tag
def shortcut(verb: str) -> SafeString | str:
    """The key that does this on the page of an issue, as an attribute; nothing without one."""
    key = OF_ISSUE.get(verb)
    return format_html(' aria-keyshortcuts="{}"', key.keys) if key else ""


@register.inclusion_tag("ui/keys.html")
def show_keys() -> dict[str, Any]:
    """The help that "?" opens, from the one list of keys."""
    return {"groups": HELP}


@register.inclusion_tag("ui/table.html")
def show_table(table: Table) -> dict[str, Any]:
    """The one table."""
    return {"table": table}


@register.inclusion_tag("ui/filters.html", takes_context=True)
def show_filters(context: Any, filters: Filters, live: bool = True) -> dict[str, Any]:
    """The one filter bar; what it sends replaces the query of the address."""
    return {"filters": filters, "live": live, "path": context["request"].path}


@register.inclusion_tag("ui/bars.html")
def show_bars(bars: Bars) -> dict[str, Any]:
    """The one chart."""
    return {"bars": bars}


@register.inclusion_tag("ui/plot.html")
def show_plot(plot: Plot) -> dict[str, Any]:
    """Lines, bands and points."""
    return {"plot": plot}


@register.inclusion_tag("ui/timeline.html", takes_context=True)
def show_timeline(context: Any, lines: Any) -> dict[str, Any]:
    """What happened, newest first, as the page's address asks to see it."""
    return {"lens": lens(context["request"], lines)}


@register.inclusion_tag("ui/paging.html")
def show_paging(paging: Any) -> dict[str, Any]:
    """The way to the pages before and after."""
    return {"paging": paging}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: Any, heading: str = "This was not saved") -> dict[str, Any]:
    """Every error of a form, each a link to its field; in focus unless a field asks for it."""
    linked = [
        (form[name].id_for_label or form[name].auto_id, text)
        for name, texts in form.errors.items()
        if name in form.fields
        for text in texts
    ]
    loose = form.non_field_errors() if form.is_bound else ()
    focused = not any("autofocus" in one.widget.attrs for one in form.fields.values())
    return {"linked": linked, "loose": loose, "heading": heading, "focused": focused}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, span: str = "") -> dict[str, Any]:
    """A field with its label, its hint and its error beside it."""
    widget, errors, name = bound.field.widget, bound.errors, bound.auto_id
    described = []
    if bound.help_text:
        described.append(f"{name}_hint")
    if errors:
        described.append(f"{name}_error")
    attrs: dict[str, Any] = {}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if errors:
        attrs["aria-invalid"] = "true"
    if bound.field.required:
        attrs["aria-required"] = "true"
    several = isinstance(widget, forms.CheckboxSelectMultiple)
    group = "checkbox" if several else "radio" if isinstance(widget, forms.RadioSelect) else ""
    tick = isinstance(widget, forms.CheckboxInput)
    if not group:
        kind = next((c for w, c in CLASSES.items() if isinstance(widget, w)), "usa-input")
        attrs["class"] = "usa-checkbox__input" if tick else kind
    return {
        "errors": errors,
        "hint": bound.help_text,
        "id": name,
        "for": bound.id_for_label,
        "label": bound.label,
        "hidden": bound.is_hidden,
        "span": span,
        "group": group,
        "tick": tick,
        "choices": _choices(bound) if group else (),
        "control": "" if group else bound.as_widget(attrs=attrs),
        "described": " ".join(described),
        "optional": not (
            bound.field.required or bound.name in getattr(bound.form, "needed_at_times", ())
        ),
    }


def _choices(bound: BoundField) -> list[dict[str, Any]]:
    field: Any = bound.field
    hints = getattr(field, "hints", {})
    given = bound.value()
    chosen = {str(one) for one in (given if isinstance(given, list | tuple) else [given or ""])}
    return [
        {
            "id": f"{bound.auto_id}_{i}",
            "name": bound.html_name,
            "value": value,
            "label": label,
            "hint": hints.get(value, ""),
            "checked": str(value) in chosen,
        }
        for i, (value, label) in enumerate(field.choices)
    ]
