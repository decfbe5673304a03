/* The time brush below the map: records by step of time, and the period that is chosen among them.
 *
 * While it is dragged only the brush is redrawn; one message goes to the page when it is let go. Playing waits for the
 * answer to each step before it takes the next. Told by part `brush` of the payload: charts/brush_payload.py.
 */
(function () {
  "use strict";

  const { element, svg } = window.atlasParts;
  const { dayOf, dayText, periodText, textOf } = window.atlasDays;

  const BARS = 34;
  const AXIS = 14;
  const LANE = 7;
  const MOST_LANES = 3;
  const FAR = { day: 30, month: 12, quarter: 4, year: 5 }; /* steps of a bigger move */
  const NEAR_PX = 4; /* a shorter drag is a click */
  const CLICK_MS = 280; /* a second click within it makes a double click */
  const KEYS_MS = 350; /* keys pressed in quick succession make one change */
  const PACE_MS = 1600;
  const SPEEDS = [1, 2, 4];
  const ICONS = { back: "M11 3v10L4 8zM3 3h1.6v10H3z", play: "M4 2.5v11L13 8z", pause: "M4 3h3v10H4zM9 3h3v10H9z", forward: "M5 3v10l7-5zM11.4 3H13v10h-1.6z" };

  /* send: told {period: [from, to]} and what else was chosen. */
  function AtlasBrush(send) {
    this.send = send;
    this.told = null; /* the latest brush of a payload */
    this.box = element("div", "atlas-brush");
    this.box.hidden = true;
    this.head = element("div", "head");
    this.label = element("b", "period");
    this.caption = element("span", "note");
    this.tools = element("div", "tools");
    const words = element("div", "words");
    words.append(this.label, this.caption);
    this.head.append(words, this.tools);
    this.plot = element("div", "plot");
    this.picture = svg("svg", { "aria-hidden": "true" });
    this.middle = element("div", "window");
    this.handles = { from: this.makeHandle("from"), to: this.makeHandle("to") };
    this.plot.append(this.picture, this.middle, this.handles.from, this.handles.to);
    this.box.append(this.head, this.plot);
    this.speed = 1;
    this.watchPointer();
    new ResizeObserver(() => { if (this.told) this.drawPlot(); }).observe(this.plot);
    this.player = new AtlasPlayer(this);
  }

  /* Takes a payload's brush; hides when there is none. */
  AtlasBrush.prototype.show = function (told) {
    this.box.hidden = !told;
    if (!told) { this.player.stop(); this.told = null; return; }
    const before = this.told;
    this.told = told;
    this.edges = told.edges.map(dayOf);
    this.last = this.edges.length - 1;
    if (!this.drag && !this.typing) this.chosen = told.period.map(dayOf);
    if (!before || JSON.stringify([before.words, before.grains]) !== JSON.stringify([told.words, told.grains])) this.drawTools();
    this.grain.value = told.grain;
    this.mode.value = told.cumulative ? "growing" : "single";
    this.drawPlot();
    this.player.hear(told, before);
  };

  /* Place of a day among the edges: 2.5 lies in the middle of the third step. */
  AtlasBrush.prototype.indexOf = function (day) {
    const edges = this.edges;
    if (day <= edges[0]) return 0;
    if (day >= edges[this.last]) return this.last;
    let low = 0;
    let high = this.last;
    while (high - low > 1) { const mid = (low + high) >> 1; if (edges[mid] <= day) low = mid; else high = mid; }
    return low + (day - edges[low]) / (edges[high] - edges[low]);
  };

  AtlasBrush.prototype.xOf = function (day) {
    const span = this.edges[this.last] - this.edges[0];
    return (this.width * (Math.min(Math.max(day, this.edges[0]), this.edges[this.last]) - this.edges[0])) / span;
  };

  AtlasBrush.prototype.indexAt = function (x) {
    return this.indexOf(this.edges[0] + (x / this.width) * (this.edges[this.last] - this.edges[0]));
  };

  /* The chosen period in steps: the first and the edge after the last, whole. */
  AtlasBrush.prototype.steps = function () {
    const [from, to] = this.chosen.map((day) => this.indexOf(day));
    const width = Math.min(this.last, Math.max(1, Math.round(to - from)));
    return { from: from, to: to, width: width };
  };

  /* Chooses steps first … after - 1; draws only. */
  AtlasBrush.prototype.choose = function (first, after) {
    const start = this.told.cumulative ? 0 : Math.max(0, Math.min(first, this.last - 1));
    this.chosen = [this.edges[start], this.edges[Math.max(start + 1, Math.min(after, this.last))]];
    this.drawChosen();
  };

  AtlasBrush.prototype.chooseEverything = function () {
    this.chosen = [this.edges[0], this.edges[this.last]];
    this.drawChosen();
  };

  /* Tells the page what is chosen, once; everything is told as the records' own extent. */
  AtlasBrush.prototype.commit = function (more) {
    const whole = this.chosen[0] === this.edges[0] && this.chosen[1] === this.edges[this.last];
    const period = whole ? this.told.everything : this.chosen.map(textOf);
    if (!more && period.join() === this.told.period.join()) { this.chosen = this.told.period.map(dayOf); this.drawChosen(); return null; }
    this.send({ period: period, ...more });
    return period.join();
  };

  AtlasBrush.prototype.shift = function (windows) {
    const { from, width } = this.steps();
    const start = windows > 0 ? Math.round(from) + windows * width : Math.ceil(from - 1e-9) + windows * width;
    if (this.told.cumulative) this.choose(0, Math.round(this.steps().to) + windows);
    else { const first = Math.max(0, Math.min(start, this.last - width)); this.choose(first, first + width); }
    return this.commit();
  };

  /* Drawing ---------------------------------------------------------------------------------------------------- */

  AtlasBrush.prototype.drawPlot = function () {
    const told = this.told;
    this.width = this.plot.clientWidth;
    if (!this.width) return;
    const lanes = packLanes(told.windows);
    const top = lanes.length ? Math.min(Math.max(...lanes) + 1, MOST_LANES) * LANE + 2 : 0;
    const height = top + BARS + AXIS;
    this.plot.style.height = height + "px";
    const most = Math.max(1, ...told.counts);
    const gap = this.width / this.last > 4 ? 1 : 0;
    const bars = told.counts.map((count, i) => {
      if (!count) return "";
      const left = this.xOf(this.edges[i]);
      const tall = Math.max(1.5, (BARS - 2) * (count / most));
      return `M${left.toFixed(1)} ${top + BARS}v${-tall.toFixed(1)}h${Math.max(0.6, this.xOf(this.edges[i + 1]) - left - gap).toFixed(1)}v${tall.toFixed(1)}z`;
    }).join("");
    this.cut = svg("rect", { y: 0, height: height });
    const clip = svg("clipPath", { id: "atlas-brush-cut" });
    clip.appendChild(this.cut);
    const base = top + BARS + 0.5;
    const parts = [
      clip,
      ...this.scaleParts(top, most),
      svg("path", { class: "rest", d: bars }),
      svg("path", { class: "inside", d: bars, "clip-path": "url(#atlas-brush-cut)" }),
      svg("line", { class: "axis", x1: 0, x2: this.width, y1: base, y2: base }),
      ...this.axisParts(base),
      ...(told.against ? [this.againstPart(top)] : []),
      ...told.windows.flatMap((span, i) => (lanes[i] < MOST_LANES ? this.bracketParts(span, top - 2 - (lanes[i] + 1) * LANE + 2) : [])),
    ];
    this.picture.setAttribute("width", this.width);
    this.picture.setAttribute("height", height);
    this.picture.replaceChildren(...parts);
    [this.middle, this.handles.from, this.handles.to].forEach((node) => { node.style.top = top + "px"; node.style.height = BARS + "px"; });
    this.handles.from.hidden = told.cumulative;
    this.drawChosen();
  };

  /* Stated windows are packed into rows, so that none covers another. */
  function packLanes(windows) {
    const ends = [];
    return windows.map((span) => {
      let lane = ends.findIndex((taken) => taken.every((other) => other.to <= span.from || other.from >= span.to));
      if (lane < 0) lane = ends.push([]) - 1;
      ends[lane].push(span);
      return lane;
    });
  }

  AtlasBrush.prototype.bracketParts = function (span, y) {
    const left = this.xOf(dayOf(span.from)) + 0.5;
    const right = Math.max(left + 4, this.xOf(dayOf(span.to)) - 0.5);
    const group = svg("g", { class: "stated" });
    const title = svg("title", {});
    title.textContent = this.told.words.stated.replace("{period}", span.label);
    group.append(title, svg("path", { d: `M${left} ${y + 4.5}v-4H${right}v4` }), svg("rect", { x: left - 2, y: y - 2, width: right - left + 4, height: LANE + 1 }));
    group.dataset.from = span.from;
    group.dataset.to = span.to;
    return [group];
  };

  AtlasBrush.prototype.againstPart = function (top) {
    const [left, right] = this.told.against.map((day) => this.xOf(dayOf(day)));
    return svg("rect", { class: "against", x: left + 0.5, y: top + 0.5, width: Math.max(1, right - left - 1), height: BARS - 1 });
  };

  /* Years below the bars, as many as there is room for. */
  AtlasBrush.prototype.axisParts = function (base) {
    const years = this.told.edges.map((day, i) => ({ text: day.slice(0, 4), x: this.xOf(this.edges[i]), starts: day.slice(5) === "01-01" })).filter((one, i) => i < this.last && (one.starts || i === 0));
    const parts = [];
    let free = -Infinity;
    years.forEach((year) => {
      parts.push(svg("line", { class: "axis", x1: year.x + 0.5, x2: year.x + 0.5, y1: base, y2: base + 4 }));
      if (year.x < free || year.x + 30 > this.width) return;
      const text = svg("text", { x: year.x + 3, y: base + 11.5 });
      text.textContent = year.text;
      parts.push(text);
      free = year.x + 38;
    });
    return parts;
  };

  /* A hairline at the height of the largest step, and its number. */
  AtlasBrush.prototype.scaleParts = function (top, most) {
    const text = svg("text", { x: 0, y: top - 1.5 + 11 });
    text.textContent = most.toLocaleString("en");
    return [svg("line", { class: "most", x1: 0, x2: this.width, y1: top + 2, y2: top + 2 }), text];
  };

  AtlasBrush.prototype.drawChosen = function () {
    const [from, to] = this.chosen;
    const left = this.xOf(from);
    const right = Math.max(left + 2, this.xOf(to));
    this.cut.setAttribute("x", left);
    this.cut.setAttribute("width", right - left);
    this.middle.style.left = left + "px";
    this.middle.style.width = right - left + "px";
    [["from", left, from, from], ["to", right, to, to - 1]].forEach(([name, x, day, shown]) => {
      const handle = this.handles[name];
      handle.style.left = x + "px";
      handle.setAttribute("aria-valuemax", this.last);
      handle.setAttribute("aria-valuenow", Math.round(this.indexOf(day)));
      handle.setAttribute("aria-valuetext", dayText(shown, this.told.months));
      handle.setAttribute("aria-label", this.told.words[name === "from" ? "first" : "last"]);
    });
    this.label.textContent = periodText(from, to, this.told.months);
    this.caption.textContent = [this.told.caption, this.told.note].filter(Boolean).join(" · ");
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", this.told.caption);
    this.middle.title = this.told.words.hint;
  };

  /* Tools ------------------------------------------------------------------------------------------------------ */

  AtlasBrush.prototype.drawTools = function () {
    const words = this.told.words;
    const button = (name, act) => {
      const node = element("button", "tool " + name);
      node.type = "button";
      node.addEventListener("click", act);
      return node;
    };
    this.buttons = {
      back: button("back", () => this.shift(-1)),
      play: button("play", () => this.player.toggle()),
      forward: button("forward", () => this.shift(1)),
    };
    ["back", "forward"].forEach((name) => this.setIcon(name, name));
    this.setIcon("play", "play");
    const select = (label, options, value, act) => {
      const node = element("select");
      node.setAttribute("aria-label", label);
      node.title = label;
      options.forEach(([name, text]) => { const option = element("option", "", text); option.value = name; node.appendChild(option); });
      node.value = value;
      node.addEventListener("change", () => act(node.value));
      return node;
    };
    this.pace = select(words.speed, SPEEDS.map((speed) => [String(speed), speed + "×"]), String(this.speed), (value) => { this.speed = Number(value); });
    this.mode = select(words.mode, [["single", words.single], ["growing", words.growing]], "single", (value) => {
      const growing = value === "growing";
      const { to } = this.steps();
      this.chosen = growing ? [this.edges[0], this.chosen[1]] : [this.edges[Math.max(0, Math.ceil(to) - 1)], this.edges[Math.ceil(to)]];
      this.drawChosen();
      this.commit({ cumulative: growing });
    });
    this.mode.className = "mode";
    this.grain = select(words.step, this.told.grains, this.told.grain, (value) => this.send({ grain: value }));
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.buttons.play.hidden = this.pace.hidden = still;
    this.tools.replaceChildren(this.buttons.back, this.buttons.play, this.buttons.forward, this.pace, this.mode, this.grain);
  };

  AtlasBrush.prototype.setIcon = function (name, icon) {
    const picture = svg("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" });
    picture.appendChild(svg("path", { d: ICONS[icon], fill: "currentColor" }));
    this.buttons[name].replaceChildren(picture);
    this.buttons[name].setAttribute("aria-label", this.told.words[icon]);
    this.buttons[name].title = this.told.words[icon];
  };

  /* Pointer and keyboard --------------------------------------------------------------------------------------- */

  AtlasBrush.prototype.makeHandle = function (name) {
    const handle = element("div", "handle " + name);
    handle.tabIndex = 0;
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-valuemin", 0);
    handle.addEventListener("keydown", (event) => this.pressKey(event, name));
    handle.addEventListener("blur", () => this.endKeys());
    return handle;
  };

  AtlasBrush.prototype.pressKey = function (event, name) {
    const sign = { ArrowLeft: -1, ArrowDown: -1, PageDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 1 }[event.key];
    const { from, to } = this.steps();
    const now = name === "from" ? from : to;
    let next;
    if (event.key === "Home") next = 0;
    else if (event.key === "End") next = this.last;
    else if (sign) {
      const far = event.shiftKey || event.key.startsWith("Page");
      const size = far ? FAR[this.told.grain] : 1;
      next = sign > 0 ? Math.floor(now + 1e-9) + size : Math.ceil(now - 1e-9) - size;
    } else return;
    event.preventDefault();
    if (name === "from") this.choose(Math.min(next, Math.ceil(to - 1e-9) - 1), Math.ceil(to - 1e-9));
    else this.choose(Math.floor(from + 1e-9), Math.max(next, Math.floor(from + 1e-9) + 1));
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.endKeys(), KEYS_MS);
  };

  AtlasBrush.prototype.endKeys = function () {
    if (!this.typing) return;
    clearTimeout(this.typing);
    this.typing = null;
    this.commit();
  };

  AtlasBrush.prototype.watchPointer = function () {
    const plot = this.plot;
    const xOf = (event) => event.clientX - plot.getBoundingClientRect().left;
    plot.addEventListener("pointerdown", (event) => {
      if (event.button || !this.told) return;
      clearTimeout(this.clicking);
      const stated = event.target.closest(".stated");
      const part = event.target === this.handles.from ? "from" : event.target === this.handles.to ? "to" : event.target === this.middle ? "middle" : "new";
      this.drag = { part: part, x: xOf(event), moved: false, stated: stated, ...this.steps() };
      plot.setPointerCapture(event.pointerId);
    });
    plot.addEventListener("pointermove", (event) => {
      const drag = this.drag;
      if (!drag) return;
      const x = xOf(event);
      if (!drag.moved && Math.abs(x - drag.x) < NEAR_PX) return;
      drag.moved = true;
      const at = this.indexAt(x);
      if (drag.part === "from") this.choose(Math.min(Math.round(at), Math.ceil(drag.to) - 1), Math.ceil(drag.to));
      else if (drag.part === "to" || this.told.cumulative) this.choose(Math.floor(drag.from), Math.max(Math.round(at), Math.floor(drag.from) + 1));
      else if (drag.part === "middle") {
        const first = Math.max(0, Math.min(Math.round(drag.from + at - this.indexAt(drag.x)), this.last - drag.width));
        this.choose(first, first + drag.width);
      } else {
        const start = this.indexAt(drag.x);
        this.choose(Math.floor(Math.min(start, at)), Math.ceil(Math.max(start, at)));
      }
    });
    const end = (event) => {
      const drag = this.drag;
      this.drag = null;
      if (!drag || event.type === "pointercancel") { if (drag) { this.chosen = this.told.period.map(dayOf); this.drawChosen(); } return; }
      if (drag.moved) { this.commit(); return; }
      if (drag.stated && !this.told.cumulative) {
        this.chosen = [drag.stated.dataset.from, drag.stated.dataset.to].map(dayOf);
        this.drawChosen();
        this.commit();
      } else if (drag.part === "new") {
        const step = Math.floor(Math.min(this.indexAt(drag.x), this.last - 1e-6));
        this.clicking = setTimeout(() => { this.choose(step, step + 1); this.commit(); }, CLICK_MS);
      }
    };
    plot.addEventListener("pointerup", end);
    plot.addEventListener("pointercancel", end);
    plot.addEventListener("dblclick", () => { clearTimeout(this.clicking); this.chooseEverything(); this.commit(); });
  };

  /* Playing: one step at a time, the next one only when the map shows the last one and its time has passed. ------- */

  function AtlasPlayer(brush) {
    this.brush = brush;
    this.awaited = null; /* the period that was asked for, while playing */
    const stop = (event) => {
      const within = this.awaited && brush.buttons && [brush.buttons.play, brush.pace].some((node) => node.contains(event.target));
      if (!within) this.stop();
    };
    const hidden = () => { if (document.hidden) this.stop(); };
    const watch = new AbortController();
    [document, window.parent.document].forEach((page) => ["pointerdown", "keydown"].forEach((name) => page.addEventListener(name, stop, { capture: true, passive: true, signal: watch.signal })));
    document.addEventListener("visibilitychange", hidden);
    window.addEventListener("pagehide", () => { this.stop(); watch.abort(); });
  }

  AtlasPlayer.prototype.toggle = function () {
    if (this.awaited) { this.stop(); return; }
    const { to } = this.brush.steps();
    if (to >= this.brush.last - 1e-9) {
      const { width } = this.brush.steps();
      const after = width < this.brush.last && !this.brush.told.cumulative ? width : 1;
      this.brush.choose(0, after);
      this.ask(this.brush.commit());
    } else this.step();
    if (this.awaited) this.brush.setIcon("play", "pause");
  };

  AtlasPlayer.prototype.step = function () {
    const { to } = this.brush.steps();
    if (to >= this.brush.last - 1e-9) { this.stop(); return; }
    this.ask(this.brush.shift(1));
  };

  AtlasPlayer.prototype.ask = function (period) {
    if (!period) { this.stop(); return; }
    this.awaited = period;
    this.due = performance.now() + PACE_MS / this.brush.speed;
  };

  AtlasPlayer.prototype.hear = function (told, before) {
    if (!this.awaited) return;
    const changed = before && ["grain", "measure", "cumulative"].some((name) => before[name] !== told[name]);
    if (changed || told.period.join() !== this.awaited) { this.stop(); return; }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.step(), Math.max(0, this.due - performance.now()));
  };

  AtlasPlayer.prototype.stop = function () {
    clearTimeout(this.timer);
    if (!this.awaited) return;
    this.awaited = null;
    if (this.brush.told) this.brush.setIcon("play", "play");
  };

  window.AtlasBrush = AtlasBrush;
})();
