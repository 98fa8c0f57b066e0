"""All that is known of one pronoun: the judgement, and what the network remembers of each word."""
