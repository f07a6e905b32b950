"""``kg completion``: what makes a shell complete ``kg``, and how bash is answered.

click knows how zsh and fish are. For bash it splits the line where bash does, at every ``=`` and ``:``,
and quotes nothing; here the line is read as the shell will read it.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from typing import Any

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class, get_completion_class

from kg.cli.say import say

_BASH = """\
%(complete_func)s() {
    local type value line="${COMP_LINE:0:COMP_POINT}"
    COMPREPLY=()
    while IFS=',' read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(env KG_LINE="$line" KG_BREAKS="$COMP_WORDBREAKS" %(complete_var)s=bash_complete "$1" 2>/dev/null)
    if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""
_QUOTES = ("'", '"')
#: What a shell reads as more than itself, outside of quotes.
_SPECIAL = re.compile(r"([\s\"'\$`&|;<>(){}\[\]*?!#~])")


@add_completion_class
class Bash(BashComplete):
    """Complete what stands before the cursor, in the words that bash makes of it."""

    source_template = _BASH

    def get_completion_args(self) -> tuple[list[str], str]:
        done, last = split(os.environ["KG_LINE"])
        return [*words(done)[1:]], "".join(words(last))

    def format_completion(self, item: CompletionItem) -> str:
        if item.type != "plain":
            return f"{item.type},{item.value}"
        return f"plain,{reply(str(item.value), os.environ['KG_LINE'], os.environ.get('KG_BREAKS', ''))}"


def split(line: str) -> tuple[str, str]:
    """Split a line before its last word, the one that is being typed.

    >>> split('kg view --around "Cao C'), split("kg describe Cao\\\\ C"), split("kg query ")
    (('kg view --around ', '"Cao C'), ('kg describe ', 'Cao\\\\ C'), ('kg query ', ''))
    """
    start = 0
    for at, character, quote in _marks(line):
        if character.isspace() and not quote:
            start = at + 1
    return line[:start], line[start:]


def _marks(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each character that is not escaped, with its place, and the quote that is open after it."""
    quote, escaped = "", False
    for at, character in enumerate(text):
        if escaped:
            escaped = False
        elif character == "\\" and quote != "'":
            escaped = True
        else:
            if character in _QUOTES and quote in ("", character):
                quote = "" if quote else character
            yield at, character, quote


def words(text: str) -> list[str]:
    """Return the words of a text as a shell reads them, the last one perhaps not yet whole."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    found: list[str] = []
    try:
        found.extend(lexer)
    except ValueError:  # a quote that is still open
        found.append(lexer.token)
    return found


def reply(value: str, line: str, breaks: str) -> str:
    """Return what bash is to put in place of the part of the word that it completes.

    That part begins behind the last of ``breaks``, or behind a quote that is still open.

    >>> reply("county=曹县", "kg query q -p county=曹", "=:"), reply("Cao County", "kg describe Cao", "=:")
    ('曹县', 'Cao\\\\ County')
    >>> reply("Cao County", 'kg describe "Cao', "=:")
    'Cao County'
    """
    _, word = split(line)
    start, quote = 0, ""
    for at, character, quote in _marks(word):
        opens = character == quote and character in _QUOTES
        if opens or (character in breaks and not quote and character not in _QUOTES):
            start = at + 1
    before = "".join(words(word[:start]))
    rest = value.removeprefix(before)
    return rest if quote else _SPECIAL.sub(r"\\\1", rest)


@click.command("completion", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), required=False)
@click.pass_context
def command(context: click.Context, shell: str | None) -> None:
    """Print the script that makes SHELL complete commands, queries, parameters, names and formats.

    \b
    echo 'eval "$(kg completion bash)"' >> ~/.bashrc
    echo 'eval "$(kg completion zsh)"' >> ~/.zshrc
    kg completion fish > ~/.config/fish/completions/kg.fish
    """
    shell = shell or os.path.basename(os.environ.get("SHELL", ""))  # noqa: PTH119 -- a name, no path
    completes = get_completion_class(shell) if shell in ("bash", "zsh", "fish") else None
    if completes is None:
        raise click.UsageError("name a shell: kg completion bash, zsh or fish")
    made: Any = completes(context.find_root().command, {}, "kg", "_KG_COMPLETE")
    click.echo(made.source_template % made.source_vars(), nl=False)
    if os.isatty(1):
        say(f"this is for the shell to read; kg completion --help says where it goes in {shell}")
