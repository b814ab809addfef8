"""Mutations of the YAML and GeoJSON files of a case."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np
import yaml

from support.fuzz.mutant import Fate, Files, Kind, Mutant, Mutation, pick

_SETTINGS, _PLACES = "case.yaml", "places.geojson"
Loaded = dict[str, Any]

_NASTY: tuple[Any, ...] = (
    *(None, "", " ", [], {}, [None], {"a": 1}, True, 0, -1, 1.5, 10**30, 1e308, float("inf"), float("nan")),
    *("2014-02-30", "٢٠١٤-٠١-٠١", "x" * 5000, "\u202eabc", "no-such-id-7", "2059-01-01", "[unclosed", "=1+1"),
)
_BAD_KEYS: tuple[tuple[str, Any], ...] = (
    *(
        ("start", "2014-02-30"),
        ("start", 20140101),
        ("start", "2059-01-01"),
        ("step", "year"),
        ("horizon", 0),
    ),
    *(
        ("horizon", "١٢"),
        ("horizon", 10**30),
        ("id", "Two Words"),
        ("title", None),
        ("title", ["a"]),
        ("scale", "mine"),
    ),
    *(
        ("country", "Fourland"),
        ("bounds", [1, 2, 3]),
        ("bounds", [5, 5, 1, 1]),
        ("strata", {"id": "x"}),
        ("events", None),
    ),
    *(
        ("as_of", "2059-12-31"),
        ("schema", 99),
        ("anonymity", 1),
        ("editions", []),
        ("unheard_of", 1),
        ("aliases", ["x"]),
    ),
    *(
        ("regions", [{"id": "r", "name": "R"}]),
        ("question", "a\u202eb"),
        ("downloads", [{"name": "x"}]),
        ("belief", 3),
    ),
)
_GOOD_KEYS: tuple[tuple[str, Any], ...] = (
    *(
        ("title", "Another title: with colon"),
        ("title", "عنوان"),
        ("question", "Why?\nAnd how?"),
        ("question", ""),
    ),
    *(("horizon", 3), ("scale", "phia"), ("anonymity", 7), ("credits", []), ("downloads", [])),
)


def _of_settings(kind: str, what: str, fate: Fate, change: Callable[[str], str]) -> Mutation:
    def mutation(rng: np.random.Generator, files: Files) -> Mutant | None:
        del rng
        if _SETTINGS not in files:
            return None
        content = change(files[_SETTINGS].decode()).encode("utf-8", "surrogatepass")
        return Mutant(kind, f"{_SETTINGS}: {what}", {**files, _SETTINGS: content}, fate)

    return mutation


def _dumped(loaded: object, **how: Any) -> bytes:
    return yaml.safe_dump(loaded, **{"sort_keys": False, "allow_unicode": True, **how}).encode()  # type: ignore[no-any-return]


def _key(rng: np.random.Generator, files: Files, among: tuple[tuple[str, Any], ...], fate: Fate) -> Mutant:
    loaded = yaml.safe_load(files[_SETTINGS])
    name, value = among[int(rng.integers(len(among)))]
    content = _dumped({**loaded, name: value})
    return Mutant("YAML", f"{_SETTINGS}: {name} = {value!r:.40}", {**files, _SETTINGS: content}, fate)


def _bad_key(rng: np.random.Generator, files: Files) -> Mutant:
    return _key(rng, files, _BAD_KEYS, Fate.REFUSED)


def _good_key(rng: np.random.Generator, files: Files) -> Mutant:
    return _key(rng, files, _GOOD_KEYS, Fate.ACCEPTED)


def _styled(rng: np.random.Generator, files: Files) -> Mutant:
    loaded = yaml.safe_load(files[_SETTINGS])
    style = {"default_flow_style": bool(rng.integers(2)), "width": int(rng.integers(20, 200))}
    content = b"# a comment\n" + _dumped(loaded, **style, sort_keys=bool(rng.integers(2)))
    return Mutant("YAML", f"{_SETTINGS}: written otherwise", {**files, _SETTINGS: content}, Fate.ACCEPTED)


def _places_in(node: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values in a loaded document."""
    found = [path] if path else []
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in entries:
        found += _places_in(value, (*path, key))
    return found


