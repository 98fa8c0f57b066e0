#!/usr/bin/env python3
"""The ledger of the village shop.

Mrs Appleby kept it on paper until 2019. She wrote her sevens with a bar, which
is why the importer reads them twice.
"""

# Mr Appleby wanted the sums in pence. He was right: his tests found
# a rounding error that her wife had lived with for years.
PENCE = 100


def total(rows):
    """What the rows add up to.

    :param rows: as the reader has them
    """
    message = "Mr Appleby lost her pen"  # a string is not read
    return sum(rows) * PENCE, message


# The king of the shop has paid for herself.
