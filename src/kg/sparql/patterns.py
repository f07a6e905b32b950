"""Read triple patterns: subjects, predicate lists, paths, blank nodes and collections.

A sequence path ``a/b`` and an inverse path ``^a`` become plain patterns here, as SPARQL 1.1 section
18.2.2.4 has it; so their middle nodes are known. Other paths stay paths.
"""

from __future__ import annotations

from kg.errors import QueryError
from kg.namespaces import RDF
from kg.sparql.tokens import Token, tokenize
from kg.sparql.tree import Group, Path, Pattern

TYPE = f"<{RDF}type>"


class PatternReader:
    """Read triple patterns from the tokens of a query, and everything that they are made of."""

    def __init__(self, query: str) -> None:
        self.source = query
        self.tokens = tokenize(query)
        self.position = 0
        taken = {token.text[1:] for token in self.tokens if token.kind == "variable"}
        self.fresh = "?_"
        while any(name.startswith(self.fresh[1:]) for name in taken):
            self.fresh += "_"
        self._count = 0
        self._blanks: dict[str, str] = {}

    # Tokens.

    @property
    def done(self) -> bool:
        return self.position >= len(self.tokens)

    def peek(self, ahead: int = 0) -> Token:
        return self.tokens[self.position + ahead]

    def next(self) -> Token:
        self.position += 1
        return self.tokens[self.position - 1]

    def at(self, mark: str) -> bool:
        return not self.done and self.peek().text == mark

    def take(self, mark: str) -> bool:
        found = self.at(mark)
        self.position += found
        return found

    def word(self, word: str) -> bool:
        """Take a keyword, in whatever case, if it is next."""
        found = not self.done and self.peek().kind == "word" and self.peek().text.upper() == word
        self.position += found
        return found

    def expect(self, text: str) -> None:
        token = self.next()
        if token.text.upper() != text:
            line = self.source.count("\n", 0, token.start) + 1
            raise QueryError(
                f"line {line} of the query has {token.text!r} where {text!r} should stand", line=line
            )

    def text(self, start: int, end: int) -> str:
        """Return the query's own text of the tokens from ``start`` up to ``end``."""
        return self.source[self.tokens[start].start : self.tokens[end - 1].end] if end > start else ""

    def call_ahead(self) -> bool:
        """Whether a function call is next: its name, then a bracket (or EXISTS)."""
        if self.peek().text.upper() in ("EXISTS", "NOT"):
            return True
        if self.peek().text.upper() in ("HAVING", "ORDER", "VALUES"):
            return False
        named = self.peek().kind in ("word", "name", "iri")
        return named and self.position + 1 < len(self.tokens) and self.peek(1).text == "("

    # Terms.

    def new_variable(self) -> str:
        self._count += 1
        return f"{self.fresh}b{self._count - 1}"

    def variable(self) -> str:
        token = self.next()
        if token.kind != "variable":
            raise QueryError(f"the query has {token.text!r} where a variable should stand")
        return "?" + token.text[1:]

    def term(self) -> str:
        """Read a variable or a term as it is written; a blank node becomes a variable."""
        token = self.peek()
        if token.kind == "variable":
            return self.variable()
        start = self.position
        self.next()
        if token.kind == "blank":
            if token.text not in self._blanks:
                self._blanks[token.text] = self.new_variable()
            return self._blanks[token.text]
        if token.text in ("+", "-"):
            self.next()
        elif token.kind == "string" and not self.done:
            if self.peek().kind == "language" or self.take("^^"):
                self.next()
        elif token.text == "<<" or token.kind == "mark":
            what = "triple terms are" if token.text == "<<" else f"{token.text!r} is"
            raise QueryError(f"{what} not read here", hint="ask without them")
        return self.text(start, self.position)

    # Triples.

    def triples(self) -> list[Pattern]:
        """Read one subject with all that is said of it."""
        found: list[Pattern] = []
        bracketed = self.at("[") or self.at("(")
        subject = self._node(found)
        if not bracketed or not (self.at(".") or self.at("}")):
            self._said(subject, found)
        return found

    def _said(self, subject: str, found: list[Pattern]) -> None:
        while True:
            start = self.position
            predicate = self._verb()
            verb = self.text(start, self.position)
            while True:
                start = self.position
                inner: list[Pattern] = []
                node = self._node(inner)
                self._add(
                    subject, predicate, node, f"{subject} {verb} {self.text(start, self.position)}", found
                )
                found += inner
                if not self.take(","):
                    break
            while self.take(";"):
                pass
            if self.done or self.peek().text in (".", "}", "]", "{") or self._clause():
                return

    def _clause(self) -> bool:
        token = self.peek()
        return token.kind == "word" and token.text.upper() in (
            "OPTIONAL", "FILTER", "BIND", "VALUES", "MINUS", "GRAPH", "SERVICE",
        )  # fmt: skip

    def _node(self, found: list[Pattern]) -> str:
        if self.take("["):
            node = self.new_variable()
            if not self.take("]"):
                self._said(node, found)
                self.expect("]")
            return node
        if self.take("("):
            return self._collection(found)
        return self.term()

    def _collection(self, found: list[Pattern]) -> str:
        nodes: list[str] = []
        while not self.take(")"):
            nodes.append(self._node(found))
        cells = [self.new_variable() for _ in nodes]
        for index, (cell, node) in enumerate(zip(cells, nodes, strict=True)):
            rest = cells[index + 1] if index + 1 < len(cells) else f"<{RDF}nil>"
            for name, value in (("first", node), ("rest", rest)):
                pattern = f"{cell} <{RDF}{name}> {value}"
                found.append(Pattern(cell, f"<{RDF}{name}>", value, pattern))
        return cells[0] if cells else f"<{RDF}nil>"

    def _add(self, subject: str, verb: str | Path, node: str, written: str, found: list[Pattern]) -> None:
        match verb:
            case Path("iri", iri=iri):
                found.append(Pattern(subject, iri, node, written))
            case Path("^", (inner,)):
                self._add(node, inner, subject, written, found)
            case Path("/", parts):
                nodes = [subject, *(self.new_variable() for _ in parts[1:]), node]
                for part, start, end in zip(parts, nodes, nodes[1:], strict=False):
                    self._add(start, part, end, written, found)
            case _:
                found.append(Pattern(subject, verb, node, written))

    # Paths, weakest binding first: | then / then ^ then * + ?.

    def _verb(self) -> str | Path:
        if self.peek().kind == "variable":
            return self.variable()
        return self._alternatives()

    def _alternatives(self) -> Path:
        parts = [self._sequence()]
        while self.take("|"):
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else Path("|", tuple(parts))

    def _sequence(self) -> Path:
        parts = [self._step()]
        while self.take("/"):
            parts.append(self._step())
        return parts[0] if len(parts) == 1 else Path("/", tuple(parts))

    def _step(self) -> Path:
        if self.take("^"):
            return Path("^", (self._repeated(),))
        return self._repeated()

    def _repeated(self) -> Path:
        path = self._primary()
        if self.at("*") or self.at("+") or self.at("?"):
            return Path(self.next().text, (path,))
        return path

    def _primary(self) -> Path:
        if self.take("("):
            path = self._alternatives()
            self.expect(")")
            return path
        if self.take("!"):
            if not self.take("("):
                return Path("!", (self._step(),))
            parts = []
            while not self.take(")"):
                parts.append(self._step())
                self.take("|")
            return Path("!", tuple(parts))
        token = self.next()
        if token.kind not in ("iri", "name", "word"):
            raise QueryError(f"the query has {token.text!r} where a property should stand")
        return Path("iri", iri=TYPE if token.text == "a" else token.text)

    def group(self) -> Group:
        """Read ``{ … }``; the reader of whole queries knows how."""
        raise NotImplementedError
