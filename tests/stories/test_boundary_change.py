"""A border moves: who lives there is moved, told, and gets the letter about the new ward."""

from __future__ import annotations

import json
import re

import pytest
from shapely.geometry import box, mapping, shape

from tests.stories.desk import Desk, Page
from tests.stories.office import DIRECTOR, LIAISON2, Office, planted
from wardroom.jobs.news import move_subscribers, send_circulars, write_digests

pytestmark = [pytest.mark.django_db]
NEIGHBOR = "vecina@example.org"
ASK = {
    "address": NEIGHBOR,
    "language": "es",
    "area": "mine_ward",
    "frequency": "daily",
    "consent": "on",
}


def test_a_border_moves_and_the_neighbors_with_it(office: Office) -> None:
    address = planted("2").address
    neighbor = a_neighbor_asks_for_news(office, address)
    the_border_moves(office, address)
    the_neighbor_is_moved_and_told_once(office)
    the_office_sees_whom_it_moved(office)
    a_letter_about_the_new_ward_reaches_the_neighbor(office)
    one_click_ends_it(office, neighbor)


def a_neighbor_asks_for_news(office: Office, address: str) -> Desk:
    desk = Desk(NEIGHBOR)
    desk.open("/news/?language=es").says("Noticias de su vecindario")
    wrong = {**ASK, "where": "1 Nowhere Street"}
    desk.press("Pedir noticias", wrong, status=422).says("No conocemos esta dirección")
    desk.press("Pedir noticias", {**ASK, "where": address}).says("Enviamos un enlace")
    office.worker()
    desk.open(link_in(office, "Confirme", "confirm")).says("su Distrito 2")
    desk.press("Sí, envíenme noticias").says("Confirmado.")
    assert office.worker() == [f"{NEIGHBOR}: Usted recibe noticias sobre su Distrito 2"]
    return desk


def link_in(office: Office, words: str, page: str) -> str:
    (link,) = set(re.findall(rf"http\S+?(/news/{page}/\S+/)", office.letter(NEIGHBOR, words)))
    return str(link)


def the_border_moves(office: Office, address: str) -> None:
    """The ground around the address goes from Ward 2 to Ward 3."""
    place = next(p for p in (planted("2"),) if p.address == address)
    corner = box(place.lon - 0.002, place.lat - 0.002, place.lon + 0.002, place.lat + 0.002)
    wards = json.loads(office.file_of_wards().read_text())
    for ward in wards["features"]:
        now = shape(ward["geometry"])
        code = ward["properties"]["WARD"]
        now = now.union(corner) if code == "3" else now.difference(corner)
        ward["geometry"] = mapping(now)
    path = office.folder / "wards_2026.geojson"
    path.write_text(json.dumps(wards))
    dated = ("--kind", "ward", "--valid-from", "2026-11-20")
    office.shell("import", "boundaries", path, *dated)


def the_neighbor_is_moved_and_told_once(office: Office) -> None:
    assert move_subscribers() == 0, "before their day the new boundaries move nobody"
    office.clock.strikes("2026-11-20 09:30")
    assert move_subscribers() == 1
    assert move_subscribers() == 0
    assert f"{NEIGHBOR}: Cambiaron los límites: Distrito 2 ahora es Distrito 3" in office.worker()
    letter = office.letter(NEIGHBOR, "Cambiaron")
    assert "Su dirección estaba en Distrito 2; ahora está en Distrito 3." in letter
    write_digests()
    assert office.worker() == [], "nothing new, no mail"


def the_office_sees_whom_it_moved(office: Office) -> None:
    director = office.at_desk(DIRECTOR)
    director.open("/subscribers/").says(NEIGHBOR, "The ward, Ward 3", "Spanish")
    director.follow("Boundary changes").says("Moved to another district: 1", "Told by mail")


def a_letter_about_the_new_ward_reaches_the_neighbor(office: Office) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open("/circulars/new/")
    words = {
        "area_kind": "ward",
        "area_code": "3",
        "subject": "Leaves are collected from Monday",
        "text": "Rake them to the edge of the street.",
    }
    draft = liaison.press("Save the draft", words).says("1 address.")
    director = office.at_desk(DIRECTOR)
    approved(director, draft.address)
    director.press("Undo: take it back").says("Taken back. No copy left")
    approved(director, draft.address)
    send_circulars()
    assert office.worker() == [], "half a minute is left to take it back"
    office.clock.strikes("2026-11-20 09:32")
    send_circulars()
    subject = "Leaves are collected from Monday (solo en inglés)"
    assert office.worker() == [f"{NEIGHBOR}: {subject}"]
    director.open(draft.address).says("Sent", "1 copies, one for each address")


def approved(director: Desk, address: str) -> Page:
    director.open(address)
    page = director.press("Approve it for 1 address")
    return page.says("The first copy leaves in 30 seconds.")


def one_click_ends_it(office: Office, neighbor: Desk) -> None:
    neighbor.open(link_in(office, "Leaves", "mine")).says("su Distrito 3")
    neighbor.follow("Cancelar todo").says(f"todas las noticias a {NEIGHBOR}")
    neighbor.press("Cancelar todo").says("Ya no recibirá noticias de nosotros.")
    director = office.at_desk(DIRECTOR)
    director.open("/subscribers/").silent_about(NEIGHBOR)
