"""How far two independent codings of the same documents agree.

Each coder gives records identifiers of their own, so records are matched by what they say and never by identifier: all
pairs of one kind are scored on `TRAITS`, and the matching with the highest total score is taken (optimal assignment).
A pair below `MINIMUM_SCORE` is no match: those records stand in one coding only. Identifiers that refer to other
records are then compared by way of the matching.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from data.schema import KINDS, Kind, split_list

TRAITS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "source": (("publisher", "title"), ("published_date", "source_type")),
    "compound": (("name", "quote"), ("compound_type", "province_code")),
    "event": (("quote", "actor"), ("event_type", "date_end", "report_date", "people_low", "compound_id")),
    "claim": (("quote", "speaker"), ("metric", "low", "best", "high", "period_end", "province_code", "stance")),
}
"""For each kind, the texts that are compared word by word, and the values that are equal or not."""

MINIMUM_SCORE = 0.5
"""Mean likeness, from 0 to 1, from which two records are taken for one."""

KAPPA_FIELDS = {"event": ("event_type", "qualifier"), "claim": ("qualifier",)}

_CODED_TEXT = ("province_code", "part_of", "compound_id", "event_id", "nationality")
_REFERS_TO = {"source_ids": "source", "derived_from": "source", "compound_id": "compound", "event_id": "event"}
_REFERS_TO_OWN_KIND = ("part_of", "same_as", "responds_to", "restates")


@dataclass(frozen=True)
class Agreement:
    """Agreement of two codings about one kind of record.

    Attributes
    ----------
    matches : DataFrame
        As `match_records` returns it.
    share_matched : float
        Records that have a match, of the records of both codings (Dice coefficient).
    fields : DataFrame
        ``field`` (str), ``pairs`` (int64: matched pairs in which a coder filled it), ``equal`` (int64), ``share``
        (float64). Free texts, and fields that nobody filled, are left out; the order inside a list does not count.
    kappa : dict
        Cohen's kappa of `KAPPA_FIELDS` over all matched pairs; an empty cell is a category.
    """

    matches: pd.DataFrame
    share_matched: float
    fields: pd.DataFrame
    kappa: dict[str, float]


def measure_agreement(left: Mapping[str, pd.DataFrame], right: Mapping[str, pd.DataFrame]) -> dict[str, Agreement]:
    """Return the agreement of two codings by kind; each maps the kinds of `TRAITS` to records as text ("" = empty)."""
    matches: dict[str, pd.DataFrame] = {}
    for kind in TRAITS:  # kinds that others refer to come first
        matches[kind] = match_records(left[kind], _rename(right[kind], kind, matches), kind)
    return {
        kind: _agree(left[kind], _rename(right[kind], kind, matches), KINDS[kind], matches[kind]) for kind in TRAITS
    }


def match_records(left: pd.DataFrame, right: pd.DataFrame, kind: str, minimum: float = MINIMUM_SCORE) -> pd.DataFrame:
    """Return the pairs of records of two codings that say the same thing.

    Returns
    -------
    DataFrame
        ``id_a``, ``id_b`` (str), ``score`` (float64, `minimum` or more), in the order of `left`; each record once.
    """
    scores = score_pairs(left, right, kind)
    rows, columns = linear_sum_assignment(scores, maximize=True)
    id_field = KINDS[kind].id_field
    pairs = [
        (left[id_field].iloc[i], right[id_field].iloc[j], scores[i, j]) for i, j in zip(rows, columns, strict=True)
    ]
    return pd.DataFrame([pair for pair in pairs if pair[2] >= minimum], columns=["id_a", "id_b", "score"])


def score_pairs(left: pd.DataFrame, right: pd.DataFrame, kind: str) -> npt.NDArray[np.float64]:
    """Return the likeness, from 0 to 1, of each record of `left` (rows) to each of `right` (columns).

    It is the mean over those traits of `kind` that at least one of the two records has.
    """
    texts, values = TRAITS[kind]
    traits = [*texts, *values]
    scores = np.zeros((len(left), len(right)))
    for i, one in enumerate(left[traits].to_dict("records")):
        for j, other in enumerate(right[traits].to_dict("records")):
            alike = [
                fuzz.token_set_ratio(one[trait].casefold(), other[trait].casefold()) / 100
                if trait in texts
                else float(one[trait] == other[trait])
                for trait in traits
                if one[trait] or other[trait]
            ]
            scores[i, j] = np.mean(alike) if alike else 0
    return scores


def cohen_kappa(left: Sequence[str], right: Sequence[str]) -> float:
    """Return Cohen's kappa of two sequences of labels; NaN where there are none, or only one label.

    Cohen, J. (1960), *A coefficient of agreement for nominal scales*, Educational and Psychological Measurement 20.
    """
    observed = [one == other for one, other in zip(left, right, strict=True)]
    seen, seen_too = Counter(left), Counter(right)
    by_chance = sum(seen[label] * seen_too[label] for label in seen) / len(left) ** 2 if left else 1
    return float("nan") if by_chance == 1 else (sum(observed) / len(left) - by_chance) / (1 - by_chance)


def _rename(records: pd.DataFrame, kind: str, matches: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return records whose references carry the other coder's identifiers where a match is known."""
    renamed = {}
    for field, target in (_REFERS_TO | dict.fromkeys(_REFERS_TO_OWN_KIND, kind)).items():
        if field in records and field != KINDS[kind].id_field and target in matches:
            names = dict(zip(matches[target]["id_b"], matches[target]["id_a"], strict=True))
            renamed[field] = [";".join(names.get(part, part) for part in split_list(cell)) for cell in records[field]]
    return records.assign(**renamed)


def _agree(left: pd.DataFrame, right: pd.DataFrame, kind: Kind, matches: pd.DataFrame) -> Agreement:
    ones, others = (
        left.set_index(kind.id_field).loc[matches["id_a"]],
        right.set_index(kind.id_field).loc[matches["id_b"]],
    )
    rows = []
    for field in kind.fields:
        if field.name in ones and field.name in others and (field.dtype != "text" or field.name in _CODED_TEXT):
            cells = zip(ones[field.name].map(split_list), others[field.name].map(split_list), strict=True)
            equal = [set(one) == set(other) for one, other in cells if one or other]
            rows += [(field.name, len(equal), sum(equal), sum(equal) / len(equal))] if equal else []
    kappa = {name: cohen_kappa(list(ones[name]), list(others[name])) for name in KAPPA_FIELDS.get(kind.name, ())}
    total = len(left) + len(right)
    fields = pd.DataFrame(rows, columns=["field", "pairs", "equal", "share"])
    return Agreement(matches, 2 * len(matches) / total if total else float("nan"), fields, kappa)
