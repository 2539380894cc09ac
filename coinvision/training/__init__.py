"""Fit a network to one dataset, one input, one fold held out, one seed: the result is a run.

    run = train(dataset, Job(network="small", input="color", fold=0, seed=0))

fitting.py is the loop over epochs. supply.py chooses the coins, sources.py feeds them by epochs:
as photographs, or for a network with a frozen part as its stored features (features.py).
schedule.py decides the rate and the end; checkpoint.py makes a killed training go on as if nothing
had happened.
"""

from coinvision.training.fitting import train
from coinvision.training.job import Job

__all__ = ["Job", "train"]
