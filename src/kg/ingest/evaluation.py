"""How good the proposals of an extractor are against facts that a person reviewed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.ingest.measures.key import base_of, measure_key
from kg.ingest.statements import Statements


@dataclass(frozen=True)
class Score:
    """How many were found, expected and right."""

    found: int = 0
    expected: int = 0
    right: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.found + other.found, self.expected + other.expected, self.right + other.right)

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what was expected that was found."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two.

        >>> Score(found=4, expected=5, right=3).f1
        0.6666666666666666
        """
        return 2 * self.right / (self.found + self.expected) if self.found + self.expected else 0.0


@dataclass
class Evaluation:
    """Scores by what was looked for, with what was missed and what was wrong."""

    scores: dict[str, Score] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Evaluation) -> None:
        """Count another page in."""
        for name, score in other.scores.items():
            self.scores[name] = self.scores.get(name, Score()) + score
        self.missed += other.missed
        self.wrong += other.wrong


def compare(expected: Statements, found: Statements) -> Evaluation:
    """Compare what was found with what was expected."""
    result = Evaluation()
    _count(result, "mentions", expected.mentions, found.mentions)
    for kind in sorted({m[0] for m in expected.mentions | found.mentions}):
        of_kind = ({m for m in s if m[0] == kind} for s in (expected.mentions, found.mentions))
        _count(result, f"  {kind}", *of_kind, listed=False)
    _name_alike(expected, found)
    found.figures = _inherited_alike(expected.figures, found.figures, found.before)
    found.figures = {_timed_alike(figure, expected.figures) for figure in found.figures}
    _count(result, "figures", expected.figures, found.figures)
    for name, columns in (
        ("subject, value", (0, 2)),
        ("subject, measure, value", (0, 1, 2)),
        ("value", (2,)),
    ):
        picked = ({tuple(f[c] for c in columns) for f in s} for s in (expected.figures, found.figures))
        _count(result, f"  {name}", *picked, listed=False)
    _count(result, "  measure by its head noun", *_by_head(expected, found), listed=False)
    asked = {row[:2] for row in expected.said}
    _count(result, "  modality and speaker", expected.said, {s for s in found.said if s[:2] in asked})
    _count(result, "relations", expected.relations, found.relations)
    for predicate in sorted({r[1] for r in expected.relations | found.relations}):
        of_predicate = ({r for r in s if r[1] == predicate} for s in (expected.relations, found.relations))
        _count(result, f"  {predicate}", *of_predicate, listed=False)
    return result


def _name_alike(expected: Statements, found: Statements) -> None:
    """Give measures one name where only a circumstance that the subject says tells them apart.

    项目数量 of a signing ceremony and 签约项目数量, 县市数量 of a list and 上榜县市数量 are the same.
    """
    words = expected.words | found.words
    for statements in (expected, found):
        statements.figures = {(f[0], _sense(words.get(f[1], f[1])), *f[2:]) for f in statements.figures}
    for measure, name in list(words.items()):
        words.setdefault(_sense(name), words[measure])
    expected.words = found.words = words


def _inherited_alike(
    expected: set[tuple[str, ...]], found: set[tuple[str, ...]], before: dict[tuple[str, str], str]
) -> set[tuple[str, ...]]:
    """Return the figures with the expected wording where one says what the other leaves to the page.

    After 谷子种植面积 of the same subject, in the same sentence or the one before, the page goes on
    with 产量: a reviewer takes 谷子产量 or 产量.
    """
    named: dict[str, set[str]] = {}
    for figure in expected | found:
        named.setdefault(figure[0], set()).add(figure[1])
    alike = set()
    for figure in found:
        rest = (figure[0], *figure[2:4])
        same = (e for e in expected if (e[0], *e[2:4]) == rest and figure not in expected)
        near = before.get((figure[0], figure[2]), "")
        told = {m for m in named[figure[0]] if m in near}
        other = next((e for e in same if _inherits(e[1], figure[1], told)), None)
        alike.add((figure[0], other[1], *figure[2:]) if other else figure)
    return alike


