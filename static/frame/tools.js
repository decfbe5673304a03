/* Tools on the map: measuring a distance, and drawing the area whose records one wants to see.
 *
 * A polygon or circle is drawn by clicks and a strip along a border is named; what is drawn goes to the page as text, in
 * the form of geo/area.py, and comes back with the payload as `area` with its outline.
 */
(function () {
  "use strict";

  const { element, say } = window.atlasParts;

  const MOST_CORNERS = 40;
  const DRAWN = { color: "#0b5a7a", weight: 2.5, fillColor: "#0b5a7a", fillOpacity: 0.08, interactive: false };
  const NEIGHBOURS = [["TH", () => say("Thailand")], ["LA", () => say("Laos")], ["VN", () => say("Viet Nam")]];
  const HINTS = {
    measure: () => say("Click points along the way."),
    polygon: () => say("Click each corner of the area; three or more."),
    circle: () => say("Click the centre, then the edge."),
  };

  const short = (value, digits) => String(Number(value.toFixed(digits)));
  const corner = (place) => short(place.lat, 4) + "," + short(place.lng, 4);
  const inWords = (metres) => say("{n} km", { n: metres < 10000 ? (metres / 1000).toFixed(2) : (metres / 1000).toFixed(1) });

  function button(text, press, className) {
    const node = element("button", className || "atlas-action", text);
    node.type = "button";
    node.addEventListener("click", press);
    return node;
  }

  AtlasFrame.prototype.addTools = function () {
    const map = this.main.map;
    map.createPane("atlas-area").style.zIndex = 435;
    map.getPane("atlas-area").style.pointerEvents = "none";
    this.drawing = { mode: "", places: [], pointer: null, layer: L.layerGroup().addTo(map), surface: L.svg({ padding: 0.6, pane: "atlas-area" }) };
    this.area = L.layerGroup().addTo(map);
    const panel = this.addPanel(say("Tools"), "tools");
    panel.append(button(say("Measure a distance"), () => this.beginDrawing("measure")));
    this.areaTools = panel.appendChild(element("div"));
    this.areaTools.hidden = true;
    this.areaTools.append(
      element("div", "atlas-panel-head", say("Select an area")),
      button(say("Polygon"), () => this.beginDrawing("polygon")),
      button(say("Circle"), () => this.beginDrawing("circle")),
      this.corridorForm(),
    );
    this.clearArea = button(say("Clear the selected area"), () => atlas.send({ area: "" }));
    this.areaTools.appendChild(this.clearArea);
    this.hint = element("div", "atlas-hint");
    this.hint.hidden = true;
    this.hintText = element("span");
    this.hintText.setAttribute("role", "status");
    this.done = button(say("Done"), () => this.finishDrawing());
    this.hint.append(this.hintText, this.done, button(say("Cancel"), () => this.endDrawing()));
    this.stage.appendChild(this.hint);
    this.watchDrawing();
  };

  AtlasFrame.prototype.corridorForm = function () {
    const form = element("form", "atlas-corridor");
    const country = element("select");
    country.setAttribute("aria-label", say("Border with"));
    NEIGHBOURS.forEach(([code, name]) => { const option = element("option", "", name()); option.value = code; country.appendChild(option); });
    const width = element("input");
    Object.assign(width, { type: "number", min: 1, max: 100, step: 1, value: 10, required: true });
    width.setAttribute("aria-label", say("Kilometres from the border"));
    const apply = element("button", "atlas-action", say("Select"));
    form.append(element("span", "", say("Within")), width, element("span", "", say("km of the border with")), country, apply);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      atlas.send({ area: "corridor:" + country.value + "," + short(Number(width.value), 2) });
    });
    return form;
  };

  /* The area of the payload: {text, label, rings}, or null. */
  AtlasFrame.prototype.drawArea = function () {
    const area = this.payload.area;
    this.areaTools.hidden = area === undefined;
    this.clearArea.hidden = !area;
    const told = JSON.stringify(area || null);
    if (told === this.toldArea) return;
    this.toldArea = told;
    this.area.clearLayers();
    if (area) L.polygon(area.rings, { ...DRAWN, renderer: this.drawing.surface, dashArray: "6 4", fillRule: "evenodd" }).addTo(this.area);
  };

  AtlasFrame.prototype.beginDrawing = function (mode) {
    this.endDrawing();
    this.panels.forEach((panel) => panel.fold(false));
    this.drawing.mode = mode;
    this.stage.classList.add("drawing");
    this.main.map.doubleClickZoom.disable();
    this.main.map.closePopup();
    this.hint.hidden = false;
    this.redraw();
    this.main.map.getContainer().focus();
  };

  AtlasFrame.prototype.endDrawing = function () {
    this.drawing.mode = "";
    this.drawing.places = [];
    this.drawing.pointer = null;
    this.drawing.layer.clearLayers();
    this.stage.classList.remove("drawing");
    this.hint.hidden = true;
    setTimeout(() => { if (!this.drawing.mode) this.main.map.doubleClickZoom.enable(); }, 300);
  };

  AtlasFrame.prototype.finishDrawing = function () {
    const { mode, places } = this.drawing;
    if (mode === "polygon" && places.length >= 3) atlas.send({ area: "polygon:" + places.map(corner).join(";") });
    if (mode === "circle" && places.length === 2) {
      atlas.send({ area: "circle:" + corner(places[0]) + "," + short(this.main.map.distance(...places) / 1000, 2) });
    }
    this.endDrawing();
  };

  /* While a tool is in use, clicks on the map are its own: provinces, sites and dots beneath do not hear of them. */
  AtlasFrame.prototype.watchDrawing = function () {
    const map = this.main.map;
    const container = map.getContainer();
    const ours = (event) => this.drawing.mode && container.contains(event.target) && !event.target.closest(".leaflet-control, .atlas-search");
    this.stage.addEventListener("click", (event) => {
      if (!ours(event)) return;
      event.stopPropagation();
      if (map.dragging && map.dragging.moved()) return;
      if (event.detail < 2) this.addPlace(map.mouseEventToLatLng(event));
    }, true);
    this.stage.addEventListener("dblclick", (event) => {
      if (!ours(event)) return;
      event.stopPropagation();
      this.finishDrawing();
    }, true);
    this.stage.addEventListener("pointermove", (event) => {
      if (!ours(event) || event.pointerType === "touch") return;
      this.drawing.pointer = map.mouseEventToLatLng(event);
      this.redraw();
    }, true);
    document.addEventListener("keydown", (event) => {
      if (!this.drawing.mode) return;
      if (event.key === "Escape") { event.stopPropagation(); this.endDrawing(); }
      if (event.key === "Enter" && event.target.tagName !== "BUTTON") this.finishDrawing();
      if (event.key === "Backspace") { this.drawing.places.pop(); this.redraw(); }
    }, true);
  };

  AtlasFrame.prototype.addPlace = function (place) {
    const { mode, places } = this.drawing;
    places.push(place);
    const full = mode === "circle" ? 2 : mode === "polygon" ? MOST_CORNERS : Infinity;
    if (places.length >= full) this.finishDrawing();
    else this.redraw();
  };

  AtlasFrame.prototype.redraw = function () {
    const { mode, places, pointer, layer, surface } = this.drawing;
    const style = { ...DRAWN, renderer: surface };
    const path = pointer ? [...places, pointer] : places;
    layer.clearLayers();
    if (mode === "circle") {
      if (path.length > 1) L.circle(path[0], { ...style, radius: this.main.map.distance(path[0], path[1]) }).addTo(layer);
    } else if (path.length > 1) {
      (mode === "polygon" && path.length > 2 ? L.polygon : L.polyline)(path, mode === "polygon" ? style : { ...style, fill: false, dashArray: "6 4" }).addTo(layer);
    }
    places.forEach((place) => L.circleMarker(place, { ...style, radius: 4, fillColor: "#ffffff", fillOpacity: 1, weight: 2 }).addTo(layer));
    this.done.hidden = mode === "circle" || (mode === "polygon" && places.length < 3) || (mode === "measure" && places.length < 2);
    const along = (line) => line.slice(1).reduce((sum, place, i) => sum + this.main.map.distance(line[i], place), 0);
    let said = HINTS[mode]();
    if (mode === "measure" && places.length > 1) said = say("{distance} along {n} points.", { distance: inWords(along(places)), n: places.length });
    if (mode === "circle" && path.length > 1) said = say("Radius {distance}; click to finish.", { distance: inWords(this.main.map.distance(path[0], path[1])) });
    if (this.hintText.textContent !== said) this.hintText.textContent = said;
  };
})();
