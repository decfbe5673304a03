"""The page around the figures: one small style sheet, the same on every page."""

from __future__ import annotations

import streamlit as st

from charts.palette import INK, MUTED, RULE
from locales import language

_STYLE = f"""
<style>
.block-container {{ padding-top: 4.25rem; padding-bottom: 3rem; max-width: 1340px; }}
@media (min-width: 900px) {{ .block-container {{ padding-left: 3rem; padding-right: 3rem; }} }}
h1 {{ font-size: 28px; line-height: 1.25; font-weight: 600; color: {INK}; padding-bottom: .25rem; }}
h2 {{ font-size: 20px; font-weight: 600; padding: .75rem 0 .25rem; }}
h3 {{ font-size: 16px; font-weight: 600; padding: .5rem 0 .1rem; }}
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p {{ color: {MUTED} !important; opacity: 1; }}
[data-testid="stMetric"] {{ border-top: 2px solid {INK}; padding-top: .35rem; }}
[data-testid="stMetricValue"] {{ font-variant-numeric: tabular-nums; }}
[data-testid="stText"] {{ font-family: inherit; font-size: 14px; line-height: 1.4; white-space: pre-wrap; }}
[data-testid="stText"] {{ overflow-wrap: anywhere; }}
[class*="st-key-lead"] [data-testid="stText"] {{ font-size: 17px; line-height: 1.4; max-width: 100ch; }}
[class*="st-key-quote"] [data-testid="stText"] {{ border-left: 3px solid {RULE}; padding-left: .6rem; color: {MUTED}; }}
[class*="st-key-source"] [data-testid="stText"] {{ font-size: 12.5px; color: {MUTED}; }}
[class*="st-key-when"] [data-testid="stText"] {{ color: {MUTED}; }}
[class*="st-key-figure"] [data-testid="stText"] {{ font-size: 20px; font-weight: 600; }}
[class*="st-key-figure"] [data-testid="stText"] {{ font-variant-numeric: tabular-nums; }}
.st-key-language {{ position: fixed; top: 0; right: 3.25rem; z-index: 999995; width: auto; height: 3.75rem; }}
.st-key-language {{ justify-content: center; }}
.st-key-language nav {{ display: flex; gap: .8rem; font-size: 13px; line-height: 1.6; white-space: nowrap; }}
.st-key-language nav a {{ color: {INK}; }}
.st-key-language nav span {{ color: {MUTED}; }}
[class*="st-key-event_"] {{ border-top: 1px solid {RULE}; padding-top: .45rem; }}
.st-key-filters {{ border-top: 1px solid {RULE}; border-bottom: 1px solid {RULE}; padding: .5rem 0 .6rem; }}
@media (max-width: 640px) {{
  .block-container {{ padding-left: 1rem; padding-right: 1rem; }}
  h1 {{ font-size: 23px; }}
  .st-key-filters {{ flex-wrap: nowrap !important; overflow-x: auto; scroll-snap-type: x proximity; }}
  .st-key-filters > * {{ flex: none !important; scroll-snap-align: start; }}
  [class*="st-key-record_kind"] [role="radiogroup"] {{ flex-wrap: wrap; }}
  [class*="st-key-lead"] [data-testid="stText"] {{ font-size: 16px; }}
  .st-key-map iframe {{ height: calc(55vh + 180px) !important; }}
  .st-key-map_timed iframe {{ height: calc(55vh + 310px) !important; }}
}}
</style>
"""

_KHMER_STYLE = """
<style>
body, p, label, li, td, th, [data-testid="stText"], [data-testid="stCaptionContainer"] { line-height: 1.7 !important; }
h1, h2, h3 { line-height: 1.6 !important; }
[data-testid="stMetricLabel"] > div, [data-testid="stMetricValue"] > div { line-height: 1.7; overflow: visible; }
[data-baseweb="select"] > div, [data-baseweb="tag"], [data-baseweb="tab"], button p { line-height: 1.7 !important; }
[data-baseweb="select"] div { overflow-y: visible; }
</style>
"""
"""Khmer stacks signs above and below its letters and needs more room between lines."""


def apply_theme() -> None:
    """Add the style sheet to the page. It is constant: no text from data ever enters it."""
    st.html(_STYLE + _KHMER_STYLE if language() == "km" else _STYLE)
