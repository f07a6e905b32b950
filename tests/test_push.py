"""A push writes what it says, where it says, and claims only what it has seen."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph
import pytest
from conftest import ROOT, SMALL, Run
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from stub import Act, Request, Stub, engine, oxigraph, oxigraph_serving, serving

import kg
from kg.cli import completion
from kg.errors import DataError, EndpointError, UsageError
from kg.store import exchange
from kg.store.address import Address
from kg.store.push import Push

NEWS = NamedNode("urn:news")


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Pause shortly, keep journals here, and see no settings of whoever runs the tests."""
    monkeypatch.setattr(exchange, "PAUSE", 0.01)
    monkeypatch.setenv("KG_CONFIG", "/dev/null")
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "push"


def numbers(path: Path, *values: int) -> str:
    path.write_text("".join(f"<urn:s{n:03}> <urn:p> {n} .\n" for n in values), encoding="utf-8")
    return str(path)


@pytest.fixture
def ten(tmp_path: Path) -> str:
    return numbers(tmp_path / "ten.ttl", *range(10))


def holding(*quads: Quad) -> Store:
    store = Store()
    store.extend(quads)
    return store


def values(store: Store, graph: NamedNode | DefaultGraph = NEWS) -> list[int]:
    return sorted(int(q.object.value) for q in store.quads_for_pattern(None, None, None, graph))  # type: ignore[union-attr]


def push(url: str, *files: str, batch: int = 3, replace: bool = False, graph: str = "urn:news") -> list:  # type: ignore[type-arg]
    store, address = kg.open(files).store, Address(url, timeout=2)
    with Push(store.parted(), address, graph=graph, replace=replace, batch=batch) as pushing:
        return pushing.run()


def updates(server: Stub) -> list[str]:
    """Return the updates that came, by the values in them."""
    import re

    bodies = [request.body.decode() for request in server.seen if "query" not in request.fields]
    return [" ".join(re.findall(r'"(\d+)"', body)) or body for body in bodies]


def busy(request: Request) -> None:
    request.answer(b"busy", 503, "text/plain", Retry_After="3600")


def dies(store: Store) -> Act:
    """Take the update, and say nothing."""
    return lambda request: store.update(request.body.decode())


def test_it_adds_in_bounded_batches_and_compares(ten: str) -> None:
    store = holding(Quad(NamedNode("urn:s003"), NamedNode("urn:p"), Literal(99), NEWS))
    with serving(engine(store)) as server:
        [pushed] = push(server.url, ten)
        assert updates(server) == ["0 1 2", "3 4 5", "6 7 8", "9"]
    assert values(store) == [*range(10), 99]
    assert (pushed.statements, pushed.held, pushed.resumed) == (10, 11, 0)


def test_the_digest_is_that_of_the_sorted_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text('<urn:b> <urn:p> 1 . <urn:a> <urn:p> "曹县"@zh . <urn:b> <urn:p> 1 .')
    with serving(engine(Store())) as server:
        [pushed] = push(server.url, str(file))
    lines = '<urn:a> <urn:p> "曹县"@zh .\n<urn:b> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    import hashlib

    assert pushed.sha256 == hashlib.sha256(lines.encode()).hexdigest()


def test_an_interrupted_push_goes_on_where_it_stopped(ten: str, run_kg: Run, apart: Path) -> None:
    store = Store()
    ok: Act = lambda request: request.server.update(request)  # noqa: E731
    with serving(engine(store, ok, ok, busy)) as server:
        args = ("push", ten, "--endpoint", server.url, "--graph", "urn:news", "--batch", 3)
        done = run_kg(*args)
        assert done.returncode == 5
        assert (
            "answered 503 Service Unavailable: busy (6 of 10 statements are written to the graph <urn:news>, "
            "none is compared); it asks to wait 3,600 s; run the same command to go on\n" in done.stderr
        )
        server.seen.clear()
        done = run_kg(*args)
        assert updates(server) == ["6 7 8", "9"]
        assert done.returncode == 0
        assert done.stderr.splitlines()[-2:-1] == ["kg: 6 statements were there from the time before"]
        assert (
            f"the graph <urn:news> at {server.url} holds 10 statements, the 10 pushed among them"
            in done.stderr
        )
    assert values(store) == [*range(10)]
    assert list(apart.iterdir()) == []


