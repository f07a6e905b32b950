// Level of detail: of a large graph only the few hundred best-linked entities of the window are nodes of
// vis-network, with names; as one moves and zooms they are exchanged. All others are points of a layer.
const PRESENT = 300;
/** So many edges that stand out are drawn one by one, with arrows; more become a layer. */
const DIRECT = 400;
/** In a window of more entities than this, communities are named rather than entities. */
const FAR = 600;

let grid = null;
let typicalLength = 1;
/** The entities that are nodes now, the best-linked first. */
let present = [];
let crowded = false;
let lastWindow = '';
let lastExchange = 0;

function startDetail() {
  grid = new Grid(nodes);
  const lengths = Float64Array.from(bundles, ({ a, b }) => Math.hypot(nodes[a].x - nodes[b].x, nodes[a].y - nodes[b].y)).sort();
  typicalLength = Math.max(1, lengths[Math.floor(lengths.length / 2)] || 1);
  const canvas = at('graph');
  canvas.addEventListener('pointermove', (event) => { if (event.pointerType !== 'touch' && !event.buttons) hoverAt(event); });
  canvas.addEventListener('pointerleave', () => hover(null));
}

/** See whether the window has changed since the last frame, by whatever means. */
function watchWindow() {
  if (!started) return;
  const now = windowKey();
  if (now === lastWindow) { if (moving) paintFor(6); return; }
  lastWindow = now;
  moving = true;
  at('graph').setAttribute('aria-busy', 'true');
  clearTimeout(resting);
  resting = setTimeout(settle, 140);
  // A long pan gets names and sharp edges on its way.
  if (performance.now() - lastExchange > 300 && paintFor(6)) { exchange(); paintLayers(windowNow()); }
}

function windowKey() {
  const { view, scale, w, h } = windowNow();
  return [...view, scale, w, h].join();
}

/** Take the window as it stands: exchange the nodes, paint what is missing. */
function settle() {
  moving = false;
  lastWindow = windowKey();
  at('graph').setAttribute('aria-busy', 'true');
  exchange();
  paintLayers(windowNow());
  finish();
}

function finish() {
  if (moving) return;
  const done = paintFor(30);
  network.redraw();
  if (done) at('graph').setAttribute('aria-busy', 'false');
  else { clearTimeout(resting); resting = setTimeout(finish, 0); }
}

/** Make nodes of the best-linked entities in the window, and of no others. */
function exchange() {
  const { view } = windowNow();
  const box = widen(view, (view[2] - view[0]) * 0.05);
  const wanted = [];
  let inside = 0;
  for (const i of lit ? lit.order : ranked) {
    if (!entityShown(i) || !isIn(nodes[i], box)) continue;
    if (wanted.length < PRESENT) wanted.push(i);
    inside += 1;
    if (inside > FAR) break;
  }
  crowded = !lit && inside > FAR;
  const [before, after] = [new Set(present), new Set(wanted)];
  const [gone, come] = [present.filter((i) => !after.has(i)), wanted.filter((i) => !before.has(i))];
  present = wanted;
  if (gone.length) shapes.remove(gone);
  if (come.length) shapes.add(come.map(asShape));
  lastExchange = performance.now();
}

/** The entity under a point of the drawing, be it a node or a point; of several the nearest to its rim. */
function entityAt({ x, y }) {
  const scale = network.getScale();
  let [best, nearest] = [null, 5 / scale];
  for (const i of grid.near(widen([x, y, x, y], 50 + 5 / scale))) {
    if (!entityShown(i)) continue;
    const far = Math.hypot(nodes[i].x - x, nodes[i].y - y) - nodes[i].size;
    if (far < nearest) [best, nearest] = [i, far];
  }
  return best;
}

let pointer = null;
function hoverAt({ clientX, clientY }) {
  const waiting = pointer !== null;
  const { left, top } = at('graph').getBoundingClientRect();
  pointer = { x: clientX - left, y: clientY - top };
  if (!waiting) requestAnimationFrame(() => { if (!moving && pointer) hover(entityAt(network.DOMtoCanvas(pointer)), pointer); pointer = null; });
}

function hover(i, where) {
  if (i === hovered) return;
  hovered = i;
  at('graph').style.cursor = i === null ? '' : 'pointer';
  if (i === null) at('tip').hidden = true;
  else showTip(where);
  network.redraw();
}

/** The names of communities: those of their most central members. */
function communityLabels(onScreen) {
  const view = viewBox(network.getScale());
  const labels = [];
  for (const community of communities) {
    const members = community.members.filter(entityShown).slice(0, 2);
    if (!members.length || !isIn(community, view)) continue;
    const [x, y] = onScreen(community.x, community.y);
    const size = Math.max(12, Math.min(19, 11 + at('graph').clientWidth / 120, 8 + Math.sqrt(community.size) / 4));
    const text = members.map((i) => shorten(nameOf(i), 8)).join(state.lang === 'zh' ? '、' : ', ');
    labels.push({ text, size, bold: true, colour: colours.ink, important: true, named: members, places: (half, tall) => [[x, y], [x, y - 2 * tall], [x, y + 2 * tall]] });
    if (labels.length >= 60) break;
  }
  return labels;
}
