"""The shell: every command does what it says, and its exit code says how it ended."""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.service_requests.samples import row, write
from tests.trouble import bring_in, city_reports, load_topics
from wardroom import __version__
from wardroom.city.models import BoundarySet, District
from wardroom.city.queries import districts
from wardroom.jobs.cli import COMMANDS, DONE, FAILED, SOME_REJECTED, USAGE, main
from wardroom.problems.models import Candidate, Detection
from wardroom.service_requests.models import ImportRun, ServiceRequest

pytestmark = pytest.mark.django_db
Output = pytest.CaptureFixture[str]
RULE = ("due", "--rule", "dc-311-2015")
EXAMPLE = re.compile(r"^\s*(wardroom \S.*?)(?:\s{2,}.*)?$")


@pytest.fixture
def library(db: None) -> None:
    load_topics()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "requests.csv"


def usage(*words: str) -> int:
    """The exit code of a call that the parser itself ends."""
    with pytest.raises(SystemExit) as end:
        main(words)
    assert isinstance(end.value.code, int)
    return end.value.code


def test_command_is_there_by_its_name() -> None:
    """Installed as a program and as python -m, with the exit codes that scripts rely on."""
    called = [sys.executable, "-m", "wardroom.jobs.cli"]
    done = subprocess.run([*called, "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (DONE, f"wardroom {__version__}\n")
    off = subprocess.run([*called, "sing"], capture_output=True, text=True, check=False)
    assert off.returncode == USAGE
    assert "sing" in off.stderr


@pytest.mark.parametrize("words", [(), ("sing",), ("import",), ("import", "songs"), ("due",)])
def test_call_with_the_wrong_words_is_told_how_to_call(
    words: tuple[str, ...], capsys: Output
) -> None:
    assert usage(*words) == USAGE
    assert "usage: wardroom" in capsys.readouterr().err


def test_help_names_every_command(capsys: Output) -> None:
    assert usage("--help") == DONE
    shown = capsys.readouterr().out
    assert [c for c in COMMANDS if c not in shown] == []


def examples(name: str) -> list[str]:
    doc = import_module(f"wardroom.jobs.commands.{name}_command").__doc__ or ""
    return [found[1] for line in doc.splitlines() if (found := EXAMPLE.match(line))]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_teaches_by_examples_that_work(name: str, capsys: Output) -> None:
    assert usage(name, "--help") == DONE
    shown = capsys.readouterr().out
    module = import_module(f"wardroom.jobs.commands.{name}_command")
    given = examples(name)
    assert given
    for example in given:
        assert example in shown
        words = shlex.split(example)
        assert words[:2] == ["wardroom", name]
        parser = argparse.ArgumentParser()
        module.add_arguments(parser)
        parser.parse_args(words[2:])


def test_import_of_good_rows_ends_well_and_counts_them(
    library: None, file: Path, capsys: Output
) -> None:
    write(file, [row("a"), row("b")])
    assert main(["import", "requests", str(file)]) == DONE
    assert "2 read, 2 new, 0 changed, 0 same, 0 rejected (plain-full)" in capsys.readouterr().out
    write(file, [row("a"), row("b", status="CLOSED"), row("c")])
    assert main(["import", "requests", str(file)]) == DONE
    assert "3 read, 1 new, 1 changed, 1 same, 0 rejected" in capsys.readouterr().out


def test_import_with_rejects_ends_with_3_and_says_where_they_are(
    library: None, file: Path, tmp_path: Path, capsys: Output
) -> None:
    write(file, [row("a"), row("b", opened="never")])
    there = tmp_path / "bad.csv"
    assert main(["import", "requests", str(file), "--rejects", str(there)]) == SOME_REJECTED
    shown = capsys.readouterr().out
    assert "2 read, 1 new, 0 changed, 0 same, 1 rejected" in shown
    assert f"Rejected rows and why: {there}" in shown
    with there.open(newline="") as opened:
        assert [r["reason"] for r in csv.DictReader(opened)] == ["is not a time we can read"]


def test_import_puts_new_services_under_topics(library: None, file: Path) -> None:
    main(["import", "requests", str(write(file, [row("a")]))])
    service = ServiceRequest.objects.get().service
    assert service.topic_service.topic.code == "dumping"


def test_import_of_what_is_not_there_ends_with_1_and_a_sentence(
    library: None, tmp_path: Path, capsys: Output
) -> None:
    assert main(["import", "requests", str(tmp_path / "none.csv")]) == FAILED
    assert f"wardroom: There is no file {tmp_path}/none.csv." in capsys.readouterr().err
    assert main(["import", "requests", str(tmp_path)]) == FAILED
    (tmp_path / "colours.csv").write_text("name,colour\nball,red\n")
    assert main(["import", "requests", str(tmp_path / "colours.csv")]) == FAILED
    assert "--layout" in capsys.readouterr().err
    assert not ImportRun.objects.exists()


def test_import_before_the_library_is_loaded_says_so_and_reads_nothing(
    file: Path, capsys: Output
) -> None:
    assert main(["import", "requests", str(write(file, [row("a")]))]) == FAILED
    assert "Run: wardroom setup" in capsys.readouterr().err
    assert not ServiceRequest.objects.exists()


def test_command_on_a_database_without_tables_says_what_to_run(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wardroom.jobs.cli", "detect"],
        env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == FAILED
    assert "Run: wardroom setup" in done.stderr
    assert "Traceback" not in done.stderr


def test_rejects_into_a_folder_that_is_not_there_end_with_a_sentence(
    library: None, file: Path, tmp_path: Path, capsys: Output
) -> None:
    write(file, [row("a", opened="never")])
    code = main(["import", "requests", str(file), "--rejects", str(tmp_path / "no" / "bad.csv")])
    shown = capsys.readouterr()
    assert code in {FAILED, SOME_REJECTED}
    assert "bad.csv" in shown.out + shown.err


WARDS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"WARD": code},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[west, 38.9], [west + 0.04, 38.9], [west + 0.04, 38.94], [west, 38.9]]
                ],
            },
        }
        for code, west in ((5, -77.02), (7, -76.98))
    ],
}


