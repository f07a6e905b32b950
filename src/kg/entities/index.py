"""An index of the names of a store: by spelling, by slug, by sound; made when it is first needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from typing import Any
from weakref import WeakKeyDictionary

from kg.namespaces import ID
from kg.store.protocol import Store

#: Near names are looked for among so many that share most characters with what was asked.
_MOST_COMPARED = 500

_KNOWN: WeakKeyDictionary[Any, tuple[int, NameIndex]] = WeakKeyDictionary()


class NameIndex:
    """Names with the IRIs that bear them, under the keys by which people write them.

    >>> index = NameIndex([("曹县", "https://kg.example/id/caoxian-371721")])
    >>> index.spelt("曹 县"), index.slug("caoxian"), index.sounding("caoxian"), index.traditional("曹縣")
    (['https://kg.example/id/caoxian-371721'], ['https://kg.example/id/caoxian-371721'],
     ['https://kg.example/id/caoxian-371721'], ['https://kg.example/id/caoxian-371721'])
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self.names = list(names)

    @classmethod
    def of(cls, store: Store, read: Callable[[Store], Iterable[tuple[str, str]]]) -> NameIndex:
        """Return the index of a store, the one that was made before unless the store has grown."""
        size = len(store)
        known = _KNOWN.get(store)
        if known is None or known[0] != size:
            known = _KNOWN[store] = (size, cls(read(store)))
        return known[1]

    def spelt(self, name: str) -> list[str]:
        """Return what is named so but for spaces, marks and capitals."""
        return self._spellings.get(plain(name), [])

    def slug(self, name: str) -> list[str]:
        """Return what has this slug before its code: ``caoxian`` of ``caoxian-371721``."""
        return self._slugs.get(plain(name), [])

    def sounding(self, name: str) -> list[str]:
        """Return what is written with characters that can be read so."""
        wanted = plain(name)
        if not wanted or not wanted.isascii():
            return []
        likely = (
            pair for first, pairs in self._beginnings.items() if wanted.startswith(first) for pair in pairs
        )
        return list(dict.fromkeys(iri for written, iri in likely if sounds_like(written, wanted)))

    def traditional(self, name: str) -> list[str]:
        """Return what is named so in simplified characters.

        A character that GB 2312, the set of simplified ones, does not have may stand for any of the
        same sound; the others must be the same.
        """
        old = [i for i, character in enumerate(name) if not _simplified(character)]
        if not old or name.isascii():
            return []
        found = [
            iri
            for written, iri in self.names
            if len(written) == len(name)
            and all(written[i] == name[i] or i in old for i in range(len(name)))
            and all(set(readings(written[i])) & set(readings(name[i])) for i in old)
        ]
        return list(dict.fromkeys(found))

    def near(self, name: str, cutoff: float) -> list[str]:
        """Return up to three keys of ``readable`` that are almost the name."""
        from difflib import get_close_matches

        wanted = frozenset(name)
        least = cutoff / 2 * len(wanted)
        shared = ((len(wanted & characters), key) for key, characters in self._characters.items())
        likely = sorted(((count, key) for count, key in shared if count >= least), reverse=True)
        return get_close_matches(name, [key for _, key in likely[:_MOST_COMPARED]], n=3, cutoff=cutoff)

    @cached_property
    def readable(self) -> dict[str, str]:
        """Names, slugs and pinyin, each with what to show for it."""
        found = {written: written for written, _ in self.names}
        for written, iri in self.names:
            if iri.startswith(ID):
                found.setdefault(iri.removeprefix(ID), "id:" + iri.removeprefix(ID))
            if not written.isascii():
                found.setdefault(spoken(written), written)
        return found

    @cached_property
    def _characters(self) -> dict[str, frozenset[str]]:
        return {key: frozenset(key) for key in self.readable}

    @cached_property
    def _beginnings(self) -> dict[str, list[tuple[str, str]]]:
        """Names in Chinese by the syllables that they can begin with when they are read aloud."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for written, iri in self.names:
            first = next((c for c in written if c.isalnum()), "")
            if first and not written.isascii():
                for syllable in readings(first):
                    found[syllable].append((written, iri))
        return found

    @cached_property
    def _spellings(self) -> dict[str, list[str]]:
        return _grouped((plain(written), iri) for written, iri in self.names)

    @cached_property
    def _slugs(self) -> dict[str, list[str]]:
        def stems() -> Iterator[tuple[str, str]]:
            for _, iri in self.names:
                stem, _, code = iri.removeprefix(ID).rpartition("-")
                if iri.startswith(ID) and code.isdigit():
                    yield plain(stem), iri

        return _grouped(stems())


@cache
def readings(character: str) -> tuple[str, ...]:
    """Return how a character can be read, in pinyin without tones, the usual way first.

    >>> readings("单"), readings("7")
    (('dan', 'chan', 'shan'), ('7',))
    """
    from pypinyin import Style
    from pypinyin import pinyin as read

    found = read(character, style=Style.NORMAL, heteronym=True)
    return tuple(dict.fromkeys(plain(reading) for reading in found[0])) if found else ()


def spoken(name: str) -> str:
    """Return a name in pinyin, each character read the usual way.

    >>> spoken("曹县7村")
    'caoxian7cun'
    """
    return "".join(readings(character)[0] for character in name if character.isalnum())


def sounds_like(written: str, wanted: str) -> bool:
    """Say whether a name can be read as ``wanted``, which is plain pinyin.

    >>> sounds_like("单县", "shanxian"), sounds_like("单县", "shan")
    (True, False)
    """
    ends = {0}
    for character in written:
        if character.isalnum():
            ends = {at + len(r) for at in ends for r in readings(character) if wanted.startswith(r, at)}
            if not ends:
                return False
    return len(wanted) in ends


def plain(name: str) -> str:
    """Return the letters and digits of a name, in small letters."""
    return "".join(character for character in name.casefold() if character.isalnum())


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for key, iri in pairs:
        if key:
            found[key][iri] = None
    return {key: list(iris) for key, iris in found.items()}


def _simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
