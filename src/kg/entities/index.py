"""An index of the names of a store: by spelling, by slug, by sound; made when it is first needed."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from itertools import islice, product
from typing import Any
from weakref import WeakKeyDictionary

from kg.namespaces import ID
from kg.store.protocol import Store
from kg.traditional import simplified

#: Near names are compared one by one among so many that share most with what was asked, ...
_MOST_COMPARED = 200
#: ... which are found by reading about so many entries of the index.
_MOST_READ = 20_000
#: How many near names are offered.
_MOST_OFFERED = 3
_FIRST_CHINESE = "\u2e80"

#: What to show for each key, the keys, and where among them each gram occurs.
_Keys = tuple[dict[str, str], list[str], "dict[str, array[int]]"]

_KNOWN: WeakKeyDictionary[Any, tuple[int, NameIndex]] = WeakKeyDictionary()


class NameIndex:
    """Names with the IRIs that bear them, under the keys by which people write them.

    >>> index = NameIndex([("曹县", "https://kg.example/id/caoxian-371721")])
    >>> index.spelt("曹 縣"), index.slug("caoxian"), index.sounding("caoxian")
    (['https://kg.example/id/caoxian-371721'], ['https://kg.example/id/caoxian-371721'],
     ['https://kg.example/id/caoxian-371721'])
    >>> index.near("曹州", 0.5)
    ['曹县']
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
        """Return what is named so but for spaces, marks, capitals, and traditional characters."""
        return self._spellings.get(_folded(name), [])

    def slug(self, name: str) -> list[str]:
        """Return what has this slug before its code: ``caoxian`` of ``caoxian-371721``."""
        return self._slugs.get(plain(name), [])

    def sounding(self, name: str) -> list[str]:
        """Return what is written with characters that can be read so."""
        wanted = plain(name)
        if not wanted or not wanted.isascii():
            return []
        likely = (
            pair
            for first, following in self._beginnings.items()
            if wanted.startswith(first)
            for second, pairs in following.items()
            if wanted.startswith(second, len(first))
            for pair in pairs
        )
        return list(dict.fromkeys(iri for written, iri in likely if sounds_like(written, wanted)))

    def near(self, name: str, cutoff: float) -> list[str]:
        """Return up to three names, as they are shown, that are almost the name."""
        from difflib import get_close_matches

        shown, keys, grams = self._spoken if name.isascii() else self._written
        shared: Counter[int] = Counter()
        read = 0
        # What is rare tells most; what nearly all names share is read only while there is room.
        for places in sorted((grams[gram] for gram in _grams(name) if gram in grams), key=len):
            read += len(places)
            if shared and read > _MOST_READ:
                break
            shared.update(places)
        likely = sorted(shared, key=lambda place: (-shared[place], keys[place]))[:_MOST_COMPARED]
        found = get_close_matches(name, [keys[place] for place in likely], n=_MOST_OFFERED, cutoff=cutoff)
        offered = dict.fromkeys(shown[key] for key in found)
        if len(offered) < _MOST_OFFERED and (first := plain(name)) in self._beginnings:  # a surname, say
            begun = sorted(
                (readings(written[0])[:1] != (first,), not iri.startswith(ID), len(written), written)
                for pairs in self._beginnings[first].values()
                for written, iri in pairs
            )
            offered |= dict.fromkeys(written for *_, written in begun)
        return list(offered)[:_MOST_OFFERED]

    @cached_property
    def _written(self) -> _Keys:
        """Names as they are written."""
        return _keyed({written: written for written, _ in self.names})

    @cached_property
    def _spoken(self) -> _Keys:
        """Names in Latin letters, slugs and pinyin, each with what to show for it."""
        found = {written: written for written, _ in self.names if written.isascii()}
        for written, iri in self.names:
            if iri.startswith(ID):
                found.setdefault(iri.removeprefix(ID), "id:" + iri.removeprefix(ID))
            if not written.isascii():
                found.setdefault(spoken(written), written)
        return _keyed(found)

    @cached_property
    def _beginnings(self) -> dict[str, dict[str, list[tuple[str, str]]]]:
        """Names in Chinese by the two syllables that they can begin with when they are read aloud."""
        found: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
        for written, iri in self.names:
            if not written.isascii():
                spoken = [readings(c) for c in islice(filter(str.isalnum, written), 2)]
                for first, second in product(*spoken, *[("",)] * (2 - len(spoken))):
                    found[first][second].append((written, iri))
        return found

    @cached_property
    def _spellings(self) -> dict[str, list[str]]:
        return _grouped((_folded(written), iri) for written, iri in self.names)

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


#: Latin letters with a mark, and marks that stand by themselves: the tones of pinyin.
_MARKED = re.compile("[\u00c0-\u024f\u0300-\u036f]")


def plain(name: str) -> str:
    """Return the letters and digits of a name, in small letters and without tone marks.

    >>> plain("Cáo Xiàn")
    'caoxian'
    """
    folded = name.casefold()
    if _MARKED.search(folded):
        folded = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


def _folded(name: str) -> str:
    return plain(name if name.isascii() else name.translate(simplified()))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for key, iri in pairs:
        if key:
            found[key][iri] = None
    return {key: list(iris) for key, iris in found.items()}


def _keyed(shown: dict[str, str]) -> _Keys:
    keys = list(shown)
    grams: dict[str, array[int]] = {}
    for place, key in enumerate(keys):
        for gram in _grams(key):
            if gram not in grams:
                grams[gram] = array("I")
            grams[gram].append(place)
    return shown, keys, grams


def _grams(name: str) -> set[str]:
    """Return what almost equal names share: Chinese characters, and threes of other ones.

    >>> sorted(_grams("曹县7村")), sorted(_grams("cao"))
    (['^7$', '县', '曹', '村'], ['^ca', 'ao$', 'cao'])
    """
    found: set[str] = set()
    if not name.isascii():
        found.update(character for character in name if character >= _FIRST_CHINESE)
    for run in "".join(" " if character in found else character for character in name).split():
        ends = f"^{run}$"
        found.update(ends[i : i + 3] for i in range(len(ends) - 2))
    return found
