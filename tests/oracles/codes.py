"""How a journal's codes are read, written a second time from docs/practice-format.md ("Codes") for this proof."""

LEFT_OUT = ".†*+\u00a0"


def read_code(system: str, raw: str) -> str | None:
    """The code as a rule meets it, or None when it can be no code of its system."""
    text = raw.strip()
    if system == "ICPC-2":
        head, dot, tail = text.partition(".")
        if dot and len(tail) == 4 and tail.isdigit():
            text = head
    text = "".join(c for c in text if c not in LEFT_OUT and not c.isspace()).upper()
    return text if text.isascii() and text.isalnum() and SHAPES[system](text) else None


def _icd10(text: str) -> bool:
    return 3 <= len(text) <= 8 and text[0].isalpha() and text[1].isdigit()


def _icpc2(text: str) -> bool:
    return 3 <= len(text) <= 4 and text[0].isalpha() and text[1:].isdigit()


def _atc(text: str) -> bool:
    """One, three, four, five or seven characters: letter, two digits, two letters, two digits."""
    shape = "".join("9" if c.isdigit() else "A" for c in text)
    return shape in ("A", "A99", "A99A", "A99AA", "A99AA99")


SHAPES = {"ICD-10": _icd10, "ICPC-2": _icpc2, "ATC": _atc}
