"""Correcting an issue: its title, topic, place and public words; and taking a splitting back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.casework.actions import NewPlace, correct_issue, undo_split
from wardroom.casework.queries import IssueDetails, issue_details
from wardroom.city.queries import PlaceRow, find_places, get_place
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.library.queries import topics
from wardroom.matters.queries import get_matter
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.rows import number_meant
from wardroom.web.ui.forms import Form, LongText, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.wards import all_wards

AS_TYPED = "typed"
Choices = Sequence[tuple[str, str]]


class DetailsForm(Form):
    """What an issue says of itself."""

    name = "details"
    saves = ("title", "topic_code", "place_id", "public_text")

    title = forms.CharField(label="Title", max_length=200)
    topic_code = forms.ChoiceField(label="Topic", required=False)
    place_text = forms.CharField(
        label="Another place",
        max_length=200,
        required=False,
        help_text="Address, corner, block or park. Left empty, the place stays.",
    )
    spot = forms.ChoiceField(label="Which place?", required=False, widget=forms.RadioSelect)
    ward_code = forms.ChoiceField(
        label="Ward",
        required=False,
        help_text="Used only if the new place has no point on the map.",
    )
    public_text = LongText(
        label="In plain words",
        required=False,
        max_length=2000,
        help_text="No names of residents, and nothing that is said inside the office only.",
    )

    def __init__(
        self, *args: Any, topics: Choices, spots: Choices, wards: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "topic_code": [("", "Not said yet"), *topics],
            "spot": spots,
            "ward_code": [("", "Not known"), *wards],
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """Another place that was typed is chosen from the list, or taken as typed."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("place_text") and not given.get("spot") and "spot" not in self.errors:
            self.add_error("spot", "Choose which place it is.")
        return given


class BackForm(Form):
    """It was the same trouble after all."""

    name = "unsplit"

    reason = LongText(label="Why it is the same problem", max_length=300)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Correct what an issue says of itself; look a place up; take a splitting back."""
    found = issue_details(matter_id, actor_of(request))
    if "correct_issue" not in found.allowed:
        raise NotAllowed
    if request.method != "POST":
        return _page(request, found, _form(request, found))
    if "unsplit" in request.POST:
        return _unsplit(request, found)
    if "look" in request.POST:
        typed = {k: str(v) for k, v in request.POST.items() if k in DetailsForm.base_fields}
        seen = request.POST.get("seen", "")
        return _page(request, found, _form(request, found, typed=typed, seen=seen))
    return _save(request, found)


def _save(request: HttpRequest, found: IssueDetails) -> HttpResponse:
    matter = get_matter(found.matter_id, actor_of(request))
    form = _form(request, found, data=request.POST)

    def act(given: dict[str, Any]) -> Any:
        return correct_issue(
            matter,
            title=given["title"],
            topic_code=given["topic_code"],
            place=_place(request, given),
            public_text=given["public_text"],
            ward_code=given["ward_code"],
            seen=given["seen"],
            stamp=stamp_of(request),
        )

    saved = submit(form, act)
    if saved is None:
        return _page(request, issue_details(found.matter_id, actor_of(request)), form)
    return _on(request, found, saved)


def _on(request: HttpRequest, found: IssueDetails, saved: Any) -> HttpResponse:
    moved = ""
    if saved.ward_code != found.ward_code:
        moved = f" It is in Ward {saved.ward_code} now: {saved.owner.name} owns it."
    try:
        get_matter(saved.pk, actor_of(request))
    except NotFound:
        return go_on(request, reverse("issues"), f"W-{saved.pk} was corrected.{moved}")
    return go_on(request, reverse("issue", args=[saved.pk]), f"Corrected.{moved}")


def _unsplit(request: HttpRequest, found: IssueDetails) -> HttpResponse:
    matter = get_matter(found.matter_id, actor_of(request))
    form = BackForm(request.POST)
    done = submit(form, lambda given: undo_split(matter, **given, stamp=stamp_of(request)))
    if done is None:
        return _page(request, found, _form(request, found), back_form=form)
    address = reverse("issue", args=[done.merged_into_id])
    return go_on(request, address, "The split was taken back: its complaint is here again.")


def _place(request: HttpRequest, given: dict[str, Any]) -> Any:
    """The place that was chosen, one that is new, or none where it stays."""
    spot = given["spot"]
    if not given["place_text"] or not spot:
        return None
    if spot == AS_TYPED:
        return NewPlace(given["place_text"])
    kind, _, rest = spot.partition(":")
    if kind == "id":
        number = number_meant(rest)
        try:
            return get_place(number or 0, actor_of(request))
        except NotFound:
            raise Refused("no_such_place", "Choose the place again.", field="spot") from None
    point, _, label = rest.partition("|")
    latitude, longitude = (float(part) for part in point.split(","))
    return NewPlace(label, latitude, longitude)


def _form(
    request: HttpRequest,
    found: IssueDetails,
    *,
    data: Any = None,
    typed: dict[str, str] | None = None,
    seen: str = "",
) -> DetailsForm:
    shown = {
        "title": found.title,
        "topic_code": found.topic_code,
        "place_id": found.place_id,
        "public_text": found.public_text,
    }
    sought = (data or typed or {}).get("place_text", "").strip()[:200]
    return DetailsForm(
        data,
        initial={**shown, **(typed or {})},
        seen=seen,
        topics=[(t.code, t.name) for t in topics() if not t.routine or t.code == found.topic_code],
        spots=spots_for(request, sought) if sought else (),
        wards=all_wards(request),
    )


def spots_for(request: HttpRequest, sought: str) -> list[tuple[str, str]]:
    """The places that are meant by what was typed, as answers of a form."""
    rows = find_places(actor_of(request), sought, on=today_of(request)).rows
    known = [(_spot(row), _words(row)) for row in rows]
    listed = [(value, words) for value, words in known if value != AS_TYPED]
    return [*listed, (AS_TYPED, f"As typed, without a point: {sought}")]


def _spot(row: PlaceRow) -> str:
    if row.place_id is not None:
        return f"id:{row.place_id}"
    if row.latitude is None or row.longitude is None:
        return AS_TYPED
    return f"at:{row.latitude:.6f},{row.longitude:.6f}|{row.label}"


def _words(row: PlaceRow) -> str:
    return f"{row.label} (Ward {row.ward_code})" if row.ward_code else row.label


def _page(
    request: HttpRequest, found: IssueDetails, form: DetailsForm, *, back_form: Form | None = None
) -> HttpResponse:
    shown = back_form or BackForm()
    return page(
        request,
        "issues/details.html",
        title="Correct the details",
        crumbs=(
            Crumb("Issues", "/issues/"),
            Crumb(f"W-{found.matter_id}", reverse("issue", args=[found.matter_id])),
            Crumb("Details"),
        ),
        status=max(form.status, shown.status),
        details=found,
        form=form,
        back_form=shown,
    )
