from __future__ import annotations

from ui.claims_view import ClaimChoice


def test_a_choice_is_narrowed_as_soon_as_anything_is_chosen():
    assert not ClaimChoice().narrowed
    assert ClaimChoice(metric="people_rescued").narrowed
    assert ClaimChoice(speaker_type="ngo").narrowed
    assert ClaimChoice(contested_only=True).narrowed