def test_boundaries_are_loaded_and_the_same_again_is_no_error(
    tmp_path: Path, capsys: Output
) -> None:
    wards = tmp_path / "wards.geojson"
    wards.write_text(json.dumps(WARDS))
    call = ["import", "boundaries", str(wards), "--kind", "ward", "--valid-from", "2022-01-01"]
    assert main(call) == DONE
    assert "2 boundaries of kind ward hold from January 1, 2022" in capsys.readouterr().out
    assert main(call) == DONE
    assert "loaded already" in capsys.readouterr().out
    made = BoundarySet.objects.get()
    assert (made.source, made.schematic) == ("wards.geojson", False)
    assert [d.name for d in districts("ward", made.valid_from)] == ["Ward 5", "Ward 7"]


@pytest.mark.parametrize(
    ("content", "more", "sentence"),
    [
        ("no json", (), "is not GeoJSON"),
        (json.dumps(WARDS), ("--valid-from", "soon"), "is not a day such as 2022-01-01"),
        (json.dumps(WARDS), ("--code-field", "SHOE"), "there are: WARD"),
        ('{"features": []}', (), "holds no shapes"),
    ],
)
def test_boundaries_that_cannot_be_end_with_1_and_a_sentence(
    content: str, more: tuple[str, ...], sentence: str, tmp_path: Path, capsys: Output
) -> None:
    wards = tmp_path / "wards.geojson"
    wards.write_text(content)
    call = ["import", "boundaries", str(wards), "--kind", "ward", "--valid-from", "2022-01-01"]
    assert main([*call, *more]) == FAILED
    assert sentence in capsys.readouterr().err
    assert not District.objects.exists()
    assert usage("import", "boundaries", str(wards), "--kind", "parish") == USAGE


def test_detect_ranks_prints_and_writes_the_candidates(
    small_city: Path, tmp_path: Path, capsys: Output
) -> None:
    bring_in(small_city, city_reports())
    out = tmp_path / "candidates.csv"
    assert main(["detect", "--out", str(out)]) == DONE
    shown = capsys.readouterr().out
    assert "3 candidates, data as of 2026-11-11" in shown
    assert "1 ALLEY STREET NE" in shown
    with out.open(newline="") as opened:
        found, *_ = csv.DictReader(opened)
    kept = Candidate.objects.get(rank=1)
    assert (found["rank"], found["place"]) == ("1", "1 ALLEY STREET NE")
    assert int(found["episodes"]) == kept.episodes
    assert float(found["score"]) == pytest.approx(kept.score, abs=1e-3)
    assert found["agencies"] == "DPW"


