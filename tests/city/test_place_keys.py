"""One place has one key, however its address is written; places of two kinds never share one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.city.rules import address_key, normal_address, place_key, place_kind, ward_code

STREETS = ("NEWTON STREET NE", "RHODE ISLAND AVENUE NE", "12TH PLACE NE", "M STREET SE")
SHORT = {"STREET": ["ST", "St.", "street"], "AVENUE": ["AVE", "Av", "avenue"], "PLACE": ["PL"]}
street = st.sampled_from(STREETS)
number = st.integers(1, 99_999)
latitude = st.floats(38.79, 39.0)
longitude = st.floats(-77.12, -76.91)


@st.composite
def written(draw: st.DrawFn, address: str) -> str:
    """The same address as another clerk would write it."""
    words = []
    for word in address.split(" "):
        as_ = draw(st.sampled_from([word, *SHORT.get(word, [])]))
        as_ = draw(st.sampled_from([as_, as_.lower(), as_.title()]))
        words.append(as_ + draw(st.sampled_from(["", "", ","])))
    gap = draw(st.sampled_from([" ", "  ", "\t"]))
    edge = draw(st.sampled_from(["", " "]))
    return edge + gap.join(words) + edge + draw(st.sampled_from(["", ".", ","]))


@given(n=number, name=street, data=st.data())
def test_address_is_the_same_however_it_is_written(n: int, name: str, data: st.DataObject) -> None:
    plain = f"{n} {name}"
    assert address_key(data.draw(written(plain))) == address_key(plain)


@given(n=st.integers(1, 99), name=street, data=st.data())
def test_block_is_the_same_however_it_is_written(n: int, name: str, data: st.DataObject) -> None:
    plain = f"{n * 100} - {n * 100 + 99} BLOCK OF {name}"
    other = data.draw(written(plain))
    other = other.replace(" - ", data.draw(st.sampled_from(["-", " - ", "–", " — "])))
    assert address_key(other) == address_key(plain)
    key = address_key(plain)
    assert key is not None
    assert place_kind(key) == "block"
    turned = f"{n * 100 + 99} - {n * 100} BLOCK OF {name}"
    assert address_key(turned) == key


@given(
    first=street,
    second=street,
    join=st.sampled_from([" AND ", " & ", " / ", " @ ", " and "]),
    data=st.data(),
)
def test_intersection_is_the_same_from_either_street(
    first: str, second: str, join: str, data: st.DataObject
) -> None:
    plain = f"{first} AND {second}"
    assert address_key(f"{second}{join}{first}") == address_key(plain)
    assert address_key(data.draw(written(plain))) == address_key(plain)
    key = address_key(plain)
    assert key is not None
    assert place_kind(key) == "intersection"


def test_intersection_of_a_numbered_street_is_no_house_number() -> None:
    """12th and Monroe is a corner, not the house 12."""
    key = address_key("12TH STREET NE AND MONROE STREET NE")
    assert key is not None
    assert place_kind(key) == "intersection"
    assert key == address_key("MONROE ST NE & 12TH ST NE")


@given(n=number, m=number, name=street, other=street)
def test_other_number_or_street_is_another_place(n: int, m: int, name: str, other: str) -> None:
    same = n == m and name == other
    assert (address_key(f"{n} {name}") == address_key(f"{m} {other}")) == same


@given(address_id=st.integers(1, 2**57), n=number, name=street, lat=latitude, lon=longitude)
def test_address_id_of_the_city_wins(
    address_id: int, n: int, name: str, lat: float, lon: float
) -> None:
    key = place_key(address_id, f"{n} {name}", lat, lon)
    assert key == place_key(address_id, "elsewhere", None, None)
    assert key is not None
    assert place_kind(key) == "address"
    assert key != place_key(None, f"{n} {name}", lat, lon)
    assert key != place_key(address_id + 1, f"{n} {name}", lat, lon)


@pytest.mark.parametrize("address_id", [None, 0, -1])
def test_written_address_stands_in_for_a_missing_id(address_id: int | None) -> None:
    assert place_key(address_id, "1 M STREET SE", 38.9, -77.0) == address_key("1 M STREET SE")


@given(lat=latitude, lon=longitude, address=st.sampled_from(["", "  ", " , ", "."]))
def test_point_alone_gives_a_cell(lat: float, lon: float, address: str) -> None:
    key = place_key(None, address, lat, lon)
    assert key is not None
    assert place_kind(key) == "point"
    near = place_key(None, "", lat + 0.00001, lon)
    far = place_key(None, "", lat + 0.001, lon)
    assert far != key
    assert near is not None
    assert abs(near - key) in {0, 1 << 29}


@pytest.mark.parametrize(("lat", "lon"), [(None, None), (38.9, None), (None, -77.0)])
def test_nowhere_has_no_key(lat: float | None, lon: float | None) -> None:
    assert place_key(None, "", lat, lon) is None


@given(
    st.one_of(
        st.builds(place_key, st.integers(1, 2**62), st.just(""), st.none(), st.none()),
        st.builds(place_key, st.none(), st.text(min_size=1), latitude, longitude),
        st.builds(place_key, st.none(), st.just(""), st.floats(-90, 90), st.floats(-180, 180)),
    )
)
def test_every_key_fits_a_signed_column_of_eight_bytes(key: int | None) -> None:
    assert key is not None
    assert 0 <= key < 2**63
    assert place_kind(key) in {"address", "block", "intersection", "point"}


@given(
    a=st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    b=st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)
def test_far_points_do_not_share_a_cell(a: tuple[float, float], b: tuple[float, float]) -> None:
    close = abs(a[0] - b[0]) < 0.001 and abs(a[1] - b[1]) < 0.001
    assert close or place_key(None, "", *a) != place_key(None, "", *b)


@given(st.text(max_size=40))
def test_normal_form_is_its_own_normal_form(text: str) -> None:
    kind, once = normal_address(text)
    again_kind, again = normal_address(once)
    assert (again_kind, again) == (kind, once)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5", "5"),
        ("Ward 5", "5"),
        ("WARD 5", "5"),
        (" 5.0", "5"),
        ("NULL", ""),
        ("", ""),
        ("0", ""),
    ],
)
def test_ward_is_read_as_the_feeds_write_it(text: str, code: str) -> None:
    assert ward_code(text) == code
