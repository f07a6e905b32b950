"""The peers: each loads the file, answers, and converts as its users would have it do.

    python benchmarks/peers.py NAME

runs one of them as a process of its own. It reads a request a line, as JSON, and answers each with a line: seconds,
and what is asked besides. `run.py` is at the other end; a process that takes too long is killed there.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
#: The shipped graph, and how `roqet` is given it.
FIRST = [str(ROOT / "data" / "triples.ttl"), str(ROOT / "ontology" / "kg.ttl")]
DATA = [word for file in FIRST for word in ("-D", file)]


class Peer:
    """One way to ask: what it needs to be there, and the requests that it understands."""

    #: What starts, reads the shipped graph and answers, as a command line; the query takes the place of `{query}`.
    cold: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Return what it is, as a table says it."""
        raise NotImplementedError

    def load(self, file: str) -> None:
        """Read a file in Turtle, letting go of what was read before."""
        raise NotImplementedError

    def query(self, text: str) -> object:
        """Answer with every row at hand, in the form in which a user of this peer works on."""
        raise NotImplementedError

    def json(self, text: str) -> str | bytes:
        """Answer in SPARQL JSON, so that answers can be compared."""
        raise NotImplementedError

    def networkx(self) -> Any:
        """Return the graph for NetworkX."""
        raise NotImplementedError

    def memory(self) -> int:
        """Return the most memory that was in use, in bytes."""
        return _peak(os.getpid())


class Pyoxigraph(Peer):
    cold = (
        sys.executable,
        "-c",
        "import sys, pyoxigraph as ox; s = ox.Store(); [s.load(path=f) for f in sys.argv[2:]]; "
        "s.query(sys.argv[1]).serialize(sys.stdout.buffer, ox.QueryResultsFormat.CSV)",
        "{query}",
        *FIRST,
    )

    def __init__(self) -> None:
        import pyoxigraph

        self._ox = pyoxigraph

    @property
    def version(self) -> str:
        return f"pyoxigraph {version('pyoxigraph')}"

    def load(self, file: str) -> None:
        self._store = self._ox.Store()
        self._store.bulk_load(path=file)

    def query(self, text: str) -> object:
        return list(self._store.query(text))

    def json(self, text: str) -> str | bytes:
        return self._store.query(text).serialize(format=self._ox.QueryResultsFormat.JSON)


class Kg(Peer):
    cold = (sys.executable, "-m", "kg", "query", "{query}")

    def __init__(self) -> None:
        os.environ["KG_CACHE"] = "off"  # reading is measured, not finding again
        import kg

        self._kg = kg

    @property
    def version(self) -> str:
        return f"kg {version('kg')}"

    def load(self, file: str) -> None:
        self._data = self._kg.open(file)

    def query(self, text: str) -> object:
        return self._data.query(text).rows

    def json(self, text: str) -> str | bytes:
        return self._data.query(text).render("json")

    def networkx(self) -> Any:
        return self._data.to_networkx()

    def cite(self, text: str, brief: str = "") -> object:
        from kg.cite.citation import cite
        from kg.cite.render import write

        with Path(os.devnull).open("wb") as sink:
            return write(cite(self._data.query(text), brief=bool(brief)), sink, "table")

    def table(self, text: str) -> object:
        with Path(os.devnull).open("wb") as sink:
            return self._data.query(text).write(sink, "table")

    def explain(self, text: str) -> object:
        from kg.explain.empty import why_empty

        found = why_empty(self._data.store, text, self._data.prefixes)
        assert found
        return found

    def resolve(self, name: str) -> object:
        from kg.errors import KgError

        with contextlib.suppress(KgError):
            return self._data.resolve(name)

    def export(self, format: str) -> object:
        from kg.graph import export

        with Path(os.devnull).open("wb") as sink:
            return export.write(self._data.select(), sink, format)

    def view(self, county: str) -> object:
        from kg.view import render

        return render(self._data.select(around=county, depth=1))


