"""The two pages that stand before the annex of a brief."""
