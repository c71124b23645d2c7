// The player: plays a file only after its hash has said that it is the examined one, or the review copy of this report.
const BEFORE = 2, AROUND = 2, WAIT = 2000;

const playerOf = (data, say, figure, told) => {
  const by = (name) => document.getElementById(`live-${name}`);
  const drop = by("drop"), field = by("file"), state = by("state"), bar = by("reading"), stop = by("stop"), hashes = by("hashes");
  const stage = by("stage"), screen = by("screen"), place = by("place"), loop = by("loop"), toggle = by("toggle"), shown = by("shown"), back = by("undock"), slider = by("seek"), mute = by("mute");
  let turn = 0, video = null, address = "", offset = 0, now = 0, around = null, ready = false;

  const tell = (kind, text) => { state.textContent = text; state.dataset.kind = kind; };
  const clear = () => {
    turn += 1;
    if (video) { video.pause(); video.removeAttribute("src"); video.load(); video.remove(); }
    if (address) URL.revokeObjectURL(address);
    video = null; address = ""; around = null; ready = false; stage.dataset.ready = "";
    stage.hidden = true; bar.hidden = true; stop.hidden = true; hashes.hidden = true; by("rate").textContent = ""; undock();
    told.ready(false);
  };
  const undock = () => { stage.classList.remove("docked"); place.style.height = ""; };
  const dock = () => {
    const box = place.getBoundingClientRect();
    if (box.bottom > 60 && box.top < window.innerHeight - 60) return;
    place.style.height = `${stage.offsetHeight}px`;
    stage.classList.add("docked");
  };

  const open = async (file) => {
    clear();
    const own = turn, from = performance.now(), name = file.name;
    if (!file.size) { tell("refused", figure.fill(say.empty, { name })); return; }
    tell("busy", figure.fill(say.hashing, { name }));
    bar.hidden = false; stop.hidden = false; bar.value = 0;
    let sum = null;
    try {
      sum = await hashed(file, (done) => {
        if (own !== turn) return;
        const rate = done / 1e6 / Math.max(0.001, (performance.now() - from) / 1000);
        bar.value = done / file.size;
        bar.textContent = figure.number(done / file.size * 100, 0);
        by("rate").textContent = figure.fill(say.rate, { done: figure.number(done / 1e6, 1), total: figure.number(file.size / 1e6, 1), rate: figure.number(rate, 0) });
      }, () => own !== turn);
    } catch (error) {
      if (own === turn) { clear(); tell("refused", figure.fill(say.unreadable, { name })); }
      return;
    }
    if (own !== turn || sum === null) return;
    bar.hidden = true; stop.hidden = true;
    hashes.hidden = false; by("own").textContent = figure.grouped(sum); by("expected").textContent = figure.grouped(data.clip.sha256);
    const review = data.review !== null && sum === data.review.sha256;
    if (sum === data.clip.sha256) { tell("same", figure.fill(say.same, { name })); play(file, say.unplayable); }
    else if (review) { tell("review", figure.fill(say.review, { name })); play(file, say.unplayable_review); }
    else tell("refused", figure.fill(say.other, { name }));
  };

  // Browsers count from the file's own times or from 0: where the first picture stands on the player's clock is asked of the player itself.
  const settle = (own, first) => {
    if (own !== turn || !video || ready) return;
    ready = true; offset = first;
    stage.dataset.ready = "yes";
    told.ready(true);
  };
  const play = (file, unplayable) => {
    const own = turn, failed = () => { if (own === turn) { const kind = state.textContent; clear(); hashes.hidden = false; tell("refused", `${kind} ${unplayable}`); } };
    now = 0;
    video = document.createElement("video");
    // Its own controls would lie over the picture, and over the frame numbers of a review copy.
    video.controls = false; video.preload = "auto"; video.playsInline = true; video.setAttribute("aria-label", say.video);
    video.addEventListener("error", failed);
    video.addEventListener("loadedmetadata", () => {
      // Sound alone, without the picture, is no showing of the clip.
      if (!video.videoWidth) { failed(); return; }
      stage.hidden = false;
      const first = video.currentTime + data.clip.origin - data.clip.start;
      setTimeout(() => settle(own, first), WAIT);
    });
    for (const name of ["play", "pause"]) video.addEventListener(name, () => { toggle.textContent = video && !video.paused ? say.pause : say.play; });
    if ("requestVideoFrameCallback" in video) {
      const each = (_, picture) => { if (video && own === turn) { settle(own, picture.mediaTime); seen(picture.mediaTime); video.requestVideoFrameCallback(each); } };
      video.requestVideoFrameCallback(each);
    } else video.addEventListener("timeupdate", () => { if (video) seen(video.currentTime); });
    video.addEventListener("timeupdate", again);
    video.addEventListener("timeupdate", follow);
    video.addEventListener("click", pause);
    video.addEventListener("volumechange", () => { mute.textContent = video && video.muted ? say.unmute : say.mute; });
    mute.textContent = say.mute;
    screen.replaceChildren(video);
    address = URL.createObjectURL(file);
    video.src = address;
  };
  const seen = (media) => {
    now = media;
    shown.textContent = figure.fill(say.shown, { time: figure.clock(data.clip.origin + media - offset) });
    told.at(media - offset);
    again();
  };
  const follow = () => {
    if (!video || !(video.duration > 0)) return;
    slider.max = String(video.duration - offset); slider.value = String(video.currentTime - offset);
    slider.setAttribute("aria-valuetext", figure.clock(data.clip.origin + video.currentTime - offset));
  };
  const again = () => {
    if (video && around !== null && loop.checked && !video.seeking && video.currentTime > around + AROUND) video.currentTime = Math.max(offset, around - AROUND);
  };

  // To a time of the clip, seconds from its first shown picture; `before` shows what leads up to it.
  const seek = (time, before) => {
    if (!ready) return false;
    around = time + offset;
    video.currentTime = Math.max(offset, around - (before ? BEFORE : 0));
    return true;
  };
  const step = (count) => {
    if (!ready) return false;
    const usual = data.timeline.usual_step || 0.04;
    video.pause();
    // Into the middle of the neighbour's time, so that rounding does not land on its edge.
    video.currentTime = Math.max(offset, now + usual * (count > 0 ? 1.5 : -0.5));
    return true;
  };
  const pause = () => {
    if (!ready) return false;
    if (video.paused) video.play().catch(() => {}); else video.pause();
    return true;
  };

  field.addEventListener("change", () => { if (field.files.length) open(field.files[0]); field.value = ""; });
  stop.addEventListener("click", () => { clear(); tell("stopped", say.stopped); });
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const files = event.dataTransfer ? event.dataTransfer.files : [];
    if (files.length === 1) open(files[0]); else if (files.length) { clear(); tell("refused", say.one); }
  });
  // A clip let fall beside the field would replace the page.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => { if (event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files")) event.preventDefault(); });
  toggle.addEventListener("click", pause);
  by("before").addEventListener("click", () => step(-1));
  by("after").addEventListener("click", () => step(1));
  slider.addEventListener("input", () => { if (ready) { around = null; video.currentTime = offset + Number(slider.value); } });
  mute.addEventListener("click", () => { if (video) video.muted = !video.muted; });
  by("full").addEventListener("click", () => { if (video) video.requestFullscreen().catch(() => {}); });
  document.addEventListener("fullscreenchange", () => { if (video) video.controls = document.fullscreenElement === video; });
  back.addEventListener("click", () => { undock(); place.scrollIntoView({ block: "center" }); toggle.focus({ preventScroll: true }); });
  new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) undock(); }).observe(place);
  by("player").hidden = false;
  return { seek, step, pause, dock, open: () => video !== null && !stage.hidden };
};
