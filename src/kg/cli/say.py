"""What the command line says to people, on stderr."""

from __future__ import annotations

import sys

from kg.errors import KgError, QueryError

#: What a line of a message may hold, in characters.
_LONGEST = 2000


def say(*sentences: str) -> None:
    """Write each sentence on a line of its own."""
    for sentence in sentences:
        if len(sentence) > _LONGEST:  # a literal of a megabyte is no line to read
            sentence = f"{sentence[: _LONGEST // 2]} … {sentence[-_LONGEST // 2 :]}"
        if not sentence.isprintable():  # what a name or a quote holds must not steer the terminal
            from kg.query.render.width import printable

            sentence = "\n".join(map(printable, sentence.split("\n")))
        print(f"kg: {sentence}", file=sys.stderr)


def complain(error: KgError) -> None:
    """Write an error, and for a query the line at fault with a caret under the word."""
    say(str(error))
    if isinstance(error, QueryError) and error.excerpt and error.line and error.column:
        from kg.query.render.width import printable, width

        excerpt, at = printable(error.excerpt), error.column - 1
        start = max(0, at - 60)  # a very long line is shown from near the word
        number = str(error.line)
        caret = " " * width(excerpt[start:at]) + "^"
        print(f"  {number} | {excerpt[start : at + 60]}\n  {' ' * len(number)} | {caret}", file=sys.stderr)
