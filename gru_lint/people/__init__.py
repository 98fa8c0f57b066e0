"""The people of a text: their names, whose each pronoun is, and how somebody is called something else throughout."""
