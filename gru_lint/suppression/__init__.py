"""What keeps a finding from being shown: comments in the text, and the baseline of an old one."""
