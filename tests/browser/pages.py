"""Every page of the site with somebody who may see it, and what each page must keep to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, Visit
from wardroom.engagement.rules.tongues.frames import FRAMES

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": WCAG},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
LOOK = """() => ({
  title: document.title,
  headings: [...document.querySelectorAll("h1")].filter((h) => h.checkVisibility()).length,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  widest: [...document.querySelectorAll("main *")]
    .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(0, 3).map((e) => e.outerHTML.slice(0, 120)),
})"""
# Folds that share a name close each other, so the name goes before they are opened.
UNFOLD = """() => document.querySelectorAll("details").forEach((fold) => {
  fold.removeAttribute("name");
  fold.open = true;
})"""
AXE = Axe()


@dataclass(frozen=True)
class Shown:
    """A page: who looks, where; or the first link of a kind on a list, and what follows it.

    A negative place counts from the end of the list. ``leads`` is a kind of link on the page
    that was found, which is followed in turn, and ``last`` what follows there.
    """

    who: str
    path: str
    first: str = ""
    then: str = ""
    place: int = 0
    leads: str = ""
    last: str = ""

    def __str__(self) -> str:
        named = f"{self.path}>{self.first}/{self.then}" if self.first else self.path
        return f"{self.who or 'visitor'} {named}{self.place or ''}{self.leads}{self.last}"


PAGES = (
    Shown("", "/near/"),
    Shown("", "/near/?language=am"),
    Shown("", "/near/ward/5/"),
    Shown("", "/near/smd/5C07/?language=es"),
    Shown("", "/near/", first="near/location"),
    Shown("", "/near/", first="near/location", leads="near/place"),
    Shown("", "/news/?language=zh"),
    Shown("", "/account/login/"),
    Shown("nobody", "/"),
    Shown("liaison5", "/"),
    Shown("liaison5", "/account/logout/"),
    Shown("liaison5", "/account/reauthenticate/"),
    Shown("liaison5", "/account/password/"),
    Shown("liaison5", "/candidates/"),
    Shown("liaison5", "/candidates/?decided=refuse"),
    Shown("liaison5", "/candidates/?topic=none-of-this-name&decided=watch"),
    Shown("liaison5", "/candidates/?list=busiest&sort=evenbusy"),
    Shown("liaison5", "/candidates/?sort=-office"),
    Shown("director", "/candidates/walks/"),
    Shown("liaison5", "/candidates/walks/?why=silent"),
    Shown("director", "/candidates/weights/"),
    Shown("liaison5", "/candidates/weights/"),
    Shown("liaison5", "/candidates/", first="candidates"),
    Shown("liaison5", "/candidates/?decided=designate", first="candidates"),
    Shown("liaison5", "/candidates/?decided=refuse", first="candidates"),
    Shown("liaison5", "/locations/"),
    Shown("liaison5", "/locations/?state=closed"),
    Shown("director", "/locations/?state=on_watch", first="locations"),
    Shown("director", "/locations/?state=relapsed", first="locations"),
    Shown("director", "/locations/?state=relapsed", first="locations", then="story/"),
    Shown("director", "/locations/?state=relapsed", first="locations", then="analysis/"),
    Shown("liaison5", "/locations/nominate/"),
    Shown("liaison5", "/locations/nominations/"),
    Shown("liaison5", "/locations/", first="locations", then="public/"),
    Shown("director", "/locations/nominations/", first="locations/nominations"),
    Shown("director", "/locations/rule/"),
    Shown("liaison5", "/locations/", first="locations"),
    Shown("liaison5", "/locations/", first="locations", then="plan/"),
    Shown("liaison5", "/locations/", first="locations", then="plan/1/"),
    Shown("liaison5", "/locations/", first="locations", then="plan/steps/1/"),
    Shown("liaison5", "/initiatives/"),
    Shown("director", "/initiatives/?kind=campaign"),
    Shown("director", "/initiatives/?kind=campaign", first="initiatives"),
    Shown("liaison5", "/initiatives/", first="initiatives"),
    Shown("director", "/initiatives/?kind=campaign", first="initiatives", then="wards/"),
    Shown("liaison5", "/initiatives/new/"),
    Shown("liaison5", "/initiatives/", first="initiatives", then="plan/"),
    Shown("liaison5", "/initiatives/", first="initiatives", then="plan/1/"),
    Shown("liaison5", "/initiatives/", first="initiatives", then="plan/2/"),
    Shown("director", "/initiatives/?ward=5", first="initiatives", then="plan/steps/1/"),
    Shown("liaison5", "/alerts/?state=all"),
    Shown("nobody", "/open-data/"),
    Shown("nobody", "/open311/"),
    Shown("liaison5", "/alerts/new/"),
    Shown("liaison5", "/alerts/?state=all", first="alerts"),
    Shown("director", "/alerts/?state=opened", first="alerts"),
    Shown("liaison5", "/incidents/"),
    Shown("liaison5", "/incidents/", first="incidents"),
    Shown("liaison5", "/visits/"),
    Shown("liaison5", "/visits/new/"),
    Shown("liaison5", "/visits/ask/"),
    Shown("liaison5", "/visits/?decision=accepted&state=all", first="visits"),
    Shown("liaison5", "/visits/?decision=accepted&state=all", first="visits", then="run/"),
    Shown(
        "liaison5",
        "/visits/?decision=accepted",
        first="visits",
        place=-1,
        then="run/",
        leads=r"visits/\d+/run/\d+/change/",
    ),
    Shown("director", "/visits/?decision=waiting", first="visits"),
    Shown("liaison5", "/visits/?decision=accepted&state=all", first="visits", leads="visits/door"),
    Shown(
        "liaison5",
        "/visits/?decision=accepted&state=all",
        first="visits",
        leads="visits/door",
        last="go/",
    ),
    Shown("liaison5", "/bodies/"),
    Shown("liaison5", "/bodies/new/"),
    Shown("liaison5", "/bodies/", first="bodies"),
    Shown("liaison5", "/bodies/", first="bodies/meetings"),
    Shown("liaison5", "/open-meetings/?when=all"),
    Shown("liaison5", "/open-meetings/?when=past", first="open-meetings"),
    Shown("liaison5", "/ancs/"),
    Shown("liaison5", "/ancs/", first="ancs"),
    Shown("liaison5", "/ancs/", first="ancs/meetings"),
    Shown("director", "/commitments/programs/"),
    Shown("director", "/commitments/programs/new/"),
    Shown("director", "/commitments/programs/", first="commitments/programs"),
    Shown("liaison5", "/ancs/notices/"),
    Shown("liaison5", "/ancs/notices/", first="ancs/notices"),
    Shown("liaison5", "/ancs/notices/new/"),
    Shown("liaison5", "/ancs/notices/own/"),
    Shown("partner.dpw", "/ancs/notices/"),
    Shown("partner.dpw", "/ancs/notices/", first="ancs/notices"),
    Shown("partner.dpw", "/ancs/notices/new/"),
    Shown("liaison5", "/commissions/"),
    Shown("liaison5", "/commissions/new/"),
    Shown("liaison5", "/commissions/", first="commissions"),
    Shown("director", "/commitments/?state=heard"),
    Shown("liaison5", "/commitments/new/"),
    Shown("director", "/commitments/?state=heard", first="commitments"),
    Shown("director", "/guidelines/"),
    Shown("director", "/guidelines/new/"),
    Shown("director", "/guidelines/", first="guidelines"),
    Shown("liaison5", "/group-plans/"),
    Shown("liaison5", "/group-plans/new/"),
    Shown("director", "/group-plans/", first="group-plans"),
    Shown("liaison5", "/assistance/"),
    Shown("liaison5", "/assistance/new/"),
    Shown("liaison5", "/assistance/", first="assistance"),
    Shown("liaison5", "/reviews/"),
    Shown("liaison5", "/reviews/new/"),
    Shown("liaison5", "/reviews/", first="reviews"),
    Shown("liaison5", "/groups/"),
    Shown("liaison5", "/groups/new/"),
    Shown("liaison5", "/groups/", first="groups"),
    Shown("liaison5", "/groups/", first="groups", leads="groups/meetings"),
    Shown("liaison5", "/groups/", first="groups", leads=r"join/[\w-]+/"),
    Shown("liaison5", "/groups/", first="groups", leads=r"join/[\w-]+/", last="?language=am"),
    Shown("liaison5", "/groups/", first="groups", leads=r"groups/\d+/asking"),
    Shown("liaison5", "/news/?language=ko"),
    Shown("", "/report/?topic_code=rodents"),
    Shown("", "/report/?language=am&topic_code=dumping"),
    Shown("", "/mine/?language=zh"),
    Shown("director", "/topics/"),
    Shown("director", "/topics/rodents/"),
    Shown("liaison5", "/news/feeds/"),
    Shown("liaison5", "/subscribers/"),
    Shown("liaison5", "/subscribers/new/"),
    Shown("liaison5", "/subscribers/", first="subscribers"),
    Shown("director", "/subscribers/boundaries/"),
    Shown("director", "/circulars/"),
    Shown("liaison5", "/circulars/new/"),
    Shown("director", "/circulars/", first="circulars"),
    Shown("liaison5", "/outreach/"),
    Shown("director", "/outreach/?by=language"),
    Shown("liaison5", "/outreach/contacts/?by=ward&key=5"),
    Shown("liaison5", "/outreach/touches/"),
    Shown("director", "/outreach/plans/"),
    Shown("director", "/outreach/plans/new/"),
    Shown("liaison5", "/outreach/plans/", first="outreach/plans"),
    Shown("liaison5", "/outreach/strategies/"),
    Shown("liaison5", "/improvements/"),
    Shown("liaison5", "/improvements/new/"),
    Shown("liaison5", "/improvements/", first="improvements"),
    Shown("director", "/evaluations/"),
    Shown("director", "/evaluations/?state=withdrawn"),
    Shown("director", "/evaluations/", first="evaluations"),
    Shown("liaison5", "/evaluations/new/"),
    Shown("director", "/checks/"),
    Shown("director", "/checks/new/"),
    Shown("director", "/checks/?state=ended", first="checks"),
    Shown("director", "/checks/?state=walked", first="checks"),
    Shown("director", "/checks/?state=walked", first="checks", then="walks/1/"),
    Shown("director", "/checks/2/stops/41/"),
    Shown("director", "/checks/?state=disputed", first="checks"),
    Shown("director", "/checks/chosen/"),
    Shown("partner.dpw", "/checks/found/"),
    Shown("partner.dpw", "/checks/found/?state=open", first="checks/found"),
    Shown("liaison5", "/checks/walk/"),
    Shown("liaison5", "/calendar/"),
    Shown("liaison5", "/calendar/?week=2026-11-23&agency=DPW"),
    Shown("liaison5", "/calendar/?week=2026-11-23", first="calendar"),
    Shown("liaison5", "/calendar/new/"),
    Shown("liaison5", "/calendar/?show=list"),
    Shown("liaison5", "/calendar/feeds/"),
    Shown("liaison5", "/calendar/others/"),
    Shown("liaison5", "/calendar/public/"),
    Shown("liaison5", "/calendar/?show=list&week=2026-11-09&kind=meeting", first="calendar"),
    Shown(
        "liaison5",
        "/calendar/?show=list&week=2026-11-09&kind=meeting",
        first="calendar",
        then="live/",
    ),
    Shown("liaison5", "/people/?kind=civic"),
    Shown("liaison5", "/people/?kind=civic", first="people"),
    Shown("liaison5", "/people/?kind=anc&ward=5", first="people"),
    Shown("liaison5", "/people/?kind=person&ward=5&language=es", first="people"),
    Shown("liaison5", "/people/?kind=person&ward=5&language=es", first="people", then="brief/"),
    Shown("liaison5", "/people/organizations/new/"),
    Shown("liaison5", "/people/import/"),
    Shown("liaison5", "/people/import/", first="people/imports"),
    Shown("liaison5", "/people/twins/"),
    Shown("liaison5", "/services/"),
    Shown("liaison5", "/services/?q=rent&ward=7&open=now"),
    Shown("liaison5", "/services/", first=r"services/[0-9a-f-]{36}/"),
    Shown("liaison5", "/services/", first=r"services/[0-9a-f-]{36}/", then="edit/"),
    Shown("liaison5", "/services/new/"),
    Shown("liaison5", "/services/gaps/"),
    Shown("director", "/policies/"),
    Shown("director", "/policies/", first="policies"),
    Shown("director", "/policies/", first="policies", leads="reports/sheets/policy"),
    Shown("director", "/policies/", first="policies", leads="reports/sheets/policy", last="edit/"),
    Shown("liaison5", "/referrals/new/"),
    Shown("liaison5", "/referrals/?state=all"),
    Shown("liaison5", "/referrals/", first="referrals"),
    Shown("liaison5", "/services/files/"),
    Shown("liaison5", "/services/files/", first="services/files"),
    Shown("liaison5", "/people/twins/", first=r"people/\d+/join"),
    Shown("director", "/teams/"),
    Shown("liaison5", "/teams/5/"),
    Shown("liaison5", "/teams/5/", first="teams/meetings"),
    Shown("liaison5", "/teams/5/", first="teams/meetings", place=-1),
    Shown("liaison5", "/teams/5/", first="teams/meetings", then="matters/?q=street"),
    Shown("liaison5", "/teams/5/", first="teams/meetings", place=-1, then="list/"),
    Shown("partner.dpw", "/calendar/?week=2026-11-23"),
    Shown("liaison5", "/walks/"),
    Shown("liaison5", "/walks/new/"),
    Shown("liaison5", "/walks/1/"),
    Shown("liaison5", "/walks/1/ledger/"),
    Shown("liaison5", "/walks/2/go/"),
    Shown("liaison5", "/issues/"),
    Shown("liaison5", "/issues/?state=closed&back=yes"),
    Shown("liaison5", "/issues/new/"),
    Shown("liaison5", "/issues/", first="issues"),
    Shown("liaison5", "/issues/", first="issues", then="details/"),
    Shown("liaison5", "/issues/?tick=page"),
    Shown("liaison5", "/issues/batches/"),
    Shown("liaison5", "/issues/batches/", first="issues/batches"),
    Shown("liaison5", "/issues/batches/new/?all=1"),
    Shown("liaison5", "/issues/", first="issues", then="ask/?like=usual"),
    Shown("liaison5", "/issues/", first="issues", then="todo/"),
    Shown("liaison5", "/issues/", first="issues", then="close/"),
    Shown("liaison5", "/day/"),
    Shown("liaison5", "/day/?whose=all&span=week"),
    Shown("liaison5", "/search/"),
    Shown("liaison5", "/search/?q=alley"),
    Shown("liaison5", "/search/?q=zzzzqqqq"),
    Shown("liaison5", "/capture/names/?sign=%23"),
    Shown("liaison5", "/capture/names/?sign=@&q=works"),
    Shown("liaison5", "/issues/?state=open&date=late"),
    Shown("director", "/search/?q=street", first="places"),
    Shown("director", "/search/?q=park", first="areas/ground"),
    Shown("liaison5", "/areas/anc/5D/"),
    Shown("liaison5", "/people/"),
    Shown("liaison5", "/people/?q=nobody-of-this-name"),
    Shown("liaison5", "/people/?kind=person", first="people"),
    Shown("liaison5", "/people/?kind=agency", first="people"),
    Shown("liaison5", "/people/names/"),
    Shown("liaison5", "/people/names/", first="people/names"),
    Shown("director", "/matters/1/history/"),
    Shown("liaison5", "/search/?q=called", first="lines"),
    Shown("liaison5", "/areas/ward/5/"),
    Shown("liaison5", "/asks/"),
    Shown("liaison5", "/asks/?state=countered", first="asks"),
    Shown("liaison5", "/asks/?state=done", first="asks"),
    Shown("liaison5", "/reports/"),
    Shown("liaison5", "/reports/", first="reports"),
    Shown("liaison5", "/reports/", first="reports", then="write/"),
    Shown("liaison5", "/reports/", first="reports", place=-1),
    Shown("liaison5", "/reports/", first="reports", then="rows/matters_open/"),
    Shown("director", "/reports/roll-ups/"),
    Shown("liaison5", "/reports/roll-ups/"),
    Shown("director", "/reports/roll-ups/", first="reports"),
    Shown("director", "/reports/roll-ups/", first="reports", place=-1),
    Shown("director", "/reports/roll-ups/", first="reports", then="write/"),
    Shown("liaison5", "/reports/anc/"),
    Shown("liaison5", "/reports/anc/", first="reports"),
    Shown("liaison5", "/reports/anc/", first="reports", then="write/"),
    Shown("director", "/reports/word/weekly/"),
    Shown("liaison5", "/locations/", first="locations", leads="reports/sheets/memo"),
    Shown("liaison5", "/walks/?state=over", first="walks", leads="reports/sheets/walk"),
    Shown("liaison5", "/measures/"),
    Shown("director", "/measures/?by=kind&ward=5"),
    Shown("director", "/measures/promises/"),
    Shown("director", "/measures/compared/"),
    Shown("director", "/measures/agency/DPW/"),
    Shown("liaison5", "/measures/kind/dumping/?ward=5"),
    Shown("liaison5", "/requests/"),
    Shown("liaison5", "/requests/?status=open&closed_from=2026-01-01"),
    Shown("liaison5", "/requests/", first="requests"),
    Shown("liaison5", "/data/"),
    Shown("director", "/"),
    Shown("director", "/candidates/?page=2"),
    Shown("director", "/locations/"),
    Shown("director", "/asks/?overdue=1"),
    Shown("director", "/data/"),
    Shown("director", "/data/messages/"),
    Shown("director", "/data/endpoints/"),
    Shown("director", "/data/endpoints/", first="data/endpoints"),
    Shown("director", "/data/endpoints/", first="data/endpoints", then="edit/"),
    Shown("director", "/data/endpoints/new/"),
    Shown("liaison5", "/data/drift/"),
    Shown("liaison5", "/data/drift/", first="data/drift"),
    Shown("liaison5", "/data/endpoints/", first="data/endpoints", leads="data/sent-on"),
    Shown("liaison5", "/issues/", first="issues", leads="send-on/matter"),
    Shown("liaison5", "/asks/?state=requested", first="asks", leads="send-on/ask"),
    Shown("director", "/data/keys/"),
    Shown("director", "/data/keys/new/"),
    Shown("", "/api/v1/"),
    Shown("director", "/data/hooks/"),
    Shown("director", "/data/hooks/new/"),
    Shown("liaison5", "/data/hooks/?state=ended", first="data/hooks"),
    Shown("director", "/staff/"),
    Shown("director", "/staff/?group=agencies"),
    Shown("director", "/staff/hire/"),
    Shown("director", "/staff/", first="staff"),
    Shown("director", "/staff/", first="staff/handovers"),
    Shown("liaison8", "/staff/", first="staff/handovers"),
    Shown("second.liaison8", "/day/", first="staff/handovers"),
    Shown("liaison5", "/staff/"),
    Shown("director", "/data/messages/?state=bounced"),
    Shown("director", "/data/letters/1/"),
    Shown("liaison5", "/data/mail/"),
    Shown("liaison5", "/data/mail/?state=all"),
    Shown("liaison5", "/data/mail/?state=bounce"),
    Shown("liaison5", "/data/mail/", first="data/mail"),
    Shown("liaison5", "/data/mail/?state=unread", first="data/mail"),
    Shown("liaison5", "/issues/?state=all", first="issues"),
    Shown("partner.ddot", "/"),
    Shown("partner.ddot", "/asks/"),
    Shown("partner.mpd", "/asks/?state=requested", first="asks"),
    Shown("partner.dpw", "/asks/?state=accepted", first="asks"),
    Shown("records", "/"),
)


def address_of(shown: Shown, visit: Visit) -> str:
    """The page's own address; the first link of its kind is looked up on the list."""
    if not shown.first:
        return shown.path
    found = _link(visit, shown.path, shown.first, shown.place) + shown.then
    return _link(visit, found, shown.leads) + shown.last if shown.leads else found


