"""All that the house reads of others, for `tests.security.fuzzing`, with whole examples."""

from __future__ import annotations

import gzip
import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image

from tests.conftest import NOON
from tests.incidents.messages import cap
from tests.library.files import pantry
from tests.security.fuzzing import Reader
from wardroom.calendar.gateways.calendar_files import read_replies
from wardroom.calendar.gateways.outside_calendars import read_calendar
from wardroom.city.gateways import read_features
from wardroom.directory.rules.sheets import contact_rows, text_of
from wardroom.documents.gateways.pictures import BrokenPicture, remake_picture
from wardroom.documents.rules import clean_name, kind_of
from wardroom.incidents.gateways.reading import read_alert
from wardroom.kernel.errors import Refused
from wardroom.library.rules.hsds.reading import read_package
from wardroom.library.rules.hsds.writing import packed
from wardroom.notices.gateways.mail_in import raw_headers, read_mail
from wardroom.service_requests.gateways import files
from wardroom.service_requests.gateways.calling import Answer, Unanswered
from wardroom.service_requests.gateways.wire import errors_in, requests_in, services_in

ZONE = ZoneInfo("America/New_York")
COLUMNS = {
    "SERVICEREQUESTID": "26-00011", "ADDDATE": "2026/11/02 14:00:00+00",
    "RESOLUTIONDATE": "", "SERVICEDUEDATE": "2026/11/20 14:00:00+00", "SERVICECODE": "S0031",
    "SERVICECODEDESCRIPTION": "Illegal Dumping", "ORGANIZATIONACRONYM": "DPW",
    "LONGITUDE": "-77.0", "LATITUDE": "38.92", "STREETADDRESS": "500 TEST STREET NE",
    "MARADDRESSREPOSITORYID": "9001", "STATUS_CODE": "OPEN", "SERVICEORDERSTATUS": "OPEN",
    "INSPECTIONDATE": "", "PRIORITY": "STANDARD", "DETAILS": 'A "heap", by the door',
}  # fmt: skip
MAIL = b"""\
Return-Path: <ada@example.org>
From: =?utf-8?q?Ada_L=C3=B3pez?= <ada@example.org>
To: office@wardroom.example, "The desk" <desk@wardroom.example>
Subject: =?utf-8?b?VGhlIGFsbGV5?= again
Date: Wed, 18 Nov 2026 09:00:00 -0500
Message-ID: <one@example.org>
In-Reply-To: <before@wardroom.example>
References: <a@wardroom.example> <b@wardroom.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="edge"

--edge
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

The alley is full again=2E
> On Monday you wrote:
--edge
Content-Type: text/html; charset=iso-8859-1

<p>The <b>alley</b> is full again.</p>
--edge
Content-Type: image/png; name="alley.png"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename*=utf-8''alley%20one.png

iVBORw0KGgo=
--edge--
"""
BOUNCE = b"""\
From: MAILER-DAEMON@example.org
To: office@wardroom.example
Subject: Undelivered
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; ada@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 no such user
--edge
Content-Type: message/rfc822

Message-ID: <sent@wardroom.example>
Subject: Your report
--edge--
"""
CALENDAR = b"""\
BEGIN:VCALENDAR\r
VERSION:2.0\r
METHOD:REPLY\r
BEGIN:VTIMEZONE\r
TZID:Here\r
BEGIN:STANDARD\r
DTSTART:20001101T020000\r
TZOFFSETFROM:-0400\r
TZOFFSETTO:-0500\r
END:STANDARD\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
UID:one@example.org\r
SEQUENCE:2\r
DTSTART;TZID=Here:20261118T090000\r
DURATION:PT1H\r
RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=5\r
EXDATE;TZID=Here:20261125T090000\r
SUMMARY:Ward 5\\, the team\r
LOCATION:The hall\r
STATUS:CONFIRMED\r
ATTENDEE;PARTSTAT=ACCEPTED;CN=Ada:mailto:ada@example.org\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:one@example.org\r
RECURRENCE-ID;TZID=Here:20261202T090000\r
DTSTART;VALUE=DATE:20261203\r
SUMMARY:Moved\r
END:VEVENT\r
END:VCALENDAR\r
"""
REQUESTS_XML = b"""\
<?xml version="1.0" encoding="utf-8"?><service_requests><request>
<service_request_id>7</service_request_id><status>open</status><status_notes/>
<service_name>Dumping</service_name><service_code>S1</service_code>
<requested_datetime>2026-11-02T14:00:00-05:00</requested_datetime>
<address>500 Test Street NE</address><lat>38.92</lat><long>-77.0</long>
</request></service_requests>"""
SERVICES_XML = b"""\
<services><service><service_code>S1</service_code><service_name>Dumping</service_name>
<metadata>false</metadata><type>realtime</type><keywords>a, b</keywords></service></services>"""
ERRORS_XML = b"<errors><error><code>404</code><description>None such</description></error></errors>"
REQUESTS_JSON = json.dumps(
    [{"service_request_id": "7", "status": "open", "service_code": "S1", "lat": 38.92,
      "long": -77.0, "requested_datetime": "2026-11-02T14:00:00Z", "address": None}]
).encode()  # fmt: skip
SERVICES_JSON = json.dumps(
    [{"service_code": "S1", "service_name": "Dumping", "metadata": True, "keywords": "a"}]
).encode()
CONTACTS = (
    b"Name,Kind,E-mail,Phone,Address,Language,Interpreter,Refuses\r\n"
    b'"L\xc3\xb3pez, Ada",person,ada@example.org; b@example.org,202-555-0101,"5 A St NE",'
    b"es,yes,\r\n"
)


