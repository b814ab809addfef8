"""Makes the fonts that ship: Noto Sans for Latin, Greek, Cyrillic and Arabic letters and for signs.

Four packages of the npm registry hold the fonts as their authors release them, under the SIL Open Font
License 1.1, which reserves no name here. Each is cut down to the letters of briefs and gets a family name of
its own, so that a font of the same name on the reader's or the writer's machine is never taken instead.

Run ``make fonts``.
"""

import sys
from collections.abc import Iterable, Set
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parents[1] / "vedette" / "brief" / "fonts"
LETTERS = "0020-007E 00A0-036F 0370-052F 1E00-1FFF 2000-209F 20A0-20CF 2100-218F 2212 FB00-FB06 FFFD"
ARABIC = "0600-06FF 0750-077F 08A0-08FF FB50-FDFF FE70-FEFC 200C-200F 0020-002F 00A0 25CC 2E41"
ARROWS = "2190-21FF 2200-22FF 25A0-25FF"
SIGNS = "2600-27BF"
ALL = frozenset(range(0x110000))


@dataclass(frozen=True)
class Face:
    """One file that ships: package and font it is cut from, letters kept, family and weight it gets."""

    package: str
    font: str
    letters: str
    family: str
    weight: str

    @property
    def source(self) -> str:
        """The file in its package."""
        style = {"Regular": "400Regular", "Bold": "700Bold"}[self.weight]
        return f"{self.package}/package/{style}/{self.font}_{style}.ttf"


FACES = (
    Face("noto-sans", "NotoSans", LETTERS, "Vedette Sans", "Regular"),
    Face("noto-sans", "NotoSans", LETTERS, "Vedette Sans", "Bold"),
    Face("noto-sans-arabic", "NotoSansArabic", ARABIC, "Vedette Sans Arabic", "Regular"),
    Face("noto-sans-arabic", "NotoSansArabic", ARABIC, "Vedette Sans Arabic", "Bold"),
    Face("noto-sans-math", "NotoSansMath", ARROWS, "Vedette Sans Math", "Regular"),
    Face("noto-sans-symbols-2", "NotoSansSymbols2", SIGNS, "Vedette Sans Symbols", "Regular"),
)


def code_points(spans: str) -> Iterable[int]:
    """The code points of spans in hexadecimal, such as ``0020-007E 2212``."""
    for span in spans.split():
        first, _, last = span.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def cut(face: Face, packages: Path) -> TTFont:
    """The font of a face with its letters alone and its new names."""
    font = TTFont(packages / face.source, recalcTimestamp=False)
    options = Options(layout_features=["*"], hinting=False, notdef_outline=True, glyph_names=False)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["MATH"]
    cutter = Subsetter(options)
    cutter.populate(unicodes=set(code_points(face.letters)))
    cutter.subset(font)
    rename(font, face)
    return font


def rename(font: TTFont, face: Face) -> None:
    """Gives a font its family name, wherever its name stands."""
    joined = face.family.replace(" ", "")
    names = {
        1: face.family,
        2: face.weight,
        3: f"{joined}-{face.weight}",
        4: f"{face.family} {face.weight}",
        6: f"{joined}-{face.weight}",
    }
    for number, name in names.items():
        font["name"].removeNames(nameID=number)
        font["name"].setName(name, number, 3, 1, 0x409)
    if "STAT" in font:
        del font["STAT"]


def spans(letters: Set[int]) -> str:
    """Code points as spans in hexadecimal, one a line.

    >>> spans({65, 66, 67, 70})
    '0041-0043\\n0046-0046\\n'
    """
    firsts = sorted(each for each in letters if each - 1 not in letters)
    lasts = sorted(each for each in letters if each + 1 not in letters)
    return "".join(f"{first:04X}-{last:04X}\n" for first, last in zip(firsts, lasts, strict=True))


def main() -> None:
    """Writes all faces, and the letters that they have."""
    packages = Path(sys.argv[1])
    letters: dict[str, frozenset[int]] = {}
    for face in FACES:
        target = HERE / f"{face.family.replace(' ', '')}-{face.weight}.ttf"
        font = cut(face, packages)
        font.save(target)
        letters[face.family] = letters.get(face.family, ALL) & set(font.getBestCmap())
        print(f"{target.name}: {target.stat().st_size:,} bytes")
    lines = [f"# {family}\n{spans(own)}" for family, own in letters.items()]
    (HERE / "letters.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
