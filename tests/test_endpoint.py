"""An endpoint answers as a file does, and whatever it does wrong is one clear sentence."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest
from conftest import SMALL, Run
from stub import JSON, Act, Request, oxigraph, oxigraph_serving, rows, serving

import kg
from kg.dataset import Dataset
from kg.errors import EndpointError, QueryError, UnknownName, UsageError
from kg.store import address, exchange
from kg.store.address import Address
from kg.store.endpoint import EndpointStore

ALL = "SELECT ?v { ?s ?p ?v }"


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pause shortly between tries, and see no settings of whoever runs the tests."""
    monkeypatch.setattr(exchange, "PAUSE", 0.01)
    monkeypatch.setenv("KG_CONFIG", "/dev/null")


def says(body: bytes, status: int = 200, type: str = JSON, length: int | None = None, **headers: str) -> Act:
    return lambda request: request.answer(body, status, type, length, **headers)


def values(url: str, query: str = ALL, page: int | None = None) -> list[str]:
    return [row["v"].value for row in Dataset(EndpointStore(Address(url, timeout=2, page=page))).query(query)]


def test_the_request_is_that_of_the_protocol() -> None:
    with serving(says(rows("曹县"))) as server:
        assert values(server.url) == ["曹县"]
        (request,) = server.seen
        assert (request.command, request.query) == ("GET", ALL)
        assert request.headers["User-Agent"].startswith("kg")
        assert request.headers["Accept"].startswith("application/sparql-results+json")
        values(server.url, f"# {'long ' * 1000}\n{ALL}")
        assert server.seen[1].command == "POST"
        assert server.seen[1].headers["Content-Type"].startswith("application/x-www-form-urlencoded")
        kg.open(server.url).query("SELECT ?v { ?v a kg:County }")
        assert server.seen[2].query == (
            "PREFIX kg: <https://kg.example/ontology#> SELECT ?v { ?v a kg:County }"
        )


@pytest.mark.parametrize(
    ("body", "type"),
    [
        (rows("曹县"), JSON),
        (rows("曹县"), "application/json; charset=gb18030"),
        (rows("曹县"), JSON + ";charset=ISO-8859-1"),
        ('?v\n"曹县"\n'.encode(), "text/tab-separated-values"),
        (
            b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="v"/></head><results>'
            + "<result><binding name='v'><literal>曹县</literal></binding></result></results></sparql>".encode(),
            "application/sparql-results+xml",
        ),
    ],
    ids=["json", "json said to be GB18030", "json said to be Latin-1", "tsv", "xml"],
)
def test_answers_in_the_formats_of_the_standard_are_read_as_utf_8(body: bytes, type: str) -> None:
    with serving(says(body, type=type)) as server:
        assert values(server.url) == ["曹县"]
    with serving(says(gzip.compress(body), type=type, Content_Encoding="gzip")) as server:
        assert values(server.url) == ["曹县"]


def drip(request: Request) -> None:
    request.send_response(200)
    request.send_header("Content-Type", JSON)
    request.end_headers()
    for byte in rows("a" * 999):
        request.wfile.write(bytes([byte]))
        time.sleep(0.05)


def hang(request: Request) -> None:
    time.sleep(4)


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (says(b"<html><title>SPARQL</title><script>x</script> query form </html>", type="text/html"), "sent text/html instead of an answer: SPARQL query form"),
        (says(rows("a")[:-9]), "cannot be read, at line 1"),
        (says(rows("a"), length=999), "broke off: 905 bytes are missing"),
        (says(gzip.compress(rows("a"))[:-9], Content_Encoding="gzip"), "broke off"),
        (says("曹县".join(["", ""]).encode("gb18030") + rows("曹县").decode().encode("gb18030")), "cannot be read, at line 1"),
        (says(b""), "cannot be read"),
        (says(b'{"head":{},"boolean":true}'), "true or false instead of rows"),
        (says(b"<p>Virtuoso 42000 Error</p><pre>The estimated time\nis too long</pre>", 500, "text/html"), "answered 500 Internal Server Error: Virtuoso 42000 Error The estimated time is too long"),
        (says(b"no such user", 401, "text/plain"), "answered 401 Unauthorized: no such user"),
        (says(b"busy", 503, "text/plain", Retry_After="3600"), "answered 503 Service Unavailable: busy"),
        (says(b"", 302, Location="/sparql"), "leads in circles"),
        (says(b"", 302, Location="file:///etc/passwd"), "leads to file://"),
        (drip, "took longer than 1 s"),
        (hang, "said nothing for 0.5 s"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)  # fmt: skip
