"""LanguageTool's HTTP API with the findings of this linter: a request a text, one worker thread for all of them.

parameters    what a client asks for
client_text   its text, with or without markup, and offsets in its units
paragraphs    what stood before a paragraph that a client sends by itself
judging       the queue: texts that wait are judged together
matches       findings as the protocol has them
upstream      a LanguageTool server that is asked, too
application   the routes; `bounds` refuses what is too long, too slow or from elsewhere, `listening` serves them
"""
