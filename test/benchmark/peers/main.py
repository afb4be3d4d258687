#!/usr/bin/env python3
"""Times the jobs in one library: python main.py numpy|torch|torch-compile|jax [JOB ...]  (no JOB: all).

Prints one JSON object a line: {"job", "peer", "seconds", "steps", "runs", "loss": mean loss before the last update}.
"""
import importlib
import sys

from data import clock
from jobs import JOBS

peer, *chosen = sys.argv[1:]
module = importlib.import_module(f"{peer.split('-')[0]}_jobs")
is_compiled = peer == "torch-compile"
for job in chosen or JOBS:
    kind, sizes = JOBS[job]
    if is_compiled and not kind.endswith("_gd"):
        continue
    options = dict(sizes, compiled=True) if is_compiled else sizes
    train = getattr(module, kind)(**options)
    clock(job, peer, sizes["steps"], sizes.get("runs", 1), train, warm=peer in ("jax", "torch-compile"))
