/* Two periods: two maps side by side or under a divider, moved together. The difference is one map like any other.
 *
 * Told by part `compare` of the payload: charts/compare_payload.py. The second map is made when it is first needed and
 * put away afterwards; both are of the same kind, so every layer stands on both.
 */
(function () {
  "use strict";

  const { element } = window.atlasParts;

  const STEP = 0.02; /* of the width: one arrow key */
  const SAME_PX = 0.5; /* closer, two views are the same */
  const NARROW_PX = 560; /* maps stand above each other; the whole country must fit half the height */
  const NARROW_ZOOM = 5.5;
  const TAKEN_OVER = ["minZoom", "maxZoom", "zoomSnap", "zoomDelta", "wheelPxPerZoomLevel", "maxBounds"];

  AtlasFrame.prototype.maps = function () {
    return [this.main, this.second].filter(Boolean);
  };

  /* Draws the payload: on one map, or each period on its own. */
  AtlasFrame.prototype.showMaps = function () {
    const compare = this.payload.compare;
    const mode = compare ? compare.mode : "";
    const two = mode === "side" || mode === "swipe";
    if (two && !this.second) this.addSecond();
    if (mode !== (this.stage.dataset.compare || "")) this.layOut(mode);
    this.label(this.main, two ? compare.left.label : "");
    this.main.show(two ? { ...this.payload, ...compare.left } : this.payload);
    if (!two) return;
    this.label(this.second, compare.right.label);
    this.divider.setAttribute("aria-label", compare.words.divider);
    this.divider.title = compare.words.drag;
    this.second.show({ ...this.payload, ...compare.right });
  };

  /* The maps get another size; what stood in the middle stays there. */
  AtlasFrame.prototype.layOut = function (mode) {
    const map = this.main.map;
    const [center, zoom] = [map.getCenter(), map.getZoom()];
    this.stage.dataset.compare = mode;
    if (this.second) this.arrange(mode);
    map.invalidateSize({ pan: false });
    map.setView(center, zoom, { animate: false });
  };

  AtlasFrame.prototype.label = function (atlasMap, text) {
    const container = atlasMap.map.getContainer();
    if (!atlasMap.heading) { atlasMap.heading = element("div", "atlas-heading"); container.appendChild(atlasMap.heading); }
    atlasMap.heading.textContent = text;
    atlasMap.heading.hidden = !text;
  };

  AtlasFrame.prototype.addSecond = function () {
    const main = this.main.map;
    this.secondBox = element("div", "atlas-second");
    main.getContainer().after(this.secondBox);
    const options = Object.fromEntries(TAKEN_OVER.filter((name) => main.options[name] !== undefined).map((name) => [name, main.options[name]]));
    const map = L.map(this.secondBox, { ...options, attributionControl: false, zoomControl: false });
    map.setView(main.getCenter(), main.getZoom(), { animate: false });
    this.second = new AtlasMap(map);
    this.second.setGeometry(this.layers);
    this.addDivider();
    this.linkMaps(main, map);
    new ResizeObserver(() => {
      if (!this.secondBox.clientWidth) return;
      map.invalidateSize({ pan: false });
      map.setView(main.getCenter(), main.getZoom(), { animate: false });
    }).observe(this.secondBox);
  };

  AtlasFrame.prototype.arrange = function (mode) {
    this.secondBox.hidden = mode !== "side" && mode !== "swipe";
    this.divider.hidden = mode !== "swipe";
    /* Under the divider the buttons of the first map would lie beneath the second one. */
    const buttons = this.main.map._controlContainer;
    const home = mode === "swipe" ? this.stage : this.main.map.getContainer();
    if (buttons.parentNode !== home) home.appendChild(buttons);
    this.stage.classList.toggle("leaflet-touch", L.Browser.touch); /* their size */
    this.leastZoom = this.leastZoom || this.main.map.options.minZoom;
    const narrow = mode === "side" && this.stage.clientWidth < NARROW_PX;
    this.maps().forEach((each) => each.map.setMinZoom(narrow ? NARROW_ZOOM : this.leastZoom));
    this.cut(this.share || 0.5);
  };

  /* Moves one map with the other. Only the one that the reader moves leads, so that no move comes back as an echo. */
  AtlasFrame.prototype.linkMaps = function (first, second) {
    let leader = null;
    let release = 0;
    const follow = (from, to) => (event) => {
      if (this.secondBox.hidden || (leader && leader !== from)) return;
      leader = from;
      clearTimeout(release);
      release = setTimeout(() => { leader = null; }, 400);
      const zooming = event.type === "zoomanim";
      const center = zooming ? event.center : from.getCenter();
      const zoom = zooming ? event.zoom : from.getZoom();
      const near = to.getZoom() === zoom && to.project(to.getCenter(), zoom).distanceTo(to.project(center, zoom)) < SAME_PX;
      if (!near) to.setView(center, zoom, { animate: zooming });
    };
    [[first, second], [second, first]].forEach(([from, to]) => {
      const act = follow(from, to);
      from.on("move zoomanim", act);
      from.on("moveend", act);
      from.getContainer().addEventListener("pointerdown", () => { leader = from; }, true);
      from.getContainer().addEventListener("wheel", () => { leader = from; }, { capture: true, passive: true });
      from.getContainer().addEventListener("keydown", () => { leader = from; }, true);
    });
  };

  AtlasFrame.prototype.addDivider = function () {
    this.divider = element("div", "atlas-divider");
    this.divider.tabIndex = 0;
    this.divider.setAttribute("role", "slider");
    this.divider.setAttribute("aria-valuemin", 0);
    this.divider.setAttribute("aria-valuemax", 100);
    this.stage.appendChild(this.divider);
    this.divider.addEventListener("pointerdown", (event) => { this.divider.setPointerCapture(event.pointerId); this.cutting = true; });
    this.divider.addEventListener("pointermove", (event) => {
      if (!this.cutting) return;
      const box = this.stage.getBoundingClientRect();
      this.cut((event.clientX - box.left) / box.width);
    });
    ["pointerup", "pointercancel"].forEach((name) => this.divider.addEventListener(name, () => { this.cutting = false; }));
    this.divider.addEventListener("keydown", (event) => {
      const big = event.shiftKey ? 5 : 1;
      const to = { ArrowLeft: this.share - big * STEP, ArrowDown: this.share - big * STEP, ArrowRight: this.share + big * STEP, ArrowUp: this.share + big * STEP, Home: 0, End: 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      this.cut(to);
    });
  };

  /* share: how much of the width shows the first map. */
  AtlasFrame.prototype.cut = function (share) {
    this.share = Math.min(1, Math.max(0, share));
    const percent = Math.round(this.share * 1000) / 10;
    this.divider.style.left = percent + "%";
    this.divider.setAttribute("aria-valuenow", Math.round(percent));
    this.divider.setAttribute("aria-valuetext", Math.round(percent) + " %");
    this.secondBox.style.clipPath = this.divider.hidden ? "" : `inset(0 0 0 ${percent}%)`;
  };
})();
