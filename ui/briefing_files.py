"""The files of a briefing: which formats, made beside the page, then downloaded one by one or all together."""

from __future__ import annotations

from contextvars import copy_context
from hashlib import sha256

import streamlit as st

from charts.pack import MIME, bundle, make_files
from charts.plates import file_stem
from data.briefing import FORMATS, write_briefing
from data.database import data_dir
from data.progress import Progress
from geo.boundaries import boundary_version
from locales import say
from ui.briefing_form import current_briefing
from ui.briefing_items import make_context
from ui.work import await_work

_ASKED = "briefing_asked"


def show_files() -> None:
    """Draw the choice of formats, then the files."""
    briefing = current_briefing()
    if briefing is None or not briefing.items:
        return
    st.subheader(say("Files"))
    formats = st.pills(
        say("Formats"), list(FORMATS), default=list(FORMATS), selection_mode="multi", key="briefing_formats",
        format_func=lambda name: say(FORMATS[name]),
    )  # fmt: skip
    with st.expander(say("Slides in a design of one's own")):
        template = st.file_uploader(say("A presentation whose design is used; its slides are left out"), type=["pptx"],
                                    key="briefing_slides")  # fmt: skip
        content = template.getvalue() if template is not None else None
    context = make_context(briefing)
    made_with = (context.snapshot.version, context.today, context.link, sorted(formats), data_dir(), boundary_version())
    told = f"{write_briefing(briefing)} {made_with}"
    key = f"briefing {sha256(told.encode() + (content or b'')).hexdigest()}"
    if st.button(say("Make the files"), type="primary", disabled=not formats, key="briefing_make"):
        st.session_state[_ASKED] = key
    st.download_button(
        say("This briefing as JSON"), write_briefing(briefing), f"{file_stem(briefing.title)}.json", "application/json",
        key="briefing_json", on_click="ignore", type="tertiary",
        help=say("For `cli.py briefing --briefing`, or to go on with it elsewhere."),
    )  # fmt: skip
    if st.session_state.get(_ASKED) != key:
        return
    # The work speaks the language and draws the boundaries of this run.
    run = copy_context()

    def make(progress: Progress) -> dict[str, bytes]:
        files = run.run(make_files, context, formats, template=content, progress=progress)
        whole = run.run(bundle, files, context)
        return {f"{file_stem(briefing.title)}.zip": whole} | {
            name: content for name, content in files.items() if "/" not in name
        }

    files = await_work(key, make, label=say("Making the files"))
    if files is not None:
        _offer(files)


def _offer(files: dict[str, bytes]) -> None:
    with st.container(border=True, key="briefing_made"):
        for number, (name, content) in enumerate(files.items()):
            ending = name.rpartition(".")[2]
            label = say("Everything in one ZIP") if not number else say(FORMATS[ending])
            size = say("{n} MB", n=round(len(content) / 1e6, 1)) if len(content) > 1e5 else say("less than 0.1 MB")
            with st.container(horizontal=True, vertical_alignment="center", key=f"made_{number}"):
                st.download_button(
                    label, content, name, MIME.get(ending), key=f"get_{number}", on_click="ignore",
                    icon=":material/download:", type="primary" if not number else "secondary", width=330,
                )  # fmt: skip
                st.caption(size)
        st.caption(
            say("Every picture in them carries its caveats, sources and credit. The ZIP lists checksums, versions and "
                "the addresses of the views.")
        )  # fmt: skip
