"""Samples of programs, whose comments are prose."""

from __future__ import annotations

from typing import Final

PROGRAMS: Final = {
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
