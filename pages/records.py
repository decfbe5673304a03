"""The rows behind every number, to filter and to download."""

from __future__ import annotations

from locales import say
from ui.cache import current_snapshot
from ui.filter_bar import chosen_period, show_filter_bar
from ui.page_head import show_head
from ui.record_table import show_records
from ui.state import current_choices

snapshot = current_snapshot()
period = chosen_period(snapshot, measured=False)
show_head(say("Records"), snapshot, period=period)
show_filter_bar(snapshot, measure=False)
show_records(snapshot, period, current_choices())
