"""What is known of LaTeX's commands and environments: arguments that are no prose, ends of blocks, tables, math."""

from __future__ import annotations

from functools import cache

# Commands all of whose arguments name something, set something or are drawn.
_NO_PROSE = frozenset(
    "label ref eqref pageref autoref cref Cref vref nameref cite citep citet citealp citeauthor citeyear citetext "
    "nocite parencite textcite footcite autocite fullcite bibliography bibliographystyle addbibresource input "
    "include includeonly includegraphics usepackage RequirePackage documentclass LoadClass PassOptionsToPackage "
    "url path nolinkurl verb lstinline mintinline texttt lstinputlisting verbatiminput newcommand renewcommand "
    "providecommand DeclareMathOperator newenvironment renewenvironment newtheorem theoremstyle setlength "
    "addtolength setcounter addtocounter newcounter stepcounter refstepcounter newlength newif definecolor color "
    "colorbox pagecolor pagestyle thispagestyle pagenumbering vspace hspace rule def gdef edef let hypersetup "
    "geometry lstset graphicspath tikz usetikzlibrary tikzset index glossary gls Gls glspl acrshort acrlong "
    "newacronym newglossaryentry SI si num qty unit ce ensuremath phantom hphantom vphantom fontsize fontfamily "
    "fontseries selectlanguage setmainfont setsansfont setmonofont newfontfamily makeatletter "
    "makeatother DeclareUnicodeCharacter hyphenation setstretch linespread enlargethispage write special csname".split()
)
# Commands whose first argument alone is no prose: \href{target}{text}.
_FIRST_IS_NO_PROSE = frozenset("href hyperlink hypertarget textcolor foreignlanguage raisebox".split())
_FIRST_TWO_ARE_NO_PROSE = frozenset({"multicolumn", "multirow"})
_DEFINITIONS = frozenset("newcommand renewcommand providecommand newenvironment renewenvironment def".split())
# Commands that end a block.
ENDS_BLOCK = frozenset(
    "part chapter section subsection subsubsection paragraph subparagraph item caption title author date maketitle par "
    "newpage clearpage cleardoublepage bibitem frametitle footnote footnotetext marginpar".split()
)
LISTINGS = frozenset("verbatim Verbatim lstlisting minted comment filecontents alltt tikzpicture pgfpicture".split())
MATH = frozenset(
    "math displaymath equation eqnarray align alignat flalign gather multline split array matrix pmatrix bmatrix cases "
    "subequations dmath".split()
)
# Environments whose first argument, after optional ones, says how they look.
WITH_ARGUMENT = frozenset("tabular tabularx tabulary longtable minipage wrapfigure multicols adjustbox array".split())
WITH_SECOND_ARGUMENT = frozenset("tabularx tabulary xltabular wrapfigure".split())
# In these `&` separates cells, and a double backslash rows.
TABLES = frozenset("tabular tabularx tabulary longtable xltabular supertabular tblr longtblr".split())
LISTS = frozenset("itemize enumerate description compactitem compactenum".split())
HEADING_LEVELS = {
    name: level for level, name in enumerate("part chapter section subsection subsubsection paragraph".split(), 1)
}


def n_arguments_without_prose(command: str) -> int:
    """How many arguments of a command, from the first on, are no prose."""
    if command in _DEFINITIONS:
        return 3
    if command in _FIRST_TWO_ARE_NO_PROSE:
        return 2
    if command in _FIRST_IS_NO_PROSE:
        return 1
    return max(_known_arguments().get(command, "").count("{"), 1) if command in _NO_PROSE else 0


@cache
def _known_arguments() -> dict[str, str]:
    """The arguments of each command that pylatexenc knows: "*" for a star, "[" for an optional one, "{" for any."""
    from pylatexenc.latexwalker import get_default_latex_context_db

    database = get_default_latex_context_db()
    known = {}
    for spec in database.iter_macro_specs():
        arguments = getattr(spec.args_parser, "argspec", None)
        if isinstance(arguments, str):
            known[spec.macroname] = arguments
    return known
