"""The folder-of-files door: a programme as plain files that are checked, compared and applied."""
