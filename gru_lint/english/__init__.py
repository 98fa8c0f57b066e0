"""What is known of English: pronouns, names, mentions, the vocabulary and every word list."""
