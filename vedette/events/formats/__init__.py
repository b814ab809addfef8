"""The formats of the publishers, and their conversion to the common table of events."""
