/* Records too many for dots, as hexagons of equal area on a canvas. The grid is that of geo/hexagons.py. */
(function () {
  "use strict";

  const { lines, say, digits } = window.atlasParts;

  const DEGREE = Math.PI / 180;
  const ROOT_3 = Math.sqrt(3);

  /* The plane on which the hexagons are regular, in km: Lambert's cylindrical equal-area projection. */
  function plane(hexagons) {
    const [radius, parallel] = hexagons.plane;
    const squeeze = Math.cos(parallel * DEGREE);
    return {
      x: (lng) => radius * squeeze * lng * DEGREE,
      y: (lat) => (radius / squeeze) * Math.sin(lat * DEGREE),
      at: (x, y) => [Math.asin((y * squeeze) / radius) / DEGREE, x / (radius * squeeze) / DEGREE],
    };
  }

  function corners(hexagons, q, r) {
    const { at } = plane(hexagons);
    const size = hexagons.size;
    const x = (q * size * ROOT_3) / 2;
    const y = (r + q / 2) * size;
    return Array.from({ length: 6 }, (_, i) => at(x + (size / ROOT_3) * Math.cos((i * Math.PI) / 3), y + (size / ROOT_3) * Math.sin((i * Math.PI) / 3)));
  }

  function hexagonOf(hexagons, place) {
    const { x, y } = plane(hexagons);
    const q = (x(place.lng) * 2) / (ROOT_3 * hexagons.size);
    const r = y(place.lat) / hexagons.size - q / 2;
    const rounded = [q, r, -q - r].map(Math.round);
    const off = [q, r, -q - r].map((value, i) => Math.abs(rounded[i] - value));
    if (off[0] > off[1] && off[0] > off[2]) rounded[0] = -rounded[1] - rounded[2];
    else if (off[1] > off[2]) rounded[1] = -rounded[0] - rounded[2];
    return [rounded[0], rounded[1]];
  }

  const keyOf = (q, r) => q + " " + r;

  AtlasMap.prototype.drawHexagons = function () {
    const hexagons = this.payload.hexagons || null;
    const told = JSON.stringify(hexagons);
    if (told === this.toldHexagons) return;
    this.toldHexagons = told;
    this.hexagons.clearLayers();
    this.cells = {};
    if (!hexagons) return;
    hexagons.cells.forEach(([q, r, n]) => {
      this.cells[keyOf(q, r)] = n;
      const place = hexagons.upper.findIndex((top) => n <= top);
      const color = hexagons.colors[place < 0 ? hexagons.colors.length - 1 : place];
      L.polygon(corners(hexagons, q, r), {
        renderer: this.hexagonCanvas, interactive: false, fillColor: color, fillOpacity: 0.88, color: "#ffffff", weight: 0.7,
      }).addTo(this.hexagons);
    });
    if (hexagons.chosen) this.strokeHexagon(hexagons.chosen, 2.6).addTo(this.hexagons);
  };

  AtlasMap.prototype.strokeHexagon = function ([q, r], weight) {
    return L.polygon(corners(this.payload.hexagons, q, r), { renderer: this.hexagonCanvas, interactive: false, fill: false, color: "#1d2733", weight: weight });
  };

  /* The hexagon with records under the pointer, unless something lies on top of it. */
  AtlasMap.prototype.hexagonAt = function (event) {
    if (!this.payload || !this.payload.hexagons || this.dotAt(event)) return null;
    const above = ".leaflet-marker-pane, .leaflet-popup-pane, .leaflet-control, .leaflet-atlas-circles-pane, .leaflet-atlas-numbers-pane";
    if (event.target.closest(above) || !this.map.getPane("atlas-hexagons").offsetParent) return null;
    const cell = hexagonOf(this.payload.hexagons, this.map.mouseEventToLatLng(event));
    const n = this.cells[keyOf(...cell)];
    return n ? { cell: cell, n: n } : null;
  };

  AtlasMap.prototype.watchHexagons = function () {
    const container = this.map.getContainer();
    const tip = L.tooltip({ className: "atlas-tip atlas-dot-tip", offset: [10, 0] });
    let mark = null;
    const leave = () => {
      tip.remove();
      if (mark) mark.remove();
      mark = null;
      container.classList.remove("over-hexagon");
    };
    container.addEventListener("mousemove", (event) => {
      const found = this.hexagonAt(event);
      if (!found) { leave(); return; }
      const { words, size } = this.payload.hexagons;
      container.classList.add("over-hexagon");
      tip.setLatLng(this.map.mouseEventToLatLng(event));
      tip.setContent(lines([digits(found.n.toLocaleString("en")) + " " + words[found.n === 1 ? 0 : 1], say("In this hexagon, {n} km across", { n: size })])).addTo(this.map);
      if (mark) mark.remove();
      mark = this.strokeHexagon(found.cell, 1.6).addTo(this.map);
    });
    container.addEventListener("mouseleave", leave);
    container.addEventListener("click", (event) => {
      if (this.map.dragging && this.map.dragging.moved()) return;
      const found = this.hexagonAt(event);
      if (!found) return;
      event.stopPropagation();
      this.pick({ hexagon: [this.payload.hexagons.size, ...found.cell] });
    }, true);
  };
})();
