// The lanes of the live timeline, one for each signal that the file has, as in the drawing for print.
const GREYS = { I: "#111", P: "#888", B: "#d4d4d4" }, OCTAVES = 4;

// Each has a name, a height, how it is drawn, and what it says at a time. `scale` is the stretch that is shown.
const lanesOf = (data, say, figure, scale) => {
  const line = data.timeline, duration = line.duration_s, bins = line.bins;
  const rows = [];
  const row = (name, height, draw, read) => rows.push({ name, height, draw, read });
  const bars = (values, highest, ink) => (g, height) => {
    if (!(highest > 0)) return;
    g.fillStyle = ink || "#555";
    const step = duration / bins;
    for (let i = scale.bin(scale.from); i <= scale.bin(scale.to); i += 1) {
      const high = Math.min(1, Math.max(0, values[i]) / highest) * height, left = scale.x(i * step);
      if (high > 0) g.fillRect(left, height - high, Math.max(1, scale.x((i + 1) * step) - left), high);
    }
  };
  const stroke = (g, points, height) => {
    g.strokeStyle = "#111"; g.lineWidth = 1.5; g.beginPath();
    for (const [left, y, first] of points) { if (first) g.moveTo(left, y * height); else g.lineTo(left, y * height); }
    g.stroke();
  };
  const most = (values) => values.reduce((high, value) => Math.max(high, value), 0);
  const within = (parts, when) => parts.findIndex(([start, end]) => start <= when && when < end);

  if (data.shots.length) row("shots", 20, (g, height) => {
    data.shots.forEach(([start, end, group], number) => {
      const left = Math.max(-2, scale.x(start)), right = Math.min(scale.width + 2, scale.x(end));
      if (right <= left) return;
      g.fillStyle = number % 2 ? "#d4d4d4" : "#fff"; g.fillRect(left, 0, right - left, height);
      g.strokeStyle = "#111"; g.lineWidth = 1; g.strokeRect(left, 0.5, right - left, height - 1);
      if (right - left > 14) { g.fillStyle = "#111"; g.fillText(group, (left + right) / 2 - 4, height - 5); }
    });
  }, (when) => { const n = within(data.shots, when); return n < 0 ? say.none : figure.fill(say.shot, { number: n + 1, group: data.shots[n][2] }); });
  row("change", 54, bars(line.change, most(line.change)), (when) => figure.number(line.change[scale.bin(when)], 3));
  const kinds = line.kinds.filter((kind) => kind.type in GREYS), rooted = (values) => values.map((value) => Math.sqrt(Math.max(0, value)));
  const drawn = kinds.length ? kinds.map((kind) => [GREYS[kind.type], rooted(kind.packet_bytes)]) : [["#555", rooted(line.packet_bytes)]];
  const largest = most(drawn.map(([, values]) => most(values)));
  row("bytes", 50, (g, height) => drawn.forEach(([ink, values]) => bars(values, largest, ink)(g, height)), (when) => (kinds.length
    ? kinds.filter((kind) => kind.packet_bytes[scale.bin(when)] > 0).map((kind) => figure.fill(say.bytes_of, { type: kind.type, value: figure.number(kind.packet_bytes[scale.bin(when)], 0) })).join(", ")
    : figure.fill(say.bytes, { value: figure.number(line.packet_bytes[scale.bin(when)], 0) })) || say.none);
  row("keys", 16, (g, height) => {
    g.strokeStyle = "#111"; g.lineWidth = 1; g.beginPath();
    for (const key of line.keys) { const left = Math.round(scale.x(key)) + 0.5; if (left > -1 && left <= scale.width + 1) { g.moveTo(left, 0); g.lineTo(left, height); } }
    g.stroke();
  }, (when) => { const key = line.keys.filter((one) => one <= when).pop(); return key === undefined ? say.none : figure.fill(say.key, { time: scale.clock(key) }); });
  const known = line.quantiser.filter((value) => value >= 0), fine = Math.min(...known) - 1, coarse = Math.max(...known) + 1;
  if (known.length) row("quantiser", 36, (g, height) => {
    const points = [];
    for (let i = scale.bin(scale.from), pen = false; i <= scale.bin(scale.to); i += 1) {
      const value = line.quantiser[i], y = 1 - (value - fine) / (coarse - fine), step = duration / bins;
      if (value >= 0) points.push([scale.x(i * step), y, !pen], [scale.x((i + 1) * step), y, false]);
      pen = value >= 0;
    }
    stroke(g, points, height);
  }, (when) => (line.quantiser[scale.bin(when)] < 0 ? say.none : figure.number(line.quantiser[scale.bin(when)], 1)));
  if (line.usual_step > 0 && line.steps.some((step) => step !== 0)) row("steps", 36, (g, height) => {
    const step = duration / bins;
    g.fillStyle = "#111"; g.fillRect(0, height / 2, scale.width, 1);
    for (let i = scale.bin(scale.from); i <= scale.bin(scale.to); i += 1) {
      if (line.steps[i] === 0) continue;
      const rise = Math.log2(Math.min(2 ** OCTAVES, Math.max(2 ** -OCTAVES, line.steps[i] / line.usual_step))) / OCTAVES * height / 2;
      if (Math.abs(rise) >= 0.5) g.fillRect(scale.x(i * step), rise > 0 ? height / 2 - rise : height / 2, Math.max(2, scale.x((i + 1) * step) - scale.x(i * step)), Math.abs(rise));
    }
  }, (when) => (line.steps[scale.bin(when)] === 0 ? say.none : figure.fill(say.seconds, { value: figure.number(line.steps[scale.bin(when)], 4) })));
  if (line.sound.length) row("sound", 36, bars(line.sound.map((level) => level - line.silence), -line.silence), (when) => figure.fill(say.decibels, { value: figure.number(line.sound[scale.bin(when)], 1) }));
  data.clocks.forEach(({ row: at, name }) => {
    const one = line.clocks[at], half = Math.max(1, ...one.ahead.map(Math.abs));
    const last = (when) => one.times.filter((moment) => moment <= when).length - 1;
    row(name, 30, (g, height) => stroke(g, one.times.flatMap((moment, n) => {
      const y = 0.5 - one.ahead[n] / half / 2, before = n ? 0.5 - one.ahead[n - 1] / half / 2 : y;
      return [[scale.x(moment), before, n === 0], [scale.x(moment), y, false]];
    }), height), (when) => (last(when) < 0 ? say.none : figure.fill(say.seconds, { value: figure.number(one.ahead[last(when)], 3) })));
  });
  if (data.findings.some((one) => one.hidden)) row("hidden", 16, (g, height) => {
    g.fillStyle = "#111";
    for (const one of data.findings) if (one.hidden) g.fillRect(scale.x(one.at) - 4, 0, 8, height);
  }, (when) => data.findings.filter((one) => one.hidden && scale.bin(one.at) === scale.bin(when)).map((one) => one.id).join(", ") || say.none);
  return rows;
};