def test_what_goes_wrong_is_one_sentence(act: Act, message: str) -> None:
    with serving(act) as server:
        store = EndpointStore(Address(server.url, timeout=0.5, patience=1))
        with pytest.raises(EndpointError) as caught:
            Dataset(store).query(ALL)
    assert server.url in caught.value.message
    assert message in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_nobody_there() -> None:
    with serving(hang) as server:
        pass
    with pytest.raises(EndpointError, match=r"cannot be reached: Connection refused; check the address"):
        values(server.url)


def test_it_is_asked_again_a_few_times_and_as_late_as_it_wishes(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(exchange.time, "sleep", waits.append)
    busy = says(b"", 503)
    with serving(busy, says(b"", 429, Retry_After="7"), lambda request: None, says(rows("a"))) as server:
        assert values(server.url) == ["a"]
    assert waits == [0.01, 7.0, 0.04]
    with serving(busy) as server, pytest.raises(EndpointError, match="503"):
        values(server.url)
    assert len(server.seen) == exchange.TRIES
    with (
        serving(says(b"", 429, Retry_After="3600")) as server,
        pytest.raises(EndpointError, match="it asks to wait 3,600 s"),
    ):
        values(server.url)
    assert len(server.seen) == 1


def test_a_date_to_try_again_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from email.utils import formatdate

    waits: list[float] = []
    monkeypatch.setattr(exchange.time, "sleep", waits.append)
    soon, past = formatdate(time.time() + 9, usegmt=True), formatdate(time.time() - 99, usegmt=True)
    acts = [says(b"", 503, Retry_After=each) for each in (soon, past, "nonsense")]
    with serving(*acts, says(rows("a"))) as server:
        assert values(server.url) == ["a"]
    assert 6 < waits[0] <= 9 and waits[1:] == [0.0, 0.04]


@pytest.mark.parametrize("status", [405, 414, 501])
def test_the_method_is_chosen_and_another_one_tried(status: int) -> None:
    for method, sent in (("get", ["GET"]), ("post", ["POST"]), ("auto", ["GET", "POST"])):
        with serving(says(b"", status), says(rows("a"))) as server:
            dataset = Dataset(EndpointStore(Address(server.url, method=method, timeout=2)))
            if method == "auto":
                assert len(dataset.query(ALL)) == 1
            else:
                with pytest.raises(EndpointError, match=str(status)):
                    dataset.query(ALL)
            assert [request.command for request in server.seen] == sent
    long = f"# {'long ' * 1000}\n{ALL}"
    with serving(says(rows("a"))) as server:
        values(server.url, long)
        Dataset(EndpointStore(Address(server.url, method="get"))).query(long)
        assert [request.command for request in server.seen] == ["POST", "GET"]


def test_what_belongs_together_is_asked_about_in_one_request(small: kg.Dataset) -> None:
    from pyoxigraph import Store
    from stub import engine

    store = Store()
    store.extend(small.store.quads())
    with serving(engine(store)) as server:
        remote = kg.open(server.url)
        remote.query("SELECT ?o { ?o a schema:Observation }")
        before = len(server.seen)
        for quad in small.store.quads():
            assert quad in set(remote.store.quads(quad.subject, quad.predicate)), "in any order of looking"
        assert len(server.seen) - before < 20 < len(small)
        assert set(remote.store.quads()) == set(small.store.quads())


def test_a_thing_with_too_much_to_say_is_asked_for_just_what_is_wanted() -> None:
    from pyoxigraph import Literal, NamedNode, Quad, Store
    from stub import engine

    store = Store()
    hub, name = NamedNode("urn:hub"), NamedNode("urn:name")
    store.extend(Quad(hub, NamedNode(f"urn:p{n % 7}"), Literal(n)) for n in range(6_000))
    store.add(Quad(hub, name, Literal("hub")))
    with serving(engine(store)) as server:
        remote = kg.open(server.url).store
        for _ in range(3):
            assert [quad.object.value for quad in remote.quads(hub, name)] == ["hub"]
        assert len(list(remote.quads(hub, NamedNode("urn:p1")))) == 857
        assert len(server.seen) == 3, "once all of it, which is too much, then each property once"


def test_booleans_and_blank_nodes_of_virtuoso_are_read_right(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.store import reply

    body = (
        b'{ "head": { "vars": ["v"] }, "results": { "bindings": [ { "v": { "type": "bnode", "value": "nodeID://b1" }},'
        b'{ "v": { "type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": "1" }},'
        b'{ "v": { "type": "literal", "value": "nodeID://b1 #boolean\\", \\"value\\": \\"1\\"" }} ] } }'
    )

    def act(request: Request) -> None:
        request.server_version, request.sys_version = "Virtuoso/07.20", ""
        request.answer(body)

    monkeypatch.setattr(reply, "_PIECE", 7)
    with serving(act) as server:
        assert values(server.url) == ["b1", "true", 'nodeID://b1 #boolean", "value": "1"']


def test_credentials_go_to_the_origin_they_are_for_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_ENDPOINT_TOKEN", "secret")
    with serving(says(rows("a"))) as other, serving(says(b"", 307, Location=other.url)) as server:
        assert [row["v"].value for row in kg.open(server.url).query(ALL)] == ["a"]
        assert server.seen[0].headers["Authorization"] == "Bearer secret"
        assert other.seen[0].headers["Authorization"] is None
    with serving(says(b"", 301, Location="/new"), says(rows("a"))) as server:
        kg.open(server.url).query(ALL)
        assert server.seen[1].path.startswith("/new")
    monkeypatch.delenv("KG_ENDPOINT_TOKEN")
    monkeypatch.setenv("KG_ENDPOINT_USER", "李涛")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "a:b")
    with serving(says(rows("a"))) as server:
        kg.open(server.url).query(ALL)
        assert server.seen[0].headers["Authorization"] == "Basic 5p2O5rabOmE6Yg=="
    assert "secret" not in repr(address.find("http://127.0.0.1/"))
    assert "without encryption" in EndpointStore.named("http://example.org/sparql").notes[0]


def test_a_query_that_is_refused_and_wrong_is_shown_with_its_word() -> None:
    with serving(says(b"parse error", 400, "text/plain")) as server:
        with pytest.raises(QueryError, match=r"line 1, column 16: unknown prefix skso:; did you mean skos:"):
            values(server.url, "SELECT ?v { ?v skso:altLabel ?o }")
        with pytest.raises(EndpointError, match="answered 400 Bad Request: parse error"):
            values(server.url)


def cap(most: int, total: int, **headers: str) -> Act:
    """Behave as an endpoint with so many rows that sends at most so many."""
    import re

    def act(request: Request) -> None:
        limit, offset = (
            re.findall(
                rf"{word} (\d+)$", request.query.split(" OFFSET ")[0] if word == "LIMIT" else request.query
            )
            for word in ("LIMIT", "OFFSET")
        )
        start = int(offset[0]) if offset else 0
        end = min(start + min(int(limit[0]) if limit else most, most), total)
        request.answer(rows(*map(str, range(start, end))), **headers)

    return act


def test_an_answer_that_was_capped_is_said_and_fetched_on_demand() -> None:
    with serving(cap(1000, 2500)) as server:
        store = EndpointStore(Address(server.url))
        assert len(Dataset(store).query(ALL)) == 1000
        assert store.notes == [
            f"{server.url} sent 1,000 rows, which looks like the most it sends: there may be more; --page 1000 fetches them"
        ]
        for page in (400, 1000, 5000):
            assert values(server.url, page=page) == list(map(str, range(2500)))
        assert server.seen[-1].query == (
            "SELECT ?v { { SELECT ?v { { SELECT ?v { ?s ?p ?v }\n} } ORDER BY ?v\n} } LIMIT 5000 OFFSET 2000"
        )
        store = EndpointStore(Address(server.url))
        assert len(Dataset(store).query(ALL + " LIMIT 1000")) == 1000
        assert store.notes == []
        with pytest.raises(UsageError, match="page by page"):
            values(server.url, "SELECT ?v FROM <urn:g> { ?s ?p ?v }", page=10)
    with serving(cap(77, 500, X_SPARQL_MaxRows="77")) as server:
        store = EndpointStore(Address(server.url))
        Dataset(store).query(ALL).rows  # noqa: B018
        assert "sent 77 rows" in store.notes[0]
    with serving(says(rows("a"), X_SQL_State="S1TAT")) as server:
        store = EndpointStore(Address(server.url))
        Dataset(store).query(ALL).rows  # noqa: B018
        assert "ran out of time" in store.notes[0]


def test_named_endpoints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_kg: Run) -> None:
    with serving(says(rows("a"))) as server:
        file = tmp_path / "kg.toml"
        file.write_text(f'[endpoints.mine]\nurl = "{server.url}"\nmethod = "post"\n')
        monkeypatch.setenv("KG_CONFIG", str(file))
        monkeypatch.setenv("KG_ENDPOINT_TOKEN", "for another one")
        monkeypatch.setenv("KG_ENDPOINT_MINE_TOKEN", "secret")
        assert run_kg("query", ALL, "--endpoint", "mine", "--format", "csv").stdout == "v\r\na\r\n"
        assert server.seen[0].command == "POST"
        assert server.seen[0].headers["Authorization"] == "Bearer secret"
        with pytest.raises(UnknownName, match="no endpoint 'min'; did you mean mine"):
            EndpointStore.named("min")
        file.write_text('[endpoints.mine]\nurl = "http://127.0.0.1/"\npasword = "x"\n')
        with pytest.raises(UsageError, match=r"endpoints.mine.pasword cannot be 'x'; settings are url, "):
            EndpointStore.named("mine")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://me:pw@127.0.0.1/", "credentials do not belong in an address"),
        ("http://", "is no address"),
        ("http://127.0.0.1:99999/", "is no address"),
        ("http://127.0.0.1/a b", "is no address"),
    ],
)
def test_a_wrong_address(url: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        kg.open(url)


def test_the_command_says_it_and_leaves_with_5(run_kg: Run) -> None:
    with serving(says(b"<html>hello</html>", type="text/html")) as server:
        done = run_kg("query", ALL, "--endpoint", server.url)
        assert (done.returncode, done.stdout) == (5, "")
        assert done.stderr.startswith(f"kg: {server.url} sent text/html instead of an answer: hello; give")
    with serving(says(rows(*map(str, range(1000))))) as server:
        done = run_kg("query", ALL, "--endpoint", server.url, "--format", "csv")
        assert done.stdout.count("\n") == 1001
        assert "there may be more; --page 1000 fetches them" in done.stderr
    assert run_kg("query", ALL, "--page", 10, "--data", SMALL).returncode == 2


@pytest.mark.parametrize(
    "words",
    [
        ["describe", "曹县"],
        ["stated", "曹县", "kg:p"],
        ["path", "曹县", "聊城"],
        ["search", "曹"],
        ["quote", "曹县"],
        ["sources"],
    ],
    ids=lambda words: words[0],
)
def test_every_command_that_asks_stops_in_time(run_kg: Run, tmp_path: Path, words: list[str]) -> None:
    file = tmp_path / "answer.csv"
    with serving(hang) as server:
        done = run_kg(*words, "--endpoint", server.url, "--timeout", 0.2, "-o", file)
    assert (done.returncode, done.stdout) == (124, "")
    assert done.stderr == (
        "kg: the answer took longer than 0.2 s; narrow it, or give it more with --timeout\n"
    )
    assert list(tmp_path.iterdir()) == []
    assert run_kg(*words, "--timeout", -1).returncode == 2


def test_an_empty_answer_says_how_to_learn_why(run_kg: Run) -> None:
    with serving(says(rows())) as server:
        done = run_kg("query", ALL, "--endpoint", server.url)
    assert done.stderr == (
        "kg: no rows; --why looks for the reason, which takes a while on a large store or an endpoint\n"
    )


QUERIES = [
    "SELECT ?s ?o { ?s rdfs:label ?o } ORDER BY ?s ?o",
    "SELECT ?county ?n { ?o schema:observationAbout ?county ; schema:value ?n } ORDER BY ?n",
    "SELECT (COUNT(*) AS ?n) (SUM(?v) AS ?sum) { ?o schema:value ?v }",
    "SELECT ?place ?in { ?place schema:containedInPlace+ ?in } ORDER BY ?place",
    "SELECT ?s ?date { ?s a schema:Observation OPTIONAL { ?s schema:startDate ?date } } ORDER BY ?s",
    "ASK { id:caoxian-371721 a kg:County }",
    "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }",
    "DESCRIBE id:caoxian-371721",
]


@pytest.mark.skipif(oxigraph() is None, reason="needs Oxigraph's server: pip install oxigraph")
def test_oxigraph_answers_as_the_file_does(tmp_path: Path, small: kg.Dataset, run_kg: Run) -> None:
    with oxigraph_serving(tmp_path / "store", SMALL) as url:
        remote = kg.open(url)
        for query in QUERIES:
            form = small.query(query).form
            for format in ("table", "nt" if form == "graph" else "json"):
                assert remote.query(query).render(format) == small.query(query).render(format), query
        assert len(remote) == len(small)
        assert remote.resolve("caoxian") == small.resolve("caoxian")
        assert set(map(str, remote.store.quads())) == set(map(str, small.store.quads()))
        assert remote.warnings("ASK { ?s schema:valeu ?o }") == [
            "the graph does not know schema:valeu; it finds nothing"
        ]
        paged = Dataset(EndpointStore.named(url, page=5))
        assert paged.query(QUERIES[0]).render("csv") == small.query(QUERIES[0]).render("csv")
        asked = ("query", QUERIES[1], "--format", "csv")
        assert run_kg(*asked, "--endpoint", url).stdout == run_kg(*asked, "--data", SMALL).stdout
        assert run_kg("stats", "--endpoint", url).stdout == run_kg("stats", "--data", SMALL).stdout
        for command in (
            ("query", QUERIES[1], "--cite"),
            ("describe", "曹县"),
            ("search", "曹"),
            ("sources",),
            ("export", "--format", "graphml"),
        ):
            assert run_kg(*command, "--data", url).stdout == run_kg(*command, "--data", SMALL).stdout, command
        wrong = run_kg("query", "SELECT ?s { ?s skso:a ?o }", "--endpoint", url)
        assert (wrong.returncode, wrong.stderr.splitlines()[0]) == (
            3,
            "kg: line 1, column 16: unknown prefix skso:; did you mean skos:?",
        )
        assert run_kg("query", "DELETE WHERE { ?s ?p ?o }", "--endpoint", url).returncode == 3
