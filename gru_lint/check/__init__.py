"""Checking files: paths in, checked files out; what is found is cached, fixed, accepted or watched for."""
