// The timeline to look closer: all signals on one axis from `scale.from` to `scale.to`, seconds from the first shown frame.
const SYMBOLS = { direct: "\u25bc", strong: "\u25c6", supporting: "\u25c7", neutral: "\u25cb" };
const STEPS = [0.04, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600];
const PIN_ROWS = 4, PIN_ROW = 28, GROUP = 58, MOST_LINES = 30;

const timelineOf = (data, say, figure, choose) => {
  const line = data.timeline, duration = line.duration_s, bins = line.bins, box = document.getElementById("live-timeline");
  const lanes = document.getElementById("live-lanes"), canvas = document.getElementById("live-canvas"), pinned = document.getElementById("live-pins");
  const cross = document.getElementById("live-cross"), playing = document.getElementById("live-playing"), readout = document.getElementById("live-readout");
  const least = Math.min(duration, Math.max(duration / bins * 6, 0.04));
  let at = 0, player = null, asked = 0;
  const scale = {
    from: 0, to: duration, width: 0,
    x: (time) => (time - scale.from) / (scale.to - scale.from) * scale.width,
    bin: (time) => Math.min(bins - 1, Math.max(0, Math.floor(time / duration * bins))),
    clock: (time) => figure.clock(data.clip.origin + time),
  };
  const x = scale.x, clock = scale.clock, time = (left) => scale.from + left / scale.width * (scale.to - scale.from);

  const rows = lanesOf(data, say, figure, scale);
  const TITLE = 21, AXIS = 24;
  const draw = () => {
    asked = 0;
    scale.width = lanes.clientWidth;
    const height = rows.reduce((sum, one) => sum + one.height + TITLE, 0) + AXIS, ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(scale.width * ratio); canvas.height = Math.round(height * ratio);
    lanes.style.height = `${height}px`;
    const g = canvas.getContext("2d");
    g.scale(ratio, ratio);
    g.font = "13px Georgia, 'Times New Roman', serif";
    let top = 0;
    for (const one of rows) {
      g.fillStyle = "#333"; g.fillText(say.lanes[one.name] || one.name, 0, top + 16);
      top += TITLE;
      g.save(); g.beginPath(); g.rect(0, top, scale.width, one.height); g.clip(); g.translate(0, top); one.draw(g, one.height); g.restore();
      g.fillStyle = "#777"; g.fillRect(0, top + one.height, scale.width, 1);
      top += one.height;
    }
    hatch(g, top);
    g.strokeStyle = "#111"; g.setLineDash([2, 4]); g.lineWidth = 0.8; g.beginPath();
    // More of them would hide the signals.
    const lefts = data.findings.map((one) => x(one.at)).filter((left) => left >= 0 && left <= scale.width);
    if (lefts.length <= MOST_LINES) for (const left of lefts) { g.moveTo(left, 0); g.lineTo(left, top); }
    g.stroke(); g.setLineDash([]);
    axis(g, top);
    pins();
    mark();
  };
  const hatch = (g, bottom) => {
    g.strokeStyle = "#111"; g.lineWidth = 1;
    for (const [start, end] of data.unexamined) {
      const left = x(start), right = Math.max(left + 3, x(end));
      if (right < 0 || left > scale.width) continue;
      g.save(); g.beginPath(); g.rect(left, 0, right - left, bottom); g.clip(); g.beginPath();
      for (let k = Math.max(left, 0) - bottom; k < Math.min(right, scale.width); k += 8) { g.moveTo(k, bottom); g.lineTo(k + bottom, 0); }
      g.stroke(); g.restore(); g.strokeRect(left, 0.5, right - left, bottom - 1);
    }
  };
  const axis = (g, top) => {
    const wide = scale.to - scale.from, step = STEPS.find((one) => one * scale.width / wide > 110) || wide / 4;
    g.fillStyle = "#111"; g.strokeStyle = "#111"; g.beginPath();
    const from = Math.ceil((data.clip.origin + scale.from) / step) * step - data.clip.origin;
    for (let tick = from; tick <= scale.to + 1e-9; tick += step) {
      const left = x(tick), said = clock(tick), room = g.measureText(said).width;
      g.moveTo(left, top); g.lineTo(left, top + 6);
      g.fillText(said, Math.min(Math.max(0, left - room / 2), scale.width - room), top + 19);
    }
    g.stroke();
  };

  // Pins stand in rows above the lanes; those that find no room become one with a count, which zooms to them.
  const button = (said, label, act) => {
    const made = document.createElement("button");
    made.type = "button"; made.className = "pin"; made.textContent = said; made.setAttribute("aria-label", label); made.addEventListener("click", act);
    return made;
  };
  const made = data.findings.map((one) => {
    const label = figure.fill(say.pin, { id: one.id, word: one.word, time: clock(one.at), title: one.title });
    const pin = button(`${SYMBOLS[one.weight] || ""} ${one.id} ${one.word}`, label, () => choose(one));
    pin.title = label;
    return pin;
  });
  let grouped = [];
  const pins = () => {
    for (const one of grouped) one.remove();
    grouped = [];
    const inside = data.findings.map((one, n) => ({ left: x(one.at), n })).filter((one) => one.left >= -1 && one.left <= scale.width + 1);
    made.forEach((pin) => { if (pin.parentNode && !inside.some((one) => made[one.n] === pin)) pin.remove(); });
    inside.sort((one, other) => one.left - other.left || one.n - other.n);
    const place = (words) => {
      const ends = Array(PIN_ROWS).fill(-9), spots = [];
      for (const { left, n } of inside) {
        const one = data.findings[n], room = 22 + 7.6 * (words ? `${one.id} ${one.word}` : one.id).length;
        const start = Math.max(0, Math.min(left - 10, scale.width - room)), level = ends.findIndex((end) => end < start);
        if (level < 0) return null;
        ends[level] = start + room; spots.push({ n, start, level });
      }
      return { spots, words };
    };
    const placed = place(true) || place(false);
    let levels = 1;
    if (placed) for (const { n, start, level } of placed.spots) {
      const one = data.findings[n], pin = made[n];
      pin.textContent = `${SYMBOLS[one.weight] || ""} ${one.id}${placed.words ? ` ${one.word}` : ""}`;
      pin.style.left = `${start}px`; pin.style.top = `${level * PIN_ROW}px`;
      if (!pin.parentNode) pinned.append(pin);
      levels = Math.max(levels, level + 1);
    }
    else crowd(inside);
    pinned.style.height = `${levels * PIN_ROW + 2}px`;
  };
  const crowd = (inside) => {
    const spot = (one) => Math.max(0, Math.min(one.left - 10, scale.width - GROUP));
    for (let from = 0; from < inside.length;) {
      let to = from + 1;
      while (to < inside.length && spot(inside[to]) - spot(inside[from]) < GROUP) to += 1;
      // The audit lists the strongest first.
      const members = inside.slice(from, to), first = data.findings[Math.min(...members.map((one) => one.n))];
      for (const one of members) made[one.n].remove();
      const said = `${SYMBOLS[first.weight] || ""} ${members.length}`, span = members.map((one) => data.findings[one.n].at);
      const label = figure.fill(say.pins_near, { value: members.length, id: first.id, time: clock(span[0]) });
      const low = span[0], high = span[span.length - 1];
      const pin = members.length === 1 ? made[members[0].n] : button(said, label, () => {
        if ((scale.to - scale.from) <= least * 1.01) { choose(first); return; }
        const room = Math.max(least, (high - low) * 1.4);
        show((low + high - room) / 2, (low + high + room) / 2); lanes.focus();
      });
      if (members.length === 1) { pin.textContent = `${SYMBOLS[first.weight] || ""} ${first.id}`; if (!pin.parentNode) pinned.append(pin); } else { grouped.push(pin); pinned.append(pin); }
      pin.style.left = `${spot(members[0])}px`; pin.style.top = "0px";
      from = to;
    }
  };

  const unexamined = (when) => data.unexamined.some(([start, end]) => start <= when && when < end);
  const told = document.createElement("dt");
  const cells = [[say.lanes.time, (when) => `${clock(when)}${unexamined(when) ? ` (${say.lanes.unexamined})` : ""}`], ...rows.map((one) => [say.lanes[one.name] || one.name, one.read])].map(([name, read]) => {
    const pair = document.createElement("div"), term = told.cloneNode(), value = document.createElement("dd");
    term.textContent = name; pair.append(term, value); readout.append(pair);
    return { name, read, value };
  });
  const mark = () => {
    for (const one of cells) { const said = one.read(at); if (one.value.textContent !== said) one.value.textContent = said; }
    const left = x(at);
    cross.hidden = left < 0 || left > scale.width; cross.style.left = `${left}px`;
    lanes.setAttribute("aria-valuenow", at.toFixed(3));
    lanes.setAttribute("aria-valuetext", cells.map((one, n) => (n ? `${one.name} ${one.value.textContent}` : one.value.textContent)).join("; "));
    playing.hidden = player === null || x(player) < 0 || x(player) > scale.width;
    if (player !== null) playing.style.left = `${x(player)}px`;
  };
  const later = () => { if (!asked) asked = requestAnimationFrame(draw); };
  const show = (from, to) => {
    const wide = Math.min(duration, Math.max(least, to - from)), start = Math.min(Math.max(0, from), duration - wide);
    scale.from = start; scale.to = start + wide;
    later();
  };
  const zoom = (by, around) => {
    const middle = around === undefined ? (at >= scale.from && at <= scale.to ? at : (scale.from + scale.to) / 2) : around;
    show(middle - (middle - scale.from) * by, middle + (scale.to - middle) * by);
  };
  const move = (when) => {
    at = Math.min(duration, Math.max(0, when));
    const wide = scale.to - scale.from;
    if (at < scale.from) show(at, at + wide); else if (at > scale.to) show(at - wide, at);
    mark();
  };

  lanes.addEventListener("keydown", (event) => {
    const step = duration / bins * (event.shiftKey ? 10 : 1), wide = scale.to - scale.from;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "ArrowLeft") move(at - step);
    else if (event.key === "ArrowRight") move(at + step);
    else if (event.key === "PageUp") show(scale.from - wide / 2, scale.to - wide / 2);
    else if (event.key === "PageDown") show(scale.from + wide / 2, scale.to + wide / 2);
    else if (event.key === "Home") move(0);
    else if (event.key === "End") move(duration);
    else if (event.key === "Enter") choose({ at });
    else return;
    event.preventDefault();
  });
  lanes.addEventListener("wheel", (event) => {
    // Without it the wheel goes on scrolling the page.
    if (!event.ctrlKey && document.activeElement !== lanes && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
    event.preventDefault();
    const wide = scale.to - scale.from;
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) show(scale.from + event.deltaX / scale.width * wide, scale.to + event.deltaX / scale.width * wide);
    else zoom(event.deltaY > 0 ? 1.25 : 0.8, time(event.clientX - lanes.getBoundingClientRect().left));
  }, { passive: false });
  let drag = null;
  lanes.addEventListener("pointerdown", (event) => { if (event.button === 0) { drag = { left: event.clientX, from: scale.from, to: scale.to, moved: false }; lanes.setPointerCapture(event.pointerId); } });
  lanes.addEventListener("pointermove", (event) => {
    if (drag) {
      const by = (drag.left - event.clientX) / scale.width * (drag.to - drag.from);
      if (Math.abs(drag.left - event.clientX) > 4) drag.moved = true;
      if (drag.moved) show(drag.from + by, drag.to + by);
    }
    if (!drag || !drag.moved) { at = Math.min(duration, Math.max(0, time(event.clientX - lanes.getBoundingClientRect().left))); mark(); }
  });
  lanes.addEventListener("pointerup", () => { if (drag && !drag.moved) choose({ at }); drag = null; });
  lanes.addEventListener("pointercancel", () => { drag = null; });
  lanes.setAttribute("aria-valuemin", "0"); lanes.setAttribute("aria-valuemax", duration.toFixed(3));
  document.getElementById("live-zoom-in").addEventListener("click", () => zoom(0.5));
  document.getElementById("live-zoom-out").addEventListener("click", () => zoom(2));
  document.getElementById("live-whole").addEventListener("click", () => show(0, duration));
  box.hidden = false;
  new ResizeObserver(later).observe(lanes);
  draw();
  return { zoom, move, playing: (when) => { player = when; mark(); } };
};
