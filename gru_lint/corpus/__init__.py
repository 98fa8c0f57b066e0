"""Tables in which every row holds a text of its own, and more of them than a machine can hold."""
