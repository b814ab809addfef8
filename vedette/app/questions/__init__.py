"""What programs and assistants may ask: read-only, and answered with the keys of ``--json``."""
