// Density: how many edges pass through each pixel. A hundred thousand strokes would take seconds and leave one
// grey; here each edge adds its ink to a sheet of numbers, and the sheet is toned so that few and many both show.
class Sheet {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.ink = new Float32Array(width * height);
  }

  /** Add a line, shared between the two pixels it passes between. */
  line(x0, y0, x1, y1, weight) {
    // Clip (Liang and Barsky): most lines of a near view leave the sheet.
    let [from, to] = [0, 1];
    const [dx, dy] = [x1 - x0, y1 - y0];
    for (const [p, q] of [[-dx, x0 - 1], [dx, this.width - 2 - x0], [-dy, y0 - 1], [dy, this.height - 2 - y0]]) {
      if (p === 0) { if (q < 0) return; } else if (p < 0) from = Math.max(from, q / p); else to = Math.min(to, q / p);
    }
    if (from > to) return;
    const flat = Math.abs(dx) >= Math.abs(dy);
    const [along, across] = flat ? [1, this.width] : [this.width, 1];
    let [u0, v0, u1, v1] = flat ? [x0 + from * dx, y0 + from * dy, x0 + to * dx, y0 + to * dy] : [y0 + from * dy, x0 + from * dx, y0 + to * dy, x0 + to * dx];
    if (u0 > u1) [u0, v0, u1, v1] = [u1, v1, u0, v0];
    const slope = u1 > u0 ? (v1 - v0) / (u1 - u0) : 0;
    const { ink } = this;
    for (let u = Math.round(u0), end = Math.round(u1), v = v0; u <= end; u += 1, v += slope) {
      const whole = Math.floor(v);
      const at = u * along + whole * across;
      ink[at] += weight * (1 - v + whole);
      ink[at + across] += weight * (v - whole);
    }
  }

  /** The sheet as pixels of one colour, the denser the more opaque. */
  pixels([red, green, blue], { faint, strong }) {
    const image = new ImageData(this.width, this.height);
    const { data } = image;
    const [usual, most] = this.quantiles(0.5, 0.995);
    if (!most) return image;
    const steps = 2048;
    const tones = Uint8ClampedArray.from({ length: steps + 1 }, (_, k) => {
      const share = (k / steps) * most;
      return 255 * (faint * Math.min(1, share / (usual * 0.5)) + (strong - faint) * (Math.log1p(share / usual) / Math.log1p(most / usual)) ** 1.25);
    });
    const { ink } = this;
    for (let i = 0, k = 0; i < ink.length; i += 1, k += 4) {
      if (ink[i] === 0) continue;
      data[k] = red; data[k + 1] = green; data[k + 2] = blue;
      data[k + 3] = tones[Math.min(steps, Math.round((ink[i] / most) * steps))];
    }
    return image;
  }

  /** What the inked pixels hold, at the shares given: of a sample, which is enough to set the tone. */
  quantiles(...shares) {
    const some = [];
    const stride = Math.max(1, Math.floor(this.ink.length / 200_000)) | 1;
    for (let i = 0; i < this.ink.length; i += stride) if (this.ink[i] > 0) some.push(this.ink[i]);
    const sorted = Float32Array.from(some).sort();
    return shares.map((share) => (sorted.length ? sorted[Math.floor(share * (sorted.length - 1))] : 0));
  }
}
