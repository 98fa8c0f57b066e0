"""Messages that break the protocol: a request is answered by an error, anything else is logged."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextvars import ContextVar
from inspect import isawaitable
from typing import Any, Final

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.protocol import LanguageServerProtocol, lsp_method

from gru_lint_server.encoded import encoded

# The protocol's greatest integer; some clients send a greater one for "the end of the text".
_MOST: Final = 2**31 - 1
_PLACE: Final = ("line", "character")


# The work-done token of the command that is being run: pygls hands on its arguments alone.
COMMAND_TOKEN: Final[ContextVar[types.ProgressToken | None]] = ContextVar("COMMAND_TOKEN", default=None)


class Protocol(LanguageServerProtocol):
    """pygls' protocol, with an answer to requests that cannot be read: pygls answers nothing."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._sending: set[asyncio.Future[None]] = set()

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message, or a part of one, from JSON. Raises `JsonRpcException`, after a malformed request was answered."""
        if "line" in data and "character" in data:
            # Were the edit dropped for it, our text would differ from the client's.
            data |= {key: _MOST for key in _PLACE if isinstance(data[key], (int, float)) and data[key] > _MOST}
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and isinstance(data.get("id"), (int, str)):
                self._send_response(data["id"], None, error.to_response_error())
            raise

    def _send_data(self, data: Any) -> None:
        """Sends a message as pygls does, but for what is JSON already; see `encoded`."""
        if self.writer is None:
            return
        try:
            body = encoded(data, self._serialize_message)
            headers = f"Content-Length: {len(body)}\r\n\r\n" if self._include_headers else ""
            # A socket's writer is awaited, a pipe's is not.
            if isawaitable(sent := self.writer.write(f"{headers}{body}".encode("ascii"))):
                self._sending.add(sending := asyncio.ensure_future(sent))
                sending.add_done_callback(self._sending.discard)
        except BrokenPipeError:
            raise
        except Exception as error:
            self._server._report_server_error(error, JsonRpcInternalError)

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    def lsp_workspace__execute_command(self, params: types.ExecuteCommandParams) -> Generator[Any, Any, Any]:
        """Runs a command, which may ask for `COMMAND_TOKEN`."""
        COMMAND_TOKEN.set(params.work_done_token)
        return (yield from super().lsp_workspace__execute_command(params))

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, Any]:
        """Announces work-done progress of commands and renames, for which pygls has no option."""
        result = yield from super().lsp_initialize(params)
        offered = result.capabilities
        for options in (offered.execute_command_provider, offered.rename_provider):
            # A client that takes no options gets True in their place.
            if isinstance(options, (types.ExecuteCommandOptions, types.RenameOptions)):
                options.work_done_progress = True
        return result

    def handle_message(self, message: Any) -> None:
        """Hands a message to its handler; one that is no message at all is answered by an error."""
        if not hasattr(message, "jsonrpc"):
            code = types.ErrorCodes.InvalidRequest.value
            self._send_data({"jsonrpc": "2.0", "id": None, "error": {"code": code, "message": "Invalid Request"}})
            return
        if hasattr(message, "id") and hasattr(message, "method") and (error := self._refusal(message.method)):
            self._send_response(message.id, None, error)
            return
        super().handle_message(message)

    def _refusal(self, method: str) -> types.ResponseError | None:
        """Why no request of this method is answered now; None where it is."""
        begins, is_begun = method == types.INITIALIZE, self._workspace is not None
        if self._shutdown:
            return types.ResponseError(types.ErrorCodes.InvalidRequest.value, "The server is shutting down")
        if begins and is_begun:
            return types.ResponseError(types.ErrorCodes.InvalidRequest.value, "The server is initialized already")
        if not begins and not is_begun:
            return types.ResponseError(types.ErrorCodes.ServerNotInitialized.value, "The server is not initialized")
        return None
