"""Files of other cities come in by the mappings that are shipped, on their own clocks."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.service_requests.samples import counts, take
from wardroom.service_requests.models import Feed, ServiceRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "requests.csv"


def one(**given: object) -> ServiceRequest:
    return ServiceRequest.objects.get(**given)


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("07/04/2017 09:00:00 AM", datetime(2017, 7, 4, 16, tzinfo=UTC)),
        ("12/31/2017 11:59:58 PM", datetime(2018, 1, 1, 7, 59, 58, tzinfo=UTC)),
        ("12/31/2017 12:00:00 AM", datetime(2017, 12, 31, 8, tzinfo=UTC)),
        ("11/05/2017 12:59:59 AM", datetime(2017, 11, 5, 7, 59, 59, tzinfo=UTC)),
        ("11/05/2017 01:30:00 AM", datetime(2017, 11, 5, 9, 30, tzinfo=UTC)),
        ("11/05/2017 02:00:00 AM", datetime(2017, 11, 5, 10, tzinfo=UTC)),
        ("03/12/2017 01:59:59 AM", datetime(2017, 3, 12, 9, 59, 59, tzinfo=UTC)),
        ("03/12/2017 02:30:00 AM", datetime(2017, 3, 12, 10, 30, tzinfo=UTC)),
        ("03/12/2017 03:00:00 AM", datetime(2017, 3, 12, 10, tzinfo=UTC)),
    ],
)
def test_wall_time_of_los_angeles_is_read_through_both_clock_changes(
    written: str, instant: datetime, file: Path
) -> None:
    """Of two 1:30s in the autumn night it is the second; 2:30 in the spring one is 3:30."""
    file.write_text(LOS_ANGELES + f"1,{written},,BOS,Bulky Items,Open,App,,,,,,,,\n")
    take(file)
    assert one().opened_at == instant


LOS_ANGELES = (
    "SRNumber,CreatedDate,UpdatedDate,Owner,RequestType,Status,RequestSource,ServiceDate,"
    "ClosedDate,Address,ZipCode,Latitude,Longitude,CD,More\n"
)


def test_los_angeles_comes_in_by_its_shipped_mapping(file: Path) -> None:
    file.write_text(
        LOS_ANGELES
        + "1-1,12/30/2017 08:15:00 AM,01/05/2018 09:00:00 AM,BOS,Bulky Items,Closed,App,"
        '01/02/2018 12:00:00 AM,01/04/2018 10:00:00 AM,"100 N TEST AVE, 90012",90012,'
        "34.05,-118.24,14,x\n"
        "1-2,12/30/2017 08:20:00 AM,,BSL,Dead Animal Removal,Referred Out,Call,,,,,,,,x\n"
    )
    summary = take(file)
    assert (summary.layout, counts(summary)) == ("los-angeles", (2, 2, 0, 0, 0))
    first, second = ServiceRequest.objects.order_by("external_id")
    assert first.service.name == "Bulky Items"
    assert (first.status, second.status) == ("closed", "transferred")
    assert first.due_at == datetime(2018, 1, 2, 8, tzinfo=UTC)
    assert (first.zip_code, first.ward_given, first.channel) == ("90012", "14", "App")
    assert (second.latitude, second.place_key) == (None, None)
    assert Feed.objects.get().zone == "America/Los_Angeles"


def test_chicago_comes_in_by_its_shipped_mapping(file: Path) -> None:
    file.write_text(
        "Creation_Date,Status,Completion_Date,Service_Request_Number,Type_of_Service_Request,"
        "Street_Address,ZIP_Code,Ward,Latitude,Longitude,Location\n"
        "2014-07-01,Completed - Dup,2014-07-03,14-1,Sanitation Code Violation,1 W TEST ST,60602.0,"
        '42.0,41.88,-87.63,"(41.88, -87.63)"\n'
        "2014-12-01,Open,,14-2,Sanitation Code Violation,2 W TEST ST,,,,,\n"
    )
    summary = take(file)
    assert (summary.layout, counts(summary)) == ("chicago", (2, 2, 0, 0, 0))
    first, second = ServiceRequest.objects.order_by("external_id")
    assert first.opened_at == datetime(2014, 7, 1, 5, tzinfo=UTC)
    assert second.opened_at == datetime(2014, 12, 1, 6, tzinfo=UTC)
    assert (first.status, second.status) == ("duplicate_closed", "open")
    assert (first.agency_code, first.zip_code) == ("CHI-DSS", "60602")
