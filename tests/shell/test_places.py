from __future__ import annotations

import csv
import io

import pytest

from tests.shell.commands import refused, run, run_json


class TestPlaces:
    def test_each_text_gets_one_answer(self):
        found = run_json("resolve", "Sihanoukville province", "Bavet", "Atlantis", "ខេត្តកំពត")
        assert [(each["result"], each["province_code"]) for each in found] == [
            ("match", "KH-18"),
            ("match", "KH-20"),
            ("no_match", None),
            ("match", "KH-7"),
        ]
        assert all({"text", "result", "province_code", "method", "candidates"} <= set(each) for each in found)

    @pytest.mark.parametrize(
        ("latitude", "longitude", "code", "method"),
        [
            ("11.56", "104.92", "KH-12", "coordinates"),
            ("13.75", "100.50", None, "outside"),
            ("-11.56", "-104.92", None, "outside"),
            ("-.5", "-0", None, "outside"),
            ("11°33'36\"N", "104°55'12\"E", "KH-12", "coordinates"),
            ("abc", "104.92", None, "invalid"),
            ("95", "104.92", None, "invalid"),
        ],
    )
    def test_a_point_is_located(self, latitude, longitude, code, method):
        answer = run_json("locate", latitude, longitude)
        assert (answer["province_code"], answer["match_method"]) == (code, method)
        assert (answer["distance_m"] is None) == (method == "invalid")
        assert code is None or answer["distance_m"] == 0

    def test_provinces_are_added_to_a_file(self, tmp_path):
        source, target = tmp_path / "in.csv", tmp_path / "out.csv"
        source.write_text('id,latitude,longitude,"no te"\n007,11.56,104.92,"=1+1, x"\n008,,,\n', encoding="utf-8")
        assert run("locate", "--csv", source, "--out", target).exit_code == 0
        rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
        assert [(row["id"], row["no te"], row["province_code"], row["match_method"]) for row in rows] == [
            ("007", "=1+1, x", "KH-12", "coordinates"),
            ("008", "", "", "invalid"),
        ]

    @pytest.mark.parametrize(
        "arguments", [[], ["11.5"], ["--csv", "in.csv"], ["11.5", "104.9", "--out", "x"], ["--lat", "11.5"]]
    )
    def test_half_a_question_is_refused(self, arguments):
        assert refused("locate", *arguments)

    def test_a_place_that_cannot_be_written_is_said(self, tmp_path):
        source = tmp_path / "in.csv"
        source.write_text("latitude,longitude\n11.56,104.92\n", encoding="utf-8")
        assert "cannot be written" in refused("locate", "--csv", source, "--out", tmp_path / "no" / "out.csv")
