"""The command ``kg``: each subcommand is a module that is imported when it is called.

A command is parse, call, render over library functions that never import click. This module alone
turns errors into exit codes: 0 done, 1 the answer is no, 2 wrong usage, 3 the query is wrong,
4 the data is wrong or missing, 5 a remote endpoint failed, 124 time ran out, 130 interrupted.
"""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, NoReturn

import click

from kg.cli.say import complain, say
from kg.errors import KgError

# Name of a command -> its module and one line of help, so that `kg --help` imports none of them.
COMMANDS: dict[str, tuple[str, str]] = {
    "query": ("kg.cli.query", "Answer a SPARQL query, or a named one from the library."),
    "queries": ("kg.cli.queries", "List the query library, or show one query."),
    "describe": ("kg.cli.describe", "Say what an entity is, its facts and its figures."),
    "search": ("kg.cli.search", "Find entities and quotes by part of a text."),
    "path": ("kg.cli.path", "Tell how two entities are connected."),
    "stated": ("kg.cli.stated", "Say whether a fact is stated, stated otherwise, or not stated."),
    "quote": ("kg.cli.quote", "Show the words of the page that something rests on."),
    "sources": ("kg.cli.sources", "List the sources of the graph."),
    "diff": ("kg.cli.diff", "List the facts that differ between two graphs."),
    "rerun": ("kg.cli.rerun", "Say whether a recorded answer still holds."),
    "export": ("kg.cli.export", "Write the graph, or part of it, for other tools."),
    "view": ("kg.cli.view", "Draw the graph, or part of it, as one HTML page."),
    "stats": ("kg.cli.stats", "Count statements, classes, properties, sources."),
    "load": ("kg.cli.load", "Load files into a store on disk."),
    "push": ("kg.cli.push", "Publish a graph at a SPARQL endpoint."),
    "dump": ("kg.cli.dump", "Write all of a store on disk to a file."),
    "backup": ("kg.cli.backup", "Copy a store on disk."),
    "optimize": ("kg.cli.optimize", "Write a store on disk anew, so that it is read faster."),
    "cache": ("kg.cli.cache", "Show or clear the cache of large files."),
    "build": ("kg.cli.build", "Compile the facts files into data/triples.ttl."),
    "check": ("kg.cli.check", "Check the graph: shapes, grounding, evidence, vocabulary."),
    "ingest": ("kg.cli.ingest", "Read a newspaper page and propose its facts."),
    "review": ("kg.cli.review", "Decide on proposed facts in the browser."),
    "accept": ("kg.cli.accept", "Accept proposed facts, by id or by rule."),
    "reject": ("kg.cli.reject", "Reject proposed facts, by id or by rule."),
    "evaluate": ("kg.cli.evaluate", "Measure proposals against reviewed facts."),
    "completion": ("kg.cli.shell", "Print what makes a shell complete kg."),
}


class LazyGroup(click.Group):
    """Import a subcommand only when it is called: `kg query` pays for nothing else."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # before click makes an exit code 1 of it
            raise click.exceptions.Exit(0) from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if ctx.resilient_parsing:  # a line that is being typed
            name, command, rest = super().resolve_command(ctx, args)
            if command and rest and _wants_value(command, rest[-1]):
                rest = rest[:-1]  # or else none of the other words would be understood
            return name, command, rest
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=2)
            hint = f"did you mean {' or '.join(near)}?" if near else "see kg --help"
            raise click.UsageError(f"no command {args[0]!r}; {hint}")
        return super().resolve_command(ctx, args)


def _wants_value(command: click.Command, word: str) -> bool:
    """Say whether a word is an option whose value comes next."""
    options = (each for each in command.params if isinstance(each, click.Option))
    return any(word in each.opts and not each.is_flag for each in options)


def _version(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    if asked:
        from importlib import metadata

        try:
            click.echo(f"kg {metadata.version('kg')}")
        except metadata.PackageNotFoundError:
            click.echo("kg, from a checkout that is not installed")
        ctx.exit()


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
)
def cli() -> None:
    """Newspaper pages as a knowledge graph that you can query, cite and see.

    \b
    kg query taobao-villages                  a named question, answered
    kg query 'SELECT ?s WHERE { ?s a kg:County }'
    """


def main() -> NoReturn:
    """Run the command line and leave with the documented exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # A C locale or a Windows code page must not break Chinese; an explicit PYTHONIOENCODING wins, and
        # what it cannot say is escaped.
        if isinstance(stream, TextIOWrapper):
            encoding = None if "PYTHONIOENCODING" in os.environ else "utf-8"
            stream.reconfigure(encoding=encoding, errors=None if stream is sys.stdin else "backslashreplace")
    if "_KG_COMPLETE" in os.environ:
        import kg.cli.shell  # noqa: F401 -- how bash is answered
    try:
        code = cli.main(prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        code = 130
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = error.exit_code
    except click.ClickException as error:
        say(error.format_message())
        code = error.exit_code
    except KgError as error:
        complain(error)
        code = error.exit_code
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:  # the reader went away (`| head`): that is no failure
        code = 0
    except OSError as error:  # standard output could not take it: a full disk
        say(f"cannot write: {error.strerror or error}; choose another place")
        code = 2
    _leave(code if isinstance(code, int) else 0)


def _leave(code: int) -> NoReturn:
    """End the process now.

    A query that ran out of time cannot be stopped, only left; and taking a graph down statement by
    statement would cost more than a small query does.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
