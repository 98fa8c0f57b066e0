"""The pieces of `edit_pieces` for formats in which much of what follows may decide what something is."""

from __future__ import annotations

from typing import Final

HTML_BLOCKS: Final = (
    "<html lang=en><head><title>She</title></head>\n<body>\n",
    "<p>Mary lost <b>her</b> hat.</p>\n",
    "<p>He said that <em>she</em> came &amp; went\n",
    "</p>\n\n",
    "<div class=a>He <code>x</code>\n\n",
    "</div>\n",
    "<pre>a\n\n<p>b</pre>\n",
    "<script>if (a<b) '<p>' && \"</p>\"</script>\n",
    "<style>p > a { x: y }</style>\n",
    "<!-- a\n<p>b -->\n",
    "<!-- ---- -- a > b --><p>After</p>\n",
    "<ul><li>One<li>Two</ul>\n",
    "<ul>\n<li><b>Mary Smith</b> came.</li>\n<li><b>John Smith</b> went.</li>\n</ul>\n",
    "<ol><li>Mary Smith: she<ul><li>one</li></ul></li><li>Paul Jones: he</li></ol>\n",
    "<p lang='fr'>Elle</p>\n",
    '<div lang="de"><p>Sie</p><p lang="en-GB">She</p></div>\n',
    "<img alt='her hat'>\n",
    '<p>A <img src=x alt="a > b"/> and <img alt=hat>.\n',
    "a < b & c <3 &c; &#39; &#x27; AT&T</b> 1 &2\n",
    "</body></html>\n",
    "<table><tr><td>a<td>b<tr><th>c</th><td>d</td></table>\n",
    "<p translate=no>No<p>Yes\n",
    "<p class='x notranslate'>No</p><span translate=\"no\">no</span>\n",
    "<h1>Mary Smith</h1>\n<p>She came.</p>\n",
    "<h2>Early life</h2>\n<h1>Works</h1>\n",
    "<h1>John Smith<p>He went.<h1>Other</h1>\n",
    "<!DOCTYPE html>\n",
    "<?xml version='1.0'?>\n",
    "<![CDATA[ she > ]]>\n",
    "<p title=\"a > b 'c'\" hidden>He</p>\n",
    "<a href=/a/b?c=d class=e>his</a> <br/>\n",
    "<textarea>he</textarea><svg><title>He</title><p>x</p></svg>\n",
    "<dl><dt>a<dd>b</dl><select><option>a<option>b</select>\n",
    "<p>Paragraph without an end, in which he <i>writes\n\n<p>Another one of hers\n",
)
HTML_MARKS: Final = (
    *("<", "<!--", "-->", "<p>", "</p>", "<pre>", "</pre>", "<script>", "</script>", ">", '"', "'", "<?", "<![", "]>"),
    *("\n\n", "", "<div>", "</div>", "<title>", "</title>", "\r\n", "<p", "</", "<!", "--", "="),
    *('="', "='", "<a href="),
    *("<p a='b'c>", "&", "&#", "&#x", "&a", ";", "<em", "</em>", "/>", "/", "<ul>", "</ul>", "<li>", "<h1>", "</h1>"),
    *("<li>Mary Smith", "<table>", "<td>", "<tr>", "</table>", "<p lang=fr>", "<p translate=no>", "<img alt='a b'>"),
    *("<![if x]>", "<!x", "<body>", "<html>", "<html lang=fr>", "<style>", "</style", "<!-->", "<p a", "&#1"),
    *(" alt='he is'", "<b>", "<h2>Ann Lee</h2>", "\x0b", "\0", "<svg>", "--!>", "<SCRIPT>", "<plaintext>", "<p>"),
    *("<textarea>", "<", ">"),
)
