"""Who is shown on a coin, and how surely a source says so."""

# what `portrait_source` may be; the surest first
OBVERSE = "obverse"
REVERSE = "reverse"
SOME_SIDE = "obverse or reverse"  # query.csv names portraits without their side
AUTHORITY_PORTRAIT = "authority-portrait-role"  # a portrait that stands inside the authority
AUTHORITY = "authority"  # nobody is named as portrait: who issued the coin, a guess

Portrait = tuple[str | None, str | None]


def first_portrait(*candidates: tuple[list[str], str]) -> Portrait:
    """The first name of the first source that names somebody, and that source."""
    for names, source in candidates:
        if names:
            return names[0], source
    return None, None
