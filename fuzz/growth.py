"""Doubles hostile texts for the lexer of every programming language, and tells where the time more than doubles too.

    python fuzz/growth.py                    # every language, half a minute or more each
    python fuzz/growth.py java ocaml --size 16000
    python fuzz/growth.py --quotes           # only what is quoted or escaped without end, and long names: two minutes

A lexer looks for the end of something within one call of C, which no count of calls sees: so processor time is
measured. A pattern that takes a lexer several times as long as most others is doubled, and what seems to grow too fast
is measured again before it is told. Exits with 1 if anything was.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from time import process_time

from gru_lint.extract import extract_prose, noting_unread
from gru_lint.extract.programs import FORMATS

# Blanks are written ␣ and line ends ⏎.
_WRITTEN = r"""
⏎ ␣⏎ a⏎ a␣ a␣b⏎ a␣b␣ ␣␣a⏎ a\⏎ \⏎ . a. a.b␣ a.b⏎ a␣a⏎ int␣a⏎ int[]␣a.b␣⏎ a[]␣a⏎ a<a>⏎ a(⏎ a()⏎ a( (a)␣ a< <a␣ <a>⏎
</a⏎ ( [ { < (a⏎ [a⏎ [a]⏎ {a⏎ {a}⏎ (( [[ {{ << (: (; (# [=[ [= <% /*␣a⏎ /* */ /**␣a⏎ /+␣a⏎ //␣a⏎ / // (*␣a⏎ (* {-␣a⏎
{- {-| #|␣a⏎ #| --␣a⏎ -- --[[␣a⏎ --[=[⏎ --[ #␣a⏎ # #=⏎ #= #[⏎ #( #{ ##[ ;␣a⏎ %␣a⏎ %{⏎ %( %w( %q{ % <!--⏎ <!--␣a␣
<![CDATA[ <?a␣ <?php⏎ <#␣a⏎ #>␣a⏎ =begin⏎ =pod⏎⏎ =a⏎ = __END__⏎ " "a⏎ "a"␣ "" ' 'a⏎ 'a'␣ '' ''' '''a⏎ ` `a⏎ ``` @"
@"a⏎ @"a"␣ @'⏎ $" $"{ $' ${ $( $a␣ $$a$ $$ r" r#" R"( R"a( s" f"{ f'{ b" u" ~s( ~r/ q( q{ qq[ m/ m{ s/a s{a} tr/
y/a/ r/ /a/␣ <<A⏎ <<-A⏎ <<~A⏎ <<<A⏎ <<'A'⏎ <<"A"⏎ #if␣0⏎ #if␣a⏎ #define␣a␣\⏎ #include␣< #a⏎ @a⏎ @a( a:␣ a:⏎ a::␣ a::
:a␣ : :: :a⏎ :␣|⏎ a:␣|⏎ a:␣>⏎ -␣a⏎ -␣ ?␣a⏎ &a␣ *a␣ a␣=␣⏎ a= a␣=␣a⏎ a␣:=␣ a␣->␣ a␣=>␣ -> => \a␣ \a⏎ let␣a⏎ let␣
def␣a⏎ def␣ fn␣a( class␣a⏎ class␣ module␣a␣ import␣a⏎ import␣ from␣a␣ from␣a␣import␣⏎ package␣ namespace␣a␣ use␣a␣
open␣a␣ function␣a⏎ function␣ proc␣a␣ sub␣a␣ begin⏎ end⏎ end␣ if␣a⏎ case␣a⏎ do⏎ then␣ template< type␣a␣ struct␣a␣
enum␣a⏎ interface␣ record␣a␣ data␣a␣ where␣ forall␣ val␣a␣ var␣a␣ new␣a select␣ create␣ from␣ 0 0x 1. 1e 1_ 1' a'
a'' a_ _ A␣ A⏎ A. A:: A< ! !a␣ ? REM␣a⏎ rem␣ @echo␣ set␣a= goto␣a⏎ %a% !a! ^ ^⏎ & && | || |a| , ; ;; ~ @ + - a(a(
a[a[ a{a{ (a␣( {a:␣ [a,␣ <a< a␣?␣a␣:␣ /*/ (*) {-} #|# "\" `\` "' '"` a⏎⏎ ⏎⏎⏎ ⏎⏎⏎a ␣⏎⏎ a␣⏎ ␣␣⏎␣a⏎ }⏎ )⏎ ]⏎ >⏎ }} ))
]] >> -} *) |# --]]
"""
_PATTERNS = (
    *(one.replace("␣", " ").replace("⏎", "\n") for one in _WRITTEN.split()),
    *("\\", '"""', '"""a\n', '~S"""', '"\\', "'\\"),
    *("\t\n", "\r", "é ", "\x0c", "\x00", "\ufeff", "\ta\n", "a\t"),
)
# Strings and names of which a lexer may seek the end.
_QUOTES = ('"\\', "'\\", "a.", '\\"\n', "'\"\\", "`\\", "a\\")
_MOST_GROWTH = 2.6
# Doubled is what takes so many times as long as the pattern in the middle.
_SLOW = 3.0


def seconds(text: str, name: str) -> float:
    """The processor time that the prose of a text takes."""
    begin = process_time()
    with noting_unread():
        extract_prose(text, name)
    return process_time() - begin


def repeated(pattern: str, size: int) -> str:
    """A text of about `size` characters."""
    return pattern * max(1, size // len(pattern))


def growth(pattern: str, name: str, size: int) -> float:
    """How many times as long a text takes once it is twice as long: the least of three measurements, or 0 if few."""
    least = 0.0
    for _ in range(3):
        once, twice = (seconds(repeated(pattern, n), name) for n in (size, 2 * size))
        least = min(least or 1e9, twice / once)
        if least <= _MOST_GROWTH:
            return 0.0
    return least


def main() -> int:
    """Tells each pattern under which a lexer's time grows too fast."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("languages", nargs="*", help="as editors call them; all by default")
    parser.add_argument("--size", type=int, default=8_000, help="characters, before they are doubled")
    parser.add_argument("--quotes", action="store_true", help="only texts of quotes, escapes and long names")
    arguments = parser.parse_args()
    patterns = _QUOTES if arguments.quotes else _PATTERNS
    n_told = 0
    for one in FORMATS:
        if arguments.languages and one.language not in arguments.languages:
            continue
        name = f"a{one.extensions[0]}"
        extract_prose("# a\n", name)
        took = {pattern: seconds(repeated(pattern, arguments.size), name) for pattern in patterns}
        # Of few patterns most may be slow ones.
        usual = min(took.values()) if arguments.quotes else statistics.median(took.values())
        for pattern, spent in took.items():
            if spent > _SLOW * usual and (found := growth(pattern, name, arguments.size)):
                n_told += 1
                print(f"{one.language}: {pattern!r} grows {found:.1f} times, {spent:.2f} s", flush=True)
        print(f"{one.language}: {usual:.3f} s for most patterns", flush=True)
    print(f"{n_told} patterns grow too fast")
    return 1 if n_told else 0


if __name__ == "__main__":
    sys.exit(main())
