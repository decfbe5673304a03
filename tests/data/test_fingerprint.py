from __future__ import annotations

import re

from data.fingerprint import fingerprint


def test_the_order_and_the_writing_of_headers_do_not_count():
    assert fingerprint(["Date received", "Province"]) == fingerprint(["province", "DATE_RECEIVED"])
    assert re.fullmatch("[0-9a-f]{64}", fingerprint(["ខេត្ត"]))


def test_other_headers_have_another_fingerprint():
    prints = [["a", "b"], ["a"], ["ab"], ["a", "b", "b"], ["a", "#"], ["a", "%"], []]
    assert len({fingerprint(headers) for headers in prints}) == len(prints)
