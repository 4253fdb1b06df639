"""The demonstration's ground: invented, the same for a seed, and small where it is federal."""

from __future__ import annotations

from wardroom.demonstration.district import OUTLINE
from wardroom.demonstration.grounds import ACRE_METRES, pieces
from wardroom.demonstration.streets import METRES_EAST, METRES_NORTH


def test_every_ward_has_federal_ground_and_a_park_with_a_building() -> None:
    made = pieces(seed=7)
    assert pieces(seed=7) == made
    assert pieces(seed=8) != made
    assert len({p.code for p in made}) == len(made) == len({p.name for p in made})
    assert {p.kind for p in made} == {"agency", "federal", "transit", "utility"}
    assert all(OUTLINE.contains(p.geometry) for p in made)
    by_code = {p.code: p for p in made}
    for ward in "12345678":
        assert by_code[f"P{ward}1"].geometry.contains(by_code[f"B{ward}1"].geometry)
        assert [by_code[f"R{ward}{n}"].owner_code for n in "123"] == ["NPS"] * 3


def test_federal_pieces_are_smaller_than_an_acre() -> None:
    areas = [p.geometry.area * METRES_EAST * METRES_NORTH for p in pieces(seed=7)]
    federal = [a for a, p in zip(areas, pieces(seed=7), strict=True) if p.kind == "federal"]
    assert len(federal) == 24
    assert all(1000 < area < ACRE_METRES for area in federal)
