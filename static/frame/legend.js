/* The legend and the credit, in the band below the map. */
(function () {
  "use strict";

  const { element, glyph, digits } = window.atlasParts;

  AtlasFrame.prototype.drawLegend = function () {
    const legend = this.payload.legend || {};
    const head = element("div", "head");
    head.append(element("b", "", legend.title), element("span", "note", legend.note));
    const fold = element("div", "entries");
    (legend.classes || []).forEach((entry) => {
      const row = element("div", "row");
      const swatch = element("span", "swatch" + (entry.fill ? "" : entry.withheld ? " withheld" : " hatch"));
      if (entry.fill) swatch.style.background = entry.fill;
      row.append(swatch, element("span", "", entry.label), element("span", "n", digits(entry.n)));
      fold.appendChild(row);
    });
    if ((legend.circles || []).length) {
      const row = element("div", "row circles");
      legend.circles.forEach((entry) => {
        const item = element("span", "circle");
        const dot = element("i");
        dot.style.width = dot.style.height = 2 * entry.radius + "px";
        if (entry.color) { dot.style.background = entry.color; dot.style.borderColor = "#5b6672"; }
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
      row.append(dot, element("span", "", entry.label), element("span", "n", digits(entry.n)));
      fold.appendChild(row);
    });
    if (legend.hexagons) {
      const group = element("div", "row point");
      group.appendChild(element("span", "", legend.hexagons.title + ":"));
      legend.hexagons.classes.forEach((entry) => {
        const item = element("span", "circle");
        const swatch = element("i", "hexagon");
        swatch.style.background = entry.fill;
        item.append(swatch, element("span", "", entry.label), element("span", "n", digits(entry.n)));
        group.appendChild(item);
      });
      fold.appendChild(group);
    }
    (legend.symbols || []).forEach((entry) => {
      const row = element("div", "row site");
      row.append(glyph(entry), element("span", "", entry.label), element("span", "n", digits(entry.n)));
      fold.appendChild(row);
    });
    const notes = element("div", "note", (legend.footnotes || []).join(" "));
    this.legend.replaceChildren(head, fold, notes, element("div", "note credit", this.payload.credit));
  };
})();
