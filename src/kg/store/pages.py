"""Solutions of an endpoint that come page by page, and signs that it held some back.

An endpoint may cap its answers without a word. Virtuoso says so in a header; others are found out by a number
of rows that is too round.
"""

from __future__ import annotations

import re

_PROLOGUE = re.compile(
    r"(?:\s|#[^\n]*(?:\n|$)|BASE\s*<[^<>]*>|PREFIX\s*[^\s:<>]*:\s*<[^<>]*>)*", re.IGNORECASE
)


def split(text: str) -> tuple[str, str]:
    """Return the prologue of a query (BASE and PREFIX) and the rest.

    >>> split("PREFIX a: <urn:a#> SELECT ?s { ?s a a:B }")
    ('PREFIX a: <urn:a#> ', 'SELECT ?s { ?s a a:B }')
    """
    end = _PROLOGUE.match(text).end()  # type: ignore[union-attr]
    return text[:end], text[end:]


def form(text: str) -> str:
    """Return the first word after the prologue, in capitals.

    >>> form("# SELECT\\nPREFIX ask: <urn:a#> construct where { ?s a ask:B }")
    'CONSTRUCT'
    """
    word = re.match(r"\w+", split(text)[1])
    return word.group().upper() if word else ""


def declare(text: str, prefixes: dict[str, str]) -> str:
    """Declare what prefixes a query uses and does not declare, on its first line.

    >>> declare("ASK { ?s rdfs:label ?o }", {"rdfs": "urn:rdfs#", "owl": "urn:owl#"})
    'PREFIX rdfs: <urn:rdfs#> ASK { ?s rdfs:label ?o }'
    """
    own = set(re.findall(r"\bPREFIX\s*([^\s:<>]*):", split(text)[0], re.IGNORECASE))
    used = set(re.findall(r"([^\W\d_][\w.-]*|):", text))
    wanted = [p for p in sorted(used & prefixes.keys()) if p not in own]
    return "".join(f"PREFIX {prefix}: <{prefixes[prefix]}> " for prefix in wanted) + text


def page(text: str, variables: list[str], size: int, offset: int) -> str:
    """Return the query for one page of another query's solutions.

    What has no order is given one, because without it two pages may hold the same row; the order is within,
    because Virtuoso sorts no further than its cap where LIMIT is beside ORDER BY.
    """
    prologue, inner = split(text)
    columns = " ".join(f"?{variable}" for variable in variables) or "*"
    if variables and not re.search(r"\bORDER\s+BY\b", inner, re.IGNORECASE):
        inner = f"SELECT {columns} {{ {{ {inner}\n}} }} ORDER BY {columns}"
    return f"{prologue}SELECT {columns} {{ {{ {inner}\n}} }} LIMIT {size} OFFSET {offset}"


def capped(count: int, text: str, most: str | None) -> bool:
    """Say whether so many rows look like an endpoint's cap; ``most`` is the cap that it names itself.

    >>> capped(10_000, "SELECT * { ?s ?p ?o }", None), capped(10_000, "… LIMIT 10000", None)
    (True, False)
    >>> capped(9_999, "SELECT * { ?s ?p ?o }", None), capped(9_999, "SELECT * { ?s ?p ?o }", "9999")
    (False, True)
    """
    if str(count) in re.findall(r"\bLIMIT\s+(\d+)", text, re.IGNORECASE):
        return False
    if most is not None and most.strip().isdecimal():
        return count >= int(most) > 0
    return count > 0 and count % 1000 == 0
