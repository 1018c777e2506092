#!/usr/bin/env python3
"""Reference implementation of the estimate model, written from the mathematics in MODEL.md only.

    python3 tests/reference/estimate.py MODEL.toml [--set functions=6]... [--samples N]
    python3 tests/reference/estimate.py MODEL.toml --random K --seed S [--samples N]
    python3 tests/reference/estimate.py MODEL.toml --golden K --seed S --samples N > golden.json

The first form prints one result as JSON, the second a list of K results for random inputs, the third a
golden file: the default inputs, every other option of the first choice input, and K random inputs.

It favours being easy to compare with the page over being fast.  Arrays hold one number per future.
Section numbers are those of MODEL.md.  "READING" marks a place where the page leaves a choice.
"""

import argparse
import json
import math
import random
import sys
import tomllib
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy.special import betaincinv

# ---- Section 2: uncertainty -----------------------------------------------------------------------

# Cools-Kuo-Nuyens embedded lattice, first entries of the generating vector.
Z = [
    1, 182667, 469891, 498753, 110745, 446247, 250185, 118627, 245333, 283199, 408519, 391023, 246327, 126539,
    399185, 461527, 300343, 69681, 516695, 436179, 106383, 238523, 413283, 70841, 47719, 300129, 113029, 123925,
    410745, 211325, 17489, 511893, 40767, 186077, 519471, 255369, 101819, 243573, 66189, 152143, 503455, 113217,
    132603, 463967, 297717, 157383, 224015, 502917, 36237, 94049, 170665, 79397, 123963, 223451, 323871, 303633,
    98567, 318855, 494245, 477137, 177975, 64483, 26695, 88779, 94497, 239429, 381007, 110205, 339157, 73397,
    407559, 181791, 442675, 301397, 32569,
]


def philox4x32(counter, key, rounds=10):
    """Philox4x32-10 of Salmon et al.: four 32-bit words from a four-word counter and a two-word key."""
    mask = 0xFFFFFFFF
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(rounds):
        p0 = 0xD2511F53 * c0
        p1 = 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & mask, (p0 >> 32) ^ c3 ^ k1, p0 & mask
        k0 = (k0 + 0x9E3779B9) & mask
        k1 = (k1 + 0xBB67AE85) & mask
    return c0, c1, c2, c3


@lru_cache(maxsize=None)
def beta_quantiles(f, n):
    """Q((k+1/2)/n; 1+4f, 5-4f) for k = 0 .. n-1."""
    u = (np.arange(n) + 0.5) / n
    return betaincinv(1.0 + 4.0 * f, 5.0 - 4.0 * f, u)


def pert(triple, stratum, n):
    """The values of a Beta-PERT [low, mode, high] in the given strata (one per future)."""
    if isinstance(triple, (int, float)):  # READING: a single value is the constant [v, v, v]
        triple = [triple, triple, triple]
    low, mode, high = (float(v) for v in triple)
    if high <= low:
        return np.full(n, low)
    return low + (high - low) * beta_quantiles((mode - low) / (high - low), n)[stratum]


class Futures:
    """Hands out the strata of the risk variables; one `register` call per variable, in registration order."""

    def __init__(self, n, seed):
        self.n, self.seed, self.index = n, seed, {}

    def register(self, *name):
        # READING: a variable whose three numbers are equal is a constant but keeps its place in the order.
        assert name not in self.index, name
        self.index[name] = len(self.index)

    def stratum(self, *name):
        j = self.index[name]
        shift = philox4x32((j, 0, 0, 0), (self.seed, 0))[0] % self.n
        return (np.arange(self.n, dtype=np.int64) * Z[j] + shift) % self.n

    def draw(self, triple, *name):
        return pert(triple, self.stratum(*name), self.n)


def register_all(model, n):
    """Section 8: registration order."""
    futures = Futures(n, model["meta"]["seed"])
    for risk in model.get("risk", []):
        futures.register("risk", risk["id"])
    for role in model["role"]:
        if "loss" in role:
            futures.register("loss", role["id"])
    for row in range(len(model.get("penalty", []))):
        futures.register("penalty", row)
    for part in ("pack", "adoption"):
        for role in model["role"]:  # READING: in the order of [[role]], not of the gap lines
            if role["id"] in model[part].get("gap", {}):
                futures.register(part, role["id"])
    futures.register("loop")
    for role in model["role"]:
        futures.register("rate", role["id"])
    for expense in model.get("expense", []):
        futures.register("expense", expense["id"])
    for activity in model["activity"]:
        futures.register("work", activity["id"])
        if "min_weeks" in activity:
            futures.register("calendar", activity["id"])
    return futures


