// The drawing: vis-network keeps view, pointer and nodes; edges and labels are drawn here, so that
// thousands of edges are one stroke and labels never lie on each other.
const MANY = 1500;
/** While the picture moves, a large graph shows this many edges, the best-linked; at rest all. */
const MOVING = 2500;
let network = null;
let shapes = null;
let colours = null;
let fills = [];
let moving = false;
let hovered = null;
/** What stands out: entities and bundles; null where nothing is chosen. */
let lit = null;
let visibleBundles = [];

function startCanvas() {
  const first = ranked.slice(0, scene.drawn);
  if (graphBoxIsPortrait()) for (const node of nodes) [node.x, node.y] = [-node.y, node.x];
  shapes = new vis.DataSet(first.map(asShape));
  network = new vis.Network(at('graph'), { nodes: shapes, edges: new vis.DataSet() }, {
    physics: { enabled: false },
    layout: { improvedLayout: false },
    interaction: { hover: true, selectConnectedEdges: false, tooltipDelay: 1e9, keyboard: false, zoomSpeed: 0.7 },
    nodes: { shape: 'custom', ctxRenderer: drawNode, chosen: false, label: undefined },
  });
  network.on('beforeDrawing', drawEdges);
  network.on('afterDrawing', drawNames);
  network.on('click', ({ nodes: hit, pointer }) => {
    if (hit.length) { if (hit[0] !== state.focus || state.path || state.edge !== null) focusOn(hit[0]); return; }
    const bundle = bundleAt(pointer.canvas);
    if (bundle) change({ edge: bundle.id, path: null, tab: 'details' });
    else if (state.focus !== null || state.edge !== null || state.path) clearFocus();
  });
  network.on('doubleClick', ({ nodes: hit }) => { if (hit.length) change({ focus: hit[0], depth: Math.min(9, state.depth + 1) }); });
  network.on('dragStart', ({ nodes: hit }) => { if (!hit.length) move(); });
  network.on('dragging', ({ nodes: hit }) => hit.forEach(placeOf));
  network.on('dragEnd', ({ nodes: hit }) => { hit.forEach(placeOf); rest(); });
  network.on('zoom', () => { move(); rest(160); });
  network.on('hoverNode', ({ node, pointer }) => { hovered = node; showTip(pointer.DOM); network.redraw(); });
  network.on('blurNode', () => { hovered = null; at('tip').hidden = true; network.redraw(); });
  at('graph').addEventListener('keydown', panByKey);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => change({}));
}

const graphBoxIsPortrait = () => at('graph').clientHeight > at('graph').clientWidth * 1.15;
const asShape = (i) => ({ id: i, x: nodes[i].x, y: nodes[i].y, hidden: !entityShown(i) });

function move() { moving = true; }
let resting = 0;
function rest(after = 0) {
  clearTimeout(resting);
  resting = setTimeout(() => { moving = false; network.redraw(); }, after);
}

function placeOf(i) {
  const where = network.getPosition(i);
  nodes[i].x = where.x;
  nodes[i].y = where.y;
}

/** Show the state: what is hidden, what stands out. */
function refreshCanvas(patch) {
  colours = paper();
  fills = classes.map(colourOf);
  lit = litNow();
  visibleBundles = bundles.filter((b) => bundleShown(b) && shapes.get(b.a) && shapes.get(b.b));
  if (lit) {
    const missing = [...lit.near].filter((i) => !shapes.get(i));
    if (missing.length) {
      shapes.add(missing.map(asShape));
      visibleBundles = bundles.filter((b) => bundleShown(b) && shapes.get(b.a) && shapes.get(b.b));
    }
  }
  const turned = shapes.get({ fields: ['id', 'hidden'], filter: (s) => Boolean(s.hidden) === entityShown(s.id) });
  if (turned.length) shapes.update(turned.map((s) => ({ id: s.id, hidden: !entityShown(s.id) })));
  const weight = (b) => Math.min(degree[b.a], degree[b.b]);
  visibleBundles.sort((a, b) => weight(b) - weight(a) || a.id - b.id);
  if (lit && ('focus' in patch || 'path' in patch || 'edge' in patch || 'depth' in patch)) show([...lit.near]);
  network.redraw();
}

