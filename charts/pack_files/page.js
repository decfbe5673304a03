/* The offline page of a briefing: everything that it shows lies in it, as JSON; nothing is ever fetched.
 *
 * The map is that of the atlas (its scripts stand above this one), with other ends: the geometry comes from the page
 * instead of a server, a click opens a panel beside the map. Text is written with textContent and nowhere else.
 */
(function () {
  "use strict";

  const told = JSON.parse(document.getElementById("atlas-data").textContent);
  const { element, lines } = window.atlasParts;

  window.atlasWords = told.words;
  window.atlasDigits = told.digits;

  /* Leaflet reads a string in a tooltip or popup as HTML; here it is text. */
  const setContent = L.DivOverlay.prototype.setContent;
  const literal = (content) => (typeof content === "string" ? element("div", "atlas-text", content) : content);
  L.DivOverlay.include({
    setContent(content) {
      const safe = typeof content === "function" ? (layer) => literal(content(layer)) : literal(content);
      return setContent.call(this, safe);
    },
  });

  const listeners = [];
  let payload = null;
  const detail = element("aside", "detail");

  window.atlas = Object.freeze({
    onPayload(listen) { listeners.push(listen); if (payload) listen(payload); },
    send(value) { if (value.province || value.compound) choose(value.province || value.compound); },
  });

  function show(next) {
    payload = next;
    listeners.forEach((listen) => listen(payload));
  }

  /* A click on the map: what the tooltip says stands beside the map, where it can be read and copied. */
  function choose(chosen) {
    const province = payload.provinces[chosen];
    const site = payload.sites.find((one) => one.id === chosen);
    const said = province ? province.tip : site ? site.popup : [];
    detail.replaceChildren(said.length ? lines(said) : element("p", "", told.labels.click));
    show({ ...payload, selected: chosen });
  }

  AtlasFrame.prototype.load = function () {
    this.layers = told.geometry;
    this.main.setGeometry(this.layers);
    if (this.payload) this.show();
  };

  /* The legend stands below the map, in the flow of the page. */
  AtlasFrame.prototype.addBand = function () {
    const band = element("div", "atlas-band");
    this.stage.after(band);
    return band;
  };

  function addMap(main) {
    const section = element("section", "map");
    section.append(element("h2", "", told.labels.map));
    const box = element("div", "map-box");
    const pane = element("div", "pane");
    box.append(pane);
    const pick = element("select");
    pick.setAttribute("aria-label", told.labels.shown);
    told.maps.forEach((one, i) => { const option = element("option", "", one.label); option.value = i; pick.appendChild(option); });
    pick.addEventListener("change", () => { detail.replaceChildren(element("p", "", told.labels.click)); show(told.maps[pick.value].payload); });
    if (told.maps.length > 1) section.append(pick);
    detail.setAttribute("aria-live", "polite");
    detail.append(element("p", "", told.labels.click));
    const row = element("div", "map-row");
    row.append(box, detail);
    section.append(row);
    main.append(section);
    const map = L.map(pane, { ...told.view, attributionControl: false });
    map.fitBounds(told.home);
    new AtlasFrame(map, {});
    show(told.maps[0].payload);
  }

  function addTable(columns, rows) {
    const table = element("table");
    const head = element("tr");
    columns.forEach((name) => { const cell = element("th", "", name); cell.scope = "col"; head.appendChild(cell); });
    const top = element("thead");
    top.appendChild(head);
    const body = element("tbody");
    rows.forEach((row) => { const line = element("tr"); row.forEach((text) => line.appendChild(element("td", "", text))); body.appendChild(line); });
    table.append(top, body);
    const box = element("div", "scroll");
    box.tabIndex = 0;
    box.appendChild(table);
    return box;
  }

  function fold(summary, ...parts) {
    const box = element("details");
    box.append(element("summary", "", summary), ...parts);
    return box;
  }

  function addPlate(plate) {
    const article = element("article");
    article.append(element("h2", "", plate.title));
    if (plate.text) article.append(element("p", "text", plate.text));
    plate.images.forEach((source) => {
      const image = element("img");
      image.src = source;
      image.alt = plate.title + ". " + plate.shows;
      const frame = element("div", "picture");
      frame.tabIndex = 0;
      frame.append(image);
      article.append(frame);
    });
    if (plate.rows.length) article.append(fold(told.labels.table, addTable(plate.columns, plate.rows)));
    const sources = element("ol");
    plate.sources.forEach((source) => sources.appendChild(element("li", "", source)));
    article.append(fold(told.labels.method, ...plate.notes.map((note) => element("p", "", note)), sources, element("p", "credit", plate.credit)));
    return article;
  }

  document.documentElement.lang = told.language;
  document.title = told.title;
  const head = element("header");
  head.append(element("h1", "", told.title), element("p", "about", told.about), element("p", "about", told.caveat));
  const main = element("main");
  document.body.replaceChildren(head, main);
  addMap(main);
  told.plates.forEach((plate) => main.appendChild(addPlate(plate)));
  document.body.appendChild(element("footer", "credit", told.foot));
})();
