"""Trains in a process of its own, so that tests can kill it: worker.py DATASET RUNS JOB-AS-JSON."""

import json
import sys
from pathlib import Path

from coinvision import dataset
from coinvision.training import Job, train

train(
    dataset.read(sys.argv[1]),
    Job(**json.loads(sys.argv[3])),
    runs_folder=Path(sys.argv[2]),
    name="run",
    report=lambda sentence: print(sentence, flush=True),
)
