/* Lakes and rivers: quiet lines over the provinces' colours and beneath their borders, which they never hide. */
(function () {
  "use strict";

  const LAKE = { fillColor: "#dbe6ec", fillOpacity: 1, color: "#9dbac8", weight: 0.7 };
  const RIVER = { fill: false, color: "#9dbac8", weight: 1.1, opacity: 0.9 };
  const LARGE = ["Tonle Sap lake", "Mekong river"]; /* named from NAMED on, the others from CLOSE on */
  const NAMED = 7.5;
  const CLOSE = 9;

  /* water: static/geo/water.json; each feature says whether it is a lake or a river, and where its name stands. */
  AtlasMap.prototype.drawWater = function (water) {
    L.geoJSON(water, {
      pane: "atlas-water", interactive: false,
      style: (feature) => (feature.properties.kind === "lake" ? LAKE : RIVER),
    }).addTo(this.map);
    water.features.map((feature) => feature.properties).filter((its) => its.label_latitude !== null).forEach((its) => {
      this.labels.push({
        at: [its.label_latitude, its.label_longitude], text: its.name_en, text_km: its.name_km, kind: its.kind,
        from: LARGE.includes(`${its.name_en} ${its.kind}`) ? NAMED : CLOSE,
      });
    });
  };
})();