class Rdflib(Peer):
    cold = (
        sys.executable,
        "-c",
        "import sys, rdflib; g = rdflib.Graph(); [g.parse(f) for f in sys.argv[2:]]; "
        "print(g.query(sys.argv[1]).serialize(format='csv').decode())",
        "{query}",
        *FIRST,
    )
    _store = "default"

    def __init__(self) -> None:
        import rdflib

        self._rdflib = rdflib

    @property
    def version(self) -> str:
        return f"rdflib {version('rdflib')}"

    def load(self, file: str) -> None:
        self._graph = self._rdflib.Graph(store=self._store)
        self._graph.parse(file, format="turtle")

    def query(self, text: str) -> object:
        return list(self._graph.query(text))

    def json(self, text: str) -> str | bytes:
        return self._graph.query(text).serialize(format="json")  # type: ignore[no-any-return]

    def networkx(self) -> Any:
        from rdflib.extras.external_graph_libs import rdflib_to_networkx_multidigraph

        return rdflib_to_networkx_multidigraph(self._graph)


class Oxrdflib(Rdflib):
    cold = tuple(word.replace("rdflib.Graph()", "rdflib.Graph(store='Oxigraph')") for word in Rdflib.cold)
    _store = "Oxigraph"

    def __init__(self) -> None:
        import oxrdflib  # noqa: F401 -- it has to be there

        super().__init__()

    @property
    def version(self) -> str:
        return f"oxrdflib {version('oxrdflib')}"

    def load(self, file: str) -> None:
        # As its manual says: its own parser, not rdflib's.
        self._graph = self._rdflib.Graph(store=self._store)
        self._graph.parse(file, format="ox-turtle")


class Kglab(Peer):
    cold = (
        sys.executable,
        "-c",
        "import sys, kglab; g = kglab.KnowledgeGraph(); [g.load_rdf(f) for f in sys.argv[2:]]; "
        "print(g.query_as_df(sys.argv[1]).to_csv())",
        "{query}",
        *FIRST,
    )

    def __init__(self) -> None:
        import kglab

        self._kglab = kglab

    @property
    def version(self) -> str:
        return f"kglab {version('kglab')} (rdflib {version('rdflib')})"

    def load(self, file: str) -> None:
        self._graph = self._kglab.KnowledgeGraph()
        self._graph.load_rdf(file, format="ttl")

    def query(self, text: str) -> object:
        return list(self._graph.query(text))

    def json(self, text: str) -> str | bytes:
        return self._graph.query(text).serialize(format="json")  # type: ignore[no-any-return]

    def networkx(self) -> Any:
        import networkx

        every = "SELECT ?subject ?object { ?subject ?predicate ?object }"
        return self._kglab.SubgraphMatrix(self._graph, every).build_nx_graph(networkx.MultiDiGraph())


class Maplib(Peer):
    cold = (
        sys.executable,
        "-c",
        "import sys, maplib; m = maplib.Model(); [m.read(f) for f in sys.argv[2:]]; "
        "print(m.query(sys.argv[1]).write_csv())",
        "{query}",
        *FIRST,
    )

    def __init__(self) -> None:
        import maplib

        self._maplib = maplib

    @property
    def version(self) -> str:
        return f"maplib {version('maplib')}"

    def load(self, file: str) -> None:
        self._model = self._maplib.Model()
        self._model.read(file, format="turtle")

    def query(self, text: str) -> object:
        return self._model.query(text)

    def json(self, text: str) -> str | bytes:
        return self._model.query(text, return_json=True)  # type: ignore[no-any-return]


class Oxigraph(Peer):
    """The command `oxigraph`: a process a question, on a store that it loaded on disk."""

    def __init__(self) -> None:
        self._command = _found("oxigraph")
        self._folder = tempfile.mkdtemp()
        script = 'set -e; command="$1"; query="$2"; store=$(mktemp -d); shift 2; '
        script += (
            'for file in "$@"; do "$command" load --location "$store" --file "$file" 2>/dev/null; done; '
        )
        script += '"$command" query --location "$store" --query "$query" --results-format csv; rm -r "$store"'
        self.cold = ("sh", "-c", script, "sh", self._command, "{query}", *FIRST)
        self._memory = 0

    @property
    def version(self) -> str:
        return _run([self._command, "--version"])[0].decode().strip() + ", a process a question"

    def _run(self, *words: str) -> bytes:
        output, peak = _run([self._command, *words])
        self._memory = max(self._memory, peak)
        return output

    def load(self, file: str) -> None:
        shutil.rmtree(self._folder)
        self._run("load", "--location", self._folder, "--file", file)

    def query(self, text: str) -> object:
        return self.json(text)

    def json(self, text: str) -> str | bytes:
        return self._run("query", "--location", self._folder, "--query", text, "--results-format", "json")

    def memory(self) -> int:
        return self._memory


