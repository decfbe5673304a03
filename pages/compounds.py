"""What happened to each site: alleged, raided, closed, reopened, and what is reported after a raid."""

from __future__ import annotations

import streamlit as st

from locales import say
from ui.cache import current_snapshot
from ui.compound_view import list_sites, show_filters, show_lanes, show_lead, show_table
from ui.page_head import show_head
from ui.site_history import show_site
from ui.state import current_choices

snapshot = current_snapshot()
show_head(say("Compounds"), snapshot, what=say("Sites named by a source"))
lead = st.container()
sites = show_filters(snapshot)
chosen = current_choices().compound
site = snapshot.find("compound", chosen) if chosen else None
if site is not None:
    show_site(snapshot, list_sites(snapshot), site)
else:
    with lead:
        show_lead(sites)
    if chosen:
        st.text(say("The address names a site that is not recorded. All sites are shown."))
    show_lanes(snapshot, sites)
    show_table(sites)
