"""A browser without a window, steered through a pipe by its own protocol: opens a page, runs lines in it, hands it files, takes pictures."""

import base64
import fcntl
import itertools
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--window-size=1280,900",
    # Every name of a machine fails: the network is cut.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
)
TO_BROWSER, FROM_BROWSER = 3, 4
"""File descriptors that the protocol uses."""


class Browser:
    """One page. Every request that it made is in `requests`, every error that it reported in `errors`."""

    def __init__(self, profile: Path) -> None:
        read, self._write = os.pipe()
        self._read, write = os.pipe()
        # The ends for the browser must not have the numbers that they are to get.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 32) for end in (read, write)]
        os.close(read)
        os.close(write)
        script = f'exec "$0" "$@" {TO_BROWSER}<&{ends[0]} {FROM_BROWSER}>&{ends[1]}'
        command = ["bash", "-c", script, str(CHROMIUM), *OPTIONS, f"--user-data-dir={profile}", "about:blank"]
        self._process = subprocess.Popen(
            command, pass_fds=ends, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        )
        for end in ends:
            os.close(end)
        self._waiting, self._ids, self._session = b"", itertools.count(1), ""
        self.requests: list[str] = []
        self.errors: list[str] = []
        self._loaded = False
        page = next(one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page")
        self._session = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "DOM", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **given: Any) -> dict[str, Any]:
        number = next(self._ids)
        asked = {"id": number, "method": method, "params": given}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._write, json.dumps(asked).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == number:
                assert "error" not in told, told
                result: dict[str, Any] = told["result"]
                return result
            self._hear(told)

    def open(self, page: Path) -> None:
        self._loaded = False
        self.call("Page.navigate", url=page.as_uri())
        while not self._loaded:
            self._hear(self._next())

    def run(self, script: str) -> Any:
        """The value of an expression; a promise is waited for."""
        done = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def until(self, condition: str) -> None:
        """Wait, ten seconds at most, until an expression is true."""
        script = (
            f"new Promise((done, fail) => {{ let n = 0; const look = () => {{ if ({condition}) done(true);"
            f" else if (n++ > 200) fail(new Error('never')); else setTimeout(look, 50); }}; look(); }})"
        )
        assert self.run(script) is True

    def give(self, selector: str, *files: Path) -> None:
        """Choose files in a field of the page."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        field = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", files=[str(file) for file in files], nodeId=field)

    def press(self, key: str) -> None:
        for kind in ("keyDown", "keyUp"):
            text = {"text": key} if len(key) == 1 and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, **text)

    def close(self) -> None:
        try:
            self.call("Browser.close")
        except (OSError, EOFError):
            self._process.kill()
        self._process.wait(30)
        os.close(self._write)
        os.close(self._read)

    def picture(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            part = os.read(self._read, 1 << 20)
            if not part:
                raise EOFError
            self._waiting += part
        told, self._waiting = self._waiting.split(b"\0", 1)
        event: dict[str, Any] = json.loads(told)
        return event

    def _hear(self, told: dict[str, Any]) -> None:
        name, given = told.get("method"), told.get("params", {})
        if name == "Page.loadEventFired":
            self._loaded = True
        elif name == "Network.requestWillBeSent":
            self.requests.append(given["request"]["url"])
        elif name == "Runtime.exceptionThrown":
            self.errors.append(str(given["exceptionDetails"]))
        elif name == "Log.entryAdded" and given["entry"]["level"] == "error":
            self.errors.append(given["entry"]["text"])