class Rasqal(Peer):
    """The command `roqet`: a process a question, which reads the file anew."""

    cold = ("roqet", "-q", "-i", "sparql11-query", "-r", "csv", "-e", "{query}", *DATA)

    def __init__(self) -> None:
        self._command = _found("roqet")
        self._memory = 0

    @property
    def version(self) -> str:
        return f"rasqal {_run([self._command, '--version'])[0].decode().strip()}, reads the file each time"

    def load(self, file: str) -> None:
        self._file = file
        self.query("SELECT (COUNT(*) AS ?n) { <urn:x> ?p ?o }")

    def query(self, text: str) -> object:
        return self.json(text)

    def json(self, text: str) -> str | bytes:
        words = [self._command, "-q", "-i", "sparql11-query", "-r", "xml", "-D", self._file, "-e", text]
        # It ends with 2 where it warned of something, and answered all the same.
        output, peak = _run(words, good=(0, 2))
        self._memory = max(self._memory, peak)
        return output

    def memory(self) -> int:
        return self._memory


class Virtuoso(Peer):
    """A server of its own on loopback, loaded through `isql-vt` and asked over HTTP."""

    def __init__(self) -> None:
        command, self._isql = _found("virtuoso-t"), _found("isql-vt")
        self._folder = Path(tempfile.mkdtemp())
        self._sql, self._http = _free_port(), _free_port()
        (self._folder / "virtuoso.ini").write_text(
            f"""[Database]
DatabaseFile = {self._folder}/virtuoso.db
ErrorLogFile = {self._folder}/virtuoso.log
LockFile = {self._folder}/virtuoso.lck
TransactionFile = {self._folder}/virtuoso.trx
xa_persistent_file = {self._folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {self._folder}/temporary.db
TransactionFile = {self._folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{self._sql}
DirsAllowed = /
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
[HTTPServer]
ServerPort = 127.0.0.1:{self._http}
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 0
"""
        )
        log = (self._folder / "out").open("wb")
        self._server = subprocess.Popen(
            [command, "+foreground", "+configfile", str(self._folder / "virtuoso.ini")],
            stdout=log,
            stderr=log,
        )
        for _ in range(300):
            with contextlib.suppress(OSError, RuntimeError):
                self._isql_run("SELECT 1;")
                return
            time.sleep(0.1)
        raise RuntimeError((self._folder / "out").read_text()[-300:] or "the server does not answer")

    @property
    def version(self) -> str:
        found = re.search(r"\d\d\.\d\d\.\d+", self._isql_run("SELECT sys_stat('st_dbms_ver');"))
        return f"Virtuoso {found[0] if found else '?'}, over HTTP"

    def _isql_run(self, statements: str) -> str:
        output, _ = _run([self._isql, f"127.0.0.1:{self._sql}", "dba", "dba", f"exec={statements}"])
        if b"Error" in output:
            raise RuntimeError(output.decode(errors="replace")[-300:])
        return output.decode(errors="replace")

    def load(self, file: str) -> None:
        read = f"DB.DBA.TTLP_MT(file_open('{file}'), '', 'https://kg.example/graph', 0, 2);"
        self._isql_run(f"log_enable(2, 1); SPARQL CLEAR GRAPH <https://kg.example/graph>; {read} checkpoint;")

    def query(self, text: str) -> object:
        return self.json(text)

    def json(self, text: str) -> str | bytes:
        form = urllib.parse.urlencode({"query": text, "default-graph-uri": "https://kg.example/graph"})
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._http}/sparql",
            form.encode(),
            {"Accept": "application/sparql-results+json"},
        )
        with urllib.request.urlopen(request) as answer:
            return answer.read()  # type: ignore[no-any-return]

    def memory(self) -> int:
        return _peak(self._server.pid)


PEERS: dict[str, type[Peer]] = {
    "kg": Kg,
    "pyoxigraph": Pyoxigraph,
    "oxigraph": Oxigraph,
    "oxrdflib": Oxrdflib,
    "rdflib": Rdflib,
    "kglab": Kglab,
    "maplib": Maplib,
    "rasqal": Rasqal,
    "virtuoso": Virtuoso,
}