def table() -> bytes:
    """A file of requests as the city gives it."""
    row = ",".join(f'"{v.replace(chr(34), chr(34) * 2)}"' for v in COLUMNS.values())
    return f"{','.join(COLUMNS)}\n{row}\n{row.replace('00011', '00012')}\n".encode()


def points() -> bytes:
    """The same as GeoJSON."""
    point = {"type": "Point", "coordinates": [-77.0, 38.92]}
    feature = {"type": "Feature", "geometry": point, "properties": COLUMNS}
    return json.dumps({"type": "FeatureCollection", "features": [feature, feature]}).encode()


def wards() -> bytes:
    """Two wards as GeoJSON."""
    ring = [[-77.0, 38.9], [-76.9, 38.9], [-76.9, 39.0], [-77.0, 38.9]]
    shapes = (
        {"type": "Polygon", "coordinates": [ring]},
        {"type": "MultiPolygon", "coordinates": [[ring], [ring]]},
    )
    rows = [
        {"type": "Feature", "geometry": shape, "properties": {"WARD": n, "NAME": f"Ward {n}"}}
        for n, shape in enumerate(shapes, start=5)
    ]
    return json.dumps({"type": "FeatureCollection", "features": rows}).encode()


def archive() -> bytes:
    """An office file: a ZIP with a list of kinds in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


def torn(content: bytes, at: int) -> bytes:
    """The same with a few bytes of what is packed in it written over."""
    return content[:at] + b"\xff" * 8 + content[at + 8 :]


def torn_archive(packing: int) -> bytes:
    """A list of services in a ZIP, whole but for what is packed in it."""
    out = io.BytesIO()
    rows = "".join(f"{n},Pantry {n * n}\r\n" for n in range(400))
    with zipfile.ZipFile(out, "w", packing) as made:
        made.writestr("services.csv", f"id,name\r\n{rows}")
    return torn(out.getvalue(), 30 + len("services.csv") + 20)


def picture(form: str) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (24, 16), (20, 90, 60)).save(out, form)
    return out.getvalue()


def _in_a_file(name: str, read: Callable[[Path], object]) -> Callable[[bytes], object]:
    def reads(content: bytes) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(content)
            return read(path)

    return reads


def _requests(path: Path) -> None:
    with files.as_table(path) as made:
        layout = files.find_layout("auto", files.header_of(made))
        with files.Reading(made, layout, now=NOON, file_name=path.name) as reading:
            reading.superseded()
            for batch in reading.batches():
                assert all(row.line > 1 for row in batch)
            reading.malformed_count()
            list(reading.rejects(iter(())))


def _wire(form: str) -> Callable[[bytes], object]:
    def reads(content: bytes) -> None:
        answer = Answer(400, content, None)
        assert errors_in(answer, form)
        for read in (requests_in, services_in):
            try:
                read(answer, form)
            except Unanswered:
                continue

    return reads


def _mail(content: bytes) -> None:
    mail = read_mail(content)
    raw_headers(content)
    for file in mail.files:
        read_replies(file.content)
        clean_name(file.name, kind_of(file.content, file.name))


def _calendar(content: bytes) -> None:
    read_replies(content)
    read_calendar(content, ZONE, first=date(2026, 11, 1), last=date(2027, 1, 31))


def _upload(content: bytes) -> None:
    kind = kind_of(content, "upload.bin")
    clean_name("upload.bin", kind)
    remake_picture(content, longest=200)


READERS = (
    Reader("requests of the city, CSV", (table(),), _in_a_file("r.csv", _requests), (Refused,)),
    Reader(
        "requests of the city, packed",
        (gzip.compress(table(), mtime=0),),
        _in_a_file("r.csv.gz", _requests),
        (Refused,),
    ),
    Reader(
        "requests of the city, GeoJSON",
        (points(),),
        _in_a_file("r.geojson", _requests),
        (Refused,),
    ),
    Reader(
        "boundaries, GeoJSON",
        (wards(),),
        _in_a_file("w.geojson", lambda path: read_features(path, kind="ward")),
        (Refused,),
    ),
    Reader(
        "contacts, CSV",
        (CONTACTS,),
        lambda content: list(contact_rows(text_of(content))),
        (Refused,),
    ),
    Reader(
        "services, JSON and ZIP",
        (
            json.dumps({"services": [pantry()]}).encode(),
            json.dumps([pantry()]).encode(),
            packed({}),
        ),
        read_package,
        (Refused,),
    ),
    Reader("mail", (MAIL, BOUNCE, MAIL.replace(b"iVBORw0KGgo=", b"QkVHSU46VkNBTEVOREFS")), _mail),
    Reader("calendars", (CALENDAR, CALENDAR.replace(b"REPLY", b"PUBLISH")), _calendar, (Refused,)),
    Reader("alerts, CAP", (cap(),), read_alert, (Refused,)),
    Reader("Open311, XML", (REQUESTS_XML, SERVICES_XML, ERRORS_XML), _wire("xml")),
    Reader("Open311, JSON", (REQUESTS_JSON, SERVICES_JSON), _wire("json")),
    Reader(
        "uploads, pictures and XLSX",
        (picture("JPEG"), picture("PNG"), picture("WEBP"), archive(), b"%PDF-1.7\n%%EOF"),
        _upload,
        (Refused, BrokenPicture),
    ),
)
