"""The console script: loads the terminal, and stops without a trace when interrupted while it loads."""

import sys


def main() -> None:
    """Runs a command."""
    try:
        from graph_service.cli import main as terminal

        terminal()
    except KeyboardInterrupt:
        sys.exit(1)


if __name__ == "__main__":
    main()