def digest(answer: str | bytes) -> tuple[int, str]:
    """Return how many rows an answer in SPARQL JSON has, and a hash of them that no order changes.

    Numbers are compared by their value to nine digits: engines write and divide them differently.

    >>> a = '{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"1.50",'
    >>> a += '"datatype":"http://www.w3.org/2001/XMLSchema#decimal"}}]}}'
    >>> digest(a)[0]
    1
    >>> digest(a) == digest(a.replace("1.50", "1.5"))
    True
    """
    document = _from_xml(answer) if answer[:1] in {"<", b"<"} else json.loads(answer)
    columns = sorted(document["head"]["vars"])
    rows = sorted(
        json.dumps([_plain(row.get(column)) for column in columns], ensure_ascii=False)
        for row in document["results"]["bindings"]
    )
    return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()[:12]


def _plain(cell: dict[str, str] | None) -> list[str] | None:
    if cell is None:
        return None
    kind = cell.get("datatype", "").rpartition("#")[2]
    value = cell["value"]
    if kind in {"integer", "decimal", "double", "float", "int", "long", "unsignedInt", "unsignedLong"}:
        return ["number", f"{Decimal(value):.8e}"]
    return [
        cell["type"].replace("typed-", ""),
        value,
        cell.get("xml:lang", ""),
        "" if kind == "string" else kind,
    ]


def _from_xml(answer: str | bytes) -> dict[str, Any]:
    """Return an answer in SPARQL XML as SPARQL JSON would hold it."""
    names = {"s": "http://www.w3.org/2005/sparql-results#"}
    root = ElementTree.fromstring(answer)
    rows = [
        {
            binding.attrib["name"]: {
                "type": binding[0].tag.rpartition("}")[2],
                "value": binding[0].text or "",
                **{
                    key.replace("{http://www.w3.org/XML/1998/namespace}", "xml:"): value
                    for key, value in binding[0].attrib.items()
                },
            }
            for binding in result.findall("s:binding", names)
            if len(binding)
        }
        for result in root.iterfind("s:results/s:result", names)
    ]
    columns = [variable.attrib["name"] for variable in root.iterfind("s:head/s:variable", names)]
    return {"head": {"vars": columns}, "results": {"bindings": rows}}


def _found(command: str) -> str:
    """Return where a command is: beside this Python, or on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    found = shutil.which(command, path=path)
    if found is None:
        raise ImportError(f"no command {command}")
    return found


def _run(command: list[str], good: tuple[int, ...] = (0,)) -> tuple[bytes, int]:
    """Run a command; return its output and the most memory that it took."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, stdin=subprocess.DEVNULL)
        assert process.stdout
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in good:
            errors.seek(0)
            raise RuntimeError(
                errors.read().decode(errors="replace").strip()[-300:] or f"{command[0]} failed"
            )
    return output, usage.ru_maxrss * 1024


def _peak(process: int) -> int:
    """Return the peak of the resident memory of a process (Linux; elsewhere 0)."""
    with contextlib.suppress(OSError):
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
        return int(found[1]) * 1024 if found else 0
    return 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answer(peer: Peer, request: dict[str, Any]) -> dict[str, Any]:
    what, arguments = request["do"], request.get("with", [])
    if what == "digest":
        rows, found = digest(peer.json(*arguments))
        return {"rows": rows, "hash": found}
    if what == "memory":
        return {"bytes": peer.memory()}
    call = getattr(peer, what)
    gc.collect()
    start = time.perf_counter()
    result = call(*arguments)
    seconds = time.perf_counter() - start
    counts = {"nodes": len(result), "edges": result.number_of_edges()} if what == "networkx" else {}
    return {"seconds": seconds, **counts}


def main() -> None:
    """Answer requests until there are no more."""
    # What a library prints must not come between the answers.
    answers, sys.stdout = sys.stdout, sys.stderr

    def say(answer: dict[str, Any]) -> None:
        print(json.dumps(answer), file=answers, flush=True)

    try:
        peer = PEERS[sys.argv[1]]()
        say({"version": peer.version, "cold": peer.cold})
    except Exception as error:
        say({"error": f"{type(error).__name__}: {' '.join(str(error).split())}"[:100]})
        return
    for line in sys.stdin:
        try:
            say(_answer(peer, json.loads(line)))
        except Exception as error:
            say({"error": f"{type(error).__name__}: {' '.join(str(error).split())}"[:100]})
    if os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGTERM)  # a server that was started ends with its peer


if __name__ == "__main__":
    main()
