"""Samples of documents: marks among words."""

from __future__ import annotations

from typing import Final

DOCUMENTS: Final = {
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
}
