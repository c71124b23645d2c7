"""Asks a time stamp authority for a time stamp (RFC 3161): the one place where the program uses the network, and only where `--timestamp` is given.

What is sent is a hash of the signature, from which nothing of the report can be read. Nobody else is asked than the address that was given.
"""

import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException
from typing import Any

from entirety.cli.terminal import safe
from entirety.errors import Environment

SECONDS = 30
"""Waited for a time stamp. Chosen."""

LARGEST = 1 << 20
"""Bytes of an answer that are read; time stamps with their certificates take about 6,000."""


def time_stamp(address: str, request: bytes) -> bytes:
    """What the time stamp authority at `address` answers to a request. Raises Environment with what is wrong."""
    host = safe(urllib.parse.urlsplit(address).netloc)
    asked = urllib.request.Request(  # noqa: S310 - `pdf_signing` lets http and https through, nothing else
        address, request, {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    )
    try:
        # No proxy out of the environment, and no other place that the address points to.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoOther())
        with opener.open(asked, timeout=SECONDS) as answer:
            content: bytes = answer.read(LARGEST + 1)
            kind = answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        error.close()
        raise Environment(f"the time stamp server at {host} refused with code {error.code}.") from error
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise Environment(
            f"the time stamp server at {host} could not be reached ({safe(str(reason) or type(error).__name__)})."
        ) from error
    if kind != "application/timestamp-reply" or len(content) > LARGEST:
        raise Environment(f"what {host} answered is no time stamp.")
    return content


class _NoOther(urllib.request.HTTPRedirectHandler):
    """Follows no redirection."""

    def redirect_request(self, *_arguments: Any) -> None:
        return None
