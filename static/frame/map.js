/* One map: provinces, and the layers that the other scripts of this folder give it.
 *
 * It lives for as long as the page does: geometry is given once, every later payload only restyles what is there, so
 * pan and zoom are never lost. Payload: see charts/map_payload.py, which documents and builds it. frame.js owns the map
 * and everything around it; water.js, sites.js, dots.js and names.js draw the layers.
 */
(function () {
  "use strict";

  const { element, lines, svg, addHatch } = window.atlasParts;

  const FAN_ZOOM = 9; /* from here on sites at one place stand apart; before, they would stand in the sea */
  const FAR_ZOOM = 8; /* below, pins are small */

  /* Where the names of the neighbours stand; general knowledge. */
  const COUNTRIES = [
    { at: [14.68, 103.0], text: "Thailand", text_km: "ថៃ" },
    { at: [14.62, 106.35], text: "Laos", text_km: "ឡាវ" },
    { at: [11.2, 107.3], text: "Viet Nam", text_km: "វៀតណាម" },
    { at: [10.35, 102.75], text: "Gulf of Thailand", text_km: "ឈូងសមុទ្រថៃ", sea: true },
  ];

  /* map: the Leaflet map. Clicks are told through `pick`; the map draws when it has both geometry and a payload. */
  function AtlasMap(map) {
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
    pane("atlas-water", 230, true);
    pane("atlas-hexagons", 235, true);
    pane("atlas-borders", 240, true);
    pane("atlas-areas", 400, true);
    pane("atlas-circles", 420);
    pane("atlas-dots", 430, true);
    pane("atlas-numbers", 620, true);
    pane("atlas-names", 630, true);
    this.surface = L.svg({ padding: 0.6, pane: "atlas-provinces" });
    this.areaSurface = L.svg({ padding: 0.6, pane: "atlas-areas" });
    this.canvas = L.canvas({ padding: 0.6, pane: "atlas-dots" });
    this.hexagonCanvas = L.canvas({ padding: 0.6, pane: "atlas-hexagons" });
    ["hexagons", "dots", "areas", "circles", "sites", "badges", "names"].forEach((name) => { this[name] = L.layerGroup().addTo(map); });
    this.placed = [];
    map.attributionControl && map.attributionControl.remove();
    map.on("zoomend", () => this.followZoom());
    map.on("moveend resize", () => this.placeNames());
    this.watchDots();
    this.watchHexagons();
    this.followZoom();
    /* Leaflet focuses the map when the pointer goes down; the page must not scroll then, away from under the pointer. */
    const container = map.getContainer();
    container.focus = () => HTMLElement.prototype.focus.call(container, { preventScroll: true });
    /* Leaflet hears Escape only while the map itself has the focus, not a button on it. */
    container.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      const within = event.target.closest(".leaflet-popup");
      map.closePopup();
      if (within) window.atlasParts.focusKey(this.opener);
    });
  }

  /* layers: the contents of the geometry files, by name. */
  AtlasMap.prototype.setGeometry = function (layers) {
    this.drawBase(layers.neighbours, layers.provinces, layers.places);
    this.drawWater(layers.water);
    this.ready = true;
    if (this.payload) this.draw();
  };

  AtlasMap.prototype.show = function (payload) {
    this.payload = payload;
    if (this.ready) this.draw();
  };

  AtlasMap.prototype.followZoom = function () {
    const zoom = this.map.getZoom();
    this.map.getContainer().classList.toggle("far", zoom < FAR_ZOOM);
    const fanned = zoom >= FAN_ZOOM;
    const near = fanned && this.fanned; /* nothing is joined by distance: nothing changes */
    this.fanned = fanned;
    if (near) return;
    if (this.ready && this.payload) this.drawSites();
  };

  /* Opens a popup that belongs to the map and not to a marker, so that it outlives the redrawing after a click. */
  AtlasMap.prototype.open = function (at, content, offset) {
    L.popup({ maxWidth: 280, maxHeight: 260, offset: offset || [0, -6] }).setLatLng(at).setContent(content).openOn(this.map);
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
      style: { stroke: false, fillColor: "url(#atlas-hatch)", fillOpacity: 1 },
      onEachFeature: (feature, layer) => {
        const code = feature.properties.province_code;
        this.outline[code] = layer;
        layer.on("click", () => this.pick({ province: code }));
        layer.on("mouseover", () => this.strokeProvince(code, 2.2, "#1d2733"));
        layer.on("mouseout", () => this.styleProvince(code));
        layer.bindTooltip(() => lines(this.facts(code).tip || [feature.properties.name_en]), { sticky: true, className: "atlas-tip" });
      },
    }).addTo(this.map);
    addHatch(this.surface);
    /* The borders are drawn apart, above the water. */
    this.border = {};
    L.geoJSON(provinces, {
      pane: "atlas-borders", interactive: false, style: { fill: false },
      onEachFeature: (feature, layer) => { this.border[feature.properties.province_code] = layer; },
    }).addTo(this.map);
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
    this.outline[code].setStyle({ fillColor: facts.fill || (facts.withheld ? "url(#atlas-withheld)" : "url(#atlas-hatch)") });
    this.strokeProvince(code, chosen ? 2.6 : 0.8, chosen ? "#0b5a7a" : "#8d8675");
    if (chosen) this.border[code].bringToFront();
  };

  AtlasMap.prototype.strokeProvince = function (code, weight, color) {
    this.border[code].setStyle({ weight: weight, color: color });
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
      picture.appendChild(svg("circle", { cx: middle, cy: middle, r: facts.radius, fill: facts.color || "#c2571a", "fill-opacity": 0.8, stroke: facts.edge || "#7a3208", "stroke-width": 1 }));
      if (facts.open) picture.appendChild(svg("circle", { cx: middle, cy: middle, r: facts.radius + 3, fill: "none", stroke: facts.edge || "#7a3208", "stroke-width": 1.2, "stroke-dasharray": "2 3" }));
      const box = element("div", "atlas-circle");
      if (facts.edge) box.style.setProperty("--edge", facts.edge);
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

  AtlasMap.prototype.draw = function () {
    const focused = document.activeElement && document.activeElement.dataset.key;
    Object.keys(this.outline).forEach((code) => {
      this.styleProvince(code);
      const tip = this.facts(code).tip;
      if (tip) this.outline[code].getElement().setAttribute("aria-label", tip.join(". "));
    });
    this.drawDistricts();
    this.drawCircles();
    this.drawDots();
    this.drawHexagons();
    this.drawSites();
    this.drawNames();
    window.atlasParts.focusKey(focused);
  };

  window.AtlasMap = AtlasMap;
})();
