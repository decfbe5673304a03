"""When: recorded events by month or quarter, stated claims as spans, and every dated event with its sources."""

from __future__ import annotations

from locales import say
from ui.cache import current_snapshot
from ui.filter_bar import chosen_period, show_filter_bar
from ui.page_head import show_head
from ui.state import current_choices
from ui.timeline_view import show_claim_spans, show_complaints, show_event_chart, show_event_list

snapshot = current_snapshot()
period, choices = chosen_period(snapshot, measured=False), current_choices()
show_head(say("Timeline"), snapshot, what=say("Timeline of events and claims"), period=period)
show_filter_bar(snapshot, measure=False, grain=True)
show_event_chart(snapshot, period, choices)
show_complaints(snapshot, period, choices)
show_claim_spans(snapshot, period, choices)
show_event_list(snapshot, period, choices)
