"""The hindcast: the mechanism of today run from past days, and held against what came."""
