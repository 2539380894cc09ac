"""Explaining on and on must not need ever more memory."""

import subprocess
import sys
from pathlib import Path

import pytest

# A process of its own: what other tests left behind is not measured.
CODE = """
from pathlib import Path
import keras
import numpy as np
from coinvision import explanation

photograph = keras.Input((64, 64, 3))
features = keras.layers.Conv2D(16, 3, activation="relu", name="features")(photograph)
logits = keras.layers.Dense(12)(keras.layers.Flatten()(features))
model = keras.Model(photograph, logits)
pictures = np.random.default_rng(0).integers(0, 256, (8, 64, 64, 3), dtype=np.uint8)

def explain(times):
    for i in range(times):  # batches of many sizes
        n = 1 + i % 8
        explanation.get("gradcam")(model, "features", pictures[:n], np.zeros(n, int))

def megabytes():
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024

explain(40)
before = megabytes()
explain(450)
print(megabytes() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_memory_is_flat_over_two_thousand_maps() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-500:]
    # 2,025 maps; one graph built anew for each batch would take hundreds of megabytes
    assert float(done.stdout.splitlines()[-1]) < 30
