"""Recipes: numbers of a mechanism that the program computes from the data of the case."""
