"""The inputs of a brief: each file computes what the sections need from one room."""
