"""An experiment: many classifiers asked about the same coins, each coin by one that never saw it.

    experiment = store.begin(folder, dataset)
    running.run(experiment, dataset, arms=["A", "B"], networks=["small"], folds=[0])
    reporting.report(experiment)

arms.py is the table of what a network is trained on and tested on; running.py trains and tests what
is missing; store.py keeps one row a test coin and nothing else; figures.py pools the folds and
compares; reporting.py writes it down. Networks, inputs and the rule for the verdict live elsewhere.
"""
