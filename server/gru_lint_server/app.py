"""The language server: what it answers to each message, and how it is started."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from lsprotocol import types

from gru_lint import __version__
from gru_lint.runtime.memory import use_one_malloc_arena
from gru_lint.runtime.threads import use_one_thread
from gru_lint_server import document_sync, notebook_sync, workspace_sync
from gru_lint_server.action_requests import code_action, resolve_action
from gru_lint_server.actions import FIX_ALL
from gru_lint_server.configuration import SECTION
from gru_lint_server.connection import NAME
from gru_lint_server.frames import FrameError
from gru_lint_server.inlay_hints import inlay_hint
from gru_lint_server.lenses import code_lens
from gru_lint_server.outline import document_symbol
from gru_lint_server.position_requests import (
    EXPLAIN,
    definition,
    document_highlight,
    explain,
    hover,
    references,
)
from gru_lint_server.protocol import COMMAND_TOKEN
from gru_lint_server.pull_diagnostics import check_workspace, diagnostic, workspace_diagnostic
from gru_lint_server.renaming import (
    PRONOUNS,
    prepare_rename,
    rename,
)
from gru_lint_server.server import GruLintServer
from gru_lint_server.shown_files import watchers
from gru_lint_server.sockets import RemoteAddressError, addresses_of, serve_tcp, serve_websocket
from gru_lint_server.stdio import serve_stdio

CHECK_WORKSPACE = "gru-lint.checkWorkspace"


def initialize(server: GruLintServer, params: types.InitializeParams) -> None:
    """Takes over the folders of the workspace and the settings that a client begins with."""
    if params.process_id is not None:
        server.follow_process(params.process_id)
    folders = [folder.uri for folder in params.workspace_folders or ()]
    server.configuration.folders = folders or ([params.root_uri] if params.root_uri else [])
    server.applies_all_actions = bool(params.client_info and params.client_info.name.lower().startswith("kate"))
    options: Any = params.initialization_options
    if isinstance(options, dict):
        server.configuration.take_options(None, options.get(SECTION, options))


async def initialized(server: GruLintServer, _params: types.InitializedParams) -> None:
    """Registers for changes of files and of settings, and asks for the settings."""
    server.scheduler.warm_up()
    registrations = []
    if server.supports("workspace.did_change_watched_files.dynamic_registration"):
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers())
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        registrations.append(types.Registration("gru-lint-files", method, options))
    if server.supports("workspace.did_change_configuration.dynamic_registration"):
        section = types.DidChangeConfigurationRegistrationOptions(section=SECTION)
        method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
        registrations.append(types.Registration("gru-lint-configuration", method, section))
    if registrations:
        server.client_register_capability(types.RegistrationParams(registrations))
    await server.configure()


_HANDLERS: dict[str, Callable[..., Any]] = {
    types.INITIALIZE: initialize,
    types.INITIALIZED: initialized,
    types.TEXT_DOCUMENT_DID_OPEN: document_sync.did_open,
    types.TEXT_DOCUMENT_DID_CHANGE: document_sync.did_change,
    types.TEXT_DOCUMENT_DID_SAVE: document_sync.did_save,
    types.TEXT_DOCUMENT_DID_CLOSE: document_sync.did_close,
    types.NOTEBOOK_DOCUMENT_DID_OPEN: notebook_sync.did_open,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE: notebook_sync.did_change,
    types.NOTEBOOK_DOCUMENT_DID_SAVE: notebook_sync.did_save,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE: notebook_sync.did_close,
    document_sync.VISIBLE_RANGE: document_sync.visible_range,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: workspace_sync.did_change_configuration,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: workspace_sync.did_change_watched_files,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: workspace_sync.did_change_workspace_folders,
    types.WORKSPACE_DIAGNOSTIC: workspace_diagnostic,
    types.TEXT_DOCUMENT_DEFINITION: definition,
    types.TEXT_DOCUMENT_REFERENCES: references,
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: document_highlight,
    types.TEXT_DOCUMENT_HOVER: hover,
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: document_symbol,
    types.TEXT_DOCUMENT_INLAY_HINT: inlay_hint,
    types.TEXT_DOCUMENT_CODE_LENS: code_lens,
    EXPLAIN: explain,
}


async def _check_workspace(server: GruLintServer, *_arguments: object) -> int:
    """Checks the workspace; its progress is reported under the token of the request."""
    return await check_workspace(server, COMMAND_TOKEN.get())


def create_server() -> GruLintServer:
    """A server with its handlers and its command."""
    server = GruLintServer()
    for method, handler in _HANDLERS.items():
        server.feature(method)(handler)
    pulled = types.DiagnosticOptions(
        inter_file_dependencies=False, workspace_diagnostics=True, identifier="gru-lint", work_done_progress=True
    )
    server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, pulled)(diagnostic)
    kinds = [types.CodeActionKind.QuickFix, FIX_ALL, PRONOUNS]
    offered = types.CodeActionOptions(code_action_kinds=kinds, resolve_provider=True)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, offered)(code_action)
    server.feature(types.CODE_ACTION_RESOLVE)(resolve_action)
    server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))(rename)
    server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)(prepare_rename)
    server.command(CHECK_WORKSPACE)(_check_workspace)
    return server


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT, such as 127.0.0.1:2087")
    return host.removeprefix("[").removesuffix("]"), int(port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=NAME, description="The language server of gru-lint. An editor starts it and speaks to it."
    )
    transport = parser.add_mutually_exclusive_group()
    transport.add_argument("--stdio", action="store_true", help="speak over standard input and output (the default)")
    transport.add_argument(
        "--tcp", type=_address, metavar="HOST:PORT", help="wait there for one client; port 0 takes a free one"
    )
    transport.add_argument("--ws", type=_address, metavar="HOST:PORT", help="the same over a WebSocket")
    parser.add_argument(
        "--allow-remote", action="store_true", help="wait at an address that other machines can reach, too"
    )
    parser.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="let pages of this web site connect over the WebSocket, such as https://editor.example; may be repeated",
    )
    parser.add_argument("--version", action="version", version=f"{NAME} {__version__}")
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point of the `gru-lint-server` script."""
    parser = _parser()
    options = parser.parse_args(arguments)
    # NumPy is first imported when the weights are read.
    use_one_thread()
    use_one_malloc_arena()
    # A message is read at once, even while a document is judged.
    sys.setswitchinterval(0.001)
    # Editors show standard error as errors; cancelling a request that was already answered is none.
    logging.getLogger("pygls.protocol").setLevel(logging.ERROR)
    server = create_server()
    try:
        if options.tcp or options.ws:
            host, port = options.tcp or options.ws
            hosts = addresses_of(host, port, allow_remote=options.allow_remote)
            # The address goes to standard error: only the server knows which port was free.
            logging.basicConfig(format="%(message)s")
            logging.getLogger("gru_lint_server.sockets").setLevel(logging.INFO)
            over_websocket = partial(serve_websocket, allowed_origins=options.allow_origin)
            _serve(server, (serve_tcp if options.tcp else over_websocket)(server, hosts, port))
        else:
            _serve(server, serve_stdio(server))
    except RemoteAddressError as error:
        parser.exit(2, f"{NAME}: {error}\n")
    except FrameError as error:
        parser.exit(1, f"{NAME}: {error}; the rest of what the client sent cannot be read\n")
    except (BrokenPipeError, ConnectionError, asyncio.IncompleteReadError):
        # The client has gone: no error can reach it.
        return
    except OSError as error:
        parser.exit(2, f"{NAME}: cannot wait there ({error.strerror or error})\n")
    except KeyboardInterrupt:
        parser.exit(130, f"{NAME}: interrupted\n")


def _serve(server: GruLintServer, serving: Coroutine[None, None, None]) -> None:
    """Serves until the client leaves or its process ends; raises SystemExit where it says exit."""
    try:
        asyncio.run(_until_parent_ends(server, serving))
    finally:
        server.shutdown()


async def _until_parent_ends(server: GruLintServer, serving: Coroutine[None, None, None]) -> None:
    tasks = {asyncio.ensure_future(serving), asyncio.ensure_future(server.parent_has_ended.wait())}
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()
