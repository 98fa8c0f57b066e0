"""The agreement network at lint time, in NumPy: windows in, judgements out."""
