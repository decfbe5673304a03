"""Instead of a file that holds personal data: the same rows without it, as a new file."""

from __future__ import annotations

from dataclasses import replace

from data import drafts
from data.drafts import Draft
from data.options import ImportOptions
from data.personal_data import name_personal_data
from data.redact import redact, redacted_options
from ui.wizard.state import change_draft, start_draft


def replace_file(draft: Draft) -> None:
    """Go on with the file as `redact` writes it; the one that was chosen is thrown away."""
    content = redact(draft.content(), draft.file_name, draft.options, draft.kind)
    name = f"{draft.file_name.rpartition('.')[0] or draft.file_name} (without personal data).csv"
    fresh = start_draft(content, name, draft.kind)
    change_draft(fresh, step="questions", options=without_private_edits(draft.options), answers=draft.answers)
    drafts.discard(draft.token)


def without_private_edits(options: ImportOptions) -> ImportOptions:
    """Return the decisions with which the new file is read, without changed cells that tell the same again."""
    edits = tuple(edit for edit in options.edits if not name_personal_data(edit.text))
    return replace(redacted_options(options), edits=edits)
