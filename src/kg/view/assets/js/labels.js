// Labels are thinned as on a map: the best-linked first, each only where it covers no other.
const FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';
const LONGEST = 16;
/** Boxes of the labels that stand in the last drawing: left, top, right, bottom, text. */
let placed = [];

const shorten = (text, longest = LONGEST) => {
  const letters = [...text.replace(/\s+/g, ' ')];
  const most = /[^\u0000-\u02ff]/.test(text) ? longest : longest + 10;
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('');
};

/** A grid of taken boxes: whether a box is free is asked of a few neighbours, not of all. */
class Taken {
  constructor(cell) { this.cell = cell; this.cells = new Map(); }

  * cellsOf([left, top, right, bottom]) {
    for (let x = Math.floor(left / this.cell); x <= Math.floor(right / this.cell); x += 1) {
      for (let y = Math.floor(top / this.cell); y <= Math.floor(bottom / this.cell); y += 1) yield `${x},${y}`;
    }
  }

  isFree(box) {
    for (const key of this.cellsOf(box)) {
      for (const [l, t, r, b] of this.cells.get(key) || []) {
        if (box[0] < r && box[2] > l && box[1] < b && box[3] > t) return false;
      }
    }
    return true;
  }

  take(box) {
    for (const key of this.cellsOf(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}

const widths = new Map();
/** The width of a text at 100 pixels, measured once. */
function widthOf(ctx, text, bold) {
  const key = (bold ? '*' : '') + text;
  if (!widths.has(key)) {
    ctx.font = `${bold ? 600 : 400} 100px ${FONT}`;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

/** Draw labels in the order given, each at the first of its places that is free.

    A label keeps clear of all signs; one that stands out may lie on a sign rather than be missing.
    Each label: {text, size, bold, colour, important, places: [[x, y] of its centre]}. */
function drawLabels(ctx, labels, { signBoxes, reserved }, ratio, colours, [width, height]) {
  const taken = new Taken(64 * ratio);
  const signsTaken = new Taken(64 * ratio);
  for (const box of signBoxes) signsTaken.take(box);
  for (const box of reserved) taken.take(box);
  placed = [];
  const standing = [];
  for (const label of labels) {
    const size = label.size * ratio;
    const half = (widthOf(ctx, label.text, label.bold) * size) / 200 + 2 * ratio;
    const tall = size * 0.62;
    const within = (n, reach, end) => Math.max(reach, Math.min(end - reach, n)); // no label is cut off at the rim
    const free = label.places(half, tall).map(([x, y]) => [within(x, half, width), within(y, tall, height)])
      .map(([x, y]) => [x - half, y - tall, x + half, y + tall]).filter((box) => taken.isFree(box));
    const best = free.find((box) => signsTaken.isFree(box)) || (label.important ? free[0] : null);
    if (!best) continue;
    taken.take(best);
    standing.push([label, best]);
    placed.push({ text: label.text, box: best.map((n) => n / ratio) });
  }
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  for (const [label, [l, t, r, b]] of standing) {
    ctx.font = `${label.bold ? 600 : 400} ${label.size * ratio}px ${FONT}`;
    ctx.strokeStyle = colours.paper;
    ctx.lineWidth = 3.5 * ratio;
    ctx.strokeText(label.text, (l + r) / 2, (t + b) / 2);
    ctx.fillStyle = label.colour;
    ctx.fillText(label.text, (l + r) / 2, (t + b) / 2);
  }
}
