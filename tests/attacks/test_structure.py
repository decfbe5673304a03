"""Section A of the attacks: encodings and structure."""

from __future__ import annotations

import tracemalloc

import pytest

from data.limits import current_limits
from data.read import BEYOND_HEADER, read_table
from errors import AmbiguousColumnError, EmptyFileError, FileTooLargeError, UnreadableFileError, UploadError
from tests.attacks.attack_files import GOOD_ROW, HEADER, bring_in, bring_in_cells, codes, conserved

KHMER = "a-1,2023-04-01,កំពត,,,3,\n"
WHOLE = (HEADER + GOOD_ROW).encode()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbf" + WHOLE, id="A01-byte-order-mark"),
        pytest.param((HEADER + KHMER).encode("utf-16"), id="A02-utf-16-with-mark"),
        pytest.param((HEADER + KHMER).encode("utf-16-be"), id="A03-utf-16-be-without-mark"),
        pytest.param((HEADER + KHMER).encode("utf-16-le"), id="A03-utf-16-le-without-mark"),
        pytest.param((HEADER + GOOD_ROW).replace(",", "\t").encode(), id="A14-tabs"),
        pytest.param((HEADER + GOOD_ROW).replace("\n", "\r").encode(), id="A15-lone-carriage-returns"),
        pytest.param(b"sep=;\n" + WHOLE.replace(b",", b";"), id="A16-separator-line"),
        pytest.param(b"sep=;\r\n" + WHOLE.replace(b",", b";"), id="A16-separator-line-crlf"),
    ],
)
def test_files_that_are_taken_in(content):
    result = bring_in(content)
    assert (result.rows_read, result.rows_accepted) == (1, 1)
    assert result.accepted["complaint_id"].tolist() == ["a-1"]
    assert result.accepted["province_code"].tolist() == ["KH-7"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8"], ids=["A02", "A03", "utf-8"])
def test_khmer_text_arrives_code_point_by_code_point(encoding):
    assert bring_in((HEADER + KHMER).encode(encoding)).accepted["place_text"].tolist() == ["កំពត"]


def test_a04_western_text_is_asked_about_then_read_exactly():
    content = (HEADER + "a-1,2023-04-01,Kampot,,,3,Café – “KK Park”\n").encode("cp1252")
    with pytest.raises(UnreadableFileError, match="Line 2") as caught:
        bring_in(content)
    assert "cp1252" in caught.value.hint
    assert "(encoding)" in caught.value.hint
    assert "Café – “KK Park”" in bring_in(content, encoding="cp1252").accepted["extra"].iloc[0]


def test_a05_a_legacy_khmer_font_is_never_converted_unseen():
    content = (HEADER + "a-1,2023-04-01,extþkMBt,,,3,\n").encode("cp1252")
    with pytest.raises(UnreadableFileError) as caught:
        bring_in(content)
    assert "Limon" in caught.value.hint
    result = bring_in(content, encoding="cp1252")
    assert result.accepted["place_text"].tolist() == ["extþkMBt"]
    assert result.accepted["province_code"].isna().all()
    assert codes(result) == {"legacy_khmer_font", "place_missing"}
    (question,) = result.questions()
    assert (question.kind, question.text) == ("place", "extþkMBt")
    decided = bring_in(content, encoding="cp1252", places={"extþkMBt": "KH-7"})
    assert decided.accepted[["province_code", "match_method"]].to_numpy().tolist() == [["KH-7", "manual"]]


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        pytest.param(WHOLE + b"a-2,2023\x00,,,,,\n", UnreadableFileError, "Line 3", id="A06-zero-byte"),
        pytest.param(HEADER.encode() + b"\xed\xa0\x80,,,,,,\n", UnreadableFileError, "Line 2", id="A07-lone-surrogate"),
        pytest.param(HEADER.encode() + b"1,2,3,4,5,6,7,8\n" * 3, UnreadableFileError, "8 cells", id="A08b-all-longer"),
        pytest.param(HEADER.encode() + b"1,2,3\n" * 3, UnreadableFileError, "header has 7", id="all-shorter"),
        pytest.param(WHOLE + b'a-2,"2023,x\na-3,2023,y\n', UnreadableFileError, "line 3", id="A11-unbalanced-quote"),
        pytest.param(WHOLE + b'a-2,"20"23,,,,,\n', UnreadableFileError, "line 3", id="A11-quote-inside"),
        pytest.param(b"id,victims,victims\n1,2,3\n", AmbiguousColumnError, "victims", id="A12-header-twice"),
        pytest.param(b"Report\nBy us\n" + WHOLE, UnreadableFileError, "line 3", id="A17-title-lines"),
        pytest.param(b"Report,,,,,,\nBy us,,,,,,\n" + WHOLE, UnreadableFileError, "line 3", id="A17-padded-titles"),
        pytest.param(b"", EmptyFileError, "empty", id="A19-nothing"),
        pytest.param(b"\n", EmptyFileError, "empty", id="A19-one-line-end"),
        pytest.param(b"\xef\xbb\xbf", EmptyFileError, "empty", id="A19-only-a-mark"),
        pytest.param(HEADER.encode(), EmptyFileError, "no rows", id="A19-only-a-header"),
        pytest.param(b"<!DOCTYPE html><html><body>x</body></html>", UnreadableFileError, "web page", id="A22-html"),
        pytest.param(b"  <table><tr><td>1</td></tr></table>", UnreadableFileError, "web page", id="A22-html-table"),
        pytest.param(b"PK\x03\x04\x14\x00\x06\x00", UnreadableFileError, "XLSX", id="A23-xlsx"),
        pytest.param(b"%PDF-1.7\n", UnreadableFileError, "PDF", id="A23-pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00", UnreadableFileError, "PNG", id="A23-png"),
        pytest.param(b"MZ\x90\x00\x03\x00", UnreadableFileError, "program", id="A23-exe"),
        pytest.param(b'{"type": "FeatureCollection"}', UnreadableFileError, "GeoJSON", id="geojson"),
        pytest.param(b"<OGRVRTDataSource></OGRVRTDataSource>", UnreadableFileError, "XML", id="D01-vrt"),
        pytest.param(b"," * 999_999 + b"\n" + b"," * 8_900_000, FileTooLargeError, "1,000,000", id="A24-a-million"),
        pytest.param(b"," * 99_999 + b"\n", FileTooLargeError, "100,000", id="A24-a-hundred-thousand"),
        pytest.param(",".join(f"c{n}" for n in range(201)).encode() + b"\n1\n", FileTooLargeError, "201", id="A24-201"),
        pytest.param(b"a,b\n1,2\n" + b"," * 30_000 + b"\n", FileTooLargeError, "Line 3", id="A24-a-later-line"),
        pytest.param(HEADER.encode() + b"x" * 50_000_000, FileTooLargeError, "line 2", id="A25-50-MB-cell"),
        pytest.param(HEADER.encode() + b"x" * 200_000 + b",,,,,,\n", FileTooLargeError, "10,000", id="A25-long-cell"),
        pytest.param(
            HEADER.encode() + b"x" * 10_001 + b",,,,,,\n", FileTooLargeError, "10,000", id="A25-just-too-long"
        ),
        pytest.param(HEADER.encode() + GOOD_ROW.encode() * 900_000, FileTooLargeError, "50 MB", id="A26-60-MB"),
    ],
)
def test_files_that_are_refused_as_a_whole(content, error, said):
    with pytest.raises(error, match=said) as caught:
        bring_in(content)
    assert isinstance(caught.value, UploadError)
    assert caught.value.hint


