"""What is wrong with a query, and which word to mend.

pyoxigraph names the furthest place its grammar reached and every rule that it tried there. Here the
usual mistakes are looked for by name first; its own words are the last resort.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from kg.errors import QueryError
from kg.query.syntax import FORMS, FULL_WIDTH, KEYWORDS, UPDATES, Token, operation, position, tokens

_CLOSING = {"{": "}", "(": ")", "[": "]"}
_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)


def refuse_update(words: list[Token], text: str) -> None:
    """Raise ``QueryError`` for an update: a query must not change what it asks about."""
    if operation(words) in UPDATES:
        word = next(w for w in words if w.text.upper() in UPDATES)
        raise _at(
            word.start,
            text,
            f"{word.text.upper()} is an update, and a query only reads",
            "edit the facts file and run kg build, or write CONSTRUCT to get the statements",
        )


def explain(error: str, text: str, prefixes: Mapping[str, str]) -> QueryError:
    """Return the error that says what is wrong with a query that pyoxigraph could not parse.

    >>> print(explain("", "SELECT ?s { ?s skso:altLabel ?o }", {"skos": "…", "schema": "…"}))
    line 1, column 16: unknown prefix skso:; did you mean skos:?
    """
    words = list(tokens(text))
    return (
        _no_query(words, text)
        or _full_width(words, text)
        or _open_string(words, text)
        or _keyword(words, text)
        or _prefix(words, text, prefixes)
        or _brackets(words, text)
        or _relative_iri(words, text)
        or _grammar(error, words, text)
    )


def _at(offset: int, text: str, what: str, hint: str) -> QueryError:
    line, column = position(text, offset)
    excerpt = text.split("\n", line)[line - 1].rstrip()
    return QueryError(
        f"line {line}, column {column}: {what}", hint=hint, line=line, column=column, excerpt=excerpt
    )


def _no_query(words: list[Token], text: str) -> QueryError | None:
    if not words:
        return QueryError("the query is empty", hint="write SELECT, ASK, CONSTRUCT or DESCRIBE")
    if operation(words):
        return None
    near = [k for w in words if w.kind == "word" for k in get_close_matches(w.text.upper(), FORMS, n=1)]
    hint = f"did you mean {near[0]}?" if near else "start with SELECT, ASK, CONSTRUCT or DESCRIBE"
    return _at(words[0].start, text, "this is no SPARQL query", hint)


def _full_width(words: list[Token], text: str) -> QueryError | None:
    for word in words:
        if word.kind == "mark" and word.text in FULL_WIDTH:
            return _at(word.start, text, f"{word.text} is full-width", f"write {FULL_WIDTH[word.text]}")
    return None


def _open_string(words: list[Token], text: str) -> QueryError | None:
    for word in words:
        if word.kind == "open":
            return _at(word.start, text, "this string has no end", f"close it with {word.text}")
    return None


def _keyword(words: list[Token], text: str) -> QueryError | None:
    for word in words:
        if word.kind == "word" and word.text.upper() not in KEYWORDS:
            near = get_close_matches(word.text.upper(), KEYWORDS, n=1)
            hint = f"did you mean {near[0]}?" if near else 'variables are ?x, strings "x", terms prefix:x'
            return _at(word.start, text, f"{word.text} is no word of SPARQL", hint)
    return None


def _prefix(words: list[Token], text: str, prefixes: Mapping[str, str]) -> QueryError | None:
    known = set(prefixes)
    previous = ""
    for word in words:
        if word.kind == "name":
            prefix = word.text.partition(":")[0]
            if previous == "PREFIX":
                known.add(prefix)
            elif prefix not in known:
                near = get_close_matches(prefix, sorted(known), n=3) or get_close_matches(
                    prefix.lower(), sorted(known), n=3, cutoff=0.4
                )
                meant = " or ".join(p + ":" for p in near)
                hint = f"did you mean {meant}?" if near else "declare it with PREFIX"
                return _at(word.start, text, f"unknown prefix {prefix}:", hint)
        previous = word.text.upper()
    return None


def _brackets(words: list[Token], text: str) -> QueryError | None:
    pending: list[Token] = []
    for word in words:
        if word.text in _CLOSING:
            pending.append(word)
        elif word.text in _CLOSING.values():
            if not pending:
                return _at(word.start, text, f"this {word.text} closes nothing", "take it out")
            wanted = _CLOSING[pending.pop().text]
            if word.text != wanted:
                return _at(
                    word.start, text, f"{word.text} where {wanted} is due", f"write {wanted} before it"
                )
    if pending:
        wanted = _CLOSING[pending[-1].text]
        return _at(pending[-1].start, text, f"this {pending[-1].text} is never closed", f"add {wanted}")
    return None


def _relative_iri(words: list[Token], text: str) -> QueryError | None:
    if any(word.text.upper() == "BASE" for word in words):
        return None
    for word in words:
        if word.kind == "iri" and not re.match(r"<[A-Za-z][A-Za-z0-9+.-]*:", word.text):
            return _at(
                word.start, text, f"{word.text} is a relative IRI", "write it in full, or declare BASE"
            )
    return None


def _grammar(error: str, words: list[Token], text: str) -> QueryError:
    match = _PLACE.match(error)
    if not match:
        return QueryError(error or "the query cannot be read", hint="compare it with kg queries NAME")
    line, column, expected = int(match[1]), int(match[2]), match[3]
    starts = [0]
    for row in text.split("\n"):
        starts.append(starts[-1] + len(row) + 1)
    offset = min(starts[min(line, len(starts)) - 1] + column - 1, len(text))
    if "variable that is unbound" in expected:
        return _at(
            next((w.start for w in words if w.text.upper() in FORMS), 0),
            text,
            "a variable of SELECT is neither in GROUP BY nor in an aggregate",
            "add it to GROUP BY, or wrap it: SAMPLE(?x)",
        )
    # The grammar looks ahead: the word at fault is the last one that begins before the place it names.
    word = max((w for w in words if w.start < offset), key=lambda w: w.start, default=words[0])
    # Ranges of characters, as ['a'..='z'] or \u{FDCF}, say how a word goes on, not which word may follow.
    expected = re.sub(r"\[[^\]\"]*\]|\\u\{\w+\}", " ", expected)
    allowed = {*re.findall(r'"([^"\s\\]{1,2})"', expected), *re.findall(r"\b[A-Z]{2,}\b", expected)}
    wanted = sorted(allowed - {"TZ", "LATERAL"})
    hint = f"possible here: {' '.join(wanted)}" if wanted else "look at this word and the one before it"
    return _at(word.start, text, f"SPARQL does not allow this near {word.text[:40]}", hint)
