/* The map's frame: loads the geometry, holds the map and everything around it, and hands each payload on.
 *
 * The frame's API (atlas.*): ui/map_assets.py. Payload: charts/map_payload.py.
 */
(function () {
  "use strict";

  const { element, lines, say } = window.atlasParts;
  const HOME = [[9.9, 102.2], [14.75, 107.75]];

  /* map: the Leaflet map that folium made; assets: addresses of the geometry, by name. */
  function AtlasFrame(map, assets) {
    this.payload = null;
    this.stage = element("div", "atlas-stage");
    map.getContainer().before(this.stage);
    this.stage.appendChild(map.getContainer());
    this.band = this.addBand();
    this.legend = element("div", "atlas-legend");
    this.brush = new AtlasBrush((what) => atlas.send(what));
    this.band.append(this.brush.box, this.legend);
    this.main = new AtlasMap(map);
    L.control.scale({ imperial: false, position: "bottomright", maxWidth: 110 }).addTo(map);
    this.addHomeButton();
    this.addSearch();
    this.addLayers();
    this.addTools();
    this.observeSize();
    atlas.onPayload((payload) => { this.payload = payload; if (this.layers) this.show(); });
    this.load(assets);
  }

  AtlasFrame.prototype.load = function (assets) {
    const names = Object.keys(assets);
    const load = (address) => fetch(address).then((reply) => {
      if (!reply.ok) throw new Error(address + ": " + reply.status);
      return reply.json();
    });
    Promise.all(names.map((name) => load(assets[name]))).then((found) => {
      this.layers = Object.fromEntries(names.map((name, i) => [name, found[i]]));
      this.main.setGeometry(this.layers);
      if (this.payload) this.show();
    }).catch((error) => {
      this.legend.replaceChildren(lines([say("The map could not be loaded."), say("Reload the page.") + " (" + error.message + ")"]));
    });
  };

  AtlasFrame.prototype.show = function () {
    this.takeView();
    this.showMaps();
    this.takeFound();
    this.drawArea();
    this.offerTiles();
    this.drawLegend();
    this.brush.show(this.payload.brush);
    document.documentElement.dataset.drawn = this.payload.version;
  };

  /* What is said about the map stands below it, so that it never covers a province; the map gives up its height. */
  AtlasFrame.prototype.addBand = function () {
    const band = element("div", "atlas-band");
    document.body.appendChild(band);
    const fit = () => { this.stage.style.height = Math.max(160, window.innerHeight - band.offsetHeight) + "px"; };
    new ResizeObserver(fit).observe(band);
    window.addEventListener("resize", fit);
    return band;
  };

  AtlasFrame.prototype.addHomeButton = function () {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = element("div", "leaflet-bar");
      const button = element("a", "atlas-home", "⌂");
      button.href = "#";
      button.role = "button";
      button.title = say("Whole country");
      button.setAttribute("aria-label", say("Whole country"));
      L.DomEvent.on(button, "click", (event) => { L.DomEvent.stop(event); this.main.map.fitBounds(HOME); });
      bar.appendChild(button);
      return bar;
    };
    control.addTo(this.main.map);
  };

  /* Until the reader moves the map, it shows the whole country, whatever size its frame takes. */
  AtlasFrame.prototype.observeSize = function () {
    this.moved = false;
    const map = this.main.map;
    const container = map.getContainer();
    ["pointerdown", "wheel", "keydown"].forEach((name) => container.addEventListener(name, () => { this.moved = true; }, { passive: true }));
    new ResizeObserver(() => {
      if (!container.clientWidth) return;
      map.invalidateSize({ pan: false });
      if (!this.moved) this.standFirst(HOME);
    }).observe(container);
  };

  window.AtlasFrame = AtlasFrame;
})();
