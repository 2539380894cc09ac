"""Fit a network to one dataset, one input, one fold held out, one seed: the result is a run.

    run = train(dataset, Job(network="small", input="color", fold=0, seed=0))

fitting.py is the loop over epochs; sources.py gives it photographs, or for a network with a frozen
part its stored features (features.py); schedule.py decides the rate and the end; checkpoint.py
makes a killed training go on as if nothing had happened.
"""

from coinvision.training.fitting import Job, train

__all__ = ["Job", "train"]
