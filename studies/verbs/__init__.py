"""Which cell knows the number of a subject after other nouns: the task on which recurrent networks were first tried."""