# ---- Inputs, ramps and equality: the only conditions (section 1) ----------------------------------


def ramps(rows, inputs):
    """Product of piecewise linear ramps, flat outside; 1 for an empty list."""
    value = 1.0
    for row in rows or []:
        value *= float(np.interp(inputs[row["input"]], row["x"], row["y"]))
    return value


def product(drivers, inputs):
    return math.prod(float(inputs[d]) for d in drivers)


def fixed_value(section, inputs):
    """The value of the first matching `fixed` row, or None."""
    for row in section.get("fixed", []):
        if inputs[row["input"]] == row["value"]:
            return float(row["is"])
    return None


def default_inputs(model):
    return {i["id"]: i["default"] for i in model["input"]}


def input_range(spec):
    return (0, len(spec["options"]) - 1) if spec["kind"] == "choice" else (spec["min"], spec["max"])


def check_inputs(model, inputs):
    for spec in model["input"]:
        low, high = input_range(spec)
        if not low <= inputs[spec["id"]] <= high:
            raise SystemExit(f"{spec['id']} = {inputs[spec['id']]} is outside {low} .. {high}")


def random_inputs(model, rng):
    inputs = {}
    for spec in model["input"]:
        low, high = input_range(spec)
        if spec["kind"] == "real":
            inputs[spec["id"]] = round(rng.uniform(low, high), 2)
        else:  # int, percent and choice
            inputs[spec["id"]] = rng.randint(low, high)
    return inputs


# ---- Section 3: work and hours --------------------------------------------------------------------

TEAM = "team"  # READING: the `team` field of an activity gives hours to the role of that same name


class Work:
    """What of the work does not depend on the approach."""

    def __init__(self, model, inputs, futures):
        n = futures.n
        self.systemic = np.ones(n)
        for risk in model.get("risk", []):
            self.systemic = self.systemic * futures.draw(risk["value"], "risk", risk["id"])
        self.penalty = []  # 1 + e * ramps, one per row
        for row, p in enumerate(model.get("penalty", [])):
            e = futures.draw(p["excess"], "penalty", row)
            self.penalty.append(1.0 + e * ramps(p.get("scale"), inputs))
        self.g, self.raw, self.min_weeks = {}, {}, {}
        for a in model["activity"]:
            stratum = futures.stratum("work", a["id"])  # one u for base and every per-unit term
            raw = pert(a.get("base", 0.0), stratum, n)
            for per in a.get("per", []):
                raw = raw + pert(per["hours"], stratum, n) * product(per["drivers"], inputs)
            self.g[a["id"]] = ramps(a.get("scale"), inputs)
            self.raw[a["id"]] = raw
            if "min_weeks" in a:
                self.min_weeks[a["id"]] = futures.draw(a["min_weeks"], "calendar", a["id"])


def shares_of(activity, approach, inputs):
    """Who does which share; `share_if` rows replace the share of the approaches they name (the last match wins)."""
    shares = activity.get("share", {}).get(approach, {})
    for row in activity.get("share_if", []):
        if inputs[row["input"]] == row["value"] and approach in row["share"]:
            shares = row["share"][approach]
    return {role: float(s) for role, s in shares.items() if s > 0}


def hours_of(model, activity, approach, shares, inputs, work):
    """Hours of each role in one activity, {role: array}; empty where nobody works on it."""
    f = ramps(activity.get("approach_scale", {}).get(approach), inputs)
    w = work.g[activity["id"]] * work.raw[activity["id"]] * f * work.systemic
    if not shares or not np.any(w > 0.0):
        return {}
    hours = {}
    for role, share in shares.items():
        h = w * share
        for p, factor in zip(model.get("penalty", []), work.penalty):
            if p["role"] == role and p["skill"] == activity["skill"] and approach in p.get("approaches", [approach]):
                h = h * factor
        hours[role] = h
    if activity.get("team", 0.0) > 0.0:  # without penalties, only where some role works on the activity
        hours[TEAM] = hours.get(TEAM, 0.0) + w * activity["team"]
    return hours


