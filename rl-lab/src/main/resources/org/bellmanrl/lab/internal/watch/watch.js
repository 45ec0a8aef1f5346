// The live page of a run: asks the server for what is new, and draws it.
'use strict';

const $ = (id) => document.getElementById(id);
const POLL = 250;
const X_ROOM = 64;
const Y_ROOM = 36;
const FASTEST = 100;
const SLOWEST_SPEED = 10;
const SPEED_DECADES = 5;

let over = false;
let lost = 0;

// ---- numbers as text

const minus = (text) => text.replace(/-/g, '−');
const grouped = (n) => minus(Math.round(n).toLocaleString('en-US'));

/** A number with three significant digits, or all of a whole one. */
function short(x) {
  if (x === null || x === undefined) return '–';
  const size = Math.abs(x);
  if (size === 0) return '0';
  if (size >= 1e9 || size < 1e-5) return minus(x.toExponential(2));
  if (size >= 99.95) return grouped(x);
  return minus(x.toPrecision(3));
}

/** The labels of an axis, all in the unit of the largest. */
function ticks(splits) {
  const most = Math.max(...splits.map(Math.abs));
  const [unit, name] = most >= 1e6 ? [1e6, 'M'] : most >= 1e4 ? [1e3, 'k'] : [1, ''];
  return splits.map((x) => {
    if (x === 0) return '0';
    if (unit > 1) return minus(+(x / unit).toPrecision(4) + name);
    if (Math.abs(x) < 1e-4) return minus(x.toExponential(1));
    return minus((+x.toPrecision(6)).toLocaleString('en-US', { maximumSignificantDigits: 6 }));
  });
}

/** Numbers that stand side by side: all with the decimals that tell their range apart, and not more than fit. */
function beside(low, high) {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : size > 0 ? Math.min(5, 1 - Math.floor(Math.log10(size))) : 0;
  return (x) => minus(x.toFixed(decimals).replace(/^-([0.]*)$/, '$1'));
}

/** What was observed: whole numbers as they are. */
const told = (x) => (Number.isInteger(x) ? grouped(x) : short(x));

function time(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  const whole = Math.floor(seconds);
  const two = (n) => String(n).padStart(2, '0');
  const tail = two(Math.floor(whole / 60) % 60) + ':' + two(whole % 60);
  return whole >= 3600 ? Math.floor(whole / 3600) + ':' + tail : tail;
}

function text(id, value) {
  const element = $(id);
  if (element.textContent !== value) element.textContent = value;
}

// ---- colours

const dark = matchMedia('(prefers-color-scheme: dark)');
let colour = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['card', 'line', 'ink', 'quiet', 'accent', 'faint', 'soft', 'wall', 'goal', 'trap', 'hazard']) {
    colour[name] = style.getPropertyValue('--' + name).trim();
  }
}

const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

/** The colours of values, from the server: the same as in pictures and terminals. */
let stops = [];

function ramp(part) {
  const at = Math.min(Math.max(part, 0), 1) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(at));
  const from = stops[below];
  const to = stops[below + 1];
  return from.map((x, i) => Math.round(x + (to[i] - x) * (at - below)));
}

function drawRamp(id) {
  const g = prepare($(id), 140, 10);
  for (let x = 0; x < 140; x++) {
    g.fillStyle = css(ramp(x / 139));
    g.fillRect(x, 0, 1.5, 10);
  }
}

const css = (rgb) => `rgb(${rgb[0]} ${rgb[1]} ${rgb[2]})`;

