"""Programs: their comments and docstrings are prose, their code and strings are not.

Pygments tells the tokens apart. Comments on lines that follow each other are one paragraph; one beside code
begins its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from gru_lint.extract._base import TEXT_END, CommentSyntax, InputFormat, ProseMask, ValuePath, blanks
from gru_lint.extract._lexed import tokens
from gru_lint.extract._values import blank_markup
from gru_lint.extract._yaml import keep_scalar, scalars
from gru_lint.extract.pod import find_pods, keep_pod
from gru_lint.lines import LineIndex

_SLASHES: Final = CommentSyntax("//")
_HASH: Final = CommentSyntax("#")
_DASHES: Final = CommentSyntax("--")
_SEMICOLON: Final = CommentSyntax(";")
_PERCENT: Final = CommentSyntax("%")
_STARS: Final = CommentSyntax("/*", "*/")
_TAGS: Final = CommentSyntax("<!--", "-->")
_QUOTE: Final = CommentSyntax("'")
_BANG: Final = CommentSyntax("!")
_ML: Final = CommentSyntax("(*", "*)")

# The name that editors have for a language, what Pygments calls it, its comments, its extensions and names of files.
_LANGUAGES: Final = (
    ("ada", "ada", _DASHES, ".adb .ads", ""),
    ("applescript", "applescript", _DASHES, ".applescript", ""),
    ("awk", "awk", _HASH, ".awk", ""),
    ("bat", "batch", CommentSyntax("REM", own_line=True), ".bat .cmd", ""),
    ("bibtex", "bibtex", _PERCENT, ".bib", ""),
    ("c", "c", _SLASHES, ".c .h", ""),
    ("clojure", "clojure", _SEMICOLON, ".clj .cljs .cljc .edn", ""),
    ("cmake", "cmake", _HASH, ".cmake", "CMakeLists.txt"),
    ("coffeescript", "coffeescript", _HASH, ".coffee", ""),
    ("cpp", "cpp", _SLASHES, ".cpp .cc .cxx .hpp .hh .hxx .ino", ""),
    ("crystal", "crystal", _HASH, ".cr", ""),
    ("csharp", "csharp", _SLASHES, ".cs .csx", ""),
    ("css", "css", _STARS, ".css", ""),
    ("cuda-cpp", "cuda", _SLASHES, ".cu .cuh", ""),
    ("d", "d", _SLASHES, ".d", ""),
    ("dart", "dart", _SLASHES, ".dart", ""),
    ("dockerfile", "docker", CommentSyntax("#", own_line=True), ".dockerfile", "Dockerfile Containerfile"),
    ("elixir", "elixir", _HASH, ".ex .exs", ""),
    ("elm", "elm", _DASHES, ".elm", ""),
    ("erlang", "erlang", _PERCENT, ".erl .hrl", ""),
    ("fortran-modern", "fortran", _BANG, ".f90 .f95 .f03 .f08", ""),
    ("fsharp", "fsharp", _SLASHES, ".fs .fsi .fsx", ""),
    ("gleam", "gleam", _SLASHES, ".gleam", ""),
    ("glsl", "glsl", _SLASHES, ".glsl .vert .frag", ""),
    ("go", "go", _SLASHES, ".go", ""),
    ("graphql", "graphql", _HASH, ".graphql .gql", ""),
    ("groovy", "groovy", _SLASHES, ".groovy .gradle", "Jenkinsfile"),
    ("haskell", "haskell", _DASHES, ".hs", ""),
    ("ini", "ini", _SEMICOLON, ".ini .cfg", ""),
    ("java", "java", _SLASHES, ".java", ""),
    ("javascript", "javascript", _SLASHES, ".js .mjs .cjs", ""),
    ("javascriptreact", "javascript", _SLASHES, ".jsx", ""),
    ("julia", "julia", _HASH, ".jl", ""),
    ("kotlin", "kotlin", _SLASHES, ".kt .kts", ""),
    ("less", "less", _SLASHES, ".less", ""),
    ("lisp", "common-lisp", _SEMICOLON, ".lisp .lsp .cl", ""),
    ("elisp", "emacs-lisp", _SEMICOLON, ".el", ""),
    ("lua", "lua", _DASHES, ".lua", ""),
    ("makefile", "make", _HASH, ".mk .mak", "Makefile makefile GNUmakefile"),
    ("matlab", "matlab", _PERCENT, ".m", ""),
    ("nim", "nim", _HASH, ".nim .nims", ""),
    ("nix", "nix", _HASH, ".nix", ""),
    ("objective-cpp", "objective-c++", _SLASHES, ".mm", ""),
    ("ocaml", "ocaml", _ML, ".ml .mli", ""),
    ("pascal", "delphi", _SLASHES, ".pas .pp .dpr", ""),
    ("perl", "perl", _HASH, ".pl .pm", ""),
    ("php", "php", _SLASHES, ".php", ""),
    ("powershell", "powershell", _HASH, ".ps1 .psm1 .psd1", ""),
    ("prolog", "prolog", _PERCENT, ".pro", ""),
    ("proto3", "protobuf", _SLASHES, ".proto", ""),
    ("python", "python", _HASH, ".py .pyi .pyw", "SConstruct"),
    ("r", "r", _HASH, ".r", ""),
    ("racket", "racket", _SEMICOLON, ".rkt", ""),
    ("ruby", "ruby", _HASH, ".rb .rake .gemspec", "Rakefile Gemfile"),
    ("rust", "rust", _SLASHES, ".rs", ""),
    ("sass", "sass", _SLASHES, ".sass", ""),
    ("scala", "scala", _SLASHES, ".scala .sc", ""),
    ("scheme", "scheme", _SEMICOLON, ".scm .ss", ""),
    ("scss", "scss", _SLASHES, ".scss", ""),
    ("shellscript", "bash", _HASH, ".sh .bash .zsh .ksh", ""),
    ("solidity", "solidity", _SLASHES, ".sol", ""),
    ("sql", "sql", _DASHES, ".sql", ""),
    ("swift", "swift", _SLASHES, ".swift", ""),
    ("tcl", "tcl", _HASH, ".tcl", ""),
    ("terraform", "terraform", _HASH, ".tf .tfvars", ""),
    ("toml", "toml", _HASH, ".toml", ""),
    ("typescript", "typescript", _SLASHES, ".ts .mts .cts", ""),
    ("typescriptreact", "typescript", _SLASHES, ".tsx", ""),
    ("vb", "vb.net", _QUOTE, ".vb", ""),
    ("verilog", "verilog", _SLASHES, ".v", ""),
    ("systemverilog", "systemverilog", _SLASHES, ".sv .svh", ""),
    ("vhdl", "vhdl", _DASHES, ".vhd .vhdl", ""),
    ("xml", "xml", _TAGS, ".xml .xsd .xsl .xslt", ""),
    ("yaml", "yaml", _HASH, ".yml .yaml", ""),
    ("zig", "zig", _SLASHES, ".zig", ""),
)

# What a comment and each of its lines begin with, and what it ends with.
_OPENING = re.compile(
    r"[ \t]*(?:[rRuUbB]?(?:\"\"\"|''')|<!--+|<#|\(\*+|\{-+[ \t]?\|?|/\*+[!<]?|//+[!<]?|--\[=*\[|--+[ \t]?\|?|#\||#="
    r"|#+[!:]?|;+|%+|!+[<>]?|'|@?[Rr][Ee][Mm]\b|=begin\b|\{|\*(?![/\w*])|\*/)?[ \t]*"
)
_LINE_OPENING = re.compile(r"[ \t]*(?:\*(?![\w*/])|//+!?|#+|;+|%+|--+)?[ \t]*")
_CLOSING = re.compile(r"[ \t]*(?:\"\"\"|'''|--+>|#>|\*+/|\*+\)|-\}|\]=*\]|\|#|=#|=end\b|\})[ \t]*$")
_NO_PROSE = re.compile(
    r"``[^`\n]{1,300}``|`[^`\n]{1,300}`|\{@\w+[^{}\n]{0,300}\}|</?\w[^<>\n]{0,200}>|https?://\S+|gru-lint:.*"
    r"|^[ \t]*(?:>>>|\.\.\.(?=[ \t])).*"
)
# @param name, :param name:, \\brief
_TAG = re.compile(
    r"[@\\](?:param|arg|throws|exception|tparam)\s+(?:\[[\w,]+\]\s*)?(?:\{[^{}\n]*\}\s*)?\S+|[@\\]\w+|:\w[^:\n]{0,80}:"
)
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")


def _extract(text: str, lexer: str) -> str:
    mask, lines = ProseMask(text), LineIndex(text)
    if lexer == "perl":
        text = _without_pods(text, mask)
    last_row, last_end = -2, -1
    for start, end, is_doc in _comments(text, lexer):
        first_row = lines.location(start).row
        is_beside_code = bool(text[lines.start(first_row) : start].strip())
        if is_doc or is_beside_code or first_row != last_row + 1:
            mask.end_paragraph(last_end)
            mask.end_paragraph(start - 1)
        last_end = end if text[end : end + 1] == "\n" else end - 1
        last_row = lines.location(max(end - 1, start)).row
        in_code = False
        for row in range(first_row, last_row + 1):
            first, stop = max(start, lines.start(row)), min(end, lines.line(row).end)
            mark = (_OPENING if row == first_row else _LINE_OPENING).match(text, first, stop)
            here = mark.end() if mark else first
            if _FENCE.match(text, here, stop):
                in_code = not in_code
            elif not in_code:
                closing = _CLOSING.search(text, here, stop) if row == last_row else None
                _keep_line(text, first, here, closing.start() if closing else stop, mask)
    return mask.prose()


def _without_pods(text: str, mask: ProseMask) -> str:
    """A program with blanks for its documentation, which is kept: the lexer knows none after __END__."""
    pieces, here = [], 0
    for start, end in find_pods(text):
        keep_pod(text, start, end, mask)
        pieces += [text[here:start], blanks(text[start:end])]
        here = end
    return "".join([*pieces, text[here:]])


def _comments(text: str, lexer: str) -> Iterator[tuple[int, int, bool]]:
    """Each comment and docstring, and whether it is the latter; pieces that touch are one."""
    from pygments.token import Comment, String

    first, last, was_doc = -1, -1, False
    for start, end, kind in tokens(text, lexer):
        is_doc = kind in String.Doc
        is_comment = kind in Comment and kind not in Comment.Preproc and kind not in Comment.PreprocFile
        if not (is_doc or is_comment) or kind in Comment.Hashbang:
            continue
        if start != last or is_doc != was_doc:
            if first >= 0:
                yield first, last, was_doc
            first = start
        last, was_doc = end, is_doc
    if first >= 0:
        yield first, last, was_doc


def _keep_line(text: str, start: int, here: int, end: int, mask: ProseMask) -> None:
    """Keeps the words of one line of a comment; they begin at `here`, behind its mark."""
    if tag := _TAG.match(text, here, end):
        mask.end_paragraph(start - 1)
        here = tag.end()
    mask.keep(here, end)
    mask.blank_matches(_NO_PROSE.finditer(text[here:end]), here)


def _extract_yaml(text: str, is_prose: Callable[[ValuePath], bool]) -> str:
    """The comments of a YAML text, and some of its values."""
    mask = ProseMask(text)
    for scalar in scalars(text):
        if is_prose(scalar.path):
            keep_scalar(text, scalar, mask, mark=TEXT_END)
            blank_markup(text, scalar.start, scalar.end, mask)
    values, comments = mask.prose(), _extract(text, "yaml")
    return "".join(comment if value == " " else value for value, comment in zip(values, comments, strict=True))


FORMATS = tuple(
    InputFormat(
        language,
        tuple(extensions.split()),
        partial(_extract, lexer=lexer),
        tuple(names.split()),
        comments,
        is_document=False,
        holds_data=language in ("xml", "yaml"),
        extract_values=_extract_yaml if language == "yaml" else None,
    )
    for language, lexer, comments, extensions, names in _LANGUAGES
)