def test_a26_a_file_with_more_rows_than_can_be_read_is_refused(monkeypatch):
    assert current_limits().rows == 1_000_000
    monkeypatch.setenv("ATLAS_MAX_ROWS", "1000")
    assert len(read_table(b"a\n" + b"1\n" * 1_000, "any.csv").rows) == 1_000
    with pytest.raises(FileTooLargeError, match="1,000 rows") as caught:
        bring_in(b"a\n" + b"1\n" * 1_001)
    assert caught.value.hint


def test_a08_a_row_with_one_cell_too_many_is_set_aside_with_all_its_cells():
    result = bring_in(HEADER + GOOD_ROW + "a-2,2023-04-01,Kampot,,,3,u,surplus\n")
    assert result.rows_accepted == 1
    assert result.rejected[["row_number", "id", BEYOND_HEADER]].to_numpy().tolist() == [[3, "a-2", "surplus"]]
    assert codes(result) == {"too_many_cells"}
    assert conserved(result)


def test_a09_a_row_with_too_few_cells_is_set_aside():
    result = bring_in(HEADER + GOOD_ROW + "a-2,2023-04-01\n")
    assert result.rejected[["row_number", "id", "date", "victims"]].to_numpy().tolist() == [
        [3, "a-2", "2023-04-01", ""]
    ]
    assert codes(result) == {"too_few_cells"}
    assert conserved(result)


def test_a10_line_ends_inside_quotes_count_as_lines_of_the_file():
    result = bring_in(HEADER + 'a-1,2023-04-01,Kampot,,,3,"one\ntwo\r\nthree"\n' + "\n" + "a-2,soon,Kampot,,,3,\n")
    assert result.accepted["row_number"].tolist() == [2]
    assert result.rejected["row_number"].tolist() == [6]
    assert result.reading.blank_lines == 1


def test_a11_a_quote_that_never_closes_in_a_large_file_is_named_at_once():
    with pytest.raises(UploadError, match="line 3"):
        bring_in(HEADER + GOOD_ROW + 'a-2,"' + GOOD_ROW * 300_000)


