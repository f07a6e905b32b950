"""A store on disk: a directory that holds statements between one question and the next.

::

    DIR/kg-store.json       which version this is, and which generation counts
    DIR/generation-4/       the statements, as RocksDB keeps them; never written again once it counts

A load writes the next generation and makes it count by replacing ``kg-store.json``: until that moment the
store is what it was, whatever happens. Readers keep the generation that they opened.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

import pyoxigraph

from kg.errors import DataError
from kg.store.lease import Lease, lease
from kg.store.local import LocalStore
from kg.store.protocol import Answer

STATE, GENERATION, UNDER_WAY = "kg-store.json", "generation-", ".part"
#: The layout above. The engine's own version tells whether it can read the generation.
VERSION = 2
ENGINE = "oxigraph " + ".".join(pyoxigraph.__version__.split(".")[:2])


#: A property with more matches is read as a whole where a query needs all of them; the words of such a query.
MANY = 20_000
_ASKS_FOR_ALL = ("GROUP", "ORDER", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE")


class State(NamedTuple):
    """What ``kg-store.json`` says."""

    generation: str
    statements: int
    prefixes: dict[str, str]
    #: What was said when the statements were loaded.
    notes: list[str]

    def path(self, directory: str) -> str:
        """Return where the generation that counts is."""
        return os.path.join(directory, self.generation)

    def to_json(self) -> bytes:
        """Return what to write, the same bytes for the same state."""
        import json

        document = {"version": VERSION, "engine": ENGINE, **self._asdict()}
        return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"


def is_store(directory: str) -> bool:
    """Say whether a location is a store on disk."""
    return os.path.isfile(os.path.join(directory, STATE))


def read_state(directory: str) -> State:
    """Return the state of a store; raise ``DataError`` when there is none, or none that can be read."""
    import json

    file = os.path.join(directory, STATE)
    try:
        with open(file, "rb") as stream:
            document: Any = json.loads(stream.read())
        version, engine = document["version"], document["engine"]
        state = State(
            document["generation"], document["statements"], dict(document["prefixes"]), [*document["notes"]]
        )
    except (FileNotFoundError, NotADirectoryError):
        raise DataError(
            f"no store in {directory}", hint=f"make one: kg load FILES... --store {directory}"
        ) from None
    except OSError as error:
        raise DataError(f"cannot read {file}: {error.strerror}", hint="check who may read it") from None
    except (ValueError, KeyError, TypeError):
        raise damaged(directory, f"{STATE} cannot be understood") from None
    if (version, engine) != (VERSION, ENGINE):
        raise DataError(
            f"the store {directory} was written as version {version} of {engine}, "
            f"this is {VERSION} of {ENGINE}",
            hint="dump it with the kg that wrote it (kg dump) and load that anew",
        )
    if not state.generation.removeprefix(GENERATION).isdecimal():
        raise damaged(directory, f"{STATE} names no generation")
    return state


class DiskStore(LocalStore):
    """Ask a store on disk; any number may, also while one process loads into it.

    >>> import tempfile, pathlib
    >>> from kg.store.generation import load
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.nt").write_text("<urn:cao> <urn:villages> <urn:151> .")
    >>> _ = load([str(folder / "a.nt")], str(folder / "store"))
    >>> len(DiskStore(str(folder / "store")))
    1
    """

    small = False

    def __init__(self, directory: str) -> None:
        """Open the generation that counts now.

        Raises ``DataError`` when there is no store, or it is damaged or of another version.
        """
        self.directory = directory
        self.state, self._lease = _leased(directory)
        try:
            super().__init__(pyoxigraph.Store.read_only(self.state.path(directory)))
        except (OSError, RuntimeError, ValueError) as error:
            raise damaged(directory, str(error).split("  ")[0]) from None
        self.prefixes = dict(self.state.prefixes)

    @property
    def path(self) -> str:
        """Where the statements are; nobody writes there, and nobody deletes it while this store is open."""
        return self.state.path(self.directory)

    def query(self, text: str, prefixes: Mapping[str, str]) -> Answer:
        """Evaluate a query over the union of all graphs; whole properties are joined side by side."""
        if self.state.statements > MANY and any(word in text.upper() for word in _ASKS_FOR_ALL):
            from kg.store.scan import side_by_side

            text = side_by_side(text, lambda matches: self._many(matches, prefixes))
        return super().query(text, prefixes)

    def _many(self, matches: str, prefixes: Mapping[str, str]) -> bool:
        try:
            found: Any = super().query(f"{matches} OFFSET {MANY} LIMIT 1", prefixes)
        except SyntaxError:  # the whole query will be refused for the same reason, in its own words
            return False
        return next(found, None) is not None

    def __len__(self) -> int:
        return self.state.statements


def _leased(directory: str) -> tuple[State, Lease]:
    """Return the state and a lease on its generation, reading anew where a writer was between the two."""
    missing = ""
    while True:
        state = read_state(directory)
        try:
            held = lease(state.path(directory))
        except (FileNotFoundError, NotADirectoryError):
            if missing == state.generation:
                raise damaged(directory, f"{state.generation} is missing") from None
            missing, held = state.generation, None
        if held is not None:
            return state, held


def damaged(directory: str, reason: str) -> DataError:
    """Return the error for a store that cannot be read."""
    return DataError(
        f"the store {directory} is damaged: {' '.join(reason.split())}",
        hint="take its backup, or delete it and load anew",
    )
