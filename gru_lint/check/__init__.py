"""Checking files: paths in, checked files out; with the cache, fixes, suppression comments and --watch."""
