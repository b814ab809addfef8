"""``python -m vedette``: the same as ``vedette``."""

from vedette.cli import run

if __name__ == "__main__":
    run()