def _link(visit: Visit, path: str, kind: str, place: int = 0) -> str:
    answer = visit.context.request.get(visit.base + path)
    wanted = kind if kind.endswith("/") else rf"{kind}/\d+/"
    found = re.findall(rf'href="(/{wanted})"', answer.text())
    assert found, f"{path} shows no {kind} to open"
    return str(found[place])


# What a page calls the site: the public pages name the office.
SITES = {"Wardroom", *(words.office for words in FRAMES.values())}


def faults(page: Page) -> list[str]:
    """What is wrong with an open page, everything unfolded, at the desk and on a phone."""
    found = []
    page.evaluate(UNFOLD)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        at = f"at {size['width']} px: "
        found += [at + fault for fault in [*looks(page), *violations(page)]]
    return found


def looks(page: Page) -> list[str]:
    """A title, one heading of the first rank, and nothing wider than the window."""
    seen = page.evaluate(LOOK)
    found = []
    name, _, site = seen["title"].rpartition(" · ")
    if not name.strip() or site not in SITES:
        found.append(f"the title is {seen['title']!r}")
    if seen["headings"] != 1:
        found.append(f"{seen['headings']} headings of the first rank")
    if seen["wide"] > 0:
        found.append(f"scrolls sideways by {seen['wide']} px: {seen['widest']}")
    return found


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, and against good practice."""
    answer = AXE.run(page, options=RULES).response
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:160]} ({node['failureSummary'][:160]})"
        for rule in answer["violations"]
        for node in rule["nodes"]
    ]
