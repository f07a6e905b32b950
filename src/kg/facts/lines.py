"""YAML whose mappings know their line, so that an error can name it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from kg.errors import FactsError


class Located(dict[str, Any]):
    """A mapping that knows the line (from 1) on which it starts."""

    line: int = 0


class _Loader(yaml.SafeLoader):
    pass


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Located:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
        seen.add(key.value)
    located = Located({str(k): v for k, v in loader.construct_mapping(node, deep=True).items()})
    located.line = node.start_mark.line + 1
    return located


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
# Dates and numbers stay the words that were written; the ontology says what they are.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag.endswith((":bool", ":null"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(path: Path) -> Located:
    """Read a YAML file that holds one mapping; numbers and dates stay strings.

    Raises ``FactsError`` with the line for a syntax error, a key that stands twice, or another shape.
    """
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except OSError as error:
        raise FactsError(f"cannot read {path}: {error.strerror}", hint="give an existing file") from error
    except UnicodeDecodeError as error:
        raise FactsError(f"{path} is not UTF-8 (byte {error.start})", hint="save it as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "not YAML"
        raise FactsError(f"{path}{line}: {problem}", hint="mend the YAML on that line") from error
    if not isinstance(document, Located):
        raise FactsError(f"{path} is empty or holds no mapping", hint="see CONTRIBUTING.md for the form")
    return document
