"""What an experiment says of a network beyond its verdict, question by question.

answers(report["networks"]["vgg16"])     # {"Is color used?": "Answers depend on it: ...", ...}
"""

from typing import Any

from coinvision.experiments import alone, leaning


def answers(network: dict[str, Any]) -> dict[str, str]:
    """The questions that were asked, and their answers for a reader."""
    asked = {
        "Is color used?": leaning.as_sentence(network["against_color"]),
        "Face, legend or color alone?": alone.as_sentence(network["alone"]),
    }
    return {question: said for question, said in asked.items() if said}