def capacities(model, inputs, futures):
    """Effective hours a week of each role."""
    result = {}
    for role in model["role"]:
        spec = role["capacity"]
        hours = float(spec.get("base", 0.0))
        if "input" in spec:
            hours += float(spec.get("per", 1.0)) * inputs[spec["input"]]
        lost = np.zeros(futures.n)
        if "loss" in role:
            lost = futures.draw(role["loss"]["excess"], "loss", role["id"]) * ramps(role["loss"].get("scale"), inputs)
        result[role["id"]] = hours / (1.0 + lost)
    return result


# ---- Section 4: timeline --------------------------------------------------------------------------


def schedule(model, approach, hours, capacity, work, n):
    """Start and finish of every scheduled activity: a fixed-order serial schedule."""
    activities = {a["id"]: a for a in model["activity"]}
    order = model.get("order", {}).get(approach) or list(activities)
    start, finish = {}, {}
    free = {role["id"]: np.zeros(n) for role in model["role"]}
    for name in order:
        a = activities[name]
        if a.get("ongoing", False):
            continue
        s = np.zeros(n)
        for before in a.get("after", []):
            if before in finish:  # an ongoing activity has no finish
                s = np.maximum(s, finish[before])
        # READING: its roles are those with hours in it, so an activity without hours waits for nobody
        for role in hours[name]:
            s = np.maximum(s, free[role])
        d = np.zeros(n)
        if hours[name] and name in work.min_weeks:
            d = work.min_weeks[name] * min(1.0, work.g[name])
        for role, h in hours[name].items():  # READING: the function teams too, their capacity counts
            d = np.maximum(d, h / capacity[role])
            free[role] = s + h / capacity[role]
        start[name], finish[name] = s, s + d
    return start, finish


def progress(start, finish, week):
    """Linear progress from start to finish at a week; what takes no time is done when it starts."""
    span = finish - start
    with np.errstate(divide="ignore", invalid="ignore"):
        linear = np.clip((week - start) / span, 0.0, 1.0)
    return np.where(span > 0.0, linear, np.where(start <= week, 1.0, 0.0))


# ---- Section 5: quality ---------------------------------------------------------------------------


def ideal_minus_gaps(model, part, shares, inputs, futures):
    """ideal - sum of share * gap * ramps over the roles that share the activity, kept in [floor, ideal]."""
    section = model[part]
    value = np.full(futures.n, float(section["ideal"]))
    for role, gap in section.get("gap", {}).items():
        if role in shares:
            value = value - shares[role] * futures.draw(gap["excess"], part, role) * ramps(gap.get("scale"), inputs)
    return np.clip(value, section.get("floor", 0.05), section["ideal"])


def loop_rate(model, approach, inputs, futures):
    """The loop rate of the approach; one u for all approaches."""
    loop = model["loop"]
    triple = loop["rate"][approach]
    # READING: `owner_rate` is for the first approach, when the input `has_owner` is not 0
    if "owner_rate" in loop and approach == model["meta"]["approaches"][0] and inputs.get("has_owner", 0) != 0:
        triple = loop["owner_rate"]
    return futures.draw(triple, "loop")


# ---- One approach: series (one number per future) and hours ---------------------------------------


