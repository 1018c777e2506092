// The estimate in plain JavaScript: the opponent of the widget's WebAssembly in `calculator.rs`. It is meant to be fair:
// what inputs do not change is computed once, what approaches share is computed once per estimate, and every inner loop
// is a short one over typed arrays.
//
// A "column" is a Float64Array with one number for each simulated future.

/** What does not depend on inputs: every uncertain number as a column. `model` is a model file as JSON. */
export function prepare(model) {
  const { meta } = model;
  const futures = new Futures(meta.samples ?? 2048, meta.seed ?? 1);
  const list = (name) => model[name] ?? [];
  const withGaps = (section) => section && { ...section, gap: gapsOf(section, list('role'), futures) };

  // Calls of `next` count the risk variables, so the order of these lines matters.
  const systemic = futures.constant(1);
  for (const risk of list('risk')) {
    multiply(systemic, futures.draw(risk.value, futures.next()));
  }
  const losses = new Map();
  for (const role of list('role')) {
    if (role.loss) losses.set(role.id, futures.draw(role.loss.excess, futures.next()));
  }
  const penalties = list('penalty').map((row) => ({ ...row, excess: futures.draw(row.excess, futures.next()) }));
  const pack = withGaps(model.pack);
  const adoption = withGaps(model.adoption);
  const loop = model.loop && ratesOf(model.loop, meta.approaches, futures);
  const roles = list('role').map((role) => ({
    ...role,
    loss: role.loss && { ...role.loss, excess: losses.get(role.id) },
    rate: futures.draw(role.rate, futures.next()),
  }));
  const expenses = list('expense').map((row) => ({ ...row, price: futures.draw(row.price, futures.next()) }));
  const activities = list('activity').map((activity) => {
    const work = futures.next();
    return {
      ...activity,
      base: futures.draw(activity.base ?? 0, work),
      per: (activity.per ?? []).map((term) => ({ ...term, hours: futures.draw(term.hours, work) })),
      min_weeks: activity.min_weeks === undefined ? undefined : futures.draw(activity.min_weeks, futures.next()),
    };
  });

  const from = adoption?.from ?? adoption?.activity;
  return {
    meta,
    n: futures.n,
    systemic,
    penalties,
    pack: pack && { ...pack, work: pack.work ?? [pack.activity] },
    adoption: adoption && { ...adoption, from, to: adoption.to ?? from },
    loop,
    roles,
    expenses,
    activities,
    orders: meta.approaches.map((approach) => {
      const order = model.order?.[approach];
      return order ? order.map((id) => activities.find((activity) => activity.id === id)) : activities;
    }),
    phases: list('phase'),
    milestones: list('milestone'),
    value: model.value ?? {},
    team: meta.team_role ?? 'team',
  };
}

/**
 * The estimate for `inputs`, an object with a number for every input of the model. How the 10th, 50th and 90th
 * percentile of a column are found is much of its time: by sorting it, as anybody would at first, or `bySelection`.
 */
export function estimate(prepared, inputs, percentiles = bySorting) {
  const { meta, n } = prepared;
  const shared = sharedByApproaches(prepared, inputs);
  const results = meta.approaches.map((approach, at) => simulate(prepared, shared, inputs, approach, at));
  // What is never finished takes no part, unless that goes for all.
  const ends = results.map(({ series }) => prepared.phases.every(({ id }) => series[`finish_${id}`].every(Number.isFinite)));
  const part = ends.map((end) => end || !ends.includes(true));
  const never = new Float64Array(n).fill(Infinity);
  const wins = winsOf(results.map(({ series }, at) => (part[at] ? series.total : never)), n);
  const approaches = {};
  meta.approaches.forEach((approach, at) => {
    const series = {};
    for (const [name, column] of Object.entries(results[at].series)) series[name] = summary(column, percentiles);
    approaches[approach] = { series, hours: results[at].hours };
  });

  const means = meta.approaches.map((approach, at) => (ends[at] ? approaches[approach].series.total.mean : Infinity));
  const lowest = means.indexOf(Math.min(...means));
  const sufficient = means[0] <= means[lowest] + (meta.sufficient ?? 0.05) * Math.abs(means[lowest]);
  const recommended = !ends.includes(true) ? undefined : sufficient ? 0 : lowest;
  return {
    recommendation: {
      approach: meta.approaches[recommended] ?? null,
      sufficient: recommended === 0,
      close_call: wins[recommended] < (meta.close_call ?? 0.6),
    },
    wins: Object.fromEntries(meta.approaches.map((approach, at) => [approach, wins[at]])),
    approaches,
  };
}

