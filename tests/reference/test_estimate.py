#!/usr/bin/env python3
"""Checks of the reference implementation itself: python3 tests/reference/test_estimate.py MODEL.toml"""

import copy
import json
import math
import random
import sys
import tomllib
from pathlib import Path

import numpy as np
from scipy.integrate import quad
from scipy.special import betainc

import estimate as e

HERE = Path(__file__).parent
MODEL = Path(sys.argv[1])
first = tomllib.loads(MODEL.read_text(encoding="utf-8"))
second = tomllib.loads((HERE / "second-model.toml").read_text(encoding="utf-8"))


def near(a, b, tolerance=1e-12):
    return abs(a - b) <= tolerance * max(1.0, abs(a), abs(b))


def test_philox_known_answers():
    assert e.philox4x32((0, 0, 0, 0), (0, 0)) == (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)
    ones = 0xFFFFFFFF
    assert e.philox4x32((ones,) * 4, (ones,) * 2) == (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)
    assert e.philox4x32((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0)) == (
        0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)


def test_every_variable_visits_every_stratum_once():
    for model in (first, second):
        futures = e.register_all(model, 256)
        for name in futures.index:
            assert sorted(futures.stratum(*name)) == list(range(256))


def test_quantiles_are_exact():
    for f in (0.0, 0.07, 1 / 3, 0.5, 0.9, 1.0):
        u = (np.arange(4096) + 0.5) / 4096
        assert np.max(np.abs(betainc(1 + 4 * f, 5 - 4 * f, e.beta_quantiles(f, 4096)) - u) / u) < 1e-13
    # f = 0 is Beta(1, 5), whose quantile function is 1 - (1-u)^(1/5)
    assert np.max(np.abs(e.beta_quantiles(0.0, 512) / -np.expm1(np.log1p(-(np.arange(512) + 0.5) / 512) / 5) - 1)) < 1e-14


def test_pert_mean():
    values = e.pert([2.0, 3.0, 9.0], np.arange(65536), 65536)
    assert near(np.mean(values), (2 + 4 * 3 + 9) / 6, 1e-7)
    assert np.all(e.pert([4, 4, 4], np.arange(8), 8) == 4.0)


def test_quantiles_are_ordered_and_totals_add_up():
    rng = random.Random(5)
    for model in (first, second):
        for _ in range(15):
            for series, hours in e.futures_of(model, e.random_inputs(model, rng), 256).values():
                for values in series.values():
                    s = e.summary(values)
                    assert np.all(np.isfinite(values)) and s["p10"] <= s["p50"] <= s["p90"]
                parts = sum(v for k, v in series.items() if k.startswith("internal_"))
                assert np.allclose(series["internal"], parts, rtol=1e-12)
                assert np.all(series["delay"] >= 0) and np.all(series["pack_week2"] <= 1)
                assert np.all(series["accepted"] >= series["weeks_" + model["pack"]["milestone"]])


def test_more_capacity_never_delays():
    rng = random.Random(6)
    for model in (first, second):
        for _ in range(10):
            inputs = e.random_inputs(model, rng)
            for role in range(len(model["role"])):
                faster = copy.deepcopy(model)
                capacity = faster["role"][role]["capacity"]
                capacity["base"] = capacity.get("base", 0) + 5
                before, after = e.futures_of(model, inputs, 64), e.futures_of(faster, inputs, 64)
                for approach in before:
                    for name, value in before[approach][0].items():
                        if name.startswith("weeks"):
                            assert np.all(after[approach][0][name] <= value + 1e-9), (name, role)


def test_more_cto_hours_never_delay_the_cto():
    """Where the hours change the capacity only: below and above the range in which they also change the work."""
    for hours in (range(2, 9), range(20, 41)):
        last = None
        for h in hours:
            weeks = e.futures_of(first, e.default_inputs(first) | {"cto_hours": h}, 256)["cto"][0]["weeks"]
            assert last is None or np.all(weeks <= last + 1e-9)
            last = weeks


def test_accuracy_of_2048_futures():
    """Section 10: about 0.03 % on means, 0.2 % on P50, 0.5 % on P10 and P90."""
    errors = {"mean": [], "p50": [], "p10": [], "p90": []}
    for start in range(6):
        inputs = e.default_inputs(first) | {"start": start}
        small, large = (e.estimate(first, "", inputs, n)["approaches"] for n in (2048, 32768))
        for a in small:
            for name in ("cash", "internal", "delay", "total", "weeks"):
                for k in errors:
                    errors[k].append(small[a]["series"][name][k] / large[a]["series"][name][k] - 1)
    rms = {k: float(np.sqrt(np.mean(np.square(v)))) for k, v in errors.items()}
    print("   relative error at N = 2048 (root mean square):", {k: f"{100 * v:.3f} %" for k, v in rms.items()})
    assert rms["mean"] < 6e-4 and rms["p50"] < 5e-3 and max(rms["p10"], rms["p90"]) < 7e-3


