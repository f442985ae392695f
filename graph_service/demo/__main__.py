"""Writes a generated company into a folder: `python -m graph_service.demo FOLDER [SEED]`."""

import sys
from pathlib import Path

from graph_service.demo.world import SEED, generate

if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else SEED)