def _inherits(one: str, other: str, told: set[str]) -> bool:
    longer, shorter = sorted((one, other), key=len, reverse=True)
    said = longer.removesuffix(shorter)
    rest = (m for m in told if not m.startswith(longer) and m != base_of(longer))
    return len(said) >= 2 and said != longer and any(m.startswith(said) for m in rest)


def _timed_alike(figure: tuple[str, ...], expected: set[tuple[str, ...]]) -> tuple[str, ...]:
    """Return a figure with the wording of its period that is expected, where both say the same.

    A page that wrote 2023年上半年 once goes on with 上半年: a reviewer takes either.
    """
    *rest, when = figure
    if figure in expected:
        return figure
    alike = (e for e in expected if list(e[:-1]) == rest and same_period(e[-1], when))
    return next(alike, figure)


def same_period(one: str, other: str) -> bool:
    """Tell whether two wordings of one page give the same time, one of them without the year.

    >>> same_period("2023年上半年", "上半年"), same_period("今年1-5月", "2021年1-5月")
    (True, True)
    >>> same_period("2022年上半年", "2023年上半年"), same_period("去年", "今年")
    (False, False)
    >>> same_period("今年", "全年")
    True

    >>> same_period("全年", "2019年"), same_period("全年", "2019年上半年")
    (True, False)

    What gives no date says no more than the tense of the sentence: 如今, or 达产后 of a plan.

    >>> same_period("如今", "-"), same_period("2026年达产后", "-"), same_period("去年", "-")
    (True, False, False)
    """
    if "-" in (one, other):
        return all(words == "-" or _UNDATED.fullmatch(words) for words in (one, other))
    if "全年" in (one, other) and all(w == "全年" or _WHOLE.fullmatch(w) for w in (one, other)):
        return True
    # 全年 of a forecast is this year.
    first, second = (_PREPOSED.sub("", "今年" if words == "全年" else words) for words in (one, other))
    return first == second or _YEAR.sub("", first) == second or _YEAR.sub("", second) == first


_UNDATED = re.compile(
    "(?:截至)?(?:目前|当前|现在|现时|如今|眼下|现今|现阶段)|[一-龥、]*(?:达产|投产|建成|投用|投运|满产|完工|竣工)后"
)
_YEAR = re.compile(r"^20[0-9]{2}年(?=.)")
#: A bulletin that is of 2019年 goes on with 全年.
_WHOLE = re.compile(r"20[0-9]{2}年度?")
_PREPOSED = re.compile(r"^(?:截至|截止|自|到|至|在|于)?(?:今年(?=.))?")


def _sense(words: str) -> str:
    if words in _RANK:
        return "位次"  # somebody's own place on a list, however it is called
    return _CIRCUMSTANCE.sub("", measure_key(words))


_CIRCUMSTANCE = re.compile(r"^(?:集中)?(?:签约|上榜|入围|入选|参会|参展(?!商)|与会|现场)(?=.)")
_RANK = frozenset(["位次", "名次", "排名", "榜单名次", "榜单位次", "榜单排名"])


def _by_head(expected: Statements, found: Statements) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """Return both sets of figures, measures as one where the words of one end in the other's."""
    words = expected.words | found.words

    def alike(one: str, other: str) -> bool:
        first, second = (measure_key(words.get(measure, measure)) for measure in (one, other))
        return first.endswith(second) or second.endswith(first)

    taken = set()
    for figure in found.figures:
        rest = (figure[0], *figure[2:])
        same = [e for e in expected.figures if (e[0], *e[2:]) == rest and alike(e[1], figure[1])]
        taken.add(same[0] if same and figure not in expected.figures else figure)
    return expected.figures, taken


def _count(
    result: Evaluation,
    name: str,
    expected: set[tuple[str, ...]],
    found: set[tuple[str, ...]],
    *,
    listed: bool = True,
) -> None:
    result.scores[name] = Score(len(found), len(expected), len(found & expected))
    if listed:
        result.missed += [f"{name}: {' | '.join(row)}" for row in sorted(expected - found)]
        result.wrong += [f"{name}: {' | '.join(row)}" for row in sorted(found - expected)]
