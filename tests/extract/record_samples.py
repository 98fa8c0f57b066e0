"""Samples of texts that come in records: messages, subtitles, tables, scenes, mails."""

from __future__ import annotations

from typing import Final

RECORDS: Final = {
    "a.po": """# no
msgid ""
msgstr ""
"Language: en_GB\\n"
"No: no\\n"

# no
#: no
msgctxt "no"
msgid "no"
msgstr "Yes \\"yes\\" "
"yes.\\n"

#, fuzzy
msgid "no"
msgstr "no"

#, c-format
msgid "no"
msgid_plural "no"
msgstr[0] "yes"
msgstr[1] "yes"

#~ msgid "no"
#~ msgstr "no"
""",
    "a.pot": """# no
msgid ""
msgstr ""
"No: no\\n"

#: no
msgctxt "no"
msgid "Yes "
"yes"
msgid_plural "yes"
msgstr[0] ""

msgid "Yes"
msgstr ""

#~ msgid "no"
""",
    "COMMIT_EDITMSG": """Yes

Yes.
# no
yes.
# ------------------------ >8 ------------------------
no
diff --git no no
""",
    "a.srt": """1
00:00:01,000 --> 00:00:02,000
Yes <i>yes</i> yes

2
00:00:03,000 --> 00:00:04,000
yes.
""",
    "a.vtt": """WEBVTT no

NOTE no

STYLE
no

00:01.000 --> 00:02.000 no:no
Yes <v No>yes</v>

no
00:03.000 --> 00:04.000
- Yes
""",
    "a.ass": """[Script Info]
Title: no

[Events]
Format: no, no
Comment: 0,no,no,no,no,0,0,0,,no
Dialogue: 0,0:00:01.00,0:00:02.00,no,No,0,0,0,,Yes {\\i1}yes{\\i0}\\N yes, yes
Dialogue: 0,0:00:01.00,0:00:02.00,no,,0,0,0,,{\\p1}no
Dialogue: 0,0:00:01.00,0:00:02.00,no,,0,0,0,no,NO NO: Yes
""",
    "a.csv": 'Yes,"Yes ""yes"", yes",yes\n,yes\n"yes\nyes",\n',
    "a.tsv": "Yes\tyes yes\n\tyes\n",
    "a.jsonl": """{"no": "Yes, \\"yes\\" yes", "no": ["no", {"no": "yes\\n\\n yes yes"}]}
{"no": 1}
["yes yes yes"]
""",
    "a.wiki": """{{no|no
|no={{no}}}}
'''Yes''' is [[no|yes]] and [[yes]], [https://no yes]<ref>no</ref> yes <!-- no -->.
[[File:No.png|thumb|Yes]]
[[Category:No]]

== Yes ==
* Yes
:Yes <code>no</code>
 no
{| class="no"
! Yes !! yes
|-
| style="no" | Yes || yes
|}
Yes.
""",
    "a.fountain": """Title: No
Author: no

INT. NO - NO

Yes yes *yes*.

NO (no)
(no)
Yes.

CUT TO:

/* no */
Yes [[no]] yes.

> Yes <
""",
    "a.ink": """VAR no = 1
INCLUDE no
=== no ===
Yes <b>yes</b> {no} yes # no
* [Yes] yes -> no
+ + (no) Yes
- Yes // no
~ no()
/* no
no */
-> no
""",
    "a.rpy": """define no = Character("no")
label no:
    scene no no
    no "Yes {b}yes{/b} [no]"
    "Yes \\"yes\\"" # no
    "No" "Yes"
    no happy "Yes" with no
    menu:
        "Yes":
            jump no
init python:
    no = "no"
    no("no")
screen no():
    no "no"
translate german no:
    "no"
""",
    "a.eml": """From: No <no@no>
Subject: Yes
 yes
Content-Type: multipart/alternative; boundary="b1"

no
--b1
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Yes =C3=A9 yes=
 yes.

On yes wrote:
> Yes

--
no
--b1
Content-Type: text/html

<p>no
--b1--
""",
    "a.xlf": """<?xml version="1.0"?><!-- no -->
<xliff><file source-language="de" target-language="en-GB"><trans-unit><source>no</source>
<target state="no">Yes <g id="no">yes</g> <ph>no</ph> yes &amp; yes</target><note>no</note></trans-unit></file>
<file target-language="de"><target>no</target></file></xliff>
""",
    "a.tmx": """<tmx><tu><tuv xml:lang="de"><seg>no</seg></tuv>
<tuv xml:lang="EN-US"><seg>Yes <bpt>no</bpt>yes</seg></tuv>
</tu></tmx>
""",
    "en.json": '{"no": "Yes <b>yes</b>", "no": ["yes", {"no": "yes"}], "no": 1}\n',
    "a.json": '{"no": "no"}\n',
    "en.yml": "en:\n  no: Yes yes\n  no: >\n    yes\n    yes\n  no: [yes, 'it''s yes']\n  # yes\n",
    "a.arb": '{"@@locale": "en", "no": "Yes yes", "@no": {"description": "no"}}\n',
    "a.ipynb": """{"cells": [{"cell_type": "markdown", "metadata": {"no": ["no"]},
 "source": ["# Yes\\n", "\\n", "Yes \\"yes\\"\\n",
 "and `no` yes.\\n", "- yes"]}, {"cell_type": "code", "source": ["no"], "outputs": [{"text": ["no"]}]},
 {"source": "Yes.", "cell_type": "markdown"}, {"cell_type": "raw", "source": "no"}], "metadata": {"source": "no"}}
""",
}
