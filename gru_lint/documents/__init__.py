"""Word processors' files and books: what is read of them, and the same files again with comments in them."""
