"""Studies of the network: no part of what is installed."""
