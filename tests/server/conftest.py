"""Clients in the middle of a session, and before its first word."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_lsp
from lsp_client import CHECKOUT, Client, begin, capabilities
from profiles import EMACS


@pytest_lsp.fixture(config=CHECKOUT, scope="module")
async def client(server: Client) -> AsyncIterator[None]:
    """A client in the middle of a session."""
    await begin(server, capabilities())
    yield
    await server.shutdown_session()


@pytest_lsp.fixture(config=CHECKOUT, scope="module")
async def emacs(server: Client) -> AsyncIterator[None]:
    """Emacs in the middle of a session."""
    await begin(server, EMACS)
    yield
    await server.shutdown_session()


@pytest_lsp.fixture(config=CHECKOUT, loop_scope="module")
async def fresh_client(server: Client) -> AsyncIterator[None]:
    """A client that has not said a word."""
    yield
    await server.shutdown_session()