HAND = """
order = { a = ["two", "one", "three"] }
input = [{id = "n", kind = "int", min = 1, max = 9, default = 2}, {id = "pc", kind = "percent", min = 0, max = 100, default = 50}]
risk = [{id = "s", value = [1.5, 1.5, 1.5], applies = "all"}]
phase = [{id = "p"}]
expense = [{id = "z", price = [7, 7, 7], drivers = ["n"]}]
milestone = [{id = "m", after = ["one"]}, {id = "done", after = ["two", "three"]}]
pack = {activity = "one", work = ["one"], milestone = "m", ideal = 0.85, gap = {x = {excess = [0.4, 0.4, 0.4]}}}
adoption = {activity = "one", from = "one", to = "three", ideal = 0.9, gap = {y = {excess = [0.2, 0.2, 0.2]}}}
loop = {rate = {a = [0.1, 0.1, 0.1], b = [0.1, 0.1, 0.1]}}
value.operations = {drivers = ["n"], percent = "pc", live = ["m"]}
value.automations = {count = "n", saved = "n", from = "three", to = "done"}
[meta]
version = 1
seed = 1
samples = 1024
horizon_weeks = 20
approaches = ["a", "b"]
value_team_rate = 10
value_recapture = 0.5
quality_max = 0.9
quality_target = 0.8
sufficient = 0.05
close_call = 0.6
[[role]]
id = "x"
kind = "internal"
rate = [10, 10, 10]
capacity = {base = 1, per = 2, input = "n"}
loss = {excess = [1, 1, 1], scale = [{input = "pc", x = [0, 100], y = [0, 0.5]}]}
opportunity = {input = "n", scale = [{input = "n", x = [1, 3], y = [0, 1]}]}
[[role]]
id = "y"
kind = "cash"
rate = [20, 20, 20]
capacity = {base = 5}
[[role]]
id = "team"
kind = "internal"
rate = [3, 3, 3]
capacity = {base = 2}
[[penalty]]
role = "x"
skill = "k"
excess = [0.5, 0.5, 0.5]
scale = [{input = "n", x = [0, 4], y = [0, 1]}]
[[penalty]]
role = "y"
skill = "k"
excess = [9, 9, 9]
approaches = ["b"]
[[activity]]
id = "one"
phase = "p"
skill = "k"
base = [4, 4, 4]
team = 0.5
min_weeks = [9, 9, 9]
scale = [{input = "pc", x = [0, 100], y = [0, 1]}]
share = {a = {x = 0.6, y = 0.4}, b = {}}
[[activity]]
id = "two"
phase = "p"
skill = "other"
per = [{hours = [3, 3, 3], drivers = ["n"]}]
approach_scale = {a = [{input = "n", x = [2, 3], y = [0.5, 1]}]}
share = {a = {x = 1.0}, b = {y = 1.0}}
[[activity]]
id = "three"
phase = "p"
skill = "other"
base = [2, 2, 2]
after = ["one"]
share = {a = {y = 1.0}, b = {y = 1.0}}
"""


def test_a_model_without_uncertainty_worked_by_hand():
    model = tomllib.loads(HAND)
    result = {a: {k: v["mean"] for k, v in r["series"].items()} for a, r in
              e.estimate(model, "hand", e.default_inputs(model), 16)["approaches"].items()}
    # approach a: x has (1 + 2*2) / (1 + 0.25) = 4 hours a week; "two" is 1.5*6*0.5 = 4.5 h of x: weeks 0 to 1.125
    # "one": W = 0.5*4*1.5 = 3; x 1.8*(1 + 0.5*0.5) = 2.25 h, y 1.2 h, team 1.5 h; from 1.125, at least 9*0.5 weeks
    # "three": 3 h of y, from 5.625 for 0.6 weeks
    a = result["a"]
    one, three = 1.125 + 4.5, 1.125 + 4.5 + 0.6
    assert near(a["weeks_m"], one) and near(a["weeks_done"], three) and near(a["weeks"], three)
    assert near(a["cash"], 20 * (1.2 + 3) + 14) and near(a["cash_p"], 20 * 4.2)
    assert near(a["internal"], 10 * (1 + 0.5) * (4.5 + 2.25) + 3 * 1.5)  # opportunity 1 + (2-1)*0.5
    q0 = 0.85 - 0.6 * 0.4
    adopted = (0.9 - 0.4 * 0.2) * q0 / 0.8
    assert near(a["accepted"], one + math.log((0.9 - q0) / 0.1) / 0.1)
    assert near(a["pack_week2"], q0 * (2 - 1.125) / 4.5)
    assert near(a["adoption_month2"], adopted)  # finished by then
    assert near(a["quality_month3"], 0.9 - (0.9 - q0) * math.exp(-0.1 * (13 - one)))
    area = quad(lambda t: 0.9 - (0.9 - q0) * math.exp(-0.1 * (t - one)), one, 20, epsabs=1e-13)[0]
    v_ops, v_auto = 2 * 0.5 * 5, 2 * 2 * 5
    autos = v_auto / 2 * ((20 - (one + three) / 2) + (20 - three))
    assert near(a["delay"], (v_ops * 0.9 + v_auto) * 20 - v_ops * adopted * area - autos, 1e-10)
    # approach b: nobody does "one"; "two" is 9 h and "three" 3 h of y, one after the other
    b = result["b"]
    assert near(b["weeks_m"], 0) and near(b["weeks"], 12 / 5) and near(b["internal"], 0)
    assert near(b["cash"], 20 * 12 + 14) and near(b["accepted"], 0)
    assert near(b["adoption_month2"], 0.9)


def test_golden_files_are_up_to_date():
    for path, golden in ((MODEL, "cto-or-partner.json"), (HERE / "second-model.toml", "second-model.json")):
        model, data = tomllib.loads(path.read_text(encoding="utf-8")), json.loads((HERE / golden).read_text())

        def compare(a, b, where):
            if isinstance(a, dict):
                assert a.keys() == b.keys(), where
                for k in a:
                    compare(a[k], b[k], where + "/" + k)
            elif isinstance(a, float):
                assert near(a, b, 1e-11), (where, a, b)
            else:
                assert a == b, (where, a, b)

        for i, case in enumerate(data["cases"]):
            compare(case, e.estimate(model, path.stem, case["inputs"], data["samples"]), f"{golden} case {i}")


if __name__ == "__main__":
    for name, check in list(globals().items()):
        if name.startswith("test_"):
            check()
            print("ok", name)
