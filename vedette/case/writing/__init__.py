"""Writing case folders: new ones, rows added, whole cases."""
