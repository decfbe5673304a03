/* Small parts that the scripts of the map share: elements with text, symbols, buttons that the keyboard reaches.
 *
 * Text from data is written with textContent and nowhere else: no HTML, no template, no script ever comes from data.
  */
(function () {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined && text !== null) node.textContent = text;
    return node;
  }

  /* A number or a text with its digits as the reader writes them. */
  function digits(value) {
    const text = String(value);
    return window.atlasDigits === "km" ? text.replace(/[0-9]/g, (digit) => "០១២៣៤៥៦៧៨៩"[digit]) : text;
  }

  /* A text in the reader's language, with what changes put in its places: say("{n} km", { n: 12 }). */
  function say(text, values) {
    const said = (window.atlasWords || {})[text] || text;
    return said.replace(/\{(\w+)\}/g, (place, name) => (values && name in values ? digits(values[name]) : place));
  }

  function lines(texts, className) {
    const box = element("div", className);
    (texts || []).forEach((text, i) => box.appendChild(element("div", i ? "atlas-line" : "atlas-head", text)));
    return box;
  }

  function svg(tag, attributes) {
    const node = document.createElementNS(SVG, tag);
    Object.keys(attributes).forEach((name) => node.setAttribute(name, attributes[name]));
    return node;
  }

  /* A status has a shape of its own, so that no meaning hangs on colour alone. */
  const SHAPES = {
    circle: () => svg("circle", { cx: 9, cy: 9, r: 6 }),
    ring: () => svg("circle", { cx: 9, cy: 9, r: 5.5 }),
    square: () => svg("rect", { x: 3.5, y: 3.5, width: 11, height: 11 }),
    diamond: () => svg("path", { d: "M9 1.5 16.5 9 9 16.5 1.5 9z" }),
    triangle: () => svg("path", { d: "M9 2 16.5 15.5h-15z" }),
    inverted: () => svg("path", { d: "M9 16 1.5 2.5h15z" }),
    star: () => svg("path", { d: "M9 1.2l2.3 5 5.4.6-4 3.7 1.1 5.3L9 13.1l-4.8 2.7 1.1-5.3-4-3.7 5.4-.6z" }),
    cross: () => svg("path", { d: "M4.5 2 9 6.5 13.5 2 16 4.5 11.5 9 16 13.5 13.5 16 9 11.5 4.5 16 2 13.5 6.5 9 2 4.5z" }),
  };

  function glyph(status) {
    const picture = svg("svg", { viewBox: "0 0 18 18", width: 18, height: 18, "aria-hidden": "true" });
    const shape = SHAPES[status.shape]();
    const hollow = status.shape === "ring";
    shape.setAttribute("fill", hollow ? "#ffffff" : status.color);
    shape.setAttribute("stroke", hollow ? status.color : "#ffffff");
    shape.setAttribute("stroke-width", hollow ? 2.5 : 1.4);
    picture.appendChild(shape);
    return picture;
  }

  function addHatch(renderer) {
    const defs = svg("defs", {});
    const pattern = svg("pattern", { id: "atlas-hatch", patternUnits: "userSpaceOnUse", width: 6, height: 6, patternTransform: "rotate(45)" });
    pattern.appendChild(svg("rect", { width: 6, height: 6, fill: "#fbfaf7" }));
    pattern.appendChild(svg("line", { x1: 0, y1: 0, x2: 0, y2: 6, stroke: "#d6cfc0", "stroke-width": 1.6 }));
    defs.appendChild(pattern);
    /* Withheld from the public: dots, so that it is not taken for "no report". */
    const dots = svg("pattern", { id: "atlas-withheld", patternUnits: "userSpaceOnUse", width: 6, height: 6 });
    dots.appendChild(svg("rect", { width: 6, height: 6, fill: "#f1eee8" }));
    dots.appendChild(svg("circle", { cx: 3, cy: 3, r: 1.1, fill: "#5b6672" }));
    defs.appendChild(dots);
    renderer._container.insertBefore(defs, renderer._container.firstChild);
  }

  function focusKey(key) {
    const node = key && Array.from(document.querySelectorAll("[data-key]")).find((each) => each.dataset.key === key);
    if (node) node.focus({ preventScroll: true });
  }

  /* Makes a marker a button: reached by Tab, named, pressed with Enter or Space; `key` finds it after a redraw. */
  function makeButton(marker, name, key) {
    const node = marker.getElement();
    node.tabIndex = 0;
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", name);
    node.dataset.key = key;
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      marker.fire("click", { byKey: true });
    });
  }

  window.atlasParts = Object.freeze({ element, say, digits, lines, svg, glyph, addHatch, focusKey, makeButton });
})();
