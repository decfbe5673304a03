/* Names of provinces, towns and neighbours, placed so that none touches another or a figure. */
(function () {
  "use strict";

  const { element } = window.atlasParts;

  AtlasMap.prototype.drawNames = function () {
    this.names.clearLayers();
    const khmer = this.payload.language === "km";
    this.labels.forEach((label) => {
      const facts = label.code ? this.facts(label.code) : {};
      label.radius = facts.radius || 0;
      label.reported = Boolean(facts.fill);
      label.box = element("div", "atlas-name " + label.kind + (label.sea ? " sea" : "") + (label.reported ? " reported" : ""), [(khmer && label.text_km) || label.text, facts.mark].filter(Boolean).join(" "));
      label.box.lang = khmer && label.text_km ? "km" : "en";
      L.marker(label.at, { pane: "atlas-names", interactive: false, keyboard: false, icon: L.divIcon({ html: label.box, className: "", iconSize: [0, 0] }) }).addTo(this.names);
      label.weight = { province: 1, town: 0.5, lake: 0.4, river: 0.3, country: 0 }[label.kind] + (label.reported ? 100 + label.radius : 0) + (label.code === this.payload.selected ? 1000 : 0);
    });
    this.placeNames();
  };

  /* Where a name of this size may stand: left and top corner from its place, best first. */
  function positions(label, width, height) {
    const middle = -width / 2;
    if (label.kind === "town") return [[middle, 3]];
    if (label.kind === "river") return [[5, -height / 2], [-5 - width, -height / 2]];
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
    const around = Array.from((container.closest(".atlas-stage") || container).querySelectorAll(".leaflet-control, .atlas-heading"), (node) => node.getBoundingClientRect()).filter((box) => box.width);
    const fixed = [...boxes(".atlas-circle span, .atlas-circle em, .atlas-badge, .atlas-group"), ...around];
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
})();
