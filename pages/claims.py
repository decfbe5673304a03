"""Who said what: every claim in a ledger, side by side with what answers it, and what does not reconcile."""

from __future__ import annotations

import streamlit as st

from locales import say
from ui.bounds_form import show_bounds
from ui.cache import current_snapshot
from ui.claim_disputes import events_in_view, show_findings, show_pairs
from ui.claim_ledger import show_ladder, show_ledger
from ui.claims_view import open_ledger, select_view, show_choices, show_lead
from ui.filter_bar import chosen_period
from ui.page_head import show_head
from ui.sum_form import show_sum

snapshot = current_snapshot()
show_head(say("Claims: who said what"), snapshot)
lead = st.container()
ledger = open_ledger(snapshot)
choice = show_choices(snapshot, ledger)
period = chosen_period(snapshot, measured=False)
view = select_view(ledger, period, choice)
events = events_in_view(snapshot, period, choice)
with lead:
    show_lead(view, choice)
metric = show_ladder(snapshot, ledger, view, choice)
show_pairs(snapshot, ledger, view, events)
show_ledger(snapshot, ledger, view)
show_findings(snapshot, ledger, view, events)
show_bounds(snapshot, ledger, period, metric)
show_sum(ledger)