def _put(loaded: Any, path: tuple[Any, ...], value: object) -> Any:
    whole = deepcopy(loaded)
    node = whole
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return whole


def _wild_value(rng: np.random.Generator, files: Files) -> Mutant | None:
    """Any value anywhere in any YAML file."""
    names = [name for name in files if name.endswith(".yaml")]
    name = pick(rng, names)
    loaded = yaml.safe_load(files[name])
    paths = _places_in(loaded)
    path = paths[int(rng.integers(len(paths)))]
    value = _NASTY[int(rng.integers(len(_NASTY)))]
    what = f"{name}: {'.'.join(map(str, path))} = {value!r:.40}"
    return Mutant("YAML", what, {**files, name: _dumped(_put(loaded, path, value))}, Fate.EITHER, moved=None)


def _bad_mechanism(rng: np.random.Generator, files: Files) -> Mutant | None:
    name = "mechanisms.yaml"
    if name not in files:
        return None
    change = pick(rng, ["base", "source", "unit", "alias", "key"])
    text = files[name].decode()
    head, _, rest = text.partition("\n")
    changed = {
        "base": f"base: no-such-scenario\n{rest}",
        "source": text.replace("source: ", "source: no-such-source-7 # ", 1).replace("}", "", 0),
        "unit": text.replace("unit: ", "unit: parsecs-", 1),
        "alias": f"x: &x 1\n{text}",
        "key": f"unheard: of\n{text}",
    }[change]
    del head
    return Mutant("YAML", f"{name}: {change}", {**files, name: changed.encode()}, Fate.REFUSED)


def _bomb(text: str) -> str:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]
    return "\n".join([*lines, text])


YAML = Kind(
    "YAML",
    (_good_key, _styled, _of_settings("YAML", "comments", Fate.ACCEPTED, lambda t: f"# one\n\n{t}\n# two\n")),
    (
        _bad_key,
        _bad_key,
        _bad_mechanism,
        _of_settings("YAML", "an alias bomb", Fate.REFUSED, _bomb),
        _of_settings("YAML", "a key twice", Fate.REFUSED, lambda t: f"{t}\ntitle: again\n"),
        _of_settings("YAML", "tabs", Fate.REFUSED, lambda t: f"\tx: 1\n{t}"),
        _of_settings("YAML", "deep nesting", Fate.REFUSED, lambda t: f"{t}\nx: {'[' * 5000}"),
        _of_settings(
            "YAML", "a tag", Fate.REFUSED, lambda t: f"{t}\nx: !!python/object/apply:os.getcwd []\n"
        ),
        _of_settings(
            "YAML", "a control character", Fate.REFUSED, lambda t: t.replace("title: ", "title: \x07", 1)
        ),
        _of_settings("YAML", "two documents", Fate.REFUSED, lambda t: f"{t}\n---\n{t}"),
    ),
    (_wild_value,),
)


def _drawn(what: str, fate: Fate, change: Callable[[np.random.Generator, Loaded], object]) -> Mutation:
    def mutation(rng: np.random.Generator, files: Files) -> Mutant | None:
        loaded = json.loads(files[_PLACES])
        if not loaded.get("features"):
            return None
        made = change(rng, loaded)
        content = made if isinstance(made, bytes) else json.dumps(made, ensure_ascii=False).encode()
        return Mutant("GeoJSON", f"{_PLACES}: {what}", {**files, _PLACES: content}, fate)

    return mutation


def _feature(rng: np.random.Generator, loaded: Loaded) -> Loaded:
    features = loaded["features"]
    return features[int(rng.integers(len(features)))]  # type: ignore[no-any-return]


def _with(rng: np.random.Generator, loaded: Loaded, **parts: object) -> Loaded:
    _feature(rng, loaded).update(parts)
    return loaded


