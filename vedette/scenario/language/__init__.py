"""The language of mechanisms: entries of mechanisms.yaml, their values, units and names."""
