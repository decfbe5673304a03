/* The map inside its frame.
 *
 * One instance lives for as long as the page does: geometry is fetched once, every later change arrives as a plain JSON
 * payload and only restyles what is there, so pan and zoom are never lost. Text from data is written with textContent
 * and nowhere else: no HTML, no template, no script ever comes from data.
 *
 * Payload: see charts/map_payload.py, which documents and builds it. The frame's API (atlas.*): ui/map_assets.py.
 */
(function () {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const FAN_PX = 24;
  const FAN_ZOOM = 9; /* from here on sites at one place stand apart; before, they would stand in the sea */
  const FAR_ZOOM = 8; /* below, pins are small */
  const DOT_PX = 6;
  const TOUCH_PX = 14;
  const HOME = [[9.9, 102.2], [14.75, 107.75]];

  /* Where the names of the neighbours stand; general knowledge. */
  const COUNTRIES = [
    { at: [14.68, 103.0], text: "Thailand", text_km: "ថៃ" },
    { at: [14.62, 106.35], text: "Laos", text_km: "ឡាវ" },
    { at: [11.2, 107.3], text: "Viet Nam", text_km: "វៀតណាម" },
    { at: [10.35, 102.75], text: "Gulf of Thailand", text_km: "ឈូងសមុទ្រថៃ", sea: true },
  ];

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined && text !== null) node.textContent = text;
    return node;
  }

  function lines(texts, className) {
    const box = element("div", className);
    (texts || []).forEach((text, i) => box.appendChild(element("div", i ? "atlas-line" : "atlas-head", text)));
    return box;
  }

  function svg(tag, attributes) {
    const node = document.createElementNS(SVG, tag);
    Object.keys(attributes).forEach((name) => node.setAttribute(name, attributes[name]));
    return node;
  }

  /* A status has a shape of its own, so that no meaning hangs on colour alone. */
  const SHAPES = {
    circle: () => svg("circle", { cx: 9, cy: 9, r: 6 }),
    ring: () => svg("circle", { cx: 9, cy: 9, r: 5.5 }),
    square: () => svg("rect", { x: 3.5, y: 3.5, width: 11, height: 11 }),
    diamond: () => svg("path", { d: "M9 1.5 16.5 9 9 16.5 1.5 9z" }),
    triangle: () => svg("path", { d: "M9 2 16.5 15.5h-15z" }),
    inverted: () => svg("path", { d: "M9 16 1.5 2.5h15z" }),
    star: () => svg("path", { d: "M9 1.2l2.3 5 5.4.6-4 3.7 1.1 5.3L9 13.1l-4.8 2.7 1.1-5.3-4-3.7 5.4-.6z" }),
    cross: () => svg("path", { d: "M4.5 2 9 6.5 13.5 2 16 4.5 11.5 9 16 13.5 13.5 16 9 11.5 4.5 16 2 13.5 6.5 9 2 4.5z" }),
  };

  function glyph(status) {
    const picture = svg("svg", { viewBox: "0 0 18 18", width: 18, height: 18, "aria-hidden": "true" });
    const shape = SHAPES[status.shape]();
    const hollow = status.shape === "ring";
    shape.setAttribute("fill", hollow ? "#ffffff" : status.color);
    shape.setAttribute("stroke", hollow ? status.color : "#ffffff");
    shape.setAttribute("stroke-width", hollow ? 2.5 : 1.4);
    picture.appendChild(shape);
    return picture;
  }

  function addHatch(renderer) {
    const defs = svg("defs", {});
    const pattern = svg("pattern", { id: "atlas-hatch", patternUnits: "userSpaceOnUse", width: 6, height: 6, patternTransform: "rotate(45)" });
    pattern.appendChild(svg("rect", { width: 6, height: 6, fill: "#fbfaf7" }));
    pattern.appendChild(svg("line", { x1: 0, y1: 0, x2: 0, y2: 6, stroke: "#d6cfc0", "stroke-width": 1.6 }));
    defs.appendChild(pattern);
    renderer._container.insertBefore(defs, renderer._container.firstChild);
  }

  /* map: the Leaflet map; assets: addresses of the geometry {neighbours, provinces, places}. */
  function AtlasMap(map, assets) {
    this.map = map;
    this.pick = (what) => atlas.send(what);
    this.payload = null;
    this.ready = false;
    /* What only shows and must let the pointer through to the provinces has a pane that takes no pointer. */
    const pane = (name, level, through) => {
      map.createPane(name).style.zIndex = level;
      if (through) map.getPane(name).style.pointerEvents = "none";
    };
    pane("atlas-land", 210);
    pane("atlas-provinces", 220);
    pane("atlas-areas", 400, true);
    pane("atlas-circles", 420);
    pane("atlas-dots", 430, true);
    pane("atlas-numbers", 620, true);
    pane("atlas-names", 630, true);
    this.surface = L.svg({ padding: 0.6, pane: "atlas-provinces" });
    this.areaSurface = L.svg({ padding: 0.6, pane: "atlas-areas" });
    this.canvas = L.canvas({ padding: 0.6, pane: "atlas-dots" });
    ["dots", "areas", "circles", "sites", "badges", "names"].forEach((name) => { this[name] = L.layerGroup().addTo(map); });
    this.placed = [];
    L.control.scale({ imperial: false, position: "bottomright", maxWidth: 110 }).addTo(map);
    this.legend = this.addBand();
    map.attributionControl && map.attributionControl.remove();
    map.on("zoomend", () => this.followZoom());
    map.on("moveend resize", () => this.placeNames());
    this.addHomeButton();
    this.addSitesSwitch();
    this.watchDots();
    this.followZoom();
    /* Leaflet focuses the map when the pointer goes down; the page must not scroll then, away from under the pointer. */
    const container = map.getContainer();
    container.focus = () => HTMLElement.prototype.focus.call(container, { preventScroll: true });
    /* Leaflet hears Escape only while the map itself has the focus, not a button on it. */
    container.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      const within = event.target.closest(".leaflet-popup");
      map.closePopup();
      if (within) focusKey(this.opener);
    });
    this.observeSize();
    atlas.onPayload((payload) => { this.payload = payload; if (this.ready) this.apply(); });
    const load = (address) => fetch(address).then((reply) => {
      if (!reply.ok) throw new Error(address + ": " + reply.status);
      return reply.json();
    });
    Promise.all(["neighbours", "provinces", "places"].map((name) => load(assets[name]))).then((layers) => {
      this.drawBase(...layers);
      this.ready = true;
      if (this.payload) this.apply();
    }).catch((error) => {
      this.legend.replaceChildren(lines(["The map could not be loaded.", "Reload the page. (" + error.message + ")"]));
    });
  }

  /* The legend stands below the map, so that it never covers a province; the map gives up its height. */
  AtlasMap.prototype.addBand = function () {
    const band = element("div", "atlas-legend");
    const container = this.map.getContainer();
    document.body.appendChild(band);
    const fit = () => { container.style.height = Math.max(160, window.innerHeight - band.offsetHeight) + "px"; };
    new ResizeObserver(fit).observe(band);
    window.addEventListener("resize", fit);
    return band;
  };

  AtlasMap.prototype.addHomeButton = function () {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = element("div", "leaflet-bar");
      const button = element("a", "atlas-home", "⌂");
      button.href = "#";
      button.role = "button";
      button.title = "Whole country";
      button.setAttribute("aria-label", "Whole country");
      L.DomEvent.on(button, "click", (event) => { L.DomEvent.stop(event); this.map.fitBounds(HOME); });
      bar.appendChild(button);
      return bar;
    };
    control.addTo(this.map);
  };

  AtlasMap.prototype.addSitesSwitch = function () {
    const control = L.control({ position: "topright" });
    control.onAdd = () => {
      const label = element("label", "leaflet-bar atlas-switch");
      const box = element("input");
      box.type = "checkbox";
      box.checked = true;
      box.addEventListener("change", () => {
        ["markerPane", "shadowPane", "atlas-areas"].forEach((name) => { this.map.getPane(name).style.display = box.checked ? "" : "none"; });
        this.legend.classList.toggle("no-sites", !box.checked);
        this.map.closePopup();
        this.placeNames();
      });
      label.append(box, element("span", "", "Sites"));
      L.DomEvent.disableClickPropagation(label);
      return label;
    };
    control.addTo(this.map);
  };

  AtlasMap.prototype.followZoom = function () {
    const zoom = this.map.getZoom();
    this.map.getContainer().classList.toggle("far", zoom < FAR_ZOOM);
    const fanned = zoom >= FAN_ZOOM;
    if (fanned === this.fanned) return;
    this.fanned = fanned;
    if (this.ready && this.payload) this.drawSites();
  };

  /* Opens a popup that belongs to the map and not to a marker, so that it outlives the redrawing after a click. */
  AtlasMap.prototype.open = function (at, content, offset) {
    L.popup({ maxWidth: 280, maxHeight: 260, offset: offset || [0, -6] }).setLatLng(at).setContent(content).openOn(this.map);
  };

  function focusKey(key) {
    const node = key && Array.from(document.querySelectorAll("[data-key]")).find((each) => each.dataset.key === key);
    if (node) node.focus({ preventScroll: true });
  }

  /* Makes a marker a button: reached by Tab, named, pressed with Enter or Space; `key` finds it after a redraw. */
  function makeButton(marker, name, key) {
    const node = marker.getElement();
    node.tabIndex = 0;
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", name);
    node.dataset.key = key;
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      marker.fire("click", { byKey: true });
    });
  }

  /* Until the reader moves the map, it shows the whole country, whatever size its frame takes. */
  AtlasMap.prototype.observeSize = function () {
    let moved = false;
    const container = this.map.getContainer();
    ["pointerdown", "wheel", "keydown"].forEach((name) => container.addEventListener(name, () => { moved = true; }, { passive: true }));
    new ResizeObserver(() => {
      if (!container.clientWidth) return;
      this.map.invalidateSize({ pan: false });
      if (!moved) this.map.fitBounds(HOME, { animate: false });
    }).observe(container);
  };

  AtlasMap.prototype.drawBase = function (neighbours, provinces, places) {
    L.geoJSON(neighbours, {
      pane: "atlas-land", interactive: false,
      style: (feature) => ({
        stroke: true, color: "#cfc8b9", weight: 0.8, fillOpacity: 1,
        fillColor: feature.properties.country_code === "KH" ? "#ffffff" : "#efece4",
      }),
    }).addTo(this.map);
    this.outline = {};
    this.provinces = L.geoJSON(provinces, {
      pane: "atlas-provinces", renderer: this.surface,
      style: { color: "#8d8675", weight: 0.8, fillColor: "url(#atlas-hatch)", fillOpacity: 1 },
      onEachFeature: (feature, layer) => {
        const code = feature.properties.province_code;
        this.outline[code] = layer;
        layer.on("click", () => this.pick({ province: code }));
        layer.on("mouseover", () => layer.setStyle({ weight: 2.2, color: "#1d2733" }));
        layer.on("mouseout", () => this.styleProvince(code));
        layer.bindTooltip(() => lines(this.facts(code).tip || [feature.properties.name_en]), { sticky: true, className: "atlas-tip" });
      },
    }).addTo(this.map);
    addHatch(this.surface);
    this.provinces.eachLayer((layer) => {
      const path = layer.getElement();
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "button");
      path.setAttribute("aria-label", layer.feature.properties.name_en);
      path.dataset.code = layer.feature.properties.province_code;
      path.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); layer.fire("click"); } });
    });
    this.labels = [];
    provinces.features.forEach((feature) => {
      const at = feature.properties;
      this.labels.push({ code: at.province_code, at: [at.label_latitude, at.label_longitude], text: at.name_en, text_km: at.name_km, kind: "province" });
    });
    COUNTRIES.forEach((country) => this.labels.push({ ...country, kind: "country" }));
    places.places.filter((place) => place.level === "town").forEach((place) => this.labels.push({ at: [place.lat, place.lon], text: place.name_en, text_km: place.name_km, kind: "town", from: place.rank < 3 ? 8 : 8.75 }));
  };

  AtlasMap.prototype.facts = function (code) {
    return (this.payload && this.payload.provinces && this.payload.provinces[code]) || {};
  };

  AtlasMap.prototype.styleProvince = function (code) {
    const facts = this.facts(code);
    const chosen = this.payload && this.payload.selected === code;
    this.outline[code].setStyle({
      fillColor: facts.fill || "url(#atlas-hatch)",
      weight: chosen ? 2.6 : 0.8,
      color: chosen ? "#0b5a7a" : "#8d8675",
    });
    if (chosen) this.outline[code].bringToFront();
  };

  AtlasMap.prototype.labelOf = function (code) {
    return this.labels.find((label) => label.code === code);
  };

  AtlasMap.prototype.drawCircles = function () {
    this.circles.clearLayers();
    Object.keys(this.payload.provinces || {}).forEach((code) => {
      const facts = this.facts(code);
      if (!facts.radius) return;
      const size = 2 * facts.radius + 8;
      const picture = svg("svg", { class: "atlas-disc", width: size, height: size, viewBox: `0 0 ${size} ${size}` });
      const middle = size / 2;
      picture.appendChild(svg("circle", { cx: middle, cy: middle, r: facts.radius, fill: "#c2571a", "fill-opacity": 0.8, stroke: "#7a3208", "stroke-width": 1 }));
      if (facts.open) picture.appendChild(svg("circle", { cx: middle, cy: middle, r: facts.radius + 3, fill: "none", stroke: "#7a3208", "stroke-width": 1.2, "stroke-dasharray": "2 3" }));
      const box = element("div", "atlas-circle");
      if (facts.contested) box.appendChild(element("em", "", "≠"));
      box.appendChild(element("span", facts.radius >= 13 ? "inside" : "outside", facts.label));
      /* The number stands above the pins, its circle below them. The province itself is what the keyboard reaches. */
      [["atlas-circles", picture], ["atlas-numbers", box]].forEach(([pane, html]) => {
        const marker = L.marker(this.labelOf(code).at, {
          pane: pane, keyboard: false, icon: L.divIcon({ html: html, className: pane === "atlas-numbers" ? "atlas-through" : "", iconSize: [size, size] }),
        }).addTo(this.circles);
        marker.getElement().setAttribute("aria-hidden", "true");
        marker.on("click", () => this.pick({ province: code }));
        marker.bindTooltip(() => lines(facts.tip), { className: "atlas-tip" });
      });
    });
  };

  /* Sites by place: those with the same coordinates belong together. */
  function byPlace(sites) {
    const groups = {};
    sites.forEach((site) => { const key = site.at.map((degree) => degree.toFixed(4)).join(); (groups[key] = groups[key] || []).push(site); });
    return Object.values(groups);
  }

  /* Where the sites of one place stand around it, in pixels: nothing lies hidden beneath something else. */
  function fanOut(count) {
    if (count === 1) return [[0, 0]];
    const radius = Math.max(FAN_PX, (count * 22) / (2 * Math.PI));
    return Array.from({ length: count }, (_, i) => {
      const angle = (2 * Math.PI * i) / count - Math.PI / 2;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    });
  }

  function leaders(shifts) {
    const reach = Math.max(...shifts.flat().map(Math.abs)) + 2;
    const picture = svg("svg", { width: 2 * reach, height: 2 * reach, viewBox: `${-reach} ${-reach} ${2 * reach} ${2 * reach}` });
    shifts.forEach(([x, y]) => picture.appendChild(svg("line", { x1: 0, y1: 0, x2: x, y2: y, stroke: "#1d2733", "stroke-width": 0.9 })));
    picture.appendChild(svg("circle", { cx: 0, cy: 0, r: 2.5, fill: "#1d2733" }));
    return L.divIcon({ html: picture, className: "", iconSize: [2 * reach, 2 * reach] });
  }

  AtlasMap.prototype.drawSites = function () {
    this.sites.clearLayers();
    this.areas.clearLayers();
    byPlace(this.payload.sites || []).forEach((group) => {
      const at = group[0].at;
      new Set(group.map((site) => site.uncertainty_m).filter(Boolean)).forEach((radius) => {
        L.circle(at, { radius: radius, interactive: false, renderer: this.areaSurface, color: "#1d2733", weight: 0.8, opacity: 0.55, dashArray: "3 3", fillColor: "#1d2733", fillOpacity: 0.04 }).addTo(this.areas);
      });
      if (group.length > 1 && !this.fanned) { this.drawGroup(group); return; }
      const shifts = fanOut(group.length);
      if (group.length > 1) L.marker(at, { icon: leaders(shifts), pane: "shadowPane", interactive: false, keyboard: false }).addTo(this.sites);
      group.forEach((site, i) => this.drawSite(site, shifts[i]));
    });
    this.badges.clearLayers();
    (this.payload.badges || []).forEach((badge) => {
      const box = element("div", "atlas-badge");
      box.appendChild(element("b", "", badge.count));
      box.appendChild(document.createTextNode(" " + badge.word));
      const below = (this.facts(badge.code).radius || 8) + 6;
      const marker = L.marker(this.labelOf(badge.code).at, { icon: L.divIcon({ html: box, className: "", iconSize: [0, 0], iconAnchor: [0, -below] }), keyboard: false }).addTo(this.badges);
      makeButton(marker, badge.tip.join(". "), "badge " + badge.code);
      marker.bindTooltip(() => lines(badge.tip), { className: "atlas-tip" });
      marker.on("click", () => this.pick({ province: badge.code }));
    });
  };

  AtlasMap.prototype.glyphOf = function (site) {
    return glyph((this.payload.statuses || {})[site.status]);
  };

  AtlasMap.prototype.drawSite = function (site, shift) {
    const chosen = this.payload.selected === site.id ? " chosen" : "";
    const marker = L.marker(site.at, {
      icon: L.divIcon({ html: this.glyphOf(site), className: "atlas-site" + chosen, iconSize: [18, 18], iconAnchor: [9 - shift[0], 9 - shift[1]] }),
      keyboard: false, riseOnHover: true,
    }).addTo(this.sites);
    makeButton(marker, site.tip.join(". "), "site " + site.id);
    marker.bindTooltip(() => lines(site.tip), { className: "atlas-tip", offset: shift });
    marker.on("click", () => {
      this.open(site.at, lines(site.popup, "atlas-popup"), [shift[0], shift[1] - 6]);
      this.pick({ compound: site.id });
    });
  };

  /* From far, sites at one place are one pin with their number; its popup lists them all. */
  AtlasMap.prototype.drawGroup = function (group) {
    const title = group.length + " sites at one place";
    const chosen = group.some((site) => site.id === this.payload.selected) ? " chosen" : "";
    const marker = L.marker(group[0].at, {
      icon: L.divIcon({ html: element("div", "atlas-group" + chosen, group.length + " sites"), className: "", iconSize: [0, 0] }),
      keyboard: false, riseOnHover: true,
    }).addTo(this.sites);
    const key = "group " + group[0].id;
    makeButton(marker, [title, ...group.map((site) => site.tip.join(", "))].join(". "), key);
    marker.bindTooltip(() => lines([title, ...group.map((site) => site.tip[0])]), { className: "atlas-tip" });
    marker.on("click", (event) => {
      const box = element("div", "atlas-popup");
      box.appendChild(element("div", "atlas-head", title));
      group.forEach((site) => {
        const button = element("button", "atlas-choice");
        button.type = "button";
        button.append(this.glyphOf(site), element("span", "", site.tip.join(" · ")));
        button.addEventListener("click", () => {
          focusKey(this.opener);
          this.open(site.at, lines(site.popup, "atlas-popup"));
          this.pick({ compound: site.id });
        });
        box.appendChild(button);
      });
      this.opener = key;
      this.open(group[0].at, box);
      if (event.byKey) box.querySelector("button").focus();
    });
  };

  /* Dots are painted on a canvas that takes no pointer (there may be 20,000); the pointer is compared with their places. */
  AtlasMap.prototype.drawDots = function () {
    const told = JSON.stringify(this.payload.dots || []);
    if (told === this.toldDots) return;
    this.toldDots = told;
    this.dots.clearLayers();
    this.placed = [];
    (this.payload.dots || []).forEach((group) => group.at.forEach((at, i) => {
      L.circleMarker(at, {
        renderer: this.canvas, interactive: false, radius: 4, fillOpacity: 0.9,
        weight: group.hollow ? 2 : 1, color: group.hollow ? group.color : "#ffffff", fillColor: group.hollow ? "#ffffff" : group.color,
      }).addTo(this.dots);
      const world = this.map.project(at, 0);
      this.placed.push({ at: at, x: world.x, y: world.y, label: group.label, id: group.ids[i] });
    }));
  };

  AtlasMap.prototype.dotAt = function (event) {
    if (!this.placed.length || event.target.closest(".leaflet-marker-pane, .leaflet-popup-pane, .leaflet-control")) return null;
    const zoom = this.map.getZoom();
    const scale = this.map.getZoomScale(zoom, 0);
    const point = this.map.project(this.map.mouseEventToLatLng(event), zoom);
    const reach = event.pointerType === "touch" ? TOUCH_PX : DOT_PX;
    let nearest = null;
    let least = reach * reach;
    this.placed.forEach((dot) => {
      const distance = (dot.x * scale - point.x) ** 2 + (dot.y * scale - point.y) ** 2;
      if (distance <= least) { least = distance; nearest = dot; }
    });
    return nearest;
  };

  AtlasMap.prototype.watchDots = function () {
    const container = this.map.getContainer();
    const tip = L.tooltip({ className: "atlas-tip atlas-dot-tip", offset: [6, 0] });
    container.addEventListener("mousemove", (event) => {
      const dot = this.dotAt(event);
      container.classList.toggle("over-dot", Boolean(dot));
      if (dot) tip.setLatLng(dot.at).setContent(lines([dot.label])).addTo(this.map);
      else tip.remove();
    });
    container.addEventListener("mouseleave", () => { tip.remove(); container.classList.remove("over-dot"); });
    /* Before Leaflet hears of the click, which would go to the province beneath. */
    container.addEventListener("click", (event) => {
      if (this.map.dragging && this.map.dragging.moved()) return;
      const dot = this.dotAt(event);
      if (!dot) return;
      event.stopPropagation();
      this.open(dot.at, lines([dot.label, dot.id], "atlas-popup"), [0, 0]);
      this.pick({ record: dot.id });
    }, true);
  };

  AtlasMap.prototype.drawNames = function () {
    this.names.clearLayers();
    const khmer = this.payload.language === "km";
    this.labels.forEach((label) => {
      const facts = label.code ? this.facts(label.code) : {};
      label.radius = facts.radius || 0;
      label.reported = Boolean(facts.fill);
      label.box = element("div", "atlas-name " + label.kind + (label.sea ? " sea" : "") + (label.reported ? " reported" : ""), (khmer && label.text_km) || label.text);
      L.marker(label.at, { pane: "atlas-names", interactive: false, keyboard: false, icon: L.divIcon({ html: label.box, className: "", iconSize: [0, 0] }) }).addTo(this.names);
      label.weight = { province: 1, town: 0.5, country: 0 }[label.kind] + (label.reported ? 100 + label.radius : 0) + (label.code === this.payload.selected ? 1000 : 0);
    });
    this.placeNames();
  };

  /* Where a name of this size may stand: left and top corner from its place, best first. */
  function positions(label, width, height) {
    const middle = -width / 2;
    if (label.kind === "town") return [[middle, 3]];
    if (!label.reported) return [[middle, -6], [middle, 6], [middle, -18]];
    const out = label.radius + 5;
    const aside = 0.75 * label.radius + 3;
    const round = [
      [middle, out], [middle, -out - height], [out, -height / 2], [-out - width, -height / 2],
      [aside, aside], [aside, -aside - height], [-aside - width, aside], [-aside - width, -aside - height],
      [middle, out + 16], [middle, -out - height - 14],
    ];
    return label.radius ? round : [[middle, -height / 2], ...round];
  }

  AtlasMap.prototype.placeNames = function () {
    cancelAnimationFrame(this.placing);
    this.placing = requestAnimationFrame(() => this.fitNames());
  };

  /* Names are placed in the order of their weight, each where it touches nothing. One that fits nowhere waits until the
     reader zooms in; that of a province with a figure rather covers part of a pin, or of a circle. */
  AtlasMap.prototype.fitNames = function () {
    if (!this.labels || !this.payload) return;
    const container = this.map.getContainer();
    const frame = container.getBoundingClientRect();
    const boxes = (selector) => Array.from(container.querySelectorAll(selector), (node) => node.getBoundingClientRect()).filter((box) => box.width);
    const touches = (a, b) => a.left < b.right + 2 && b.left < a.right + 2 && a.top < b.bottom && b.top < a.bottom;
    const pins = boxes(".atlas-site svg, .atlas-group");
    container.querySelectorAll(".atlas-circle span.outside").forEach((number) => {
      const clear = () => !pins.some((pin) => touches(pin, number.getBoundingClientRect()));
      number.classList.remove("left");
      if (!clear()) number.classList.add("left");
      if (!clear()) number.classList.remove("left");
    });
    const fixed = boxes(".atlas-circle span, .atlas-circle em, .atlas-badge, .atlas-group, .leaflet-control");
    const circles = boxes(".atlas-disc");
    const zoom = this.map.getZoom();
    [...this.labels].filter((label) => label.box).sort((a, b) => b.weight - a.weight).forEach((label) => {
      label.box.style.visibility = "hidden";
      if (zoom < (label.from || 0)) return;
      const at = this.map.latLngToContainerPoint(label.at);
      const width = label.box.offsetWidth;
      const height = label.box.offsetHeight;
      const places = positions(label, width, height).map(([x, y]) => {
        const left = frame.left + at.x + x;
        const top = frame.top + at.y + y;
        return { x: x, y: y, left: left, top: top, right: left + width, bottom: top + height };
      });
      const inside = (box) => box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
      const free = (obstacles) => places.find((box) => (!label.reported || inside(box)) && !obstacles.some((there) => touches(box, there)));
      let place = free([...fixed, ...circles, ...pins]);
      if (label.reported) place = place || free([...fixed, ...circles]) || free(fixed);
      if (!place) return;
      fixed.push(place);
      label.box.style.transform = `translate(${place.x}px, ${place.y}px)`;
      label.box.style.visibility = "visible";
    });
  };

  AtlasMap.prototype.drawLegend = function () {
    const legend = this.payload.legend || {};
    const head = element("div", "head");
    head.append(element("b", "", legend.title), element("span", "note", legend.note));
    const fold = element("div", "entries");
    (legend.classes || []).forEach((entry) => {
      const row = element("div", "row");
      const swatch = element("span", "swatch" + (entry.fill ? "" : " hatch"));
      if (entry.fill) swatch.style.background = entry.fill;
      row.append(swatch, element("span", "", entry.label), element("span", "n", entry.n));
      fold.appendChild(row);
    });
    if ((legend.circles || []).length) {
      const row = element("div", "row circles");
      legend.circles.forEach((entry) => {
        const item = element("span", "circle");
        const dot = element("i");
        dot.style.width = dot.style.height = 2 * entry.radius + "px";
        item.append(dot, element("span", "", entry.label));
        row.appendChild(item);
      });
      fold.appendChild(row);
    }
    (legend.dots || []).forEach((entry) => {
      const row = element("div", "row");
      const dot = element("i", "dot");
      dot.style.background = entry.hollow ? "#ffffff" : entry.color;
      dot.style.borderColor = entry.color;
      row.append(dot, element("span", "", entry.label), element("span", "n", entry.n));
      fold.appendChild(row);
    });
    (legend.symbols || []).forEach((entry) => {
      const row = element("div", "row site");
      row.append(glyph(entry), element("span", "", entry.label), element("span", "n", entry.n));
      fold.appendChild(row);
    });
    const notes = element("div", "note", (legend.footnotes || []).join(" "));
    this.legend.replaceChildren(head, fold, notes, element("div", "note credit", this.payload.credit));
  };

  AtlasMap.prototype.apply = function () {
    const focused = document.activeElement && document.activeElement.dataset.key;
    Object.keys(this.outline).forEach((code) => {
      this.styleProvince(code);
      const tip = this.facts(code).tip;
      if (tip) this.outline[code].getElement().setAttribute("aria-label", tip.join(". "));
    });
    this.drawCircles();
    this.drawDots();
    this.drawSites();
    this.drawLegend();
    this.drawNames();
    focusKey(focused);
    document.documentElement.dataset.drawn = this.payload.version;
  };


  window.AtlasMap = AtlasMap;
})();