@pytest.mark.parametrize("change", ["other data", "other graph", "wiped", "damaged journal", "no cache"])
def test_a_journal_is_not_believed_where_things_changed(
    ten: str, tmp_path: Path, apart: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store()
    ok: Act = lambda request: request.server.update(request)  # noqa: E731
    with serving(engine(store, ok, ok, busy)) as server:
        with pytest.raises(EndpointError, match="6 of 10 statements are written"):
            push(server.url, ten)
        server.seen.clear()
        graph = "urn:news"
        if change == "other data":
            numbers(tmp_path / "ten.ttl", *range(9), 77)
        elif change == "other graph":
            graph = "urn:other"
        elif change == "wiped":
            store.clear_graph(NEWS)
        elif change == "damaged journal":
            [entry] = apart.iterdir()
            entry.write_text('{"done urn:news": "6"')
        else:
            monkeypatch.setenv("KG_CACHE", "off")
        [pushed] = push(server.url, ten, graph=graph)
        assert (pushed.statements, pushed.resumed) == (10, 0)
        assert updates(server)[0] == "0 1 2"


def test_kill_9_in_the_middle_of_a_push(ten: str, run_kg: Run, apart: Path) -> None:
    store = Store()

    def slow(request: Request) -> None:
        time.sleep(0.2)
        request.server.update(request)

    with serving(engine(store, *[slow] * 10)) as server:
        command = [
            *(sys.executable, "-m", "kg", "push", ten, "--endpoint", server.url),
            *("--graph", "urn:news", "--batch", "1"),
        ]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        while len(values(store)) < 3:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        before = len(values(store))
        assert before < 10
        server.seen.clear()
        done = run_kg(*command[3:])
        assert done.returncode == 0, done.stderr
        assert len(updates(server)) <= 10 - before + 2, "at most the one that was under way is sent again"
    assert values(store) == [*range(10)]


def test_replace_leaves_what_was_there_until_all_has_arrived(ten: str) -> None:
    store = holding(Quad(NamedNode("urn:old"), NamedNode("urn:p"), Literal(99), NEWS))
    store.add(Quad(NamedNode("urn:old"), NamedNode("urn:p"), Literal(98), NamedNode("urn:other")))
    ok: Act = lambda request: request.server.update(request)  # noqa: E731
    with serving(engine(store, ok, ok, busy)) as server:  # the first drops what an older push may have left
        with pytest.raises(
            EndpointError, match=r"3 of 10 statements are written to the graph <urn:news#push-"
        ):
            push(server.url, ten, replace=True)
        assert values(store) == [99]
        server.seen.clear()
        [pushed] = push(server.url, ten, replace=True)
        assert (pushed.statements, pushed.held, pushed.resumed) == (10, 10, 3)
        assert values(store) == [*range(10)]
        assert {g.value for g in store.named_graphs()} == {"urn:news", "urn:other"}  # type: ignore[union-attr]


def test_replace_does_not_move_what_others_write_into(ten: str) -> None:
    store = holding(Quad(NamedNode("urn:old"), NamedNode("urn:p"), Literal(99), NEWS))

    def meddle(request: Request) -> None:
        request.server.update(request)
        [beside] = (g for g in store.named_graphs() if g != NEWS)
        store.add(Quad(NamedNode("urn:x"), NamedNode("urn:p"), Literal(55), beside))

    said = r"holds 11 statements, not 10, and what was there before is untouched"
    with (
        serving(engine(store, lambda request: request.server.update(request), meddle)) as server,
        pytest.raises(EndpointError, match=said),
    ):
        push(server.url, ten, batch=100, replace=True)
    assert values(store) == [99]


def changed(request: Request) -> None:
    request.body = request.body.replace(b'"7"', b'"8"')
    request.server.update(request)


def lost(request: Request) -> None:
    request.answer(b"", 204)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (changed, '1 of 10 statements are not in the graph <urn:news> at {} as they were written, the first: <urn:s007> <urn:p> "7"^^<http://www.w3.org/2001/XMLSchema#integer> ., but <urn:s007> <urn:p> "8"^^'),
        (lost, "10 of 10 statements are not in the graph <urn:news> at {} as they were written, the first: <urn:s000>"),
    ],
)  # fmt: skip
def test_an_endpoint_that_changes_or_loses_statements_is_found_out(
    ten: str, run_kg: Run, harm: Act, said: str, apart: Path
) -> None:
    with serving(engine(Store(), harm)) as server:
        done = run_kg("push", ten, "--endpoint", server.url, "--graph", "urn:news")
        assert done.returncode == 5
        assert said.format(server.url) in done.stderr
        assert "pushed among them" not in done.stderr
        assert done.stderr.count("\n") == 2
        assert list(apart.iterdir()) == [], "the next push writes it all again"


