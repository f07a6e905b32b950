"""YAML whose mappings know their line, so that an error can name it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from kg.errors import FactsError


class Located(dict[str, Any]):
    """A mapping that knows the line (from 1) on which it starts."""

    line: int = 0


def _mapping(loader: Any, node: yaml.MappingNode) -> Located:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
        seen.add(key.value)
    located = Located({str(k): v for k, v in loader.construct_mapping(node, deep=True).items()})
    located.line = node.start_mark.line + 1
    return located


def _locating(base: type) -> Any:
    """Return a loader whose mappings know their line, and whose dates and numbers stay the words written."""
    loader: Any = type("_Loader", (base,), {})
    loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
    loader.yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in resolvers if tag.endswith((":bool", ":null"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return loader


# libyaml, where PyYAML was built with it, is ten times faster; PyYAML's own parser says better what is wrong.
_SAFE = (getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader)
_LOCATING = tuple(map(_locating, _SAFE))


def load_yaml(text: str) -> Any:
    """Return what a YAML text holds, plain types only; raises ``yaml.YAMLError``.

    >>> load_yaml("曹县: [1, 2021-06-25]")
    {'曹县': [1, datetime.date(2021, 6, 25)]}
    """
    return _load(text, _SAFE)


def parse_yaml(text: str, name: str) -> Any:
    """Return what a YAML text holds; ``FactsError`` names its file and the line that is wrong.

    >>> parse_yaml("a: [1", "page.yaml")
    Traceback (most recent call last):
        ...
    kg.errors.FactsError: page.yaml:1: expected ',' or ']', but got '<stream end>'; mend the YAML on line 1
    """
    return _parsed(text, name, _SAFE)


def _load(text: str, loaders: tuple[Any, ...]) -> Any:
    fast, plain = loaders
    try:
        return yaml.load(text, fast)
    except yaml.YAMLError:
        return yaml.load(text, plain)


def _parsed(text: str, name: str, loaders: tuple[Any, ...]) -> Any:
    try:
        return _load(text, loaders)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not YAML"
        where, mend = (f"{name}:{mark.line + 1}", f" on line {mark.line + 1}") if mark else (name, "")
        raise FactsError(f"{where}: {problem}", hint=f"mend the YAML{mend}") from error


def read_yaml(path: Path) -> Located:
    """Read a YAML file that holds one mapping; numbers and dates stay strings.

    Raises ``FactsError`` with the line for a syntax error, a key that stands twice, or another shape.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise FactsError(f"cannot read {path}: {error.strerror}", hint="give an existing file") from error
    except UnicodeDecodeError as error:
        raise FactsError(f"{path} is not UTF-8 (byte {error.start})", hint="save it as UTF-8") from error
    document = _parsed(text, str(path), _LOCATING)
    if not isinstance(document, Located):
        raise FactsError(f"{path} is empty or holds no mapping", hint="see CONTRIBUTING.md for the form")
    return document
