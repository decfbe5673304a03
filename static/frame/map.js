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
  const FAN_PX = 15;
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
    map.createPane("atlas-land").style.zIndex = 210;
    map.createPane("atlas-provinces").style.zIndex = 220;
    map.createPane("atlas-circles").style.zIndex = 420;
    map.createPane("atlas-names").style.zIndex = 430;
    map.getPane("atlas-names").style.pointerEvents = "none";
    this.surface = L.svg({ padding: 0.6, pane: "atlas-provinces" });
    this.canvas = L.canvas({ padding: 0.6 });
    this.dots = L.layerGroup().addTo(map);
    this.areas = L.layerGroup().addTo(map);
    this.circles = L.layerGroup().addTo(map);
    this.sites = L.layerGroup().addTo(map);
    this.badges = L.layerGroup().addTo(map);
    this.names = L.layerGroup().addTo(map);
    L.control.scale({ imperial: false, position: "bottomright", maxWidth: 110 }).addTo(map);
    this.legend = this.addBand();
    map.attributionControl && map.attributionControl.remove();
    map.on("zoomend resize", () => this.thinNames());
    this.addHomeButton();
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
      const picture = svg("svg", { width: size, height: size, viewBox: `0 0 ${size} ${size}` });
      const middle = size / 2;
      picture.appendChild(svg("circle", { cx: middle, cy: middle, r: facts.radius, fill: "#c2571a", "fill-opacity": 0.8, stroke: "#7a3208", "stroke-width": 1 }));
      if (facts.open) picture.appendChild(svg("circle", { cx: middle, cy: middle, r: facts.radius + 3, fill: "none", stroke: "#7a3208", "stroke-width": 1.2, "stroke-dasharray": "2 3" }));
      const box = element("div", "atlas-circle");
      box.appendChild(picture);
      if (facts.contested) box.appendChild(element("em", "", "≠"));
      box.appendChild(element("span", facts.radius >= 13 ? "inside" : "outside", facts.label));
      const marker = L.marker(this.labelOf(code).at, {
        pane: "atlas-circles", keyboard: false,
        icon: L.divIcon({ html: box, className: "", iconSize: [size, size] }),
      }).addTo(this.circles);
      marker.on("click", () => this.pick({ province: code }));
      marker.bindTooltip(() => lines(facts.tip), { className: "atlas-tip" });
    });
  };

  /* Sites with the same coordinates stand in a ring around the place: nothing lies hidden beneath something else. */
  function fanOut(sites) {
    const groups = {};
    sites.forEach((site) => { const key = site.at.map((degree) => degree.toFixed(4)).join(); (groups[key] = groups[key] || []).push(site); });
    return Object.values(groups).flatMap((group) => group.map((site, i) => {
      if (group.length === 1) return { site: site, shift: [0, 0], first: true };
      const angle = (2 * Math.PI * i) / group.length - Math.PI / 2;
      const radius = Math.max(FAN_PX, (group.length * 19) / (2 * Math.PI));
      return { site: site, shift: [radius * Math.cos(angle), radius * Math.sin(angle)], first: i === 0 };
    }));
  }

  AtlasMap.prototype.drawSites = function () {
    this.sites.clearLayers();
    this.areas.clearLayers();
    const statuses = this.payload.statuses || {};
    fanOut(this.payload.sites || []).forEach((placed) => {
      const site = placed.site;
      if (site.uncertainty_m && placed.first) {
        L.circle(site.at, { radius: site.uncertainty_m, interactive: false, renderer: this.canvas, color: "#1d2733", weight: 0.8, opacity: 0.55, dashArray: "3 3", fillColor: "#1d2733", fillOpacity: 0.04 }).addTo(this.areas);
      }
      const marker = L.marker(site.at, {
        icon: L.divIcon({ html: glyph(statuses[site.status]), className: "atlas-site" + (this.payload.selected === site.id ? " chosen" : ""), iconSize: [18, 18], iconAnchor: [9 - placed.shift[0], 9 - placed.shift[1]], popupAnchor: [placed.shift[0], placed.shift[1] - 6] }),
        alt: site.tip[0], title: "", riseOnHover: true,
      }).addTo(this.sites);
      marker.bindTooltip(() => lines(site.tip), { className: "atlas-tip", offset: placed.shift });
      marker.bindPopup(() => lines(site.popup, "atlas-popup"), { maxWidth: 280 });
      marker.on("click", () => this.pick({ compound: site.id }));
    });
    this.badges.clearLayers();
    (this.payload.badges || []).forEach((badge) => {
      const box = element("div", "atlas-badge");
      box.appendChild(element("b", "", badge.count));
      box.appendChild(document.createTextNode(" " + badge.word));
      const marker = L.marker(this.labelOf(badge.code).at, { icon: L.divIcon({ html: box, className: "", iconSize: [0, 0], iconAnchor: [0, -14] }), keyboard: false }).addTo(this.badges);
      marker.bindTooltip(() => lines(badge.tip), { className: "atlas-tip" });
      marker.on("click", () => this.pick({ province: badge.code }));
    });
  };

  AtlasMap.prototype.drawDots = function () {
    this.dots.clearLayers();
    (this.payload.dots || []).forEach((group) => group.at.forEach((at, i) => {
      L.circleMarker(at, { renderer: this.canvas, radius: 4, weight: 1, color: "#ffffff", fillColor: group.color, fillOpacity: 0.85, bubblingMouseEvents: false })
        .bindTooltip(() => lines([group.label]), { className: "atlas-tip" })
        .on("click", () => this.pick({ record: group.ids[i] })).addTo(this.dots);
    }));
  };

  AtlasMap.prototype.drawNames = function () {
    this.names.clearLayers();
    const khmer = this.payload.language === "km";
    this.labels.forEach((label) => {
      const below = label.code && this.facts(label.code).radius;
      const box = element("div", "atlas-name " + label.kind + (label.sea ? " sea" : ""), (khmer && label.text_km) || label.text);
      label.marker = L.marker(label.at, { pane: "atlas-names", interactive: false, keyboard: false, icon: L.divIcon({ html: box, className: "", iconSize: [0, 0], iconAnchor: [0, below ? -(below + 4) : label.kind === "town" ? -3 : 6] }) }).addTo(this.names);
      label.box = box;
      label.weight = (label.kind === "province" ? 1 : label.kind === "town" ? 0.5 : 0) + (below || 0) + (label.code === this.payload.selected ? 1000 : 0);
    });
    requestAnimationFrame(() => this.thinNames());
  };

  /* Names that would touch a more important name, a circle or a badge are left out until one zooms in. */
  AtlasMap.prototype.thinNames = function () {
    if (!this.labels || !this.payload) return;
    const taken = Array.from(document.querySelectorAll(".atlas-circle, .atlas-badge, .atlas-site, .atlas-circle span.outside")).map((node) => node.getBoundingClientRect());
    const touches = (a, b) => a.left < b.right + 2 && b.left < a.right + 2 && a.top < b.bottom && b.top < a.bottom;
    const zoom = this.map.getZoom();
    [...this.labels].filter((label) => label.box).sort((a, b) => b.weight - a.weight).forEach((label) => {
      label.box.style.visibility = zoom < (label.from || 0) ? "hidden" : "visible";
      if (label.box.style.visibility === "hidden") return;
      const here = label.box.getBoundingClientRect();
      if (taken.some((there) => touches(here, there))) label.box.style.visibility = "hidden";
      else taken.push(here);
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
    (legend.symbols || []).forEach((entry) => {
      const row = element("div", "row");
      row.append(glyph(entry), element("span", "", entry.label), element("span", "n", entry.n));
      fold.appendChild(row);
    });
    const notes = element("div", "note", (legend.footnotes || []).join(" "));
    this.legend.replaceChildren(head, fold, notes, element("div", "note credit", this.payload.credit));
  };

  AtlasMap.prototype.apply = function () {
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
    document.documentElement.dataset.drawn = this.payload.version;
  };


  window.AtlasMap = AtlasMap;
})();
