"""How well a run names emperors, with an interval beside every figure.

metrics = evaluate(run, dataset)     # predicts the held-out coins, then measures
metrics = measure(run)               # measures predictions that are there already
"""

from coinvision.evaluation.evaluating import evaluate, measure

__all__ = ["evaluate", "measure"]
