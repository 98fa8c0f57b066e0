"""A text in each format: every word that is prose is called "yes", all that is not is called "no"."""

from __future__ import annotations

from typing import Final

# By file name: the text, and how often "yes" is in it.
SAMPLES: Final = {
    "a.tex": r"""\documentclass[no]{no}
\usepackage{no}
\title{Yes \emph{yes}}
\begin{document}
\section[no]{Yes\label{sec:no}}
Yes 50\% and $no = no$ yes\footnote{Yes \cite[no]{no} yes.} \verb|no| \(no\) \[no\]
yes % no
% no
yes~yes \textit{yes \href{http://no}{yes}} \ref{no}.
\begin{itemize}
\item Yes
\item[no] Yes
\end{itemize}
\begin{equation}\label{no}
no = no
\end{equation}
\begin{verbatim}
no {
\end{verbatim}
\begin{tabular}{no}
Yes & yes \\ \hline
\end{tabular}
\newcommand{\foo}[2]{no #1}
\texttt{no} \name{Yes}
\end{document}
no
""",
    "a.rst": """:author: No
:date: no

Yes
===

Yes **yes** ``no = no`` :class:`no` `yes <http://no>`_ and
yes [no]_ |no| :ref:`yes <no>`.

.. [1] Yes.
.. _no: http://no

.. note:: Yes
   Yes yes.

   * Yes

.. code-block:: no

   no

.. autoclass:: no
   :members: no

.. include:: /etc/no

.. raw:: html

   no

.. function:: no(no)

   Yes.

Yes::

    no

.. no: comment

Yes
    Yes.

+-----+-----+
| yes | yes |
+-----+-----+

====  ===
yes   yes
      yes
====  ===

Yes\tyes
and\tyes.

:param no: Yes.
:rtype: no

>>> no

Yes
---
Yes.
""",
    "a.adoc": """= Yes
:no: no

Yes *yes* `no` https://no[yes] <<no,yes>>.
// no
yes yes.

NOTE: Yes.

[source,no]
----
no
----

[source]
no

.Yes
====
Yes.
====

|===
|Yes |yes
|===

image::no.png[no]
* Yes
** Yes footnote:[Yes.]
""",
    "a.org": """#+TITLE: Yes
#+OPTIONS: no
#+DESCRIPTION: no
* TODO Yes *yes*  :no:
:PROPERTIES:
:ID: no
:END:
Yes *yes* =no= ~no~ [[http://no][yes]] $no$ \\(no\\) <2026-01-01 no>.
- [ ] Yes /yes/
#+BEGIN_SRC no
no
#+END_SRC
#+BEGIN_QUOTE
Yes.
#+END_QUOTE
# no
: no
| Yes | yes |
|-----+-----|
Yes[fn:no].

\\begin{equation}
no = no
\\end{equation}
Yes.

[fn:no] Yes.
""",
    "a.md": """---
title: Yes
author: no
---

import Yes

Yes {{% no %}}yes{{% /no %}} `no` yes %%no%% yes.
% no

```{tip} Yes
:class: no

Yes.
```

=== "Yes"

    Yes.

```{r}
#| fig-cap: Yes
no
```
""",
    "a.mdx": """---
description: |
  Yes
  yes.
---
import no from "no"

# Yes {no}

<No no="no" no={() => "no"}>
    Yes *yes* `no`.
</No>

{/* no */}

    Yes.
""",
    "a.html": """<!doctype html><html lang="en-GB"><head><title>Yes</title><style>no</style><script>no</script></head>
<body class="no"><p>Yes <b>yes</b> <code>no</code> yes</p><p>Yes<br>yes <!-- no --></p><pre>no</pre>
<table><tr><td>Yes</td><td>yes</td></tr></table>
<img src="no" alt="Yes yes"><img alt='Yes' title="no"> <img alt=yes>
<div lang="de">no<div>no</div><p lang="en">Yes<p>no</div>
<p>Yes <i lang="la">no</i> <span translate="no">no</span> yes <span class="notranslate">no</span><p lang=fr>no<p>Yes
</body></html>
""",
    "a.typ": """#set text(lang: "no")
= Yes
Yes *yes* `no` $no = no$ #footnote[Yes.] #link("http://no")[yes] @no <no>
// no
- Yes _yes_
#let no = "no"
""",
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
    "a.py": '''#!/usr/bin/no
# Yes
# yes.
no = "no"  # yes
no = """no"""
def no():
    """Yes `no`.

    :param no: Yes.
    >>> no
    """
''',
    "a.js": """/**
 * Yes
 * yes {@code no}.
 * @param no yes
 */
let no = 'no'; // yes
/// yes
""",
    "a.c": """/* Yes */
#include <no.h>
int no; // yes
""",
    "a.pod": """=encoding no

=head1 Yes B<yes>

Yes C<no> L<yes|no> L<no> yes
yes I<yes> E<no> C<< no >> yes.

    no

=over 4

=item * Yes

=item yes

=back

=begin no

no

=end no

=for no no

Yes.

=cut

no
""",
    "a.pl": """#!/usr/bin/no
no(); # yes

=head1 Yes

Yes C<no> yes.

    no

=cut

sub no { "no" } # yes
__END__

no

=pod

Yes.
""",
    "a.sql": "-- yes\nSELECT no; -- yes\n",
    "a.lua": "--[[ yes\nyes ]]\nno = 'no' -- yes\n",
    "a.yml": "# yes\nno: no  # yes\n",
    "a.toml": '# yes\nno = "no"\n',
    "a.hs": "{- | yes -}\nno = 1 -- yes\n",
    "a.ml": "(* yes *)\nlet no = 1\n",
    "a.rs": "//! Yes\n/// yes\n/// ```\n/// no\n/// ```\nfn no() {}\n",
    "Makefile": "# yes\nno: no\n",
    "Dockerfile": "# yes\nFROM no\n",
}
