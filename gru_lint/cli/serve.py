"""`gru-lint serve`."""

from __future__ import annotations

import logging
from typing import Annotated

import typer

from gru_lint.cli import _settings as given
from gru_lint.cli._command import Command
from gru_lint.cli._errors import fail, print_error

_ADDRESS, _BOUNDS, _ANSWERS = "Address", "Bounds", "Answers"


def serve(
    *,
    host: Annotated[
        str,
        typer.Option(
            metavar="<address>",
            help="Where to listen. Another address than this machine's own shows what is written to whoever listens "
            "in: there is no encryption.",
            rich_help_panel=_ADDRESS,
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65_535, metavar="<port>", help="0 for any that is free.", rich_help_panel=_ADDRESS)
    ] = 8081,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(
            metavar="<origin>",
            help="A web page or extension that may ask: https://example.org, moz-extension://*. May be repeated.",
            rich_help_panel=_ADDRESS,
        ),
    ] = None,
    upstream: Annotated[
        str | None,
        typer.Option(
            metavar="<URL>",
            help="A LanguageTool server that is sent every text, too; what it finds is in the same answer.",
            rich_help_panel=_ANSWERS,
        ),
    ] = None,
    context: Annotated[
        bool,
        typer.Option(
            help="Whether a paragraph of LibreOffice is read with those that it sent before.",
            rich_help_panel=_ANSWERS,
        ),
    ] = True,
    max_text_length: Annotated[
        int,
        typer.Option(min=100, max=5_000_000, metavar="<characters>", help="The longest text.", rich_help_panel=_BOUNDS),
    ] = 100_000,
    timeout: Annotated[
        float,
        typer.Option(
            min=0.1,
            max=3600,
            metavar="<seconds>",
            help="For a request to arrive, and for its text to be judged.",
            rich_help_panel=_BOUNDS,
        ),
    ] = 30.0,
    max_waiting: Annotated[
        int,
        typer.Option(
            min=1,
            max=100_000,
            metavar="<n>",
            help="Texts that may wait to be judged; more are answered with 429.",
            rich_help_panel=_BOUNDS,
        ),
    ] = 256,
    max_connections: Annotated[
        int,
        typer.Option(min=1, max=10_000, metavar="<n>", help="More are answered with 503.", rich_help_panel=_BOUNDS),
    ] = 512,
    log_requests: Annotated[
        bool,
        typer.Option("--log-requests", help="Log each request: its path, status and time, and nothing of its text."),
    ] = False,
    min_confidence: given.MinConfidence = None,
    select: given.Select = None,
    ignore: given.Ignore = None,
    config_file: given.ConfigFile = None,
    isolated: given.Isolated = False,
) -> None:
    """Answer programs that speak LanguageTool's HTTP API: LibreOffice, TeXstudio, browser add-ons and others.

    Its address is http://localhost:8081/v2, or without /v2; a browser shows a page to try it on there. Texts are
    neither kept nor sent anywhere. It stops at Ctrl-C or SIGTERM, when what it was asked is answered.

    [bold]Exit codes[/bold]

    0    stopped
    2    it cannot start
    """
    try:
        from gru_lint.serve.application import application
        from gru_lint.serve.bounds import LOOPBACK, OriginError, read_origin
        from gru_lint.serve.limits import Limits
        from gru_lint.serve.listening import ListenError, address_of, bound_socket
        from gru_lint.serve.listening import serve as answer
        from gru_lint.serve.upstream import Upstream, UpstreamError, api_url
    except ImportError as error:
        if error.name not in ("h11", "httpx", "starlette", "uvicorn"):
            raise
        fail("the server is another extra: install gru-lint[serve]")
    from gru_lint.config.discovery import ConfigError, ConfigFinder
    from gru_lint.linter import linter_for
    from gru_lint.model.weights_path import WeightsError

    keys = given.command_line_keys(min_confidence=min_confidence, select=select, ignore=ignore)
    limits = Limits(max_text_length, timeout, max_waiting, max_connections, Limits().context_s if context else 0.0)
    try:
        settings = ConfigFinder(keys, config_file, is_isolated=isolated).settings_for("text.txt")
        origins = [read_origin(origin) for origin in allow_origin or ()]
        asked_too = Upstream(api_url(upstream)) if upstream is not None else None
        # Weights that cannot be read end it here, and not at the first text.
        linter_for(settings)
        listening = bound_socket(host, port)
    except (ConfigError, ListenError, OriginError, UpstreamError, WeightsError) as error:
        fail(error)
    _log_to_standard_error()
    print_error(f"listening on {address_of(listening)}")
    # Where it is reached by other machines, they call it by names that are not known here.
    hosts = LOOPBACK if host in LOOPBACK or host.startswith("127.") else None
    app = application(settings, limits, asked_too, hosts, origins)
    answer(app, listening, limits, logs_requests=log_requests)


def _log_to_standard_error() -> None:
    handler = logging.Handler()
    handler.emit = lambda record: print_error(record.getMessage())  # type: ignore[method-assign]
    for name in ("gru_lint.serve", "uvicorn.error"):
        logging.getLogger(name).addHandler(handler)
        logging.getLogger(name).propagate = False
    logging.getLogger("gru_lint.serve").setLevel(logging.INFO)


COMMAND = Command(
    serve,
    """\
gru-lint serve                                        for the programs of this machine
gru-lint serve --upstream http://localhost:8082       with the findings of a LanguageTool server, too
gru-lint serve --allow-origin "moz-extension://*"     for an add-on of Firefox
""",
)
