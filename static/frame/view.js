/* Where the map stands: the first view comes from the address, and every move is written into it without a rerun. */
(function () {
  "use strict";

  const DIGITS = 4;

  /* Takes the first view of the first payload; `view` is [latitude, longitude, zoom], null for the whole country. */
  AtlasFrame.prototype.takeView = function () {
    if (this.viewed !== undefined) return;
    const view = this.payload.view;
    this.viewed = Boolean(view);
    if (view === undefined) return; /* a map whose place stands in no address */
    const map = this.main.map;
    this.first = view;
    if (view) this.standFirst();
    const write = () => { if (this.moved) this.writeView(); };
    map.on("moveend", write);
    /* A run that began before the last move writes the address as it was then: it is put right after each run. */
    window.Streamlit.events.addEventListener(window.Streamlit.RENDER_EVENT, write);
  };

  /* The first view, whatever size the frame takes meanwhile: that of the address, else the whole country. */
  AtlasFrame.prototype.standFirst = function (country) {
    if (this.first) this.main.map.setView([this.first[0], this.first[1]], this.first[2], { animate: false });
    else this.main.map.fitBounds(country, { animate: false });
  };

  AtlasFrame.prototype.writeView = function () {
    const { lat, lng } = this.main.map.getCenter();
    const number = (value) => String(Number(value.toFixed(DIGITS)));
    const { history, location } = window.parent;
    const address = new URL(location.href);
    address.searchParams.set("at", [lat, lng, this.main.map.getZoom()].map(number).join(","));
    history.replaceState(history.state, "", address.pathname + address.search.replaceAll("%2C", ",") + address.hash);
  };
})();
