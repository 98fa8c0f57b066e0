"""Process-wide tuning of memory and threads."""
