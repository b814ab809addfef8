"""A seeded generator of mutated cases and files, and the trial that each is put to.

A mutation is gentle (what it makes must be accepted), harsh (it must be refused) or wild (nobody knows).
"""
