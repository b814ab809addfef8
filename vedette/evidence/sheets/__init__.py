"""Spreadsheets: the tables of a case as a workbook, and sheets of others as rows of a case."""