def _geometry(rng: np.random.Generator, loaded: Loaded, coordinates: object) -> Loaded:
    return _with(rng, loaded, geometry={"type": "Polygon", "coordinates": coordinates})


def _shuffled(rng: np.random.Generator, loaded: Loaded) -> Loaded:
    order = rng.permutation(len(loaded["features"]))
    return {**loaded, "features": [loaded["features"][place] for place in order]}


def _more_properties(rng: np.random.Generator, loaded: Loaded) -> Loaded:
    for feature in loaded["features"]:
        feature["properties"]["remark of mine"] = int(rng.integers(10))
    return {"bbox": [0, 0, 1, 1], **loaded}


def _third_dimension(rng: np.random.Generator, loaded: Loaded) -> Loaded:
    del rng
    for feature in loaded["features"]:
        if feature["geometry"]["type"] == "Polygon":
            rings = feature["geometry"]["coordinates"]
            feature["geometry"]["coordinates"] = [[[*point[:2], 0.0] for point in ring] for ring in rings]
    return loaded


def _wild_geometry(rng: np.random.Generator, files: Files) -> Mutant | None:
    """Any value anywhere in the polygons."""
    loaded = json.loads(files[_PLACES])
    paths = _places_in(loaded)
    if not paths:
        return None
    path = paths[int(rng.integers(len(paths)))]
    value = _NASTY[int(rng.integers(len(_NASTY)))]
    what = f"{_PLACES}: {'.'.join(map(str, path))} = {value!r:.40}"
    content = json.dumps(_put(loaded, path, value)).encode()
    return Mutant("GeoJSON", what, {**files, _PLACES: content}, Fate.EITHER)


_BOW_TIE = [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]
GEOJSON = Kind(
    "GeoJSON",
    (
        _drawn("features in another order", Fate.ACCEPTED, _shuffled),
        _drawn("more properties", Fate.ACCEPTED, _more_properties),
        _drawn("pretty", Fate.ACCEPTED, lambda _, loaded: json.dumps(loaded, indent=1).encode()),
        _drawn(
            "byte order mark", Fate.ACCEPTED, lambda _, loaded: b"\xef\xbb\xbf" + json.dumps(loaded).encode()
        ),
        _drawn("heights", Fate.ACCEPTED, _third_dimension),
    ),
    (
        _drawn("cut off", Fate.REFUSED, lambda _, loaded: json.dumps(loaded).encode()[:-30]),
        _drawn("no geometry", Fate.REFUSED, lambda rng, loaded: _with(rng, loaded, geometry=None)),
        _drawn(
            "a point",
            Fate.REFUSED,
            lambda rng, o: _with(rng, o, geometry={"type": "Point", "coordinates": [0, 0]}),
        ),
        _drawn("a bow tie", Fate.REFUSED, lambda rng, loaded: _geometry(rng, loaded, _BOW_TIE)),
        _drawn("texts as coordinates", Fate.REFUSED, lambda rng, o: _geometry(rng, o, [[["a", "b"]] * 4])),
        _drawn(
            "huge numbers",
            Fate.REFUSED,
            lambda rng, o: _geometry(rng, o, [[[10**400, 0], [1, 1], [1, 0], [10**400, 0]]]),
        ),
        _drawn(
            "beyond the earth",
            Fate.REFUSED,
            lambda rng, o: _geometry(rng, o, [[[500, 0], [501, 0], [501, 1], [500, 0]]]),
        ),
        _drawn("no coordinates", Fate.REFUSED, lambda rng, loaded: _geometry(rng, loaded, [])),
        _drawn("no properties", Fate.REFUSED, lambda rng, loaded: _with(rng, loaded, properties=None)),
        _drawn("a list of lists", Fate.REFUSED, lambda _, loaded: [[loaded]]),
        _drawn(
            "NaN",
            Fate.REFUSED,
            lambda rng, o: _geometry(rng, o, [[[float("nan"), 0], [1, 1], [1, 0], [0, 0]]]),
        ),
        _drawn("deep", Fate.REFUSED, lambda _, loaded: b"[" * 100_000),
    ),
    (_wild_geometry,),
)
