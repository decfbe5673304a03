"""Everything that a page sends to the browser as text, and which of it the browser takes as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from streamlit.testing.v1 import AppTest

PLAIN = frozenset(
    {
        "text.body",
        "text_input.default",
        "text_input.value",
        "selectbox.options",
        "selectbox.raw_value",
        "multiselect.options",
        "multiselect.raw_values",
    }
)
"""Where the browser shows text as it is. Tables and charts carry theirs as bytes, the map as JSON; see `markup`."""
_NAMES = frozenset({"id", "form_id", "element_id"})
"""Names of elements; no one sees them."""


def _strings(proto: Any, path: str) -> Iterator[tuple[str, str]]:
    for field, value in proto.ListFields():
        name = f"{path}.{field.name}"
        repeated = not isinstance(value, (str, bytes)) and hasattr(value, "__iter__")
        values = list(value.values() if hasattr(value, "values") else value) if repeated else [value]
        for one in values:
            if field.type == FieldDescriptor.TYPE_STRING and field.name not in _NAMES:
                yield name, str(one)
            elif field.type == FieldDescriptor.TYPE_MESSAGE and hasattr(one, "ListFields"):
                yield from _strings(one, name)


def shown(app: AppTest) -> Iterator[tuple[str, str]]:
    """Yield (element.field, text) for each text of a page; tables, which the browser draws as they are, left out."""
    for node in app._tree:
        proto = getattr(node, "proto", None)
        if proto is not None:
            yield from _strings(proto, node.type)


def markup(app: AppTest) -> list[tuple[str, str]]:
    """List what the browser may read as Markdown, HTML or code; of the map, all but its payload."""
    found = []
    for place, text in shown(app):
        if place == "component_instance.json_args":
            found.append(
                (place, json.dumps({name: part for name, part in json.loads(text).items() if name != "atlas"}))
            )
        elif place not in PLAIN:
            found.append((place, text))
    return found


def failures(app: AppTest) -> list[str]:
    """List the messages that something did not work or went wrong."""
    return [text for text in app.markdown.values if text.startswith(":material/error:")]


def caption(app: AppTest, words: str) -> str:
    """Return the caption that holds these words; an empty text when there is none."""
    return next((text for text in app.caption.values if words in text), "")