def test_detect_ranks_as_the_data_stood_on_a_day(small_city: Path, capsys: Output) -> None:
    bring_in(small_city, city_reports())
    assert main(["detect", "--as-of", "2024-06-30", "--top", "0"]) == DONE
    assert "0 candidates, data as of 2024-06-30 23:59\n" in capsys.readouterr().out
    assert main(["detect", "--as-of", "2026-07-31"]) == DONE
    earlier = Candidate.objects.get(detection=Detection.objects.latest("pk"), rank=1)
    assert main(["detect"]) == DONE
    latest = Candidate.objects.get(detection=Detection.objects.latest("pk"), place=earlier.place)
    assert earlier.numbers["last_on"] < latest.numbers["last_on"]


@pytest.mark.parametrize("day", ["yesterday", "2020-02-30", "31.12.2020"])
def test_detect_refuses_what_is_no_day(day: str, capsys: Output) -> None:
    assert main(["detect", "--as-of", day]) == FAILED
    assert f"'{day}' is not a day such as" in capsys.readouterr().err
    assert not Detection.objects.exists()


def test_detect_in_an_empty_house_says_what_to_do_first(capsys: Output) -> None:
    assert main(["detect"]) == FAILED
    assert "wardroom import requests" in capsys.readouterr().err


def test_file_that_cannot_be_written_ends_with_its_name(
    library: None, tmp_path: Path, capsys: Output
) -> None:
    filed = tmp_path / "filed.csv"
    filed.write_text("start,days\n2015-09-11T05:50,2\n")
    nowhere = tmp_path / "no" / "due.csv"
    assert main([*RULE, "--csv", str(filed), "--out", str(nowhere)]) == FAILED
    assert f"wardroom: {nowhere}: No such file" in capsys.readouterr().err


def test_report_of_a_ward_that_is_not_there_is_refused(ground: object, capsys: Output) -> None:
    assert main(["report", "weekly", "--ward", "99", "--week", "2026-W47"]) == FAILED
    assert "There is no ward 99 in that week; there are 5, 7." in capsys.readouterr().err
    assert main(["report", "weekly", "--ward", "5", "--week", "2001-W47"]) == FAILED
    assert "No ward boundaries are loaded" in capsys.readouterr().err
    assert main(["report", "weekly", "--ward", "5", "--week", "someday"]) == FAILED


def test_report_is_drafted_printed_and_saved(
    ground: object, tmp_path: Path, capsys: Output
) -> None:
    assert main(["report", "weekly", "--ward", "5", "--week", "2026-W47"]) == DONE
    shown = capsys.readouterr().out
    assert "draft of version 1" in shown
    assert "Schematic demonstration data" in shown
    out = tmp_path / "report.pdf"
    call = ["report", "weekly", "--ward", "5", "--week", "2026-W47"]
    assert main([*call, "--out", str(out)]) == DONE
    assert out.read_bytes().startswith(b"%PDF-")
    assert main([*call, "--out", str(tmp_path)]) == FAILED
    assert main([*call, "--out", str(tmp_path / "no" / "report.pdf")]) == FAILED
    capsys.readouterr()
    assert main([*call, "--json"]) == DONE
    (plain,) = json.loads(capsys.readouterr().out)
    assert (plain["ward"], plain["week"]) == ("5", "2026-W47")
    every = ["report", "weekly", "--all-wards", "--week", "2026-W47"]
    assert main([*every, "--out", str(tmp_path)]) == DONE
    assert len(list(tmp_path.glob("*.pdf"))) == 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--requests", "10"), "1,000 to 10,000,000"),
        (("--end", "tomorrow"), "is not a day like"),
    ],
)
def test_demo_refuses_what_it_cannot_make(
    words: tuple[str, ...], sentence: str, capsys: Output
) -> None:
    assert main(["demo", *words]) == FAILED
    assert sentence in capsys.readouterr().err


def test_demo_writes_files_and_loads_nothing(library: None, tmp_path: Path, capsys: Output) -> None:
    requests, truth = tmp_path / "requests.csv", tmp_path / "truth.json"
    call = ["demo", "--requests", "1000", "--end", "2026-11-18"]
    assert main([*call, "--csv", str(requests), "--truth", str(truth)]) == DONE
    assert len(requests.read_text().splitlines()) == 1001
    planted = json.loads(truth.read_text())
    assert planted
    assert not ServiceRequest.objects.exists()
    again = tmp_path / "again.csv"
    assert main([*call, "--csv", str(again)]) == DONE
    assert again.read_bytes() == requests.read_bytes()
    assert main(["import", "requests", str(again)]) == DONE
    assert "1,000 read, 1,000 new" in capsys.readouterr().out


def test_stopping_a_command_by_hand_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    from wardroom.jobs.commands import detect_command

    def stop(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(detect_command, "run", stop)
    assert main(["detect"]) == 130
    assert "stopped" in capsys.readouterr().err