def evaluate_approach(model, approach, inputs, futures, work):
    meta, n = model["meta"], futures.n
    zero = np.zeros(n)
    shares = {a["id"]: shares_of(a, approach, inputs) for a in model["activity"]}
    hours = {a["id"]: hours_of(model, a, approach, shares[a["id"]], inputs, work) for a in model["activity"]}
    start, finish = schedule(model, approach, hours, capacities(model, inputs, futures), work, n)
    milestone = {}
    for m in model["milestone"]:
        milestone[m["id"]] = zero
        for name in m["after"]:
            if hours[name] and name in finish:
                milestone[m["id"]] = np.maximum(milestone[m["id"]], finish[name])

    # Quality (section 5)
    q_max, q_target = float(meta["quality_max"]), float(meta["quality_target"])
    pack, adoption = model["pack"], model["adoption"]
    pack_fixed, adoption_fixed = fixed_value(pack, inputs), fixed_value(adoption, inputs)
    if pack_fixed is not None:
        q0 = np.full(n, pack_fixed)
    else:
        q0 = ideal_minus_gaps(model, "pack", shares[pack["activity"]], inputs, futures)
    if adoption_fixed is not None:
        adopted = np.full(n, adoption_fixed)
    else:
        adopted = ideal_minus_gaps(model, "adoption", shares[adoption["activity"]], inputs, futures)
        adopted = adopted * np.minimum(1.0, q0 / q_target)
    t_pack = milestone[pack["milestone"]]
    k = loop_rate(model, approach, inputs, futures)

    def quality(t):
        return q_max - (q_max - q0) * np.exp(-k * (t - t_pack))

    def built(week):
        """Share of the context work done, weighted by the work before g, approach scale and overrun."""
        total = sum(work.raw[name] for name in pack["work"])
        return sum(work.raw[name] * progress(start[name], finish[name], week) for name in pack["work"]) / total

    with np.errstate(divide="ignore", invalid="ignore"):
        wait = np.where(q0 >= q_target, 0.0, np.log((q_max - q0) / (q_max - q_target)) / k)
    week2 = q0 if pack_fixed is not None else q0 * built(2.0)
    # READING: no exception for `fixed` at month 3, the page names it for week 2 only
    month3 = np.where(t_pack <= 13.0, quality(np.maximum(13.0, t_pack)), q0 * built(13.0))
    first, last = adoption["from"], adoption["to"]
    month2 = adopted
    if hours[first] or hours[last]:
        month2 = adopted * progress(start[first], finish[last], 26.0 / 3.0)

    # Money (section 6)
    kind = {role["id"]: role["kind"] for role in model["role"]}
    price = {}
    for role in model["role"]:
        price[role["id"]] = futures.draw(role["rate"], "rate", role["id"])
        if role["kind"] == "internal" and "opportunity" in role:
            o = role["opportunity"]
            price[role["id"]] = price[role["id"]] * (1.0 + (inputs[o["input"]] - 1.0) * ramps(o.get("scale"), inputs))
    money = {(k_, p["id"]): zero for k_ in ("cash", "internal") for p in model["phase"]}
    role_hours = {r["id"]: {p["id"]: zero for p in model["phase"]} for r in model["role"]}
    for a in model["activity"]:
        for role, h in hours[a["id"]].items():
            role_hours[role][a["phase"]] = role_hours[role][a["phase"]] + h
            money[kind[role], a["phase"]] = money[kind[role], a["phase"]] + h * price[role]
    cash = sum(money["cash", p["id"]] for p in model["phase"])
    for e in model.get("expense", []):  # expenses belong to no phase
        cash = cash + futures.draw(e["price"], "expense", e["id"]) * product(e.get("drivers", []), inputs)
    internal = sum(money["internal", p["id"]] for p in model["phase"])

    # Value and the cost of delay (section 6)
    horizon = float(meta["horizon_weeks"])
    per_hour = float(meta["value_team_rate"]) * float(meta["value_recapture"])
    ops, auto = model["value"]["operations"], model["value"]["automations"]
    v_ops = product(ops["drivers"], inputs) * inputs[ops["percent"]] / 100.0 * per_hour
    count = inputs[auto["count"]]
    v_auto = count * inputs[auto["saved"]] * per_hour * ramps(meta.get("auto_value_scale"), inputs)
    t_live = zero
    for m in ops["live"]:
        t_live = np.maximum(t_live, milestone[m])
    live = np.minimum(t_live, horizon)  # nothing to integrate when t_live >= horizon
    decay = np.exp(-k * (live - t_pack)) - np.exp(-k * (horizon - t_pack))
    integral = np.where(t_live >= horizon, 0.0, q_max * (horizon - live) - (q_max - q0) / k * decay)
    delivered = v_ops * adopted * integral
    # READING: automation i of n goes live at build + (automated - build) * i / n
    build, done = start[auto["from"]], milestone[auto["to"]]
    for i in range(1, int(count) + 1):
        live_i = build + (done - build) * (i / count)
        delivered = delivered + v_auto / count * np.maximum(0.0, horizon - live_i)
    delay = (v_ops * q_max + v_auto) * horizon - delivered

    series = {
        "cash": cash,
        "internal": internal,
        "delay": delay,
        "total": cash + internal + delay,
        "weeks": np.max(np.stack(list(milestone.values())), axis=0),
        "accepted": t_pack + wait,
        "pack_week2": week2,
        "adoption_month2": month2,
        "quality_month3": month3,
    }
    for (k_, p), value in money.items():
        series[f"{k_}_{p}"] = value
    for m, value in milestone.items():
        series[f"weeks_{m}"] = value
    for phase in model["phase"]:
        worked = [a["id"] for a in model["activity"] if a["phase"] == phase["id"] and hours[a["id"]] and a["id"] in finish]
        series[f"start_{phase['id']}"] = np.min([start[a] for a in worked], axis=0) if worked else zero
        series[f"finish_{phase['id']}"] = np.max([finish[a] for a in worked], axis=0) if worked else zero
    return series, role_hours


