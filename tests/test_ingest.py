"""`kg ingest`, `kg accept`, `kg reject` and `kg evaluate`, as a person runs them."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import COMMANDS, cli
from kg.errors import FactsError, KgError, SourceError, UnknownName, UsageError
from kg.ingest.batch import Batch, ingest_pages
from kg.ingest.evaluation import Score, compare
from kg.ingest.link import Link, Linker
from kg.ingest.proposal import Name
from kg.ingest.statements import Statements

TEXT = "莘县种柑橘。\n\n莘县县长赵大川表示，2020年莘县柑橘产值达3 . 5亿元，同比增长12%。\n"


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in args], catch_exceptions=True)


def ingest(folder: Path, *files: Path, **options: str) -> Result:
    extra = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", value)]
    return run(
        "ingest",
        *files,
        "--newspaper",
        "测试日报",
        "--date",
        "2021-06-25",
        "--facts",
        folder / "facts",
        *extra,
    )


def page(folder: Path, name: str = "page.txt", text: str = TEXT) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_a_page_becomes_proposals(tmp_path: Path) -> None:
    result = ingest(tmp_path, page(tmp_path), source="test")
    assert result.stdout == f"{tmp_path}/facts/test.yaml: 3 proposed, 0 decided before\n"
    wrong = run("accept", "test", "--rule", "nothing", "--facts", tmp_path / "facts")
    assert isinstance(wrong.exception, UnknownName) and "it has " in wrong.exception.hint
    assert run("reject", "test", "--rule", "post", "--facts", tmp_path / "facts").stdout == "1 rejected\n"
    again = ingest(tmp_path, page(tmp_path), source="test")
    assert again.stdout == f"{tmp_path}/facts/test.yaml: 2 proposed, 1 decided before\n"


def test_a_line_of_several_roles_is_a_byline(tmp_path: Path) -> None:
    text = "莘县柑橘熟了\n\n□本报记者 王小明 通讯员 钱小山\n\n莘县去年柑橘产值达3亿元，橘子都熟了。\n"
    ingest(tmp_path, page(tmp_path, text=text), source="test")
    facts = (tmp_path / "facts" / "test.yaml").read_text(encoding="utf-8")
    assert facts.count("schema:author") == 2 and "kg:subheading" not in facts


TUNED = sorted((Path(__file__).parents[1] / "benchmarks" / "pages" / "tuned").glob("*.txt"))


@pytest.mark.parametrize("case", TUNED, ids=lambda path: path.stem)
def test_whatever_is_proposed_builds_and_conforms(case: Path, tmp_path: Path) -> None:
    text = case.read_text(encoding="utf-8").partition("===\n")[0]
    ingest(tmp_path, page(tmp_path, text=text), source="test")
    ids = re.findall(r"(?m)^    id: (p-\w+)$", (tmp_path / "facts" / "test.yaml").read_text(encoding="utf-8"))
    accepted = run("accept", "test", *ids, "--facts", tmp_path / "facts")
    assert accepted.stdout.startswith(f"{len(ids)} accepted") and len(ids) > 8
    graph = tmp_path / "graph.ttl"
    built = run("build", "--facts", tmp_path / "facts", "--source", tmp_path / "page.txt", "-o", graph)
    assert built.exit_code == 0, built.output
    checked = run("check", graph, "--source", tmp_path / "page.txt")
    assert checked.stdout == "conforms: no rule is broken\n"


def test_what_is_proposed_for_many_pages_builds_into_one_graph(tmp_path: Path) -> None:
    cases = sorted((TUNED[0].parents[1] / "open-2").glob("*.txt"))[::4]
    pages = [
        page(tmp_path, case.name, case.read_text(encoding="utf-8").partition("===\n")[0]) for case in cases
    ]
    ingest(tmp_path, *pages)
    facts = tmp_path / "facts"
    for file in sorted(facts.glob("ceshiribao-*.yaml")):
        ids = re.findall(r"(?m)^    id: (p-\w+)$", file.read_text(encoding="utf-8"))
        assert run("accept", file.stem, *ids, "--facts", facts).exit_code == 0
    sources = [argument for one in pages for argument in ("--source", one)]
    built = run("build", "--facts", facts, *sources, "-o", tmp_path / "graph.ttl")
    assert built.exit_code == 0, built.output
    assert f"{len(pages)} page(s)" in built.output


def test_from_a_page_to_the_graph(tmp_path: Path) -> None:
    text = TEXT.replace("柑橘产值", "网络零售额")
    ingest(tmp_path, page(tmp_path, text=text), source="test")
    for rule in ("post", "noun-before", "change"):
        run("accept", "test", "--rule", rule, "--facts", tmp_path / "facts")
    graph = tmp_path / "graph.ttl"
    built = run("build", "--facts", tmp_path / "facts", "--source", tmp_path / "page.txt", "-o", graph)
    assert built.exit_code == 0, built.output
    words = (
        "SELECT ?words { ?o schema:observationAbout id:shenxian-371522 ; kg:verbatim ?words } ORDER BY ?words"
    )
    assert run("query", words, "--data", graph, "--format", "csv").stdout.split() == [
        "words",
        "12%",
        "3.5亿元",
    ]


def test_an_unknown_id(tmp_path: Path) -> None:
    ingest(tmp_path, page(tmp_path), source="test")
    result = run("accept", "test", "p-000000000000", "--facts", tmp_path / "facts")
    assert isinstance(result.exception, UnknownName)


def test_a_decision_needs_an_id_or_a_rule() -> None:
    assert "name proposals by id, or give --rule" in run("accept", "test").output


def test_the_same_page_twice_is_read_once(tmp_path: Path) -> None:
    result = ingest(tmp_path, page(tmp_path, "a.txt"), page(tmp_path, "b.txt"))
    assert result.stdout.splitlines()[1] == f"{tmp_path}/b.txt: the same page as {tmp_path}/a.txt, read once"


def test_two_pages_with_one_id(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    result = ingest(tmp_path, page(tmp_path), page(tmp_path / "other", text=TEXT.replace("12%", "13%")))
    assert isinstance(result.exception, SourceError) and "has the id" in str(result.exception)


def test_another_page_does_not_overwrite_a_facts_file(tmp_path: Path) -> None:
    ingest(tmp_path, page(tmp_path), source="test")
    facts = tmp_path / "facts" / "test.yaml"
    facts.write_text(facts.read_text("utf-8").replace("source: test", "source: other"), encoding="utf-8")
    assert isinstance(ingest(tmp_path, page(tmp_path), source="test").exception, FactsError)


def test_a_changed_text_is_said(tmp_path: Path) -> None:
    ingest(tmp_path, page(tmp_path), source="test")
    run("reject", "test", "--rule", "post", "--facts", tmp_path / "facts")
    changed = page(tmp_path, text=TEXT.replace("赵大川", "钱小明"))
    assert (
        "the text has changed since; no longer on the page: p-"
        in ingest(tmp_path, changed, source="test").stdout
    )


def test_a_bad_page_does_not_stop_the_others(tmp_path: Path) -> None:
    empty = page(tmp_path, "empty.txt", "")
    heading = page(tmp_path, "heading.txt", "莘县种柑橘")
    done = list(ingest_pages([empty, heading, page(tmp_path)], Batch("测试日报", _day(), tmp_path / "facts")))
    assert [str(d.error).split(";")[0].replace(f"{tmp_path}/", "") for d in done[:2]] == [
        "empty.txt holds no text",
        "no article found: no paragraph with a full stop",
    ]
    assert done[2].error is None


def test_another_encoding_keeps_its_text_beside(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(TEXT.encode("gb18030"))
    ingest(tmp_path, tmp_path / "page.txt", source="test")
    assert (tmp_path / "page.utf-8.txt").read_text("utf-8") == TEXT


def test_a_page_of_an_earlier_run_is_known_by_its_text(tmp_path: Path) -> None:
    ingest(tmp_path, page(tmp_path, "a.txt"), source="first")
    again = ingest(tmp_path, page(tmp_path, "b.txt"), source="second")
    facts = tmp_path / "facts"
    assert again.stdout == f"{tmp_path}/b.txt: the same page as {facts}/first.yaml, which was read before\n"
    assert not (facts / "second.yaml").exists()


def test_pages_of_one_run_know_the_entities_of_each_other_and_of_earlier_runs(tmp_path: Path) -> None:
    texts = [f"海东果品有限公司投资{n}亿元。" for n in (3, 4, 5)]
    files = [page(tmp_path, f"{n}.txt", text) for n, text in enumerate(texts)]
    ingest(tmp_path, files[0])
    ingest(tmp_path, *files[1:])
    named = [
        f
        for f in sorted((tmp_path / "facts").glob("*.yaml"))
        if "zh: 海东果品有限公司" in f.read_text("utf-8")
    ]
    assert len(named) == 1  # the first page adds it, the others refer to it
    assert all(
        "hai-dong-guo-pin-you-xian-gong-si" in f.read_text("utf-8")
        for f in (tmp_path / "facts").glob("*.yaml")
    )


def test_an_id_is_of_one_page_of_one_day(tmp_path: Path) -> None:
    ingest(tmp_path, page(tmp_path), source="test")
    before = (tmp_path / "facts" / "test.yaml").read_bytes()
    other = page(tmp_path, "other.txt", TEXT + "又讯。\n")
    again = ["--facts", tmp_path / "facts", "--source", "test"]
    for newspaper, day, told in (
        ("测试日报", "2021-06-26", "test of 2021-06-25, not of 2021-06-26"),
        ("另一报", "2021-06-25", "test of ce-shi-ri-bao, not of 另一报"),
    ):
        result = run("ingest", other, "--newspaper", newspaper, "--date", day, *again)
        assert isinstance(result.exception, FactsError) and told in str(result.exception)
    assert (tmp_path / "facts" / "test.yaml").read_bytes() == before


def test_what_is_to_be_evaluated_has_to_be_there(tmp_path: Path) -> None:
    assert isinstance(run("evaluate", tmp_path / "none").exception, SourceError)


def test_a_damaged_facts_file_of_another_page_is_named(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "old.yaml").write_text("source: old\n  label: [\nfacts: {}\n", encoding="utf-8")
    result = ingest(tmp_path, page(tmp_path))
    assert isinstance(result.exception, FactsError) and "old.yaml:2" in str(result.exception)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"extractor": "llm"}, UsageError),
        ({"extractor": "rulez"}, UnknownName),
    ],
)
def test_wrong_options(tmp_path: Path, options: dict[str, str], error: type[KgError]) -> None:
    assert isinstance(ingest(tmp_path, page(tmp_path), **options).exception, error)


def test_one_name_of_two_places_is_asked() -> None:
    link = Linker().link(Name("朝阳区", "kg:County", ("110105", "220104")))
    assert link == Link("ask-chao-yang-qu", ("chaoyangqu-110105", "chaoyangqu-220104")) or len(link.ask) == 2


def test_scores() -> None:
    expected = Statements({("place", "a"), ("place", "b")}, set(), {("a", "p", "b")})
    found = Statements({("place", "a"), ("place", "c")}, set(), {("a", "p", "b")})
    result = compare(expected, found)
    assert result.scores["mentions"] == Score(found=2, expected=2, right=1)
    assert (result.missed, result.wrong) == (["mentions: place | b"], ["mentions: place | c"])
    assert result.scores["relations"].f1 == 1.0


def test_the_benchmark_holds_its_level() -> None:
    pages = Path(__file__).parents[1] / "benchmarks" / "pages"
    lines = run("evaluate", pages).stdout.splitlines()
    f1 = {line[:28].strip(): float(line.split()[-1]) for line in lines[1:]}
    assert f1["mentions"] >= 0.85 and f1["relations"] >= 0.7 and f1["subject, value"] >= 0.75


def test_commands_are_listed() -> None:
    assert {"ingest", "accept", "reject", "evaluate"} <= set(COMMANDS)


def _day():  # type: ignore[no-untyped-def]
    from datetime import date

    return date(2021, 6, 25)