def test_values_are_compared_as_values(tmp_path: Path) -> None:
    """An endpoint may write 2.50 as 2.5, true as 1, and a whole decimal as an integer."""
    file = tmp_path / "a.ttl"
    file.write_text("<urn:a> <urn:p> 2.50, true, 7.0, 009, 1e3 .")

    def otherwise(request: Request) -> None:
        for old, new in {
            '"2.5"': '"2.50"',
            '"true"': '"1"',
            '"7"^^<http://www.w3.org/2001/XMLSchema#decimal>': '"7"^^<http://www.w3.org/2001/XMLSchema#integer>',
        }.items():
            request.body = request.body.replace(old.encode(), new.encode())
        request.server.update(request)

    with serving(engine(Store(), otherwise)) as server:
        [pushed] = push(server.url, str(file))
    assert pushed.statements == 5


BLANK = '<urn:a> <urn:p> [ <urn:q> [ <urn:r> "x" ] ; <urn:s> 1 ] . <urn:b> <urn:p> 2 .'


def test_blank_nodes_go_together_once_and_are_compared_by_their_shape(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(BLANK)
    store = Store()
    with serving(engine(store, lambda request: request.server.update(request), dies(store))) as server:
        with pytest.raises(EndpointError, match="1 of 5 statements are written"):
            push(server.url, str(file), batch=2)
        assert len(updates(server)) == 2, "who does not know whether they arrived does not send them again"
        [pushed] = push(server.url, str(file), batch=2)
        assert (pushed.statements, pushed.held, pushed.blank, pushed.blank_compared) == (5, 5, 4, True)
        assert len(updates(server)) == 2
        [pushed] = push(server.url, str(file), batch=2)
        assert (pushed.held, pushed.blank, pushed.blank_compared) == (9, 4, False), "new nodes each time"


def test_blank_nodes_that_fall_apart_are_found_out(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text('<urn:a> <urn:p> [ <urn:q> "x" ] . <urn:b> <urn:p> [ <urn:q> "y" ] .')

    def swap(request: Request) -> None:
        request.body = request.body.replace(b'"x"', b'"z"').replace(b'"y"', b'"x"')
        request.server.update(request)

    with (
        serving(engine(Store(), swap)) as server,
        pytest.raises(EndpointError, match="the statements with blank nodes are other ones"),
    ):
        push(server.url, str(file))


def test_too_many_blank_nodes_are_refused(tmp_path: Path) -> None:
    quads = (Quad(pyoxigraph.BlankNode(), NamedNode("urn:p"), Literal(n)) for n in range(10_001))
    with pytest.raises(DataError, match="more than 10,000 statements with blank nodes"):
        Push(quads, Address("http://127.0.0.1:1/"))


def test_statements_go_to_the_graphs_that_they_are_in(tmp_path: Path) -> None:
    file = tmp_path / "a.nq"
    file.write_text(
        "".join(f'<urn:a> <urn:p> "{n}" <urn:g{n}> .\n' for n in (1, 2)) + '<urn:a> <urn:p> "3" .\n'
    )
    store = Store()
    with serving(engine(store)) as server:
        pushed = push(server.url, str(file), graph="")
        assert [each.graph for each in pushed] == ["", "urn:g1", "urn:g2"]
        assert (values(store, DefaultGraph()), values(store, NamedNode("urn:g2"))) == ([3], [2])
        push(server.url, str(file), graph="urn:all")
        assert values(store, NamedNode("urn:all")) == [1, 2, 3]
        push(server.url, str(file), graph="", replace=True)
        assert values(store, DefaultGraph()) == [3]


@pytest.mark.parametrize(("status", "place"), [(307, "elsewhere"), (302, "here"), (301, "elsewhere")])
def test_nothing_is_written_to_another_place_than_was_named(ten: str, status: int, place: str) -> None:
    other_store = Store()
    with serving(engine(other_store)) as other:
        to = other.url if place == "elsewhere" else "/other"
        with (
            serving(engine(Store(), *[lambda r: r.answer(b"", status, Location=to)] * 9)) as server,
            pytest.raises(EndpointError, match="nothing is written to another place than was named"),
        ):
            push(server.url, ten)
    assert len(other_store) == 0


def test_a_busy_endpoint_is_waited_for(ten: str, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(exchange.time, "sleep", waits.append)
    store = Store()
    again: Act = lambda request: request.answer(b"", 429, Retry_After="7")  # noqa: E731
    with serving(engine(store, again, dies(store))) as server:
        push(server.url, ten, batch=10)
    assert waits == [7.0, 0.02]
    assert values(store) == [*range(10)]


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(ten: str, run_kg: Run) -> None:
    store = holding(Quad(NamedNode("urn:old"), NamedNode("urn:p"), Literal(99), NEWS))
    with serving(engine(store)) as server:
        args = ("push", ten, "--endpoint", server.url, "--graph", "urn:news", "--dry-run", "--batch", 4)
        assert run_kg(*args).stderr == (
            f"kg: would add 10 statements to the graph <urn:news> at {server.url}, in 3 requests; it holds 1 now\n"
        )
        assert "would replace the graph <urn:news>" in run_kg(*args, "--replace").stderr
        assert updates(server) == []
    assert values(store) == [99]


def test_settings_of_a_named_endpoint(
    ten: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_kg: Run
) -> None:
    store = Store()
    with serving(engine(store)) as reading, serving(engine(store)) as writing:
        settings = tmp_path / "kg.toml"
        settings.write_text(
            f'[endpoints.news]\nurl = "{reading.url}"\nupdate = "{writing.url}"\ngraph = "urn:news"\n'
        )
        monkeypatch.setenv("KG_CONFIG", str(settings))
        monkeypatch.setenv("KG_ENDPOINT_NEWS_TOKEN", "secret")
        assert run_kg("push", ten, "--endpoint", "news").returncode == 0
        assert (len(updates(reading)), len(updates(writing))) == (0, 1)
        assert writing.seen[0].headers["Authorization"] == "Bearer secret"
        assert values(store) == [*range(10)]
        run_kg("query", "ASK { ?s ?p ?o }", "--endpoint", "news")
        assert reading.seen[-1].fields["default-graph-uri"] == ["urn:news"]
        run_kg("query", "ASK { ?s ?p ?o }", "--endpoint", f"{reading.url}?default-graph-uri=urn:x")
        assert reading.seen[-1].fields["default-graph-uri"] == ["urn:x"]
        assert [item.value for item in completion.complete_endpoint(None, None, "n")] == ["news"]  # type: ignore[arg-type]
        settings.write_text(settings.read_text() + 'graph-store = "http://127.0.0.1:1/"\n')
        done = run_kg("push", ten, "--endpoint", "news")
        assert (done.returncode, "a push goes one way" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["--endpoint", "http://127.0.0.1:1/", "--graph", "news"], 2, "'news' is no IRI of a graph"),
        (["--endpoint", "http://127.0.0.1:1/", "--gsp-url", "x"], 2, "'x' is no address"),
        (["--endpoint", "http://127.0.0.1:1/"], 5, "cannot be reached: Connection refused"),
        (["--endpoint", "nobody"], 2, "no endpoint 'nobody'"),
        ([], 2, "Missing option '--endpoint'"),
        (["--endpoint", "http://127.0.0.1:1/", "--store", "x"], 2, "exclude each other"),
        (["--endpoint", "http://127.0.0.1:1/", "--batch", "0"], 2, "0 is not in the range"),
    ],
)
def test_a_wrong_call(ten: str, run_kg: Run, args: list[str], code: int, said: str) -> None:
    done = run_kg("push", ten, *args)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_endpoint_without_updates_and_one_without_a_default_graph(ten: str) -> None:
    refuse: Act = lambda request: request.answer(b"no", 415, "text/plain")  # noqa: E731
    with serving(engine(Store(), refuse)) as server, pytest.raises(EndpointError) as caught:
        push(server.url, ten)
    assert caught.value.hint == "mend the data, or name the address that takes updates: --update-url URL"
    refuse = lambda request: request.answer(b"no default graph", 400, "text/plain")  # noqa: E731
    with serving(engine(Store(), refuse)) as server, pytest.raises(EndpointError) as caught:
        push(server.url, ten, graph="")
    assert caught.value.hint == "mend the data, or name a graph: --graph IRI"


def test_digest_is_answered_and_its_challenge_asked_for_before_much_is_sent(
    ten: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_ENDPOINT_USER", "editor")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "secret")
    store = Store()
    inner = engine(store)

    def guard(request: Request) -> None:
        if (request.headers["Authorization"] or "").startswith(
            'Digest username="editor", realm="R", nonce="n1"'
        ):
            inner(request)
        elif request.headers["Authorization"]:
            request.answer(b"", 401)
        else:
            request.answer(
                b"", 401, WWW_Authenticate='Digest realm="R", nonce="n1", qop="auth", algorithm="MD5"'
            )

    with serving(guard) as server:
        dataset = kg.open(ten)
        [pushed] = dataset.push(server.url, graph="urn:news")
        assert pushed.statements == 10
        sent = [request for request in server.seen if request.command == "POST" and request.body]
        assert all(request.headers["Authorization"] for request in sent), "no data goes out unauthorized"
        assert "secret" not in "".join(str(request.headers) for request in server.seen[1:])
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "")
    with (
        serving(
            lambda r: r.answer(b"", 401, WWW_Authenticate='Digest realm="R", nonce="n", algorithm="ROT13"')
        ) as server,
        pytest.raises(EndpointError, match="401 Unauthorized"),
    ):
        dataset.push(server.url, graph="urn:news")


@pytest.fixture(scope="module")
def oxigraph_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if oxigraph() is None:
        pytest.skip("needs Oxigraph's server: pip install oxigraph")
    with oxigraph_serving(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.mark.parametrize("way", ["update", "graph_store"])
@pytest.mark.parametrize("graph", ["urn:news", ""])
def test_oxigraph_takes_a_push(oxigraph_url: str, way: str, graph: str, ten: str, tmp_path: Path) -> None:
    parts = urlsplit(oxigraph_url)
    base = f"{parts.scheme}://{parts.netloc}"
    where = {"update": f"{base}/update"} if way == "update" else {"graph_store": f"{base}/store"}
    dataset = kg.open(SMALL)
    pushed = dataset.push(oxigraph_url, graph=graph, replace=True, **where)
    assert (pushed[0].statements, pushed[0].held) == (len(dataset), len(dataset))
    [more] = kg.open(ten).push(oxigraph_url, graph=graph, **where)
    assert (more.statements, more.held) == (10, len(dataset) + 10)
    [pushed_] = kg.open(ten).push(oxigraph_url, graph=graph, replace=True, **where)
    assert pushed_.held == 10
    blank = tmp_path / "blank.ttl"
    blank.write_text(BLANK)
    [blank_] = kg.open(blank).push(oxigraph_url, graph=graph, replace=True, **where)
    assert (blank_.held, blank_.blank, blank_.blank_compared) == (5, 4, True)


def test_python_has_the_same(ten: str) -> None:
    told: list[tuple[str, int]] = []
    with serving(engine(Store())) as server:
        [pushed] = kg.open(ten).push(server.url, progress=lambda doing, more: told.append((doing, more)))
        assert (pushed.graph, pushed.statements) == ("", 10)
    for doing in ("writing", "comparing"):
        assert sum(more for what, more in told if what == doing) == 10
    with pytest.raises(UsageError):
        kg.open(ten).push("http://me:pw@127.0.0.1/")


def test_more_than_fits_in_memory_is_sorted_in_parts(ten: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.store import statements

    monkeypatch.setattr(statements, "RUN", 3)
    store = Store()
    with serving(engine(store)) as server:
        [pushed] = push(server.url, ten)
        assert updates(server) == ["0 1 2", "3 4 5", "6 7 8", "9"]
    monkeypatch.undo()
    assert pushed.statements == 10


def test_a_request_is_bounded_by_its_size_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.store import statements

    monkeypatch.setattr(statements, "LARGEST", 200)
    with serving(engine(Store())) as server:
        [pushed] = push(server.url, numbers(tmp_path / "a.ttl", *range(9)), batch=100)
        assert updates(server)[:2] == ["0 1", "2 3"]
    assert pushed.statements == 9


def test_only_so_many_journals_are_kept(ten: str, apart: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.store import journal

    monkeypatch.setattr(journal, "MOST", 2)
    for n in range(4):
        journal.Journal("push", n).write(**{"done urn:news": n})
    assert len(list(apart.iterdir())) == 2
    assert json.loads(max(apart.iterdir(), key=lambda each: each.stat().st_mtime_ns).read_text()) == {
        "done urn:news": 3
    }


def test_how_far_a_push_came_is_no_entry_of_the_cache(tmp_path: Path) -> None:
    from kg.store import cache

    (tmp_path / cache.JOURNALS).mkdir()
    assert cache.entries(str(tmp_path)) == []
