"""Who looks how, says what and is struck in what: the twelve emperors of the 2020 study, drawn.

Numbers are shares of the head's height (crown to chin) added to a plain profile; shares of metals
and headgear follow the records of the 2020 study and what the mints struck. Each line says why.
"""

from dataclasses import dataclass

METALS = ("gold", "silver", "billon", "bronze")
HEADGEAR = ("bare", "laureate", "radiate", "diademed")


@dataclass(frozen=True)
class Traits:
    """One emperor's portrait, legends, headgear and metals."""

    legends: tuple[str, ...]
    headgear: dict[str, float]
    metals: dict[str, float]
    coinage: dict[str, str]  # the denomination in each metal
    reason: str
    nose: float = 0.0  # longer
    hook: float = 0.0  # its bridge bent out
    brow: float = 0.0  # further out
    chin: float = 0.0  # further out
    jaw: float = 0.0  # heavier
    neck: float = 0.0  # wider
    square: float = 0.0  # 0 a round head, 1 a block
    hair: str = "locks"  # locks, curls, waves, cropped
    beard: str = "none"  # none, cropped, curls, long
    eye: float = 0.0  # larger
    draped: float = 0.1  # share of draped busts


# A century of denarii and large bronzes, laureate; the radiate crown marks the dupondius.
_PRINCIPATE = {"laureate": 0.72, "radiate": 0.12, "bare": 0.16}
_DENARII = {"silver": 0.62, "bronze": 0.28, "gold": 0.10}
# From about AD 250 busts are draped or cuirassed; before, a head with a bare neck is the rule.
# Diocletian's reform: laureate folles of silvered bronze; before it, radiate antoniniani.
_TETRARCHS = {"laureate": 0.70, "radiate": 0.30}
_FOLLES = {"bronze": 0.72, "billon": 0.22, "gold": 0.06}
_LATE = {"bronze": 0.90, "billon": 0.06, "gold": 0.04}

_OLD = {"gold": "Aureus", "silver": "Denarius", "billon": "Tetradrachm", "bronze": "Sestertius"}
_CRISIS = {**_OLD, "silver": "Antoninianus", "billon": "Antoninianus"}
_REFORM = {"gold": "Aureus", "silver": "Argenteus", "billon": "Antoninianus", "bronze": "Nummus"}
_CONSTANTINIAN = {"gold": "Solidus", "silver": "Siliqua", "billon": "AE2", "bronze": "AE3"}

