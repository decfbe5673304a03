// What the map's frame knows besides Leaflet. Documented in ui/map_assets.py; loaded after Leaflet, before the map's script.
//
//   atlas.onPayload(fn)   fn(payload) now, if a payload is here, and again whenever Python sends another one
//   atlas.send(value)     st_map(...) returns {...value, at: <milliseconds>} in the rerun that this starts
//   atlas.text(string)    an element that shows the string literally, line breaks kept
(function () {
  "use strict";
  const listeners = [];
  let payload; // the last one, or undefined before the first
  let sent; // the same as JSON, to recognise a rerun that changed nothing

  // Only the page that holds this frame may speak to it: streamlit-folium runs the code that a message brings.
  const { Streamlit, L } = window;
  window.removeEventListener("message", Streamlit.onMessageEvent);
  window.addEventListener("message", (event) => {
    if (event.source === window.parent) Streamlit.onMessageEvent(event);
  });

  Streamlit.events.addEventListener(Streamlit.RENDER_EVENT, (event) => {
    const json = JSON.stringify(event.detail.args.atlas ?? null);
    if (json === "null" || json === sent) return;
    sent = json;
    payload = event.detail.args.atlas;
    listeners.forEach((listen) => listen(payload));
  });

  function text(string) {
    const element = document.createElement("div");
    element.className = "atlas-text";
    element.textContent = string;
    return element;
  }

  window.atlas = Object.freeze({
    onPayload(listen) {
      listeners.push(listen);
      if (payload !== undefined) listen(payload);
    },
    send(value) {
      Streamlit.setComponentValue({ ...value, at: Date.now() });
    },
    text,
  });

  // Leaflet reads a string in a tooltip or popup as HTML; here it is text.
  const setContent = L.DivOverlay.prototype.setContent;
  const literal = (content) => (typeof content === "string" ? text(content) : content);
  L.DivOverlay.include({
    setContent(content) {
      const safe = typeof content === "function" ? (layer) => literal(content(layer)) : literal(content);
      return setContent.call(this, safe);
    },
  });

  // This file runs inside the first render, whose arguments have passed by: ask the page to send them again.
  Streamlit.setComponentReady();
})();
