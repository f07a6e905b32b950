"""Find what ships with kg, in a checkout and in an installed wheel alike.

Paths are strings inside: pathlib takes longer to import than a query takes to answer.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kg.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

_PACKAGE = os.path.dirname(os.path.realpath(__file__))
_INSTALLED = os.path.join(_PACKAGE, "_resources")
_CHECKOUT = os.path.dirname(os.path.dirname(_PACKAGE))


def locate(name: str) -> str:
    """Return where a shipped file or folder is, such as ``ontology/kg.ttl`` or ``queries``.

    Raises ``DataError`` when the installation lacks it.
    """
    for root in (_INSTALLED, _CHECKOUT):
        path = os.path.join(root, *name.split("/"))
        if os.path.exists(path):
            return path
    raise DataError(f"this installation lacks {name}", hint="reinstall kg")


def resource(name: str) -> Path:
    """Return the path of a shipped file or folder.

    >>> resource("ontology/kg.ttl").name
    'kg.ttl'

    Raises ``DataError`` when the installation lacks it.
    """
    from pathlib import Path

    return Path(locate(name))
