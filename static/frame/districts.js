/* Installed districts, each in the shade of its number of records: above the provinces' fills, beneath every border.
 *
 * Their shapes are fetched when a payload first asks for them, once for all maps. Told by part `districts` of the
 * payload: charts/district_payload.py. One district takes the tab key, the arrow keys move on from it.
 */
(function () {
  "use strict";

  const { element, lines, say } = window.atlasParts;

  const PANE = "atlas-districts";
  const EDGE = { color: "#b9b2a3", weight: 0.6 };
  const MARK = { color: "#1d2733", weight: 2 };
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const loaded = {};

  function load(address) {
    loaded[address] = loaded[address] || fetch(address).then((reply) => {
      if (!reply.ok) throw new Error(reply.status);
      return reply.json();
    }).catch((error) => { delete loaded[address]; throw error; });
    return loaded[address];
  }

  AtlasMap.prototype.drawDistricts = function () {
    const address = (this.payload.districts || {}).address || "";
    if (address !== (this.districtsFrom || "")) {
      this.removeDistricts();
      this.districtsFrom = address;
      if (address) this.fetchDistricts(address);
    }
    if (this.districts) this.styleDistricts();
  };

  AtlasMap.prototype.fetchDistricts = function (address) {
    const wanted = () => this.districtsFrom === address;
    load(address).then((shapes) => {
      if (!wanted() || this.districts) return;
      this.addDistricts(shapes);
      this.styleDistricts();
    }).catch(() => {
      if (!wanted()) return;
      this.districtsFrom = "";
      this.districtsLost = element("div", "atlas-lost", say("The districts could not be loaded.") + " " + say("Reload the page."));
      this.districtsLost.setAttribute("role", "alert");
      this.map.getContainer().appendChild(this.districtsLost);
    });
  };

  AtlasMap.prototype.removeDistricts = function () {
    [this.districts, this.districtMark, this.districtSurface, this.districtsLost].filter(Boolean).forEach((part) => part.remove());
    this.districts = this.districtMark = this.districtSurface = this.districtsLost = null;
  };

  AtlasMap.prototype.addDistricts = function (shapes) {
    const map = this.map;
    if (!map.getPane(PANE)) map.createPane(PANE).style.zIndex = 225;
    this.districtSurface = L.svg({ padding: 0.6, pane: PANE });
    this.districts = L.geoJSON(shapes, {
      pane: PANE, renderer: this.districtSurface,
      style: { ...EDGE, fillColor: "url(#atlas-hatch)", fillOpacity: 1 },
      onEachFeature: (feature, layer) => {
        const { district_code: code, province_code: province } = feature.properties;
        layer.on("click", () => this.pick({ province: province, district: code }));
        layer.on("mouseover", () => this.markDistrict(feature));
        layer.on("mouseout", () => this.markDistrict(null));
        layer.bindTooltip(() => lines(this.districtTip(feature)), { sticky: true, className: "atlas-tip" });
      },
    }).addTo(map);
    const surface = this.districtSurface._container;
    surface.setAttribute("role", "group");
    surface.setAttribute("aria-label", say("Districts: the arrow keys move from one to the next"));
    this.reachDistricts(this.districts.getLayers());
    map.getContainer().dataset.districts = String(this.districts.getLayers().length);
  };

  AtlasMap.prototype.reachDistricts = function (layers) {
    layers.forEach((layer, i) => {
      const path = layer.getElement();
      path.setAttribute("tabindex", i ? "-1" : "0");
      path.setAttribute("role", "button");
      path.dataset.district = layer.feature.properties.district_code;
      path.addEventListener("focus", () => { this.markDistrict(layer.feature); if (path.matches(":focus-visible")) layer.openTooltip(layer.getBounds().getCenter()); });
      path.addEventListener("blur", () => { this.markDistrict(null); layer.closeTooltip(); });
      path.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          layer.fire("click");
        }
        const step = STEPS[event.key];
        if (!step) return;
        event.preventDefault();
        event.stopPropagation(); /* else the map moves */
        const next = layers[(i + step + layers.length) % layers.length].getElement();
        path.setAttribute("tabindex", "-1");
        next.setAttribute("tabindex", "0");
        next.focus({ preventScroll: true });
      });
    });
  };

  AtlasMap.prototype.styleDistricts = function () {
    this.districts.eachLayer((layer) => {
      const facts = this.payload.districts.areas[layer.feature.properties.district_code] || {};
      layer.setStyle({ fillColor: facts.fill || "url(#atlas-hatch)" });
      layer.getElement().setAttribute("aria-label", this.districtTip(layer.feature).join(". "));
    });
  };

  /* Name, province, and what is recorded. */
  AtlasMap.prototype.districtTip = function (feature) {
    const its = feature.properties;
    const { areas, empty } = this.payload.districts || { areas: {}, empty: [] };
    const khmer = this.payload.language === "km";
    const province = this.labelOf(its.province_code) || {};
    const named = (khmer && its.name_km) || its.name_en;
    return [named, (khmer && province.text_km) || province.text || "", ...(areas[its.district_code] || { tip: empty }).tip].filter(Boolean);
  };

  /* Strokes one district, above its neighbours. */
  AtlasMap.prototype.markDistrict = function (feature) {
    if (this.districtMark) this.districtMark.remove();
    this.districtMark = feature && L.geoJSON(feature, { pane: "atlas-borders", interactive: false, style: { ...MARK, fill: false } }).addTo(this.map);
  };
})();