EMPERORS: dict[str, Traits] = {
    "Trajan": Traits(
        legends=("IMP TRAIANO AVG GER DAC P M TR P", "IMP CAES NERVAE TRAIANO AVG GER DAC"),
        headgear=_PRINCIPATE,
        metals=_DENARII,
        coinage=_OLD,
        reason="clean-shaven, low straight fringe, long pointed nose, firm mouth",
        nose=0.03,
        brow=0.02,
        chin=-0.01,
    ),
    "Hadrian": Traits(
        legends=(
            "HADRIANVS AVGVSTVS",
            "IMP CAESAR TRAIAN HADRIANVS AVG",
            "HADRIANVS AVG COS III P P",
        ),
        headgear=_PRINCIPATE,
        metals=_DENARII,
        coinage=_OLD,
        reason="the first bearded emperor: short curled beard, waves of curls over the brow",
        hook=0.02,
        hair="curls",
        beard="cropped",
    ),
    "Antoninus Pius": Traits(
        legends=("ANTONINVS AVG PIVS P P TR P", "IMP T AEL CAES HADR ANTONINVS"),
        headgear=_PRINCIPATE,
        metals=_DENARII,
        coinage=_OLD,
        reason="full curled beard, long narrow face, thick curls",
        nose=0.01,
        chin=0.01,
        jaw=-0.02,
        hair="curls",
        beard="curls",
    ),
    "Marcus Aurelius": Traits(
        legends=("M ANTONINVS AVG TR P XXVIII", "IMP M ANTONINVS AVG", "AVRELIVS CAESAR AVG PII F"),
        headgear={"laureate": 0.6, "radiate": 0.1, "bare": 0.3},
        metals=_DENARII,
        coinage=_OLD,
        reason="the longest beard of the twelve, a philosopher's, and a mass of curls",
        hair="curls",
        beard="long",
        eye=0.01,
    ),
    "Gallienus": Traits(
        legends=("GALLIENVS AVG", "IMP GALLIENVS AVG", "IMP C P LIC GALLIENVS AVG"),
        headgear={"radiate": 0.95, "laureate": 0.05},
        metals={"billon": 0.62, "silver": 0.18, "bronze": 0.18, "gold": 0.02},
        coinage=_CRISIS,
        reason="radiate on the antoninianus; soft locks, beard along the jaw, heavy chin",
        jaw=0.02,
        chin=0.02,
        beard="cropped",
        draped=0.7,
    ),
    "Diocletian": Traits(
        legends=("IMP C DIOCLETIANVS P F AVG", "IMP DIOCLETIANVS P AVG"),
        headgear=_TETRARCHS,
        metals=_FOLLES,
        coinage=_REFORM,
        reason="tetrarchic block: square head, bull neck, cropped hair and beard",
        square=0.9,
        neck=0.07,
        jaw=0.03,
        hair="cropped",
        beard="cropped",
        draped=0.4,
    ),
    "Maximian": Traits(
        legends=("IMP C MAXIMIANVS P F AVG", "IMP MAXIMIANVS P F AVG", "D N MAXIMIANO P F S AVG"),
        headgear=_TETRARCHS,
        metals=_FOLLES,
        coinage=_REFORM,
        reason="Diocletian's twin, told by the snub nose; a legend is Galerius's too",
        square=0.85,
        neck=0.07,
        jaw=0.03,
        nose=-0.025,
        hook=-0.015,
        hair="cropped",
        beard="cropped",
        draped=0.4,
    ),
    "Galerius": Traits(
        legends=("GAL VAL MAXIMIANVS NOB CAES", "IMP MAXIMIANVS P F AVG", "MAXIMIANVS NOB CAES"),
        headgear={"laureate": 0.92, "radiate": 0.08},
        metals=_FOLLES,
        coinage=_REFORM,
        reason="the heaviest block of the tetrarchs, jutting brow and jaw",
        square=1.0,
        neck=0.09,
        jaw=0.05,
        brow=0.02,
        hair="cropped",
        beard="cropped",
        draped=0.25,
    ),
    "Licinius": Traits(
        legends=("IMP LICINIVS P F AVG", "IMP LIC LICINIVS P F AVG"),
        headgear={"laureate": 0.9, "radiate": 0.1},
        metals=_LATE,
        coinage=_CONSTANTINIAN,
        reason="still square and stubbled, but leaner than the first tetrarchs",
        square=0.6,
        neck=0.03,
        chin=0.02,
        hair="cropped",
        beard="cropped",
        draped=0.6,
    ),
    "Constantine I": Traits(
        legends=("CONSTANTINVS AVG", "IMP CONSTANTINVS P F AVG", "CONSTANTINVS MAX AVG"),
        headgear={"laureate": 0.66, "diademed": 0.30, "bare": 0.04},
        metals=_LATE,
        coinage=_CONSTANTINIAN,
        reason="clean-shaven, hooked nose, jutting chin, hair in long waves",
        nose=0.02,
        hook=0.035,
        chin=0.03,
        hair="waves",
        draped=0.7,
    ),
    "Constantine II": Traits(
        legends=("CONSTANTINVS IVN NOB C", "FL CL CONSTANTINVS IVN N C", "CONSTANTINVS AVG"),
        headgear={"laureate": 0.72, "diademed": 0.2, "bare": 0.08},
        metals=_LATE,
        coinage=_CONSTANTINIAN,
        reason="his father as a youth: same hair, straighter nose; as Augustus his legend too",
        nose=0.005,
        hook=0.015,
        chin=0.015,
        neck=-0.03,
        hair="waves",
        eye=0.01,
        draped=0.8,
    ),
    "Constantius II": Traits(
        legends=("D N CONSTANTIVS P F AVG", "FL IVL CONSTANTIVS NOB C", "CONSTANTIVS P F AVG"),
        headgear={"diademed": 0.85, "laureate": 0.15},
        metals=_LATE,
        coinage=_CONSTANTINIAN,
        reason="pearl diadem, very large eye, straight nose, slender neck",
        hook=0.0,
        chin=0.01,
        neck=-0.02,
        hair="waves",
        eye=0.025,
        draped=0.9,
    ),
}
