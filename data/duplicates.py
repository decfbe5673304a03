"""Rows that are the same record as another: certainly, so that they are set aside; or perhaps, so that a person looks.

Certain is only what bears the same identifier and says the same. Records that differ under one identifier are refused,
since nobody can tell which is right. Everything else that looks alike stays, and is shown as a pair.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.issues import find_rows, join_findings
from data.nearness import LIKENESSES, columns_of, find_near, tell_enough
from data.recurring import find_recurring, order_by_size
from data.schema import PLACE_RESULT, SOURCE_IDS, Kind, record_dtypes

EXTRA = "extra"


@dataclass(frozen=True)
class Likenesses:
    """What was found: ``issues.FINDING_COLUMNS``; and ``ingest.PAIR_COLUMNS``, each row at most once per likeness."""

    findings: pd.DataFrame
    pairs: pd.DataFrame


def find_duplicates(
    records: pd.DataFrame, kind: Kind, given_ids: pd.Series, refused: pd.Index, stored: pd.DataFrame | None = None
) -> Likenesses:
    """Return which rows are the same record as another row or as a stored record, or perhaps are.

    Parameters
    ----------
    records : DataFrame
        ``schema.record_dtypes(kind)`` and `extra`, index ``row_number``; each row with an identifier.
    kind : Kind
        What one row is.
    given_ids : Series of bool
        Whether the identifier stands in the file; one that was made is no content.
    refused : Index
        Rows that are refused for other reasons. Nothing is a duplicate of them, and they are none.
    stored : DataFrame, optional
        The live records of that kind, with the same columns.

    Notes
    -----
    What near records have in common, and why so much, says ``data/nearness.py``. Rows of one file that have identifiers
    of their own are not, unless they say the same throughout: whoever keeps the file tells them apart. Each row is
    paired with the first such row before it, and with the first such stored record, so that the pairs are never more
    than twice the rows.
    """
    content = [name for name in record_dtypes(kind) if name not in (kind.id_field, *PLACE_RESULT)] + [EXTRA]
    known = stored if stored is not None and len(stored) else None
    same_id, certain = _find_same_id(records, kind, given_ids, refused, content)
    by_store, decided = _find_stored_id(records, kind, refused, content, known)
    settled = refused.union(certain).union(decided)
    alike = _take_free(records, find_recurring(records[name] for name in order_by_size(records[content])), settled)
    telling = tell_enough(alike, kind).index if kind.name in LIKENESSES else alike.index
    pairs = [_pair_same(_digest(alike, content), given_ids, telling)]
    if known is not None:
        own = records[~(given_ids | records.index.isin(settled))]
        pairs.append(_pair_same_stored(_digest(own, content), known, kind, content))
    if kind.name in LIKENESSES:
        pairs += _pair_near(records[columns_of(kind)], kind, given_ids, settled, known)
    listed = pd.concat(pairs, ignore_index=True)
    # What is the same is near, too: the stronger word is said alone.
    target = listed["other_id"].fillna("")
    listed = listed[~pd.DataFrame({"row": listed["row_number"], "id": target}).duplicated()]
    listed = listed.sort_values("row_number", kind="stable", ignore_index=True)
    return Likenesses(join_findings([*same_id, *by_store, *_describe(listed)]), listed)


def _digest(records: pd.DataFrame, content: Sequence[str]) -> pd.Series:
    """Return one number per row for what it says; columns without a value count for nothing."""
    total = np.zeros(len(records), dtype=np.uint64)
    for name in content:
        if records[name].notna().any():
            codes, distinct = pd.factorize(records[name])
            texts = pd.Series(distinct).astype("str").to_numpy(object)
            # By name, so that the same value in two columns is not the same content; a missing one adds nothing.
            salt = np.uint64(int.from_bytes(sha256(name.encode()).digest()[:8], "big") | 1)
            hashed = np.append(pd.util.hash_array(texts, categorize=False) * salt, np.uint64(0))
            total += hashed[codes]
    return pd.Series(total, records.index)


def _find_same_id(
    records: pd.DataFrame, kind: Kind, given_ids: pd.Series, refused: pd.Index, content: Sequence[str]
) -> tuple[list[pd.DataFrame], pd.Index]:
    """Compare the rows of the file that share an identifier; return what was found, and which rows are settled."""
    ids = records[kind.id_field]
    shared = records.iloc[find_recurring([ids])]
    shared = shared[given_ids[shared.index] & ids[shared.index].notna() & ids[shared.index].duplicated(keep=False)]
    if shared.empty:
        return [], shared.index
    groups, names = pd.factorize(shared[kind.id_field])
    values = {name: pd.Series(pd.factorize(shared[name])[0]).groupby(groups).nunique() > 1 for name in content}
    differing = pd.DataFrame(values)
    clash = differing.any(axis=1).to_numpy()[groups]
    refused = shared.index[clash]
    lines = pd.Series(refused.astype("str")).groupby(groups[clash]).agg(lambda rows: ", ".join(rows[:5]))
    said = ("rows " + lines + ", which differ in " + _list_columns(differing)[lines.index]).reindex(groups[clash])
    alike = shared.index[~clash & ~shared.index.isin(refused)]
    same = ids[alike]
    again = alike[same.duplicated()]
    first = pd.Series(alike, alike).groupby(same).transform("first")[again].astype("str")
    findings = [
        find_rows("duplicate_id", refused, kind.id_field, names.take(groups[clash]), said),
        find_rows("duplicate_of_row", again, kind.id_field, ids[again], first),
    ]
    return findings, refused.union(again)


def _find_stored_id(
    records: pd.DataFrame, kind: Kind, refused: pd.Index, content: Sequence[str], stored: pd.DataFrame | None
) -> tuple[list[pd.DataFrame], pd.Index]:
    """Compare rows with the stored record of the same identifier."""
    if stored is None:
        return [], records.index[:0]
    known = records[records[kind.id_field].isin(stored[kind.id_field])]
    others = stored.set_index(kind.id_field).loc[known[kind.id_field]].set_axis(known.index)
    differs = pd.DataFrame({name: _differ(known[name], others[name]) for name in content}, known.index)
    if SOURCE_IDS in differs:  # a row that names no source was credited to that of its file when it was stored
        differs[SOURCE_IDS] &= known[SOURCE_IDS].notna()
    clash = known.index[differs.any(axis=1)]
    names = _list_columns(differs.loc[clash].drop(columns=EXTRA))
    extra = clash[differs.loc[clash, EXTRA]]
    further = map(_list_headers, known.loc[extra, EXTRA], others.loc[extra, EXTRA])
    names[extra] = [", ".join(filter(None, both)) for both in zip(names[extra], further, strict=True)]
    same = known.index[~differs.any(axis=1) & ~known.index.isin(refused)]
    ids = known[kind.id_field]
    findings = [
        find_rows("duplicate_id", clash, kind.id_field, ids[clash], "it is already stored, and differs in " + names),
        find_rows("duplicate_of_stored", same, kind.id_field, ids[same]),
    ]
    return findings, clash.union(same)


def _differ(left: pd.Series, right: pd.Series) -> pd.Series:
    equal = (left == right).fillna(False).astype("bool")
    return ~(equal | (left.isna() & right.isna()))


def _list_columns(flags: pd.DataFrame) -> pd.Series:
    """Return per row the names of the columns that are True, each distinct list written once."""
    patterns, codes = np.unique(flags.to_numpy(dtype=bool), axis=0, return_inverse=True)
    texts = [", ".join(str(name) for name, flag in zip(flags, pattern, strict=True) if flag) for pattern in patterns]
    return pd.Series(texts, dtype="str").take(codes.ravel()).set_axis(flags.index)


def _list_headers(left: str, right: str) -> str:
    """Return the headers of the further columns in which two rows differ."""
    one, other = json.loads(left), json.loads(right)
    return ", ".join(name for name in one | other if one.get(name) != other.get(name)) or EXTRA


def _pair_same(digest: pd.Series, told_apart: pd.Series, telling: pd.Index) -> pd.DataFrame:
    """Pair each row with the first row before it that says the same.

    Two rows with identifiers of their own are paired only where they say enough (`telling`): two complaints of which
    only day and province are known are two complaints.
    """
    first = pd.Series(digest.index, digest.index).groupby(digest).transform("first")
    again = first[first != first.index]
    apart = told_apart[again.index].to_numpy() & told_apart[again].to_numpy() & ~again.index.isin(telling)
    again = again[~apart]
    return _pairs(again.index, again, None, "same")


def _pair_same_stored(digest: pd.Series, stored: pd.DataFrame, kind: Kind, content: Sequence[str]) -> pd.DataFrame:
    """Pair rows without an identifier of their own with the stored record that says the same."""
    ids = pd.Series(stored[kind.id_field].to_numpy(), _digest(stored, content).to_numpy())
    # A row that names no source was credited to that of its file when it was stored.
    uncredited = ids.set_axis(_digest(stored, [name for name in content if name != SOURCE_IDS]).to_numpy())
    first = pd.concat([ids, uncredited])
    first = first[~first.index.duplicated()]
    found = digest.map(first).dropna()
    return _pairs(found.index, None, found, "same")


def _pair_near(
    records: pd.DataFrame, kind: Kind, told_apart: pd.Series, settled: pd.Index, stored: pd.DataFrame | None
) -> list[pd.DataFrame]:
    pairs = []
    # A row without an identifier may repeat any; of two that have one, the file itself says that they are two.
    if not told_apart.all():
        same = (records[name] for name in LIKENESSES[kind.name].same)
        rows = tell_enough(_take_free(records, find_recurring(same), settled), kind)
        before = find_near(rows, rows, kind)
        earlier = before[before < before.index.to_series()]
        partner_apart = told_apart.reindex(earlier).to_numpy(dtype=bool)
        earlier = earlier[~(told_apart[earlier.index].to_numpy(dtype=bool) & partner_apart)]
        pairs.append(_pairs(earlier.index, earlier, None, "near"))
    if stored is not None:
        rows = tell_enough(records[~records.index.isin(settled)], kind)
        found = find_near(rows, tell_enough(stored.reset_index(drop=True), kind), kind)
        ids = pd.Series(stored[kind.id_field].to_numpy()[found.to_numpy(dtype="int64")], found.index, dtype="str")
        pairs.append(_pairs(found.index, None, ids, "near"))
    return pairs


def _take_free(records: pd.DataFrame, positions: NDArray[np.intp], settled: pd.Index) -> pd.DataFrame:
    """Return the rows at some positions, without those that are settled."""
    rows = records.iloc[positions]
    return rows[~rows.index.isin(settled)]


def _pairs(rows: pd.Index, other_row: pd.Series | None, other_id: pd.Series | None, likeness: str) -> pd.DataFrame:
    count = len(rows)
    return pd.DataFrame(
        {
            "row_number": np.asarray(rows, dtype="int64"),
            "other_row": pd.array([pd.NA] * count if other_row is None else other_row.to_numpy(), dtype="Int64"),
            "other_id": pd.array([None] * count if other_id is None else other_id.to_numpy(), dtype="str"),
            "likeness": pd.array([likeness] * count, dtype="str"),
        }
    )


def _describe(pairs: pd.DataFrame) -> list[pd.DataFrame]:
    in_file = pairs["other_row"].notna()
    same = pairs["likeness"] == "same"
    rows = pairs["other_row"].astype("str")
    ids = pairs["other_id"].fillna("")
    findings = []
    for code, chosen, details in (
        ("duplicate_row", same & in_file, rows),
        ("same_as_stored", same & ~in_file, ids),
        ("near_duplicate", ~same & in_file, "row " + rows),
        ("near_duplicate", ~same & ~in_file, "the stored record “" + ids + "”"),
    ):
        findings.append(find_rows(code, pairs.loc[chosen, "row_number"], details=details[chosen]))
    return findings
