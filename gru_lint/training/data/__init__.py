"""Corpora to arrays to batches: what the network is trained on."""
