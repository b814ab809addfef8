"""The command line. Importing it costs nothing: commands are read when one is run."""


def run() -> None:
    """Runs the command line; every way out of it leads through one door."""
    from vedette.cli.door import pass_through

    pass_through()


__all__ = ["run"]
