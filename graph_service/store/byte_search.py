"""Which of some texts stand in a file, by its bytes: `python -m graph_service.store.byte_search FILE`, JSON on stdin.

A process of its own: to open and close a database file beside SQLite drops all locks that the process holds on it
(SQLite, "How to corrupt an SQLite database file", 2.2).
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_PART = 8_388_608


def texts_in(path: Path, texts: Sequence[str]) -> set[str]:
    """Those of the texts that stand in the file; looked for by a child process."""
    command = [sys.executable, "-m", __name__, str(path)]
    done = subprocess.run(command, input=json.dumps(list(texts)), capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def found_in(path: Path, texts: Sequence[str]) -> set[str]:
    """The same in this process; read in parts that overlap by the longest of them."""
    wanted = {text: text.encode() for text in texts}
    overlap = max((len(raw) for raw in wanted.values()), default=1)
    found: set[str] = set()
    with path.open("rb") as stream:
        tail = b""
        while part := stream.read(_PART):
            part = tail + part
            found |= {text for text, raw in wanted.items() if text not in found and raw in part}
            tail = part[-overlap:]
    return found


if __name__ == "__main__":
    print(json.dumps(sorted(found_in(Path(sys.argv[1]), json.load(sys.stdin)))))
