"""The explanation of one pronoun: its judgement, and the attribution of the judgement to words."""
