from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from charts.figure import FRAMES, FigureText, find_frame, render, start_figure, write
from errors import ExportError
from tests.pictures import check_golden, check_texts, texts_of

TEXT = FigureText(
    title="At least 201 of 289 complaints came from Preah Sihanouk, says the Ministry of Interior",
    subtitle="Complaints received, as stated, by province, 19 August – 18 September 2022",
    notes=("10 of 25 provinces with a figure.", "Hatched provinces have no report; that is not zero."),
    sources=("Ministry of Interior, Statement, 19 September 2022", "CamboJA, Year in Review, 16 June 2023"),
    credit="Boundaries: © OpenStreetMap contributors · data version 4 · internal version · map?version=4",
)
HOSTILE = "$\\frac{1}{2}$ <script>alert(1)</script> {{7*7}} & \"quoted\" =cmd|' /C calc'!A0"


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("scale", [1, 2, 3, 4])
def test_pictures_have_exactly_the_pixels_of_their_frame(frame, scale):
    figure, _ = start_figure(frame, TEXT)
    size = Image.open(io.BytesIO(render(figure, "png", scale))).size
    assert size == (FRAMES[frame].width_px * scale, FRAMES[frame].height_px * scale)


def test_a4_is_a_sheet_of_that_size():
    figure, _ = start_figure("a4", TEXT)
    box = PdfReader(io.BytesIO(render(figure, "pdf"))).pages[0].mediabox
    assert (float(box.width), float(box.height)) == (pytest.approx(595.3, abs=0.5), pytest.approx(841.9, abs=0.5))


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_figure_gives_the_same_bytes(kind):
    first, second = (render(start_figure("half", TEXT)[0], kind) for _ in range(2))
    assert first == second


def test_svg_and_pdf_hold_every_text_literally():
    text = FigureText(HOSTILE, HOSTILE, (HOSTILE,), (HOSTILE,), HOSTILE)
    figure, _ = start_figure("wide", text)
    svg = render(figure, "svg").decode()
    assert "<script" not in svg
    assert "$\\frac{1}{2}$ &lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} &amp;" in svg
    pdf = PdfReader(io.BytesIO(render(figure, "pdf"))).pages[0].extract_text()
    assert pdf.count("$\\frac{1}{2}$ <script>alert(1)</script> {{7*7}} &") == 5


def test_svg_brings_its_letters():
    svg = render(start_figure("half", TEXT)[0], "svg").decode()
    assert svg.count("@font-face") == 2
    assert "http" not in svg.replace("http://www.w3.org", "").replace("http://purl.org", "").replace(
        "http://creativecommons.org", ""
    )


def test_pdf_embeds_its_fonts():
    page = PdfReader(io.BytesIO(render(start_figure("half", TEXT)[0], "pdf"))).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    assert all("SourceSans3" in font["/BaseFont"] for font in fonts)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("times", [0, 1, 6, 25])
def test_texts_of_any_length_neither_meet_nor_leave_the_picture(frame, times):
    long = FigureText(
        title=" ".join([TEXT.title] * max(times // 2, 1)),
        subtitle=" ".join([TEXT.subtitle] * max(times // 2, 1)),
        notes=TEXT.notes * times,
        sources=TEXT.sources * times,
        credit=" ".join([TEXT.credit] * max(times // 3, 1)),
        qr="http://127.0.0.1:8501/map?measure=recorded:raid" if times % 2 else "",
    )
    figure, (left, bottom, width, height) = start_figure(frame, long)
    check_texts(figure)
    assert left >= 0
    assert bottom >= 0
    assert width > 0.9
    assert height >= (0.45 if times <= 1 else 0.25)
    low = (bottom + 0.001) * FRAMES[frame].height_px
    high = (bottom + height - 0.001) * FRAMES[frame].height_px
    assert not [text for text, _, y0, _, y1 in texts_of(figure) if y1 > low and y0 < high]


@settings(max_examples=15)
@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_breaks_a_picture(title, note):
    figure, _ = start_figure("half", FigureText(title, "", (note,), (), note))
    assert render(figure, "svg")


def test_the_code_says_the_address():
    text = FigureText("t", "s", (), (), "c", qr="http://127.0.0.1:8501/map?version=4")
    with_code, without = (
        render(start_figure("half", one)[0], "png") for one in (text, FigureText("t", "s", (), (), "c"))
    )
    corner = [Image.open(io.BytesIO(png)).convert("L").crop((690, 450, 780, 550)) for png in (with_code, without)]
    dark = [sum(value < 90 for value in part.get_flattened_data()) for part in corner]
    assert dark[0] > 1000 > dark[1]


def test_several_are_drawn_at_once_as_one_by_one():
    alone = [render(start_figure(frame, TEXT)[0], "png") for frame in FRAMES]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda frame: render(start_figure(frame, TEXT)[0], "png"), FRAMES))
    assert together == alone


def test_what_cannot_be_written_is_refused():
    figure, _ = start_figure("half", TEXT)
    with pytest.raises(ExportError, match="gif"):
        render(figure, "gif")
    with pytest.raises(ExportError, match="scale 9"):
        render(figure, "png", 9)
    with pytest.raises(ExportError, match="poster"):
        find_frame("poster")


def test_a_text_stands_where_it_was_written():
    figure, _ = start_figure("square", FigureText("", "", (), (), ""))
    write(figure, 540, 300, "middle", 20, align="center", over="center")
    _, x0, y0, x1, y1 = next(box for box in texts_of(figure) if box[0] == "middle")
    assert (x0 + x1) / 2 == pytest.approx(540, abs=1.5)
    assert (y0 + y1) / 2 == pytest.approx(1080 - 300, abs=6)


def test_golden_furniture():
    check_golden(render(start_figure("half", TEXT)[0], "png"), "furniture")
