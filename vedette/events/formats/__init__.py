"""One reader for each publisher format; every file becomes one table of events."""
