"""What pages read in the files that scripts write, as JSON schemas: one check before all use.

check(found, REPORT, "artifacts/experiments/coins/report.json")     # RunError, in one sentence
"""

from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from coinvision.errors import RunError
from coinvision.experiments.limits import TESTED_BY

Schema = dict[str, Any]


def check(found: dict[str, Any], schema: Schema, where: str) -> dict[str, Any]:
    """What was found, if it has the shape.

    Raises:
        RunError: it has not; the sentence says where the file is odd.
    """
    fault = best_match(Draft202012Validator(schema).iter_errors(found))
    if fault is not None:
        place = "/".join(map(str, fault.absolute_path)) or "the whole"
        said = fault.message if len(fault.message) < 100 else f"no {fault.validator_value}"
        raise RunError(
            f"{where} is damaged ({place}: {said}); the script that made it writes it again."
        )
    return found


def has(**parts: Schema) -> Schema:
    """An object with at least these parts."""
    return {"type": "object", "required": list(parts), "properties": parts}


def each(shape: Schema) -> Schema:
    """An object by name whose values all have a shape."""
    return {"type": "object", "additionalProperties": shape}


def rows(shape: Schema) -> Schema:
    """A list whose items all have a shape."""
    return {"type": "array", "items": shape}


def both(one: Schema, other: Schema) -> Schema:
    """What has one shape and the other."""
    return {"allOf": [one, other]}


def maybe(shape: Schema) -> Schema:
    """A shape, or null."""
    return {"anyOf": [shape, {"type": "null"}]}


TEXT, NUMBER, COUNT = {"type": "string"}, {"type": "number"}, {"type": "integer"}
BOUND = {"type": ["number", "null"]}
FIGURE = has(value=BOUND, low=BOUND, high=BOUND, n=COUNT)

REPORT = has(
    coins=COUNT,
    margin=NUMBER,
    split={"enum": list(TESTED_BY)},
    classifiers=rows(
        has(
            classifier=TEXT,
            arm=TEXT,
            stands_for=TEXT,
            n=COUNT,
            folds=each(FIGURE),
            accuracy=FIGURE,
            macro_f1=FIGURE,
            log_loss=NUMBER,
        )
    ),
    networks=each(
        has(
            verdict=has(kind=TEXT, sentence=TEXT),
            within=each(each(has(kind=TEXT, sentence=TEXT))),
            alone=maybe(
                has(n=COUNT, whole=FIGURE, parts=each(FIGURE), commonest=TEXT, share=NUMBER)
            ),
            against_color=each(both(FIGURE, has(color=FIGURE))),
            emperors=rows(
                both(FIGURE, has(emperor=TEXT, first=NUMBER, second=NUMBER, corrected=NUMBER))
            ),
        )
    ),
    against_grouped=rows(
        has(
            **dict.fromkeys(("classifier", "arm", "whose"), TEXT),
            **dict.fromkeys(("here", "grouped", "difference"), FIGURE),
            museums=rows(TEXT),
        )
    ),
    pairs=rows(
        has(
            **dict.fromkeys(("shown", "more", "less"), TEXT),
            **dict.fromkeys(("only_more", "only_less"), COUNT),
            difference=FIGURE,
            tie={"type": "boolean"},
            corrected=NUMBER,
        )
    ),
    seeds=rows(has(classifier=TEXT, what=TEXT, only_one=COUNT, difference=FIGURE)),
    cue_conflict=each(has(portrait=FIGURE, legend=FIGURE, neither=FIGURE, portrait_bias=FIGURE)),
    learning=each(
        rows(
            both(
                FIGURE,
                has(
                    training_coins=COUNT,
                    folds=rows(COUNT),
                    gain=maybe(FIGURE),
                    than=maybe(COUNT),
                ),
            )
        )
    ),
)

MEASURED = has(n=COUNT, insertion_deletion=FIGURE, road=FIGURE)
FAITHFULNESS = has(
    methods=each(both(MEASURED, has(passes={"type": "boolean"}, badge=TEXT))),
    controls=each(MEASURED),
)

BLANKED = has(accuracy=FIGURE, difference=FIGURE)
REGIONS = has(
    whole=FIGURE,
    regions=each(
        both(
            BLANKED,
            has(emperors=each(BLANKED), most_named=has(emperor=TEXT, named=FIGURE, his=NUMBER)),
        )
    ),
)

SURENESS = has(calibration_error=NUMBER, perfect_from=NUMBER, perfect_to=NUMBER, brier=NUMBER)
CALIBRATION = has(temperature=NUMBER, fitted_on=COUNT, before=SURENESS, after=SURENESS)
