/* What the map shows: layers that can be put away, and pictures from a tile server for those who ask for them.
 *
 * A layer is hidden by a class of the stage, so it is hidden on every map in it. Nothing is kept: each visit begins with
 * every layer and without tiles, which are the only thing that the frame ever asks of another machine.
 */
(function () {
  "use strict";

  const { element, say } = window.atlasParts;

  const LAYERS = [
    { name: "sites", label: () => say("Sites") },
    { name: "figures", label: () => say("Figures by province") },
    { name: "points", label: () => say("Records with coordinates") },
    { name: "names", label: () => say("Names") },
    { name: "water", label: () => say("Lakes and rivers") },
    { name: "area", label: () => say("Selected area") },
  ];

  /* A button that unfolds a panel at the map's upper right; one is open at a time. Returns the panel. */
  AtlasFrame.prototype.addPanel = function (title, name) {
    const control = L.control({ position: "topright" });
    const panel = element("div", "atlas-panel");
    control.onAdd = () => {
      const box = element("div", "atlas-fold atlas-fold-" + name);
      const button = element("button", "atlas-fold-button", title);
      button.type = "button";
      panel.id = "atlas-panel-" + name;
      panel.hidden = true;
      button.setAttribute("aria-label", title); /* without the arrow that the style sheet adds */
      button.setAttribute("aria-expanded", "false");
      button.setAttribute("aria-controls", panel.id);
      const fold = (open) => { panel.hidden = !open; button.setAttribute("aria-expanded", String(open)); this.main.placeNames(); };
      button.addEventListener("click", () => {
        const open = panel.hidden;
        (this.panels || []).forEach((other) => other.fold(false));
        fold(open);
      });
      box.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || panel.hidden) return;
        event.stopPropagation();
        fold(false);
        button.focus();
      });
      box.append(button, panel);
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      this.panels = [...(this.panels || []), { fold: fold }];
      return box;
    };
    control.addTo(this.main.map);
    return panel;
  };

  function choice(type, group, label, checked, change) {
    const row = element("label", "atlas-option");
    const box = element("input");
    box.type = type;
    box.name = group;
    box.checked = checked;
    box.addEventListener("change", change);
    row.append(box, element("span", "", label));
    return row;
  }

  AtlasFrame.prototype.addLayers = function () {
    const panel = this.addPanel(say("Layers"), "layers");
    LAYERS.forEach((layer) => {
      panel.appendChild(choice("checkbox", "atlas-layer", layer.label(), true, (event) => this.showLayer(layer.name, event.target.checked)));
    });
    this.tileBox = panel.appendChild(element("fieldset", "atlas-tiles"));
    this.tileBox.hidden = true;
  };

  AtlasFrame.prototype.showLayer = function (name, shown) {
    this.stage.classList.toggle("hide-" + name, !shown);
    this.legend.classList.toggle("no-" + name, !shown);
    this.main.map.closePopup();
    this.main.placeNames();
  };

  /* tiles: [{name, label, url, credit, sees}]; none when they are switched off for everyone. */
  AtlasFrame.prototype.offerTiles = function () {
    const tiles = this.payload.tiles || [];
    const told = JSON.stringify(tiles);
    if (told === this.toldTiles) return;
    this.toldTiles = told;
    this.tileBox.hidden = !tiles.length;
    const pick = (tile) => () => this.showTiles(tile);
    this.tileBox.replaceChildren(
      element("legend", "", say("Background")),
      choice("radio", "atlas-tile", say("Drawn map (stays on this computer)"), true, pick(null)),
      ...tiles.map((tile) => choice("radio", "atlas-tile", tile.label, false, pick(tile))),
      element("p", "atlas-sees", tiles.length ? tiles[0].sees : ""),
    );
  };

  AtlasFrame.prototype.showTiles = function (tile) {
    if (this.tiles) this.tiles.remove();
    if (this.tileCredit) this.tileCredit.remove();
    this.tiles = this.tileCredit = null;
    this.stage.classList.toggle("on-tiles", Boolean(tile));
    if (!tile) return;
    /* Servers of volunteers refuse those who do not say from where they ask: the origin alone is told, no path. */
    this.tiles = L.tileLayer(tile.url, { maxZoom: 19, referrerPolicy: "origin", crossOrigin: false }).addTo(this.main.map);
    this.tileCredit = element("div", "atlas-tile-credit", tile.credit);
    this.stage.appendChild(this.tileCredit);
  };
})();
