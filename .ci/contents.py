"""Check that a wheel and an sdist hold the files of the repository that they should, and no others.

python .ci/contents.py DIST, in the root of a checkout
"""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

NOT_IN_SDIST = (".ci/", ".gitignore")


def main(folder: Path) -> int:
    """Print what is missing and what is there too much; return the exit code."""
    tracked = set(subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.split("\n")) - {""}
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as opened:
        in_wheel = {name for name in opened.namelist() if ".dist-info/" not in name}
    with tarfile.open(sdist) as archive:
        in_sdist = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    wanted = {
        wheel.name: (in_wheel, {name for name in tracked if name.startswith("tbtier/")}),
        sdist.name: (in_sdist, {name for name in tracked if not name.startswith(NOT_IN_SDIST)} | {"PKG-INFO", ".gitignore"}),
    }
    wrong = 0
    for name, (found, expected) in wanted.items():
        print(f"{name}: {len(found)} files")
        for missing in sorted(expected - found):
            print(f"  missing: {missing}")
        for surplus in sorted(found - expected):
            print(f"  not wanted: {surplus}")
        wrong += found != expected
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
