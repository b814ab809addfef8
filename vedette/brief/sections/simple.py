"""What the simple forecasts, with which that of a brief is compared, are called in words."""


def simple_words(baseline: str) -> str:
    """A baseline in words; one that has none by its name.

    >>> simple_words("zero"), simple_words("conflictology-12")
    ('“nobody dies”', '“like one of the last 12 months”')
    """
    kind, _, months = baseline.rpartition("-")
    match kind or months:
        case "zero":
            return "“nobody dies”"
        case "last":
            return "“like last month”"
        case "conflictology" | "bootstrap":
            return f"“like one of the last {months} months”"
        case "ewma":
            return "“like recent months, the newest most”"
    return baseline
