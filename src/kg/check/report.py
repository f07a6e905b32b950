"""What a check found."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass

from kg.namespaces import shorten


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A rule that a node breaks: what is wrong, and what to do."""

    rule: str
    focus: str
    message: str
    hint: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The violations in a stable order, and what could not be checked."""

    violations: tuple[Violation, ...]
    notes: tuple[str, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether no rule is broken."""
        return not self.violations

    def to_text(self) -> str:
        """Return the report for people.

        >>> found = Violation("evidence", "https://kg.example/id/a", "no quote", "add one")
        >>> print(Report((found,)).to_text())
        evidence (1)
          id:a
            no quote
            → add one
        1 violation
        """
        lines = [f"note: {note}" for note in self.notes]
        counts = Counter(v.rule for v in self.violations)
        for rule in sorted(counts):
            lines.append(f"{rule} ({counts[rule]})")
            for v in (v for v in self.violations if v.rule == rule):
                path = f"  {shorten(v.path)}" if v.path else ""
                lines += [f"  {shorten(v.focus)}{path}", f"    {v.message}"]
                lines += [f"    → {v.hint}"] if v.hint else []
        total = len(self.violations)
        lines.append(
            f"{total} violation{'' if total == 1 else 's'}" if total else "conforms: no rule is broken"
        )
        return "\n".join(lines)

    def to_json(self) -> str:
        """Return the report for programs: ``conforms``, ``violations``, ``notes``."""
        report = {
            "conforms": self.conforms,
            "violations": [asdict(v) for v in self.violations],
            "notes": list(self.notes),
        }
        return json.dumps(report, ensure_ascii=False, indent=2)