// ---- Uncertainty: the lattice and its quantiles ----

// The embedded lattice rule of Cools, Kuo and Nuyens.
const GENERATING_VECTOR = [
  1, 182667, 469891, 498753, 110745, 446247, 250185, 118627, 245333, 283199, 408519, 391023, 246327, 126539, 399185,
  461527, 300343, 69681, 516695, 436179, 106383, 238523, 413283, 70841, 47719, 300129, 113029, 123925, 410745, 211325,
  17489, 511893, 40767, 186077, 519471, 255369, 101819, 243573, 66189, 152143, 503455, 113217, 132603, 463967, 297717,
  157383, 224015, 502917, 36237, 94049, 170665, 79397, 123963, 223451, 323871, 303633, 98567, 318855, 494245, 477137,
  177975, 64483, 26695, 88779, 94497, 239429, 381007, 110205, 339157, 73397, 407559, 181791, 442675, 301397, 32569,
];

class Futures {
  #seed;
  #variables = 0;
  #tables = new Map();

  constructor(n, seed) {
    this.n = n;
    this.#seed = seed;
  }

  /** The strata of the next risk variable, future by future. */
  next() {
    const variable = this.#variables++;
    const shift = philox(variable, this.#seed);
    // n is a power of two, and overflow leaves the low bits alone.
    return Uint32Array.from(
      { length: this.n },
      (_, future) => (Math.imul(future, GENERATING_VECTOR[variable]) + shift) & (this.n - 1),
    );
  }

  /** A column of the Beta-PERT distribution `[low, mode, high]`, or of a number that is certain. */
  draw(range, strata) {
    const [low, mode, high] = Array.isArray(range) ? range : [range, range, range];
    if (high <= low) return this.constant(low);
    const table = this.#quantiles((mode - low) / (high - low));
    return Float64Array.from(strata, (stratum) => low + (high - low) * table[stratum]);
  }

  constant(value) {
    return new Float64Array(this.n).fill(value);
  }

  #quantiles(shape) {
    let table = this.#tables.get(shape);
    if (!table) {
      table = betaQuantiles(1 + 4 * shape, 5 - 4 * shape, this.n);
      this.#tables.set(shape, table);
    }
    return table;
  }
}

/** The first word of Philox4x32-10 with the counter (counter, 0, 0, 0) and the key (key, 0). */
function philox(counter, key) {
  const [M0, M1] = [0xd2511f53n, 0xcd9e8d57n];
  const word = (number) => BigInt.asUintN(32, number);
  let [c0, c1, c2, c3] = [BigInt(counter), 0n, 0n, 0n];
  let [k0, k1] = [BigInt(key), 0n];
  for (let round = 0; round < 10; round++) {
    const [p0, p1] = [M0 * c0, M1 * c2];
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, word(p1), (p0 >> 32n) ^ c3 ^ k1, word(p0)];
    [k0, k1] = [word(k0 + 0x9e3779b9n), word(k1 + 0xbb67ae85n)];
  }
  return Number(c0);
}

/** Quantiles of Beta(a, b) at (k + 1/2)/n. Each half from its own end, so that tails are exact. */
function betaQuantiles(a, b, n) {
  const lower = lowerHalf(a, b, n);
  const upper = lowerHalf(b, a, n);
  return Float64Array.from({ length: n }, (_, k) => (k < n / 2 ? lower[k] : 1 - upper[n - 1 - k]));
}