@pytest.mark.parametrize("value", ["1.480", "1,480"], ids=["A13-point", "A13-comma"])
def test_a13_between_semicolons_a_grouped_number_has_two_readings(value):
    content = f"id;date;province;lat;lon;victims\na-1;2023-04-01;Kampot;10,6112;104,1803;{value}\n"
    result = bring_in(content)
    assert codes(result) == {"number_ambiguous"}
    message, hint = result.issues.loc[0, ["message", "hint"]]
    assert "1,480 or 1.480" in message
    assert "(decimal_comma)" in hint
    as_point = bring_in(content, decimal_comma=value == "1.480")
    assert as_point.accepted[["people_affected", "latitude"]].to_numpy().tolist() == [[1480, 10.6112]]


def test_a15_all_three_line_ends_in_one_file():
    result = bring_in(HEADER.strip() + "\r\n" + GOOD_ROW.strip() + "\r" + GOOD_ROW.replace("a-1", "a-2"))
    assert result.accepted["row_number"].tolist() == [2, 3]


def test_a17_a_row_with_a_stray_comma_is_not_taken_for_the_header():
    result = bring_in("name,place_text\nHuang Le,Bavet\nCrown,Bavet, Svay Rieng\n", kind="compound")
    assert codes(result) == {"too_many_cells"}
    assert result.rows_accepted == 1


def test_a17_the_header_is_taken_where_it_is_said_to_be():
    content = "Report, by us\nA title\n" + HEADER + GOOD_ROW
    with pytest.raises(UnreadableFileError) as caught:
        bring_in(content)
    assert "header_row=3" in caught.value.hint
    result = bring_in(content, header_row=3)
    assert result.reading.header_row == 3
    assert result.accepted["row_number"].tolist() == [4]


@pytest.mark.parametrize(
    "line", ["TOTAL,,12\n", "Total:,,,,,12,\n", "សរុប,,,,,12,\n"], ids=["A18", "A18-wide", "A18-khmer"]
)
def test_a18_a_total_is_not_a_record(line):
    result = bring_in(HEADER + GOOD_ROW + line)
    assert codes(result) == {"looks_like_total"}
    assert result.accepted["people_affected"].sum() == 3
    assert conserved(result)


def test_a20_invisible_characters_in_headers_are_taken_out_and_said():
    result = bring_in("\u200bid\u200b,da\u202ete,pro\u00advince,people\u00a0affected\n" + "a-1,2023-04-01,Kampot,3\n")
    assert result.reading.columns == ("id", "date", "province", "people affected")
    assert result.reading.cleaned_headers == ("id", "date", "province", "people affected")
    assert result.accepted["people_affected"].tolist() == [3]


def test_a21_typographic_quotes_do_not_hold_a_cell_together():
    result = bring_in(HEADER + GOOD_ROW + "a-2,2023-04-01,“Kampot, Bokor”,,,3,\n")
    assert codes(result) == {"too_many_cells"}
    assert result.rows_accepted == 1


def test_a24_a_million_columns_cost_little_memory():
    content = b"," * 999_999 + b"\n" + b"," * 8_900_000
    tracemalloc.start()
    with pytest.raises(FileTooLargeError):
        bring_in(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50 * 2**20


def test_a27_zeros_in_front_are_kept():
    result = bring_in("id,date,province,ref_no\n007,2023-04-01,Kampot,0042\n012555999,2023-04-01,Kampot,x\n")
    assert result.accepted["complaint_id"].tolist() == ["007", "012555999"]
    assert result.accepted["extra"].iloc[0] == '{"ref_no": "0042"}'


def test_two_separators_that_fit_alike_are_asked_about():
    content = b"date,province;province,note\n2023-04-01,Kampot;Kampot,x\n"
    with pytest.raises(UnreadableFileError) as caught:
        bring_in(content)
    assert "(delimiter)" in caught.value.hint
    assert read_table(content, "x", delimiter=",").reading.columns == ("date", "province;province", "note")
    assert read_table(content, "x", delimiter=";").reading.columns == ("date,province", "province,note")


@pytest.mark.parametrize(
    "options", [{"encoding": "rot13"}, {"encoding": "unicode_escape"}, {"delimiter": "x"}, {"header_row": 99}]
)
def test_an_option_that_cannot_be_is_said(options):
    with pytest.raises(UploadError):
        bring_in(WHOLE, **options)


def test_a_column_of_values_without_a_header_is_refused_and_an_empty_one_left_out():
    with pytest.raises(UnreadableFileError, match="Column 1"):
        bring_in(",date,province\n0,2023-04-01,Kampot\n")
    assert bring_in("date,province,\n2023-04-01,Kampot,\n").reading.columns == ("date", "province")


def test_a_template_marker_passes_unchanged():
    result = bring_in_cells("source_url", "{{7*1234567}}")
    assert result.accepted["extra"].iloc[0] == '{"source_url": "{{7*1234567}}"}'
