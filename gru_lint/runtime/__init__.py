"""What the process asks of the machine: memory and threads."""
