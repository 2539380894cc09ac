"""Is a heatmap to be believed? Measures of it, against maps that know nothing of the network.

    insertion(predict, pictures, classes, maps)      # a number a coin; so deletion and road
    bench = Bench(run, photographs)
    measure(bench, "gradcam", coins=200)             # adds to the run's faithfulness.csv
    check(bench, "gradcam")                          # sanity; adds to its sanity.json
    summarize(run, photographs)                      # writes its faithfulness.json

One measure a file: insertion_deletion.py, road.py, localization.py; the sanity checks in sanity.py;
badge.py holds the rule by which a method passes. `predict` takes a batch of pictures (n x size x
size x 3, 0-255) and gives a score for every class (n x classes): any function will do, so that any
backend can run the measures. Importing this package loads neither Keras nor SciPy.
"""
