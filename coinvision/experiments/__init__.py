"""An experiment: many classifiers asked about the same coins, each coin by one that never saw it.

    experiment = store.begin(folder, dataset)
    running.run(experiment, dataset, plan.Plan(["small"], ["A", "B"], [0]))
    reporting.report(experiment)

arms.py is the table of what a network is trained on and tested on, conflict.py its arm of drawn
coins; plan.py says which cells are wanted, missing.py in short which are not there, running.py
trains and tests those; store.py keeps one row a test coin and nothing else; figures.py pools the
folds, ranking.py compares all classifiers with the first, pairs.py every two networks, learning.py
numbers of training coins, sureness.py calibration, training_time.py the recipe of 2020;
reporting.py gathers all of it, text.py, document.py and limits.py say it. Networks, inputs and the
rule for the verdict live elsewhere.
"""
