"""The user's files: which are found, how they are read and written."""
