from __future__ import annotations

from ui.column_labels import label_columns, name_column


def test_headers_are_words_with_the_computers_name_in_the_tip():
    config = label_columns("complaint", ["people_affected", "date_start", "row_number", "Shelter", "match_method"])
    assert {name: column["label"] for name, column in config.items()} == {
        "people_affected": "How many people it concerns",
        "date_start": "First day",
        "row_number": "Row",
        "match_method": "How this atlas found the province",
    }
    assert config["people_affected"]["help"] == "people_affected"
    assert config["date_start"]["type_config"]["format"] == "YYYY-MM-DD"


def test_a_message_names_the_column_as_the_person_does():
    message = "“many” in “people_affected” is not a number."
    assert name_column(message, "people_affected", "complaint", {"people_affected": "Heads"}) == (
        "“many” in “Heads” is not a number."
    )
    assert name_column(message, "people_affected", "complaint", {}) == (
        "“many” in “How many people it concerns” is not a number."
    )
    assert name_column("The row looks like a total.", "", "complaint", {}) == "The row looks like a total."
    assert name_column("“Shelter” seems …", "Shelter", "complaint", {}) == "“Shelter” seems …"
