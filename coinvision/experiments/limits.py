"""How the experiment was done and what it cannot say: the same words on the page and in reports."""

# Who named a test coin, by how the folds were cut.
TESTED_BY = {
    "grouped": "networks that never saw a coin of its group",
    "random": "networks that never saw it, but perhaps its relatives",
    "institution": "networks that never saw a coin of its museum",
}
ARMS_DIFFER = (
    "Networks are trained anew on what an arm shows; “color network” arms show the network that "
    "was trained on color something else, so they also measure how it bears what it never saw."
)
LIMITS = (
    ("Arms", ARMS_DIFFER),
    (
        "The difference",
        "It is on the same coins; its interval draws whole groups of related coins again "
        "(bootstrap). It spans one training each, not the chance in training; where another seed "
        "was tried, its table tells what that changes.",
    ),
    (
        "Groups",
        "Photographs that look alike and coins with neighboring museum numbers may share a coin, a "
        "die or a day at the camera; they are tested together.",
    ),
    (
        "Emperors",
        "Each one's p is that of an exact sign test over groups, corrected for asking about all of "
        "them (Holm).",
    ),
    (
        "Random colors",
        "They turn hues, weaken or strengthen them and leave a fifth of the views gray, in "
        "training only.",
    ),
    (
        "Mean color and hues",
        "This needs no network: a logistic regression, the same beside every network.",
    ),
    (
        "Background only",
        "The coin is masked. What is left may tell the museum; in all other arms the ground is "
        "white.",
    ),
    ("Gray", "It removes hue, not luster, nor how light or dark a metal or its patina is."),
    (
        "Portrait and legend",
        "They are parted at 0.7 of the coin's radius; a long neck or a letter may lie on the wrong "
        "side. What is hidden takes the coin's mean color, which so stays. Where labels were read "
        "off legends, it says little that the legend suffices.",
    ),
    ("Metals", "They are inferred from denominations where the record names none."),
)
