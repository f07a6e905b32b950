"""Find what ships with kg, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

from kg.errors import DataError

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_resources"
_CHECKOUT = _PACKAGE.parent.parent


def resource(name: str) -> Path:
    """Return the path of a shipped file or folder, such as ``ontology/kg.ttl`` or ``queries``.

    >>> resource("ontology/kg.ttl").name
    'kg.ttl'

    Raises ``DataError`` when the installation lacks it.
    """
    for root in (_INSTALLED, _CHECKOUT):
        if (root / name).exists():
            return root / name
    raise DataError(f"this installation lacks {name}", hint="reinstall kg")