# ---- Section 7: what is shown ---------------------------------------------------------------------


def futures_of(model, inputs, samples=None):
    """Everything per future: {approach: (series, hours)}."""
    check_inputs(model, inputs)
    futures = register_all(model, samples or model["meta"]["samples"])
    work = Work(model, inputs, futures)
    return {a: evaluate_approach(model, a, inputs, futures, work) for a in model["meta"]["approaches"]}


def summary(values):
    p10, p50, p90 = np.quantile(values, [0.10, 0.50, 0.90])  # numpy's default method is type 7
    return {"mean": float(np.mean(values)), "p10": float(p10), "p50": float(p50), "p90": float(p90)}


def estimate(model, name, inputs, samples=None):
    meta = model["meta"]
    results = futures_of(model, inputs, samples)
    # READING: what is never finished takes no part, unless that goes for all; then none is recommended
    ends = {a: all(np.all(np.isfinite(v)) for s, v in series.items() if s.startswith("finish_")) for a, (series, _) in results.items()}
    part = {a: ends[a] or not any(ends.values()) for a in meta["approaches"]}
    totals = np.stack([results[a][0]["total"] + (0.0 if part[a] else np.inf) for a in meta["approaches"]])
    winner = np.argmin(totals, axis=0)  # READING: a tie goes to the approach named first
    wins = {a: float(np.mean(winner == i)) for i, a in enumerate(meta["approaches"])}
    means = {a: float(np.mean(results[a][0]["total"])) if ends[a] else np.inf for a in meta["approaches"]}
    lowest = min(meta["approaches"], key=means.get)
    alone = meta["approaches"][0]  # READING: "the CTO alone" is the approach named first
    sufficient = means[alone] <= means[lowest] * (1.0 + meta["sufficient"])
    recommended = None if not any(ends.values()) else alone if sufficient else lowest
    return {
        "model": name,
        "version": meta["version"],
        "inputs": inputs,
        "recommendation": {
            "approach": recommended,
            "sufficient": recommended == alone,
            "close_call": recommended is not None and bool(wins[recommended] < meta["close_call"]),  # READING: the winner is the recommended one
        },
        "wins": wins,
        "approaches": {
            a: {
                "series": {s: summary(v) for s, v in series.items()},
                "hours": {r: {p: float(np.mean(h)) for p, h in phases.items()} for r, phases in hours.items()},
            }
            for a, (series, hours) in results.items()
        },
    }


def golden_inputs(model, count, rng):
    """The defaults, every other option of the first choice input, and random inputs."""
    defaults = default_inputs(model)
    cases = [defaults]
    for spec in [s for s in model["input"] if s["kind"] == "choice"][:1]:
        for option in range(len(spec["options"])):
            if option != spec["default"]:
                cases.append(defaults | {spec["id"]: option})
    return cases + [random_inputs(model, rng) for _ in range(count)]


def parse_setting(model, text):
    name, _, value = text.partition("=")
    for spec in model["input"]:
        if spec["id"] == name:
            return name, int(value) if spec["kind"] in ("int", "choice") else float(value)
    raise SystemExit(f"no input is called {name}")


def main():
    parser = argparse.ArgumentParser(description="Reference implementation of the estimate model")
    parser.add_argument("model", type=Path)
    parser.add_argument("--set", action="append", default=[], metavar="ID=NUMBER")
    parser.add_argument("--samples", type=int)
    parser.add_argument("--random", type=int, metavar="K")
    parser.add_argument("--golden", type=int, metavar="K")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    model = tomllib.loads(args.model.read_text(encoding="utf-8"))
    rng = random.Random(args.seed)
    samples = args.samples or model["meta"]["samples"]

    def run(inputs):
        return estimate(model, args.model.stem, inputs, samples)

    if args.golden is not None:
        cases = [run(inputs) for inputs in golden_inputs(model, args.golden, rng)]
        lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
        sys.stdout.write(f'{{"samples":{samples},"cases":[\n{lines}\n]}}\n')
    elif args.random is not None:
        print(json.dumps([run(random_inputs(model, rng)) for _ in range(args.random)]))
    else:
        inputs = default_inputs(model) | dict(parse_setting(model, text) for text in args.set)
        print(json.dumps(run(inputs), indent=1))


if __name__ == "__main__":
    main()
