/* Records with coordinates as dots on a canvas. */
(function () {
  "use strict";

  const { lines } = window.atlasParts;

  const DOT_PX = 6;
  const TOUCH_PX = 14;

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
})();
