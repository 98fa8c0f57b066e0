"""Knowledge of English: pronouns, names, mentions, the vocabulary and the word lists."""