function litNow() {
  if (state.path) {
    const steps = shortestPath(...state.path);
    if (steps) return { near: new Set([state.path[0], ...steps.map((s) => s.to)]), along: new Set(steps.map((s) => s.bundle.id)) };
    return { near: new Set(state.path), along: new Set() };
  }
  if (state.edge !== null) {
    const bundle = bundles[state.edge];
    return { near: new Set([bundle.a, bundle.b]), along: new Set([bundle.id]) };
  }
  return state.focus === null ? null : around(state.focus, state.depth);
}

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches || nodes.length > MANY;

/** Bring entities into view. */
function show(which) {
  const here = which.filter((i) => shapes.get(i));
  if (!here.length) return;
  const animation = calm() || !started ? false : { duration: 350, easingFunction: 'easeInOutQuad' };
  network.fit({ nodes: here, animation, maxZoomLevel: 1.25, minZoomLevel: 0.02 });
  if (!animation) roomForLabels();
}

/** Show the whole graph, with room for labels at its rim. */
function showAll() {
  network.fit({ animation: false, maxZoomLevel: 1.6, minZoomLevel: 0.01 });
  roomForLabels();
}
function roomForLabels() { network.moveTo({ scale: network.getScale() * 0.92, animation: false }); }

function zoomBy(factor) {
  network.moveTo({ scale: Math.min(6, Math.max(0.01, network.getScale() * factor)), animation: false });
}

function panByKey(event) {
  const step = 60 / network.getScale();
  const { x, y } = network.getViewPosition();
  const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
  if (moves[event.key]) network.moveTo({ position: { x: x + moves[event.key][0], y: y + moves[event.key][1] }, animation: false });
  else if (event.key === '+' || event.key === '=') zoomBy(1.25);
  else if (event.key === '-') zoomBy(0.8);
  else if (event.key === '0') showAll();
  else return;
  event.preventDefault();
}

function showTip({ x, y }) {
  const tip = fill(at('tip'), el('strong', {}, shorten(nameOf(hovered))), ` ${classOf(hovered)[state.lang]}`);
  tip.hidden = false;
  tip.style.left = `${Math.min(x + 14, at('graph').clientWidth - 180)}px`;
  tip.style.top = `${y + 14}px`;
}

function drawNode({ ctx, id, x, y }) {
  const node = nodes[id];
  const r = node.size;
  return {
    drawNode() {
      const out = lit && !lit.near.has(id);
      const scale = network ? network.getScale() : 1;
      ctx.globalAlpha = out ? (id === hovered ? 0.7 : 0.14) : 1;
      ctx.fillStyle = fills[node.group];
      if (r * scale < 1.8) ctx.fillRect(x - r, y - r, 2 * r, 2 * r); // too small to tell a shape
      else {
        trace(ctx, node.shape, x, y, r);
        ctx.fill();
        if (!out) {
          ctx.lineWidth = 1.5 / scale;
          ctx.strokeStyle = colours.paper;
          ctx.stroke();
        }
      }
      if (id === state.focus || (state.path && state.path.includes(id))) {
        trace(ctx, node.shape, x, y, r + 5 / scale);
        ctx.lineWidth = 2.5 / scale;
        ctx.strokeStyle = colours.accent;
        ctx.stroke();
      }
      ctx.globalAlpha = 1;
    },
    nodeDimensions: { width: 2 * r, height: 2 * r },
  };
}

/** The control point of a bundle's curve; a straight line where there are very many. */
function bend(bundle) {
  const a = nodes[bundle.a];
  const b = nodes[bundle.b];
  const much = bundles.length > MANY ? 0 : 0.1;
  return [(a.x + b.x) / 2 - (b.y - a.y) * much, (a.y + b.y) / 2 + (b.x - a.x) * much];
}

