"""What people have decided about files before: which place a text means, and how files with the same headers are read.

These are no records: no figure rests on them until a person has imported a file with them, and then they are kept with
its batch. Nothing is deleted: what was withdrawn keeps who withdrew it, and when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pandas as pd
import sqlalchemy as sa

from data.history import to_frame
from data.options import NOWHERE, ImportOptions
from data.schema import KINDS
from data.store_file import StoreFile
from data.tables import known_mapping, place_decision
from errors import StoreError
from geo.gazetteer import PROVINCE_CODES, communes, districts, towns
from geo.normalise import fold
from locales import say

_AT = "datetime64[us, UTC]"
_DECIDED = {"at": _AT, "actor": "str", "withdrawn_at": _AT, "withdrawn_by": "str"}
LONGEST_NAME = 80


class Remembering(StoreFile):
    """Place decisions and mappings; of several for the same thing the latest counts."""

    def remember_places(self, places: Mapping[str, str], *, actor: str) -> int:
        """Remember which place each text means; return how many of them are news.

        Parameters
        ----------
        places : mapping of str to str
            Text as written → code of a province, district, commune or town, or `options.NOWHERE`.
        actor : str
            Who decides it.

        Raises
        ------
        StoreError
            A code is none of the gazetteer's, a text is empty, or nobody is named.
        """
        _refuse_nobody(actor)
        wanted: dict[str, tuple[str, str]] = {}
        for text, code in places.items():
            if not fold(text):
                raise StoreError(
                    say("A place without letters or digits cannot be remembered."), say("Give it as it is written.")
                )
            if code != NOWHERE and code not in place_codes():
                raise StoreError(
                    say("“{code}” is no code of a place.", code=str(code)),
                    say("Choose a province, district, commune or town."),
                )
            wanted[fold(text)] = (text, code)
        with self.writing() as connection:
            known = _aliases(connection)
            news = [
                {"folded": folded, "place_text": text, "place_code": code, "actor": actor, "at": _now()}
                for folded, (text, code) in wanted.items()
                if known.get(folded) != code
            ]
            if news:
                connection.execute(place_decision.insert(), news)
        return len(news)

    def forget_place(self, text: str, *, actor: str) -> None:
        """Withdraw what was decided about a written place; StoreError when nothing was."""
        _refuse_nobody(actor)
        with self.writing() as connection:
            if not _withdraw(connection, place_decision, place_decision.c.folded == fold(text), actor):
                raise StoreError(
                    say("Nothing is remembered about “{written}”.", written=text),
                    say("See the list of remembered places."),
                )

    def remembered_places(self) -> pd.DataFrame:
        """Return every decision about a place, oldest first.

        Returns
        -------
        DataFrame
            decision_id int64, place_text, folded, place_code str, at (UTC), actor str, withdrawn_at (UTC),
            withdrawn_by str, status str: *in use*, *replaced* by a later decision, or *withdrawn*.
        """
        dtypes = {"decision_id": "int64", "place_text": "str", "folded": "str", "place_code": "str"} | _DECIDED
        with self.reading() as connection:
            columns = (place_decision.c[name] for name in dtypes)
            found = to_frame(connection.execute(sa.select(*columns).order_by(place_decision.c.decision_id)), dtypes)
        return _add_status(found, ["folded"])

    def place_aliases(self) -> dict[str, str]:
        """Return folded text (``geo.normalise.fold``) → place code, of the decisions that are in use."""
        with self.reading() as connection:
            return _aliases(connection)

    def remember_mapping(
        self, fingerprint: str, kind: str, options: ImportOptions, *, actor: str, name: str | None = None
    ) -> int:
        """Remember how files with these headers are read as a kind; return the number of the mapping.

        Parameters
        ----------
        fingerprint : str
            Of the headers.
        kind : str
            Key into ``schema.KINDS``.
        options : ImportOptions
            The decisions about a file; what is about its bytes, single rows or places is left out: see `lasting`.
        actor : str
            Who decides it.
        name : str, optional
            Name of a template; none for a mapping that is merely remembered.

        Raises
        ------
        StoreError
            Nobody is named, there is no fingerprint, or the name is too long or that of another template of the kind.
        """
        _refuse_nobody(actor)
        name = " ".join((name or "").split())
        if kind not in KINDS:
            raise ValueError(f"there is no kind {kind!r}")
        if not fingerprint or len(name) > LONGEST_NAME:
            raise StoreError(
                say("These columns cannot be remembered."),
                say("A name has at most {longest_name} characters.", longest_name=LONGEST_NAME),
            )
        table = known_mapping.c
        written = lasting(options).to_json()
        with self.writing() as connection:
            in_use = connection.execute(
                sa.select(known_mapping).where(table.kind == kind, table.withdrawn_at.is_(None))
            )
            for one in in_use.mappings().all()[::-1]:
                same = one["fingerprint"] == fingerprint
                if name and one["name"].casefold() == name.casefold() and not same:
                    raise StoreError(
                        say("“{name}” is the name of another template.", name=one["name"]), say("Choose another name.")
                    )
                if same and one["name"] == name and one["options"] == written and _is_latest(connection, one):
                    return int(one["mapping_id"])
            values = {"fingerprint": fingerprint, "kind": kind, "name": name, "options": written, "actor": actor}
            number = connection.execute(known_mapping.insert().returning(table.mapping_id), values | {"at": _now()})
            return int(number.scalar_one())

    def remembered_mapping(self, fingerprint: str, kind: str) -> ImportOptions | None:
        """Return the latest decisions about files with these headers as a kind, or None."""
        table = known_mapping.c
        same = (table.fingerprint == fingerprint) & (table.kind == kind) & table.withdrawn_at.is_(None)
        with self.reading() as connection:
            chosen = sa.select(table.options).where(same).order_by(table.mapping_id.desc()).limit(1)
            text = connection.execute(chosen).scalar()
        return None if text is None else ImportOptions.from_json(text)

    def mappings(self) -> pd.DataFrame:
        """Return every mapping, oldest first.

        Returns
        -------
        DataFrame
            mapping_id int64, fingerprint, kind, name, options str (JSON of ``ImportOptions``), at (UTC), actor str,
            withdrawn_at (UTC), withdrawn_by str, status str: *in use*, *replaced* by a later one of the same
            fingerprint, kind and name, or *withdrawn*.
        """
        dtypes = {"mapping_id": "int64"} | dict.fromkeys(("fingerprint", "kind", "name", "options"), "str") | _DECIDED
        with self.reading() as connection:
            columns = (known_mapping.c[name] for name in dtypes)
            found = to_frame(connection.execute(sa.select(*columns).order_by(known_mapping.c.mapping_id)), dtypes)
        return _add_status(found, ["fingerprint", "kind", "name"])

    def forget_mapping(self, mapping_id: int, *, actor: str) -> None:
        """Withdraw a mapping, and those of its fingerprint, kind and name that it had replaced.

        Raises
        ------
        StoreError
            There is none with this number, it is withdrawn already, or nobody is named.
        """
        _refuse_nobody(actor)
        table = known_mapping.c
        with self.writing() as connection:
            one = connection.execute(sa.select(known_mapping).where(table.mapping_id == mapping_id)).mappings().first()
            if one is None or one["withdrawn_at"] is not None:
                raise StoreError(
                    say("There is no mapping {mapping_id}.", mapping_id=mapping_id),
                    say("See the list of remembered columns."),
                )
            same = [table[name] == one[name] for name in ("fingerprint", "kind", "name")]
            _withdraw(connection, known_mapping, sa.and_(*same), actor)


def lasting(options: ImportOptions) -> ImportOptions:
    """Return what of the decisions about one file also holds for the next with the same headers.

    How its bytes are read, where its header stands, single cells and rows are the file's own; places are remembered
    by themselves.
    """
    return replace(
        options, encoding=None, delimiter=None, sheet=None, header_row=None, places={}, edits=(), leave_out=()
    )


@cache
def place_codes() -> frozenset[str]:
    """Return the codes of all provinces, districts, communes and towns."""
    return frozenset(
        [
            *PROVINCE_CODES,
            *districts()["district_code"],
            *communes()["commune_code"],
            *towns()["town_id"],
        ]
    )


def _aliases(connection: sa.Connection) -> dict[str, str]:
    table = place_decision.c
    kept = sa.select(table.folded, table.place_code).where(table.withdrawn_at.is_(None)).order_by(table.decision_id)
    return {row.folded: row.place_code for row in connection.execute(kept)}


def _is_latest(connection: sa.Connection, one: sa.RowMapping) -> bool:
    table = known_mapping.c
    later = sa.select(table.mapping_id).where(
        table.fingerprint == one["fingerprint"],
        table.kind == one["kind"],
        table.mapping_id > one["mapping_id"],
        table.withdrawn_at.is_(None),
    )
    return connection.execute(later).first() is None


def _withdraw(connection: sa.Connection, table: sa.Table, which: sa.ColumnElement[bool], actor: str) -> int:
    kept = table.update().where(which, table.c.withdrawn_at.is_(None))
    return connection.execute(kept.values(withdrawn_at=_now(), withdrawn_by=actor)).rowcount


def _add_status(found: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Say of each decision whether it is in use; of those not withdrawn, the last of its key is."""
    kept = found["withdrawn_at"].isna()
    latest = kept & ~found[kept].duplicated(key, keep="last").reindex(found.index, fill_value=True)
    status = pd.Series("replaced", found.index, dtype="str").mask(~kept, "withdrawn").mask(latest, "in use")
    return found.assign(status=status)


def _refuse_nobody(actor: str) -> None:
    if not actor.strip():
        raise StoreError(say("Nobody is named as the one who decides this."), say("Give your name."))


def _now() -> datetime:
    return datetime.now(UTC)
