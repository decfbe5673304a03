"""Which compound records are one site: rows that are probably the same place, and parts beside their whole."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from data.schema import LISTINGS, split_list


def group_sites(compounds: pd.DataFrame, *, parts: bool = True) -> pd.Series:
    """Return for every compound the site to which it belongs.

    Parameters
    ----------
    compounds : DataFrame
        Compound records.
    parts : bool
        Whether a part shares the site of its whole; rows tied by ``same_as`` always share one.

    Returns
    -------
    Series of str
        ``site_id`` by ``compound_id``. A site is named after that of its rows which is no part of another, is listed
        most firmly and has most parts; between equals the first identifier decides.
    """
    ids = pd.Index(compounds["compound_id"])
    ties = [compounds["same_as"].map(split_list).explode()]
    wholes = compounds["part_of"].where(compounds["part_of"].isin(ids))
    if parts:
        ties.append(wholes)
    tied = pd.concat([tie.set_axis(compounds.loc[tie.index, "compound_id"]) for tie in ties]).dropna()
    left, right = ids.get_indexer(tied.index), ids.get_indexer(pd.Index(tied))
    left, right = left[right >= 0], right[right >= 0]
    graph = coo_array((np.ones(len(left)), (left, right)), shape=(len(ids), len(ids)))
    group = connected_components(graph, directed=False)[1]
    rank = {listing: place for place, listing in enumerate(LISTINGS)}
    ranked = pd.DataFrame(
        {
            "compound_id": ids,
            "group": group,
            "is_part": wholes.notna().to_numpy(),
            "rank": compounds["listing"].map(rank).fillna(len(rank)).to_numpy(),
            "parts": -ids.map(wholes.value_counts()).fillna(0).to_numpy(),
        }
    ).sort_values(["is_part", "rank", "parts", "compound_id"])
    heads = ranked.drop_duplicates("group").set_index("group")["compound_id"]
    return pd.Series(heads.reindex(group).to_numpy(), index=ids, name="site_id", dtype="str")


def distinct_sites(compounds: pd.DataFrame) -> pd.DataFrame:
    """Return the compounds to draw and count once: of each site the row after which it is named.

    Parameters
    ----------
    compounds : DataFrame
        Compound records.
    """
    return compounds[compounds["compound_id"].isin(set(group_sites(compounds)))]
