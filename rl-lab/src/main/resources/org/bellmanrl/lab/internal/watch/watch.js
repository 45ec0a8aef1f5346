// The live page of a run: asks the server for what is new, and draws it.
'use strict';

const $ = (id) => document.getElementById(id);
const POLL = 250;
const FASTEST = 100;
const SLOWEST_SPEED = 10;
const SPEED_DECADES = 5;

let over = false;
let lost = 0;

// ---- numbers as text

const grouped = (n) => Math.round(n).toLocaleString('en-US');

function short(x) {
  if (x === null || x === undefined) return '–';
  const size = Math.abs(x);
  if (size >= 1e5) return grouped(x);
  if (size !== 0 && size < 1e-3) return x.toExponential(1);
  return String(+x.toFixed(size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3));
}

function tick(x) {
  const size = Math.abs(x);
  if (size >= 1e6) return +(x / 1e6).toFixed(1) + 'M';
  if (size >= 1e3) return +(x / 1e3).toFixed(1) + 'k';
  return String(+x.toPrecision(4));
}

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
  for (const name of ['card', 'line', 'ink', 'quiet', 'accent', 'faint', 'low', 'middle', 'high', 'wall', 'end']) {
    colour[name] = style.getPropertyValue('--' + name).trim();
  }
}

const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

function ramp(part) {
  const [from, to, t] =
    part < 0.5 ? [colour.low, colour.middle, part * 2] : [colour.middle, colour.high, part * 2 - 1];
  const a = channels(from);
  const b = channels(to);
  return a.map((x, i) => Math.round(x + (b[i] - x) * t));
}

const css = (rgb) => `rgb(${rgb[0]} ${rgb[1]} ${rgb[2]})`;
const inkOn = (rgb) => (0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2] > 128 ? '#10201d' : '#f4fbf9');

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
  text('phase', 'ended');
  $('controls').hidden = true;
  if (state && state.phase === 'stopped') return;
  say('The program has ended. ./rl watch ' + (state ? state.run : 'RUN') + ' shows the run again.');
}

function say(message) {
  $('message').hidden = message === '';
  text('message', message);
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

function smooth(values) {
  const width = Math.max(3, Math.round(values.length / 25));
  const out = [];
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== null) { sum += values[i]; count++; }
    if (i >= width && values[i - width] !== null) { sum -= values[i - width]; count--; }
    out.push(count === 0 ? null : sum / count);
  }
  return out;
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
    values: (plot, splits) => splits.map(tick),
  });
  const line = { stroke: () => colour.accent, width: 2, points: { show: false } };
  const plot = new uPlot(
    {
      width: box.clientWidth,
      height: box.clientHeight,
      padding: [10, 26, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { size: 7 } },
      scales: { x: { time: false } },
      axes: [Object.assign(axis(28), { space: 48 }), Object.assign(axis(52), { space: 36 })],
      series: noisy ? [{}, { stroke: () => colour.faint, width: 1, points: { show: false } }, line] : [{}, line],
      hooks: { setCursor: [(p) => readOff(p, id, noisy)] },
    },
    [[], []].concat(noisy ? [[]] : []),
    box,
  );
  plots.set(id, { plot, noisy, box });
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
    head.append(title, value);
    const box = document.createElement('div');
    box.className = 'plot';
    box.id = 'p-' + id;
    section.append(head, box);
    $('charts').append(section);
  }
  const words = name.replace(/[_/]/g, ' ');
  text('c-' + id, words.charAt(0).toUpperCase() + words.slice(1));
  return id;
}

function drawCurves() {
  drawCurve('return', curve.return, true);
  drawCurve('length', curve.length, true);
  curve.names.forEach((name, i) => {
    const known = curve.numbers[i].filter((x) => x !== null);
    if (known.length === 0) return;
    const id = chartFor(name, i);
    // A number that has not changed yet needs no curve.
    const constant = known.every((x) => x === known[0]);
    $('p-' + id).hidden = constant;
    if (constant) text('v-' + id, short(known[0]));
    else drawCurve(id, curve.numbers[i], false);
  });
}

