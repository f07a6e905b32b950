// Layers of a large graph: all edges as density and all entities as points, painted once and then only moved.
// Two are kept: the whole graph, coarse when one is near, and the window with a rim. While the picture moves they
// move with it; painting goes on in slices between two frames, so that it never holds one up.
const PIXELS = 4_000_000;
const RIM = 0.3;
/** The ink of an edge that neither begins nor ends in the window. */
const PASSING = 0.35;
const layers = { whole: null, part: null, lit: null };
/** What is being painted: {name, steps}. */
let painting = [];

/** The window on the graph, and the layer that would fill it. */
function windowNow() {
  const scale = network.getScale();
  const { clientWidth: w, clientHeight: h } = at('graph');
  const ratio = w ? at('graph').querySelector('canvas').width / w : 1;
  return { view: viewBox(scale), scale, ratio, w, h };
}

/** Whether a layer shows all that a window holds, as sharp as it can be. */
const fits = (layer, { view, scale }) => layer !== null && Math.abs(layer.scale / scale - 1) < 0.001 && holds(layer.box, meet(view, grid.box));

/** Paint what is not painted yet; what was begun for another window is left. */
function paintLayers(window) {
  painting = [];
  if (!layers.whole || layers.whole.stale) painting.push({ name: 'whole', steps: paint(overview(window), { bundles: visibleBundles }) });
  const wholeWillDo = painting.length ? window.scale <= overview(window).scale : fits(layers.whole, window);
  if (wholeWillDo) layers.part = null;
  else if (!fits(layers.part, window) || layers.part.stale) painting.unshift({ name: 'part', steps: paint(withRim(window), { bundles: visibleBundles }) });
  if (!lit || lit.along.size <= DIRECT) layers.lit = null;
  else if (!fits(layers.lit, window) || layers.lit.of !== lit || layers.lit.stale) {
    painting.unshift({ name: 'lit', steps: paint(withRim(window), { bundles: bundles.filter((b) => lit.along.has(b.id)), among: lit.near, of: lit }) });
  }
}

/** Go on painting for so many milliseconds; true when all is painted. */
function paintFor(milliseconds) {
  const until = performance.now() + milliseconds;
  while (painting.length) {
    const { name, steps } = painting[0];
    for (;;) {
      const { done, value } = steps.next();
      if (done) { layers[name] = value; painting.shift(); break; }
      if (performance.now() > until) return false;
    }
  }
  return true;
}

const spoil = () => { for (const layer of Object.values(layers)) if (layer) layer.stale = true; };

function overview({ w, h, ratio }) {
  const scale = fitScale(grid.box, w, h);
  const [x, y] = [(grid.box[0] + grid.box[2]) / 2, (grid.box[1] + grid.box[3]) / 2];
  return { box: [x - w / scale / 2, y - h / scale / 2, x + w / scale / 2, y + h / scale / 2], scale, ratio };
}

/** The window and a rim around it, its corner on a whole pixel of the screen: unmoved, it is copied as it is. */
function withRim({ view, scale, ratio }) {
  const rim = [view[2] - view[0], view[3] - view[1]].map((size) => Math.ceil(size * RIM * scale * ratio) / scale / ratio);
  return { box: [view[0] - rim[0], view[1] - rim[1], view[2] + rim[0], view[3] + rim[1]], scale, ratio };
}

/** Paint a layer; a generator, each of whose steps is short. */
function* paint({ box, scale, ratio }, { bundles: which, among = null, of = null }) {
  const area = (box[2] - box[0]) * (box[3] - box[1]) * scale * scale;
  const fine = Math.min(ratio, Math.sqrt(PIXELS / area)) * scale;
  const [width, height] = [Math.round((box[2] - box[0]) * fine), Math.round((box[3] - box[1]) * fine)];
  const canvas = el('canvas', { width: Math.max(1, width), height: Math.max(1, height) });
  const ctx = canvas.getContext('2d');
  const sheet = new Sheet(Math.max(4, width), Math.max(4, height));
  const tone = of ? colours.accent : colours.edge;
  const [left, top] = box;
  for (let k = 0; k < which.length; k += 1) {
    const { a, b, facts: { length } } = which[k];
    const [p, q] = [nodes[a], nodes[b]];
    // A long edge leads through what it has nothing to do with: it gets no more ink than a short one.
    const weight = (1 + 0.5 * Math.min(3, length - 1)) / (0.25 + Math.hypot(p.x - q.x, p.y - q.y) / typicalLength);
    // And what only passes through the window less than what ends in it.
    const ink = isIn(p, box) || isIn(q, box) ? weight : weight * PASSING;
    if (a !== b) sheet.line((p.x - left) * fine, (p.y - top) * fine, (q.x - left) * fine, (q.y - top) * fine, ink);
    if (k % 1000 === 999) yield;
  }
  ctx.putImageData(sheet.pixels(rgb(tone), of ? { faint: 0.25, strong: 0.75 } : { faint: 0.11, strong: 0.7 }), 0, 0);
  yield;
  const inside = grid.within(widen(box, 50)).filter((i) => entityShown(i) && (!among || among.has(i))).sort((i, j) => degree[i] - degree[j]);
  yield;
  for (let k = 0; k < inside.length; k += 1) {
    const { x, y, size, shape, group } = nodes[inside[k]];
    drawPoint(ctx, shape, (x - left) * fine, (y - top) * fine, size * fine, fills[group], fine / scale);
    if (k % 400 === 399) yield;
  }
  return { canvas, box, scale, of, stale: false };
}

/** A sign as small as a point; none is too small to be seen. */
function drawPoint(ctx, shape, x, y, r, colour, ratio) {
  ctx.fillStyle = colour;
  const least = 0.8 * ratio;
  if (r < 1.8 * ratio) {
    const half = Math.max(r, least);
    ctx.fillRect(x - half, y - half, 2 * half, 2 * half);
  } else {
    trace(ctx, shape, x, y, r);
    ctx.fill();
  }
}

/** Draw the layers under the signs: the part where there is one, the whole around it. */
function drawLayers(ctx) {
  ctx.globalAlpha = lit ? 0.22 : 1;
  const { whole, part } = layers;
  const view = viewBox(network.getScale());
  if (part && !holds(part.box, meet(view, grid.box)) && whole) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(view[0], view[1], view[2] - view[0], view[3] - view[1]);
    ctx.rect(part.box[0], part.box[1], part.box[2] - part.box[0], part.box[3] - part.box[1]);
    ctx.clip('evenodd');
    drawLayer(ctx, whole);
    ctx.restore();
  } else if (!part && whole) drawLayer(ctx, whole);
  if (part) drawLayer(ctx, part);
  ctx.globalAlpha = 1;
  if (layers.lit && layers.lit.of === lit) drawLayer(ctx, layers.lit);
}

function drawLayer(ctx, { canvas, box: [left, top, right, bottom] }) {
  const { a: zoom, e, f } = ctx.getTransform();
  if (Math.abs((right - left) * zoom - canvas.width) < 1) { // as large as it was painted: copied, not scaled
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(canvas, Math.round(left * zoom + e), Math.round(top * zoom + f));
    ctx.restore();
  } else ctx.drawImage(canvas, left, top, right - left, bottom - top);
}

const rgb = (colour) => [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16));
