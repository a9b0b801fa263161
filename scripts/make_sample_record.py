"""
Makes examples/records/: the public and the sealed record of a demonstration of sixty delegates, from its seed.

    python scripts/make_sample_record.py

They are verified by the tests, so that a record of today is read by the program of tomorrow. Everybody in them is made
up.
"""

import shutil
import tempfile
from pathlib import Path

from federation.commands import federation

TARGET = Path(__file__).resolve().parent.parent / "examples" / "records"
DELEGATES, SEED = 60, 7


def main() -> None:
    """Play the demonstration in a folder of its own and keep its two records."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        played = Path(folder) / "demo"
        arguments = ["demo", "--dir", str(played), "--delegates", str(DELEGATES), "--seed", str(SEED)]
        _run(arguments)
        for name in ("record.zip", "record-sealed.zip"):
            shutil.copy(played / name, TARGET / name)


def _run(arguments: list[str]) -> None:
    try:
        federation.main(arguments)
    except SystemExit as done:
        if done.code:
            raise


if __name__ == "__main__":
    main()