/** Newton's method on the distribution function, from each quantile to the next. */
function lowerHalf(a, b, n) {
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  const quantiles = new Float64Array(n / 2);
  // The first one from the leading term of the distribution function, x^a / (a B(a, b)).
  let x = Math.min(0.5, Math.exp((Math.log((0.5 / n) * a) + logBeta) / a));
  for (let k = 0; k < n / 2; k++) {
    const u = (k + 0.5) / n;
    let [low, high] = [k === 0 ? 0 : x, 1];
    for (let step = 0; step < 100; step++) {
      const missing = u - incompleteBeta(a, b, x, logBeta);
      if (missing > 0) low = x;
      else high = x;
      const density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta);
      let next = x + missing / density;
      if (!(next > low && next < high)) next = (low + high) / 2;
      const moved = Math.abs(next - x);
      x = next;
      if (moved <= 1e-15 * x) break;
    }
    quantiles[k] = x;
  }
  return quantiles;
}

/** The distribution function of Beta(a, b) at x, by its continued fraction and the method of Lentz. */
function incompleteBeta(a, b, x, logBeta) {
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x, logBeta);
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return (Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta) / a) * fraction;
}

/** The approximation of Lanczos, g = 7, for arguments from 1 on. */
function logGamma(z) {
  const COEFFICIENTS = [
    676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
    -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  let sum = 0.99999999999980993;
  COEFFICIENTS.forEach((coefficient, at) => (sum += coefficient / (z + at)));
  const t = z + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (z - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The gaps of `[pack]` or `[adoption]`, drawn in the order of the roles. */
function gapsOf(section, roles, futures) {
  const gaps = [];
  for (const { id } of roles) {
    const gap = section.gap?.[id];
    if (gap) gaps.push({ ...gap, role: id, excess: futures.draw(gap.excess, futures.next()) });
  }
  return gaps;
}

/** The rates of the improvement loop: one risk variable moves them all. */
function ratesOf(loop, approaches, futures) {
  const strata = futures.next();
  return {
    ...loop,
    rate: Object.fromEntries(approaches.map((approach) => [approach, futures.draw(loop.rate[approach], strata)])),
    owner_rate: loop.owner_rate === undefined ? undefined : futures.draw(loop.owner_rate, strata),
  };
}

// ---- What inputs decide ----

/** The product of straight lines between points, flat outside of them. */
function ramps(rows = [], inputs) {
  return rows.reduce((product, { input, x, y }) => product * ramp(inputs[input], x, y), 1);
}

function ramp(value, x, y) {
  const right = x.findIndex((point) => value <= point);
  if (right === 0) return y[0];
  if (right < 0) return y[y.length - 1];
  const left = right - 1;
  return y[left] + ((y[right] - y[left]) * (value - x[left])) / (x[right] - x[left]);
}

function productOf(drivers = [], inputs) {
  return drivers.reduce((product, driver) => product * inputs[driver], 1);
}

const holds = (row, inputs) => inputs[row.input] === row.value;

const concerns = (row, approach) => !row.approaches?.length || row.approaches.includes(approach);

/** Who does which share of an activity, as `[role, share]` pairs. */
function sharesOf(activity, approach, inputs) {
  let shares = activity.share[approach];
  for (const row of activity.share_if ?? []) {
    if (holds(row, inputs) && row.share[approach]) shares = row.share[approach];
  }
  return Object.entries(shares ?? {}).filter(([, share]) => share > 0);
}

/** Work, penalties, prices and speeds, which are the same for all approaches. */
function sharedByApproaches({ n, systemic, penalties, roles, activities }, inputs) {
  const tasks = new Map();
  for (const activity of activities) {
    const unscaled = activity.base.slice();
    for (const { drivers, hours } of activity.per) addTimes(unscaled, hours, productOf(drivers, inputs));
    const scale = ramps(activity.scale, inputs);
    const work = new Float64Array(n);
    setTimes(work, unscaled, scale);
    multiply(work, systemic);
    tasks.set(activity.id, { unscaled, scale, work, hasWork: work.some((hours) => hours > 0) });
  }

  const factors = penalties.map(({ excess, scale }) => onePlus(excess, ramps(scale, inputs)));
  const prices = new Map();
  const weeksPerHour = new Map();
  for (const { id, kind, rate, opportunity, capacity, loss } of roles) {
    let multiple = 1;
    if (kind === 'internal' && opportunity) {
      multiple = 1 + (inputs[opportunity.input] - 1) * ramps(opportunity.scale, inputs);
    }
    prices.set(id, rate.map((price) => price * multiple));

    const hours = (capacity.base ?? 0) + (capacity.input ? (capacity.per ?? 1) * inputs[capacity.input] : 0);
    const weeks = hours > 0 ? 1 / hours : Infinity;
    const slower = loss ? onePlus(loss.excess, ramps(loss.scale, inputs)) : new Float64Array(n).fill(1);
    weeksPerHour.set(id, slower.map((factor) => factor * weeks));
  }
  return { tasks, factors, prices, weeksPerHour };
}

// ---- One approach in all futures ----

function simulate(prepared, shared, inputs, approach, at) {
  const { n, milestones, pack, roles, phases, expenses } = prepared;
  const { tasks, money, hours } = carryOut(prepared, shared, inputs, approach, prepared.orders[at]);

  const reached = new Map(milestones.map(({ id, after }) => [id, lastFinish(tasks, after, n)]));
  const weeks = new Float64Array(n);
  for (const finish of reached.values()) raise(weeks, finish);
  const packed = pack?.milestone ? reached.get(pack.milestone) : lastFinish(tasks, pack?.work ?? [], n);

  const quality = qualityOf(prepared, approach, inputs, packed);
  const adopted = adoptionOf(prepared, approach, inputs, quality);

  const cash = addUp(n, money.cash.values());
  const internal = addUp(n, money.internal.values());
  for (const expense of expenses) {
    if (concerns(expense, approach)) addTimes(cash, expense.price, productOf(expense.drivers, inputs));
  }
  const delay = addUp(n, [
    operationsDelay(prepared, inputs, quality, adopted, reached),
    automationsDelay(prepared, inputs, tasks, reached),
  ]);

  const series = {
    cash,
    internal,
    delay,
    total: addUp(n, [cash, internal, delay]),
    weeks,
    ...qualityInTime(prepared, shared, tasks, quality),
    ...adoptionInTime(prepared, tasks, adopted),
  };
  for (const [phase, column] of money.cash) series[`cash_${phase}`] = column;
  for (const [phase, column] of money.internal) series[`internal_${phase}`] = column;
  for (const [milestone, column] of reached) series[`weeks_${milestone}`] = column;
  for (const { id } of phases) [series[`start_${id}`], series[`finish_${id}`]] = spanOf(tasks, id, n);
  return { series, hours: Object.fromEntries(roles.map(({ id }) => [id, Object.fromEntries(hours.get(id))])) };
}

/** Takes up the activities in their order: what they cost, and when they start and finish. */
function carryOut(prepared, shared, inputs, approach, order) {
  const { n, roles, phases } = prepared;
  const column = () => new Float64Array(n);
  const byId = (things, make) => new Map(things.map((thing) => [thing.id, make(thing)]));
  const money = { cash: byId(phases, column), internal: byId(phases, column) };
  const spent = byId(roles, ({ kind }) => money[kind]);
  const meanHours = byId(roles, () => byId(phases, () => 0));
  const free = byId(roles, column);
  const tasks = new Map();
  const hours = column();

  for (const activity of order) {
    const { work, scale, hasWork } = shared.tasks.get(activity.id);
    const parts = hasWork ? partsOf(prepared, activity, approach, inputs) : [];
    const start = column();
    if (!activity.ongoing) {
      for (const before of activity.after ?? []) raise(start, tasks.get(before).finish);
      for (const { role } of parts) raise(start, free.get(role));
    }
    const finish = start.slice();
    if (parts.length > 0 && activity.min_weeks && !activity.ongoing) {
      addTimes(finish, activity.min_weeks, Math.min(1, scale));
    }
    for (const { role, share, team, penalties } of parts) {
      setTimes(hours, work, share);
      for (const penalty of penalties) multiply(hours, shared.factors[penalty]);
      if (team > 0) addTimes(hours, work, team);

      const phase = meanHours.get(role);
      phase.set(activity.phase, phase.get(activity.phase) + sum(hours) / n);
      addProduct(spent.get(role).get(activity.phase), hours, shared.prices.get(role));
      if (!activity.ongoing) {
        const ready = free.get(role);
        ready.set(start);
        addProduct(ready, hours, shared.weeksPerHour.get(role));
        raise(finish, ready);
      }
    }
    const worked = parts.length > 0;
    tasks.set(activity.id, { start, finish, worked, phase: !activity.ongoing && activity.phase });
  }
  return { tasks, money, hours: meanHours };
}

/** Who works on an activity: for each role its factors on the work, and the places of its penalties. */
function partsOf({ penalties, roles, team }, activity, approach, inputs) {
  const factor = ramps(activity.approach_scale?.[approach], inputs);
  const shares = factor > 0 ? sharesOf(activity, approach, inputs) : [];
  const parts = shares.map(([role, share]) => ({
    role,
    share: share * factor,
    team: 0,
    penalties: [...penalties.keys()].filter((at) => {
      const penalty = penalties[at];
      return penalty.role === role && penalty.skill === activity.skill && concerns(penalty, approach);
    }),
  }));
  if (parts.length > 0 && activity.team > 0 && roles.some(({ id }) => id === team)) {
    let part = parts.find(({ role }) => role === team);
    if (!part) {
      part = { role: team, share: 0, team: 0, penalties: [] };
      parts.push(part);
    }
    part.team = activity.team * factor;
  }
  return parts;
}

/** When the last of some activities is finished; those that nobody works on do not count. */
function lastFinish(tasks, activities, n) {
  const last = new Float64Array(n);
  for (const id of activities) {
    const { worked, finish } = tasks.get(id);
    if (worked) raise(last, finish);
  }
  return last;
}

/** When the scheduled work of a phase starts and finishes; 0 if it has none. */
function spanOf(tasks, phase, n) {
  const scheduled = [...tasks.values()].filter((task) => task.worked && task.phase === phase);
  if (scheduled.length === 0) return [new Float64Array(n), new Float64Array(n)];
  const start = scheduled[0].start.slice();
  const finish = scheduled[0].finish.slice();
  for (const task of scheduled.slice(1)) {
    lower(start, task.start);
    raise(finish, task.finish);
  }
  return [start, finish];
}

// ---- Quality and adoption ----

/** What quality begins with when the pack is finished, and how it goes on from there. */
function qualityOf(prepared, approach, inputs, packed) {
  const { n, meta, pack, loop } = prepared;
  const best = meta.quality_max ?? 1;
  const { column: begun, fixed } = pack ? craft(prepared, pack, approach, inputs) : certain(n, best);
  let rate = new Float64Array(n);
  if (loop) {
    const owned = loop.owner_rate && approach === (loop.owner_approach ?? meta.approaches[0]);
    rate = owned && inputs[loop.owner_input ?? 'has_owner'] === 1 ? loop.owner_rate : loop.rate[approach];
  }
  return { best, target: meta.quality_target ?? 0.5, begun, fixed, rate, packed };
}

function adoptionOf(prepared, approach, inputs, { begun, target }) {
  const { n, pack, adoption } = prepared;
  const { column, fixed } = adoption ? craft(prepared, adoption, approach, inputs) : certain(n, 1);
  if (pack && !fixed) {
    for (let i = 0; i < n; i++) if (begun[i] < target) column[i] *= begun[i] / target;
  }
  return column;
}

/** A quality that depends on who does the work: the ideal without the gaps of those who do it. */
function craft({ n, activities }, section, approach, inputs) {
  const { ideal, floor = 0.05 } = section;
  const known = section.fixed?.findLast((row) => holds(row, inputs));
  if (known) return certain(n, known.is);
  const column = new Float64Array(n).fill(ideal);
  const shares = sharesOf(activities.find(({ id }) => id === section.activity), approach, inputs);
  for (const [role, share] of shares) {
    const gap = section.gap.find((gap) => gap.role === role);
    if (gap) addTimes(column, gap.excess, -share * ramps(gap.scale, inputs));
  }
  for (let i = 0; i < n; i++) column[i] = Math.min(ideal, Math.max(floor, column[i]));
  return { fixed: false, column };
}

function certain(n, value) {
  return { fixed: true, column: new Float64Array(n).fill(value) };
}

/** Part of the way to the best quality that is still to go at a week, of 1 when the pack is finished. */
function toGo(week, packed, rate) {
  return Math.exp(-rate * (week - packed));
}

const [WEEK_2, MONTH_2, MONTH_3] = [2, 26 / 3, 13];

/** The series about quality, for a model that has them. */
function qualityInTime({ n, pack, loop }, shared, tasks, { best, target, begun, fixed, rate, packed }) {
  if (!pack) return {};
  const early = fixed ? begun.slice() : progress(n, shared, tasks, pack.work, WEEK_2);
  if (!fixed) multiply(early, begun);
  const late = progress(n, shared, tasks, pack.work, MONTH_3);
  const accepted = packed.slice();
  for (let i = 0; i < n; i++) {
    if (begun[i] < target) accepted[i] += Math.log((best - begun[i]) / (best - target)) / rate[i];
    if (packed[i] <= MONTH_3) late[i] = best - (best - begun[i]) * toGo(MONTH_3, packed[i], rate[i]);
    else late[i] *= begun[i];
  }
  return { ...(loop && { accepted }), pack_week2: early, quality_month3: late };
}

/** The series about adoption, for a model that has it. */
function adoptionInTime({ n, adoption }, tasks, adopted) {
  if (!adoption) return {};
  const from = tasks.get(adoption.from);
  const to = tasks.get(adoption.to);
  const column = adopted.slice();
  if (from.worked || to.worked) {
    for (let i = 0; i < n; i++) column[i] *= doneBy(MONTH_2, from.start[i], to.finish[i]);
  }
  return { adoption_month2: column };
}

/** Share of the unscaled work of some activities that is done by a week. */
function progress(n, shared, tasks, activities, week) {
  const [all, done] = [new Float64Array(n), new Float64Array(n)];
  for (const id of activities) {
    const { unscaled } = shared.tasks.get(id);
    const { worked, start, finish } = tasks.get(id);
    add(all, unscaled);
    // Work that nobody has to do is done.
    if (worked) for (let i = 0; i < n; i++) done[i] += unscaled[i] * doneBy(week, start[i], finish[i]);
    else add(done, unscaled);
  }
  for (let i = 0; i < n; i++) done[i] = all[i] > 0 ? done[i] / all[i] : 1;
  return done;
}

function doneBy(week, start, finish) {
  if (finish <= week) return 1;
  return start >= week ? 0 : (week - start) / (finish - start);
}

// ---- What waiting costs ----

const worthOfAnHour = (meta) => (meta.value_team_rate ?? 0) * (meta.value_recapture ?? 0);

/** What operations could have been worth until the horizon, without what they are worth. */
function operationsDelay({ n, meta, value: { operations } }, inputs, quality, adopted, reached) {
  const delay = new Float64Array(n);
  if (!operations) return delay;
  const { best, begun, rate, packed } = quality;
  const horizon = meta.horizon_weeks ?? 52;
  const share = operations.percent ? inputs[operations.percent] / 100 : 1;
  const weekly = productOf(operations.drivers, inputs) * share * worthOfAnHour(meta);
  const live = packed.slice();
  for (const milestone of operations.live ?? []) raise(live, reached.get(milestone));
  for (let i = 0; i < n; i++) {
    let delivered = 0;
    const weeks = horizon - live[i];
    if (weeks > 0) {
      let missed = weeks;
      if (rate[i] > 0) missed = (toGo(live[i], packed[i], rate[i]) - toGo(horizon, packed[i], rate[i])) / rate[i];
      delivered = adopted[i] * (best * weeks - (best - begun[i]) * missed);
    }
    delay[i] = weekly * (best * horizon - delivered);
  }
  return delay;
}

/** The same for automations, which go live one after another. */
function automationsDelay({ n, meta, value: { automations } }, inputs, tasks, reached) {
  const delay = new Float64Array(n);
  if (!automations) return delay;
  const horizon = meta.horizon_weeks ?? 52;
  const count = inputs[automations.count];
  const each = inputs[automations.saved] * worthOfAnHour(meta) * ramps(meta.auto_value_scale, inputs);
  const { start, finish } = tasks.get(automations.from);
  const last = automations.to ? reached.get(automations.to) : finish;
  for (let i = 0; i < n; i++) {
    const first = Math.min(start[i], last[i]);
    let waiting = 0;
    for (let live = 1; live <= count; live++) {
      waiting += Math.min(horizon, first + ((last[i] - first) * live) / count);
    }
    delay[i] = each * waiting;
  }
  return delay;
}

// ---- What is shown ----

function summary(column, percentiles) {
  const mean = sum(column) / column.length;
  const [p10, p50, p90] = percentiles(column.slice(), [0.1, 0.5, 0.9]);
  return { mean, p10, p50, p90 };
}

/** Percentiles of type 7, linear between the two nearest ranks. Sorts the column. */
export function bySorting(column, shares) {
  column.sort();
  return shares.map((share) => between(column, share, column[rankBelow(column, share) + 1]));
}

/** The same without sorting more than is needed: each value is put to its rank, those below it in front of it. */
export function bySelection(column, shares) {
  let first = 0;
  return shares.map((share) => {
    const rank = rankBelow(column, share);
    select(column, rank, first, column.length - 1);
    first = rank;
    let above = Infinity;
    for (let i = rank + 1; i < column.length; i++) above = Math.min(above, column[i]);
    return between(column, share, above);
  });
}

const rankBelow = (column, share) => Math.floor((column.length - 1) * share);

function between(column, share, above) {
  const rank = rankBelow(column, share);
  const below = column[rank];
  // Two infinite ones have no difference.
  return above === below ? below : below + (above - below) * ((column.length - 1) * share - rank);
}

/** Hoare's quickselect among the places `first` to `last`. */
function select(column, rank, first, last) {
  while (first < last) {
    const pivot = column[(first + last) >> 1];
    let [i, j] = [first, last];
    while (i <= j) {
      while (column[i] < pivot) i++;
      while (column[j] > pivot) j--;
      if (i <= j) {
        const held = column[i];
        column[i++] = column[j];
        column[j--] = held;
      }
    }
    if (rank <= j) last = j;
    else if (rank >= i) first = i;
    else return;
  }
}

/** For each approach, the share of futures in which it has the lowest total. */
function winsOf(totals, n) {
  const wins = totals.map(() => 0);
  for (let i = 0; i < n; i++) {
    let winner = 0;
    for (let other = 1; other < totals.length; other++) {
      if (totals[other][i] < totals[winner][i]) winner = other;
    }
    wins[winner] += 1 / n;
  }
  return wins;
}

// ---- Arithmetic on columns ----

function sum(column) {
  let total = 0;
  for (let i = 0; i < column.length; i++) total += column[i];
  return total;
}

function add(target, column) {
  for (let i = 0; i < target.length; i++) target[i] += column[i];
}

function addUp(n, columns) {
  const total = new Float64Array(n);
  for (const column of columns) add(total, column);
  return total;
}

function setTimes(target, column, factor) {
  for (let i = 0; i < target.length; i++) target[i] = column[i] * factor;
}

function addTimes(target, column, factor) {
  for (let i = 0; i < target.length; i++) target[i] += column[i] * factor;
}

function addProduct(target, one, other) {
  for (let i = 0; i < target.length; i++) target[i] += one[i] * other[i];
}

function multiply(target, column) {
  for (let i = 0; i < target.length; i++) target[i] *= column[i];
}

/** Puts the later of two times into `target`. */
function raise(target, column) {
  for (let i = 0; i < target.length; i++) if (column[i] > target[i]) target[i] = column[i];
}

/** Puts the earlier of two times into `target`. */
function lower(target, column) {
  for (let i = 0; i < target.length; i++) if (column[i] < target[i]) target[i] = column[i];
}

function onePlus(excess, factor) {
  return excess.map((value) => 1 + value * factor);
}