/** Black or white, whichever differs more: by a contrast of 4.5 at least, as WCAG 2.1 asks for. */
function inkOn(rgb) {
  const [r, g, b] = rgb.map((x) => (x / 255 <= 0.03928 ? x / 255 / 12.92 : ((x / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000000' : '#ffffff';
}

// ---- asking

async function ask(path, options) {
  const response = await fetch(path, options);
  if (response.status === 204) return null;
  if (!response.ok) throw new Error(path + ': ' + response.status);
  return response.json();
}

const pause = (millis) => new Promise((done) => setTimeout(done, millis));

async function forever(step, millis) {
  while (!over) {
    try {
      await step();
      lost = 0;
    } catch (error) {
      if (++lost > 3) {
        gone();
        return;
      }
      await pause(500);
    }
    await pause(typeof millis === 'function' ? millis() : millis);
  }
}

function gone() {
  if (over) return;
  over = true;
  $('controls').hidden = true;
  const run = state && state.run ? state.run : 'RUN';
  if (state && state.phase === 'stopped') {
    showPhase('stopped');
  } else if (state && state.phase === 'finished') {
    showPhase('ended');
    say(state.message + ' The program has ended. ./rl watch ' + run + ' shows the run again.');
  } else {
    showPhase('lost');
    say('The program answers no more: it was ended or killed. ./rl watch ' + run + ' shows how far the run came, ./rl resume ' + run + ' goes on with it.');
  }
}

function showPhase(word) {
  text('phase', word);
  $('phase').dataset.phase = word;
}

function say(message) {
  $('message').hidden = message === '';
  text('message', message.replace(/(^|[ (])-(?=\d)/g, '$1−'));
}

// ---- curves

const curve = { per: 0, names: [], step: [], return: [], length: [], numbers: [] };
const plots = new Map();

function take(news) {
  if (news.per !== curve.per || news.from === 0 || news.names.join() !== curve.names.join()) {
    if (news.from !== 0) {
      curve.per = 0; // a new kind of number: everything anew
      return;
    }
    Object.assign(curve, {
      per: news.per, names: news.names, step: [], return: [], length: [], numbers: news.names.map(() => []),
    });
  }
  curve.step.push(...news.step);
  curve.return.push(...news.return);
  curve.length.push(...news.length);
  news.numbers.forEach((column, i) => curve.numbers[i].push(...column));
}

/** Around each point a straight line through its neighbours, read off there: it does not lag, not at the ends either. */
function smooth(values) {
  const half = Math.max(2, Math.round(values.length / 40));
  const sums = [[0, 0, 0, 0, 0]];
  values.forEach((y, x) => {
    const before = sums[x];
    sums.push(y === null ? before : [before[0] + 1, before[1] + x, before[2] + y, before[3] + x * x, before[4] + x * y]);
  });
  return values.map((_, i) => {
    const end = sums[Math.min(values.length, i + half + 1)];
    const begin = sums[Math.max(0, i - half)];
    const [n, x, y, xx, xy] = end.map((sum, k) => sum - begin[k]);
    if (n === 0) return null;
    const spread = n * xx - x * x;
    const slope = spread > 0 ? (n * xy - x * y) / spread : 0;
    return (y + slope * (n * i - x)) / n;
  });
}

/** As wide as the longest label of an axis. */
const labelRoom = (plot, labels) =>
  labels === null || labels === undefined ? 40 : 14 + 7 * Math.max(...labels.map((l) => String(l).length));

const ROUND = [1, 2, 2.5, 5, 10];

/** The distance between ticks of a scale: the first round one that leaves room for the labels. */
function tickStep(span, pixels, room) {
  const rough = (span * room) / Math.max(pixels, room);
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ROUND.find((round) => round * power >= rough);
}

/** A range that ends at ticks where these are near, so that the last one has a label too. */
function roomy(least, most, pixels, room) {
  if (least === null || most === null) return [0, 1];
  if (!(most > least)) {
    const around = Math.abs(least) * 0.1 || 1;
    return [least - around, most + around];
  }
  const step = tickStep(most - least, pixels, room);
  const below = step * Math.floor(least / step + 1e-9);
  const above = step * Math.ceil(most / step - 1e-9);
  return [least - below <= step / 2 ? below : least, above - most <= step / 2 ? above : most];
}

/** Reads a curve off by the keyboard. */
function moveCursor(event, plot) {
  const last = plot.data[0].length - 1;
  const at = plot.cursor.idx === null || plot.cursor.idx === undefined ? last : plot.cursor.idx;
  const pace = event.shiftKey ? 10 : 1;
  const to = { ArrowLeft: at - pace, ArrowRight: at + pace, Home: 0, End: last }[event.key];
  if (to === undefined || last < 0) return;
  event.preventDefault();
  const index = Math.min(last, Math.max(0, to));
  plot.setCursor({ left: plot.valToPos(plot.data[0][index], 'x'), top: 0 });
}

function makePlot(id, noisy) {
  const box = $('p-' + id);
  box.replaceChildren();
  const axis = (size) => ({
    stroke: () => colour.quiet,
    grid: { stroke: () => colour.line, width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
    size,
    values: (plot, splits) => ticks(splits),
  });
  // A line needs two points: a single one is drawn as such.
  const points = { show: (plot) => plot.data[0].length === 1, size: 7 };
  const line = { stroke: () => colour.accent, width: 2, points };
  const plot = new uPlot(
    {
      width: box.clientWidth,
      height: box.clientHeight,
      padding: [10, 30, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { size: 7 } },
      scales: {
        x: { time: false, range: (_, least, most) => roomy(least, most, box.clientWidth - 70, X_ROOM) },
        y: { range: (_, least, most) => roomy(least, most, box.clientHeight - 38, Y_ROOM) },
      },
      axes: [Object.assign(axis(28), { space: X_ROOM }), Object.assign(axis(labelRoom), { space: Y_ROOM })],
      series: noisy ? [{}, { stroke: () => colour.faint, width: 1, points: { show: false } }, line] : [{}, line],
      hooks: { setCursor: [(p) => readOff(p, id, noisy)] },
    },
    [[], []].concat(noisy ? [[]] : []),
    box,
  );
  plots.set(id, { plot, noisy, box });
  box.addEventListener('keydown', (event) => moveCursor(event, plot));
  return plots.get(id);
}

function readOff(plot, id, noisy) {
  const at = plot.cursor.idx;
  const last = noisy ? 2 : 1;
  if (at === null || at === undefined || plot.data[last][at] === undefined) {
    const values = plot.data[last];
    text('v-' + id, values.length ? short(values[values.length - 1]) : '');
  } else {
    text('v-' + id, short(plot.data[last][at]) + ' at step ' + grouped(plot.data[0][at]));
  }
}

function drawCurve(id, values, noisy) {
  if (values.length === 0) return;
  const entry = plots.get(id) || makePlot(id, noisy);
  entry.plot.setData(noisy ? [curve.step, values, smooth(values)] : [curve.step, values]);
  readOff(entry.plot, id, noisy);
}

function chartFor(name, i) {
  const id = 'm' + i;
  if (!$('p-' + id)) {
    const section = document.createElement('section');
    section.className = 'card chart';
    section.setAttribute('aria-labelledby', 'c-' + id);
    const head = document.createElement('div');
    head.className = 'head';
    const title = document.createElement('h2');
    title.id = 'c-' + id;
    const value = document.createElement('p');
    value.id = 'v-' + id;
    value.className = 'quiet';
    value.setAttribute('role', 'status');
    head.append(title, value);
    const box = document.createElement('div');
    box.className = 'plot';
    box.id = 'p-' + id;
    box.tabIndex = 0;
    box.setAttribute('role', 'img');
    box.setAttribute('aria-labelledby', title.id);
    box.setAttribute('aria-describedby', value.id);
    section.append(head, box);
    section.style.order = 2 + rank(name);
    $('charts').append(section);
  }
  text('c-' + id, heading(name));
  return id;
}

function heading(name) {
  const words = name.replace(/[_/]/g, ' ');
  return (words.charAt(0).toUpperCase() + words.slice(1)).replace(/\bkl\b/, 'KL');
}

/** Trials first, then losses, what else learning says of itself, and counters last. */
function rank(name) {
  if (/trial/.test(name)) return 0;
  if (/loss|change|error/.test(name)) return 1;
  if (/updates|sweeps|count|size|steps|settled|buffer|states/.test(name)) return 4;
  if (/diagnostic/.test(name)) return 3;
  return 2;
}

function drawCurves() {
  text('curves-t', `Thin: ${curve.per > 1 ? `the mean of ${grouped(curve.per)} episodes each` : 'every episode'}. Thick: the trend through the neighbours on both sides, which does not lag behind. Point at a curve, or focus it and use the arrow keys, to read it off.`);
  drawCurve('return', curve.return, true);
  drawCurve('length', curve.length, true);
  const constants = [];
  curve.names.forEach((name, i) => {
    const known = curve.numbers[i].filter((x) => x !== null);
    if (known.length === 0) return;
    // A number that has not changed yet needs no curve.
    if (known.every((x) => x === known[0])) {
      constants.push([heading(name), short(known[0])]);
      return;
    }
    drawCurve(chartFor(name, i), curve.numbers[i], false);
  });
  list('constants', constants);
}

/** Fills a list of names and numbers. */
function list(id, pairs) {
  const box = $(id);
  box.hidden = pairs.length === 0;
  while (box.children.length > pairs.length) box.lastChild.remove();
  while (box.children.length < pairs.length) {
    const row = document.createElement('div');
    row.append(document.createElement('dt'), document.createElement('dd'));
    box.append(row);
  }
  pairs.forEach(([name, value], i) => {
    const [term, number] = box.children[i].children;
    if (term.textContent !== name) {
      term.textContent = name;
      term.title = name;
    }
    if (number.textContent !== value) number.textContent = value;
  });
}

function resize() {
  for (const { plot, box } of plots.values()) plot.setSize({ width: box.clientWidth, height: box.clientHeight });
  drawGrid();
  drawSurface();
}

// ---- the run

let state = null;

async function pollState() {
  const news = await ask(`state?after=${curve.step.length}&per=${curve.per}`);
  if (state && state.controllable && news.phase === 'stopped') over = true; // the program ends, too
  state = news;
  if (news.curve) {
    const grown = news.curve.step.length > 0 || news.curve.from < curve.step.length;
    take(news.curve);
    if (grown) drawCurves();
  }
  const title = `${news.learner} on ${news.environment}`;
  text('title', title);
  text('subtitle', [news.details, news.run].filter(Boolean).join(' · '));
  const word = news.paused ? 'paused' : news.phase;
  const done = word === 'training' ? `${Math.floor(100 * (news.fraction || 0))} %` : word;
  document.title = `${done} · ${title}`;
  showPhase(word);
  const percent = 100 * (news.fraction || 0);
  $('bar').style.width = percent + '%';
  $('progress').setAttribute('aria-valuenow', Math.round(percent));
  text('f-step', news.step === undefined ? '–' : grouped(news.step));
  text('f-episodes', news.episodes === undefined ? '–' : grouped(news.episodes));
  text('f-recent', short(news.recent === null && curve.return.length ? smooth(curve.return).at(-1) : news.recent));
  text('f-rate', news.phase === 'training' && !news.paused && news.rate ? grouped(news.rate) : '–');
  text('f-seconds', time(news.seconds));
  text('f-left', timeLeft(news));
  showControls(news);
  say(news.message);
  $('gridcard').hidden = !news.grid || !grid || !values;
  // Without a policy, as before the first checkpoint of a run in another process, there is nothing to see.
  $('playcard').hidden = !news.drawn || frameNumber === 0;
  const learning = news.phase !== 'policy';
  $('facts').hidden = !learning;
  $('charts').hidden = !learning;
  showHands(news);
}

/** At the present speed for steps, else as it went so far. */
function timeLeft(news) {
  const part = news.fraction || 0;
  if (news.phase !== 'training' || news.paused || part <= 0 || part >= 1) return '–';
  if (news.rate) return time((news.step * (1 - part)) / part / news.rate);
  return news.seconds ? time((news.seconds * (1 - part)) / part) : '–';
}

// ---- controls

let turning = 0;

function showControls(news) {
  $('controls').hidden = !news.controllable;
  text('pause', news.paused ? 'Resume' : 'Pause');
  if (performance.now() - turning > 1000) {
    $('speed').value = position(news.speed);
    showSpeed();
  }
}

const speedAt = (at) =>
  at >= FASTEST ? 0 : Math.round(SLOWEST_SPEED * 10 ** ((SPEED_DECADES * at) / FASTEST));

const position = (speed) =>
  speed === 0 ? FASTEST : Math.min(FASTEST - 1, Math.max(0, Math.round((FASTEST / SPEED_DECADES) * Math.log10(speed / SLOWEST_SPEED))));

function showSpeed() {
  const exact = performance.now() - turning > 1000 && state ? state.speed : speedAt(+$('speed').value);
  const words = exact === 0 ? 'unlimited' : ticks([+exact.toPrecision(2)])[0] + ' steps/s';
  text('speedtext', words);
  $('speed').setAttribute('aria-valuetext', words);
}

const tell = (path) => ask(path, { method: 'POST' }).catch(() => {});

$('pause').addEventListener('click', async () => {
  await tell(state && state.paused ? 'resume' : 'pause');
  await pollState().catch(() => {});
});

$('stop').addEventListener('click', () => {
  $('stop').disabled = true;
  text('stop', 'Saving …');
  tell('stop');
});

let sending = 0;
$('speed').addEventListener('input', () => {
  turning = performance.now();
  showSpeed();
  clearTimeout(sending);
  sending = setTimeout(() => tell('speed?steps=' + speedAt(+$('speed').value)), 80);
});

// ---- values on the grid

let grid = null;
let values = null;
let place = null;
let showQ = false;

async function pollValues() {
  if (!state || !state.grid) return;
  if (!grid) {
    grid = await ask('grid');
    takeStops(state.ramp);
  }
  const layer = place ? place[0] : 0;
  const known = values && values.layer === layer ? `&step=${values.step}` : '';
  const news = await ask(`values?layer=${layer}${known}`);
  if (news) {
    values = news;
    $('gridcard').hidden = false;
    drawGrid();
  }
}

function takeStops(colours) {
  stops = colours.map(channels);
}

function prepare(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const w = Math.round(width * ratio);
  const h = Math.round(height * ratio);
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  canvas.style.aspectRatio = `${width} / ${height}`;
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

const ARROWS = { '←': Math.PI, '↑': -Math.PI / 2, '→': 0, '↓': Math.PI / 2 };

function drawGrid() {
  if (!grid || !values || $('gridcard').hidden) return;
  const canvas = $('grid');
  const width = Math.min(560, canvas.parentElement.clientWidth);
  const side = width / grid.width;
  const g = prepare(canvas, width, side * grid.height);
  canvas.style.maxWidth = width + 'px';
  g.clearRect(0, 0, width, side * grid.height);
  const layer = grid.layers[values.layer];
  const withQ = showQ && values.actions > 0;
  const numbers = withQ
    ? values.q.filter((x) => x !== null)
    : values.v.filter((x, cell) => x !== null && !isUndecided(cell));
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  const rgb = (x) => ramp(high > low ? (x - low) / (high - low) : 0.35);
  const gap = side > 24 ? 1.5 : 0.5;
  for (let cell = 0; cell < values.v.length; cell++) {
    const x = (cell % grid.width) * side + gap;
    const y = Math.floor(cell / grid.width) * side + gap;
    const size = side - 2 * gap;
    g.save();
    g.beginPath();
    g.roundRect(x, y, size, size, Math.min(5, side / 8));
    g.clip();
    if (values.v[cell] === null) {
      drawOther(g, layer, cell, x, y, size);
    } else if (withQ) {
      drawActions(g, cell, x, y, size, rgb);
    } else {
      drawState(g, cell, x, y, size, rgb, beside(low, high));
    }
    g.restore();
  }
  g.fillStyle = colour.ink;
  for (const cell of layer.walls) {
    const x = ((cell % grid.width) + 1) * side;
    g.fillRect(x - Math.max(2, side / 24), Math.floor(cell / grid.width) * side, 2 * Math.max(2, side / 24), side);
  }
  if (place && place[0] === values.layer) {
    // Dark and light together, as one of them alone is lost on some colours.
    const wide = Math.max(2, side / 18);
    for (const [inset, ink] of [[wide / 2, colour.ink], [wide * 1.5, colour.card]]) {
      const size = side - 2 * (gap + inset);
      g.lineWidth = wide;
      g.strokeStyle = ink;
      g.beginPath();
      g.roundRect(place[2] * side + gap + inset, place[1] * side + gap + inset, size, size, Math.min(5, side / 8));
      g.stroke();
    }
  }
  text('low', numbers.length ? short(low) : '');
  text('high', numbers.length ? short(high) : '');
  drawRamp('ramp');
  text('layer', layer.name);
  text('grid-t', gridWords(layer));
  tellCell();
  $('show-q').hidden = values.actions === 0;
}

/** A place where nothing is done: by colour, by form and by letter. */
function drawOther(g, layer, cell, x, y, size) {
  const kind = layer.kinds[cell];
  const middleX = x + size / 2;
  const middleY = y + size / 2;
  const r = size / 2;
  g.fillStyle = kind === 'W' || kind === 'O' ? colour.wall : colour.card;
  g.fillRect(x, y, size, size);
  if (kind === 'W' || kind === 'O') return;
  g.beginPath();
  if (kind === 'G') {
    g.fillStyle = colour.goal;
    g.moveTo(middleX, y);
    g.lineTo(x + size, middleY);
    g.lineTo(middleX, y + size);
    g.lineTo(x, middleY);
  } else if (kind === 'T') {
    g.fillStyle = colour.trap;
    g.arc(middleX, middleY, r, 0, 2 * Math.PI);
  } else {
    g.fillStyle = colour.hazard;
    g.rect(x, y, size, size);
  }
  g.fill();
  if (kind === 'H') {
    g.strokeStyle = '#ffffff';
    g.lineWidth = 1;
    g.setLineDash([3, 3]);
    g.beginPath();
    g.moveTo(x, y + size);
    g.lineTo(x + size, y);
    g.stroke();
    g.setLineDash([]);
  }
  const tile = layer.tiles[cell].trim();
  const under = { G: colour.goal, T: colour.trap, H: colour.hazard }[kind];
  if (tile) label(g, tile, middleX, middleY, size * 0.36, inkOn(channels(under)), 600);
}

/** Whether all actions are worth the same in a place, as where nothing has been learned. */
const isUndecided = (cell) => values.actions > 1 && values.best[cell] < 0;

/** How to read the grid: only what there is on it. */
function gridWords(layer) {
  const forms = [['G', 'diamonds are goals'], ['T', 'discs traps'], ['H', 'struck squares cliffs'], ['W', 'grey squares walls']]
    .filter(([kind]) => layer.kinds.includes(kind))
    .map(([, words]) => words);
  const arrows = [...grid.glyphs].some((glyph) => ARROWS[glyph] !== undefined);
  const letters = [...grid.glyphs].map((glyph, a) => [glyph, state && state.actions[a]])
    .filter(([glyph, name]) => ARROWS[glyph] === undefined && name)
    .map(([glyph, name]) => `${glyph} ${name}`);
  const best = arrows ? 'the arrow the best action' : 'the letter the best action';
  const sentences = [
    `The colour is what is to be earned from there, ${best}${letters.length ? ` (${letters.join(', ')})` : ''}.`,
    forms.length ? forms.join(', ').replace(/^./, (c) => c.toUpperCase()) + '.' : '',
    values.v.some((x, cell) => x !== null && isUndecided(cell)) ? 'In pale places all actions are worth the same, as where nothing has been learned.' : '',
    'The frame is where the policy at work is now. Point at a place, or go there with the arrow keys, for its numbers.',
  ];
  return sentences.filter(Boolean).join(' ');
}

const KINDS = { O: '', G: 'goal', T: 'trap', H: 'cliff', W: 'wall' };

/** Which place is pointed at; null if none is. */
let pointed = null;

/** Says what is known of the place that is pointed at. */
function tellCell() {
  if (!grid || !values || pointed === null || pointed >= values.v.length) {
    text('cell', '');
    return;
  }
  const layer = grid.layers[values.layer];
  const where = `row ${Math.floor(pointed / grid.width)}, column ${pointed % grid.width}`;
  if (values.v[pointed] === null) {
    text('cell', `${where}: ${KINDS[layer.kinds[pointed]] || 'nothing to decide'}`);
    return;
  }
  const best = values.best[pointed];
  const names = state && state.actions.length === grid.glyphs.length ? state.actions : [...grid.glyphs];
  const each = [];
  for (let a = 0; a < values.actions; a++) each.push(`${names[a]} ${short(values.q[pointed * values.actions + a])}`);
  text('cell', `${where}: V ${short(values.v[pointed])}` + (best >= 0 ? `, best ${names[best]}` : '') + (each.length ? ` · Q ${each.join(', ')}` : ''));
}

function cellAt(event) {
  const box = $('grid').getBoundingClientRect();
  const column = Math.floor(((event.clientX - box.left) / box.width) * grid.width);
  const row = Math.floor(((event.clientY - box.top) / box.height) * grid.height);
  return column >= 0 && column < grid.width && row >= 0 && row < grid.height ? row * grid.width + column : null;
}

$('grid').addEventListener('pointermove', (event) => {
  if (!grid) return;
  pointed = cellAt(event);
  tellCell();
});
$('grid').addEventListener('pointerleave', () => {
  pointed = null;
  tellCell();
});
$('grid').addEventListener('keydown', (event) => {
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!grid || by === undefined || (state && state.hands)) return;
  event.preventDefault();
  const at = pointed === null ? 0 : pointed;
  const sideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
  const next = sideways ? at + by : at + by * grid.width;
  const inside = sideways ? Math.floor(next / grid.width) === Math.floor(at / grid.width) : next >= 0 && next < grid.width * grid.height;
  if (pointed === null) pointed = 0;
  else if (inside && next >= 0) pointed = next;
  tellCell();
});

function drawState(g, cell, x, y, size, rgb, number) {
  if (isUndecided(cell)) {
    g.fillStyle = colour.soft;
    g.fillRect(x, y, size, size);
    return;
  }
  const back = rgb(values.v[cell]);
  const ink = inkOn(back);
  g.fillStyle = css(back);
  g.fillRect(x, y, size, size);
  const best = values.best[cell];
  const wide = size >= 46;
  if (best >= 0) arrow(g, grid.glyphs[best], x + size / 2, y + size * (wide ? 0.4 : 0.5), size * (wide ? 0.2 : 0.28), ink);
  if (wide) label(g, number(values.v[cell]), x + size / 2, y + size * 0.8, Math.min(12, size * 0.2), ink, 400);
}

function drawActions(g, cell, x, y, size, rgb) {
  const n = values.actions;
  g.fillStyle = colour.soft;
  g.fillRect(x, y, size, size);
  const others = [];
  for (let a = 0; a < n; a++) {
    const q = values.q[cell * n + a];
    const angle = ARROWS[grid.glyphs[a]];
    if (q === null) continue;
    if (angle === undefined) {
      others.push(a);
      continue;
    }
    g.save();
    g.translate(x + size / 2, y + size / 2);
    g.rotate(angle);
    g.beginPath();
    g.moveTo(0, 0);
    g.lineTo(size / 2 + 1, -size / 2 - 1);
    g.lineTo(size / 2 + 1, size / 2 + 1);
    g.closePath();
    g.fillStyle = css(rgb(q));
    g.fill();
    g.strokeStyle = colour.card;
    g.lineWidth = 1;
    g.stroke();
    g.restore();
  }
  const box = size * 0.2;
  others.forEach((a, i) => {
    const left = x + size / 2 + (i - others.length / 2) * box * 1.15;
    g.fillStyle = css(rgb(values.q[cell * n + a]));
    g.fillRect(left, y + size / 2 - box / 2, box, box);
    g.strokeStyle = colour.card;
    g.strokeRect(left, y + size / 2 - box / 2, box, box);
  });
  const best = values.best[cell];
  const angle = best < 0 ? undefined : ARROWS[grid.glyphs[best]];
  if (angle !== undefined && size >= 18) {
    const back = rgb(values.q[cell * n + best]);
    arrow(g, grid.glyphs[best], x + size / 2 + Math.cos(angle) * size * 0.3, y + size / 2 + Math.sin(angle) * size * 0.3, size * 0.11, inkOn(back));
  }
}

function arrow(g, glyph, x, y, r, ink) {
  const angle = ARROWS[glyph];
  if (angle === undefined) {
    label(g, glyph, x, y, r * 2, ink, 600);
    return;
  }
  g.save();
  g.translate(x, y);
  g.rotate(angle);
  g.strokeStyle = ink;
  g.lineWidth = Math.max(1.2, r * 0.26);
  g.lineCap = 'round';
  g.lineJoin = 'round';
  g.beginPath();
  g.moveTo(-r, 0);
  g.lineTo(r, 0);
  g.moveTo(r * 0.25, -r * 0.65);
  g.lineTo(r, 0);
  g.lineTo(r * 0.25, r * 0.65);
  g.stroke();
  g.restore();
}

function label(g, words, x, y, size, ink, weight) {
  g.fillStyle = ink;
  g.font = `${weight} ${size}px system-ui, sans-serif`;
  g.textAlign = 'center';
  g.textBaseline = 'middle';
  g.fillText(words, x, y);
}

function chooseValues(q) {
  showQ = q;
  $('show-v').setAttribute('aria-pressed', String(!q));
  $('show-q').setAttribute('aria-pressed', String(q));
  drawGrid();
}

$('show-v').addEventListener('click', () => chooseValues(false));
$('show-q').addEventListener('click', () => chooseValues(true));

// ---- values over two elements of the observation

let surface = null;
let observed = [];

/** The other numbers change while the policy is at work: as often as that they are taken in. */
const OTHERS_MILLIS = 2000;
let surfaceAsked = 0;

async function pollSurface() {
  if (!state || !state.surface || observed.length < 2) return;
  if (stops.length === 0) takeStops(state.ramp);
  chooseElements();
  const [x, y] = [+$('surface-x').value, +$('surface-y').value];
  const old = observed.length > 2 && Date.now() - surfaceAsked > OTHERS_MILLIS;
  const known = surface && surface.x === x && surface.y === y && !old ? `&step=${surface.step}` : '';
  const news = await ask(`surface?x=${x}&y=${y}${known}`);
  if (news) {
    surface = news;
    surfaceAsked = Date.now();
    $('surfacecard').hidden = false;
    text('surface-t', surfaceWords());
    drawSurface();
  }
}

const elementName = (i) => (state.observations.length > 1 ? state.observations[i] : 'element ' + i);

/** What is drawn, with the numbers that are held. */
function surfaceWords() {
  const others = surface.at.map((x, i) => [i, x]).filter(([i]) => i !== surface.x && i !== surface.y);
  const held = others.length === 0 ? '' : others.length <= MOST_HELD
    ? `, with ${others.map(([i, x]) => `${elementName(i)} ${short(x)}`).join('; ')}`
    : ', with the other numbers as they were a moment ago';
  return `The colour is what is to be earned from there${held}. The ring is where the policy at work is.`;
}

const MOST_HELD = 8;

function chooseElements() {
  for (const [id, chosen] of [['surface-x', 0], ['surface-y', 1]]) {
    const box = $(id);
    if (box.children.length === observed.length) continue;
    box.replaceChildren(...observed.map((_, i) => new Option(elementName(i), String(i), i === chosen, i === chosen)));
  }
}

function drawSurface() {
  if (!surface || $('surfacecard').hidden) return;
  const canvas = $('surface');
  const width = Math.min(560, canvas.parentElement.clientWidth);
  const left = 56;
  const bottom = 24;
  const height = Math.round(width * 0.72);
  const g = prepare(canvas, width, height);
  canvas.style.maxWidth = width + 'px';
  g.clearRect(0, 0, width, height);
  const known = surface.v.filter((x) => x !== null);
  const low = Math.min(...known);
  const high = Math.max(...known);
  const w = (width - left) / surface.across;
  const h = (height - bottom) / surface.up;
  surface.v.forEach((x, cell) => {
    if (x === null) return;
    g.fillStyle = css(ramp(high > low ? (x - low) / (high - low) : 0.35));
    const column = cell % surface.across;
    const row = Math.floor(cell / surface.across);
    const [x0, x1, y0, y1] = [left + column * w, left + (column + 1) * w, row * h, (row + 1) * h].map(Math.round);
    g.fillRect(x0, y0, x1 - x0, y1 - y0);
  });
  label(g, told(surface.xs[0]), left + 16, height - 10, 12, colour.quiet, 400);
  label(g, told(surface.xs[1]), width - 22, height - 10, 12, colour.quiet, 400);
  label(g, told(surface.ys[1]), left / 2, 10, 12, colour.quiet, 400);
  label(g, told(surface.ys[0]), left / 2, height - bottom - 8, 12, colour.quiet, 400);
  const part = (ends, x) => Math.min(1, Math.max(0, (x - ends[0]) / (ends[1] - ends[0])));
  if (observed.length > Math.max(surface.x, surface.y)) {
    const x = left + part(surface.xs, observed[surface.x]) * (width - left);
    const y = (1 - part(surface.ys, observed[surface.y])) * (height - bottom);
    for (const [size, ink] of [[4, '#000000'], [2, '#ffffff']]) {
      g.beginPath();
      g.lineWidth = size;
      g.strokeStyle = ink;
      g.arc(x, y, 7, 0, 2 * Math.PI);
      g.stroke();
    }
  }
  text('s-low', short(low));
  text('s-high', short(high));
  drawRamp('s-ramp');
}

$('surface').addEventListener('pointermove', (event) => {
  if (!surface) return;
  const box = $('surface').getBoundingClientRect();
  const scale = box.width / $('surface').clientWidth || 1;
  const across = (event.clientX - box.left - 56 * scale) / (box.width - 56 * scale);
  const up = (event.clientY - box.top) / (box.height - 24 * scale);
  if (across < 0 || across >= 1 || up < 0 || up >= 1) {
    text('point', '');
    return;
  }
  const cell = Math.floor(up * surface.up) * surface.across + Math.floor(across * surface.across);
  const at = (ends, t) => short(ends[0] + t * (ends[1] - ends[0]));
  const best = surface.actions > 1 && state.actions.length ? `, best ${state.actions[surface.best[cell]]}` : '';
  text('point', `${elementName(surface.x)} ${at(surface.xs, across)}, ${elementName(surface.y)} ${at(surface.ys, 1 - up)}: V ${short(surface.v[cell])}${best}`);
});
for (const id of ['surface-x', 'surface-y']) $(id).addEventListener('change', () => { surface = null; });

// ---- the policy at work

let frameNumber = 0;

async function pollFrame() {
  if (!state || !state.drawn) return;
  const frame = await ask('frame?after=' + frameNumber);
  if (!frame) return;
  frameNumber = frame.number;
  const end = frame.end === '' ? '' : frame.end === 'ended' ? ' · end' : ' · cut off';
  text('play-t', `episode ${grouped(frame.episode)} · step ${grouped(frame.step)} · return ${short(frame.return)}${end}`);
  if (frame.seen) {
    $('seenbox').hidden = false;
    text('seen-h', frame.planes > 1 ? `What the network sees: ${frame.planes} planes` : 'What the network sees');
    await drawPng('seen', frame.seen, frame.seenWidth, frame.seenHeight);
  }
  if (frame.png) {
    await drawPng('play', frame.png, frame.width, frame.height);
  } else if (frame.text !== undefined) {
    $('play').hidden = true;
    $('playtext').hidden = false;
    text('playtext', frame.text);
  }
  const moved = JSON.stringify(place) !== JSON.stringify(frame.place || null);
  place = frame.place || null;
  if (moved) drawGrid();
  if (frame.observed) showObserved(frame.observed);
  if (frame.choice) showChoice(frame.choice);
}

function showObserved(numbers) {
  observed = numbers;
  const named = state.observations.length > 1;
  $('observed').hidden = !named && !(numbers.length > 1 && numbers.length <= 12);
  if (!$('observed').hidden) list('elements', numbers.map((x, i) => [elementName(i), told(x)]));
  drawSurface();
}

async function drawPng(id, png, width, height) {
  const image = new Image();
  image.src = 'data:image/png;base64,' + png;
  await image.decode();
  const canvas = $(id);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  canvas.getContext('2d').drawImage(image, 0, 0);
}

// ---- taking part

/** Which action each key stands for. */
let keys = new Map();

const ARROW_KEYS = {
  left: 'ArrowLeft', right: 'ArrowRight', up: 'ArrowUp', down: 'ArrowDown', forward: 'ArrowUp', backward: 'ArrowDown',
  attack: ' ', fire: ' ', '←': 'ArrowLeft', '→': 'ArrowRight', '↑': 'ArrowUp', '↓': 'ArrowDown',
};
const KEY_NAMES = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', ' ': 'space' };

function showHands(news) {
  const actions = news.actions;
  if (keys.size === 0 && actions.length > 0) {
    actions.forEach((name, action) => {
      const words = name.split(/[^a-z←→↑↓]+/).reverse();
      const key = ARROW_KEYS[words.find((word) => ARROW_KEYS[word])];
      if (key && !keys.has(key)) keys.set(key, action);
      else if (name !== 'none' && action < 10) keys.set(String(action), action);
    });
  }
  $('hands').hidden = actions.length === 0;
  $('hands').setAttribute('aria-pressed', String(news.hands));
  text('hands', news.hands ? 'Let the policy play' : 'Play yourself');
  text('play-h', news.hands ? 'You play' : 'The policy at work');
  $('play').classList.toggle('clickable', news.clickable);
  $('hint').hidden = !news.clickable && !news.hands;
  $('reward').hidden = !news.reward;
  text('reward', news.reward ? 'Reward: ' + news.reward.replace(/-(?=\d)/g, '−') : '');
  text('hint', news.hands
    ? 'Keys: ' + [...keys].map(([key, action]) => {
      const shown = KEY_NAMES[key] || key;
      return shown === actions[action] ? shown : `${shown} ${actions[action]}`;
    }).join(', ')
    : 'Click on the ground to throw the stick there.');
}

$('hands').addEventListener('click', async () => {
  await tell('hands?on=' + (state && state.hands ? 0 : 1));
  $('hands').blur();
  await pollState().catch(() => {});
});

let pressed = null;

addEventListener('keydown', (event) => {
  const busy = /^(BUTTON|INPUT|SELECT)$/.test(event.target.tagName || '');
  if (event.key === ' ' && state && state.controllable && !state.hands && !busy) {
    event.preventDefault();
    if (!event.repeat) $('pause').click();
    return;
  }
  if (!state || !state.hands || !keys.has(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  if (event.repeat) return;
  pressed = event.key;
  tell('key?action=' + keys.get(event.key));
});

function release() {
  if (pressed === null) return;
  pressed = null;
  tell('key');
}

addEventListener('keyup', (event) => {
  if (event.key === pressed) release();
});
addEventListener('blur', release);

$('play').addEventListener('click', (event) => {
  if (!state || !state.clickable) return;
  const box = $('play').getBoundingClientRect();
  const share = (from, size) => Math.min(10000, Math.max(0, Math.round((10000 * from) / size)));
  tell(`click?x=${share(event.clientX - box.left, box.width)}&y=${share(event.clientY - box.top, box.height)}`);
});

const TITLES = {
  values: 'What it expects of each action, Q',
  exact: 'How likely each action is here while it learns',
  drawn: 'How often it would try each action here, in 1,000 draws',
  action: 'The action it takes, within its bounds',
};

/** The largest size of an unbounded continuous action so far: its bar goes as far. */
let reach = 0;

function showChoice(choice) {
  $('choice').hidden = false;
  const shares = choice.kind === 'shares';
  text('choice-h', TITLES[shares ? (choice.exact ? 'exact' : 'drawn') : choice.kind]);
  const bars = $('bars');
  const n = choice.numbers.length;
  while (bars.children.length > n) bars.lastChild.remove();
  while (bars.children.length < n) bars.append(option());
  const known = choice.numbers.filter((x) => x !== null);
  const taken = choice.kind === 'action';
  if (taken) reach = Math.max(reach, ...known.map(Math.abs));
  const least = shares ? 0 : Math.min(0, ...known);
  const most = shares ? 1 : Math.max(0, ...known);
  choice.numbers.forEach((x, i) => {
    const [name, track, number] = bars.children[i].children;
    const bounded = taken && choice.low && choice.low[i] !== null && choice.high[i] !== null;
    const low = taken ? (bounded ? choice.low[i] : -reach) : least;
    const high = taken ? (bounded ? choice.high[i] : reach) : most;
    const span = high - low || 1;
    const zero = Math.min(1, Math.max(0, -low / span));
    bars.children[i].classList.toggle('chosen', i === choice.chosen || taken);
    track.classList.toggle('signed', taken);
    track.style.setProperty('--zero', 100 * zero + '%');
    name.textContent = choice.labels ? choice.labels[i] : String(i);
    name.title = name.textContent;
    number.textContent = x === null ? 'not allowed' : shares ? (100 * x).toFixed(x > 0 && x < 0.0995 ? 1 : 0) + ' %' : short(x);
    track.title = bounded ? `${short(x)} in [${short(low)}, ${short(high)}]` : '';
    const fill = track.firstChild;
    const at = x === null ? zero : Math.min(1, Math.max(0, (x - low) / span));
    fill.style.marginLeft = 100 * Math.min(zero, at) + '%';
    fill.style.width = 100 * Math.abs(at - zero) + '%';
  });
}

function option() {
  const row = document.createElement('div');
  row.className = 'option';
  const name = document.createElement('span');
  name.className = 'name';
  const track = document.createElement('div');
  track.className = 'track';
  const fill = document.createElement('div');
  fill.className = 'fill';
  track.append(fill);
  const number = document.createElement('span');
  number.className = 'number';
  row.append(name, track, number);
  return row;
}

// ---- begin

function recolour() {
  readColours();
  for (const { plot } of plots.values()) plot.redraw();
  drawGrid();
  drawSurface();
}

readColours();
dark.addEventListener('change', recolour);
new ResizeObserver(resize).observe(document.querySelector('main'));
forever(pollState, POLL);
forever(pollValues, POLL);
forever(pollSurface, 2 * POLL);
forever(pollFrame, () => (state && state.drawn ? 0 : POLL));