function curve(ctx, bundle) {
  const a = nodes[bundle.a];
  const b = nodes[bundle.b];
  if (bundle.a === bundle.b) { // a loop, above its node
    ctx.moveTo(a.x + a.size * 0.6, a.y - a.size);
    ctx.arc(a.x, a.y - a.size * 1.5, a.size * 0.8, 0.6, 2 * Math.PI + 0.6);
    return;
  }
  ctx.moveTo(a.x, a.y);
  if (bundles.length > MANY) ctx.lineTo(b.x, b.y);
  else ctx.quadraticCurveTo(...bend(bundle), b.x, b.y);
}

function drawEdges(ctx) {
  const scale = network.getScale();
  const view = viewBox(scale);
  const inView = ({ a, b }) => Math.max(nodes[a].x, nodes[b].x) > view[0] && Math.min(nodes[a].x, nodes[b].x) < view[2]
    && Math.max(nodes[a].y, nodes[b].y) > view[1] && Math.min(nodes[a].y, nodes[b].y) < view[3];
  const few = moving && visibleBundles.length > MOVING ? visibleBundles.slice(0, MOVING) : visibleBundles;
  const layers = [[], [], []]; // by how many facts a bundle holds
  for (const bundle of few) {
    if (lit && lit.along.has(bundle.id)) continue;
    if (inView(bundle)) layers[Math.min(2, bundle.facts.length - 1)].push(bundle);
  }
  ctx.lineCap = 'round';
  ctx.strokeStyle = colours.edge;
  ctx.globalAlpha = (lit ? 0.35 : 1) * (few.length < 400 ? 0.6 : few.length < MANY ? 0.42 : 0.26);
  layers.forEach((layer, k) => {
    ctx.lineWidth = (1 + k * 0.9) / scale;
    ctx.beginPath();
    for (const bundle of layer) curve(ctx, bundle);
    ctx.stroke();
  });
  ctx.globalAlpha = 1;
  if (lit) for (const bundle of visibleBundles) if (lit.along.has(bundle.id)) drawLit(ctx, bundle, scale);
}

function drawLit(ctx, bundle, scale) {
  const from = nodes[bundle.a];
  ctx.strokeStyle = state.path || state.edge !== null ? colours.accent : fills[nodes[state.focus === bundle.b ? bundle.a : bundle.b].group];
  ctx.fillStyle = ctx.strokeStyle;
  ctx.globalAlpha = 0.85;
  ctx.lineWidth = (1.6 + Math.min(3, bundle.facts.length - 1) * 0.8) / scale;
  ctx.beginPath();
  curve(ctx, bundle);
  ctx.stroke();
  const shownFacts = factsShown(bundle).map((f) => facts[f]).filter((f) => properties[f.p].directed);
  if (shownFacts.some((f) => f.o === bundle.b)) arrow(ctx, bend(bundle), nodes[bundle.b], scale);
  if (shownFacts.some((f) => f.o === bundle.a) && bundle.a !== bundle.b) arrow(ctx, bend(bundle), from, scale);
  ctx.globalAlpha = 1;
}

function arrow(ctx, [x, y], to, scale) {
  const angle = Math.atan2(to.y - y, to.x - x);
  const tip = [to.x - Math.cos(angle) * (to.size + 3 / scale), to.y - Math.sin(angle) * (to.size + 3 / scale)];
  const long = 9 / scale;
  ctx.beginPath();
  ctx.moveTo(...tip);
  for (const turn of [0.42, -0.42]) ctx.lineTo(tip[0] - Math.cos(angle + turn) * long, tip[1] - Math.sin(angle + turn) * long);
  ctx.fill();
}

function viewBox(scale) {
  const { x, y } = network.getViewPosition();
  const w = at('graph').clientWidth / scale / 2;
  const h = at('graph').clientHeight / scale / 2;
  return [x - w, y - h, x + w, y + h];
}

