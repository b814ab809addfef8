"""The register of issued forecasts: written once, hashed, scored when the truth has come."""
