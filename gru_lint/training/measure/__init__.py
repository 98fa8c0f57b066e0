"""Thresholds, figures and the model card: how good the network is."""