function drawNames(ctx) {
  const matrix = ctx.getTransform();
  const scale = network.getScale();
  const ratio = matrix.a / scale;
  const onScreen = (x, y) => [matrix.a * x + matrix.e, matrix.d * y + matrix.f];
  const view = viewBox(scale);
  const candidates = [];
  const signBoxes = [];
  const order = lit ? [...lit.near].sort((a, b) => (b === state.focus) - (a === state.focus) || degree[b] - degree[a] || a - b) : ranked;
  for (const i of hovered === null ? order : [hovered, ...order.filter((j) => j !== hovered)]) {
    if (candidates.length > (moving ? 120 : 700)) break;
    const { x, y, size } = nodes[i];
    if (!entityShown(i) || !shapes.get(i) || x < view[0] || x > view[2] || y < view[1] || y > view[3]) continue;
    candidates.push(nameLabel(i, onScreen(x, y), size * matrix.a, ratio, candidates.length < 24 || lit !== null));
    signBoxes.push(square(onScreen(x, y), size * matrix.a * 0.9));
  }
  if (lit && !moving && lit.along.size <= 80) {
    for (const bundle of visibleBundles) if (lit.along.has(bundle.id)) candidates.push(edgeLabel(bundle, onScreen, ratio));
  }
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  drawLabels(ctx, candidates, { signBoxes, reserved: ['zoom', 'notice'].map((id) => boxOf(at(id), ratio)) }, ratio, colours, [ctx.canvas.width, ctx.canvas.height]);
  ctx.restore();
}

/** Where something stands over the canvas, that no label should lie under. */
function boxOf({ offsetLeft: x, offsetTop: y, offsetWidth: w, offsetHeight: h }, ratio) {
  return [x, y, x + w, y + h].map((n) => n * ratio);
}

function nameLabel(i, [x, y], r, ratio, important) {
  const bold = i === state.focus || i === hovered;
  const gap = 3 * ratio;
  return {
    text: shorten(nameOf(i)),
    size: bold ? 15 : Math.min(15, 11 + nodes[i].size / 9),
    bold,
    colour: colours.ink,
    important,
    places: (half, tall) => [[x, y + r + tall + gap], [x + r + half + gap, y], [x, y - r - tall - gap], [x - r - half - gap, y]],
  };
}

function edgeLabel(bundle, onScreen, ratio) {
  const shownFacts = factsShown(bundle).map((f) => facts[f]);
  const words = [...new Set(shownFacts.map(labelOf))];
  const text = shorten(words.slice(0, 2).join(state.lang === 'zh' ? '、' : ', ')) + (shownFacts.length > 1 ? ` ×${shownFacts.length}` : '');
  const [cx, cy] = bend(bundle);
  const middle = (p, q, c) => (p + q) / 4 + c / 2;
  const [x, y] = onScreen(middle(nodes[bundle.a].x, nodes[bundle.b].x, cx), middle(nodes[bundle.a].y, nodes[bundle.b].y, cy));
  return { text, size: 11, bold: false, colour: colours.muted, places: () => [[x, y], [x, y - 14 * ratio], [x, y + 14 * ratio]] };
}

/** The bundle under a point, within a few pixels. */
function bundleAt({ x, y }) {
  let best = null;
  let nearest = 7 / network.getScale();
  for (const bundle of visibleBundles) {
    if (lit && state.focus !== null && !lit.along.has(bundle.id)) continue;
    const a = nodes[bundle.a];
    const b = nodes[bundle.b];
    const [cx, cy] = bend(bundle);
    for (let k = 0, px = a.x, py = a.y; k < 12; k += 1) {
      const t = (k + 1) / 12;
      const qx = (1 - t) ** 2 * a.x + 2 * t * (1 - t) * cx + t * t * b.x;
      const qy = (1 - t) ** 2 * a.y + 2 * t * (1 - t) * cy + t * t * b.y;
      const along = Math.max(0, Math.min(1, ((x - px) * (qx - px) + (y - py) * (qy - py)) / ((qx - px) ** 2 + (qy - py) ** 2 || 1)));
      const far = Math.hypot(x - px - along * (qx - px), y - py - along * (qy - py));
      if (far < nearest) { nearest = far; best = bundle; }
      [px, py] = [qx, qy];
    }
  }
  return best;
}
