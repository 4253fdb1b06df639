"""What an issue says of itself, to be corrected."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.access.actor import Actor
from wardroom.casework import policy
from wardroom.kernel.errors import NotFound
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Matter, MatterLink


@dataclass(frozen=True)
class IssueDetails:
    """The fields of an issue that can be corrected, and the issue it was split from."""

    matter_id: int
    title: str
    topic_code: str
    place_id: int | None
    place_label: str
    ward_code: str
    owner_name: str
    public_text: str
    state: str
    split_from: int | None
    split_title: str
    allowed: frozenset[str]


def issue_details(matter_id: int, actor: Actor) -> IssueDetails:
    """What an issue says of itself; `NotFound` where it is out of reach."""
    seen = Matter.objects.within(matters_policy.reach_inside(actor)).filter(kind="issue")
    matter = seen.select_related("place", "owner", "issue__topic").filter(pk=matter_id).first()
    if matter is None:
        raise NotFound(f"no issue {matter_id}")
    link = get_split_link(matter) if matter.state == "open" else None
    may = set()
    if policy.may_correct_issue(actor, matter):
        may.add("correct_issue")
    if link is not None and policy.may_split_issue(actor, matter):
        may.add("undo_split")
    topic = matter.issue.topic
    return IssueDetails(
        matter_id=matter.pk,
        title=matter.title,
        topic_code=topic.code if topic else "",
        place_id=matter.place_id,
        place_label=matter.place.label if matter.place else "",
        ward_code=matter.ward_code,
        owner_name=matter.owner.name,
        public_text=matter.public_text,
        state=matter.state,
        split_from=link.to_id if link else None,
        split_title=link.to.title if link else "",
        allowed=frozenset(may),
    )


def get_split_link(matter: Matter) -> MatterLink | None:
    """The link to the issue that this one was split from, none where it was not."""
    links = MatterLink.objects.filter(of=matter, kind="split", ended_at=None)
    return links.select_related("to").order_by("-pk").first()
