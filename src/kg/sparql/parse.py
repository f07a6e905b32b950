"""Read a query into its tree, by recursive descent over its tokens.

Each method reads one production of the grammar and leaves the position behind it.
"""

from __future__ import annotations

from kg.errors import QueryError
from kg.sparql.expression import Expression, read_expression
from kg.sparql.pattern import Pattern
from kg.sparql.patterns import PatternReader
from kg.sparql.tree import (
    Bind,
    Data,
    Element,
    Filter,
    Graph,
    Group,
    Key,
    Minus,
    Optional,
    Projected,
    Query,
    Select,
    Service,
    SubSelect,
    Triples,
    Union,
)


def parse(query: str) -> Query:
    """Read a SPARQL query into its tree.

    >>> str(parse("SELECT ?s WHERE { ?s kg:o [] ; kg:p/kg:q 5 }").select.where)
    '{ ?s kg:o ?_b0 . ?s kg:p ?_b1 . ?_b1 kg:q 5 . }'

    Raises ``QueryError`` where the text ends too soon, or holds what is not read here: updates and
    triple terms.
    """
    reader = _Reader(query)
    try:
        return reader.query()
    except IndexError:
        raise QueryError("the query ends too soon", hint="look for a missing bracket") from None


class _Reader(PatternReader):
    def query(self) -> Query:
        prologue = self._prologue()
        length = self.position
        words = frozenset(token.text.upper() for token in self.tokens if token.kind == "word")
        form = self.next().text.upper()
        template: tuple[Pattern, ...] = ()
        if form == "SELECT":
            select = self._select()
        elif form == "ASK":
            dataset = self._dataset()
            select = self._modified(None, "", dataset)
        elif form == "CONSTRUCT":
            brief = not self.at("{")
            if not brief:
                template = self._template()
            select = self._modified(None, "", self._dataset())
            if brief:
                parts = (part for part in select.where.elements if isinstance(part, Triples))
                template = tuple(pattern for part in parts for pattern in part.patterns)
        elif form == "DESCRIBE":
            while not self.done and (self.at("*") or self.peek().kind in ("variable", "iri", "name")):
                self.next()
            dataset = self._dataset()
            brief = self.done or self.peek().text.upper() not in ("WHERE", "{")
            select = Select(None, Group(())) if brief else self._modified(None, "", dataset)
        else:
            raise QueryError(f"{form} is no query", hint="give a SELECT, ASK, CONSTRUCT or DESCRIBE")
        return Query(form, prologue, select, template, words, self.fresh, length)

    def _prologue(self) -> str:
        parts = []
        while self.peek().text.upper() in ("PREFIX", "BASE"):
            length = 3 if self.peek().text.upper() == "PREFIX" else 2
            parts.append(" ".join(self.next().text for _ in range(length)))
        return "\n".join(parts)

    def _dataset(self) -> str:
        parts = []
        while self.word("FROM"):
            named = "NAMED " if self.word("NAMED") else ""
            parts.append(f"FROM {named}{self.next().text}")
        return " ".join(parts)

    def _select(self) -> Select:
        modifier = next((word for word in ("DISTINCT", "REDUCED") if self.word(word)), "")
        if self.take("*"):
            return self._modified(None, modifier, self._dataset())
        columns = []
        while self.peek().kind == "variable" or self.at("("):
            if self.take("("):
                expression = read_expression(self, stop="AS")
                self.expect("AS")
                columns.append(Projected(self.variable(), expression))
                self.expect(")")
            else:
                columns.append(Projected(self.variable()))
        return self._modified(tuple(columns), modifier, self._dataset())

    def _modified(self, projection: tuple[Projected, ...] | None, modifier: str, dataset: str) -> Select:
        self.word("WHERE")
        where = self.group()
        keys: list[Key] = []
        having: list[Expression] = []
        order: list[Expression] = []
        limit, offset = None, 0
        if self.word("GROUP"):
            self.expect("BY")
            keys = self._keys()
        if self.word("HAVING"):
            while not self.done and (self.at("(") or self.call_ahead()):
                having.append(read_expression(self))
        if self.word("ORDER"):
            self.expect("BY")
            order = self._order()
        while not self.done and self.peek().text.upper() in ("LIMIT", "OFFSET"):
            if self.next().text.upper() == "LIMIT":
                limit = int(self.next().text)
            else:
                offset = int(self.next().text)
        data = self.data() if self.word("VALUES") else None
        return Select(
            projection,
            where,
            modifier,
            tuple(keys),
            tuple(having),
            tuple(order),
            limit,
            offset,
            data,
            dataset,
        )

    def _keys(self) -> list[Key]:
        keys = []
        while not self.done:
            if self.peek().kind == "variable":
                keys.append(Key(self.variable()))
            elif self.take("("):
                expression = read_expression(self, stop="AS")
                name = self.variable() if self.word("AS") else self.new_variable()
                self.expect(")")
                keys.append(Key(name, expression))
            elif self.call_ahead():
                keys.append(Key(self.new_variable(), read_expression(self)))
            else:
                break
        return keys

    def _order(self) -> list[Expression]:
        order = []
        while not self.done:
            start = self.position
            if self.word("ASC") or self.word("DESC") or self.at("(") or self.call_ahead():
                direction = self.text(start, self.position)
                expression = read_expression(self)
                order.append(
                    Expression(
                        f"{direction} {expression.text}".strip(),
                        expression.variables,
                        expression.words,
                        expression.exists,
                        expression.aggregates,
                    )
                )
            elif self.peek().kind == "variable":
                name = self.variable()
                order.append(Expression(name, (name,)))
            else:
                break
        return order

    def _template(self) -> tuple[Pattern, ...]:
        self.expect("{")
        patterns: list[Pattern] = []
        while not self.take("}"):
            patterns += self.triples()
            self.take(".")
        return tuple(patterns)

    def group(self) -> Group:
        """Read ``{ … }``."""
        self.expect("{")
        if self.word("SELECT"):
            select = self._select()
            self.expect("}")
            return Group((SubSelect(select),))
        elements: list[Element] = []
        while not self.take("}"):
            if self.take("."):
                continue
            element = self._element()
            last = elements[-1] if elements else None
            # Triples that follow triples are one basic graph pattern, whatever dots stand between.
            if isinstance(element, Triples) and isinstance(last, Triples):
                elements[-1] = Triples(last.patterns + element.patterns)
            else:
                elements.append(element)
        return Group(tuple(elements))

    def _element(self) -> Element:
        if self.at("{"):
            branches = [self.group()]
            while self.word("UNION"):
                branches.append(self.group())
            return branches[0] if len(branches) == 1 else Union(tuple(branches))
        if self.word("OPTIONAL"):
            return Optional(self.group())
        if self.word("MINUS"):
            return Minus(self.group())
        if self.word("FILTER"):
            return Filter(read_expression(self))
        if self.word("BIND"):
            self.expect("(")
            expression = read_expression(self, stop="AS")
            self.expect("AS")
            bind = Bind(expression, self.variable())
            self.expect(")")
            return bind
        if self.word("VALUES"):
            return self.data()
        if self.word("GRAPH"):
            return Graph(self.term(), self.group())
        if self.word("SERVICE"):
            return self._service()
        return Triples(tuple(self.triples()))

    def _service(self) -> Service:
        start = self.position - 1
        self.word("SILENT")
        self.term()
        inside = self.position
        self.group()
        names = (t.text for t in self.tokens[inside : self.position] if t.kind == "variable")
        return Service(self.text(start, self.position), tuple(dict.fromkeys("?" + n[1:] for n in names)))

    def data(self) -> Data:
        """Read what follows VALUES."""
        start = self.position - 1
        names = []
        if self.take("("):
            while not self.take(")"):
                names.append(self.variable())
        else:
            names.append(self.variable())
        self.expect("{")
        while not self.take("}"):
            self.next()
        return Data(tuple(names), self.text(start, self.position))