function resize() {
  for (const { plot, box } of plots.values()) plot.setSize({ width: box.clientWidth, height: box.clientHeight });
  drawGrid();
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
  document.title = `${Math.floor(100 * (news.fraction || 0))} % · ${title}`;
  text('phase', news.paused ? 'paused' : news.phase);
  const percent = 100 * (news.fraction || 0);
  $('bar').style.width = percent + '%';
  $('progress').setAttribute('aria-valuenow', Math.round(percent));
  text('f-step', news.step === undefined ? '–' : grouped(news.step));
  text('f-episodes', news.episodes === undefined ? '–' : grouped(news.episodes));
  text('f-recent', short(news.recent === null && curve.return.length ? smooth(curve.return).at(-1) : news.recent));
  text('f-rate', news.phase === 'training' && !news.paused && news.rate ? grouped(news.rate) : '–');
  text('f-seconds', time(news.seconds));
  showControls(news);
  say(news.message);
  $('gridcard').hidden = !news.grid || !grid || !values;
  $('playcard').hidden = !news.drawn;
  const learning = news.phase !== 'policy';
  $('facts').hidden = !learning;
  $('charts').hidden = !learning;
  showHands(news);
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
  const words = exact === 0 ? 'unlimited' : tick(+exact.toPrecision(2)) + ' steps/s';
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
  if (!grid) grid = await ask('grid');
  const layer = place ? place[0] : 0;
  const known = values && values.layer === layer ? `&step=${values.step}` : '';
  const news = await ask(`values?layer=${layer}${known}`);
  if (news) {
    values = news;
    $('gridcard').hidden = false;
    drawGrid();
  }
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
  const numbers = (withQ ? values.q : values.v).filter((x) => x !== null);
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
      const tile = layer.tiles[cell].trim();
      g.fillStyle = layer.state[cell] < 0 ? colour.wall : colour.end;
      g.fillRect(x, y, size, size);
      if (layer.state[cell] >= 0 && tile) label(g, tile, x + size / 2, y + size / 2, size * 0.42, colour.ink, 600);
    } else if (withQ) {
      drawActions(g, cell, x, y, size, rgb);
    } else {
      drawState(g, cell, x, y, size, rgb);
    }
    g.restore();
  }
  if (place && place[0] === values.layer) {
    g.lineWidth = Math.max(2, side / 18);
    g.strokeStyle = colour.ink;
    const inset = gap + g.lineWidth / 2;
    const size = side - 2 * inset;
    g.beginPath();
    g.roundRect(place[2] * side + inset, place[1] * side + inset, size, size, Math.min(5, side / 8));
    g.stroke();
  }
  text('low', numbers.length ? short(low) : '');
  text('high', numbers.length ? short(high) : '');
  text('layer', layer.name);
  $('show-q').hidden = values.actions === 0;
}

function drawState(g, cell, x, y, size, rgb) {
  const back = rgb(values.v[cell]);
  const ink = inkOn(back);
  g.fillStyle = css(back);
  g.fillRect(x, y, size, size);
  const best = values.best[cell];
  const wide = size >= 46;
  if (best >= 0) arrow(g, grid.glyphs[best], x + size / 2, y + size * (wide ? 0.4 : 0.5), size * (wide ? 0.2 : 0.28), ink);
  if (wide) label(g, short(values.v[cell]), x + size / 2, y + size * 0.8, Math.min(12, size * 0.2), ink, 400);
}

function drawActions(g, cell, x, y, size, rgb) {
  const n = values.actions;
  g.fillStyle = colour.low;
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
  if (frame.choice) showChoice(frame.choice);
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
      const words = name.split(' ');
      const key = ARROW_KEYS[name] || ARROW_KEYS[words[words.length - 1]];
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
  shares: 'How often it would try each action here, in 64 draws',
  action: 'The action it takes',
};

/** The largest size of a continuous action so far: bars go from zero in the middle as far. */
let reach = 0;

function showChoice(choice) {
  $('choice').hidden = false;
  text('choice-h', TITLES[choice.kind]);
  const bars = $('bars');
  const n = choice.numbers.length;
  while (bars.children.length > n) bars.lastChild.remove();
  while (bars.children.length < n) bars.append(option());
  const known = choice.numbers.filter((x) => x !== null);
  const signed = choice.kind === 'action';
  if (signed) reach = Math.max(reach, ...known.map(Math.abs));
  const low = choice.kind === 'shares' ? 0 : signed ? -reach : Math.min(0, ...known);
  const high = choice.kind === 'shares' ? 1 : signed ? reach : Math.max(0, ...known);
  choice.numbers.forEach((x, i) => {
    const [name, track, number] = bars.children[i].children;
    bars.children[i].classList.toggle('chosen', i === choice.chosen || signed);
    track.classList.toggle('signed', signed);
    name.textContent = choice.labels ? choice.labels[i] : String(i);
    number.textContent = x === null ? 'not allowed' : choice.kind === 'shares' ? Math.round(100 * x) + ' %' : short(x);
    const fill = track.firstChild;
    const span = high - low || 1;
    const from = x === null ? 0 : (Math.min(x, 0) - low) / span;
    fill.style.marginLeft = 100 * from + '%';
    fill.style.width = x === null ? '0' : (100 * Math.abs(x)) / span + '%';
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
}

readColours();
dark.addEventListener('change', recolour);
new ResizeObserver(resize).observe(document.querySelector('main'));
forever(pollState, POLL);
forever(pollValues, POLL);
forever(pollFrame, () => (state && state.drawn ? 0 : POLL));
