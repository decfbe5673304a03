from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.shown import shown


def words(app: AppTest) -> str:
    return "\n".join(text for _, text in shown(app))


def test_the_page_begins_with_what_is_seen(open_page):
    app = open_page("claims")
    assert not app.exception
    assert app.text[0].value == (
        "54 claims by 20 speakers (4 that only repeat another are not counted again). 3 are contested; "
        "4 doubt or deny what another one says."
    )
    assert len(app.dataframe[0].value) == 58


def test_an_allegation_stands_beside_its_answers(open_page):
    text = words(open_page("claims"))
    assert "answers with a denial" in text
    assert "answers with a doubt" in text
    assert "“She dismissed the report’s claim”" in text
    assert "answers: the party that disputes it" in text


def test_the_ledger_has_repeats_beneath_their_claim(open_page):
    table = open_page("claims").dataframe[0].value
    repeats = table[table["Says who"].str.startswith("↳")]
    assert len(repeats) == 4
    assert repeats["No."].isna().all()
    assert table["Source"].ne("no source given").all()


def test_the_choices_narrow_everything(open_page):
    app = open_page("claims")
    app.selectbox(key="claim_metric").select("people_rescued").run()
    assert "5 claims about “People rescued”" in app.text[0].value
    assert set(app.dataframe[0].value["Of what"]) == {"People rescued"}
    assert "A part larger than its whole" in words(app)
    app.selectbox(key="claim_speaker").select("government").run()
    assert set(app.dataframe[0].value["Speaker is"]) == {"Government"}


def test_contested_only_shows_both_sides(open_page):
    app = open_page("claims")
    app.toggle(key="claim_contested").set_value(True).run()
    assert set(app.dataframe[0].value["Figure"]) >= {"denied", "doubted", "100,000 or more"}
    assert len(app.dataframe[0].value) < 15


def test_a_province_says_what_is_left_out(open_page):
    app = open_page("claims", place="KH-18")
    assert "in Preah Sihanouk" in app.text[0].value
    assert set(app.dataframe[0].value["Where"].str.split(",").str[0]) == {"Preah Sihanouk"}
    assert "about the whole country or other areas left out" in words(app)


def test_a_claim_of_the_picture_opens_with_repeats_and_answers(open_page):
    app = open_page("claims")
    app.selectbox(key="ladder_open").select("clm-202309-ohchr-at-least-100000").run()
    assert not app.exception
    text = words(app)
    assert "Contested by Chou Bun Eng, NCCT and Jason Tower, United States Institute of Peace" in text
    assert "Repeated by UN OHCHR, as “about 100,000”" in text
    app.selectbox(key="ladder_open").select("clm-202309-voa-some-100000").run()
    assert "Repeats UN OHCHR:" in words(app)


def test_every_picture_can_be_opened(open_page, snapshot):
    app = open_page("claims")
    for metric in app.selectbox(key="ladder_metric").options:
        assert metric
    for name in snapshot.of("claim")["metric"].unique():
        app.selectbox(key="ladder_metric").select(name).run()
        assert not app.exception, name
        assert "Something went wrong" not in words(app), name


def test_a_finding_opens_its_records(open_page):
    app = open_page("claims")
    assert "No contradiction, 15 tensions." in words(app)
    quote = "“NCCT confirmed that 358 victims were rescued”"
    before = words(app)
    switch = next(one for one in app.toggle if one.key.startswith("open_finding_"))
    switch.set_value(True).run()
    assert words(app).count("Source: ") == before.count("Source: ") + 2
    assert words(app).count(quote) == before.count(quote) + 1


def test_what_must_not_be_added_is_refused_with_the_reason(open_page):
    app = open_page("claims")
    app.selectbox(key="claim_metric").select("complaints_received").run()
    app.multiselect(key="bounds_metrics_complaints_received").select("people_rescued")
    app.button[-1].click().run()
    assert "“Complaints received” and “People rescued” are different things and are never added." in words(app)
    app.multiselect(key="bounds_metrics_complaints_received").set_value(["tip_tier"])
    app.button[-1].click().run()
    assert "is a rank; it is not added" in words(app)
    app.multiselect(key="bounds_metrics_complaints_received").set_value([])
    app.button[-1].click().run()
    assert "No metric was named." in words(app)


def test_bounds_name_the_claims_that_decide(open_page):
    app = open_page("claims", **{"from": "2022-08-19", "to": "2022-09-19"})
    app.selectbox(key="claim_metric").select("complaints_received").run()
    text = words(app)
    assert "Complaints received, Cambodia, 19 August – 18 September 2022: exactly 289." in text
    assert "1 claim decides this" in text
    app.multiselect(key="bounds_places_").select("KH-18")
    app.button[-1].click().run()
    assert "Complaints received, Preah Sihanouk, 19 August – 18 September 2022: between 201 and 212." in words(app)


def test_nothing_in_view_is_said(open_page):
    app = open_page("claims", place="KH-23")
    assert not app.exception
    assert "does not mean that nothing happened" in words(app)


def test_whom_to_believe_is_followed(open_page):
    app = open_page("claims", believe="government")
    assert set(app.dataframe[0].value["Speaker is"]) == {"Government"}
    assert "Only these speakers and sources count: Government." in words(app)


def test_nested_windows_are_not_added_and_the_reason_is_said(open_page):
    app = open_page("claims")
    app.multiselect(key="sum_claims").set_value(["clm-20221231-requests", "clm-202309-chou-requests"]).run()
    assert "These numbers are not added" in words(app)
    assert "periods that overlap" in words(app)


def test_parts_of_one_total_are_added_and_called_computed(open_page):
    app = open_page("claims")
    parts = ["clm-20220919-complaints-pursat", "clm-20220919-complaints-svay-rieng"]
    app.multiselect(key="sum_claims").set_value(parts).run()
    assert "Together 22. Computed from the statements chosen; nobody stated it." in words(app)
