"""How many pieces of the partial copies are found, how exactly, and what is invented, counts first.

    python tests/bench/partial_score.py --cache DIR [--half tuning|reporting|all] [--signatures DIR] [--only TEXT] [--jobs N] [--list]

Every copy is compared with its recordings by `compare.coverage.cover`; the set is made by tests/bench/partial_copies.py.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.partial_match import Scored, scored
from entirety.knowledge.intervals import interval

MISSING_S = 0.1
"""Seconds by which the total of what is missing may differ."""
SPEED = 0.01
"""Share by which the speed may differ."""


def judged(case: dict[str, Any], signatures: Path) -> Scored:
    """One copy or pair, compared and held against truth."""
    from entirety.compare import store
    from entirety.compare.coverage import cover
    from entirety.measure.signature import sign
    from entirety.read.custody import take

    def signed(path: Path) -> Any:
        known = store.load(signatures, take(path).sha256)
        if known is None:
            known = sign(path)
            store.save(signatures, known)
        return known

    coverage = cover(signed(Path(case["clip"])), [signed(Path(source)) for source in case["sources"]])
    return scored(case, coverage)


def _share(count: int, of: int) -> str:
    low, high = interval(count, of)
    return f"{count}/{of}" + (f" ({low:.0%}-{high:.0%})" if of else "")


def report(results: list[Scored]) -> Iterable[str]:
    """The tables."""
    by: dict[str, list[Scored]] = defaultdict(list)
    for result in results:
        for label in (*result.conditions, f"structure {result.structure}", f"editor {result.editor}"):
            by[label].append(result)
        by["combined" if len(result.conditions) > 1 else "alone"].append(result)
        by["static camera" if result.static else "moving camera"].append(result)
        by["all"].append(result)
    yield f"{'condition':<24} {'copies':>6} {'pieces: both boundaries right':<30} {'off':>4} {'missed':>6} {'elsewhere':>9} {'invented':>8} missing right"
    for label, group in by.items():
        pieces = [piece for result in group for piece in result.pieces]
        right = sum(piece.found and max(piece.errors) <= piece.tolerance for piece in pieces)
        off = sum(piece.found for piece in pieces) - right
        missed = sum(not piece.found for piece in pieces)
        elsewhere, invented = sum(result.elsewhere for result in group), sum(result.invented for result in group)
        kept = sum(abs(result.missing_s) <= MISSING_S for result in group)
        yield f"{label:<24} {len(group):>6} {_share(right, len(pieces)):<30} {off:>4} {missed:>6} {elsewhere:>9} {invented:>8} {_share(kept, len(group))}"
    pieces = [piece for result in results for piece in result.pieces if piece.found]
    yield ""
    errors = sorted(max(piece.errors) for piece in pieces)
    bands = [(0, 0), (0, 1), (1, 2), (2, 5), (5, 25), (25, float("inf"))]
    spread = [
        f"{sum(low < error <= high or error == high == 0 for error in errors)} in ({low}, {high}]"
        for low, high in bands
    ]
    yield f"worse boundary of found pieces, pictures of the clip: {', '.join(spread)}"
    exact = [piece for result in results if result.exact for piece in result.pieces]
    yield f"stream copies exact to the picture: {_share(sum(p.found and max(p.errors) == 0 for p in exact), len(exact))}"
    sped = [piece for piece in pieces if piece.speed != 1]
    yield f"speed within {SPEED:.0%}: {_share(sum(abs(p.speed_error) <= SPEED for p in sped), len(sped))}"
    straight = [piece for piece in pieces if piece.speed == 1]
    yield f"speed 1 said where it is 1 (within {SPEED:.0%}): {_share(sum(abs(p.speed_error) <= SPEED for p in straight), len(straight))}"
    for what in ("reversed", "mirrored"):
        having = [piece for piece in pieces if getattr(piece, what)]
        named = sum(getattr(piece, f"{what}_named") for piece in having)
        wrongly = sum(getattr(p, f"{what}_named") for p in pieces if not getattr(p, what))
        yield f"{what} named: {_share(named, len(having))}; wrongly: {_share(wrongly, len(pieces) - len(having))}"


def pairs(results: list[Scored], name: str) -> str:
    """What was said of files that have nothing in common."""
    false = [result for result in results if result.invented]
    return f"{name}: {_share(len(false), len(results))} pairs with a piece, {sum(r.invented for r in false)} pieces"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--half", choices=("tuning", "reporting", "all"), default="all")
    parser.add_argument("--signatures", type=Path, help="where signatures are kept; CACHE/signatures if not said")
    parser.add_argument("--only", default="", help="part of the names of the copies that are scored")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="also print every copy that is not wholly right")
    chosen = parser.parse_args()
    signatures = chosen.signatures or chosen.cache / "signatures"
    signatures.mkdir(parents=True, exist_ok=True)
    copies = [json.loads(path.read_text()) for path in sorted((chosen.cache / "copies").glob("[0-9]*.json"))]
    sets = {"copies": copies}
    for name in ("unrelated", "static"):
        path = chosen.cache / f"{name}.json"
        sets[name] = json.loads(path.read_text()) if path.exists() else []
    with ProcessPoolExecutor(chosen.jobs) as pool:
        for name, cases in sets.items():
            wanted = [case for case in cases if chosen.half in ("all", case["half"]) and chosen.only in case["name"]]
            results = list(pool.map(partial(judged, signatures=signatures), wanted))
            print("\n".join(report(results)) if name == "copies" else pairs(results, name), flush=True)
            if chosen.list:
                print("\n".join(line for result in results for line in result.faults(MISSING_S)), flush=True)


if __name__ == "__main__":
    main()
