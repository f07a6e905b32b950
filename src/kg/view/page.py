"""The page: pyvis fills our template, and everything that the page needs is inside it."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Any

from kg.graph import collector
from kg.graph.selection import Selection
from kg.view.columns import columns
from kg.view.scene import Scene

#: The page's own scripts, in the order in which they need each other. They become one script, because
#: a file opened by double click cannot import modules.
SCRIPTS = (
    "words",
    "columns",
    "model",
    "state",
    "dom",
    "signs",
    "labels",
    "edges",
    "grid",
    "density",
    "layers",
    "detail",
    "canvas",
    "quotes",
    "search",
    "legend",
    "details",
    "route",
    "map",
    "table",
    "download",
    "start",
)
STYLES = ("colours", "layout", "panel", "table", "print")


def render(selection: Selection, *, lang: str = "zh", title: str = "") -> str:
    """Return a selection as one HTML page that requests nothing; the same selection gives the same page.

    Parameters
    ----------
    lang
        The language in which the page opens, ``zh`` or ``en``; it can be switched in the page.
    title
        The page's heading, a general one unless given.
    """
    # pyvis takes over a second to import (it imports IPython): only a page pays for it.
    from jinja2 import Environment, FileSystemLoader
    from pyvis.network import Network

    with collector.paused():
        scene = Scene(selection)
        # Directed: pyvis would otherwise compare every edge with every other.
        network = Network(directed=True)
        # Network.add_node looks through all nodes for each new one; these are known to be distinct.
        network.nodes, network.edges = scene.nodes(), scene.edges()
        network.options = {"physics": {"enabled": False}}
        scripts = [vis_network(), own_script()]
        style = "\n".join(_asset("css", f"{name}.css") for name in STYLES)
        environment = Environment(loader=FileSystemLoader(str(files("kg.view") / "assets")), autoescape=True)
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
        environment.filters["columns"] = columns
        environment.globals.update(
            scene=scene.document(),
            page={"title": title, "lang": lang, "query": selection.query, "chosen": selection.chosen},
            scripts=scripts,
            style=style,
            policy=policy(scripts, style),
            lang=lang,
            title=title or {"zh": "知识图谱", "en": "Knowledge graph"}[lang],
        )
        network.templateEnv, network.path = environment, "page.html"
        html: str = network.generate_html()
    # A lone surrogate cannot be written as UTF-8; it stands for no character anyway.
    return html.encode("utf-8", "replace").decode()


def vis_network() -> str:
    """Return the script of vis-network as the installed pyvis carries it, without its source map's address.

    A browser's developer tools would request that address.
    """
    found = sorted(_package("pyvis", "templates", "lib").glob("vis-*/vis-network.min.js"), key=_version)
    return re.sub(r"\n?//# sourceMappingURL=.*", "", found[-1].read_text(encoding="utf-8")).strip()


def own_script() -> str:
    """Return the page's own scripts as one, in a scope of its own."""
    return "(() => {\n'use strict';\n" + "\n".join(_asset("js", f"{name}.js") for name in SCRIPTS) + "})();"


def policy(scripts: list[str], style: str) -> str:
    """Return a Content-Security-Policy that runs these scripts, and lets nothing else in or out.

    >>> policy([""], "")[:80]
    "default-src 'none'; script-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSu"
    """

    def hashes(*texts: str) -> str:
        return " ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts)

    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {hashes(*scripts)}",
            f"style-src {hashes(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _asset(*parts: str) -> str:
    return (files("kg.view") / "assets").joinpath(*parts).read_text(encoding="utf-8")


def _package(name: str, *parts: str) -> Any:
    from pathlib import Path

    return Path(str(files(name))).joinpath(*parts)


def _version(path: Any) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", path.parent.name)]
