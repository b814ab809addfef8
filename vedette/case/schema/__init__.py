"""The schema of a case: settings, the rows of its tables, the kinds of values they hold."""
