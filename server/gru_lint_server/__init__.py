"""gru-lint in the editor: a language server that marks pronouns as the text is written."""
