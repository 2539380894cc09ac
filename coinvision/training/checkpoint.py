"""A training's whole state after an epoch, so that a killed one goes on as if undisturbed.

Every variable of the model (weights, running statistics, the state of dropout's random numbers) and
of the optimizer, the average of the weights, the schedule, the history, and the best weights so
far, in one file that is replaced at a stroke.
"""

import io
import json
from dataclasses import asdict
from pathlib import Path

import keras
import numpy as np

from coinvision.errors import RunError
from coinvision.files import read_arrays, write_bytes
from coinvision.training.averaging import Average
from coinvision.training.schedule import Schedule

FILE = "checkpoint.npz"


def save(
    folder: Path,
    model: keras.Model,
    average: Average,
    schedule: Schedule,
    history: list[dict],
    best: list[np.ndarray],
) -> None:
    """Store the state in the run's folder."""
    arrays = {f"state{i}": _numpy(v) for i, v in enumerate(_variables(model))}
    arrays |= {f"best{i}": value for i, value in enumerate(best)}
    arrays |= {f"average{i}": value for i, value in enumerate(average.weights)}
    text = json.dumps({"schedule": asdict(schedule), "history": history, "steps": average.steps})
    arrays["text"] = np.frombuffer(text.encode(), np.uint8)
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    write_bytes(folder / FILE, buffer.getvalue())


def restore(
    folder: Path, model: keras.Model, average: Average
) -> tuple[Schedule, list[dict], list[np.ndarray]] | None:
    """Bring a stored state back into model, optimizer and average; None if there is none.

    Raises:
        RunError: the file is damaged or belongs to another network.
    """
    path = folder / FILE
    if not path.exists():
        return None
    try:
        stored = read_arrays(path)
        known = json.loads(stored["text"].tobytes())
        best = [stored[f"best{i}"] for i in range(len(model.weights))]
        average.weights = [stored[f"average{i}"] for i in range(len(model.weights))]
        average.steps = int(known["steps"])
        for i, variable in enumerate(_variables(model)):
            variable.assign(stored[f"state{i}"])
        return Schedule(**known["schedule"]), known["history"], best
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(
            f"{path} is damaged or of another network ({error}); delete {folder} to start anew."
        ) from error


def _variables(model: keras.Model) -> list:
    model.optimizer.build(model.trainable_variables)
    return [*model.variables, *model.optimizer.variables]


def _numpy(variable: object) -> np.ndarray:
    return np.asarray(keras.ops.convert_to_numpy(variable))
